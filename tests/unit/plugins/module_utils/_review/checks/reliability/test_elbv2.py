# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.reliability import elbv2

DENIED = {"service": "elbv2", "code": "AccessDenied", "message": "no"}


def group(**changes):
    return {
        "TargetGroupArn": "arn:g",
        "TargetType": "ip",
        "HealthCheckProtocol": "HTTP",
        "HealthCheckPath": "/health",
        "Matcher": {"HttpCode": "200"},
        "HealthCheckIntervalSeconds": 30,
        **changes,
    }


@pytest.mark.parametrize(("zones", "status"), [(["a", "b"], "PASS"), (["a"], "FAIL"), ([], "FAIL")])
def test_zones(judge, zones, status):
    balancer = {"LoadBalancerArn": "arn:b", "AvailabilityZones": [{"ZoneName": one} for one in zones]}
    assert judge(elbv2.alb_multi_az, {"elbv2.load_balancers": [balancer]}) == [status]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "PASS"),
        ({"Matcher": {"HttpCode": "200-299"}}, "PASS"),
        ({"Matcher": {"GrpcCode": "12"}}, "PASS"),
        ({"HealthCheckPath": "/"}, "FAIL"),
        ({"Matcher": {"HttpCode": "200-399"}}, "FAIL"),
        ({"Matcher": {"HttpCode": "200,404"}}, "FAIL"),
        ({"HealthCheckIntervalSeconds": 60}, "FAIL"),
        ({"HealthCheckProtocol": "TCP", "HealthCheckPath": None}, "NOT_APPLICABLE"),
        ({"TargetType": "lambda"}, "NOT_APPLICABLE"),
    ],
)
def test_health_check(judge, changes, status):
    assert judge(elbv2.alb_health_check_sound, {"elbv2.target_groups": [group(**changes)]}) == [status]


@pytest.mark.parametrize(
    ("states", "status"),
    [
        (["healthy", "healthy"], "PASS"),
        (["healthy", "initial", "draining"], "PASS"),
        (["healthy", "unhealthy"], "FAIL"),
        (["unavailable"], "FAIL"),
        (["unused"], "NOT_APPLICABLE"),
        ([], "NOT_APPLICABLE"),
    ],
)
def test_targets(judge, states, status):
    found = group(TargetHealth=[{"TargetHealth": {"State": state}} for state in states])
    assert judge(elbv2.alb_targets_healthy, {"elbv2.target_groups": [found]}) == [status]


def test_denied_health_is_of_that_group(judge):
    well = group(TargetHealth=[{"TargetHealth": {"State": "healthy"}}])
    hidden = group(TargetHealth=None, Errors={"describe_target_health": DENIED})
    assert sorted(judge(elbv2.alb_targets_healthy, {"elbv2.target_groups": [well, hidden]})) == ["PASS", "UNKNOWN"]


@pytest.mark.parametrize(
    "check",
    [elbv2.alb_multi_az, elbv2.alb_health_check_sound, elbv2.alb_targets_healthy, elbv2.alb_deletion_protection],
)
@pytest.mark.parametrize(("enabled", "status"), [("true", "PASS"), ("false", "FAIL"), (None, "FAIL")])
def test_deletion_protection(judge, enabled, status):
    balancer = {"LoadBalancerArn": "arn:b", "Attributes": {"deletion_protection.enabled": enabled}}
    assert judge(elbv2.alb_deletion_protection, {"elbv2.load_balancers": [balancer]}) == [status]
    hidden = {"LoadBalancerArn": "arn:b", "Errors": {"describe_load_balancer_attributes": DENIED}}
    assert judge(elbv2.alb_deletion_protection, {"elbv2.load_balancers": [hidden]}) == ["UNKNOWN"]


def test_denied_and_absent(judge, check):
    assert judge(check, {}, check.needs) == ["UNKNOWN"]
    assert judge(check, {}) == ["NOT_APPLICABLE"]
