# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""site.yml killed after every single call that changes something, one after the other, on one account.

Each run goes on from what all the killed ones have left, and is killed after its own first change. That is more than
a kill for each call: nothing is ever begun and finished by the same run.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.described import described, differences
from tests.others import BEGINNINGS, begin, lost
from tests.playbook_run import LocalStack
from tests.steps import ROLES

# Far more than a run makes: a run that begins by doing again what the last one did comes to no end.
MOST = 400


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_a_run_killed_after_each_of_its_changes_comes_to_the_same_end(stack: LocalStack, beginning: str) -> None:
    others = begin(stack, beginning)
    with stack.copy() as undisturbed:
        undisturbed.play("site.yml").ok()
        end = described(undisturbed)
    killed = [call for role in ROLES for call in killed_in_turn(stack, f"playbooks/roles/{role}.yml")]
    assert not [call for call, times in Counter(killed).items() if times > MOST // 4]
    stack.play("site.yml").ok()
    assert left_over(stack, end, others) == []
    assert stack.play("site.yml").ok().recap["changed"] == 0
    print(f"{beginning}: killed {len(killed)} times, after {dict(Counter(killed))}")


def killed_in_turn(stack: LocalStack, playbook: str) -> list[str]:
    """The calls after which the playbook was killed, until it had nothing left to change."""
    killed: list[str] = []
    while call := stack.play_killed(playbook, writes=True):
        killed.append(call)
        assert len(killed) < MOST, f"it comes to no end: {killed[-20:]}"
    return killed


def left_over(stack: LocalStack, end: dict[str, Any], others: dict[str, Any]) -> list[str]:
    stacks = [one["StackName"] for one in stack.boto("cloudformation").describe_stacks()["Stacks"]]
    return [*differences(end, described(stack)), *lost(others, stack), *(f"stack {name} is left" for name in stacks)]
