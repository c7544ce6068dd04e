# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role ecs_service killed right after a call that changes something: the next run comes to the same end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.described import described, differences
from tests.integration.ecs_service.drifts import NAMES
from tests.integration.ecs_service.found import deploy
from tests.integration.ecs_service.test_ecs_service_role import CLUSTER, PLAYBOOK, SERVICE, Found, prepare
from tests.playbook_run import LocalStack

# Calls that leave something half made.
CALLS = [
    "ecr:CreateRepository",
    "ecs:CreateCluster",
    "s3:CreateBucket",
    "elbv2:CreateLoadBalancer",
    "elbv2:CreateTargetGroup",
    "elbv2:CreateRule",
    "ecs:RegisterTaskDefinition",
    "ecs:CreateService",
    "application-autoscaling:RegisterScalableTarget",
]


@pytest.fixture(scope="module")
def prepared(stack: LocalStack) -> LocalStack:
    """An account ahead of the role, to be copied."""
    prepare(stack)
    return stack


@pytest.fixture(scope="module")
def converged(prepared: LocalStack) -> Iterator[LocalStack]:
    with prepared.copy() as account:
        account.play(PLAYBOOK).ok()
        yield account


@pytest.fixture(scope="module")
def end(converged: LocalStack) -> dict[str, Any]:
    return described(converged)


@pytest.mark.parametrize("call", CALLS)
def test_the_next_run_comes_to_the_same_end(prepared: LocalStack, end: dict[str, Any], call: str) -> None:
    with prepared.copy() as account:
        assert account.play_killed(PLAYBOOK, call) == call, f"the run makes no {call}"
        account.play(PLAYBOOK).ok()
        assert differences(end, described(account)) == []
        assert account.play(PLAYBOOK).ok().recap["changed"] == 0


def registered_and_deployed(stack: LocalStack) -> tuple[int, int]:
    ecs = stack.boto("ecs")
    deployments = ecs.list_service_deployments(cluster=CLUSTER, service=SERVICE)["serviceDeployments"]
    return len(ecs.list_task_definitions()["taskDefinitionArns"]), len(deployments)


@pytest.mark.parametrize("call", ["ecs:RegisterTaskDefinition", "ecs:UpdateService"])
def test_a_change_that_was_ended_registers_one_revision(converged: LocalStack, call: str) -> None:
    with converged.copy() as account:
        deploy(readonlyRootFilesystem=False)(account.boto, NAMES)
        revisions, deployments = registered_and_deployed(account)
        assert account.play_killed(PLAYBOOK, call) == call, f"the run makes no {call}"
        account.play(PLAYBOOK).ok()
        assert registered_and_deployed(account) == (revisions + 1, deployments + 1)
        assert Found(account).container["readonlyRootFilesystem"] is True
