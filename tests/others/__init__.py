# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What others keep beside a stack and on its things, and that has to be there as it was whatever happens to a run.

    before = begin(stack, "as_reviewed")
    stack.play("site.yml")
    assert lost(before, stack) == []

Things that bear the stack's names are planted in an account without the stack, too, and are then adopted. What hangs
on a network or a database is planted where these are.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from local_aws.stacks import as_reviewed
from tests.described import differences
from tests.others import account, database, network
from tests.others.common import own_clusters, own_vpcs
from tests.playbook_run import LocalStack

BEGINNINGS = ("empty", "as_reviewed")
THINGS = (*account.THINGS, *network.THINGS, *database.THINGS)


def plant(stack: LocalStack) -> dict[str, Any]:
    """Plant what there is room for, and say how it looks."""
    there = {"": True, "vpc": bool(own_vpcs(stack)), "cluster": bool(own_clusters(stack))}
    planted = [thing for thing in THINGS if there[thing.on]]
    for thing in planted:
        thing.put(stack)
    before = of_others(stack, [thing.name for thing in planted])
    missing = [f"{name}: {part}" for name, parts in before.items() for part, seen in parts.items() if not seen]
    assert not missing, f"these could not be planted: {missing}"
    return before


def begin(stack: LocalStack, beginning: str) -> dict[str, Any]:
    """An account that holds nothing else, "empty" or "as_reviewed", with others' things planted; how they look."""
    stack.control.reset()
    if beginning == "as_reviewed":
        as_reviewed.load(stack.endpoint)
    return plant(stack)


def of_others(stack: LocalStack, names: Collection[str]) -> dict[str, Any]:
    """How the things of these names look now."""
    return {thing.name: thing.look(stack) for thing in THINGS if thing.name in names}


def lost(before: dict[str, Any], stack: LocalStack) -> list[str]:
    """How others' things differ from what they were, a line each."""
    return differences(before, of_others(stack, before))
