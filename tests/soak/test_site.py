# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What takes too long for every submission: site.yml with times as AWS's, and every single call failing or the last.

tests/integration/site has a part of each. `make soak` runs these, for some hours on two cores.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from local_aws.stacks import as_reviewed
from tests.described import described, differences
from tests.playbook_run import LocalStack
from tests.writes import is_write

AS_USERS = {"WEBAPP_STRICT": "0"}
SLOW = {"transition_seconds": 20, "pending_seconds": 3, "lag_stagger": True, "role_seconds": 10, "key_seconds": 5}


def begin(stack: LocalStack, beginning: str) -> None:
    stack.control.reset()
    if beginning != "empty":
        as_reviewed.load(stack.endpoint)


@pytest.mark.parametrize("beginning", ["empty", "as_reviewed"])
@pytest.mark.parametrize("lag", [0, 1, 3])
def test_a_slow_account_comes_to_the_same_end(stack: LocalStack, beginning: str, lag: int) -> None:
    begin(stack, beginning)
    stack.play("site.yml", environment=AS_USERS).ok()
    end = described(stack)
    begin(stack, beginning)
    stack.control.settings(**SLOW, lag_seconds=lag, lag_flicker=lag > 0, lag_writes=lag > 0)
    first = stack.play("site.yml", environment=AS_USERS).ok()
    stack.control.settings(transition_seconds=0, pending_seconds=0, lag_seconds=0, lag_flicker=False)
    assert "did not keep what was set" not in first.stdout
    assert differences(end, described(stack)) == []
    assert stack.play("site.yml", environment=AS_USERS).ok().recap["changed"] == 0


def test_each_call_in_turn_fails_once(stack: LocalStack) -> None:
    begin(stack, "empty")
    stack.play("site.yml").ok()
    end = described(stack)
    calls = sorted({f"{call['service']}:{call['action']}" for call in stack.control.calls()})
    failed = [
        f"{kind} of {call}: {what}"
        for call in calls
        for kind in ("error", "error_after", "drop")
        for what in _after(stack, end, lambda kind=kind, call=call: _failing(stack, kind, call))
    ]
    assert failed == []


def test_the_run_killed_after_each_call_that_changes_something(stack: LocalStack) -> None:
    begin(stack, "empty")
    stack.play("site.yml").ok()
    end = described(stack)
    counted: Counter[str] = Counter()
    points = []
    for call in filter(is_write, stack.control.calls()):
        action = f"{call['service']}:{call['action']}"
        points.append((action, counted[action]))
        counted[action] += 1
    failed = [
        f"killed after {action} number {skip + 1}: {what}"
        for action, skip in points
        for what in _after(stack, end, lambda action=action, skip=skip: stack.play_killed("site.yml", action, skip))
    ]
    assert failed == []


def _failing(stack: LocalStack, kind: str, call: str) -> None:
    stack.control.faults({"kind": kind, "action": call, "count": 1})
    stack.play("site.yml", environment=AS_USERS)
    stack.control.clear_faults()


def _after(stack: LocalStack, end: dict[str, Any], happen: Any) -> list[str]:
    """What is wrong after something has happened to a run from nothing, and a whole run after it."""
    begin(stack, "empty")
    happen()
    whole = stack.play("site.yml", environment=AS_USERS)
    if whole.rc:
        return [whole.stdout[-1000:]]
    again = stack.play("site.yml", environment=AS_USERS)
    changed = [f"the second run changes {again.changed_tasks}"] if again.changed_tasks else []
    return [*differences(end, described(stack)), *changed]
