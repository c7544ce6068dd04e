# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Policy documents: whether they are well formed, and whether they are public."""

from __future__ import annotations

import json
from typing import Any

# Condition keys that, set to fixed values, keep a policy from being public (S3 User Guide, "The meaning of public").
_FIXING = (
    "aws:sourceip", "aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceowner", "aws:sourceaccount",
    "aws:sourceorgid", "aws:principalorgid", "aws:principalorgpaths", "aws:principalarn", "aws:principalaccount",
    "aws:userid", "s3:dataaccesspointarn", "s3:dataaccesspointaccount",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
)  # fmt: skip


def statements(document: str | bytes) -> list[dict[str, Any]]:
    """The policy's statements; ValueError where it is none."""
    text = document.decode() if isinstance(document, bytes) else document
    try:
        policy = json.loads(text)
    except ValueError as error:
        raise ValueError("Policies must be valid JSON.") from error
    if not isinstance(policy, dict) or policy.get("Version", "2012-10-17") not in ("2012-10-17", "2008-10-17"):
        raise ValueError("The policy must be an object with a Version of 2012-10-17 or 2008-10-17.")
    found = policy.get("Statement")
    if isinstance(found, dict):
        found = [found]
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise ValueError("Missing required field Statement")
    for item in found:
        if item.get("Effect") not in ("Allow", "Deny"):
            raise ValueError("Missing required field Effect: it must be Allow or Deny")
        if not ("Action" in item or "NotAction" in item):
            raise ValueError("Missing required field Action")
    return found


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def principals(statement: dict[str, Any], kind: str = "AWS") -> list[str]:
    """The statement's principals of a kind; ``*`` is of every kind."""
    named = statement.get("Principal")
    if named == "*":
        return ["*"]
    if not isinstance(named, dict):
        return []
    return [str(item) for item in as_list(named.get(kind))]


def is_public(document: str | bytes) -> bool:
    return any(
        statement["Effect"] == "Allow" and "*" in principals(statement) and not _fixed(statement.get("Condition", {}))
        for statement in statements(document)
    )


def _fixed(condition: dict[str, Any]) -> bool:
    for tests in condition.values():
        for key, value in tests.items() if isinstance(tests, dict) else ():
            wide = any(str(item) in ("*", "0.0.0.0/0", "::/0") for item in as_list(value))
            if key.lower() in _FIXING and not wide:
                return True
    return False
