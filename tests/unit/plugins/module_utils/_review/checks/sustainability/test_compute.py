# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.sustainability import compute

INSTANCES, DEFINITIONS, NODES = "rds.db_instances", "ecs.task_definitions", "elasticache.cache_clusters"
SERVICE = {
    "serviceArn": "arn:s",
    "serviceName": "web",
    "clusterArn": "arn:aws:ecs:us-east-1:111122223333:cluster/main",
    "taskDefinition": "arn:t",
    "desiredCount": 4,
}
RESOURCE = "service/main/web"


def instance(kind="db.r6g.large"):
    return {"DBInstanceArn": "arn:i", "DBInstanceIdentifier": "i", "DBInstanceClass": kind}


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("db.r6g.large", "PASS"),
        ("db.t4g.medium", "PASS"),
        ("db.r6gd.large", "PASS"),
        ("db.x2g.large", "PASS"),
        ("db.r6i.large", "FAIL"),
        ("db.r5.large", "FAIL"),
        ("db.t3.medium", "FAIL"),
        ("db.serverless", "NOT_APPLICABLE"),
    ],
)
def test_graviton(judge, kind, status):
    assert judge(compute.aurora_graviton, {INSTANCES: [instance(kind)]}) == [status]


@pytest.mark.parametrize(
    ("platform", "status"),
    [({"cpuArchitecture": "ARM64"}, "PASS"), ({"cpuArchitecture": "X86_64"}, "FAIL"), (None, "FAIL")],
)
def test_arm(judge, platform, status):
    found = {"taskDefinitionArn": "arn:t", "runtimePlatform": platform}
    assert judge(compute.fargate_arm64, {DEFINITIONS: [found]}) == [status]


def policy(**configuration):
    return {"ResourceId": RESOURCE, "PolicyName": "cpu", **configuration}


TRACKING = policy(TargetTrackingScalingPolicyConfiguration={"TargetValue": 70})


@pytest.mark.parametrize(
    ("capacity", "policies", "status"),
    [
        ((4, 10), [TRACKING], "PASS"),
        ((4, 4), [TRACKING], "FAIL"),
        ((4, 10), [], "FAIL"),
        ((4, 10), [policy(TargetTrackingScalingPolicyConfiguration={"DisableScaleIn": True})], "FAIL"),
        ((4, 10), [policy(StepScalingPolicyConfiguration={"StepAdjustments": [{"ScalingAdjustment": -1}]})], "PASS"),
        ((4, 10), [policy(StepScalingPolicyConfiguration={"StepAdjustments": [{"ScalingAdjustment": 1}]})], "FAIL"),
        (None, [], "FAIL"),
    ],
)
def test_demand(judge, capacity, policies, status):
    targets = [{"ResourceId": RESOURCE, "MinCapacity": capacity[0], "MaxCapacity": capacity[1]}] if capacity else []
    collections = {
        "ecs.services": [SERVICE],
        "autoscaling.service_targets": targets,
        "autoscaling.service_policies": policies,
    }
    assert judge(compute.ecs_scales_with_demand, collections) == [status]


def seen(metric, peak, **dimensions):
    return {"MetricName": metric, "Dimensions": dimensions, "Maximum": peak}


@pytest.mark.parametrize(
    ("kind", "cpu", "memory", "status"),
    [
        ("cache.t4g.small", 5, 5, "FAIL"),
        ("cache.t4g.small", 5, 50, "PASS"),
        ("cache.t4g.small", 50, 5, "PASS"),
        ("cache.t4g.micro", 5, 5, "PASS"),
        ("cache.t4g.small", None, 5, "NOT_APPLICABLE"),
    ],
)
def test_cache(judge, kind, cpu, memory, status):
    statistics = [
        seen("CPUUtilization", cpu, CacheClusterId="c"),
        seen("DatabaseMemoryUsagePercentage", memory, CacheClusterId="c"),
    ]
    node = {"ARN": "arn:n", "CacheClusterId": "c", "CacheNodeType": kind}
    assert judge(compute.resources_not_oversized, {NODES: [node], "cloudwatch.statistics": statistics}) == [status]


def test_roll_up_counts_no_saving_twice(findings):
    service = {"ClusterName": "main", "ServiceName": "web"}
    collections = {
        INSTANCES: [instance()],
        "ecs.services": [SERVICE],
        DEFINITIONS: [{"taskDefinitionArn": "arn:t", "cpu": "2048", "memory": "4096"}],
        "cloudwatch.statistics": [
            seen("CPUUtilization", 5, DBInstanceIdentifier="i"),
            seen("CPUUtilization", 5, **service),
            seen("MemoryUtilization", 5, **service),
        ],
    }
    found = findings(compute.resources_not_oversized, collections)
    assert [(one.resource, one.status, one.monthly_usd) for one in found] == [
        ("arn:i", "FAIL", None),
        ("arn:s", "FAIL", None),
    ]


@pytest.mark.parametrize(
    ("check", "denied"),
    [
        (compute.aurora_graviton, INSTANCES),
        (compute.fargate_arm64, DEFINITIONS),
        (compute.ecs_scales_with_demand, "autoscaling.service_targets"),
        (compute.resources_not_oversized, NODES),
        (compute.resources_not_oversized, INSTANCES),
    ],
)
def test_denied_and_absent(judge, check, denied):
    assert judge(check, {"ecs.services": [SERVICE]} if "autoscaling" in denied else {}, (denied,)) == ["UNKNOWN"]
    assert judge(check, {}) == ["NOT_APPLICABLE"]
