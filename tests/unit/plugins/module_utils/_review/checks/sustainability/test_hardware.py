# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from datetime import timedelta

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.sustainability import hardware
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.parameters import Attestation

SERVICE = {"serviceArn": "arn:s", "serviceName": "web", "clusterArn": "arn:aws:ecs:us-east-1:1:cluster/main"}


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("db.r6g.large", "PASS"),
        ("db.r6gd.large", "PASS"),
        ("db.t4g.medium", "PASS"),
        ("db.r6i.large", "FAIL"),
        ("db.t3.medium", "FAIL"),
        ("db.serverless", "NOT_APPLICABLE"),
    ],
)
def test_graviton(judge, kind, status):
    instance = {"DBInstanceArn": "arn:i", "DBInstanceClass": kind}
    assert judge(hardware.aurora_graviton, {"rds.db_instances": [instance]}) == [status]


@pytest.mark.parametrize(
    ("platform", "status"),
    [({"cpuArchitecture": "ARM64"}, "PASS"), ({"cpuArchitecture": "X86_64"}, "FAIL"), (None, "FAIL")],
)
def test_arm64(judge, platform, status):
    definition = {"taskDefinitionArn": "arn:t", "runtimePlatform": platform}
    assert judge(hardware.fargate_arm64, {"ecs.task_definitions": [definition]}) == [status]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "PASS"),
        ({"MinCapacity": 10}, "FAIL"),
        ({"SuspendedState": {"DynamicScalingInSuspended": True}}, "FAIL"),
        ({"ResourceId": "service/main/other"}, "FAIL"),
    ],
)
def test_scales(judge, changes, status):
    target = {"ResourceId": "service/main/web", "MinCapacity": 4, "MaxCapacity": 10, **changes}
    collections = {"ecs.services": [SERVICE], "autoscaling.service_targets": [target]}
    assert judge(hardware.ecs_scales_with_demand, collections) == [status]


@pytest.mark.parametrize(
    ("name", "code", "status"),
    [("Carbon", "HEALTHY", "PASS"), ("Carbon", "UNHEALTHY", "FAIL"), ("costs", "HEALTHY", "FAIL")],
)
def test_carbon_export(judge, name, code, status):
    export = {"ExportName": name, "ExportStatus": {"StatusCode": code}}
    assert judge(hardware.carbon_tracking, {"dataexports.exports": [export]}) == [status]


@pytest.mark.parametrize(("age", "status"), [(1, "PASS"), (400, "FAIL")])
def test_carbon_attested(judge, today, age, status):
    said = {"carbon": Attestation(today - timedelta(days=age), "Ann", "wiki/carbon")}
    assert judge(hardware.carbon_tracking, {}, attestations=said) == [status]


@pytest.mark.parametrize(
    "check",
    [hardware.aurora_graviton, hardware.fargate_arm64, hardware.ecs_scales_with_demand, hardware.carbon_tracking],
    ids=lambda check: check.id,
)
def test_denied(judge, check):
    for denied in check.needs[:1]:
        assert judge(check, {}, (denied,)) == ["UNKNOWN"]
