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
    vpc,
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


def test_a_client_token_repeats_in_one_task_and_fits():
    aws = Ec2()
    token = client_token(aws, "a", "b")
    assert token == client_token(aws, "a", "b") != client_token(aws, "a", "c")
    assert len(token) <= 64
    aws.task = "the next task"
    assert client_token(aws, "a", "b") != token


def test_the_gateway_of_another_vpc_is_not_taken_away():
    gateway = {"InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-2"}], "Tags": tags(Name="new")}
    answers = {"describe_internet_gateways": [{"InternetGateways": []}, {"InternetGateways": [gateway]}]}
    with pytest.raises(Refusal, match="is attached to vpc-2, not to vpc-1"):
        internet_gateway.read(Ec2(answers), [{"name": "new", "vpc": "vpc-1"}])


def test_what_is_adopted_by_place_or_id_keeps_its_name_and_no_name_is_made_of_an_id():
    theirs = {"id": "igw-1", "vpc": "vpc-1", "tags": {"Name": "theirs"}}
    wish = {"name": "new", "vpc": "vpc-1", "tags": {"Name": "new", "Owner": "us"}, "purge_tags": True}
    change = plan(internet_gateway.INTERNET_GATEWAY, theirs, wish)
    assert change.tags_to_set == {"Owner": "us"} and change.tags_to_remove == []
    nameless = {**theirs, "tags": {}}
    assert plan(internet_gateway.INTERNET_GATEWAY, nameless, wish).tags_to_set == {"Name": "new", "Owner": "us"}
    by_id = {**wish, "name": "igw-0a1b2c3d", "tags": {"Name": "igw-0a1b2c3d", "Owner": "us"}}
    assert plan(internet_gateway.INTERNET_GATEWAY, nameless, by_id).tags_to_set == {"Owner": "us"}
    with pytest.raises(Refusal, match="igw-0a1b2c3d does not exist"):
        plan(internet_gateway.INTERNET_GATEWAY, None, by_id)


def test_a_subnet_is_found_by_its_id():
    aws = Ec2({"describe_subnets": {"Subnets": [{**SUBNET, "SubnetId": "subnet-0a1b2c3d"}]}})
    assert subnet.read(aws, [{"name": "subnet-0a1b2c3d"}])["subnet-0a1b2c3d"]["tags"] == {"Name": "s"}
    assert aws.sent == [("describe_subnets", {"Filters": [{"Name": "subnet-id", "Values": ["subnet-0a1b2c3d"]}]})]


VPC_ITEM = {
    "VpcId": "vpc-1",
    "CidrBlock": "10.0.0.0/16",
    "CidrBlockAssociationSet": [
        {"CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "associated"}},
        {"CidrBlock": "100.64.0.0/16", "CidrBlockState": {"State": "associated"}},
        {"CidrBlock": "100.65.0.0/16", "CidrBlockState": {"State": "disassociated"}},
    ],
    "State": "available",
    "Tags": tags(Name="v", **{vpc.MADE: "true"}),
}


def test_further_ranges_of_a_vpc_are_added_and_none_is_taken_away():
    aws = Ec2(
        {"describe_vpcs": {"Vpcs": [VPC_ITEM]}, "describe_vpc_attribute": [{"EnableDnsSupport": {"Value": True}}]}
    )
    aws.map = lambda function, items: []
    found = vpc.read(aws, [{"name": "v"}])["v"]
    assert found["secondary_cidr_blocks"] == ["100.64.0.0/16"] and found["tags"] == {"Name": "v"}
    wish = {"name": "v", "cidr_block": "10.0.0.0/16", "secondary_cidr_blocks": ["100.66.0.0/16"]}
    change = plan(vpc.VPC, found, wish)
    assert change.fields == {"secondary_cidr_blocks"}
    list(vpc.update(aws, found, wish, change.fields))
    assert aws.changes == [("associate_vpc_cidr_block", {"VpcId": "vpc-1", "CidrBlock": "100.66.0.0/16"})]
    assert not plan(vpc.VPC, found, {**wish, "secondary_cidr_blocks": ["100.64.0.0/16"]}).needed


def test_a_vpc_that_this_collection_makes_bears_a_mark():
    aws = Ec2()
    vpc.create(aws, {"cidr_block": "10.0.0.0/16", "tags": {"Name": "v"}})
    assert vpc.MADE in {tag["Key"] for tag in aws.changes[0][1]["TagSpecifications"][0]["Tags"]}


def test_what_ec2_does_not_show_yet():
    assert not_visible(AwsError("ec2", "create_route", "InvalidNatGatewayID.NotFound", "x"))
    assert not not_visible(AwsError("ec2", "create_route", "RouteAlreadyExists", "x"))
    assert not_visible(AwsError("ec2", "create_vpc_endpoint", "InvalidGroup.NotFound", "x"))
    assert not not_visible(AwsError("rds", "x", "InvalidSubnetID.NotFound", "x"))
    for gone in ("InvalidRoute.NotFound", "InvalidPermission.NotFound", "InvalidAssociationID.NotFound"):
        assert not not_visible(AwsError("ec2", "x", gone, "x")), "that is gone and will not come"


def test_contains():
    assert contains(["a", "b"], ["a"]) and contains([], None) and not contains(["a"], ["b"])
