# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""site.yml killed right after a call that changes something: the next run comes to the same end, nothing doubled.

Here are the calls that leave something half made; `make soak` kills after each call of the run in turn.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.described import described, differences
from tests.playbook_run import LocalStack

CALLS = [
    "kms:CreateKey",
    "kms:CreateAlias",
    "cloudformation:CreateStack",
    "cloudformation:DeleteStack",
    "ssm:PutParameter",
    "ec2:CreateVpc",
    "ec2:CreateInternetGateway",
    "ec2:AllocateAddress",
    "ec2:CreateNatGateway",
    "ec2:CreateSecurityGroup",
    "ec2:CreateFlowLogs",
    "iam:CreateRole",
    "logs:CreateLogGroup",
    "rds:CreateDBCluster",
    "rds:CreateDBInstance",
]


@pytest.fixture(scope="module")
def end(stack: LocalStack) -> dict[str, Any]:
    stack.play("site.yml").ok()
    return described(stack)


@pytest.mark.parametrize("call", CALLS)
def test_the_next_run_comes_to_the_same_end(stack: LocalStack, end: dict[str, Any], call: str) -> None:
    stack.control.reset()
    assert stack.play_killed("site.yml", call), f"the run makes no {call}"
    stack.play("site.yml").ok()
    assert differences(end, described(stack)) == []
    assert stack.play("site.yml").ok().recap["changed"] == 0
