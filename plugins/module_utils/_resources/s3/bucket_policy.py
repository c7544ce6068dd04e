# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A bucket's policy: two statements of ours among those of others, which stay as they are. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from ..._engine.policies import Statement, as_list, everybody, others, statements, with_statements

TLS_SID = "DenyInsecureTransport"
KMS_SID = "DenyOtherEncryption"
OWN_SIDS = (TLS_SID, KMS_SID)
_ENCRYPTION = "s3:x-amz-server-side-encryption"


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


def with_ours(policy: Mapping[str, Any] | None, arn: str, tls: bool | None, kms: bool | None) -> dict[str, Any] | None:
    """The policy with our statements, or without any such where they are False; None: as it is.

    None where no statement is left: S3 takes no empty policy, the bucket's is deleted.
    """
    tls = tls_only(policy, arn) if tls is None else tls
    kms = requires_kms(policy, arn) if kms is None else kms
    kept = others(policy, OWN_SIDS)
    if not tls:
        kept = [one for one in kept if not _denies_plain_http(one, arn)]
    ours = [_tls_statement(arn)] if tls and not any(_denies_plain_http(one, arn) for one in kept) else []
    if kms:
        ours.append(_kms_statement(arn))
    return with_statements(policy, kept, ours) if kept or ours else None


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
        and everybody(statement)
        and any(action in ("*", "s3:*") for action in as_list(statement.get("Action")))
        and all(any(fnmatchcase(name, pattern) for pattern in resources) for name in (arn, f"{arn}/*"))
        and list(_conditions(statement)) == [("aws:securetransport", ["false"])]
    )


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
