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
LATE: dict[str, Any] = {"lag_seconds": 1, "lag_flicker": True, "lag_writes": True}


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("lag", [0, 1, 3])
def test_a_slow_account_comes_to_the_same_end(stack: LocalStack, beginning: str, lag: int) -> None:
    begin(stack, beginning)
    stack.play("site.yml", environment=AS_USERS).ok()
    end = described(stack)
    others = begin(stack, beginning)
    stack.control.settings(**SLOW, lag_seconds=lag, lag_flicker=lag > 0, lag_writes=lag > 0)
    first = stack.play("site.yml", environment=AS_USERS).ok()
    at_once(stack)
    assert "did not keep what was set" not in first.stdout
    assert [*differences(end, described(stack)), *lost(others, stack)] == []
    assert stack.play("site.yml", environment=AS_USERS).ok().recap["changed"] == 0


# The default version of the role is the newest patch of the line that the reviewed cluster stands on.
UPGRADE = {"aurora_engine_upgrade": True}


def test_an_engine_is_upgraded_in_a_slow_account(stack: LocalStack) -> None:
    begin(stack, "as_reviewed")
    stack.play("site.yml", environment=AS_USERS, extra_vars=UPGRADE).ok()
    end, version = described(stack), engine_version(stack)
    others = begin(stack, "as_reviewed")
    assert engine_version(stack) != version
    stack.control.settings(**SLOW, **LATE, pending_polls=2, backing_up=True)
    first = stack.play("site.yml", environment=AS_USERS, extra_vars=UPGRADE).ok()
    at_once(stack)
    assert "did not keep what was set" not in first.stdout
    assert engine_version(stack) == version
    assert [*differences(end, described(stack)), *lost(others, stack)] == []
    assert stack.play("site.yml", environment=AS_USERS, extra_vars=UPGRADE).ok().recap["changed"] == 0


def engine_version(stack: LocalStack) -> str:
    [cluster] = stack.boto("rds").describe_db_clusters()["DBClusters"]
    members = stack.boto("rds").describe_db_instances()["DBInstances"]
    [version] = {cluster["EngineVersion"], *(one["EngineVersion"] for one in members)}
    return str(version)


def at_once(stack: LocalStack) -> None:
    """From now on the account shows everything, and nothing takes time."""
    settings = {**SLOW, **LATE, "pending_polls": 2, "backing_up": True}
    stack.control.settings(**{name: type(value)() for name, value in settings.items()})
