# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A network that somebody else has made: found by ids and other names, its IPv6, ranges, routes and addresses kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.network.drifts import EVERYWHERE, found
from tests.integration.network.test_network_role import PLAYBOOK, make_key, tasks
from tests.playbook_run import LocalStack

ZONES = ["us-east-1a", "us-east-1b"]
RANGES = {"public": ["10.0.0.0/24", "10.0.1.0/24"], "private": ["10.0.10.0/24", "10.0.11.0/24"]}
RANGES["database"] = ["10.0.20.0/24", "10.0.21.0/24"]


def named(kind: str, name: str, **further: str) -> list[dict[str, Any]]:
    tags = {"Name": name, "Terraform": "true", **further}
    return [{"ResourceType": kind, "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}]


def make_network(ec2: Any) -> dict[str, Any]:
    """As the usual Terraform module makes one: subnets by zone, one private table, an IPv6 range. Ids by kind."""
    vpc = ec2.create_vpc(
        CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True, TagSpecifications=named("vpc", "shop")
    )
    vpc_id = vpc["Vpc"]["VpcId"]
    ids: dict[str, Any] = {"vpc": vpc_id, "subnets": {}, "tables": {}}
    gateway = ec2.create_internet_gateway(TagSpecifications=named("internet-gateway", "shop"))["InternetGateway"]
    ids["gateway"] = gateway["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=ids["gateway"], VpcId=vpc_id)
    eigw = ec2.create_egress_only_internet_gateway(VpcId=vpc_id)["EgressOnlyInternetGateway"]
    ids["egress_only"] = eigw["EgressOnlyInternetGatewayId"]
    for tier, ranges in RANGES.items():
        table = ec2.create_route_table(VpcId=vpc_id, TagSpecifications=named("route-table", f"shop-{tier}"))
        ids["tables"][tier] = table["RouteTable"]["RouteTableId"]
        for zone, block in zip(ZONES, ranges, strict=True):
            subnet = ec2.create_subnet(
                VpcId=vpc_id,
                CidrBlock=block,
                AvailabilityZone=zone,
                TagSpecifications=named("subnet", f"shop-{tier}-{zone}"),
            )["Subnet"]["SubnetId"]
            ids["subnets"].setdefault(tier, []).append(subnet)
            ec2.associate_route_table(RouteTableId=ids["tables"][tier], SubnetId=subnet)
    six = {"DestinationIpv6CidrBlock": "::/0"}
    ec2.create_route(RouteTableId=ids["tables"]["private"], EgressOnlyInternetGatewayId=ids["egress_only"], **six)
    ec2.create_route(RouteTableId=ids["tables"]["public"], GatewayId=ids["gateway"], **six)
    ec2.create_route(RouteTableId=ids["tables"]["public"], DestinationCidrBlock=EVERYWHERE, GatewayId=ids["gateway"])
    return ids


@pytest.fixture(scope="module")
def network(stack: LocalStack) -> dict[str, Any]:
    make_key(stack)
    return make_network(stack.boto("ec2"))


@pytest.fixture(scope="module")
def variables(network: dict[str, Any]) -> dict[str, Any]:
    return {
        "network_vpc": network["vpc"],
        "network_subnet_names": network["subnets"],
        "network_route_table_names": {tier: [table] for tier, table in network["tables"].items()},
        "network_nat_mode": "single",
        "network_interface_endpoints": [],
        "network_acls_adopted": False,
    }


def names_of(stack: LocalStack, *ids: str) -> dict[str, str]:
    filters = [{"Name": "resource-id", "Values": list(ids)}, {"Name": "key", "Values": ["Name"]}]
    return {tag["ResourceId"]: tag["Value"] for tag in stack.boto("ec2").describe_tags(Filters=filters)["Tags"]}


def six_routes(stack: LocalStack, network: dict[str, Any]) -> list[str]:
    tables = stack.boto("ec2").describe_route_tables(RouteTableIds=list(network["tables"].values()))["RouteTables"]
    return sorted(
        str(route.get("EgressOnlyInternetGatewayId") or route.get("GatewayId"))
        for table in tables
        for route in table["Routes"]
        if route.get("DestinationIpv6CidrBlock") == "::/0"
    )


def acl_of(stack: LocalStack, subnet: str) -> dict[str, Any]:
    filters = [{"Name": "association.subnet-id", "Values": [subnet]}]
    acl: dict[str, Any] = stack.boto("ec2").describe_network_acls(Filters=filters)["NetworkAcls"][0]
    return acl


class TestOtherNames:
    def test_what_would_run_into_the_subnets_is_refused(self, stack: LocalStack, network: dict[str, Any]) -> None:
        result = stack.play(PLAYBOOK, extra_vars={"network_vpc": network["vpc"]})
        words = " ".join(result.stdout.split())
        assert result.rc != 0 and result.recap["changed"] == 0
        assert "overlaps subnet" in words and "adopt it by network_subnet_names" in words

    def test_a_network_is_adopted_by_ids(
        self, stack: LocalStack, network: dict[str, Any], variables: dict[str, Any]
    ) -> None:
        things = [network["vpc"], network["gateway"], *network["tables"].values()]
        things += [subnet for those in network["subnets"].values() for subnet in those]
        names, routes = names_of(stack, *things), six_routes(stack, network)
        foretold = stack.play(PLAYBOOK, check=True, extra_vars=variables).ok()
        made = stack.play(PLAYBOOK, extra_vars=variables).ok()
        assert tasks(foretold) == tasks(made)
        assert names_of(stack, *things) == names, "everything keeps the name that it has"
        assert six_routes(stack, network) == routes, "the ways out of IPv6 are somebody else's"
        assert stack.play(PLAYBOOK, extra_vars=variables).ok().recap["changed"] == 0
        for kind, suffix in (("vpc", "vpc"), ("subnet", "public-1"), ("table", "private-1-rt"), ("igw", "igw")):
            assert found(stack.boto, kind, f"mywebapp-prod-{suffix}") == [], "and nothing is made beside it"

    def test_its_subnets_keep_their_network_acls_until_asked(
        self, stack: LocalStack, network: dict[str, Any], variables: dict[str, Any]
    ) -> None:
        subnet = network["subnets"]["private"][0]
        assert acl_of(stack, subnet)["IsDefault"]
        said = stack.play(PLAYBOOK, "--tags", "network_firewalls", extra_vars=variables).ok()
        assert "its subnets keep their network ACLs" in " ".join(said.stdout.split())
        wanted = {**variables, "network_acls_adopted": True}
        assert tasks(stack.play(PLAYBOOK, extra_vars=wanted).ok()) == ["Network ACLs"]
        entries = acl_of(stack, subnet)["Entries"]
        allowed = [one for one in entries if one["RuleAction"] == "allow" and one.get("Ipv6CidrBlock")]
        assert {one["Egress"] for one in allowed} == {True, False}, "IPv6 is admitted as IPv4 is"
        assert stack.play(PLAYBOOK, extra_vars=wanted).ok().recap["changed"] == 0


class TestRanges:
    def test_private_subnets_from_a_further_range(self, stack: LocalStack) -> None:
        stack.control.reset()
        make_key(stack)
        further = {"network_private_cidrs": ["100.64.0.0/18", "100.64.64.0/18"], "network_interface_endpoints": []}
        refused = stack.play(PLAYBOOK, extra_vars=further)
        assert refused.rc != 0 and refused.recap["changed"] == 0
        assert "name a further range of the VPC in network_secondary_cidrs" in " ".join(refused.stdout.split())
        wanted = {**further, "network_secondary_cidrs": ["100.64.0.0/16"]}
        assert tasks(stack.play(PLAYBOOK, check=True, extra_vars=wanted).ok()) == tasks(
            stack.play(PLAYBOOK, extra_vars=wanted).ok()
        )
        [subnet] = found(stack.boto, "subnet", "mywebapp-prod-private-1")
        assert subnet["CidrBlock"] == "100.64.0.0/18"
        [group] = found(stack.boto, "group", "mywebapp-prod-endpoints-sg")
        admitted = {one["CidrIp"] for rule in group["IpPermissions"] for one in rule["IpRanges"]}
        assert admitted == {"10.0.0.0/16", "100.64.0.0/16"}
        assert stack.play(PLAYBOOK, extra_vars=wanted).ok().recap["changed"] == 0

    def test_a_range_that_the_vpc_has_need_not_be_named(self, stack: LocalStack) -> None:
        there = {"network_private_cidrs": ["100.64.0.0/18", "100.64.64.0/18"], "network_interface_endpoints": []}
        assert stack.play(PLAYBOOK, extra_vars=there).ok().recap["changed"] == 0


ENDPOINTS = {"network_interface_endpoints": ["ecr.api", "ecr.dkr", "logs", "secretsmanager"]}


@pytest.fixture(scope="class")
def allocate(stack: LocalStack) -> Callable[..., str]:
    """Makes an address in an account that was empty."""
    stack.control.reset()
    make_key(stack)

    def allocated(name: str, **tags: str) -> str:
        specification = named("elastic-ip", name, **tags)
        return str(stack.boto("ec2").allocate_address(Domain="vpc", TagSpecifications=specification)["AllocationId"])

    return allocated


class TestAddresses:
    """Addresses of the user's, and one that somebody has reserved."""

    OWN = "network_nat_allocation_ids"

    def test_own_addresses_serve_and_stay(self, stack: LocalStack, allocate: Callable[..., str]) -> None:
        own = [allocate("partner-1"), allocate("mywebapp-prod-nat-2")]
        before = stack.boto("ec2").describe_addresses(AllocationIds=own)["Addresses"]
        wanted = {self.OWN: own, "network_interface_endpoints": []}
        stack.play(PLAYBOOK, extra_vars=wanted).ok()
        serving = {
            one["NatGatewayAddresses"][0]["AllocationId"]
            for number in (1, 2)
            for one in found(stack.boto, "nat", f"mywebapp-prod-nat-{number}")
        }
        assert serving == set(own) and len(stack.boto("ec2").describe_addresses()["Addresses"]) == 2
        assert stack.play(PLAYBOOK, extra_vars=wanted).ok().recap["changed"] == 0
        stack.play(PLAYBOOK, extra_vars={**wanted, "network_nat_mode": "none", **ENDPOINTS}).ok()
        after = stack.boto("ec2").describe_addresses(AllocationIds=own)["Addresses"]
        assert [one["Tags"] for one in after] == [one["Tags"] for one in before], "not released, not even tagged"

    def test_a_reserved_address_of_a_gateway_s_name_stays(
        self, stack: LocalStack, allocate: Callable[..., str]
    ) -> None:
        reserved = allocate("mywebapp-prod-nat-3", Project="somebody-else")
        before = stack.boto("ec2").describe_addresses(AllocationIds=[reserved])["Addresses"]
        variables = {"network_nat_mode": "per_az", "network_interface_endpoints": []}
        result = stack.play(PLAYBOOK, extra_vars=variables).ok()
        assert stack.boto("ec2").describe_addresses(AllocationIds=[reserved])["Addresses"] == before
        assert "stays, as it has not served the NAT gateway of that name" in " ".join(result.stdout.split())
