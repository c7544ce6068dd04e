# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Credentials: a botocore session from a module's connection options."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from functools import partial
from typing import Any

from .errors import Refusal

try:
    import botocore.session
    from botocore.credentials import AssumeRoleCredentialFetcher, DeferredRefreshableCredentials, JSONFileCache
    from botocore.exceptions import ProfileNotFound
    from botocore.utils import parse_timestamp

    HAS_BOTOCORE = True
except ImportError:
    HAS_BOTOCORE = False

USER_AGENT = "wellarchitected.webapp"


def _timestamp(value: Any) -> str:
    """AWS's three time forms as ISO 8601 in UTC, so that every answer is JSON."""
    moment = parse_timestamp(value)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


# One loader for every session of a process: a service's model is parsed once, however many sessions there are.
_loader: list[Any] = []


def _new_session() -> Any:
    session = botocore.session.Session()
    if not _loader:
        _loader.append(session.get_component("data_loader"))
    session.register_component("data_loader", _loader[0])
    return session


def make_session(parameters: Mapping[str, Any]) -> Any:
    """A botocore session from a module's connection options.

    parameters: profile, access_key, secret_key, session_token, assume_role_arn, assume_role_external_id;
    what is None comes from boto3's own chain (environment, profiles, SSO, instance role). Errors: Refusal.
    """
    profile = parameters.get("profile")
    session = _new_session()
    if profile:
        session.set_config_variable("profile", profile)
    try:
        if profile:
            session.get_scoped_config()
    except ProfileNotFound as error:
        raise Refusal(f"{error}; name a profile of ~/.aws/config in stack_profile or AWS_PROFILE") from error
    if parameters.get("access_key"):
        session.set_credentials(parameters["access_key"], parameters.get("secret_key"), parameters.get("session_token"))
    session.get_component("response_parser_factory").set_parser_defaults(timestamp_parser=_timestamp)
    role = parameters.get("assume_role_arn")
    if role:
        _assume(session, role, parameters.get("assume_role_external_id"), parameters.get("region"))
    return session


def _assume(session: Any, role_arn: str, external_id: str | None, region: str | None) -> None:
    """Put a role's credentials in the session: assumed once, cached on disk, refreshed. STS is the region's own."""
    arguments = {"RoleSessionName": USER_AGENT.replace(".", "-")}
    if external_id:
        arguments["ExternalId"] = external_id
    fetcher = AssumeRoleCredentialFetcher(
        client_creator=partial(session.create_client, region_name=region),
        source_credentials=session.get_credentials(),
        role_arn=role_arn,
        extra_args=arguments,
        cache=JSONFileCache(),
    )
    session._credentials = DeferredRefreshableCredentials(method="assume-role", refresh_using=fetcher.fetch_credentials)
