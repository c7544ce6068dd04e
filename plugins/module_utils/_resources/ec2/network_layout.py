# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan of a network: subnets, ways out and endpoints from zones and ranges, checked as a whole. Pure.

https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ..._engine.errors import Refusal
from . import network_checks as checks
from .network_checks import EVERYWHERE, TIERS, ZONES, Ranges
from .network_endpoints import Asked, endpoints, own_reasons
from .network_found import Found

NAT_MODES = ("per_az", "single", "regional", "none")
Names = Mapping[str, Sequence[str]]
NOTHING = Found()


def layout(
    *,
    prefix: str,
    vpc_cidr: str,
    zones: Sequence[str],
    region: str,
    known_zones: Collection[str],
    cidrs: Ranges,
    nat_mode: str,
    interface_endpoints: Sequence[str] = (),
    public_addresses: bool = False,
    found: Found = NOTHING,
    vpc: str = "",
    secondary_cidrs: Sequence[str] = (),
    subnet_names: Names | None = None,
    route_table_names: Names | None = None,
    internet_gateway: str = "",
    nat_allocations: Sequence[str] = (),
    gateway_endpoints: Sequence[str] = ("s3",),
    own_endpoints: Sequence[Mapping[str, Any]] = (),
    endpoint_policies: Mapping[str, Any] | None = None,
    endpoint_groups: Sequence[str] = (),
    app_egress_cidrs: Sequence[str] = (EVERYWHERE,),
) -> dict[str, Any]:
    """What the modules of the network are to make, in their options' shape, with what is to be said under warnings.

    cidrs: tier to ranges, one for each zone in the zones' order; further ranges are kept for further zones.
    known_zones: the zones of the region that can be used. zones: names or ids, none for those that the network has or
    the region's first. public_addresses: for the public tier alone. vpc, subnet_names, route_table_names,
    internet_gateway: what is not called as the prefix says, by name or id. nat_allocations: the user's own addresses.
    own_endpoints, endpoint_policies, endpoint_groups: see network_endpoints.Asked.
    Errors: Refusal with everything that is wrong.
    """
    vpc = vpc or f"{prefix}-vpc"
    wanted_names = {tier: list((subnet_names or {}).get(tier) or []) for tier in TIERS}
    zones = _zones(zones, known_zones, found, prefix, wanted_names)
    names = {tier: _names(wanted_names[tier], f"{prefix}-{tier}-", len(zones)) for tier in TIERS}
    nats = _nat_gateways(prefix, vpc, names["public"], nat_mode, nat_allocations)
    asked = Asked(gateway_endpoints, interface_endpoints, own_endpoints, endpoint_policies or {}, endpoint_groups)
    gateway = _internet_gateway(internet_gateway or f"{prefix}-igw", found)
    tables = _route_tables(prefix, vpc, names, [nat["name"] for nat in nats], route_table_names or {}, gateway)
    private_tables = [table["name"] for table in tables if set(table["subnets"]) & set(names["private"])]
    led_out = set(private_tables) <= set(checks.other_ways(tables, found))
    closed = "" if led_out else nat_mode
    reasons = [
        *checks.zones(zones, region, known_zones),
        *checks.ranges(vpc_cidr, secondary_cidrs, cidrs, len(zones), found.further_ranges),
        *checks.names(names, len(zones)),
        *checks.existing(names, cidrs, zones, found),
        *checks.doubles(names, tables, found),
        *checks.unknown_tables(route_table_names or {}, found),
        *checks.small(names["public"], cidrs["public"], found),
        *checks.lost_routes(names, tables, found),
        *checks.replaced_ways(tables, found),
        *checks.ways_out(closed, app_egress_cidrs, interface_endpoints, gateway_endpoints),
        *checks.addresses(nat_mode, nat_allocations, len(nats)),
        *checks.endpoints(interface_endpoints, zones, found, region),
        *own_reasons(prefix, asked, zones, names["private"], found, region),
    ]
    if reasons:
        raise Refusal(reasons)
    wanted = {nat["name"] for nat in nats}
    return {
        "zones": list(zones),
        "names": names,
        "ranges": sorted({vpc_cidr, *secondary_cidrs, *found.further_ranges}),
        "ipv6_ranges": found.ipv6_ranges,
        "is_own": found.is_own(f"{prefix}-public-acl"),
        "internet_gateway": gateway,
        "subnets": [
            {
                "name": name,
                "vpc": vpc,
                "cidr_block": cidrs[tier][number],
                "availability_zone": zone,
                "map_public_ip": public_addresses and tier == "public",
            }
            for tier in TIERS
            for number, (name, zone) in enumerate(zip(names[tier], zones, strict=True))
        ],
        "nat_gateways": nats,
        "superfluous_nat_gateways": [one for one in _candidates(prefix, nat_allocations) if one["name"] not in wanted],
        "route_tables": tables,
        "endpoints": list(endpoints(prefix, asked, zones, names["private"], private_tables, found)),
        "warnings": [*checks.partly_served(interface_endpoints, zones, found), *checks.full(names["public"], found)],
    }


def _zones(
    given: Sequence[str], known: Collection[str], found: Found, prefix: str, wanted: Mapping[str, Sequence[str]]
) -> list[str]:
    """Names of the zones that are given by name or id; else those of the subnets, and the region's first."""
    if given:
        names = {zone_id: name for name, zone_id in found.zones.items()}
        return [names.get(zone, zone) for zone in given]
    called = {name: one["AvailabilityZone"] for one in found.subnets for name in checks.called(one)}
    kept: dict[int, str] = {}
    for number in range(max(ZONES)):
        choices = [called.get((wanted[tier] or [f"{prefix}-{tier}-{number + 1}"])[: number + 1][-1]) for tier in TIERS]
        zone = next((zone for zone in choices if zone and zone not in kept.values()), None)
        if zone:
            kept[number] = zone
    others = iter([zone for zone in sorted(known) if zone not in kept.values()])
    # Of a run that was ended only the second subnet may be there, and stays the second.
    numbered = [kept.get(number) or next(others, "") for number in range(max([min(ZONES), *(one + 1 for one in kept)]))]
    return list(filter(None, numbered))


def _names(given: Sequence[str], stem: str, number: int) -> list[str]:
    return list(given[:number]) if given else [f"{stem}{i}" for i in range(1, number + 1)]


def _internet_gateway(name: str, found: Found) -> str:
    """The name, or the id of the one that the VPC has under another."""
    there = found.internet_gateway
    return name if there is None or name in checks.called(there) else str(there["InternetGatewayId"])


def _nat_gateways(
    prefix: str, vpc: str, public: Sequence[str], mode: str, allocations: Sequence[str]
) -> list[dict[str, str]]:
    if mode == "none":
        return []
    if mode == "regional":
        return [{"name": f"{prefix}-nat-regional", "vpc": vpc, "availability_mode": "regional"}]
    subnets = public if mode == "per_az" else public[:1]
    return [
        {
            "name": f"{prefix}-nat-{number}",
            "subnet": subnet,
            "availability_mode": "zonal",
            **_allocation(allocations, number),
        }
        for number, subnet in enumerate(subnets, 1)
    ]


def _candidates(prefix: str, allocations: Sequence[str]) -> list[dict[str, str]]:
    """The gateways of all modes, to be absent."""
    zonal = [
        {"name": f"{prefix}-nat-{number}", "state": "absent", **_allocation(allocations, number)}
        for number in range(1, max(ZONES) + 1)
    ]
    return [*zonal, {"name": f"{prefix}-nat-regional", "state": "absent"}]


def _allocation(allocations: Sequence[str], number: int) -> dict[str, str]:
    return {"allocation": allocations[number - 1]} if len(allocations) >= number else {}


def _route_tables(
    prefix: str, vpc: str, names: Mapping[str, list[str]], nats: Sequence[str], given: Names, gateway: str
) -> list[dict[str, Any]]:
    """One for the public subnets, one for each private one, one without a way out for the database.

    A given list may name one table for several subnets; those have the first one's way out.
    """
    tables: dict[str, dict[str, Any]] = {}
    for tier, number, subnet, routes in _ways(names, nats, gateway):
        own = f"{prefix}-private-{number + 1}-rt" if tier == "private" else f"{prefix}-{tier}-rt"
        chosen = given.get(tier) or [own]
        name = chosen[min(number, len(chosen) - 1)]
        # The database has no way out at all; others may give the other tiers IPv6 ones.
        purge = "internet" if tier == "database" else "internet_ipv4"
        table = tables.setdefault(
            name, {"vpc": vpc, "purge_routes": purge, "name": name, "subnets": [], "routes": routes}
        )
        table["subnets"].append(subnet)
    return list(tables.values())


def _ways(
    names: Mapping[str, list[str]], nats: Sequence[str], gateway: str
) -> Iterator[tuple[str, int, str, list[dict[str, str]]]]:
    for number, subnet in enumerate(names["public"]):
        yield "public", number, subnet, [{"destination": EVERYWHERE, "internet_gateway": gateway}]
    for number, subnet in enumerate(names["private"]):
        routes = [{"destination": EVERYWHERE, "nat_gateway": nats[min(number, len(nats) - 1)]}] if nats else []
        yield "private", number, subnet, routes
    for number, subnet in enumerate(names["database"]):
        yield "database", number, subnet, []
