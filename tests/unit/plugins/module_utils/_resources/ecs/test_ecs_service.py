# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ecs import ecs_service
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ecs.common import (
    same_strategy,
    strategy_reasons,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ecs.ecs_service import ECS_SERVICE

BALANCER = {
    "target_group": "blue",
    "alternate_target_group": "green",
    "production_rule": "rule",
    "role": "role",
    "container": "app",
    "port": 80,
}
ITEM = {
    "name": "web",
    "cluster": "arn:cluster",
    "task_definition": "web:7",
    "desired_count": 2,
    "subnets": ["s-2", "s-1"],
    "security_groups": ["sg-1"],
    "deployment_strategy": "BLUE_GREEN",
    "bake_time_in_minutes": 5,
    "circuit_breaker": True,
    "minimum_healthy_percent": 100,
    "load_balancer": BALANCER,
    "propagate_tags": "SERVICE",
    "force_new_deployment": False,
    "tags": {},
}
SERVICE = {
    "serviceName": "web",
    "serviceArn": "arn:service",
    "clusterArn": "arn:cluster",
    "taskDefinition": "arn:aws:ecs:r:1:task-definition/web:7",
    "desiredCount": 9,
    "runningCount": 9,
    "deployments": [{"rolloutState": "COMPLETED"}],
    "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["s-1", "s-2"], "securityGroups": ["sg-1"]}},
    "loadBalancers": [
        {
            "targetGroupArn": "blue",
            "containerName": "app",
            "containerPort": 80,
            "advancedConfiguration": {
                "alternateTargetGroupArn": "green",
                "productionListenerRule": "rule",
                "roleArn": "role",
            },
        }
    ],
    "deploymentConfiguration": {
        "strategy": "BLUE_GREEN",
        "bakeTimeInMinutes": 5,
        "minimumHealthyPercent": 50,
        "deploymentCircuitBreaker": {"enable": False, "rollback": False},
        "lifecycleHooks": [{"hookTargetArn": "theirs"}],
    },
    "propagateTags": "SERVICE",
    "Tags": {},
}


class Aws:
    """Notes what is sent."""

    def __init__(self):
        self.sent = {}
        self.once = []

    def call(self, service, operation, /, **sent):
        self.sent[operation] = sent

    def call_once(self, service, operation, /, **sent):
        self.once.append(operation)
        self.call(service, operation, **sent)


def state(item=None, deployment=None, **drift):
    return ecs_service._state({**SERVICE, **drift}, item or ITEM, deployment or {"status": "SUCCESSFUL"})


def update(item, found):
    aws = Aws()
    ecs_service.update(aws, found, dict(item), plan(ECS_SERVICE, found, item).fields)
    sent = aws.sent["update_service"]
    assert bool(aws.once) is sent.get("forceNewDeployment", False), "repeated, it would begin another deployment"
    return sent


def test_the_count_and_what_is_for_another_strategy_are_no_difference():
    assert plan(ECS_SERVICE, state(), ITEM).action == "none"


def test_load_balancers_are_sent_only_where_they_differ():
    sent = update({**ITEM, "task_definition": "web:8"}, state())
    assert set(sent) == {"cluster", "service", "taskDefinition"}
    alone = [{key: value for key, value in SERVICE["loadBalancers"][0].items() if key != "advancedConfiguration"}]
    assert update(ITEM, state(loadBalancers=alone))["loadBalancers"] == SERVICE["loadBalancers"]


def test_hooks_of_others_stay_in_the_configuration():
    sent = update({**ITEM, "bake_time_in_minutes": 9}, state())["deploymentConfiguration"]
    assert (sent["bakeTimeInMinutes"], sent["lifecycleHooks"]) == (9, [{"hookTargetArn": "theirs"}])
    assert sent["deploymentCircuitBreaker"] == {"enable": False, "rollback": False}, "it is for rolling deployments"


def test_a_rolling_service_keeps_its_pair_of_target_groups():
    rolling = {**ITEM, "deployment_strategy": "ROLLING"}
    fields = plan(ECS_SERVICE, state(), rolling).fields
    assert fields == {"deployment_strategy", "circuit_breaker", "minimum_healthy_percent"}


@pytest.mark.parametrize(
    "deploying",
    [
        {"deployments": [{"rolloutState": "COMPLETED"}, {"rolloutState": "COMPLETED"}]},
        {"deployments": [{"rolloutState": "IN_PROGRESS"}]},
        {"deployment": {"status": "ROLLBACK_IN_PROGRESS"}},
    ],
)
def test_a_service_that_deploys_is_left_alone_or_waited_for(deploying):
    wanted = {**ITEM, "task_definition": "web:8"}
    change = plan(ECS_SERVICE, state(**deploying), wanted)
    assert change.action == "none"
    assert "a deployment is under way, so task_definition stays for now" in change.warnings[0]
    assert plan(ECS_SERVICE, state(**deploying), ITEM).warnings == ()
    waiting = {**wanted, "wait_for_deployment": True}
    found = state(waiting, **deploying)
    assert found["status"] == "DEPLOYING"
    assert plan(ECS_SERVICE, found, waiting).fields == {"task_definition"}


def test_a_deployment_of_this_run_that_comes_back_is_a_failure():
    waiting = {**ITEM, "wait_for_deployment": True}
    ended = {"status": "ROLLBACK_SUCCESSFUL", "statusReason": "alarm errors"}
    assert state(waiting, ended)["status"] == "ACTIVE"
    found = state({**waiting, "sent": True}, ended)
    assert (found["status"], "alarm errors" in found["status_reason"]) == ("FAILED", True)


def test_what_reaches_new_tasks_only_says_so():
    change = plan(ECS_SERVICE, state(propagateTags="NONE"), ITEM)
    assert change.fields == {"propagate_tags"}
    assert "reaches new tasks only" in change.warnings[0]
    forced = {**ITEM, "force_new_deployment": True}
    assert plan(ECS_SERVICE, state(propagateTags="NONE"), forced).warnings == ()


def test_another_capacity_goes_with_a_deployment():
    wanted = {**ITEM, "capacity_provider_strategy": [{"capacity_provider": "FARGATE", "weight": 1}]}
    assert update(wanted, state())["forceNewDeployment"] is True


def test_strategies_are_sets():
    one, other = {"capacity_provider": "FARGATE", "base": 1, "weight": 1}, {"capacity_provider": "SPOT", "weight": 2}
    assert same_strategy([{**other, "base": 0}, one], [one, other])
    assert strategy_reasons([one, other]) == []
    assert "both have a base" in strategy_reasons([one, {**other, "base": 3}])[0]
    assert "weight above 0" in strategy_reasons([{**one, "weight": 0}])[0]


def test_a_shift_of_traffic_needs_the_other_group():
    bare = {name: BALANCER[name] for name in ("target_group", "container", "port")}
    reasons = ecs_service.check({**ITEM, "load_balancer": bare})
    assert reasons == ["BLUE_GREEN needs alternate_target_group, production_rule, role in load_balancer"]
