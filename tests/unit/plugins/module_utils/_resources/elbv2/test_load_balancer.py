# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.elbv2.common import name_reasons
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.elbv2.load_balancer import (
    LOAD_BALANCER,
    eventual,
    lookup,
    read,
    update,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.elbv2.target_group import TARGET_GROUP
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2, tags

ARN = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/alb/1"
BALANCER = {
    "LoadBalancerName": "alb",
    "LoadBalancerArn": ARN,
    "Scheme": "internet-facing",
    "Type": "application",
    "VpcId": "vpc-1",
    "AvailabilityZones": [{"ZoneName": "b", "SubnetId": "subnet-2"}, {"ZoneName": "a", "SubnetId": "subnet-1"}],
    "SecurityGroups": ["sg-1"],
    "IpAddressType": "ipv4",
    "State": {"Code": "active"},
}
WISH = {"name": "alb", "subnets": ["subnet-1", "subnet-2"], "security_groups": ["sg-1"], "tags": {"a": "b"}}


def aws(**attributes):
    return Ec2(
        {
            "describe_load_balancers": {"LoadBalancers": [BALANCER, {**BALANCER, "LoadBalancerName": "other"}]},
            "describe_tags": {"TagDescriptions": [{"ResourceArn": ARN, "Tags": tags(a="b")}]},
            "describe_load_balancer_attributes": {
                "Attributes": [{"Key": key, "Value": value} for key, value in attributes.items()]
            },
        }
    )


def found(wish=None, **attributes):
    return read(aws(**attributes), [wish or WISH])["alb"]


def test_attributes_are_read_only_where_they_are_asked_for():
    asked = aws()
    read(asked, [WISH])
    assert "describe_load_balancer_attributes" not in [operation for operation, _parameters in asked.sent]
    assert not plan(LOAD_BALANCER, found(), WISH).needed


def test_only_what_is_asked_for_is_compared():
    wish = {**WISH, "attributes": {"deletion_protection.enabled": True, "idle_timeout.timeout_seconds": 30}}
    there = {"deletion_protection.enabled": "true", "idle_timeout.timeout_seconds": "30", "routing.http2.enabled": "x"}
    assert not plan(LOAD_BALANCER, found(wish, **there), wish).needed
    there["deletion_protection.enabled"] = "false"
    assert plan(LOAD_BALANCER, found(wish, **there), wish).fields == {"attributes"}


def test_what_logs_need_is_set_last():
    wish = {
        **WISH,
        "attributes": {
            "access_logs.s3.enabled": True,
            "access_logs.s3.bucket": "logs",
            "routing.http2.enabled": False,
            "idle_timeout.timeout_seconds": 60,
        },
    }
    calls = aws()
    before = found(wish, **{"idle_timeout.timeout_seconds": "60", "routing.http2.enabled": "true"})
    list(update(calls, before, wish, frozenset({"attributes"})))
    keys = [[one["Key"] for one in sent["Attributes"]] for _operation, sent in calls.changes]
    assert keys == [["routing.http2.enabled"], ["access_logs.s3.bucket", "access_logs.s3.enabled"]]


def test_each_setting_is_its_own_call():
    wish = {**WISH, "subnets": ["subnet-3", "subnet-4"], "security_groups": ["sg-2"], "ip_address_type": "dualstack"}
    calls, before = aws(), found()
    given = [set(fields) for fields in update(calls, before, wish, plan(LOAD_BALANCER, before, wish).fields)]
    assert [operation for operation, _sent in calls.changes] == [
        "set_security_groups",
        "set_subnets",
        "set_ip_address_type",
    ]
    assert given == [{"security_groups"}, {"subnets"}, {"ip_address_type"}]


@pytest.mark.parametrize(("field", "value"), [("scheme", "internal"), ("vpc", "vpc-2")])
def test_what_it_keeps_for_life_is_refused(field, value):
    assert "keeps it for life" in plan(LOAD_BALANCER, found(), {**WISH, field: value}).refusals[0]


def test_a_network_load_balancer_of_the_name_is_refused():
    state = {**found(), "type": "network"}
    assert "type is 'network' and cannot become 'application'" in plan(LOAD_BALANCER, state, WISH).refusals[0]


def test_a_new_one_is_internal_and_one_that_is_there_keeps_its_scheme():
    assert plan(LOAD_BALANCER, None, WISH).desired["scheme"] == "internal"
    assert not plan(LOAD_BALANCER, found(), WISH).needed


def test_who_refers_to_it_gets_what_cloudwatch_calls_it():
    found = lookup(aws(), [{"name": "alb"}])["alb"]
    assert (found["arn"], found["dimension"], found["vpc"]) == (ARN, "app/alb/1", "vpc-1")


@pytest.mark.parametrize(
    ("code", "message", "passes"),
    [
        ("InvalidConfigurationRequest", "Access Denied for bucket: logs. Please check S3bucket permission", True),
        ("InvalidConfigurationRequest", "S3Bucket validation transient issue", True),
        ("InvalidConfigurationRequest", "All subnets must belong to the same VPC", False),
        ("InvalidSecurityGroup", "Security group 'sg-1' does not exist", True),
        ("ValidationError", "no", False),
    ],
)
def test_what_passes_by_itself(code, message, passes):
    assert eventual(AwsError("elbv2", "modify_load_balancer_attributes", code, message)) is passes


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a" * 33, "33 characters"),
        ("-alb", "begins and ends with none"),
        ("alb-", "begins and ends with none"),
        ("my_alb", "letters, digits and hyphens"),
        ("internal-alb", "begins with internal-"),
    ],
)
def test_names_that_aws_does_not_take(name, words):
    assert words in " ".join(name_reasons("load_balancer", name))


def test_names_that_aws_takes():
    assert name_reasons("load_balancer", "a" * 32) == name_reasons("target_group", "internal-tg") == []


def test_a_health_check_has_time_to_fail():
    wish = {"name": "tg", "health_check_interval_seconds": 5, "health_check_timeout_seconds": 5}
    assert "must be below health_check_interval_seconds (5)" in TARGET_GROUP.check(wish)[0]
