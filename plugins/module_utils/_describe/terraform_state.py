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
_BUCKET_NAME = re.compile(r"terraform|tf-?state|(^|-)state(-|$)", re.IGNORECASE)
_SECRET_NAME = re.compile(r"(password|passwd|secret_string|secret_key|private_key|auth_token|token)$", re.IGNORECASE)
# Names that look secret and hold none: where the secret is, not what it is.
_HARMLESS = re.compile(r"(password_wo_version|_arn|_id|client_request_token|next_token)$", re.IGNORECASE)


def is_state_bucket(name: str) -> bool:
    """The bucket is named like one that holds Terraform's state."""
    return bool(_BUCKET_NAME.search(name))


def states(aws: Aws, bucket: str) -> list[Item]:
    """State objects of a bucket: Bucket, Key, PlaintextAttributes (["aws_rds_cluster.main.master_password"]).

    An object that cannot be read keeps the error under Errors and PlaintextAttributes None.
    """
    listed = aws.pages("s3", "list_objects_v2", "Contents", Bucket=bucket)
    return aws.map(lambda one: _state(aws, bucket, one), [one for one in listed if one["Key"].endswith(".tfstate")])


def _state(aws: Aws, bucket: str, listed: Item) -> Item:
    found: Item = {"Bucket": bucket, "Key": listed["Key"], "PlaintextAttributes": None}
    if listed["Size"] > MAX_BYTES:
        found["Errors"] = {"get_object": _error("TooLarge", f"the object is larger than {MAX_BYTES} bytes")}
        return found
    try:
        document = json.loads(aws.call("s3", "get_object", Bucket=bucket, Key=listed["Key"])["Body"].read())
    except AwsError as error:
        found["Errors"] = {"get_object": error.as_dict()}
    except ValueError:
        found["Errors"] = {"get_object": _error("NotJson", "the object is no JSON document")}
    else:
        found["PlaintextAttributes"] = sorted(plaintext_attributes(document))
    return found


def _error(code: str, message: str) -> dict[str, str]:
    return {"service": "s3", "operation": "get_object", "code": code, "message": message}


def plaintext_attributes(document: Any) -> set[str]:
    """Paths of the attributes with a secret's name and a value, in a state document of format 4."""
    found: set[str] = set()
    for resource in document.get("resources", []) if isinstance(document, dict) else []:
        address = f"{resource.get('type')}.{resource.get('name')}"
        for instance in resource.get("instances", []):
            attributes = instance.get("attributes") or {}
            found.update(f"{address}.{path}" for path in _secret_paths(attributes))
            if resource.get("type") == "random_password" and attributes.get("result"):
                found.add(f"{address}.result")
    outputs = document.get("outputs", {}) if isinstance(document, dict) else {}
    found.update(f"output.{name}" for name, output in outputs.items() if _is_secret(name, (output or {}).get("value")))
    return found


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
    named = bool(_SECRET_NAME.search(name)) and not _HARMLESS.search(name)
    return named and isinstance(value, str) and bool(value)
