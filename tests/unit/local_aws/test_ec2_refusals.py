# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What EC2 refuses of ids, security groups, routes, addresses, endpoints and NAT gateways, and what fails later."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from local_aws.services.ec2 import nat_gateways

CIDR = {"IpRanges": [{"CidrIp": "192.0.2.0/24"}]}


@pytest.fixture
def ec2(client):
    return client("ec2")


@pytest.fixture
def vpc(ec2):
    made = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    ec2.modify_vpc_attribute(VpcId=made, EnableDnsHostnames={"Value": True})
    return made


@pytest.fixture
def subnet(ec2, vpc):
    return ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24", AvailabilityZone="eu-central-1c")["Subnet"]["SubnetId"]


@pytest.fixture
def address(ec2):
    return ec2.allocate_address(Domain="vpc")["AllocationId"]


@pytest.fixture
def group(ec2, vpc):
    return ec2.create_security_group(GroupName="app", Description="d", VpcId=vpc)["GroupId"]


@pytest.mark.parametrize(
    ("operation", "arguments", "code"),
    [
        ("describe_vpcs", {"VpcIds": ["vpc-portal"]}, "InvalidVpcID.Malformed"),
        ("describe_vpcs", {"VpcIds": ["vpc-0123456789abcdef0"]}, "InvalidVpcID.NotFound"),
        ("describe_subnets", {"SubnetIds": ["subnet-db-a"]}, "InvalidSubnetID.Malformed"),
        ("create_subnet", {"VpcId": "portal", "CidrBlock": "10.0.0.0/24"}, "InvalidVpcID.Malformed"),
        ("describe_security_groups", {"GroupIds": ["sg-shop"]}, "InvalidGroupId.Malformed"),
        ("describe_route_tables", {"RouteTableIds": ["rtb-1"]}, "InvalidRouteTableId.Malformed"),
        ("describe_internet_gateways", {"InternetGatewayIds": ["igw-x"]}, "InvalidInternetGatewayId.Malformed"),
        ("describe_nat_gateways", {"NatGatewayIds": ["nat-x"]}, "NatGatewayMalformed"),
        ("describe_nat_gateways", {"NatGatewayIds": ["nat-0123456789abcdef0"]}, "NatGatewayNotFound"),
        ("describe_network_acls", {"NetworkAclIds": ["acl-x"]}, "InvalidNetworkAclId.Malformed"),
        ("describe_network_acls", {"NetworkAclIds": ["acl-0123456789abcdef0"]}, "InvalidNetworkAclID.NotFound"),
        ("describe_vpc_endpoints", {"VpcEndpointIds": ["vpce-x"]}, "InvalidVpcEndpointId.Malformed"),
        ("describe_managed_prefix_lists", {"PrefixListIds": ["pl-x"]}, "InvalidPrefixListId.Malformed"),
        ("delete_flow_logs", {"FlowLogIds": ["fl-0123456789abcdef0"]}, "InvalidFlowLogId.NotFound"),
    ],
)
def test_ids_that_are_none_are_malformed(ec2, refused, operation, arguments, code):
    assert refused(getattr(ec2, operation), **arguments) == code


def test_filters_refuse_no_id(ec2):
    assert ec2.describe_vpcs(Filters=[{"Name": "vpc-id", "Values": ["vpc-portal"]}])["Vpcs"] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("default", "d"),
        ("sg-shop", "d"),
        ("x" * 256, "d"),
        ("a", "it's"),
        ("a", "ü"),
        ("ü", "d"),
        ("a'", "d"),
    ],
)
def test_names_and_descriptions_of_security_groups(ec2, vpc, refused, name, text):
    asked = {"GroupName": name, "Description": text, "VpcId": vpc}
    assert refused(ec2.create_security_group, **asked) == "InvalidParameterValue"


def test_names_of_security_groups_differ_by_more_than_case(ec2, vpc, group, refused):
    asked = {"GroupName": "APP", "Description": "d", "VpcId": vpc}
    assert refused(ec2.create_security_group, **asked) == "InvalidGroup.Duplicate"


def shown(ec2, group):
    [found] = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    return [
        (rule["IpProtocol"], rule.get("FromPort"), rule.get("ToPort"), rule["IpRanges"][0]["CidrIp"])
        for rule in found["IpPermissions"]
    ]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"IpProtocol": "6", "FromPort": 443, "ToPort": 443}, ("tcp", 443, 443)),
        ({"IpProtocol": "TCP", "FromPort": 443, "ToPort": 443}, ("tcp", 443, 443)),
        ({"IpProtocol": "17", "FromPort": 53, "ToPort": 53}, ("udp", 53, 53)),
        ({"IpProtocol": "58", "FromPort": -1, "ToPort": -1}, ("icmpv6", -1, -1)),
        ({"IpProtocol": "icmpv6"}, ("icmpv6", -1, -1)),
        ({"IpProtocol": "50"}, ("50", None, None)),
        ({"IpProtocol": "50", "FromPort": 0, "ToPort": 0}, ("50", None, None)),
        ({"IpProtocol": "-1", "FromPort": 1, "ToPort": 2}, ("-1", None, None)),
    ],
)
def test_rules_are_kept_in_one_form_and_once(ec2, group, refused, asked, kept):
    rule = {"GroupId": group, "IpPermissions": [{**asked, "IpRanges": [{"CidrIp": "192.0.2.77/24"}]}]}
    ec2.authorize_security_group_ingress(**rule)
    assert shown(ec2, group) == [(*kept, "192.0.2.0/24")]
    assert refused(ec2.authorize_security_group_ingress, **rule) == "InvalidPermission.Duplicate"
    ec2.revoke_security_group_ingress(**rule)
    assert shown(ec2, group) == []


@pytest.mark.parametrize(
    "rules",
    [
        [{"IpProtocol": "tcp", **CIDR}],
        [{"IpProtocol": "icmp", "FromPort": 8, **CIDR}],
        [{"IpProtocol": "icmp", "FromPort": -1, "ToPort": 0, **CIDR}],
        [{"IpProtocol": "http", "FromPort": 80, "ToPort": 80, **CIDR}],
        [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "192.0.2.1"}]}],
        [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "192.0.2.0/24", "Description": "it's"}]}],
        [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "192.0.2.0/24", "Description": "x" * 256}]}],
        [{"IpProtocol": "-1", **CIDR}, {"IpProtocol": "-1", **CIDR}],
    ],
)
def test_rules_that_ec2_refuses(ec2, group, refused, rules):
    asked = {"GroupId": group, "IpPermissions": rules}
    assert refused(ec2.authorize_security_group_ingress, **asked) == "InvalidParameterValue"
    assert shown(ec2, group) == []


def test_routes(ec2, vpc, refused):
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    route = {"RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0"}
    assert refused(ec2.create_route, **route) == "MissingParameter"
    assert refused(ec2.create_route, GatewayId=gateway, **route) == "InvalidParameterValue"  # attached to nothing
    unknown = {"NatGatewayId": "nat-0123456789abcdef0"}
    assert refused(ec2.create_route, **unknown, **route) == "InvalidNatGatewayID.NotFound"
    both = {"GatewayId": gateway, **unknown}
    assert refused(ec2.create_route, **both, **route) == "InvalidParameterCombination"
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.create_route(GatewayId=gateway, **route)
    assert refused(ec2.create_route, GatewayId=gateway, **route) == "RouteAlreadyExists"
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="100.68.0.18/18", GatewayId=gateway)
    [found] = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    assert "100.68.0.0/18" in [row["DestinationCidrBlock"] for row in found["Routes"]]


def test_addresses_have_a_quota(ec2, control, refused):
    control.settings(address_quota=1)
    ec2.allocate_address(Domain="vpc")
    assert refused(ec2.allocate_address, Domain="vpc") == "AddressLimitExceeded"


def the_gateway(ec2, made):
    [found] = ec2.describe_nat_gateways(NatGatewayIds=[made["NatGatewayId"]])["NatGateways"]
    return found


def test_a_nat_gateway_without_an_internet_gateway_fails(ec2, vpc, subnet, address, monkeypatch):
    made = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]
    assert (made["State"], made.get("FailureCode")) == ("pending", None)
    found = the_gateway(ec2, made)
    assert (found["State"], found["FailureCode"]) == ("failed", "Gateway.NotAttached")
    assert found["FailureMessage"] == f"Network {vpc} has no Internet gateway attached"
    ec2.release_address(AllocationId=address)
    ec2.delete_subnet(SubnetId=subnet)
    monkeypatch.setattr(nat_gateways, "SHOWN_SECONDS", -1)
    assert ec2.describe_nat_gateways()["NatGateways"] == []


def test_why_it_failed_shows_with_the_state(ec2, control, subnet, address):
    control.settings(transition_polls=1)
    made = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]
    shown = [the_gateway(ec2, made) for _unused in range(2)]
    assert [(row["State"], row.get("FailureCode")) for row in shown] == [
        ("pending", None),
        ("failed", "Gateway.NotAttached"),
    ]


def test_a_nat_gateway_wants_an_address_that_is_there(ec2, vpc, subnet, refused):
    none = "eipalloc-0123456789abcdef0"
    zones = [{"AvailabilityZone": "eu-central-1c", "AllocationIds": [none]}]
    regional = {"AvailabilityMode": "regional", "VpcId": vpc, "AvailabilityZoneAddresses": zones}
    assert refused(ec2.create_nat_gateway, **regional) == "InvalidAllocationID.NotFound"
    assert refused(ec2.create_nat_gateway, SubnetId=subnet, AllocationId=none) == "InvalidAllocationID.NotFound"


def test_a_nat_gateway_whose_address_is_taken_fails(ec2, vpc, subnet, address):
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    one, other = (ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"] for _unused in range(2))
    assert the_gateway(ec2, one)["State"] == "available"
    assert the_gateway(ec2, other)["FailureCode"] == "Resource.AlreadyAssociated"
    private = ec2.create_nat_gateway(SubnetId=subnet, ConnectivityType="private")["NatGateway"]
    assert the_gateway(ec2, private)["State"] == "available"


def test_what_is_set_to_fail_fails(ec2, control, vpc, subnet):
    why = {"code": "InternalError", "message": "Please try again."}
    actions = ("ec2:CreateNatGateway", "ec2:CreateVpcEndpoint")
    control.settings(failing=[{"action": action, **why} for action in actions])
    private = ec2.create_nat_gateway(SubnetId=subnet, ConnectivityType="private")["NatGateway"]
    regional = ec2.create_nat_gateway(AvailabilityMode="regional", VpcId=vpc)["NatGateway"]
    for made in (private, regional):
        found = the_gateway(ec2, made)
        assert (made["State"], found["State"], found["FailureMessage"]) == ("pending", "failed", why["message"])
    asked = {"VpcId": vpc, "ServiceName": "com.amazonaws.eu-central-1.logs", "VpcEndpointType": "Interface"}
    endpoint = ec2.create_vpc_endpoint(SubnetIds=[subnet], **asked)["VpcEndpoint"]
    [found] = ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint["VpcEndpointId"]])["VpcEndpoints"]
    assert (endpoint["State"], found["State"]) == ("pending", "failed")
    assert found["LastError"] == {"Code": why["code"], "Message": why["message"]}
    control.settings(failing=[])
    assert ec2.create_vpc_endpoint(SubnetIds=[subnet], **asked)["VpcEndpoint"]["State"] == "available"


def test_services_are_not_offered_in_every_zone(ec2, control, vpc, subnet):
    name = "com.amazonaws.eu-central-1.email-smtp"
    asked = {"VpcId": vpc, "ServiceName": name, "VpcEndpointType": "Interface", "SubnetIds": [subnet]}
    with pytest.raises(ClientError, match=f"{name} does not support the availability zone of the subnet: {subnet}"):
        ec2.create_vpc_endpoint(**asked)
    [service] = ec2.describe_vpc_endpoint_services(ServiceNames=[name])["ServiceDetails"]
    assert service["AvailabilityZones"] == ["eu-central-1a", "eu-central-1b"]
    control.settings(endpoint_zones={"email-smtp": ["eu-central-1c"]})
    assert ec2.create_vpc_endpoint(**asked)["VpcEndpoint"]["State"] == "available"


def test_a_service_without_policies_takes_none(ec2, vpc, subnet, refused):
    services = ec2.describe_vpc_endpoint_services()["ServiceDetails"]
    name = next(row["ServiceName"] for row in services if not row["VpcEndpointPolicySupported"])
    asked = {"VpcId": vpc, "ServiceName": name, "VpcEndpointType": "Interface", "SubnetIds": [subnet]}
    policy = '{"Version": "2012-10-17", "Statement": []}'
    assert refused(ec2.create_vpc_endpoint, PolicyDocument=policy, **asked) == "InvalidParameter"
