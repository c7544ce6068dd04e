# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""IAM policy documents: the same rules may be written in many ways, and by several owners."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from .errors import AwsError

try:
    from ansible_collections.amazon.aws.plugins.module_utils.policy import compare_policies
except ImportError:
    # _engine/module.py says that amazon.aws is missing before anything could come here.
    compare_policies = None

Document = Mapping[str, Any]
Statement = Mapping[str, Any]
# What stands in the place of a user's or a role's ARN once it is deleted:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
_DELETED = re.compile(r"A(?:IDA|ROA)[A-Z0-9]{12,}")
_ROOT = re.compile(r"^arn:aws[a-z-]*:iam::(\d{12}):root$")


def same_policy(found: Document | None, desired: Document | None) -> bool:
    """Two documents say the same, whatever the order and whether one value is a list or not."""
    if not found or not desired:
        return bool(found) == bool(desired)
    return not compare_policies(_rooted(found), _rooted(desired))


def _rooted(value: Any) -> Any:
    """The ARN of an account's root in any partition as in aws, the one that amazon.aws takes for the account's id.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
    """
    if isinstance(value, Mapping):
        return {key: _rooted(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_rooted(member) for member in value]
    return _ROOT.sub(r"arn:aws:iam::\1:root", value) if isinstance(value, str) else value


def same_policies(found: Mapping[str, Document] | None, desired: Mapping[str, Document] | None) -> bool:
    """Two sets of named documents: the same names, and each says the same."""
    first, second = found or {}, desired or {}
    return set(first) == set(second) and all(same_policy(first[name], second[name]) for name in second)


def as_text(document: Document) -> str:
    """The compact JSON that AWS's parameters take."""
    return json.dumps(document, separators=(",", ":"))


def statements(document: Document | None) -> list[dict[str, Any]]:
    """A policy's statements; a single one may stand without its list."""
    found = (document or {}).get("Statement") or []
    return [found] if isinstance(found, dict) else list(found)


def as_list(value: Any) -> list[Any]:
    """IAM writes one thing without the list around it."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def with_statements(found: Document | None, kept: Sequence[Statement], ours: Sequence[Statement]) -> dict[str, Any]:
    """A document of the statements of others and of ours. Others' version and id stay with their statements, as the
    version decides on the meaning of their variables."""
    head = {key: value for key, value in (found or {}).items() if key != "Statement"}
    return {**(head if kept else {"Version": "2012-10-17"}), "Statement": [*kept, *ours]}


def others(
    found: Document | None, own_sids: Collection[str], ours: Sequence[Statement] = (), defaults: Collection[str] = ()
) -> list[dict[str, Any]]:
    """The statements of found that are somebody else's, as they are: those without a Sid, too.

    Not theirs is what has a Sid of own_sids or of ours, what is one of ours word for word, and, with a Sid of
    defaults, what AWS gave by itself and one of ours says as well.
    """
    sids = {*own_sids, *(one["Sid"] for one in ours if one.get("Sid"))}

    def is_ours(one: Statement) -> bool:
        if one.get("Sid") in sids:
            return True
        given = one.get("Sid") in defaults
        return any(_same(_unnamed(one), _unnamed(own)) if given else _same(one, own) for own in ours)

    return [one for one in statements(found) if not is_ours(one)]


def merged(
    found: Document | None, wanted: Document, own_sids: Collection[str], defaults: Collection[str] = ()
) -> dict[str, Any]:
    """wanted's statements in the place of ours, beside those of others; own_sids and defaults as of others()."""
    ours = statements(wanted)
    kept = others(found, own_sids, ours, defaults)
    return with_statements(found, kept, ours) if kept else dict(wanted)


def for_everybody(document: Document | None) -> list[str]:
    """The statements that allow something to everybody, whatever their conditions: by Sid, or by their actions."""
    return [title(one) for one in statements(document) if one.get("Effect") == "Allow" and _admits_everybody(one)]


def wide_open(kept: Sequence[Statement]) -> list[str]:
    """Of the statements those that allow something to everybody without any condition, as for_everybody() has them."""
    return for_everybody({"Statement": [one for one in kept if not one.get("Condition")]})


def title(statement: Statement) -> str:
    """A statement's Sid, or its actions."""
    return str(statement.get("Sid") or ", ".join(map(str, as_list(statement.get("Action")))))


def everybody(statement: Statement) -> bool:
    """The statement's principal is everybody."""
    principal = statement.get("Principal")
    named = as_list(principal.get("AWS")) if isinstance(principal, Mapping) else [principal]
    return "*" in named


def deleted_principals(document: Document) -> list[str]:
    """Users and roles that are named and do not exist any more, as "AROA... in the statement Sid"."""
    return [
        f"{name} in the statement {title(one)}"
        for one in statements(document)
        for key in ("Principal", "NotPrincipal")
        if isinstance(one.get(key), Mapping)
        for name in map(str, as_list(one[key].get("AWS")))
        if _DELETED.fullmatch(name)
    ]


@contextmanager
def advising(document: Document) -> Iterator[None]:
    """While a policy is put: AWS shows a deleted principal by its unique id and takes no policy with such a one, but
    its refusal does not say which it is. Errors: AwsError that does.

    https://repost.aws/knowledge-center/kms-policy-error-invalid-principals
    """
    try:
        yield
    except AwsError as error:
        deleted = deleted_principals(document)
        if not error.code.startswith("MalformedPolicy") or not deleted:
            raise
        raise error.explained(
            f"the policy names {'; '.join(deleted)}: a user or role that was deleted, with which AWS takes no policy; "
            "take it out of the policy and run again"
        ) from error


def _admits_everybody(statement: Statement) -> bool:
    return everybody(statement) or "NotPrincipal" in statement


def _unnamed(statement: Statement) -> Statement:
    return {key: value for key, value in statement.items() if key != "Sid"}


def _same(one: Statement, other: Statement) -> bool:
    return same_policy({"Statement": [one]}, {"Statement": [other]})
