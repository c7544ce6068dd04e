# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The pure part: what has to change, from what is there and what is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import tags as tag_forms
from .kind import Kind, State

# Options of an item that steer the engine and are no part of the resource.
STEERING = frozenset({"state", "purge_tags", "name", "create"})


@dataclass(frozen=True)
class Change:
    """What one resource needs. action: create, update, delete or none; before and desired as they differ."""

    name: str
    action: str
    desired: State
    found: State | None = None
    fields: frozenset[str] = frozenset()
    tags_to_set: dict[str, str] = field(default_factory=dict)
    tags_to_remove: list[str] = field(default_factory=list)
    refusals: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def needed(self) -> bool:
        return self.action != "none"

    def diff(self) -> tuple[State, State]:
        """(before, after): the fields that change, for Ansible's diff."""
        if self.action == "create":
            return {}, {key: value for key, value in self.desired.items() if key not in STEERING}
        if self.action == "delete":
            return {key: value for key, value in (self.found or {}).items() if key not in STEERING}, {}
        found = self.found or {}
        before = {name: found.get(name) for name in self.fields}
        after = {name: self.desired.get(name) for name in self.fields}
        if self.tags_to_set or self.tags_to_remove:
            touched = [*self.tags_to_set, *self.tags_to_remove]
            before["tags"] = {key: found.get("tags", {}).get(key) for key in touched}
            after["tags"] = {key: self.tags_to_set.get(key) for key in touched}
        return before, after


def plan(kind: Kind, found: State | None, desired: State) -> Change:
    """The change that brings one resource from found (None: not there) to desired. Pure.

    Only fields that desired holds are compared; what is None was not asked for. create: false leaves alone what
    is not there.
    """
    name = desired["name"]
    desired, said = kind.keeps(desired, found) if kind.keeps else (desired, [])
    refusals: tuple[str, ...]
    if desired.get("state") == "absent":
        if found is None:
            return Change(name, "none", desired)
        refusals = () if kind.delete else (f"{kind.name} {name}: this collection never deletes a {kind.name}",)
        return Change(name, "delete", desired, found, refusals=refusals)
    if found is None:
        return Change(name, "none" if desired.get("create") is False else "create", desired)
    fields = frozenset(_different(kind, found, desired))
    to_set, to_remove = _tags(kind, found, desired)
    refusals = tuple(
        f"{kind.name} {name}: {field_name} is {found.get(field_name)!r} and cannot become {desired[field_name]!r}: "
        f"{kind.unchangeable[field_name]}"
        for field_name in sorted(fields & set(kind.unchangeable))
    )
    action = "update" if fields or to_set or to_remove else "none"
    return Change(name, action, desired, found, fields, to_set, to_remove, refusals, tuple(said))


def _different(kind: Kind, found: Mapping[str, Any], desired: Mapping[str, Any]) -> Iterator[str]:
    for name, value in desired.items():
        if name in STEERING or name == "tags" or value is None or name in kind.initial:
            continue
        equal = kind.equal.get(name)
        if not (equal(found.get(name), value) if equal else found.get(name) == value):
            yield name


def _tags(kind: Kind, found: Mapping[str, Any], desired: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    if kind.tag is None or desired.get("tags") is None:
        return {}, []
    return tag_forms.difference(found.get("tags") or {}, desired["tags"], bool(desired.get("purge_tags")))
