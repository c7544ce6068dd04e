# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Every single call of a run failing alone: refused with a 500, carried out with a 500, without an answer.

Each time on a copy of the account ahead of the role that makes the call.
"""

from __future__ import annotations

import pytest

from tests.steps import AS_USERS, ROLES, Step


@pytest.mark.parametrize("kind", ["error", "error_after", "drop"])
@pytest.mark.parametrize("role", ROLES)
def test_each_call_in_turn_fails_once(steps: dict[str, Step], role: str, kind: str) -> None:
    step = steps[role]
    wrong = [f"{kind} of {call}: {what}" for call in step.calls for what in after_failure(step, kind, call)]
    assert wrong == []


def after_failure(step: Step, kind: str, call: str) -> list[str]:
    """What is wrong after a run in which a call failed once, and where it ended by that, one more.

    The account that it has to come to is the one on which a run was seen to change nothing.
    """
    with step.before.copy() as account:
        account.control.faults({"kind": kind, "action": call, "count": 1})
        first = account.play(step.playbook, environment=AS_USERS)
        struck = [fault["struck"] for fault in account.control.list_faults()]
        account.control.clear_faults()
        if struck != [1]:
            return ["the run makes no such call"]
        if first.rc:
            again = account.play(step.playbook, environment=AS_USERS)
            if again.rc:
                return [again.stdout[-1500:]]
        return step.wrong(account)
