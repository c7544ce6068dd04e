# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Credentials: a botocore session from a module's connection options.

Which credentials are taken is botocore's own order, https://docs.aws.amazon.com/boto3/latest/guide/credentials.html:
keys of the task, the task's profile, keys of the environment, AWS_PROFILE, and what follows. So a profile that a task
names wins over exported keys, and exported keys win over an exported profile.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from .assumed import Kept, assume_error
from .errors import AwsError, Refusal, advice

try:
    import botocore.session
    from botocore.config import Config
    from botocore.credentials import AssumeRoleCredentialFetcher, DeferredRefreshableCredentials
    from botocore.exceptions import BotoCoreError, ClientError, ProfileNotFound
    from botocore.utils import parse_timestamp

    HAS_BOTOCORE = True
except ImportError:
    HAS_BOTOCORE = False

USER_AGENT = "wellarchitected.webapp"
SESSION_NAME = "wellarchitected-webapp"
CLI_CACHE, OWN_CACHE = "~/.aws/cli/cache", "~/.aws/boto/cache"
# Options of aws_config that say how AWS is reached, for every client that the session makes on its own.
_WAYS = ("proxies", "proxies_config", "client_cert")
# https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html; a session is renewed 15 minutes before it
# ends, so that one of AWS's shortest, 900 seconds, would be renewed at every call.
_ROLE = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:role/.+")
_SESSION = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)
SHORTEST, LONGEST = 1800, 43200


def _timestamp(value: Any) -> str:
    """AWS's three time forms as ISO 8601 in UTC, so that every answer is JSON."""
    moment = parse_timestamp(value)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


# One loader for every session of a process: a service's model is parsed once, however many sessions there are.
_loader: list[Any] = []


def _new_session(profile: str | None) -> Any:
    session = botocore.session.Session()
    if profile:
        session.set_config_variable("profile", profile)
    # What a profile says is read at once: one that is not there may be AWS_PROFILE's.
    session.get_scoped_config()
    if not _loader:
        _loader.append(session.get_component("data_loader"))
    session.register_component("data_loader", _loader[0])
    session.get_component("response_parser_factory").set_parser_defaults(timestamp_parser=_timestamp)
    return session


def client_options(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """create_client's endpoint_url, verify and config (here a dictionary) from a module's options. Errors: Refusal."""
    bundle = parameters.get("aws_ca_bundle")
    if bundle and not Path(bundle).exists():
        raise Refusal(f"aws_ca_bundle {bundle} does not exist; check the option or AWS_CA_BUNDLE")
    config = parameters.get("aws_config")
    try:
        Config(**(config or {}))
    except (BotoCoreError, TypeError, ValueError) as error:
        raise Refusal(f"aws_config: {error}; it takes the options of botocore.config.Config") from error
    options = {
        "endpoint_url": parameters.get("endpoint_url") or None,
        "config": config or None,
        "verify": False if parameters.get("validate_certs") is False else bundle,
    }
    return {name: value for name, value in options.items() if value is not None}


def make_session(parameters: Mapping[str, Any]) -> Any:
    """A botocore session from a module's connection options, with credentials that have been tried to get.

    parameters: profile, access_key, secret_key, session_token, those that begin with assume_role_, region and those
    of client_options; what is None comes from boto3's own chain. Where there are no credentials at all, the first call
    says so. Errors: Refusal.
    """
    _check(parameters)
    options, role = client_options(parameters), parameters.get("assume_role_arn")
    with _refused():
        session = _new_session(parameters.get("profile"))
        _check_regions(session, parameters)
    with _refused(session):
        _set_defaults(session, parameters.get("assume_role_sts_region") or parameters.get("region"), options)
        keys = _keys(parameters)
        if keys:
            session.set_credentials(*keys)
        else:
            _keep_from_asking(session)
        if role:
            _assume(session, role, parameters, options)
        credentials = session.get_credentials()
        if credentials:
            credentials.get_frozen_credentials()
    return session


def _check(parameters: Mapping[str, Any]) -> None:
    """Errors: Refusal with all that is wrong with the options."""
    profile, name = parameters.get("profile"), parameters.get("assume_role_session_name")
    role, duration = parameters.get("assume_role_arn"), parameters.get("assume_role_duration")
    keys = [one for one in ("access_key", "secret_key", "session_token") if parameters.get(one)]
    wrong = []
    if profile and keys:
        wrong.append(
            f"passing both a profile and access tokens is not supported: profile is {profile}, and {', '.join(keys)} "
            "is given too; give one of them"
        )
    elif keys and not {"access_key", "secret_key"} <= set(keys):
        wrong.append(f"{', '.join(keys)} is given alone: access_key and secret_key belong together")
    if role and not _ROLE.fullmatch(role):
        wrong.append(f"assume_role_arn {role} is not the ARN of a role, such as arn:aws:iam::111122223333:role/name")
    if name and not _SESSION.fullmatch(name):
        wrong.append(f"assume_role_session_name {name}: 2 to 64 letters, digits or characters of _+=,.@-")
    if duration and not SHORTEST <= duration <= LONGEST:
        wrong.append(f"assume_role_duration {duration}: {SHORTEST} to {LONGEST} seconds")
    if wrong:
        raise Refusal(wrong)


def _check_regions(session: Any, parameters: Mapping[str, Any]) -> None:
    """Regions that an account must opt in to are known too. Errors: Refusal."""
    known = [name for part in session.get_available_partitions() for name in session.get_available_regions("sts", part)]
    for option, variable in (("region", "stack_region"), ("assume_role_sts_region", "stack_sts_region")):
        asked = parameters.get(option)
        if asked and asked not in known:
            raise Refusal(f"{option} {asked} is not known to botocore; check {variable}, known are {', '.join(known)}")


def _keys(parameters: Mapping[str, Any]) -> tuple[str, str, str | None] | None:
    """The task's keys, else those of the environment under the names that Ansible has beside botocore's own."""
    if parameters.get("access_key"):
        return parameters["access_key"], parameters["secret_key"], parameters.get("session_token") or None
    own = {name: os.environ.get(name) for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    access = own["AWS_ACCESS_KEY_ID"] or os.environ.get("AWS_ACCESS_KEY")
    secret = own["AWS_SECRET_ACCESS_KEY"] or os.environ.get("AWS_SECRET_KEY")
    if parameters.get("profile") or all(own.values()) or not (access and secret):
        return None
    return access, secret, os.environ.get("AWS_SESSION_TOKEN") or None


def _set_defaults(session: Any, region: str | None, options: Mapping[str, Any]) -> None:
    """Have the clients by which botocore itself gets credentials (SSO, a profile's role) made as the task's are."""
    if region:
        session.set_config_variable("region", region)
    if "verify" in options:
        session.set_config_variable("ca_bundle", options["verify"])
    ways = {name: value for name, value in options.get("config", {}).items() if name in _WAYS}
    if ways:
        session.set_default_client_config(Config(**ways))


def _keep_from_asking(session: Any) -> None:
    """A profile whose role wants an MFA code: take what the AWS CLI has asked for and kept, and never ask."""
    provider = session.get_component("credential_provider").get_provider("assume-role")
    provider.cache = Kept(CLI_CACHE, writes=False)
    provider._prompter = partial(_no_code, session.get_config_variable("profile") or "default")


def _no_code(profile: str, prompt: str) -> NoReturn:
    raise AwsError(
        "sts",
        "assume_role",
        "MfaCodeNeeded",
        f"profile {profile} wants an MFA code ({prompt.strip(' :')}), and a run asks for none; run 'aws sts "
        f"get-caller-identity --profile {profile}' first, whose credentials are then taken from {CLI_CACHE}, or export "
        "those of 'aws sts get-session-token --serial-number ... --token-code ...'",
    )


def _assume(session: Any, role: str, parameters: Mapping[str, Any], options: Mapping[str, Any]) -> None:
    """Put a role's credentials in the session: assumed once, cached on disk, refreshed. Errors: Refusal."""
    external_id, duration = parameters.get("assume_role_external_id"), parameters.get("assume_role_duration")
    region = parameters.get("assume_role_sts_region") or parameters.get("region")
    arguments: dict[str, Any] = {"RoleSessionName": parameters.get("assume_role_session_name") or SESSION_NAME}
    if external_id:
        arguments["ExternalId"] = external_id
    if duration:
        arguments["DurationSeconds"] = duration
    source = session.get_credentials()
    if source is None:
        raise Refusal(f"there are no credentials to assume {role} with; set AWS_PROFILE, stack_profile or AWS_* keys")
    given = {**options, "config": Config(**options["config"])} if "config" in options else dict(options)
    # The same role may be assumed by another profile, or in another AWS: those are not one session.
    whose = [options.get("endpoint_url"), os.environ.get("AWS_ENDPOINT_URL_STS"), os.environ.get("AWS_ENDPOINT_URL")]
    whose += [region, parameters.get("access_key"), session.get_config_variable("profile")]
    fetcher = AssumeRoleCredentialFetcher(
        client_creator=partial(session.create_client, region_name=region, **given),
        source_credentials=source,
        role_arn=role,
        extra_args=arguments,
        cache=Kept(OWN_CACHE, of=whose),
    )

    def fetch() -> Any:
        try:
            return fetcher.fetch_credentials()
        except ClientError as error:
            raise assume_error(error.response, role, external_id, region) from error

    session._credentials = DeferredRefreshableCredentials(method="assume-role", refresh_using=fetch)


@contextmanager
def _refused(session: Any = None) -> Iterator[None]:
    """Whatever goes wrong while credentials are got, in words. Errors: Refusal."""
    try:
        yield
    except Refusal:
        raise
    except AwsError as error:
        raise Refusal(str(error)) from error
    except ProfileNotFound as error:
        raise Refusal(f"{error}; name a profile of ~/.aws/config in stack_profile or AWS_PROFILE") from error
    except ClientError as error:
        if session and error.operation_name == "AssumeRole":
            profile = session.get_scoped_config()
            asked = profile.get("role_arn", "the profile's role"), profile.get("external_id")
            region = session.get_config_variable("region")
            raise Refusal(str(assume_error(error.response, *asked, region))) from error
        code = str(error.response.get("Error", {}).get("Code", ""))
        raise Refusal(f"credentials cannot be got: {error}{advice(code)}") from error
    except (BotoCoreError, OSError, ValueError, KeyError) as error:
        said = str(error).strip(" .\n")
        raise Refusal(
            f"credentials cannot be got: {type(error).__name__}: {said}{advice(type(error).__name__)}"
        ) from error
