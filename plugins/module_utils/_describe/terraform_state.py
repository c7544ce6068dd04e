# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Terraform's state objects: where secrets lie in plain text. Names and paths only, never a value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .._engine.aws import Aws
from .._engine.errors import AwsError
from .reading import Item

MAX_BYTES = 32 * 1024 * 1024
# The least that a state has: its version and serial number.
MIN_BYTES = 30
# Keys need not end in .tfstate (backend "s3" { key = "prod/network" }). A bucket with more objects without any ending
# is no bucket of states.
MAX_PLAIN = 500
_BUCKET_NAME = re.compile(r"terraform|tf-?state|(^|-)state(-|$)", re.IGNORECASE)
_STATE_KEY = re.compile(r"\.tfstate(\.backup|\.json)?$")
_SECRET_NAME = re.compile(
    r"(passwords?|passwd|passphrase|secret_(string|binary|key|access_key)|private_key(_pem|_openssh|_pem_pkcs8)?|"
    r"(auth|access|refresh|bearer|api)_?token|(^|_)token|client_secret|api_key|ses_smtp_password_v4|"
    r"connection_string|(^|_)credentials)$",
    re.IGNORECASE,
)
# Names that look secret and hold none: where the secret is, not what it is.
_HARMLESS = re.compile(r"(password_wo_version|_arn|_id|client_request_token|next_token)$", re.IGNORECASE)
# Attributes that are a secret whatever they are called, by the resource's type.
_SECRET_OF = {
    "aws_iam_access_key": {"secret"},
    "aws_secretsmanager_secret_version": {"secret_string", "secret_binary"},
    "random_password": {"result", "bcrypt_hash"},
}
# Marked as sensitive in every state and a secret only as a SecureString.
_PARAMETER = "aws_ssm_parameter"


def is_state_bucket(name: str) -> bool:
    """The bucket is named like one that holds Terraform's state."""
    return bool(_BUCKET_NAME.search(name))


def states(aws: Aws, bucket: str) -> list[Item]:
    """State objects of a bucket: Bucket, Key, PlaintextAttributes (["aws_rds_cluster.main.master_password"]).

    An object that cannot be read keeps the error under Errors and PlaintextAttributes None.
    An object that is no state, and is not named like one, is left out.
    """
    listed = aws.pages("s3", "list_objects_v2", "Contents", Bucket=bucket)
    named = [one for one in listed if _STATE_KEY.search(one["Key"])]
    plain = [one for one in listed if "." not in one["Key"].rpartition("/")[2] and one["Size"] >= MIN_BYTES]
    candidates = [*named, *(plain if len(plain) <= MAX_PLAIN else ())]
    return [state for state in aws.map(lambda one: _state(aws, bucket, one), candidates) if state]


def _state(aws: Aws, bucket: str, listed: Item) -> Item | None:
    found: Item = {"Bucket": bucket, "Key": listed["Key"], "PlaintextAttributes": None}
    named = bool(_STATE_KEY.search(listed["Key"]))
    if listed["Size"] > MAX_BYTES:
        found["Errors"] = {"get_object": _error("TooLarge", f"the object is larger than {MAX_BYTES} bytes")}
        return found if named else None
    try:
        document = json.loads(aws.body("s3", "get_object", Bucket=bucket, Key=listed["Key"]))
    except AwsError as error:
        found["Errors"] = {"get_object": error.as_dict()}
    except ValueError:
        found["Errors"] = {"get_object": _error("NotJson", "the object is no JSON document")}
        return found if named else None
    else:
        if not named and not is_state(document):
            return None
        found["PlaintextAttributes"] = sorted(plaintext_attributes(document))
    return found


def _error(code: str, message: str) -> dict[str, str]:
    return {"service": "s3", "operation": "get_object", "code": code, "message": message}


def is_state(document: Any) -> bool:
    """The document has what all states have: https://github.com/hashicorp/terraform, internal/states/statefile."""
    return isinstance(document, dict) and "serial" in document and ("version" in document or "lineage" in document)


def plaintext_attributes(document: Any) -> set[str]:
    """Paths of the attributes that are secrets and have a value, in a state document of format 3 or 4.

    Secrets are known by name, by the resource's type, or by the mark that Terraform or the provider made. A state that
    OpenTofu has encrypted shows none.
    """
    if not isinstance(document, dict):
        return set()
    found = _outputs(document.get("outputs"))
    for resource in document.get("resources") or []:
        kind, address = str(resource.get("type")), f"{resource.get('type')}.{resource.get('name')}"
        for instance in resource.get("instances") or []:
            attributes = instance.get("attributes") or instance.get("attributes_flat") or {}
            marked = [_marked_path(path) for path in instance.get("sensitive_attributes") or []]
            found |= {f"{address}.{path}" for path in _secrets(kind, attributes, marked)}
    for module in document.get("modules") or []:
        found |= _outputs(module.get("outputs"))
        for address, resource in (module.get("resources") or {}).items():
            attributes = (resource.get("primary") or {}).get("attributes") or {}
            found |= {f"{address}.{path}" for path in _secrets(str(resource.get("type")), attributes, [])}
    return found


def _outputs(outputs: Any) -> set[str]:
    """Outputs that are secrets by name or mark, and what is a secret inside of others."""
    found = set()
    for name, output in (outputs or {}).items():
        value = (output or {}).get("value")
        if _holds(value) and ((output or {}).get("sensitive") or _is_secret(name, value)):
            found.add(f"output.{name}")
        else:
            found |= {f"output.{name}.{path}" for path in _secret_paths(value)}
    return found


def _secrets(kind: str, attributes: dict[str, Any], marked: list[list[Any]]) -> set[str]:
    if kind == _PARAMETER:
        held = attributes.get("type") == "SecureString" and _holds(attributes.get("value"))
        return {"value"} if held else set()
    found = set(_secret_paths(attributes))
    found |= {name for name in _SECRET_OF.get(kind, ()) if _holds(attributes.get(name))}
    for path in marked:
        if path and _holds(_at(attributes, path)) and not _HARMLESS.search(str(path[-1])):
            found.add(_written(path))
    return found


def _marked_path(steps: Any) -> list[Any]:
    """A path of sensitive_attributes, [{"type": "get_attr", "value": "password"}, ...]; keys of an index are typed."""
    found = []
    for step in steps or []:
        value = step.get("value")
        found.append(value.get("value") if isinstance(value, dict) else value)
    return found


def _at(value: Any, path: list[Any]) -> Any:
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _written(path: list[Any]) -> str:
    text = str(path[0])
    for step in path[1:]:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text


def _secret_paths(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in value.items():
            here = f"{path}.{name}" if path else name
            if _is_secret(name, member):
                yield here
            else:
                yield from _secret_paths(member, here)
    elif isinstance(value, list):
        for number, member in enumerate(value):
            yield from _secret_paths(member, f"{path}[{number}]")


def _is_secret(name: str, value: Any) -> bool:
    # Formats of old have flat names: "user.0.password", and "passwords.0" beside "passwords.#".
    own = re.sub(r"\.\d+$", "", name)
    named = bool(_SECRET_NAME.search(own)) and not _HARMLESS.search(own)
    texts = value if isinstance(value, list) else [value]
    return named and bool(texts) and all(isinstance(text, str) and text for text in texts)


def _holds(value: Any) -> bool:
    """There is something that could be a secret: text, or a list or map with some in it."""
    if isinstance(value, dict):
        return any(map(_holds, value.values()))
    if isinstance(value, list):
        return any(map(_holds, value))
    return isinstance(value, str) and bool(value)
