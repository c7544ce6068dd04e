# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.sustainability import data

DENIED = {"service": "any", "code": "AccessDenied", "message": "no"}
VPC = {"ec2.vpcs": [{"VpcId": "vpc-1"}]}
BUCKETS, GROUPS, REPOSITORIES, PLANS = "s3.buckets", "logs.log_groups", "ecr.repositories", "backup.plans"


def plan(days, **changes):
    rule = {"RuleName": "daily", "Lifecycle": {"DeleteAfterDays": days}}
    found = {"BackupPlanArn": "arn:p", "BackupPlanName": "mywebapp-prod", "Selections": []}
    return {**found, "BackupPlan": {"Rules": [rule]}, **changes}


@pytest.mark.parametrize(
    ("collector", "item", "status"),
    [
        (BUCKETS, {"Arn": "arn:b", "Lifecycle": [{"Status": "Enabled"}]}, "PASS"),
        (BUCKETS, {"Arn": "arn:b", "Lifecycle": [{"Status": "Disabled"}]}, "FAIL"),
        (BUCKETS, {"Arn": "arn:b", "Lifecycle": None}, "FAIL"),
        (BUCKETS, {"Arn": "arn:b", "Errors": {"get_bucket_lifecycle_configuration": DENIED}}, "UNKNOWN"),
        (GROUPS, {"logGroupArn": "arn:g", "retentionInDays": 365}, "PASS"),
        (GROUPS, {"logGroupArn": "arn:g"}, "FAIL"),
        (REPOSITORIES, {"repositoryArn": "arn:r", "LifecyclePolicy": {"rules": [{}]}}, "PASS"),
        (REPOSITORIES, {"repositoryArn": "arn:r", "LifecyclePolicy": None}, "FAIL"),
        (REPOSITORIES, {"repositoryArn": "arn:r", "Errors": {"get_lifecycle_policy": DENIED}}, "UNKNOWN"),
        (PLANS, plan(30), "PASS"),
        (PLANS, plan(None), "FAIL"),
        (PLANS, plan(30, Errors={"get_backup_plan": DENIED}), "UNKNOWN"),
        (PLANS, plan(None, BackupPlanName="another"), "NOT_APPLICABLE"),
    ],
)
def test_lifecycle(judge, collector, item, status):
    assert judge(data.data_lifecycle_enforced, {collector: [item]}) == [status]


def distribution(ttl, domain="b.s3.amazonaws.com"):
    origins = {"Items": [{"Id": "o", "DomainName": domain}]}
    behavior = {"TargetOriginId": "o", "DefaultTTL": ttl, "ForwardedValues": {"QueryString": False}}
    return {"ARN": "arn:d", "DistributionConfig": {"Origins": origins, "DefaultCacheBehavior": behavior}}


@pytest.mark.parametrize(
    ("kind", "vpc", "status"),
    [("Gateway", "vpc-1", "PASS"), ("Interface", "vpc-1", "FAIL"), ("Gateway", "vpc-2", "FAIL")],
)
def test_endpoints(judge, kind, vpc, status):
    endpoint = {"VpcId": vpc, "VpcEndpointType": kind, "ServiceName": "com.amazonaws.us-east-1.s3"}
    assert judge(data.network_data_movement, {**VPC, "ec2.vpc_endpoints": [endpoint]}) == [status]


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (distribution(3600), "PASS"),
        (distribution(0), "FAIL"),
        (distribution(0, "alb.elb.amazonaws.com"), "NOT_APPLICABLE"),
    ],
)
def test_caching(judge, found, status):
    assert judge(data.network_data_movement, {"cloudfront.distributions": [found]}) == [status]


def network(zone):
    subnets = [("pub", zone), ("app", "a")]
    routes = [{"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1"}]
    return {
        "ec2.subnets": [
            {"SubnetId": name, "SubnetArn": f"arn:{name}", "AvailabilityZone": place} for name, place in subnets
        ],
        "ec2.route_tables": [{"Associations": [{"SubnetId": "app"}], "Routes": routes}],
        "ec2.nat_gateways": [{"NatGatewayId": "nat-1", "SubnetId": "pub", "State": "available"}],
    }


@pytest.mark.parametrize(
    ("zone", "policy", "status"),
    [("a", "ha", "PASS"), ("b", "ha", "FAIL"), ("a", "single", "PASS"), ("b", "single", "NOT_APPLICABLE")],
)
def test_zones(judge, zone, policy, status):
    assert judge(data.cross_az_traffic_minimized, network(zone), nat_policy=policy) == [status]


@pytest.mark.parametrize(
    ("check", "denied", "absent"),
    [
        (data.data_lifecycle_enforced, "backup.plans", "NOT_APPLICABLE"),
        (data.data_lifecycle_enforced, "s3.buckets", "NOT_APPLICABLE"),
        (data.network_data_movement, "ec2.vpc_endpoints", "NOT_APPLICABLE"),
        (data.cross_az_traffic_minimized, "ec2.nat_gateways", "NOT_APPLICABLE"),
    ],
)
def test_denied_and_absent(judge, check, denied, absent):
    assert judge(check, VPC, (denied,)) == ["UNKNOWN"]
    assert judge(check, {}) == [absent]
