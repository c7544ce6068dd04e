# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What takes too long for every submission: site.yml with times as AWS's.

tests/integration/site has a part of each. `make soak` runs these, for some hours on two cores.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.described import described, differences
from tests.others import BEGINNINGS, begin, lost
from tests.playbook_run import LocalStack
from tests.steps import AS_USERS

SLOW: dict[str, Any] = {
    "transition_seconds": 20,
    "pending_seconds": 3,
    "lag_stagger": True,
    "role_seconds": 10,
    "key_seconds": 5,
}
LATE: dict[str, Any] = {"lag_seconds": 1, "lag_flicker": True, "lag_writes": True, "backing_up": True}


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("lag", [0, 1, 3])
def test_a_slow_account_comes_to_the_same_end(stack: LocalStack, beginning: str, lag: int) -> None:
    others = begin(stack, beginning)
    with stack.copy() as slow:
        stack.play("site.yml", environment=AS_USERS).ok()
        slow.control.settings(**SLOW, lag_seconds=lag, lag_flicker=lag > 0, lag_writes=lag > 0)
        comes_to_the_same(stack, slow, others, {})


# The default version of the role is the newest patch of the line that the reviewed cluster stands on.
UPGRADE = {"aurora_engine_upgrade": True}


def test_an_engine_is_upgraded_in_a_slow_account(stack: LocalStack) -> None:
    others = begin(stack, "as_reviewed")
    before = engine_version(stack)
    with stack.copy() as slow:
        stack.play("site.yml", environment=AS_USERS, extra_vars=UPGRADE).ok()
        slow.control.settings(**SLOW, **LATE)
        comes_to_the_same(stack, slow, others, UPGRADE)
        assert before != engine_version(slow) == engine_version(stack)


def comes_to_the_same(stack: LocalStack, slow: LocalStack, others: dict[str, Any], variables: dict[str, Any]) -> None:
    first = slow.play("site.yml", environment=AS_USERS, extra_vars=variables).ok()
    slow.control.settings(**{name: type(value)() for name, value in {**SLOW, **LATE}.items()})
    assert "did not keep what was set" not in first.stdout
    assert [*differences(described(stack), described(slow)), *lost(others, slow)] == []
    assert slow.play("site.yml", environment=AS_USERS, extra_vars=variables).ok().recap["changed"] == 0


def engine_version(stack: LocalStack) -> str:
    [cluster] = stack.boto("rds").describe_db_clusters()["DBClusters"]
    members = stack.boto("rds").describe_db_instances()["DBInstances"]
    [version] = {cluster["EngineVersion"], *(one["EngineVersion"] for one in members)}
    return str(version)
