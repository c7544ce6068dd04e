# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""site.yml on an account that is slow to show, slow to finish and refuses meanwhile: the same end as without.

What others keep there is as it was.

The runs are as users make them, without WEBAPP_STRICT, and the whole described state is compared.
`make soak` has more of the same, with longer times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.described import described, differences
from tests.others import BEGINNINGS, begin, lost
from tests.playbook_run import LocalStack

AS_USERS = {"WEBAPP_STRICT": "0"}
LATE: dict[str, Any] = {"lag_seconds": 1, "lag_stagger": True, "lag_flicker": True}
NOT_YET: dict[str, Any] = {"lag_writes": True, "role_seconds": 3, "key_seconds": 2, "scaling_polls": 2}
BUSY: dict[str, Any] = {"transition_seconds": 3, "pending_seconds": 1, "backing_up": True}


@dataclass(frozen=True)
class Wanted:
    """before: the account, to be copied; end: what one without any of it comes to; others: what is theirs."""

    before: LocalStack
    end: dict[str, Any]
    others: dict[str, Any]


@pytest.fixture(scope="module", params=BEGINNINGS)
def wanted(request: pytest.FixtureRequest, stack: LocalStack) -> Iterator[Wanted]:
    others = begin(stack, request.param)
    with stack.copy() as before:
        stack.play("site.yml", environment=AS_USERS).ok()
        yield Wanted(before, described(stack), others)


@pytest.mark.parametrize("knobs", [LATE, {**LATE, **NOT_YET}, BUSY], ids=["late", "not yet", "busy"])
def test_it_comes_to_the_same_end(wanted: Wanted, knobs: dict[str, Any]) -> None:
    with wanted.before.copy() as account:
        account.control.settings(**knobs)
        first = account.play("site.yml", environment=AS_USERS).ok()
        account.control.settings(**{name: type(value)() for name, value in knobs.items()})
        assert "did not keep what was set" not in first.stdout
        assert differences(wanted.end, described(account)) == []
        assert lost(wanted.others, account) == []
        assert account.play("site.yml", environment=AS_USERS).ok().recap["changed"] == 0
