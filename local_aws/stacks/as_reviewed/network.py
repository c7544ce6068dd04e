# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""VPC, subnets of three tiers in two zones, a NAT gateway per zone, security groups by tier."""

from __future__ import annotations

from typing import Any

from local_aws.stacks.as_reviewed.building import ZONES, Building

CIDR = "10.0.0.0/16"
SUBNETS = {"public": 0, "private": 10, "database": 20}  # the third octet of the tier's first subnet
APP_PORT = 8080
EVERYWHERE = "0.0.0.0/0"


def build(stack: Building) -> None:
    ec2 = stack.aws.ec2
    vpc = ec2.create_vpc(CidrBlock=CIDR, TagSpecifications=stack.tagged("vpc", "vpc"))["Vpc"]["VpcId"]
    stack.ids["vpc"] = vpc
    ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsSupport={"Value": True})
    ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    stack.ids["subnets"] = {tier: _subnets(stack, tier, octet) for tier, octet in SUBNETS.items()}
    _routes(stack)
    _security_groups(stack)


def _subnets(stack: Building, tier: str, octet: int) -> list[str]:
    made = []
    for number, zone in enumerate(ZONES):
        subnet = stack.aws.ec2.create_subnet(
            VpcId=stack.ids["vpc"],
            AvailabilityZone=zone,
            CidrBlock=f"10.0.{octet + number}.0/24",
            TagSpecifications=stack.tagged("subnet", tier, number + 1),
        )["Subnet"]["SubnetId"]
        if tier == "public":
            stack.aws.ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
        made.append(subnet)
    return made


def _routes(stack: Building) -> None:
    ec2, subnets = stack.aws.ec2, stack.ids["subnets"]
    gateway = ec2.create_internet_gateway(TagSpecifications=stack.tagged("internet-gateway", "igw"))
    internet = gateway["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=internet, VpcId=stack.ids["vpc"])
    nats, addresses = [], []
    for number, subnet in enumerate(subnets["public"], 1):
        address = ec2.allocate_address(Domain="vpc", TagSpecifications=stack.tagged("elastic-ip", "nat", number))
        nat = ec2.create_nat_gateway(
            SubnetId=subnet,
            AllocationId=address["AllocationId"],
            TagSpecifications=stack.tagged("natgateway", "nat", number),
        )
        addresses.append(address["AllocationId"])
        nats.append(nat["NatGateway"]["NatGatewayId"])
    _wait_for_nats(stack, nats)
    tables = {"public": _route_table(stack, ["public"], subnets["public"], GatewayId=internet)}
    for number, (subnet, nat) in enumerate(zip(subnets["private"], nats, strict=True), 1):
        tables[f"private-{number}"] = _route_table(stack, ["private", number], [subnet], NatGatewayId=nat)
    tables["database"] = _route_table(stack, ["database"], subnets["database"])
    stack.ids.update(internet_gateway=internet, nat_gateways=nats, nat_addresses=addresses, route_tables=tables)


def _wait_for_nats(stack: Building, nats: list[str]) -> None:
    """A route to a gateway that is not there yet is refused."""
    waiter = stack.aws.ec2.get_waiter("nat_gateway_available")
    waiter.wait(NatGatewayIds=nats, WaiterConfig={"Delay": 1, "MaxAttempts": 120})


def _route_table(stack: Building, name: list[object], subnets: list[str], **default_route: str) -> str:
    ec2 = stack.aws.ec2
    made = ec2.create_route_table(VpcId=stack.ids["vpc"], TagSpecifications=stack.tagged("route-table", *name, "rt"))
    table: str = made["RouteTable"]["RouteTableId"]
    if default_route:
        ec2.create_route(RouteTableId=table, DestinationCidrBlock=EVERYWHERE, **default_route)
    for subnet in subnets:
        ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    return table


def _security_groups(stack: Building) -> None:
    """internet -> load balancer -> tasks -> database, and what tasks need of AWS's APIs."""
    groups = {
        tier: _security_group(stack, tier, description)
        for tier, description in (
            ("alb", "Load balancer: HTTP from the internet"),
            ("ecs", "Tasks: the application port from the load balancer"),
            ("aurora", "Database: MySQL from the tasks"),
        )
    }
    stack.ids["security_groups"] = groups
    ec2 = stack.aws.ec2
    for group, permission in (
        (groups["alb"], _from_cidr(80)),
        (groups["ecs"], _from_group(APP_PORT, groups["alb"])),
        (groups["aurora"], _from_group(3306, groups["ecs"])),
    ):
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
    for group, permission in (
        (groups["alb"], _from_group(APP_PORT, groups["ecs"])),
        (groups["ecs"], _from_group(3306, groups["aurora"])),
        (groups["ecs"], _from_cidr(443)),
    ):
        ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[permission])


def _security_group(stack: Building, tier: str, description: str) -> str:
    ec2 = stack.aws.ec2
    group: str = ec2.create_security_group(
        GroupName=stack.name(tier, "sg"),
        Description=description,
        VpcId=stack.ids["vpc"],
        TagSpecifications=stack.tagged("security-group", tier, "sg"),
    )["GroupId"]
    # Terraform takes away the rule that lets everything out, which AWS gives to every new group.
    everything = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": EVERYWHERE}]}
    ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[everything])
    return group


def _from_cidr(port: int) -> dict[str, Any]:
    return {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": EVERYWHERE}]}


def _from_group(port: int, group: str) -> dict[str, Any]:
    return {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "UserIdGroupPairs": [{"GroupId": group}]}
