# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Subnets, internet gateways, prefix lists, and what all kinds of EC2 share."""

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError, Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2 import (
    internet_gateway,
    prefix_list,
    subnet,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.common import (
    by_name,
    client_token,
    contains,
    not_visible,
)
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2, tags

SUBNET = {
    "SubnetId": "subnet-1",
    "VpcId": "vpc-1",
    "CidrBlock": "10.0.0.0/24",
    "AvailabilityZone": "us-east-1a",
    "MapPublicIpOnLaunch": True,
    "State": "available",
    "Tags": tags(Name="s"),
}
WISH = {
    "name": "s",
    "vpc": "vpc-1",
    "cidr_block": "10.0.0.0/24",
    "availability_zone": "us-east-1a",
    "map_public_ip": False,
    "tags": {"Name": "s"},
}


def test_a_subnet_changes_in_its_public_addresses_alone():
    aws = Ec2({"describe_subnets": {"Subnets": [SUBNET]}})
    found = subnet.read(aws, [WISH])["s"]
    change = plan(subnet.SUBNET, found, WISH)
    assert change.fields == {"map_public_ip"} and not change.refusals
    subnet.update(aws, found, WISH, change.fields)
    assert aws.changes == [
        ("modify_subnet_attribute", {"SubnetId": "subnet-1", "MapPublicIpOnLaunch": {"Value": False}})
    ]


@pytest.mark.parametrize("field", ["vpc", "cidr_block", "availability_zone"])
def test_what_aws_cannot_change_is_refused(field):
    found = subnet.read(Ec2({"describe_subnets": {"Subnets": [SUBNET]}}), [WISH])["s"]
    [refusal] = plan(subnet.SUBNET, found, {**WISH, field: "other"}).refusals
    assert "give another name" in refusal


def test_the_gateway_of_the_vpc_is_adopted():
    gateway = {"InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1"}], "Tags": tags(Name="old")}
    aws = Ec2({"describe_internet_gateways": {"InternetGateways": [gateway]}})
    found = internet_gateway.read(aws, [{"name": "new", "vpc": "vpc-1"}])["new"]
    assert found["id"] == "igw-1" and found["tags"] == {"Name": "old"}
    assert aws.sent == [
        ("describe_internet_gateways", {"Filters": [{"Name": "attachment.vpc-id", "Values": ["vpc-1"]}]})
    ]


def test_prefix_lists_are_only_referred_to():
    lists = {"PrefixLists": [{"PrefixListName": "com.amazonaws.us-east-1.s3", "PrefixListId": "pl-1"}]}
    aws = Ec2({"describe_managed_prefix_lists": lists})
    found = prefix_list.read(aws, [{"name": "com.amazonaws.us-east-1.s3"}])
    assert found["com.amazonaws.us-east-1.s3"]["id"] == "pl-1"
    with pytest.raises(Refusal):
        prefix_list.create(aws, {"name": "mine"})


def test_a_name_that_two_things_bear_is_refused():
    things = [{"Id": "1", "Tags": {"Name": "n"}}, {"Id": "2", "Tags": {"Name": "n"}}, {"Id": "3", "Tags": {}}]
    assert set(by_name("thing", things[1:], "Id")) == {"n"}
    with pytest.raises(Refusal, match="1 and 2"):
        by_name("thing", things, "Id")


def test_a_client_token_repeats_in_one_process_and_fits():
    assert client_token("a", "b") == client_token("a", "b") != client_token("a", "c")
    assert len(client_token("a")) <= 64


def test_what_ec2_does_not_show_yet():
    assert not_visible(AwsError("ec2", "create_route", "InvalidNatGatewayID.NotFound", "x"))
    assert not not_visible(AwsError("ec2", "create_route", "RouteAlreadyExists", "x"))
    assert not_visible(AwsError("ec2", "create_vpc_endpoint", "InvalidGroup.NotFound", "x"))
    assert not not_visible(AwsError("rds", "x", "InvalidSubnetID.NotFound", "x"))
    for gone in ("InvalidRoute.NotFound", "InvalidPermission.NotFound", "InvalidAssociationID.NotFound"):
        assert not not_visible(AwsError("ec2", "x", gone, "x")), "that is gone and will not come"


def test_contains():
    assert contains(["a", "b"], ["a"]) and contains([], None) and not contains(["a"], ["b"])
