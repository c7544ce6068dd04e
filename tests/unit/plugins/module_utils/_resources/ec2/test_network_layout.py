# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan of a network: what is made of zones and ranges, and what is refused at once."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.network_found import Found
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.network_layout import layout
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.vpc import MADE

ZONES = ["us-east-1a", "us-east-1b"]
CIDRS = {
    "public": ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"],
    "private": ["10.0.10.0/24", "10.0.11.0/24", "10.0.12.0/24"],
    "database": ["10.0.20.0/24", "10.0.21.0/24", "10.0.22.0/24"],
}
EVERYWHERE = "0.0.0.0/0"


def plan(**changes: Any) -> dict[str, Any]:
    options = {
        "prefix": "mywebapp-prod",
        "vpc_cidr": "10.0.0.0/16",
        "zones": ZONES,
        "region": "us-east-1",
        "known_zones": [*ZONES, "us-east-1c", "us-east-1d"],
        "cidrs": CIDRS,
        "nat_mode": "per_az",
        "interface_endpoints": ["ecr.api", "ecr.dkr", "logs", "secretsmanager"],
    }
    return layout(**{**options, **changes})


def test_names_and_ranges_are_those_of_the_reviewed_stack() -> None:
    made = {one["name"]: (one["availability_zone"], one["cidr_block"]) for one in plan()["subnets"]}
    assert made == {
        "mywebapp-prod-public-1": ("us-east-1a", "10.0.0.0/24"),
        "mywebapp-prod-public-2": ("us-east-1b", "10.0.1.0/24"),
        "mywebapp-prod-private-1": ("us-east-1a", "10.0.10.0/24"),
        "mywebapp-prod-private-2": ("us-east-1b", "10.0.11.0/24"),
        "mywebapp-prod-database-1": ("us-east-1a", "10.0.20.0/24"),
        "mywebapp-prod-database-2": ("us-east-1b", "10.0.21.0/24"),
    }


def test_three_zones_take_the_third_range() -> None:
    three = plan(zones=[*ZONES, "us-east-1c"])
    assert len(three["subnets"]) == 9
    assert len(three["route_tables"]) == 5
    assert [one["name"] for one in three["superfluous_nat_gateways"]] == ["mywebapp-prod-nat-regional"]


@pytest.mark.parametrize(
    ("mode", "gateways", "ways_out"),
    [
        ("per_az", ["nat-1", "nat-2"], ["nat-1", "nat-2"]),
        ("single", ["nat-1"], ["nat-1", "nat-1"]),
        ("regional", ["nat-regional"], ["nat-regional", "nat-regional"]),
        ("none", [], []),
    ],
)
def test_a_nat_mode_decides_gateways_and_routes(mode: str, gateways: list[str], ways_out: list[str]) -> None:
    made = plan(nat_mode=mode)
    prefixed = [f"mywebapp-prod-{name}" for name in gateways]
    assert [one["name"] for one in made["nat_gateways"]] == prefixed
    private = [one for one in made["route_tables"] if "-private-" in one["name"]]
    assert [route["nat_gateway"] for one in private for route in one["routes"]] == [
        f"mywebapp-prod-{name}" for name in ways_out
    ]
    superfluous = {one["name"] for one in made["superfluous_nat_gateways"]}
    assert not superfluous & set(prefixed)
    assert len(superfluous) + len(prefixed) == 4


def test_the_database_has_no_way_out() -> None:
    tables = {one["name"]: one for one in plan()["route_tables"]}
    assert tables["mywebapp-prod-database-rt"]["routes"] == []
    assert tables["mywebapp-prod-database-rt"]["purge_routes"] == "internet"
    public = tables["mywebapp-prod-public-rt"]["routes"]
    assert public == [{"destination": EVERYWHERE, "internet_gateway": "mywebapp-prod-igw"}]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"zones": ["us-east-1a"]}, "name 2 or 3 different zones"),
        ({"zones": ["us-east-1a", "us-east-1a"]}, "name 2 or 3 different zones"),
        ({"zones": ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"]}, "name 2 or 3 different zones"),
        ({"zones": ["us-east-1a", "eu-west-1b"]}, "zone eu-west-1b is none of region us-east-1"),
        ({"vpc_cidr": "10.1.0.0/16"}, "network_public_cidrs[0] 10.0.0.0/24 is not inside network_vpc_cidr 10.1.0.0/16"),
        ({"vpc_cidr": "10.0.0.0/8"}, "AWS takes /16 to /28"),
        ({"vpc_cidr": "10.0.0.1/16"}, "is no IPv4 range"),
        ({"vpc_cidr": "ten"}, "network_vpc_cidr ten is no IPv4 range"),
        (
            {"cidrs": {**CIDRS, "private": ["10.0.0.0/24", "10.0.11.0/24"]}},
            "network_public_cidrs[0] 10.0.0.0/24 and network_private_cidrs[0] 10.0.0.0/24 overlap",
        ),
        ({"cidrs": {**CIDRS, "database": ["10.0.20.0/24"]}}, "network_database_cidrs has 1 ranges for 2 zones"),
        ({"nat_mode": "none", "interface_endpoints": ["logs"]}, "no way to ecr.api, ecr.dkr, secretsmanager"),
        (
            {"nat_mode": "none", "gateway_endpoints": []},
            "none leaves the private subnets no way to S3",
        ),
        (
            {"app_egress_cidrs": [], "gateway_endpoints": []},
            "cidrs [] leaves the tasks no way to S3",
        ),
        ({"app_egress_cidrs": [], "interface_endpoints": []}, "leaves the tasks no way to ecr.api"),
        ({"secondary_cidrs": ["100.64.0.0/8"]}, "network_secondary_cidrs[0] 100.64.0.0/8 is no IPv4 range"),
        ({"cidrs": {**CIDRS, "private": ["100.64.0.0/18", "100.64.64.0/18"]}}, "in network_secondary_cidrs"),
        ({"interface_endpoints": ["s3", "ecr.api", "ecr.dkr"]}, "s3 is among network_interface_endpoints"),
        ({"nat_mode": "regional", "nat_allocations": ["eipalloc-1"]}, "AWS brings a regional one's addresses"),
        ({"nat_allocations": ["eipalloc-1"]}, "has 1 addresses for 2 gateways"),
        ({"nat_allocations": ["eipalloc-1", "eipalloc-1"]}, "names an address twice"),
        ({"subnet_names": {"public": ["a"]}}, "network_subnet_names.public is a; name a subnet of its own for each"),
        ({"own_endpoints": [{"type": "interface"}]}, "network_endpoints[0] has no service"),
        ({"own_endpoints": [{"service": "logs"}]}, "is called mywebapp-prod-logs as another one is"),
    ],
)
def test_what_cannot_work_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        plan(**changes)
    assert reason in str(refusal.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Refusal) as refusal:
        plan(zones=["us-east-1a"], vpc_cidr="10.9.0.0/16")
    assert len(refusal.value.reasons) == 4


def subnet(name: str, cidr: str, zone: str = "us-east-1a") -> dict[str, Any]:
    return {"SubnetId": f"subnet-{name}", "CidrBlock": cidr, "AvailabilityZone": zone, "Tags": {"Name": name}}


def there(**changes: Any) -> Found:
    """An existing VPC of the plan's name."""
    vpc = {
        "VpcId": "vpc-1",
        "CidrBlock": "10.0.0.0/16",
        "CidrBlockAssociationSet": [{"CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "associated"}}],
        "Tags": {"Name": "mywebapp-prod-vpc"},
    }
    return Found(**{"vpc": vpc, "zones": {"us-east-1a": "use1-az6", "us-east-1b": "use1-az1"}, **changes})


def test_zones_are_the_region_s_first_where_none_are_named() -> None:
    assert plan(zones=[], known_zones=["r-d", "r-c", "r-a"])["zones"] == ["r-a", "r-c"]


def test_zones_of_existing_subnets_are_kept() -> None:
    subnets = [subnet("mywebapp-prod-private-1", "10.0.10.0/24", "us-east-1d")]
    assert plan(zones=[], found=there(subnets=subnets))["zones"] == ["us-east-1d", "us-east-1a"]
    three = [
        subnet(f"mywebapp-prod-public-{n}", f"10.0.{n - 1}.0/24", zone)
        for n, zone in ((1, "us-east-1b"), (2, "us-east-1c"), (3, "us-east-1a"))
    ]
    assert plan(zones=[], found=there(subnets=three))["zones"] == ["us-east-1b", "us-east-1c", "us-east-1a"]


def test_the_second_subnet_of_a_run_that_was_ended_stays_the_second() -> None:
    alone = [subnet("mywebapp-prod-database-2", "10.0.21.0/24", "us-east-1b")]
    assert plan(zones=[], found=there(subnets=alone))["zones"] == ["us-east-1a", "us-east-1b"]


def test_zones_may_be_given_by_id() -> None:
    made = plan(zones=["use1-az1", "use1-az6"], found=Found(zones={"us-east-1a": "use1-az6", "us-east-1b": "use1-az1"}))
    assert made["zones"] == ["us-east-1b", "us-east-1a"]


def test_a_range_may_be_in_a_further_range_of_the_vpc() -> None:
    cidrs = {**CIDRS, "private": ["100.64.0.0/18", "100.64.64.0/18"]}
    assert plan(cidrs=cidrs, secondary_cidrs=["100.64.0.0/16"])["ranges"] == ["10.0.0.0/16", "100.64.0.0/16"]
    vpc = there().vpc or {}
    associated = [{"CidrBlock": block, "CidrBlockState": {"State": "associated"}} for block in ("100.64.0.0/16",)]
    found = there(vpc={**vpc, "CidrBlockAssociationSet": [*vpc["CidrBlockAssociationSet"], *associated]})
    assert plan(cidrs=cidrs, found=found)["ranges"] == ["10.0.0.0/16", "100.64.0.0/16"], "those that it has count"


@pytest.mark.parametrize(
    ("there_already", "reason"),
    [
        (subnet("shop-public-us-east-1a", "10.0.0.0/20"), "overlaps subnet subnet-shop-public-us-east-1a"),
        (subnet("mywebapp-prod-public-1", "10.0.5.0/24"), "subnet mywebapp-prod-public-1 keeps its 10.0.5.0/24"),
        (subnet("mywebapp-prod-public-1", "10.0.0.0/24", "us-east-1c"), "is in us-east-1c, where it stays"),
    ],
)
def test_subnets_that_are_there_are_not_run_into(there_already: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        plan(found=there(subnets=[there_already]))
    assert reason in str(refusal.value)


def test_a_network_of_other_names_is_adopted() -> None:
    """As the usual Terraform module calls them: one private table for all zones, an unnamed gateway."""
    names = {tier: [f"shop-{tier}-{zone}" for zone in ZONES] for tier in ("public", "private", "database")}
    subnets = [
        subnet(name, CIDRS[tier][number], ZONES[number]) for tier in names for number, name in enumerate(names[tier])
    ]
    tables = {"public": ["shop-public"], "private": ["shop-private"], "database": ["shop-database"]}
    gateway = {"InternetGatewayId": "igw-1", "Tags": {}}
    made = plan(
        vpc="vpc-0a1b2c3d",
        zones=[],
        nat_mode="single",
        subnet_names=names,
        route_table_names=tables,
        found=there(subnets=subnets, internet_gateway=gateway),
    )
    assert {one["name"] for one in made["subnets"]} == {name for those in names.values() for name in those}
    assert {one["vpc"] for one in (*made["subnets"], *made["route_tables"])} == {"vpc-0a1b2c3d"}
    by_name = {one["name"]: one for one in made["route_tables"]}
    assert set(by_name) == {"shop-public", "shop-private", "shop-database"}
    assert by_name["shop-private"]["subnets"] == names["private"]
    assert by_name["shop-public"]["routes"] == [{"destination": EVERYWHERE, "internet_gateway": "igw-1"}]
    [s3] = [one for one in made["endpoints"] if one["service"] == "s3"]
    assert s3["route_tables"] == ["shop-private"]
    assert not made["is_own"]


def test_routes_of_others_are_not_lost_with_their_table() -> None:
    table = {
        "RouteTableId": "rtb-9",
        "Tags": {"Name": "shop-private"},
        "Associations": [{"SubnetId": "subnet-mywebapp-prod-private-1"}],
        "Routes": [
            {"DestinationCidrBlock": "10.8.0.0/16", "TransitGatewayId": "tgw-1"},
            {"DestinationCidrBlock": EVERYWHERE, "NatGatewayId": "nat-1"},
        ],
    }
    subnets = [subnet("mywebapp-prod-private-1", "10.0.10.0/24")]
    with pytest.raises(
        Refusal, match=r"uses route table rtb-9 \(shop-private\), whose routes to 10.8.0.0/16 it would lose"
    ):
        plan(found=there(subnets=subnets, route_tables=[table]))
    adopted = {"private": ["shop-private", "mywebapp-prod-private-2-rt"]}
    plan(found=there(subnets=subnets, route_tables=[table]), route_table_names=adopted)
    harmless = {**table, "Routes": table["Routes"][1:]}
    plan(found=there(subnets=subnets, route_tables=[harmless]))


def test_a_way_out_through_a_transit_gateway_is_left_alone() -> None:
    """And with it the private subnets need no endpoints."""
    tables = [
        {
            "RouteTableId": f"rtb-{number}",
            "Tags": {"Name": f"mywebapp-prod-private-{number}-rt"},
            "Routes": [{"DestinationCidrBlock": EVERYWHERE, "TransitGatewayId": "tgw-1"}],
        }
        for number in (1, 2)
    ]
    with pytest.raises(Refusal, match="leads everywhere through tgw-1, which would be replaced"):
        plan(found=there(route_tables=tables))
    plan(found=there(route_tables=tables), nat_mode="none", interface_endpoints=[])
    with pytest.raises(Refusal, match=r"no way to ecr\.api"):
        plan(found=there(route_tables=tables[:1]), nat_mode="none", interface_endpoints=[])


def test_a_vpc_is_own_that_is_to_be_made_or_bears_the_mark_or_had_its_acl() -> None:
    assert plan()["is_own"]
    assert not plan(found=there())["is_own"]
    assert plan(found=there(acl_names=["mywebapp-prod-public-acl"]))["is_own"]
    assert plan(found=there(vpc={**(there().vpc or {}), "Tags": {MADE: "true"}}))["is_own"]


def test_own_addresses_are_given_in_the_order_of_the_zones_and_known_when_their_gateway_goes() -> None:
    both = ["eipalloc-1", "eipalloc-2"]
    assert [one["allocation"] for one in plan(nat_allocations=both)["nat_gateways"]] == both
    superfluous = plan(nat_allocations=both, nat_mode="single")["superfluous_nat_gateways"]
    assert superfluous[0] == {"name": "mywebapp-prod-nat-2", "state": "absent", "allocation": "eipalloc-2"}


def refused(**changes: Any) -> str:
    with pytest.raises(Refusal) as caught:
        plan(**changes)
    (reason,) = caught.value.reasons
    return reason


def test_a_public_subnet_to_be_made_has_room_for_a_load_balancer() -> None:
    small = {**CIDRS, "public": ["10.0.0.0/27", "10.0.1.0/28"]}
    assert "network_public_cidrs[1] 10.0.1.0/28 is too small for the load balancer" in refused(cidrs=small)
    others = {**CIDRS, "private": ["10.0.10.0/28", "10.0.11.0/28"], "database": ["10.0.20.0/28", "10.0.21.0/28"]}
    assert plan(cidrs=others)["warnings"] == [], "no load balancer is there"


@pytest.mark.parametrize(
    ("cidr", "free", "is_said"), [("10.0.0.0/28", 11, True), ("10.0.0.0/24", 7, True), ("10.0.0.0/24", 8, False)]
)
def test_one_that_is_there_keeps_its_size_and_is_warned_of(cidr: str, free: int, is_said: bool) -> None:
    one = {**subnet("mywebapp-prod-public-1", cidr, "us-east-1a"), "AvailableIpAddressCount": free}
    cidrs = {**CIDRS, "public": [cidr, "10.0.1.0/24"]}
    warnings = plan(cidrs=cidrs, found=there(subnets=[one]))["warnings"]
    assert bool(warnings) is is_said and all("too small for a new load balancer" in text for text in warnings)


def test_two_things_of_one_name_are_refused_with_their_ids() -> None:
    one = subnet("mywebapp-prod-private-1", "10.0.10.0/24", "us-east-1a")
    twice = [{**one, "SubnetId": "subnet-b"}, {**one, "SubnetId": "subnet-a", "CidrBlock": "10.0.10.0/24"}]
    assert "subnet mywebapp-prod-private-1: subnet-a, subnet-b" in refused(found=there(subnets=twice))
    tables = [
        {"RouteTableId": name, "Tags": {"Name": "mywebapp-prod-public-rt"}, "Routes": [], "Associations": []}
        for name in ("rtb-1", "rtb-2")
    ]
    assert "route_table mywebapp-prod-public-rt: rtb-1, rtb-2" in refused(found=there(route_tables=tables))


@pytest.mark.parametrize("name", ["subnet-0123456789abcdef0", "subnet-0a1b2c3d"])
def test_a_subnet_s_id_that_the_vpc_has_not_is_refused(name: str) -> None:
    assert f"names {name}, which VPC vpc-1 has not" in refused(subnet_names={"public": [name, "b"]}, found=there())


def test_a_name_with_other_digits_is_a_name() -> None:
    made = plan(subnet_names={"public": ["subnet-0a1b2c3d4", "subnet-db-a"]}, found=there())
    assert made["names"]["public"] == ["subnet-0a1b2c3d4", "subnet-db-a"]


def test_a_route_table_s_id_that_the_vpc_has_not_is_refused() -> None:
    names = {"public": ["rtb-0123456789abcdef0"]}
    assert "network_route_table_names.public names rtb-0123456789abcdef0" in refused(route_table_names=names)
