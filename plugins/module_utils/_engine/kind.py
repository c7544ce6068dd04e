# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the engine has to know of a kind of resource: functions and data, no inheritance."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .aws import Aws
from .errors import AwsError

State = dict[str, Any]
"""A resource in the shape of the module's options, plus id, arn, status and what a user wants to see."""


@dataclass(frozen=True)
class Reference:
    """A field that names a resource; the engine puts the target's field in its place. kind None is the kind itself."""

    kind: Kind | None
    target: str = "id"


@dataclass(frozen=True)
class Wait:
    """The states of a resource: ready ones, failed ones that nothing but a person mends, and all others on the way.

    A state's status_reason holds AWS's words on a failure. poll, and timeout for all states on the way, in seconds.
    """

    ready: frozenset[str]
    failed: frozenset[str] = frozenset()
    timeout: float = 600
    poll: float = 5


@dataclass(frozen=True)
class Kind:
    """A kind of resource.

    name: in messages and planned facts ("security_group"). role: the role that makes it.
    read(aws, items): the states found for the items (desired states, references resolved), by name. It is one
        bulk read, whatever the number of items; what does not exist is absent from the answer.
    create(aws, desired): makes the thing, findable by read from the first call on (tags or names go into that
        call), and may leave the rest to update. May be called again after an error that passes.
    update(aws, before, desired, fields): brings the given fields of an existing thing to the desired values. Where
        AWS takes one change at a time, or several calls are needed, it yields after each the fields that are given
        to AWS: the engine waits until the thing is ready again, and repeats none of them when a later call fails.
    delete(aws, before): None where a role never deletes the kind.
    tag(aws, before, to_set, to_remove): None where the kind has no tags.
    references: path of a field ("rules.source_group", lists are walked) to the kind that it names.
    unchangeable: field to what a user can do about it; a difference is refused before anything is changed.
    initial: fields set at creation and owned elsewhere afterwards.
    equal: field to a comparer (found, desired) where == is not enough.
    lookup(aws, items): as read with no more than references to the kind need, where that takes fewer calls.
    resolved: the prefix of the kind's ids ("vpc-"), which are that and hexadecimal digits; ARNs are ids, too.
    ids: a pattern of the kind's ids where these are others, or where not every ARN is one.
    known_as(aws, text): the name that lookup and planned facts know a thing by, of a reference that is no id.
    eventual(error): the error is one that passes by itself while AWS makes an earlier change visible.
    busy(error): the thing, or one that it needs, is being changed; it passes when that has ended.
    doubles: AWS makes a second thing of the same name when a create is repeated, so it is looked for longer first.
    check(desired): refusals of one item that no argument spec can say, as sentences.
    keeps(desired, found): desired without what an existing thing (None: not there) keeps, and what is to be said of it.
    """

    name: str
    role: str
    read: Callable[[Aws, Sequence[State]], dict[str, State]]
    create: Callable[[Aws, State], None]
    update: Callable[[Aws, State, State, frozenset[str]], Iterable[frozenset[str]] | None] | None = None
    delete: Callable[[Aws, State], None] | None = None
    tag: Callable[[Aws, State, dict[str, str], list[str]], None] | None = None
    name_tag: bool = False
    references: Mapping[str, Reference] = field(default_factory=dict)
    unchangeable: Mapping[str, str] = field(default_factory=dict)
    initial: frozenset[str] = frozenset()
    equal: Mapping[str, Callable[[Any, Any], bool]] = field(default_factory=dict)
    lookup: Callable[[Aws, Sequence[State]], dict[str, State]] | None = None
    resolved: str = "arn:"
    ids: re.Pattern[str] | None = None
    known_as: Callable[[Aws, str], str] | None = None
    wait: Wait | None = None
    eventual: Callable[[AwsError], bool] | None = None
    busy: Callable[[AwsError], bool] | None = None
    doubles: bool = False
    check: Callable[[State], list[str]] | None = None
    keeps: Callable[[State, State | None], tuple[State, list[str]]] | None = None


def same_members(found: Any, desired: Any) -> bool:
    """Two lists hold the same things, whatever their order; for unordered lists of strings or dictionaries."""
    return sorted(map(_sortable, found or [])) == sorted(map(_sortable, desired or []))


def holds(found: Any, desired: Any) -> bool:
    """A dictionary holds at least the desired entries that are not None; for maps that others add to."""
    return all((found or {}).get(key) == value for key, value in (desired or {}).items() if value is not None)


def _sortable(member: Any) -> str:
    if isinstance(member, Mapping):
        return repr(sorted((key, _sortable(value)) for key, value in member.items() if value is not None))
    if isinstance(member, list):
        return repr(sorted(map(_sortable, member)))
    return repr(member)
