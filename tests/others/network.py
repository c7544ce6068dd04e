# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Another network, and what others have in the stack's."""

from __future__ import annotations

from typing import Any

from tests.others.common import BUCKET, FILTER, PREFIX, TEAM, Thing, own_vpc, team_tagged
from tests.playbook_run import LocalStack


def _other_network(stack: LocalStack) -> None:
    """A VPC beside the stack's with a group that is described as the stack's, addresses called as its gateways'."""
    ec2 = stack.boto("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.99.0.0/16", TagSpecifications=team_tagged("vpc", "theirs"))["Vpc"]["VpcId"]
    group = ec2.create_security_group(
        GroupName=f"{PREFIX}-theirs-sg",
        Description="Cache: from the tasks",
        VpcId=vpc,
        TagSpecifications=team_tagged("security-group", f"{PREFIX}-cache-sg"),
    )["GroupId"]
    _admit(ec2, group, "Cache commands from the tasks")
    for name in (f"{PREFIX}-nat-3", f"{PREFIX}-bastion"):
        ec2.allocate_address(Domain="vpc", TagSpecifications=team_tagged("elastic-ip", name))


def _admit(ec2: Any, group: str, description: str) -> None:
    source = {"CidrIp": "10.99.0.0/16", "Description": description}
    permission = {"IpProtocol": "tcp", "FromPort": 6379, "ToPort": 6379, "IpRanges": [source]}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])


def _inside_network(stack: LocalStack) -> None:
    """In the stack's VPC: a group that is described and tagged as the stack's is, flow logs, an ACL, a way out."""
    ec2, vpc = stack.boto("ec2"), own_vpc(stack)
    group = ec2.create_security_group(
        GroupName=f"{PREFIX}-theirs",
        Description="Cache: from the tasks",
        VpcId=vpc,
        TagSpecifications=team_tagged("security-group", f"{PREFIX}-cache-sg"),
    )["GroupId"]
    _admit(ec2, group, "Cache commands from the tasks")
    acl = ec2.create_network_acl(VpcId=vpc, TagSpecifications=team_tagged("network-acl", "theirs"))["NetworkAcl"]
    ec2.create_network_acl_entry(
        NetworkAclId=acl["NetworkAclId"], RuleNumber=7, Protocol="-1", RuleAction="deny", Egress=False,
        CidrBlock="10.99.0.0/16",
    )  # fmt: skip
    ec2.create_flow_logs(
        ResourceType="VPC",
        ResourceIds=[vpc],
        TrafficType="REJECT",
        LogDestinationType="s3",
        LogDestination=f"arn:aws:s3:::{BUCKET}",
        TagSpecifications=[{"ResourceType": "vpc-flow-log", "Tags": [TEAM]}],
    )
    theirs = ec2.describe_vpcs(Filters=FILTER)["Vpcs"][0]["VpcId"]
    peering = ec2.create_vpc_peering_connection(VpcId=theirs, PeerVpcId=vpc)["VpcPeeringConnection"]
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering["VpcPeeringConnectionId"])
    for table in _tables(ec2, vpc):
        ec2.create_route(
            RouteTableId=table["RouteTableId"],
            DestinationCidrBlock="10.99.0.0/16",
            VpcPeeringConnectionId=peering["VpcPeeringConnectionId"],
        )
    ec2.create_tags(Resources=_ids_inside(ec2, vpc), Tags=[TEAM])


def _tables(ec2: Any, vpc: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])[
        "RouteTables"
    ]
    return found


def _ids_inside(ec2: Any, vpc: str) -> list[str]:
    """The stack's own things that stay."""
    inside = [{"Name": "vpc-id", "Values": [vpc]}]
    return [
        vpc,
        *(one["SubnetId"] for one in ec2.describe_subnets(Filters=inside)["Subnets"]),
        *(one["RouteTableId"] for one in _tables(ec2, vpc)),
        *(one["GroupId"] for one in ec2.describe_security_groups(Filters=inside)["SecurityGroups"]),
        *(one["NatGatewayId"] for one in ec2.describe_nat_gateways(Filter=inside)["NatGateways"]),
    ]


def _other_network_seen(stack: LocalStack) -> dict[str, Any]:
    ec2 = stack.boto("ec2")
    vpcs = ec2.describe_vpcs(Filters=[*FILTER, {"Name": "tag:Name", "Values": ["theirs"]}])["Vpcs"]
    inside = [{"Name": "vpc-id", "Values": [one["VpcId"] for one in vpcs]}]
    groups = ec2.describe_security_groups(Filters=inside)["SecurityGroups"]
    return {"vpcs": vpcs, "groups": groups, "addresses": ec2.describe_addresses(Filters=FILTER)["Addresses"]}


def _inside_network_seen(stack: LocalStack) -> dict[str, Any]:
    ec2 = stack.boto("ec2")
    vpc = own_vpc(stack)
    names = [{"Name": "group-name", "Values": [f"{PREFIX}-theirs"]}]
    tags = ec2.describe_tags(Filters=[{"Name": "key", "Values": [TEAM["Key"]]}])["Tags"]
    return {
        "groups": ec2.describe_security_groups(Filters=names)["SecurityGroups"],
        "acls": ec2.describe_network_acls(Filters=FILTER)["NetworkAcls"],
        "flow logs": [one for one in ec2.describe_flow_logs()["FlowLogs"] if one.get("LogDestinationType") == "s3"],
        "tags": sorted((tag["ResourceId"], tag["Value"]) for tag in tags),
        "routes": sorted(
            (table["RouteTableId"], route["VpcPeeringConnectionId"])
            for table in _tables(ec2, vpc)
            for route in table["Routes"]
            if route.get("VpcPeeringConnectionId")
        ),
    }


THINGS = (
    Thing("other network", _other_network, _other_network_seen),
    Thing("inside network", _inside_network, _inside_network_seen, on="vpc"),
)
