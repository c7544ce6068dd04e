# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.performance_efficiency import ecs

SERVICE = {
    "serviceArn": "arn:s",
    "serviceName": "web",
    "clusterArn": "arn:aws:ecs:us-east-1:111122223333:cluster/main",
}
RESOURCE = "service/main/web"


def definition(cpu, memory, *limits, compatibilities=("FARGATE",)):
    return {
        "taskDefinitionArn": "arn:t",
        "cpu": cpu,
        "memory": memory,
        "requiresCompatibilities": list(compatibilities),
        "containerDefinitions": [{"name": "app", "memory": limit} for limit in limits],
    }


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (definition("1024", "2048", None), "PASS"),
        (definition("1024", "2048", 1536, 256), "PASS"),
        (definition("2048", "4096", 256), "FAIL"),
        (definition("2048", "4096", 256, None), "PASS"),
        (definition("2048", "256", 256), "FAIL"),
        (definition("2048", "256", 256, compatibilities=["EC2"]), "PASS"),
        (definition(None, None, 256, compatibilities=["EC2"]), "NOT_APPLICABLE"),
    ],
)
def test_size(judge, found, status):
    assert judge(ecs.ecs_task_size_sound, {"ecs.task_definitions": [found]}) == [status]


@pytest.mark.parametrize(
    ("cpu", "memory", "status"),
    [
        (50, 50, "PASS"),
        (20, 80, "PASS"),
        (9, 50, "FAIL"),
        (50, 5, "FAIL"),
        (95, 50, "FAIL"),
        (None, 50, "NOT_APPLICABLE"),
    ],
)
def test_use(judge, cpu, memory, status):
    dimensions = {"ClusterName": "main", "ServiceName": "web"}
    pairs = (("CPUUtilization", cpu), ("MemoryUtilization", memory))
    statistics = [{"MetricName": name, "Dimensions": dimensions, "Maximum": peak} for name, peak in pairs]
    collections = {"ecs.services": [SERVICE], "cloudwatch.statistics": statistics}
    assert judge(ecs.ecs_task_utilization, collections) == [status]


@pytest.mark.parametrize(
    ("metric", "aim", "capacity", "status"),
    [
        ("ECSServiceAverageCPUUtilization", 70, (4, 10), "PASS"),
        ("ECSServiceAverageCPUUtilization", 95, (4, 10), "FAIL"),
        ("ECSServiceAverageMemoryUtilization", 10, (4, 10), "FAIL"),
        ("ECSServiceAverageCPUUtilization", 70, (4, 4), "FAIL"),
        ("ALBRequestCountPerTarget", 1000, (4, 10), "NOT_APPLICABLE"),
        (None, 70, (4, 10), "NOT_APPLICABLE"),
    ],
)
def test_scaling(judge, metric, aim, capacity, status):
    tracking = {"TargetValue": aim, "PredefinedMetricSpecification": {"PredefinedMetricType": metric}}
    policy = {"PolicyARN": "arn:p", "ResourceId": RESOURCE, "TargetTrackingScalingPolicyConfiguration": tracking}
    target = {"ResourceId": RESOURCE, "MinCapacity": capacity[0], "MaxCapacity": capacity[1]}
    collections = {"autoscaling.service_policies": [policy], "autoscaling.service_targets": [target]}
    assert judge(ecs.ecs_scaling_target_sane, collections) == [status]


@pytest.mark.parametrize(
    ("attributes", "status"),
    [
        ({"Name": "web"}, "PASS"),
        ({"Name": "mywebapp-prod"}, "PASS"),
        ({"Name": "mywebapp-prod-web"}, "PASS"),
        ({"Name": "java", "Environment": "ecs:main"}, "PASS"),
        ({"Name": "java", "Environment": "ecs:main-other"}, "FAIL"),
        ({"Name": "mywebapp-production"}, "FAIL"),
    ],
)
def test_application_signals(judge, attributes, status):
    collections = {"ecs.services": [SERVICE], "applicationsignals.services": [{"KeyAttributes": attributes}]}
    assert judge(ecs.application_signals_enabled, collections) == [status]


@pytest.mark.parametrize(
    ("found", "status"), [([{"Namespace": "mywebapp", "MetricName": "Orders"}], "PASS"), ([], "FAIL")]
)
def test_custom_metrics(judge, found, status):
    assert judge(ecs.custom_metrics_present, {"cloudwatch.custom_metrics": found}) == [status]


@pytest.mark.parametrize(
    ("check", "denied", "absent"),
    [
        (ecs.ecs_task_size_sound, "ecs.task_definitions", "NOT_APPLICABLE"),
        (ecs.ecs_task_utilization, "cloudwatch.statistics", "NOT_APPLICABLE"),
        (ecs.ecs_scaling_target_sane, "autoscaling.service_policies", "NOT_APPLICABLE"),
        (ecs.application_signals_enabled, "applicationsignals.services", "NOT_APPLICABLE"),
        (ecs.custom_metrics_present, "cloudwatch.custom_metrics", "FAIL"),
    ],
)
def test_denied_and_absent(judge, check, denied, absent):
    assert judge(check, {"ecs.services": [SERVICE]}, (denied,)) == ["UNKNOWN"]
    assert judge(check, {}) == [absent]
