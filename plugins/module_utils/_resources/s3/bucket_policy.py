# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A bucket's policy: statements of ours among those of others, which stay as they are. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from ..._engine.policies import same_policy

Statement = Mapping[str, Any]

TLS_SID = "DenyInsecureTransport"
KMS_SID = "DenyOtherEncryption"
OWN_SIDS = (TLS_SID, KMS_SID)
VERSION = "2012-10-17"
_ENCRYPTION = "s3:x-amz-server-side-encryption"


def statements(policy: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """A policy's statements; a single one may stand without its list."""
    found = (policy or {}).get("Statement") or []
    return [found] if isinstance(found, dict) else list(found)


def as_list(value: Any) -> list[Any]:
    """IAM writes one thing without the list around it."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def tls_only(policy: Mapping[str, Any] | None, arn: str) -> bool:
    """Every request to the bucket and its objects that came without TLS is refused, by one statement."""
    return any(_denies_plain_http(one, arn) for one in statements(policy))


def requires_kms(policy: Mapping[str, Any] | None, arn: str) -> bool:
    """Objects that a client encrypts otherwise than with a KMS key are refused, by the statement of ours."""
    wanted = _kms_statement(arn)
    return any(
        {name: _plain(value) for name, value in one.items()} == {name: _plain(value) for name, value in wanted.items()}
        for one in statements(policy)
    )


def with_ours(
    policy: Mapping[str, Any] | None,
    arn: str,
    tls: bool | None,
    kms: bool | None,
    given: Sequence[Statement] = (),
    public: bool = True,
) -> dict[str, Any] | None:
    """The policy with our statements, or without any such where they are False; None: as it is.

    given: statements that are there in the end, each in the place of the one of its Sid. public: whether statements
    that allow something to everybody, without a condition, stay. Version and Id of others stay, as the version decides
    on the meaning of their variables. None where no statement is left: S3 takes no empty policy, the bucket's is deleted.
    """
    tls = tls_only(policy, arn) if tls is None else tls
    kms = requires_kms(policy, arn) if kms is None else kms
    sids = {*OWN_SIDS, *(one["Sid"] for one in given)}
    kept = [one for one in statements(policy) if one.get("Sid") not in sids and (public or not _is_open(one))]
    if not tls:
        kept = [one for one in kept if not _denies_plain_http(one, arn)]
    elif not any(_denies_plain_http(one, arn) for one in kept):
        kept.append(_tls_statement(arn))
    if kms:
        kept.append(_kms_statement(arn))
    kept += [dict(one) for one in given]
    if not kept:
        return None
    head = {key: value for key, value in (policy or {}).items() if key != "Statement"}
    return {**(head if policy else {"Version": VERSION}), "Statement": kept}


def has_statements(found: Sequence[Statement] | None, given: Sequence[Statement] | None) -> bool:
    """Each of the given statements is there under its Sid, and says the same."""
    by_sid = {one.get("Sid"): one for one in found or ()}
    return all(
        one["Sid"] in by_sid and same_policy(_document(by_sid[one["Sid"]]), _document(one)) for one in given or ()
    )


def _document(statement: Statement) -> dict[str, Any]:
    return {"Version": VERSION, "Statement": [dict(statement)]}


def is_open(policy: Mapping[str, Any] | None) -> bool:
    """A statement allows something to everybody, without a condition."""
    return any(_is_open(one) for one in statements(policy))


def _is_open(statement: Statement) -> bool:
    return statement.get("Effect") == "Allow" and _everybody(statement) and not statement.get("Condition")


def for_everybody(policy: Mapping[str, Any] | None) -> list[str]:
    """The statements that allow something to everybody, whatever their conditions: by Sid, or by their actions."""
    return [
        str(one.get("Sid") or ", ".join(map(str, as_list(one.get("Action")))))
        for one in statements(policy)
        if one.get("Effect") == "Allow" and (_everybody(one) or "NotPrincipal" in one)
    ]


def _tls_statement(arn: str) -> dict[str, Any]:
    return {
        "Sid": TLS_SID,
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [arn, f"{arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def _kms_statement(arn: str) -> dict[str, Any]:
    """A request that names no encryption gets the bucket's default and is let through.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
    """
    return {
        "Sid": KMS_SID,
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:PutObject",
        "Resource": f"{arn}/*",
        "Condition": {
            "Null": {_ENCRYPTION: "false"},
            "StringNotEquals": {_ENCRYPTION: ["aws:kms", "aws:kms:dsse"]},
        },
    }


def _denies_plain_http(statement: Statement, arn: str) -> bool:
    """The statement refuses every request to the bucket and its objects that came without TLS.

    A further condition would have to hold, too, so that it would not be every request.
    """
    resources = [str(one) for one in as_list(statement.get("Resource"))]
    return (
        statement.get("Effect") == "Deny"
        and _everybody(statement)
        and any(action in ("*", "s3:*") for action in as_list(statement.get("Action")))
        and all(any(fnmatchcase(name, pattern) for pattern in resources) for name in (arn, f"{arn}/*"))
        and list(_conditions(statement)) == [("aws:securetransport", ["false"])]
    )


def _everybody(statement: Statement) -> bool:
    principal = statement.get("Principal")
    named = as_list(principal.get("AWS")) if isinstance(principal, Mapping) else [principal]
    return "*" in named


def _conditions(statement: Statement) -> Iterator[tuple[str, list[str]]]:
    """(key in lower case, values) of Bool and BoolIfExists; other operators are in the key's place, to match nothing.

    aws:SecureTransport is in every request, so that IfExists makes no difference.
    """
    for operator, keys in (statement.get("Condition") or {}).items():
        for key, values in keys.items():
            known = operator.lower() in ("bool", "boolifexists")
            yield key.lower() if known else f"{operator} {key}", [str(one).lower() for one in as_list(values)]


def _plain(value: Any) -> Any:
    """A part of a statement for comparison: lists of one are that one, an order means nothing."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return _plain(value[0]) if len(value) == 1 else sorted(map(str, value))
    return {"AWS": "*"} if value == "*" else value
