# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is looked at before a network is planned."""

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError, Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.network_found import (
    Found,
    look_around,
    unknown_ids,
)
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2, tags

LOGS = {
    "ServiceName": "com.amazonaws.us-east-1.logs",
    "ServiceType": [{"ServiceType": "Interface"}],
    "AvailabilityZones": ["us-east-1a"],
}
GATEWAY = {"ServiceName": "com.amazonaws.us-east-1.s3", "ServiceType": [{"ServiceType": "Gateway"}]}
ZONES = {"AvailabilityZones": [{"ZoneName": "us-east-1a", "ZoneId": "use1-az6"}]}
VPC = {"VpcId": "vpc-0a1b2c3d", "CidrBlock": "10.0.0.0/16", "Tags": tags(Name="v")}


def ec2(**answers):
    return Ec2({"describe_availability_zones": ZONES, **answers})


def test_interfaces_of_services_by_their_short_names():
    aws = ec2(describe_vpc_endpoint_services={"ServiceDetails": [LOGS, GATEWAY]})
    found = look_around(aws, "v", {"logs", "s3"})
    assert set(found.services) == {"logs"} and found.zones == {"us-east-1a": "use1-az6"} and found.vpc is None


def test_one_unknown_service_does_not_hide_the_others():
    """AWS refuses the whole list for one that it does not know."""
    refused = AwsError("ec2", "describe_vpc_endpoint_services", "InvalidServiceName", "does not exist")
    aws = ec2(describe_vpc_endpoint_services=[refused, {"ServiceDetails": [LOGS, GATEWAY]}])
    assert set(look_around(aws, "v", {"logs", "nonsense"}).services) == {"logs"}


def test_only_availability_zones_count():
    aws = ec2()
    look_around(aws, "v", set())
    sent = dict(aws.sent)["describe_availability_zones"]
    assert {"Name": "zone-type", "Values": ["availability-zone"]} in sent["Filters"]


def test_an_id_that_names_nothing_is_refused():
    with pytest.raises(Refusal, match="vpc-0a1b2c3d does not exist in region us-east-1"):
        look_around(ec2(), "vpc-0a1b2c3d", set())


def test_what_is_in_the_vpc():
    six = [
        {"Ipv6CidrBlock": "2001:db8::/56", "Ipv6CidrBlockState": {"State": "associated"}},
        {"Ipv6CidrBlock": "2001:db9::/56", "Ipv6CidrBlockState": {"State": "disassociated"}},
    ]
    aws = ec2(
        describe_vpcs={"Vpcs": [{**VPC, "Ipv6CidrBlockAssociationSet": six}]},
        describe_network_acls={"NetworkAcls": [{"Tags": tags(Name="v-public-acl")}, {"Tags": []}]},
        describe_internet_gateways={"InternetGateways": [{"InternetGatewayId": "igw-1"}]},
    )
    found = look_around(aws, "vpc-0a1b2c3d", set())
    assert found.ipv6_ranges == ["2001:db8::/56"] and found.is_own("v-public-acl") and not found.is_own("other")
    assert found.internet_gateway["InternetGatewayId"] == "igw-1"


def test_ids_of_gateways_and_addresses_that_name_nothing_are_said():
    aws = ec2(describe_addresses={"Addresses": [{"AllocationId": "eipalloc-1"}]})
    gateway, address = unknown_ids(aws, Found(), "igw-0a1b2c3d", ["eipalloc-1", "eipalloc-2"])
    assert "network_internet_gateway is igw-0a1b2c3d, which does not exist in region us-east-1" in gateway
    assert "network_nat_allocation_ids names eipalloc-2" in address and "check the id and the account" in address


def test_ids_are_asked_for_only_where_they_are_of_use():
    aws = ec2()
    assert unknown_ids(aws, Found(internet_gateway={"InternetGatewayId": "igw-1"}), "igw-0a1b2c3d", []) == []
    assert unknown_ids(aws, Found(), "main", []) == []
    assert aws.sent == []
