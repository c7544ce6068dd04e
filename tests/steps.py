# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""site.yml step by step, with a copy of the account as it stands before each: where something may happen to a role.

    with taken(stack, "empty") as steps, steps["network"].before.copy() as account:
        account.play(steps["network"].playbook)
        assert steps["network"].wrong(account) == []

What happens to such a copy happens to nothing else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.described import described, differences
from tests.others import begin, lost
from tests.playbook_run import LocalStack
from tests.writes import is_write

ROLES = ("secrets", "network", "cache", "aurora", "domain", "ecs_service", "edge", "delivery")
"""The roles, and between them what the role edge makes for the service."""
AS_USERS = {"WEBAPP_STRICT": "0"}


def playbook(role: str) -> str:
    """What runs one of ROLES alone."""
    return "playbooks/domain.yml" if role == "domain" else f"playbooks/roles/{role}.yml"


@dataclass(frozen=True)
class Step:
    """A role's part of a run.

    before: the account ahead of it, to be copied; calls: what it asks of AWS, as service:action, and writes: those
    that change something, in order; end: what it comes to; others: how others' things look all the while.
    """

    role: str
    before: LocalStack
    calls: list[str]
    writes: list[str]
    end: dict[str, Any]
    others: dict[str, Any]

    @property
    def playbook(self) -> str:
        return playbook(self.role)

    def wrong(self, account: LocalStack) -> list[str]:
        """What an account does not have as this step leaves it, a line each."""
        return [*differences(self.end, described(account)), *lost(self.others, account)]


@contextlib.contextmanager
def taken(stack: LocalStack, beginning: str) -> Iterator[dict[str, Step]]:
    """The steps of a whole run on the account, which then has nothing left to do, by role."""
    others = begin(stack, beginning)
    with contextlib.ExitStack() as copies:
        steps = {}
        for role in ROLES:
            before = copies.enter_context(stack.copy())
            stack.control.clear_calls()
            stack.play(playbook(role)).ok()
            calls = stack.control.calls()
            steps[role] = Step(
                role,
                before,
                sorted({f"{call['service']}:{call['action']}" for call in calls}),
                [f"{call['service']}:{call['action']}" for call in calls if is_write(call)],
                described(stack),
                others,
            )
        assert stack.play("site.yml").ok().recap["changed"] == 0
        assert lost(others, stack) == []
        yield steps


def after(step: Step, account: LocalStack) -> list[str]:
    """What is wrong once the role has been run as a whole, as often as it takes: once more changes nothing."""
    whole = account.play(step.playbook, environment=AS_USERS)
    if whole.rc:
        return [whole.stdout[-1500:]]
    again = account.play(step.playbook, environment=AS_USERS)
    changed = [f"the run after it changes {again.changed_tasks}"] if again.changed_tasks else []
    return [*step.wrong(account), *changed]
