# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""site.yml on an account that is slow to show, slow to finish and refuses meanwhile: the same end as without.

What others keep there is as it was.

The runs are as users make them, without WEBAPP_STRICT, and the whole described state is compared.
`make soak` has more of the same, with longer times.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from tests.described import described, differences
from tests.others import BEGINNINGS, begin, lost
from tests.playbook_run import LocalStack, PlaybookResult, at_once

pytestmark = pytest.mark.long

AS_USERS = {"WEBAPP_STRICT": "0"}
# Else the last deployment is under way when a run ends.
WAITING = {"ecs_service_wait_for_deployment": True}
LATE: dict[str, Any] = {"lag_seconds": 1, "lag_stagger": True, "lag_flicker": True}
NOT_YET: dict[str, Any] = {"lag_writes": True, "role_seconds": 3, "key_seconds": 2, "scaling_polls": 2}
BUSY: dict[str, Any] = {"transition_seconds": 3, "pending_seconds": 1, "backing_up": True}
KNOBS = {"late": LATE, "not yet": {**LATE, **NOT_YET}, "busy": BUSY}


@dataclass(frozen=True)
class Ran:
    """account: it after a run, first, with the knobs at rest again; wrong: how it differed, as soon as the run had
    ended, from one without any of it, and what others had lost.
    """

    account: LocalStack
    first: PlaybookResult
    wrong: list[str]


@pytest.fixture(scope="module")
def ran(stack: LocalStack) -> Iterator[dict[tuple[str, str], Ran]]:
    """By beginning and knobs. All run at once, as each waits most of the time."""
    with contextlib.ExitStack() as copies:
        accounts, others, ends = {}, {}, {}
        for beginning in BEGINNINGS:
            others[beginning] = begin(stack, beginning)
            for name, knobs in KNOBS.items():
                accounts[beginning, name] = copies.enter_context(stack.copy())
                accounts[beginning, name].control.settings(**knobs)
            stack.play("site.yml", extra_vars=WAITING, environment=AS_USERS).ok()
            ends[beginning] = described(stack)
        runs = {
            key: partial(account.play, "site.yml", extra_vars=WAITING, environment=AS_USERS)
            for key, account in accounts.items()
        }
        found = {}
        for (beginning, name), first in at_once(runs):
            account = accounts[beginning, name]
            account.control.settings(**{knob: type(value)() for knob, value in KNOBS[name].items()})
            wrong = [*differences(ends[beginning], described(account)), *lost(others[beginning], account)]
            found[beginning, name] = Ran(account, first, wrong)
        yield found


@pytest.mark.parametrize("knobs", KNOBS)
@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_it_comes_to_the_same_end(ran: dict[tuple[str, str], Ran], beginning: str, knobs: str) -> None:
    late = ran[beginning, knobs]
    assert "did not keep what was set" not in late.first.ok().stdout
    assert late.wrong == []
    assert late.account.play("site.yml", extra_vars=WAITING, environment=AS_USERS).ok().recap["changed"] == 0
