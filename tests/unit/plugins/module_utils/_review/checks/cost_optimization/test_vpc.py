# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.cost_optimization import vpc

NAT = [{"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-0"}]
NETWORK = {
    "ec2.vpcs": [{"VpcId": "vpc-1"}],
    "ec2.subnets": [
        {"SubnetId": "pub", "VpcId": "vpc-1", "AvailabilityZone": "a"},
        {"SubnetId": "app-a", "VpcId": "vpc-1", "AvailabilityZone": "a"},
        {"SubnetId": "app-b", "VpcId": "vpc-1", "AvailabilityZone": "b"},
    ],
    "ec2.route_tables": [
        {
            "RouteTableId": "rtb-public",
            "VpcId": "vpc-1",
            "Associations": [{"SubnetId": "pub"}],
            "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}],
        },
        {"RouteTableId": "rtb-main", "VpcId": "vpc-1", "Associations": [{"Main": True}], "Routes": NAT},
        {"RouteTableId": "rtb-b", "VpcId": "vpc-1", "Associations": [{"SubnetId": "app-b"}], "Routes": NAT},
    ],
}


def gateways(count, mode="zonal", state="available"):
    return [
        {"NatGatewayId": f"nat-{one}", "VpcId": "vpc-1", "State": state, "AvailabilityMode": mode}
        for one in range(count)
    ]


@pytest.mark.parametrize(
    ("policy", "found", "status", "usd"),
    [
        ("ha", gateways(2), "PASS", None),
        ("ha", gateways(1), "FAIL", 36.5),
        ("ha", gateways(3), "FAIL", -36.5),
        ("ha", gateways(2, state="deleting"), "NOT_APPLICABLE", None),
        ("ha", [], "NOT_APPLICABLE", None),
        ("single", gateways(1), "PASS", None),
        ("single", gateways(2), "FAIL", -36.5),
        ("single", gateways(1, "regional"), "FAIL", 0),
        ("regional", gateways(1, "regional"), "PASS", None),
        ("regional", gateways(1), "FAIL", 0),
        ("none", gateways(1), "FAIL", -36.5),
        ("none", [], "PASS", None),
    ],
)
def test_nat_count(findings, policy, found, status, usd):
    (finding,) = findings(vpc.nat_gateway_count, {**NETWORK, "ec2.nat_gateways": found}, nat_policy=policy)
    assert (finding.status, finding.monthly_usd) == (status, usd)


@pytest.mark.parametrize(("peak", "status"), [(1, "PASS"), (0, "FAIL"), (None, "NOT_APPLICABLE")])
def test_nat_unused(judge, peak, status):
    seen = {"MetricName": "BytesOutToDestination", "Dimensions": {"NatGatewayId": "nat-0"}, "Maximum": peak}
    collections = {"ec2.nat_gateways": gateways(1), "cloudwatch.statistics": [seen]}
    assert judge(vpc.nat_gateway_unused, collections) == [status]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "PASS"),
        ({"RouteTableIds": ["rtb-b"]}, "FAIL"),
        ({"ServiceName": "com.amazonaws.us-east-1.dynamodb"}, "FAIL"),
        ({"VpcEndpointType": "Interface", "RouteTableIds": []}, "FAIL"),
        ({"VpcId": "another"}, "FAIL"),
    ],
)
def test_s3_endpoint(judge, changes, status):
    endpoint = {
        "VpcId": "vpc-1",
        "VpcEndpointType": "Gateway",
        "ServiceName": "com.amazonaws.us-east-1.s3",
        "RouteTableIds": ["rtb-main", "rtb-b"],
        **changes,
    }
    assert judge(vpc.vpc_gateway_endpoint_s3, {**NETWORK, "ec2.vpc_endpoints": [endpoint]}) == [status]


def test_s3_endpoint_is_for_tables_with_a_way_out(judge):
    tables = [{**table, "Routes": []} for table in NETWORK["ec2.route_tables"]]
    assert judge(vpc.vpc_gateway_endpoint_s3, {**NETWORK, "ec2.route_tables": tables}) == ["NOT_APPLICABLE"]


def test_s3_endpoint_where_all_is_public(judge):
    collections = {**NETWORK, "ec2.subnets": NETWORK["ec2.subnets"][:1]}
    assert judge(vpc.vpc_gateway_endpoint_s3, collections) == ["NOT_APPLICABLE"]


@pytest.mark.parametrize(("association", "status", "usd"), [("eipassoc-1", "PASS", None), (None, "FAIL", -3.65)])
def test_idle_addresses(findings, association, status, usd):
    addresses = [{"AllocationId": "eipalloc-1", "AssociationId": association}]
    (finding,) = findings(vpc.eip_unassociated, {"ec2.addresses": addresses})
    assert (finding.status, finding.monthly_usd) == (status, usd)


@pytest.mark.parametrize(
    ("check", "denied"),
    [
        (vpc.nat_gateway_count, "ec2.nat_gateways"),
        (vpc.nat_gateway_count, "ec2.subnets"),
        (vpc.nat_gateway_unused, "cloudwatch.statistics"),
        (vpc.vpc_gateway_endpoint_s3, "ec2.vpc_endpoints"),
        (vpc.vpc_gateway_endpoint_s3, "ec2.route_tables"),
        (vpc.eip_unassociated, "ec2.addresses"),
    ],
)
def test_denied_and_absent(judge, check, denied):
    assert judge(check, {**NETWORK, "ec2.nat_gateways": gateways(1)}, (denied,)) == ["UNKNOWN"]
    assert judge(check, {}) == ["NOT_APPLICABLE"]
