# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.cost_optimization import ecs

DEFINITION = {"taskDefinitionArn": "arn:t", "cpu": "2048", "memory": "4096"}


def service(**changes):
    return {
        "serviceArn": "arn:s",
        "serviceName": "web",
        "clusterArn": "arn:aws:ecs:us-east-1:111122223333:cluster/main",
        "taskDefinition": "arn:t",
        "desiredCount": 4,
        **changes,
    }


def seen(cpu, memory):
    dimensions = {"ClusterName": "main", "ServiceName": "web"}
    pairs = (("CPUUtilization", cpu), ("MemoryUtilization", memory))
    return [{"MetricName": name, "Dimensions": dimensions, "Maximum": peak} for name, peak in pairs]


@pytest.mark.parametrize(
    ("definition", "cpu", "memory", "status", "usd"),
    [
        (DEFINITION, 9, 5, "FAIL", -216.24),
        (DEFINITION, 9, 50, "PASS", None),
        (DEFINITION, 30, 5, "PASS", None),
        (DEFINITION, None, None, "NOT_APPLICABLE", None),
        ({**DEFINITION, "cpu": "512", "memory": "1024"}, 9, 5, "PASS", None),
        ({**DEFINITION, "cpu": "256", "memory": "512"}, 9, 5, "PASS", None),
        ({"taskDefinitionArn": "arn:t"}, 9, 5, "NOT_APPLICABLE", None),
        ({"taskDefinitionArn": "arn:another"}, 9, 5, "NOT_APPLICABLE", None),
    ],
)
def test_oversized(findings, definition, cpu, memory, status, usd):
    collections = {
        "ecs.services": [service()],
        "ecs.task_definitions": [definition],
        "cloudwatch.statistics": seen(cpu, memory),
    }
    (finding,) = findings(ecs.ecs_oversized, collections)
    assert (finding.status, finding.monthly_usd) == (status, usd)


@pytest.mark.parametrize(
    ("strategy", "status"),
    [
        ([{"capacityProvider": "FARGATE", "base": 2}, {"capacityProvider": "FARGATE_SPOT", "weight": 1}], "PASS"),
        ([{"capacityProvider": "FARGATE", "weight": 1}], "FAIL"),
        ([], "NOT_APPLICABLE"),
    ],
)
def test_spot(judge, strategy, status):
    services = [service(capacityProviderStrategy=strategy, launchType="FARGATE")]
    assert judge(ecs.fargate_spot_used, {"ecs.services": services}) == [status]


@pytest.mark.parametrize(
    ("periods", "status"),
    [
        ([("100", "80")], "PASS"),
        ([("100", "90"), ("100", "10")], "FAIL"),
        ([("100", "0")], "FAIL"),
        ([("0", "0")], "NOT_APPLICABLE"),
        ([], "NOT_APPLICABLE"),
    ],
)
def test_savings_plans(judge, periods, status):
    coverage = [{"Coverage": {"TotalCost": total, "SpendCoveredBySavingsPlans": covered}} for total, covered in periods]
    collections = {"ecs.services": [service()], "costexplorer.savings_plans_coverage": coverage}
    assert judge(ecs.savings_plan_coverage, collections) == [status]


@pytest.mark.parametrize(
    ("seen", "status"), [("SERVICE", "PASS"), ("TASK_DEFINITION", "PASS"), ("NONE", "FAIL"), (None, "FAIL")]
)
def test_propagated_tags(judge, seen, status):
    assert judge(ecs.ecs_propagate_tags, {"ecs.services": [service(propagateTags=seen)]}) == [status]


@pytest.mark.parametrize(
    ("check", "denied"),
    [
        (ecs.ecs_oversized, "cloudwatch.statistics"),
        (ecs.ecs_oversized, "ecs.task_definitions"),
        (ecs.fargate_spot_used, "ecs.services"),
        (ecs.savings_plan_coverage, "costexplorer.savings_plans_coverage"),
        (ecs.ecs_propagate_tags, "ecs.services"),
    ],
)
def test_denied_and_absent(judge, check, denied):
    collections = {"ecs.services": [service()], "ecs.task_definitions": [DEFINITION]}
    assert judge(check, collections, (denied,)) == ["UNKNOWN"]
    assert judge(check, {}) == ["NOT_APPLICABLE"]
