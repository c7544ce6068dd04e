# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.operational_excellence import ecs

GRAPH = [{"Name": "web"}]


def definition(**container):
    return {"taskDefinitionArn": "arn:t", "containerDefinitions": [{"name": "app", "image": "repo/app", **container}]}


@pytest.mark.parametrize(
    ("container", "status"),
    [
        ({"logConfiguration": {"logDriver": "awslogs"}}, "PASS"),
        ({"logConfiguration": {"logDriver": "awsfirelens"}}, "PASS"),
        ({"logConfiguration": {}}, "FAIL"),
        ({}, "FAIL"),
    ],
)
def test_logs(judge, container, status):
    assert judge(ecs.ecs_logs_configured, {"ecs.task_definitions": [definition(**container)]}) == [status]


@pytest.mark.parametrize(
    ("container", "graph", "status"),
    [
        ({"image": "public.ecr.aws/cloudwatch-agent/cloudwatch-agent:latest"}, GRAPH, "PASS"),
        ({"image": "amazon/aws-otel-collector"}, GRAPH, "PASS"),
        ({"environment": [{"name": "OTEL_EXPORTER_OTLP_ENDPOINT"}]}, GRAPH, "PASS"),
        ({"image": "amazon/aws-xray-daemon"}, [], "FAIL"),
        ({"environment": [{"name": "DB_HOST"}]}, GRAPH, "FAIL"),
        ({}, GRAPH, "FAIL"),
    ],
)
def test_traces(judge, container, graph, status):
    collections = {"ecs.task_definitions": [definition(**container)], "xray.service_graph": graph}
    assert judge(ecs.xray_tracing_enabled, collections) == [status]


def test_traces_denied(judge):
    collections = {"ecs.task_definitions": [definition(image="amazon/aws-otel-collector")]}
    assert judge(ecs.xray_tracing_enabled, collections, ("xray.service_graph",)) == ["UNKNOWN"]


ON, OFF = {"enable": True, "rollback": True}, {"enable": True, "rollback": False}


@pytest.mark.parametrize(
    ("configuration", "controller", "safe", "rollback"),
    [
        ({"strategy": "BLUE_GREEN", "alarms": ON}, "ECS", "PASS", "PASS"),
        ({"strategy": "CANARY", "alarms": OFF}, "ECS", "PASS", "FAIL"),
        ({"strategy": "LINEAR"}, "ECS", "PASS", "FAIL"),
        ({"strategy": "ROLLING", "deploymentCircuitBreaker": ON}, "ECS", "FAIL", "PASS"),
        ({"deploymentCircuitBreaker": OFF}, "ECS", "FAIL", "FAIL"),
        (None, "ECS", "FAIL", "FAIL"),
        (None, "CODE_DEPLOY", "PASS", "NOT_APPLICABLE"),
        (None, "EXTERNAL", "FAIL", "NOT_APPLICABLE"),
    ],
)
def test_deployments(judge, configuration, controller, safe, rollback):
    service = {
        "serviceArn": "arn:s",
        "deploymentConfiguration": configuration,
        "deploymentController": {"type": controller},
    }
    assert judge(ecs.ecs_safe_deployment, {"ecs.services": [service]}) == [safe]
    assert judge(ecs.ecs_deployment_rollback, {"ecs.services": [service]}) == [rollback]


@pytest.mark.parametrize(
    "check",
    [ecs.ecs_logs_configured, ecs.xray_tracing_enabled, ecs.ecs_safe_deployment, ecs.ecs_deployment_rollback],
)
def test_denied_and_absent(judge, check):
    assert judge(check, {}, (check.needs[0],)) == ["UNKNOWN"]
    assert judge(check, {}) == ["NOT_APPLICABLE"]
