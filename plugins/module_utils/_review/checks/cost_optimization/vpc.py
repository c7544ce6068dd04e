# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The network's cost: NAT gateways, the S3 endpoint, idle addresses."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...prices import monthly
from ...results import Item, failed, not_applicable, passed
from ..common import ec2_arn, fact, listed, verdict
from ..networks import public_subnets, table_of
from ..sizing import use

_GUIDE = "https://docs.aws.amazon.com/vpc/latest/userguide"


@check(
    id="nat_gateway_count",
    pillar="cost_optimization",
    best_practice="COST08-BP02",
    severity="medium",
    resource_type="AwsEc2NatGateway",
    title="There are as many NAT gateways as the policy asks for",
    needs=("ec2.vpcs", "ec2.nat_gateways", "ec2.subnets", "ec2.route_tables"),
    role="network",
    item="COST-2",
    cost="either",
    downtime=True,
    recommendation="Set network_nat_mode, or say in wa_review_parameters.nat_policy what is meant: one in each zone"
    " survives a zone's failure, a single one or none costs less. Connections through a gateway break when it goes.",
    source=f"{_GUIDE}/nat-gateway-basics.html",
)
def nat_gateway_count(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The VPC's NAT gateways against nat_policy: ha is one for each zone with private subnets."""
    policy = parameters.nat_policy
    for vpc in stack.items("ec2.vpcs"):
        arn, found = ec2_arn(stack, "vpc", vpc["VpcId"]), _gateways(stack, vpc)
        zones = {one.get("AvailabilityZone") for one in _private_subnets(stack, vpc)}
        wanted = {"ha": len(zones), "single": 1, "regional": 1, "none": 0}[policy]
        regional = [one for one in found if one.get("AvailabilityMode") == "regional"]
        each = (monthly("nat.gateway") or 0) + (monthly("vpc.public_ipv4") or 0)
        evidence = f"{len(found)} NAT gateways ({len(regional)} regional), nat_policy {policy} asks for {wanted}"
        evidence += f"; each costs {each:.2f} USD a month and its traffic"
        if not found and policy != "none":
            yield not_applicable(f"the VPC has no NAT gateway, nat_policy is {policy}", arn)
        elif len(found) == wanted and (len(regional) == wanted) is (policy in {"regional", "none"}):
            yield passed(arn, evidence)
        else:
            yield failed(arn, evidence, monthly_usd=round((wanted - len(found)) * each, 2))


@check(
    id="nat_gateway_unused",
    pillar="cost_optimization",
    best_practice="COST04-BP03",
    severity="medium",
    resource_type="AwsEc2NatGateway",
    title="NAT gateways carry traffic",
    needs=("ec2.nat_gateways", "cloudwatch.statistics"),
    role="network",
    item="COST-2",
    cost="lowers",
    recommendation="Set network_nat_mode to single or none; the network role removes gateways that are not asked"
    " for, with their addresses.",
    source=f"{_GUIDE}/metrics-dimensions-nat-gateway.html",
)
def nat_gateway_unused(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """BytesOutToDestination of the last 14 days."""
    for gateway in stack.items("ec2.nat_gateways"):
        arn = ec2_arn(stack, "natgateway", gateway["NatGatewayId"])
        seen = use(
            stack.items("cloudwatch.statistics"), "BytesOutToDestination", NatGatewayId=gateway["NatGatewayId"]
        ).peak
        if seen is None:
            yield not_applicable("CloudWatch has no BytesOutToDestination of the last 14 days", arn)
        else:
            yield verdict(seen > 0, arn, f"BytesOutToDestination peaks at {seen:.0f}")


@check(
    id="vpc_gateway_endpoint_s3",
    pillar="cost_optimization",
    best_practice="COST08-BP03",
    severity="medium",
    resource_type="AwsEc2VpcEndpoint",
    title="Private subnets reach S3 without NAT",
    needs=("ec2.vpcs", "ec2.subnets", "ec2.route_tables", "ec2.vpc_endpoints"),
    role="network",
    item="COST-2",
    cost="lowers",
    recommendation="List s3 in network_gateway_endpoints: the endpoint is free and takes image layers off the NAT.",
    source="https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html",
)
def vpc_gateway_endpoint_s3(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Each route table of a private subnet that leads through a NAT gateway has a gateway endpoint to S3.

    A table without a way out, as the database's, has no traffic to S3 that could cost anything.
    """
    for vpc in stack.items("ec2.vpcs"):
        tables = [table_of(one, stack.items("ec2.route_tables")) for one in _private_subnets(stack, vpc)]
        private = sorted({table["RouteTableId"] for table in tables if table and _through_nat(table)})
        reached = {table for one in _s3_endpoints(stack, vpc) for table in one.get("RouteTableIds") or ()}
        missing = [table for table in private if table not in reached]
        if private:
            evidence = f"route tables of private subnets without an S3 gateway endpoint: {listed(missing)}"
            yield verdict(not missing, ec2_arn(stack, "vpc", vpc["VpcId"]), evidence)


@check(
    id="eip_unassociated",
    pillar="cost_optimization",
    best_practice="COST04-BP03",
    severity="low",
    resource_type="AwsEc2Eip",
    title="No Elastic IP lies idle",
    needs=("ec2.addresses",),
    role="network",
    cost="lowers",
    recommendation="Release the address, if nobody outside has it on a list: aws ec2 release-address.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-12",
)
def eip_unassociated(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """AssociationId of each address."""
    for address in stack.items("ec2.addresses"):
        arn, association = ec2_arn(stack, "elastic-ip", address["AllocationId"]), address.get("AssociationId")
        evidence = fact("AssociationId", association)
        if association:
            yield passed(arn, evidence)
        else:
            yield failed(arn, evidence, monthly_usd=-(monthly("vpc.public_ipv4") or 0))


def _in(vpc: Item, items: tuple[Item, ...]) -> list[Item]:
    return [one for one in items if one.get("VpcId") == vpc["VpcId"]]


def _gateways(stack: Stack, vpc: Item) -> list[Item]:
    """NAT gateways that are billed."""
    return [one for one in _in(vpc, stack.items("ec2.nat_gateways")) if one.get("State") in {"available", "pending"}]


def _private_subnets(stack: Stack, vpc: Item) -> list[Item]:
    subnets = _in(vpc, stack.items("ec2.subnets"))
    public = public_subnets(subnets, stack.items("ec2.route_tables"))
    return [one for one in subnets if one["SubnetId"] not in public]


def _s3_endpoints(stack: Stack, vpc: Item) -> list[Item]:
    return [
        one
        for one in _in(vpc, stack.items("ec2.vpc_endpoints"))
        if one.get("VpcEndpointType") == "Gateway" and str(one.get("ServiceName", "")).endswith(".s3")
    ]


def _through_nat(table: Item) -> bool:
    return any(route.get("NatGatewayId") for route in table.get("Routes") or ())
