# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Resource policies: which statements let everybody in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from ..._engine.policies import as_list

Statement = Mapping[str, Any]

# Keys that hold callers to known accounts, networks or resources; AWS's own meaning of "public" (S3 user guide,
# "The meaning of public"), and the like of KMS. All lower case: condition keys know no case.
_RESTRICTING = frozenset(
    {
        "aws:sourceip",
        "aws:vpcsourceip",
        "aws:sourcearn",
        "aws:sourceaccount",
        "aws:sourceowner",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:userid",
        "kms:calleraccount",
        "s3:dataaccesspointarn",
        "s3:dataaccesspointaccount",
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
    }
)
_POSITIVE = ("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress")
_EVERYWHERE = frozenset({"0.0.0.0/0", "::/0"})


def public_statements(policy: Mapping[str, Any] | None) -> list[Statement]:
    """The statements that allow something to everybody; a policy that is not there allows nothing."""
    return [one for one in statements(policy) if one.get("Effect") == "Allow" and _for_all(one) and not _held(one)]


def statements(policy: Mapping[str, Any] | None) -> list[Statement]:
    """The statements of a policy document, a single one too."""
    found = (policy or {}).get("Statement") or []
    return [found] if isinstance(found, Mapping) else list(found)


def actions(statement: Statement) -> list[str]:
    """The actions of a statement; all of them where it names those that it leaves out."""
    return ["*"] if "NotAction" in statement else as_list(statement.get("Action"))


def allows(statement: Statement, action: str) -> bool:
    """An action of the statement, wildcards included, covers the named one ("s3:PutObject")."""
    return any(fnmatchcase(action.lower(), one.lower()) for one in actions(statement))


def titles(found: list[Statement]) -> str:
    """The statements by their Sid, or by their actions where they have none; for evidence."""
    return ", ".join(str(one.get("Sid") or "/".join(actions(one))) for one in found)


def requires_tls(policy: Mapping[str, Any] | None) -> bool:
    """A statement denies everybody's requests without TLS."""
    return any(
        one.get("Effect") == "Deny" and _for_all(one) and allows(one, "s3:GetObject") and _without_tls(one)
        for one in statements(policy)
    )


def _for_all(statement: Statement) -> bool:
    """The principal is everybody; a principal that is everybody but somebody is that too."""
    if "NotPrincipal" in statement:
        return True
    principal = statement.get("Principal")
    if isinstance(principal, Mapping):
        return any("*" in as_list(named) for kind, named in principal.items() if kind in {"AWS", "*"})
    return principal == "*"


def _held(statement: Statement) -> bool:
    """A condition holds the callers to known ones. An operator with IfExists or ForAllValues passes without the key."""
    return any(
        key.lower() in _RESTRICTING and all(_narrow(str(one)) for one in as_list(values))
        for operator, key, values in _conditions(statement)
        if operator.lower().removeprefix("foranyvalue:") in _POSITIVE
    )


def _narrow(value: str) -> bool:
    return value not in _EVERYWHERE and bool(value.strip("*:?"))


def _without_tls(statement: Statement) -> bool:
    return any(
        operator.lower() == "bool"
        and key.lower() == "aws:securetransport"
        and [str(one).lower() for one in as_list(values)] == ["false"]
        for operator, key, values in _conditions(statement)
    )


def _conditions(statement: Statement) -> Iterator[tuple[str, str, Any]]:
    for operator, keys in (statement.get("Condition") or {}).items():
        for key, values in keys.items():
            yield operator, key, values
