# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Policy documents: whether they are well formed, whether they are public, and whether they admit a service."""

from __future__ import annotations

import fnmatch
import ipaddress
import json
import re
from typing import Any

# Condition keys that, set to fixed values, keep a policy from being public: the S3 User Guide, "The meaning of public",
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html, and KMS's own.
_FIXING = (
    "aws:sourceip", "aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceowner", "aws:sourceaccount",
    "aws:sourceorgid", "aws:principalorgid", "aws:principalorgpaths", "aws:principalarn", "aws:principalaccount",
    "aws:userid", "s3:dataaccesspointarn", "s3:dataaccesspointaccount", "kms:calleraccount",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
)  # fmt: skip
# Of these ARNs the account must be fixed, not what follows it.
_ACCOUNT_COUNTS = ("aws:principalarn", "s3:dataaccesspointarn")
# Operators that hold only where the key is there and has the value.
_HOLDING = ("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress")
# What stands in the place of the ARN of a user or a role that was deleted.
_UNIQUE_ID = re.compile(r"A(?:IDA|ROA)[A-Z0-9]{12,}")
_PRIVATE = [ipaddress.IPv4Network(block) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]


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


def names_deleted(document: str | bytes) -> bool:
    """Whether a principal is the unique id of a user or a role, which no policy may name."""
    return any(_UNIQUE_ID.fullmatch(name) for statement in statements(document) for name in principals(statement))


def orphaned(document: str, arn: str, unique_id: str) -> str:
    """The policy as AWS shows it once the user or role is deleted.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    policy = json.loads(document)
    for statement in as_list(policy.get("Statement")):
        for element in ("Principal", "NotPrincipal"):
            named = statement.get(element)
            if isinstance(named, dict) and arn in as_list(named.get("AWS")):
                found = [unique_id if name == arn else name for name in as_list(named["AWS"])]
                named["AWS"] = found if isinstance(named["AWS"], list) else found[0]
    return json.dumps(policy)


def is_public(document: str | bytes) -> bool:
    return any(
        statement["Effect"] == "Allow"
        and ("*" in principals(statement) or "NotPrincipal" in statement)
        and not _fixed(statement.get("Condition", {}))
        for statement in statements(document)
    )


def _fixed(condition: dict[str, Any]) -> bool:
    """Whether a condition admits none but fixed values: no wildcard, no policy variable, no very broad range."""
    for operator, tests in condition.items():
        if operator.lower().removeprefix("foranyvalue:") not in _HOLDING:
            continue
        for key, value in tests.items() if isinstance(tests, dict) else ():
            values = [str(item) for item in as_list(value)]
            if key.lower() in _FIXING and values and all(_is_fixed(key.lower(), item) for item in values):
                return True
    return False


def _is_fixed(key: str, value: str) -> bool:
    if key == "aws:sourceip":
        return not _is_broad(value)
    if key in _ACCOUNT_COUNTS:
        value = ":".join(value.split(":")[:5])
    elif key == "aws:principalorgpaths":
        value = value.split("/")[0]
    return bool(value) and not any(sign in value for sign in ("*", "?", "${"))


def _is_broad(block: str) -> bool:
    """Broader than /8 of IPv4 or /32 of IPv6 and no private range; what is no block is broad, too."""
    try:
        network = ipaddress.ip_network(block, strict=False)
    except ValueError:
        return True
    if isinstance(network, ipaddress.IPv4Network):
        return network.prefixlen < 8 and not any(network.subnet_of(private) for private in _PRIVATE)
    return network.prefixlen < 32


def admits(document: str | bytes, principal: str, action: str, context: dict[str, str], kind: str = "Service") -> bool:
    """Whether a resource's policy lets a principal, an AWS service where kind does not say AWS, do something to it.

    ``context`` holds the request's condition keys. Resource and NotAction are not looked at; a condition with an
    operator that is not known here holds for no Allow and for every Deny.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    known = {key.lower(): value for key, value in context.items()}
    allowed = False
    for statement in statements(document):
        named = [*principals(statement, kind), *(["*"] if "*" in principals(statement) else [])]
        actions = [str(name).lower() for name in as_list(statement.get("Action"))]
        if not {"*", principal} & set(named) or not any(fnmatch.fnmatchcase(action.lower(), name) for name in actions):
            continue
        denies = statement["Effect"] == "Deny"
        if all(_holds(operator, tests, known, denies) for operator, tests in statement.get("Condition", {}).items()):
            if denies:
                return False
            allowed = True
    return allowed


def _holds(operator: str, tests: dict[str, Any], context: dict[str, str], unknown: bool) -> bool:
    name = operator.lower().rpartition(":")[2]
    optional = name.endswith("ifexists")
    name = name.removesuffix("ifexists")
    if name == "null":
        return all((key.lower() not in context) == (str(value).lower() == "true") for key, value in tests.items())
    negated = "not" in name
    name = name.replace("not", "")
    if name not in ("stringequals", "stringlike", "arnequals", "arnlike", "bool", "stringequalsignorecase"):
        return unknown
    return all(_matches(name, negated, optional, context.get(key.lower()), value) for key, value in tests.items())


def _matches(name: str, negated: bool, optional: bool, held: str | None, wanted: Any) -> bool:
    if held is None:
        return optional or negated
    values = [str(item) for item in as_list(wanted)]
    if name in ("bool", "stringequalsignorecase"):
        fits = held.lower() in [value.lower() for value in values]
    elif name == "stringequals":
        fits = held in values
    else:
        fits = any(fnmatch.fnmatchcase(held, value) for value in values)
    return fits != negated
