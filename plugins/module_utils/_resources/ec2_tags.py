# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tagging and naming, the same for every kind of EC2."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .._engine.aws import Aws
from .._engine.errors import Refusal
from .._engine.kind import State
from .._engine.tags import to_list


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    """CreateTags and DeleteTags; both may be repeated."""
    if to_set:
        aws.call("ec2", "create_tags", Resources=[found["id"]], Tags=to_list(to_set))
    if to_remove:
        aws.call("ec2", "delete_tags", Resources=[found["id"]], Tags=[{"Key": key} for key in to_remove])


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
