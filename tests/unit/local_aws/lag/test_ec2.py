# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""EC2's reads show what was made, put or tagged one read too late, where a knob says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from local_aws.lag import ec2 as lag_ec2

CASES: list[Any] = []


def case(read: str, old: Any, new: Any) -> Any:
    def add(function: Any) -> Any:
        CASES.append(pytest.param(read, function, old, new, id=f"{read}-{function.__name__}"))
        return function

    return add


def _vpc(ec2: Any) -> str:
    vpc: str = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    return vpc


def _subnet(ec2: Any) -> str:
    subnet: str = ec2.create_subnet(VpcId=_vpc(ec2), CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    return subnet


def _filter(**wanted: str) -> list[dict[str, Any]]:
    """tag_Name is tag:Name, association__subnet_id is association.subnet-id."""
    names = {name: name.replace("tag_", "tag:").replace("__", ".").replace("_", "-") for name in wanted}
    return [{"Name": names[name], "Values": [value]} for name, value in wanted.items()]


def _named(kind: str, name: str = "mine") -> list[dict[str, Any]]:
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]


@case("DescribeVpcs", 0, 1)
def vpc_by_its_tag(aws: Any) -> Iterator[Any]:
    yield
    aws("ec2").create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=_named("vpc"))
    yield lambda: len(aws("ec2").describe_vpcs(Filters=_filter(tag_Name="mine"))["Vpcs"])


@case("DescribeVpcs", "InvalidVpcID.NotFound", 1)
def vpc_by_its_id(aws: Any) -> Iterator[Any]:
    yield
    vpc = _vpc(aws("ec2"))
    yield lambda: len(aws("ec2").describe_vpcs(VpcIds=[vpc])["Vpcs"])


@case("DescribeVpcs", 0, 1)
def vpc_tagged_later(aws: Any) -> Iterator[Any]:
    vpc = _vpc(aws("ec2"))
    yield
    aws("ec2").create_tags(Resources=[vpc], Tags=[{"Key": "Name", "Value": "mine"}])
    yield lambda: len(aws("ec2").describe_vpcs(Filters=_filter(tag_Name="mine"))["Vpcs"])


@case("DescribeVpcs", "was", "is")
def vpc_renamed(aws: Any) -> Iterator[Any]:
    ec2 = aws("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=_named("vpc", "was"))["Vpc"]["VpcId"]
    yield
    ec2.create_tags(Resources=[vpc], Tags=[{"Key": "Name", "Value": "is"}])
    yield lambda: ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Tags"][0]["Value"]


@case("DescribeVpcs", 1, 0)
def vpc_by_the_tag_that_it_had(aws: Any) -> Iterator[Any]:
    ec2 = aws("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=_named("vpc"))["Vpc"]["VpcId"]
    yield
    ec2.delete_tags(Resources=[vpc], Tags=[{"Key": "Name"}])
    yield lambda: len(ec2.describe_vpcs(Filters=_filter(tag_Name="mine"))["Vpcs"])


@case("DescribeVpcAttribute", "InvalidVpcID.NotFound", False)
def attribute_of_a_new_vpc(aws: Any) -> Iterator[Any]:
    yield
    asked = {"VpcId": _vpc(aws("ec2")), "Attribute": "enableDnsHostnames"}
    yield lambda: aws("ec2").describe_vpc_attribute(**asked)["EnableDnsHostnames"]["Value"]


@case("DescribeVpcAttribute", False, True)
def attribute_put(aws: Any) -> Iterator[Any]:
    vpc = _vpc(aws("ec2"))
    yield
    aws("ec2").modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    asked = {"VpcId": vpc, "Attribute": "enableDnsHostnames"}
    yield lambda: aws("ec2").describe_vpc_attribute(**asked)["EnableDnsHostnames"]["Value"]


@case("DescribeSubnets", False, True)
def subnet_modified(aws: Any) -> Iterator[Any]:
    subnet = _subnet(aws("ec2"))
    yield
    aws("ec2").modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
    yield lambda: aws("ec2").describe_subnets(SubnetIds=[subnet])["Subnets"][0]["MapPublicIpOnLaunch"]


@case("DescribeRouteTables", 0, 1)
def association_by_its_subnet(aws: Any) -> Iterator[Any]:
    ec2 = aws("ec2")
    subnet = ec2.create_subnet(VpcId=(vpc := _vpc(ec2)), CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    yield
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    yield lambda: len(ec2.describe_route_tables(Filters=_filter(association__subnet_id=subnet))["RouteTables"])


@case("DescribeInternetGateways", 0, 1)
def attachment_by_its_vpc(aws: Any) -> Iterator[Any]:
    ec2 = aws("ec2")
    vpc, gateway = _vpc(ec2), ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    yield
    ec2.attach_internet_gateway(VpcId=vpc, InternetGatewayId=gateway)
    yield lambda: len(ec2.describe_internet_gateways(Filters=_filter(attachment__vpc_id=vpc))["InternetGateways"])


@case("DescribeNatGateways", "NatGatewayNotFound", 1)
def nat_gateway(aws: Any) -> Iterator[Any]:
    ec2 = aws("ec2")
    subnet, address = _subnet(ec2), ec2.allocate_address(Domain="vpc")["AllocationId"]
    yield
    made = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]["NatGatewayId"]
    yield lambda: len(ec2.describe_nat_gateways(NatGatewayIds=[made])["NatGateways"])


@case("DescribeAddresses", 1, 0)
def address_released(aws: Any) -> Iterator[Any]:
    ec2 = aws("ec2")
    address = ec2.allocate_address(Domain="vpc", TagSpecifications=_named("elastic-ip"))["AllocationId"]
    yield
    ec2.release_address(AllocationId=address)
    yield lambda: len(ec2.describe_addresses(Filters=_filter(tag_Name="mine"))["Addresses"])


@case("DescribeSecurityGroups", 0, 1)
def group_by_its_name(aws: Any) -> Iterator[Any]:
    ec2 = aws("ec2")
    vpc = _vpc(ec2)
    yield
    ec2.create_security_group(GroupName="web", Description="web", VpcId=vpc)
    yield lambda: len(ec2.describe_security_groups(Filters=_filter(group_name="web", vpc_id=vpc))["SecurityGroups"])


@case("DescribeSecurityGroupRules", 1, 2)
def rule_of_a_group(aws: Any) -> Iterator[Any]:
    ec2 = aws("ec2")
    group = ec2.create_security_group(GroupName="web", Description="web", VpcId=_vpc(ec2))["GroupId"]
    yield
    rule = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    yield lambda: len(ec2.describe_security_group_rules(Filters=_filter(group_id=group))["SecurityGroupRules"])


@case("DescribeNetworkAcls", 0, 1)
def acl_entry(aws: Any) -> Iterator[Any]:
    ec2 = aws("ec2")
    acl = ec2.create_network_acl(VpcId=_vpc(ec2))["NetworkAcl"]["NetworkAclId"]
    yield
    entry = {"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": False, "CidrBlock": "10.0.0.0/8"}
    ec2.create_network_acl_entry(NetworkAclId=acl, **entry)
    yield lambda: len(ec2.describe_network_acls(NetworkAclIds=[acl])["NetworkAcls"][0]["Entries"])


@case("DescribeVpcEndpoints", 0, 1)
def endpoint(aws: Any) -> Iterator[Any]:
    ec2 = aws("ec2")
    vpc = _vpc(ec2)
    yield
    ec2.create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.eu-central-1.s3")
    yield lambda: len(ec2.describe_vpc_endpoints(Filters=_filter(vpc_id=vpc))["VpcEndpoints"])


@case("DescribeFlowLogs", 0, 1)
def flow_log(aws: Any) -> Iterator[Any]:
    vpc = _vpc(aws("ec2"))
    aws("s3").create_bucket(Bucket="flow-logs", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    yield
    aws("ec2").create_flow_logs(
        ResourceIds=[vpc], ResourceType="VPC", TrafficType="ALL", LogDestinationType="s3",
        LogDestination="arn:aws:s3:::flow-logs",
    )  # fmt: skip
    yield lambda: len(aws("ec2").describe_flow_logs(Filter=_filter(resource_id=vpc))["FlowLogs"])


@case("DescribeNetworkInterfaces", 0, 1)
def interface(aws: Any) -> Iterator[Any]:
    subnet = _subnet(aws("ec2"))
    yield
    aws("ec2").create_network_interface(SubnetId=subnet)
    yield lambda: len(aws("ec2").describe_network_interfaces(Filters=_filter(subnet_id=subnet))["NetworkInterfaces"])


@pytest.mark.parametrize(("read", "write", "old", "new"), CASES)
def test_old_then_new(sees, read, write, old, new):
    assert sees(write) == [old, new]


def test_every_read_of_the_table_is_tried():
    assert {kind.operation for kind in lag_ec2.KINDS} == {param.values[0] for param in CASES}


def test_writes_may_not_know_what_reads_do_not_show(client, control, refused):
    ec2 = client("ec2")
    vpc = _vpc(ec2)
    control.settings(lag_polls=2, lag_writes=True)
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    attach = {"InternetGatewayId": gateway, "VpcId": vpc}
    codes = [refused(ec2.attach_internet_gateway, **attach) for _unused in range(2)]
    assert codes == ["InvalidInternetGatewayID.NotFound"] * 2
    ec2.attach_internet_gateway(**attach)


def test_a_deleted_thing_is_shown_by_its_id(client, control, refused):
    ec2 = client("ec2")
    group, other = (
        ec2.create_security_group(GroupName=name, Description=name, VpcId=_vpc(ec2))["GroupId"] for name in ("a", "b")
    )
    control.settings(lag_polls=1)
    ec2.delete_security_group(GroupId=group)
    shown = ec2.describe_security_groups(GroupIds=[group, other])["SecurityGroups"]
    assert sorted(one["GroupName"] for one in shown) == ["a", "b"]
    assert refused(ec2.describe_security_groups, GroupIds=[group, other]) == "InvalidGroup.NotFound"
