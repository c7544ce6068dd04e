# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Values of the headers that CloudFront adds for an origin: plain ones, and secrets, which no state holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..._engine.aws import Aws
from ..._engine.errors import Refusal
from ..._engine.fingerprint import fingerprint
from ..._engine.names import Planned
from ..._engine.pending import Pending
from ..secretsmanager.secret import SECRET


def fingerprints(
    aws: Aws, headers: Sequence[Mapping[str, Any]], planned: Planned, check_mode: bool
) -> tuple[dict[str, str], dict[str, str]]:
    """(name to fingerprint, fingerprint to value) of an origin's custom headers: {name, value or secret, secret_key}.

    A secret that the run would make first, in check mode, has a value that is not known yet. Errors: Refusal, AwsError.
    """
    marks: dict[str, str] = {}
    values: dict[str, str] = {}
    for header in headers:
        name, secret = header["name"].lower(), header.get("secret")
        if (header.get("value") is None) == (secret is None):
            raise Refusal(f"custom header {header['name']} needs a value or a secret, and not both")
        if (
            secret
            and check_mode
            and secret in planned.get(SECRET.name, {})
            and not SECRET.read(aws, [{"name": secret}])
        ):
            marks[name] = Pending.of(SECRET.name, secret)
            continue
        value = _secret(aws, secret, header.get("secret_key")) if secret else header["value"]
        marks[name] = fingerprint(value)
        values[marks[name]] = value
    return marks, values


def _secret(aws: Aws, name: str, key: str | None) -> str:
    value: str = aws.call("secretsmanager", "get_secret_value", SecretId=name).get("SecretString") or ""
    if key is not None:
        try:
            value = str(json.loads(value)[key])
        except (ValueError, KeyError, TypeError) as error:
            raise Refusal(f"secret {name} has no text under the key {key}; check the secret and secret_key") from error
    if not value:
        raise Refusal(f"secret {name} has no text; put a value into it first")
    return value
