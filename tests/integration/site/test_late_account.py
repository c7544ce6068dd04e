# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""site.yml on an account that is slow to show, slow to finish and refuses meanwhile: the same end as without.

What others keep there is as it was.

The runs are as users make them, without WEBAPP_STRICT, and the whole described state is compared.
`make soak` has more of the same, with longer times.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.described import described, differences
from tests.others import BEGINNINGS, begin, lost
from tests.playbook_run import LocalStack

AS_USERS = {"WEBAPP_STRICT": "0"}
LATE: dict[str, Any] = {"lag_seconds": 1, "lag_stagger": True, "lag_flicker": True}
NOT_YET: dict[str, Any] = {"lag_writes": True, "role_seconds": 3, "key_seconds": 2, "scaling_polls": 2}
BUSY: dict[str, Any] = {"transition_seconds": 3, "pending_seconds": 1, "backing_up": True}


@pytest.fixture(scope="module", params=BEGINNINGS)
def wanted(request: pytest.FixtureRequest, stack: LocalStack) -> tuple[str, dict[str, Any]]:
    """Where it begins, and the end that an account without any of it comes to."""
    begin(stack, request.param)
    stack.play("site.yml", environment=AS_USERS).ok()
    return request.param, described(stack)


@pytest.mark.parametrize("knobs", [LATE, {**LATE, **NOT_YET}, BUSY], ids=["late", "not yet", "busy"])
def test_it_comes_to_the_same_end(stack: LocalStack, wanted: tuple[str, dict[str, Any]], knobs: dict[str, Any]) -> None:
    beginning, end = wanted
    others = begin(stack, beginning)
    stack.control.settings(**knobs)
    first = stack.play("site.yml", environment=AS_USERS).ok()
    stack.control.settings(**{name: type(value)() for name, value in knobs.items()})
    assert "did not keep what was set" not in first.stdout
    assert differences(end, described(stack)) == []
    assert lost(others, stack) == []
    assert stack.play("site.yml", environment=AS_USERS).ok().recap["changed"] == 0
