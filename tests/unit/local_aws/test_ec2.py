# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""EC2 networking: dependencies, endpoints, NAT gateways and flow logs."""

from __future__ import annotations

import pytest

POLICY = '{"Version": "2012-10-17", "Statement": []}'


@pytest.fixture
def ec2(client):
    return client("ec2")


@pytest.fixture
def vpc(ec2):
    made = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    ec2.modify_vpc_attribute(VpcId=made, EnableDnsHostnames={"Value": True})
    return made


@pytest.fixture
def attached(ec2, vpc):
    """An internet gateway, attached to the VPC."""
    made = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=made, VpcId=vpc)
    return made


@pytest.fixture
def subnets(ec2, vpc):
    return [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"eu-central-1{zone}")["Subnet"][
            "SubnetId"
        ]
        for number, zone in enumerate("ab")
    ]


def test_subnets_lie_in_their_vpc_and_apart(ec2, vpc, subnets, refused):
    assert refused(ec2.create_subnet, VpcId=vpc, CidrBlock="10.1.0.0/24") == "InvalidSubnet.Range"
    assert refused(ec2.create_subnet, VpcId=vpc, CidrBlock="10.0.0.0/25") == "InvalidSubnet.Conflict"
    assert refused(ec2.create_subnet, VpcId=vpc, CidrBlock="10.0.9.0/30") == "InvalidSubnet.Range"
    assert refused(ec2.create_subnet, VpcId=vpc, CidrBlock="elsewhere") == "InvalidParameterValue"
    assert refused(ec2.create_vpc, CidrBlock="10.0.0.0/8") == "InvalidVpc.Range"


def test_nat_gateways_hold_their_address_and_subnet(ec2, vpc, attached, subnets, refused):
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    assert refused(ec2.create_nat_gateway, SubnetId=subnets[0]) == "MissingParameter"
    made = ec2.create_nat_gateway(SubnetId=subnets[0], AllocationId=address)["NatGateway"]
    assert made["AvailabilityMode"] == "zonal"
    assert refused(ec2.release_address, AllocationId=address) == "InvalidIPAddress.InUse"
    assert refused(ec2.delete_subnet, SubnetId=subnets[0]) == "DependencyViolation"
    ec2.delete_nat_gateway(NatGatewayId=made["NatGatewayId"])
    ec2.release_address(AllocationId=address)
    ec2.delete_subnet(SubnetId=subnets[0])


def test_a_regional_nat_gateway_is_of_the_vpc(ec2, vpc, subnets, refused):
    regional = {"AvailabilityMode": "regional", "VpcId": vpc}
    assert refused(ec2.create_nat_gateway, SubnetId=subnets[0], **regional) == "InvalidParameterCombination"
    made = ec2.create_nat_gateway(**regional)["NatGateway"]
    assert made["AvailabilityMode"] == "regional"
    assert "SubnetId" not in made
    assert {row["AvailabilityZone"] for row in made["NatGatewayAddresses"]} == {"eu-central-1a", "eu-central-1b"}
    assert ec2.describe_addresses()["Addresses"] == []
    found = ec2.describe_nat_gateways(Filter=[{"Name": "vpc-id", "Values": [vpc]}])["NatGateways"]
    assert [row["NatGatewayId"] for row in found] == [made["NatGatewayId"]]


def test_filters_of_nat_gateways(ec2, vpc, subnets, refused):
    tags = [{"ResourceType": "natgateway", "Tags": [{"Key": "Name", "Value": "one"}]}]
    ec2.create_nat_gateway(AvailabilityMode="regional", VpcId=vpc, TagSpecifications=tags)
    assert len(ec2.describe_nat_gateways(Filters=[{"Name": "tag:Name", "Values": ["one"]}])["NatGateways"]) == 1
    assert ec2.describe_nat_gateways(Filters=[{"Name": "tag:Name", "Values": ["two"]}])["NatGateways"] == []
    assert refused(ec2.describe_nat_gateways, Filters=[{"Name": "mood", "Values": ["x"]}]) == "InvalidParameterValue"


def test_interface_endpoints(ec2, vpc, subnets, refused):
    service = {"VpcId": vpc, "ServiceName": "com.amazonaws.eu-central-1.secretsmanager", "VpcEndpointType": "Interface"}
    made = ec2.create_vpc_endpoint(SubnetIds=subnets[:1], **service)["VpcEndpoint"]
    assert made["Groups"][0]["GroupName"] == "default"
    assert refused(ec2.create_vpc_endpoint, SubnetIds=subnets, **service) == "InvalidParameter"  # one private name
    group = ec2.create_security_group(GroupName="g", Description="d", VpcId=vpc)["GroupId"]
    ec2.modify_vpc_endpoint(
        VpcEndpointId=made["VpcEndpointId"],
        AddSubnetIds=subnets[1:],
        AddSecurityGroupIds=[group],
        RemoveSecurityGroupIds=[made["Groups"][0]["GroupId"]],
        PolicyDocument=POLICY,
        PrivateDnsEnabled=False,
    )
    shown = ec2.describe_vpc_endpoints(VpcEndpointIds=[made["VpcEndpointId"]])["VpcEndpoints"][0]
    assert (shown["SubnetIds"], shown["PrivateDnsEnabled"], shown["PolicyDocument"]) == (subnets, False, POLICY)
    assert [row["GroupId"] for row in shown["Groups"]] == [group]
    assert refused(ec2.delete_security_group, GroupId=group) == "DependencyViolation"
    bad = {"VpcEndpointId": made["VpcEndpointId"], "PolicyDocument": "{"}
    assert refused(ec2.modify_vpc_endpoint, **bad) == "InvalidPolicyDocument"
    ec2.delete_vpc_endpoints(VpcEndpointIds=[made["VpcEndpointId"]])
    ec2.delete_security_group(GroupId=group)


def test_gateway_endpoints(ec2, vpc, subnets, refused):
    s3 = {"VpcId": vpc, "ServiceName": "com.amazonaws.eu-central-1.s3"}
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    assert ec2.create_vpc_endpoint(RouteTableIds=[table], **s3)["VpcEndpoint"]["VpcEndpointType"] == "Gateway"
    assert refused(ec2.create_vpc_endpoint, SubnetIds=subnets, **s3) == "InvalidParameter"
    wrong = {"VpcId": vpc, "ServiceName": "com.amazonaws.eu-central-1.nothing"}
    assert refused(ec2.create_vpc_endpoint, **wrong) == "InvalidServiceName"


def test_security_groups(ec2, vpc, refused):
    group = ec2.create_security_group(GroupName="a", Description="d", VpcId=vpc)["GroupId"]
    other = ec2.create_security_group(GroupName="b", Description="d", VpcId=vpc)["GroupId"]
    rule = {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 2, "UserIdGroupPairs": [{"GroupId": other}]}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    again = {"GroupId": group, "IpPermissions": [rule]}
    assert refused(ec2.authorize_security_group_ingress, **again) == "InvalidPermission.Duplicate"
    assert refused(ec2.delete_security_group, GroupId=other) == "DependencyViolation"


def test_flow_logs(client, ec2, vpc, refused):
    client("logs").create_log_group(logGroupName="flow")
    trust = (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", '
        '"Principal": {"Service": "vpc-flow-logs.amazonaws.com"}}]}'
    )
    role = client("iam").create_role(RoleName="flow", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    asked = {"ResourceIds": [vpc], "ResourceType": "VPC", "TrafficType": "ALL", "LogGroupName": "flow"}
    assert refused(ec2.create_flow_logs, DeliverLogsPermissionArn=f"{role}x", **asked) == "InvalidParameter"
    assert refused(ec2.create_flow_logs, MaxAggregationInterval=90, **asked) == "InvalidParameter"
    ec2.create_flow_logs(DeliverLogsPermissionArn=role, MaxAggregationInterval=60, **asked)
    found = ec2.describe_flow_logs()["FlowLogs"][0]
    assert (found["DeliverLogsStatus"], found["MaxAggregationInterval"]) == ("SUCCESS", 60)
