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


def instance(kind="db.r6g.large"):
    return {"DBInstanceArn": "arn:i", "DBInstanceIdentifier": "i", "DBInstanceClass": kind}


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


@pytest.mark.parametrize("denied", [NODES, INSTANCES, "ecs.services"])
def test_denied_and_absent(judge, denied):
    assert judge(compute.resources_not_oversized, {}, (denied,)) == ["UNKNOWN"]
    assert judge(compute.resources_not_oversized, {}) == ["NOT_APPLICABLE"]
