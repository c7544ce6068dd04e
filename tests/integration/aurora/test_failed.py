# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A database that AWS says has failed: the run ends at once, with AWS's reason, and does nothing to it."""

from __future__ import annotations

import time

import pytest

from tests.integration.aurora.drifts import NAMES, cluster
from tests.integration.aurora.test_aurora_role import PLAYBOOK, make_keys, make_network
from tests.playbook_run import LocalStack

# Far less than the hours that a database on its way may take.
AT_ONCE = 60


@pytest.fixture(scope="module")
def prepared(stack: LocalStack) -> LocalStack:
    make_keys(stack)
    make_network(stack)
    return stack


@pytest.mark.parametrize(
    ("action", "status", "why"),
    [
        ("rds:CreateDBInstance", "incompatible-network", "The subnets have no free addresses"),
        ("rds:CreateDBInstance", "storage-full", "Allocated storage has been exhausted"),
        ("rds:CreateDBInstance", "failed", "The DB instance could not be created"),
        ("rds:CreateDBCluster", "incompatible-parameters", "The parameter group cannot be applied"),
    ],
)
def test_the_run_ends_at_once_with_the_reason(prepared: LocalStack, action: str, status: str, why: str) -> None:
    with prepared.copy() as account:
        account.control.settings(failing=[{"action": action, "code": status, "message": why}])
        began = time.monotonic()
        first = account.play(PLAYBOOK)
        assert first.rc != 0 and time.monotonic() - began < AT_ONCE
        assert f"{status} ({why}); mend the cause and run again" in " ".join(first.stdout.split())
        account.control.settings(failing=[])
        account.control.faults({"kind": "denied", "action": "rds:DescribeEvents"})
        again = account.play(PLAYBOOK)
        said = " ".join(again.stdout.split())
        assert again.rc != 0 and f"{status} (its events in AWS say why)" in said and "DescribeEvents" not in said
        found = cluster(account.boto, NAMES)["Status"], *instances(account)
        assert status in found, "nothing failed is deleted or made anew"


def instances(account: LocalStack) -> list[str]:
    there = account.boto("rds").describe_db_instances()["DBInstances"]
    return [str(one["DBInstanceStatus"]) for one in there]
