# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tagging, naming and tokens, the same for every kind of EC2."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..._describe.reading import Item
from ..._engine.aws import Aws
from ..._engine.errors import AwsError, Refusal
from ..._engine.kind import Kind, State
from ..._engine.names import is_id
from ..._engine.tags import to_list

# Ids of what this process has made, which lasts as long as a run: only of those a failure is this run's own.
_made: set[str] = set()


def client_token(aws: Aws, *parts: str) -> str:
    """A ClientToken (at most 64 characters) that is the same for the same parts while this task lasts.

    Within it a repeated creation makes nothing twice; a later task may make anew what was deleted, to which AWS would
    answer with the deleted thing, or IdempotentParameterMismatch, if the token were derived from the name alone:
    https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
    """
    return hashlib.sha256("/".join((aws.task, *parts)).encode()).hexdigest()


def note_made(thing: str) -> None:
    """This run has made the thing with this id."""
    _made.add(thing)


def is_made_here(thing: str) -> bool:
    """Whether this very run has made it, as a task that only began it did. A failed one of an earlier run counts for
    nothing, and may be made anew."""
    return thing in _made


def keep_name(kind: Kind, desired: State, found: State | None) -> State:
    """desired with the Name that a found thing bears: what is adopted by its id or its place is not renamed.

    Errors: Refusal where the id names nothing.
    """
    by_id = is_id(kind, desired["name"])
    if found is None:
        if by_id and desired.get("state") != "absent":
            raise Refusal(f"{kind.name} {desired['name']} does not exist in this region; check the id and the account")
        return desired
    own = found["tags"].get("Name")
    if own is None and not by_id:
        return desired
    tags = {key: value for key, value in (desired.get("tags") or {}).items() if key != "Name"}
    return {**desired, "tags": {**tags, **({"Name": own} if own is not None else {})}}


def spare_foreign(kind: Kind, desired: State, found: State | None) -> tuple[State, list[str]]:
    """A thing that is to be absent stays, and is said to, unless it bears the item's owner_tags: a name is no proof."""
    owner = desired.get("owner_tags")
    if found is None or desired.get("state") != "absent" or not owner or owner.items() <= found["tags"].items():
        return {key: value for key, value in desired.items() if key != "owner_tags"}, []
    missing = ", ".join(f"{key}={value}" for key, value in sorted(owner.items()))
    return {"name": desired["name"], "create": False}, [
        f"{kind.name} {desired['name']} ({found['id']}) is not asked for and stays, as it does not bear the tags "
        f"{missing}; tag it so, or delete it yourself"
    ]


def by_name_or_id(
    kind: Kind, names: Iterable[str], key: str, describe: Callable[..., list[Item]]
) -> dict[str, Mapping[str, Any]]:
    """Items in AWS's shape by what the options call them: the Name tag, or an id. key: the id's field."""
    ids = [name for name in names if is_id(kind, name)]
    items = [*describe(names=[name for name in names if name not in ids]), *(describe(ids=ids) if ids else [])]
    found = dict(by_name(kind.name, [one for one in items if one[key] not in ids], key))
    return found | {one[key]: one for one in items if one[key] in ids}


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


def by_name(
    kind: str, items: Iterable[Mapping[str, Any]], key: str, advice: str = "rename or remove one of them"
) -> dict[str, Mapping[str, Any]]:
    """Items in AWS's shape by their Name tag. key: the id's field. Errors: Refusal when a name is not unique."""
    named: dict[str, Mapping[str, Any]] = {}
    for item in items:
        name = item["Tags"].get("Name")
        if name in named:
            raise Refusal(f"two things are called {kind} {name}: {named[name][key]} and {item[key]}; {advice}")
        if name:
            named[name] = item
    return named
