# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A role killed right after a call that changes something: the next run comes to the same end, nothing doubled or lost.

Here are the calls that leave something half made; `make soak` kills after each call of a run in turn.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.playbook_run import LocalStack
from tests.steps import Step, after, taken

CALLS = {
    "secrets": [
        "kms:CreateKey",
        "kms:CreateAlias",
        "cloudformation:CreateStack",
        "cloudformation:DeleteStack",
        "ssm:PutParameter",
        "s3:PutBucketLifecycleConfiguration",
    ],
    "network": [
        "ec2:CreateVpc",
        "ec2:CreateInternetGateway",
        "ec2:AllocateAddress",
        "ec2:CreateNatGateway",
        "ec2:CreateSecurityGroup",
        "ec2:CreateFlowLogs",
        "iam:CreateRole",
    ],
    "aurora": [
        "iam:CreateRole",
        "logs:CreateLogGroup",
        "rds:CreateDBCluster",
        "rds:CreateDBInstance",
        "application-autoscaling:RegisterScalableTarget",
    ],
}


@pytest.fixture(scope="module")
def steps(stack: LocalStack) -> Iterator[dict[str, Step]]:
    with taken(stack, "empty") as found:
        yield found


@pytest.mark.parametrize(("role", "call"), [(role, call) for role, calls in CALLS.items() for call in calls])
def test_the_next_run_comes_to_the_same_end(steps: dict[str, Step], role: str, call: str) -> None:
    with steps[role].before.copy() as account:
        assert account.play_killed(steps[role].playbook, call) == call, f"the run makes no {call}"
        assert after(steps[role], account) == []
