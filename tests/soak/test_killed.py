# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A role killed after every single call that changes something, one after the other, on one account.

Each run goes on from what all the killed ones have left, and is killed after its own first change. That is more than
a kill for each call: nothing is ever begun and finished by the same run.
"""

from __future__ import annotations

import sys
from collections import Counter

import pytest

from tests.playbook_run import LocalStack
from tests.steps import ROLES, Step, after

# Far more than a run makes: a run that begins by doing again what the last one did comes to no end.
MOST = 200


@pytest.mark.parametrize("role", ROLES)
def test_a_run_killed_after_each_of_its_changes_comes_to_the_same_end(steps: dict[str, Step], role: str) -> None:
    step = steps[role]
    with step.before.copy() as account:
        killed = killed_in_turn(account, step.playbook)
        sys.stdout.write(f"{role}: killed {len(killed)} times, after {dict(Counter(killed))}\n")
        assert after(step, account) == []
        assert len(killed) >= len(set(step.writes))
        assert account.boto("cloudformation").describe_stacks()["Stacks"] == []


def killed_in_turn(account: LocalStack, playbook: str) -> list[str]:
    """The calls after which the playbook was killed, until it had nothing left to change."""
    killed: list[str] = []
    while call := account.play_killed(playbook, writes=True):
        killed.append(call)
        assert len(killed) < MOST, f"it comes to no end: {killed[-20:]}"
    return killed
