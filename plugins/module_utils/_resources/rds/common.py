# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What all kinds of RDS share: tags by ARN, passing errors, the moment between a change and its visibility."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from ..._describe import rds
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, State
from ..._engine.tags import to_list

VISIBLE_SECONDS = 60.0

# Something else is being done to the resource, or what it needs was made a moment ago.
_PASSING = frozenset({"InvalidDBClusterStateFault", "InvalidDBInstanceState", "InvalidDBInstanceStateFault"})


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    """AddTagsToResource and RemoveTagsFromResource; both may be repeated."""
    if to_set:
        aws.call("rds", "add_tags_to_resource", ResourceName=found["arn"], Tags=to_list(to_set))
    if to_remove:
        aws.call("rds", "remove_tags_from_resource", ResourceName=found["arn"], TagKeys=to_remove)


def lookup(kind: str) -> Callable[[Aws, Sequence[State]], dict[str, State]]:
    """A Kind's lookup for what RDS knows by name: without tags and parameters."""

    def names(aws: Aws, items: Sequence[State]) -> dict[str, State]:
        found = rds.existing_names(aws, kind, [item["name"] for item in items])
        return {name: {"name": name} for name in found}

    return names


def passing(error: AwsError) -> bool:
    """The error passes by itself: a busy resource, or an IAM role that RDS cannot assume yet."""
    new_role = error.code == "InvalidParameterValue" and "IAM role ARN" in error.message
    return error.code in _PASSING or new_role


def until_visible(aws: Aws, kind: Kind, desired: State, fields: frozenset[str]) -> None:
    """Return when DescribeDB* shows a change, or the resource busy with it.

    A Modify call answers before the status leaves "available"; who looked right then would see the old values
    and call them ready. After VISIBLE_SECONDS the engine's second plan has the word.
    """
    deadline, pause = time.monotonic() + VISIBLE_SECONDS, 0.5
    while True:
        found = kind.read(aws, [desired]).get(desired["name"], {})
        busy = kind.wait is not None and found.get("status") not in kind.wait.ready
        if busy or all(_kept(kind, found, desired, field) for field in fields) or time.monotonic() > deadline:
            return
        time.sleep(pause)
        pause = min(pause * 2, 5)


def _kept(kind: Kind, found: Mapping[str, object], desired: State, field: str) -> bool:
    equal = kind.equal.get(field)
    return equal(found.get(field), desired[field]) if equal else found.get(field) == desired[field]


def same_window(found: str | None, desired: str) -> bool:
    """Maintenance windows: RDS gives back sun:04:00-sun:05:00 for Sun:04:00-Sun:05:00."""
    return (found or "").lower() == desired.lower()
