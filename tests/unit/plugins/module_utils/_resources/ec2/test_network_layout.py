# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan of a network: what is made of zones and ranges, and what is refused at once."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.module_utils._engine.errors import Refusal
from plugins.module_utils._resources.ec2.network_layout import layout

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
