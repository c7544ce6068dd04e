# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tagging, naming and tokens, the same for every kind of EC2."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from ..._engine.aws import Aws
from ..._engine.errors import AwsError, Refusal
from ..._engine.kind import State
from ..._engine.tags import to_list

# One for each process that changes something: within it a repeated creation makes nothing twice, and a later run
# may make anew what was deleted, which a token derived from the name alone would prevent.
_PROCESS = uuid.uuid4().hex


def client_token(*parts: str) -> str:
    """A ClientToken (at most 64 characters) that is the same for the same parts while this process lasts."""
    return hashlib.sha256("/".join((_PROCESS, *parts)).encode()).hexdigest()


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    """CreateTags and DeleteTags; both may be repeated."""
    if to_set:
        aws.call("ec2", "create_tags", Resources=[found["id"]], Tags=to_list(to_set))
    if to_remove:
        aws.call("ec2", "delete_tags", Resources=[found["id"]], Tags=[{"Key": key} for key in to_remove])


def not_visible(error: AwsError) -> bool:
    """What was made a moment ago is not known to all of EC2 yet.

    https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
    """
    code = error.code.lower()
    if error.service != "ec2" or code == "invalidassociationid.notfound":
        return False
    return code.endswith("id.notfound") or code == "invalidgroup.notfound"


def contains(found: Any, desired: Any) -> bool:
    """A list of ids holds at least the desired ones; for what others may add to."""
    return set(desired or []) <= set(found or [])


def by_name(kind: str, items: Iterable[Mapping[str, Any]], key: str) -> dict[str, Mapping[str, Any]]:
    """Items in AWS's shape by their Name tag. key: the id's field. Errors: Refusal when a name is not unique."""
    named: dict[str, Mapping[str, Any]] = {}
    for item in items:
        name = item["Tags"].get("Name")
        if name in named:
            raise Refusal(
                f"two things are called {kind} {name}: {named[name][key]} and {item[key]}; rename or remove one of them"
            )
        if name:
            named[name] = item
    return named
