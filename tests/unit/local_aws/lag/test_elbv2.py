# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads of load balancers and certificates show what was made or changed one read too late, where a knob says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from local_aws.lag import elbv2

CASES: list[Any] = []
FIXED = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}
PATH = {"Field": "path-pattern", "Values": ["/*"]}


def case(read: str, old: Any, new: Any) -> Callable[[Any], Any]:
    def add(function: Any) -> Any:
        CASES.append(pytest.param(read, function, old, new, id=f"{read}-{function.__name__}"))
        return function

    return add


def balancer(aws: Any) -> str:
    subnets = [one["SubnetId"] for one in aws("ec2").describe_subnets()["Subnets"][:2]]
    made = aws("elbv2").create_load_balancer(Name="alb", Subnets=subnets, Scheme="internal")["LoadBalancers"]
    return str(made[0]["LoadBalancerArn"])


def listener(aws: Any, arn: str) -> str:
    made = aws("elbv2").create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=[FIXED])
    return str(made["Listeners"][0]["ListenerArn"])


@case("elbv2:DescribeLoadBalancers", 0, 1)
def balancer_made(aws: Any) -> Iterator[Any]:
    yield
    balancer(aws)
    yield lambda: len(aws("elbv2").describe_load_balancers()["LoadBalancers"])


@case("elbv2:DescribeLoadBalancerAttributes", "60", "30")
def attribute_set(aws: Any) -> Iterator[Any]:
    arn, key = balancer(aws), "idle_timeout.timeout_seconds"
    yield
    aws("elbv2").modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[{"Key": key, "Value": "30"}])

    def seen() -> Any:
        answer = aws("elbv2").describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]
        return next(one["Value"] for one in answer if one["Key"] == key)

    yield seen


@case("elbv2:DescribeTargetGroups", "/", "/healthz")
def group_changed(aws: Any) -> Iterator[Any]:
    vpc = aws("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]
    made = aws("elbv2").create_target_group(Name="a", Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")
    yield
    aws("elbv2").modify_target_group(
        TargetGroupArn=made["TargetGroups"][0]["TargetGroupArn"], HealthCheckPath="/healthz"
    )
    yield lambda: aws("elbv2").describe_target_groups(Names=["a"])["TargetGroups"][0]["HealthCheckPath"]


@case("elbv2:DescribeTargetGroupAttributes", "300", "30")
def group_attribute_set(aws: Any) -> Iterator[Any]:
    vpc, key = aws("ec2").describe_vpcs()["Vpcs"][0]["VpcId"], "deregistration_delay.timeout_seconds"
    made = aws("elbv2").create_target_group(Name="a", Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")
    arn = made["TargetGroups"][0]["TargetGroupArn"]
    yield
    aws("elbv2").modify_target_group_attributes(TargetGroupArn=arn, Attributes=[{"Key": key, "Value": "30"}])

    def seen() -> Any:
        answer = aws("elbv2").describe_target_group_attributes(TargetGroupArn=arn)["Attributes"]
        return next(one["Value"] for one in answer if one["Key"] == key)

    yield seen


@case("elbv2:DescribeListeners", 0, 1)
def listener_made(aws: Any) -> Iterator[Any]:
    arn = balancer(aws)
    yield
    listener(aws, arn)
    yield lambda: len(aws("elbv2").describe_listeners(LoadBalancerArn=arn)["Listeners"])


@case("elbv2:DescribeRules", 1, 2)
def rule_made(aws: Any) -> Iterator[Any]:
    arn = listener(aws, balancer(aws))
    yield
    aws("elbv2").create_rule(ListenerArn=arn, Priority=1, Conditions=[PATH], Actions=[FIXED])
    yield lambda: len(aws("elbv2").describe_rules(ListenerArn=arn)["Rules"])


@case("acm:ListCertificates", 0, 1)
def certificate_requested(aws: Any) -> Iterator[Any]:
    yield
    aws("acm").request_certificate(DomainName="example.com")
    yield lambda: len(aws("acm").list_certificates()["CertificateSummaryList"])


@case("acm:DescribeCertificate", "ResourceNotFoundException", "PENDING_VALIDATION")
def certificate_seen_by_its_arn(aws: Any) -> Iterator[Any]:
    yield
    arn = aws("acm").request_certificate(DomainName="example.com")["CertificateArn"]
    yield lambda: aws("acm").describe_certificate(CertificateArn=arn)["Certificate"]["Status"]


@case("acm:ListTagsForCertificate", [], [{"Key": "a", "Value": "b"}])
def certificate_tagged(aws: Any) -> Iterator[Any]:
    arn = aws("acm").request_certificate(DomainName="example.com")["CertificateArn"]
    yield
    aws("acm").add_tags_to_certificate(CertificateArn=arn, Tags=[{"Key": "a", "Value": "b"}])
    yield lambda: aws("acm").list_tags_for_certificate(CertificateArn=arn)["Tags"]


@pytest.mark.parametrize(("read", "write", "old", "new"), CASES)
def test_old_then_new(sees, read, write, old, new):
    assert sees(write) == [old, new]


def test_every_read_of_the_table_is_tried():
    assert {kind.name for kind in elbv2.KINDS} == {param.values[0] for param in CASES}
