# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.reliability import ecs

TARGET = {"ResourceId": "service/main/web", "MinCapacity": 4, "MaxCapacity": 10}
POLICY = {"ResourceId": "service/main/web", "PolicyName": "cpu", "PolicyType": "TargetTrackingScaling"}
SUBNETS = [{"SubnetId": "s-a", "AvailabilityZone": "a"}, {"SubnetId": "s-b", "AvailabilityZone": "b"}]


def service(subnets=("s-a", "s-b"), **changes):
    return {
        "serviceArn": "arn:s",
        "serviceName": "web",
        "clusterArn": "arn:aws:ecs:us-east-1:111122223333:cluster/main",
        "desiredCount": 4,
        "runningCount": 4,
        "networkConfiguration": {"awsvpcConfiguration": {"subnets": list(subnets)}},
        **changes,
    }


@pytest.mark.parametrize(
    ("targets", "policies", "target_status", "policy_status"),
    [
        ([TARGET], [POLICY], "PASS", "PASS"),
        ([TARGET], [], "PASS", "FAIL"),
        ([TARGET], [{**POLICY, "PolicyType": "StepScaling"}], "PASS", "FAIL"),
        ([TARGET], [{**POLICY, "ResourceId": "service/main/other"}], "PASS", "FAIL"),
        ([{**TARGET, "ResourceId": "service/main/other"}], [], "FAIL", "NOT_APPLICABLE"),
        ([], [], "FAIL", "NOT_APPLICABLE"),
    ],
)
def test_scaling(judge, targets, policies, target_status, policy_status):
    collections = {
        "ecs.services": [service()],
        "autoscaling.service_targets": targets,
        "autoscaling.service_policies": policies,
    }
    assert judge(ecs.ecs_autoscaling_target, collections) == [target_status]
    assert judge(ecs.ecs_autoscaling_policy, collections) == [policy_status]


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (service(), "PASS"),
        (service(subnets=["s-a"]), "FAIL"),
        (service(subnets=["s-a", "s-elsewhere"]), "FAIL"),
        (service(desiredCount=1), "FAIL"),
        (service(networkConfiguration=None), "FAIL"),
    ],
)
def test_zones(judge, found, status):
    assert judge(ecs.ecs_service_multi_az, {"ecs.services": [found], "ec2.subnets": SUBNETS}) == [status]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "PASS"),
        ({"runningCount": 5}, "PASS"),
        ({"deployments": [{"rolloutState": "IN_PROGRESS"}]}, "PASS"),
        ({"runningCount": 3}, "FAIL"),
        ({"deployments": [{"rolloutState": "COMPLETED"}, {"rolloutState": "FAILED"}]}, "FAIL"),
    ],
)
def test_running(judge, changes, status):
    assert judge(ecs.ecs_running_matches_desired, {"ecs.services": [service(**changes)]}) == [status]


@pytest.mark.parametrize(
    ("containers", "status"),
    [
        ([{"name": "app", "essential": True, "healthCheck": {"command": ["CMD", "true"]}}], "PASS"),
        ([{"name": "app", "healthCheck": {"command": []}}, {"name": "sidecar", "essential": False}], "PASS"),
        ([{"name": "app", "essential": True}], "FAIL"),
        ([{"name": "app"}], "FAIL"),
    ],
)
def test_health_check(judge, containers, status):
    definition = {"taskDefinitionArn": "arn:t", "containerDefinitions": containers}
    assert judge(ecs.ecs_container_health_check, {"ecs.task_definitions": [definition]}) == [status]


@pytest.mark.parametrize(
    ("seen", "status"), [("enabled", "PASS"), ("enhanced", "PASS"), ("disabled", "FAIL"), (None, "FAIL")]
)
def test_insights(judge, seen, status):
    settings = [{"name": "containerInsights", "value": seen}] if seen else []
    cluster = {"clusterArn": "arn:c", "settings": settings}
    assert judge(ecs.ecs_container_insights, {"ecs.clusters": [cluster]}) == [status]


@pytest.mark.parametrize(
    "check",
    [
        ecs.ecs_autoscaling_target,
        ecs.ecs_autoscaling_policy,
        ecs.ecs_service_multi_az,
        ecs.ecs_running_matches_desired,
        ecs.ecs_container_health_check,
        ecs.ecs_container_insights,
    ],
)
def test_denied_and_absent(judge, check):
    given = {"ecs.services": [service()], "autoscaling.service_targets": [TARGET]}
    assert judge(check, given, (check.needs[-1],)) == ["UNKNOWN"]
    assert judge(check, {}) == ["NOT_APPLICABLE"]
