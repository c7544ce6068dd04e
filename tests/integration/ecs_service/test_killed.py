# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role ecs_service killed right after a call that changes something: the next run doubles nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.integration.ecs_service.drifts import NAMES
from tests.integration.ecs_service.found import Boto, deploy
from tests.integration.ecs_service.test_ecs_service_role import CLUSTER, PLAYBOOK, PREFIX, SERVICE, Found, prepare
from tests.playbook_run import LocalStack

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


def counted(boto: Boto) -> dict[str, Any]:
    """How many there are of what the role makes."""
    ecs, elb = boto("ecs"), boto("elbv2")
    balancers = elb.describe_load_balancers()["LoadBalancers"]
    listeners = [
        one
        for balancer in balancers
        for one in elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    ]
    rules = [rule for one in listeners for rule in elb.describe_rules(ListenerArn=one["ListenerArn"])["Rules"]]
    return {
        "repositories": len(boto("ecr").describe_repositories()["repositories"]),
        "clusters": ecs.list_clusters()["clusterArns"],
        "revisions": ecs.list_task_definitions()["taskDefinitionArns"],
        "services": ecs.list_services(cluster=CLUSTER)["serviceArns"],
        "deployments": len(ecs.list_service_deployments(cluster=CLUSTER, service=SERVICE)["serviceDeployments"]),
        "balancers": len(balancers),
        "listeners": len(listeners),
        "rules": len(rules),
        "groups": len(elb.describe_target_groups()["TargetGroups"]),
        "policies": len(
            boto("application-autoscaling").describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
        ),
        "alarms": len(boto("cloudwatch").describe_alarms()["MetricAlarms"]),
        "roles": len([one for one in boto("iam").list_roles()["Roles"] if f"{PREFIX}-ecs" in one["RoleName"]]),
    }


@dataclass(frozen=True)
class Service:
    """before: the account ahead of the role, made: one that it has made, both to be copied; end: what is there then."""

    before: LocalStack
    made: LocalStack
    end: dict[str, Any]


@pytest.fixture(scope="module")
def service(stack: LocalStack) -> Iterator[Service]:
    prepare(stack)
    with stack.copy() as before:
        stack.play(PLAYBOOK).ok()
        yield Service(before, stack, counted(stack.boto))


@pytest.mark.parametrize("call", CALLS)
def test_the_next_run_comes_to_the_same_end(service: Service, call: str) -> None:
    with service.before.copy() as account:
        assert account.play_killed(PLAYBOOK, call), f"the run makes no {call}"
        account.play(PLAYBOOK).ok()
        assert counted(account.boto) == service.end
        assert account.play(PLAYBOOK).ok().recap["changed"] == 0


@pytest.mark.parametrize("call", ["ecs:RegisterTaskDefinition", "ecs:UpdateService"])
def test_a_change_that_was_ended_registers_one_revision(service: Service, call: str) -> None:
    with service.made.copy() as account:
        deploy(readonlyRootFilesystem=False)(account.boto, NAMES)
        before = counted(account.boto)
        assert account.play_killed(PLAYBOOK, call), f"the run makes no {call}"
        account.play(PLAYBOOK).ok()
        after = counted(account.boto)
        assert len(after["revisions"]) == len(before["revisions"]) + 1
        assert after["deployments"] == before["deployments"] + 1
        assert Found(account).container["readonlyRootFilesystem"] is True
