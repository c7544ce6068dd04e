# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The plan of a network: subnets, NAT gateways and route tables from zones and ranges, checked as a whole. Pure.

https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from ..._engine.errors import Refusal

TIERS = ("public", "private", "database")
NAT_MODES = ("per_az", "single", "regional", "none")
ZONES = (2, 3)
SIZES = (16, 28)
# Without a way out, tasks reach their images, logs and secrets through these alone.
WITHOUT_NAT = ("ecr.api", "ecr.dkr", "logs", "secretsmanager")
EVERYWHERE = "0.0.0.0/0"

Network = ipaddress.IPv4Network
Ranges = Mapping[str, Sequence[str]]


def layout(
    *,
    prefix: str,
    vpc_cidr: str,
    zones: Sequence[str],
    region: str,
    known_zones: Collection[str],
    cidrs: Ranges,
    nat_mode: str,
    interface_endpoints: Collection[str],
    public_addresses: bool = False,
) -> dict[str, Any]:
    """What the modules of the network are to make, in their options' shape.

    cidrs: tier to ranges, one for each zone in the zones' order; further ranges are kept for further zones.
    known_zones: the zones of the region that can be used. public_addresses: for the public tier alone.
    Errors: Refusal with everything that is wrong.
    """
    reasons = [
        *_zone_reasons(zones, region, known_zones),
        *_range_reasons(vpc_cidr, cidrs, len(zones)),
        *_endpoint_reasons(nat_mode, interface_endpoints),
    ]
    if reasons:
        raise Refusal(reasons)
    names = {tier: [f"{prefix}-{tier}-{number}" for number in range(1, len(zones) + 1)] for tier in TIERS}
    nats = _nat_gateways(prefix, names["public"], nat_mode)
    wanted = {nat["name"] for nat in nats}
    candidates = [f"{prefix}-nat-{number}" for number in range(1, max(ZONES) + 1)] + [f"{prefix}-nat-regional"]
    return {
        "names": names,
        "subnets": [
            {
                "name": name,
                "vpc": f"{prefix}-vpc",
                "cidr_block": cidrs[tier][number],
                "availability_zone": zone,
                "map_public_ip": public_addresses and tier == "public",
            }
            for tier in TIERS
            for number, (name, zone) in enumerate(zip(names[tier], zones, strict=True))
        ],
        "nat_gateways": nats,
        "superfluous_nat_gateways": [{"name": name, "state": "absent"} for name in candidates if name not in wanted],
        "route_tables": list(_route_tables(prefix, names, [nat["name"] for nat in nats])),
    }


def _zone_reasons(zones: Sequence[str], region: str, known: Collection[str]) -> Iterator[str]:
    fewest, most = ZONES
    if not fewest <= len(set(zones)) <= most or len(set(zones)) < len(zones):
        yield (
            f"network_availability_zones is {', '.join(zones) or 'empty'}; name {fewest} or {most} different zones, "
            "so that the loss of one is survived"
        )
    for zone in zones:
        if zone not in known:
            yield f"zone {zone} is none of region {region}; choose from {', '.join(sorted(known))}"


def _range_reasons(vpc_cidr: str, cidrs: Ranges, zones: int) -> Iterator[str]:
    ranges = {f"network_{tier}_cidrs[{i}]": text for tier in TIERS for i, text in enumerate(cidrs[tier][:zones])}
    networks: dict[str, Network] = {}
    for where, text in {"network_vpc_cidr": vpc_cidr, **ranges}.items():
        try:
            networks[where] = ipaddress.IPv4Network(text)
        except ValueError as error:
            yield f"{where} {text} is no IPv4 range ({error}); write it as 10.0.0.0/16"
    largest, smallest = SIZES
    for where, network in networks.items():
        if not largest <= network.prefixlen <= smallest:
            yield f"{where} {network} is a /{network.prefixlen}; AWS takes /{largest} to /{smallest}"
    for tier in TIERS:
        if len(cidrs[tier]) < zones:
            yield f"network_{tier}_cidrs has {len(cidrs[tier])} ranges for {zones} zones; give one for each zone"
    vpc = networks.pop("network_vpc_cidr", None)
    for where, network in networks.items():
        if vpc and not network.subnet_of(vpc):
            yield f"{where} {network} is not inside network_vpc_cidr {vpc}; choose it from there or enlarge that"
    for (first, one), (second, other) in combinations(networks.items(), 2):
        if one.overlaps(other):
            yield f"{first} {one} and {second} {other} overlap; choose ranges of their own"


def _endpoint_reasons(nat_mode: str, endpoints: Collection[str]) -> Iterator[str]:
    missing = [service for service in WITHOUT_NAT if service not in endpoints]
    if nat_mode == "none" and missing:
        yield (
            f"network_nat_mode none leaves the private subnets no way to {', '.join(missing)}; "
            "add them to network_interface_endpoints, or keep a NAT gateway"
        )


def _nat_gateways(prefix: str, public: Sequence[str], mode: str) -> list[dict[str, str]]:
    if mode == "none":
        return []
    if mode == "regional":
        return [{"name": f"{prefix}-nat-regional", "vpc": f"{prefix}-vpc", "availability_mode": "regional"}]
    subnets = public if mode == "per_az" else public[:1]
    return [
        {"name": f"{prefix}-nat-{number}", "subnet": subnet, "availability_mode": "zonal"}
        for number, subnet in enumerate(subnets, 1)
    ]


def _route_tables(prefix: str, names: Mapping[str, list[str]], nats: Sequence[str]) -> Iterator[dict[str, Any]]:
    """One for the public subnets, one for each private one, one without a way out for the database."""
    common = {"vpc": f"{prefix}-vpc", "purge_routes": "internet"}
    way_out = {"destination": EVERYWHERE, "internet_gateway": f"{prefix}-igw"}
    yield {**common, "name": f"{prefix}-public-rt", "subnets": names["public"], "routes": [way_out]}
    for number, subnet in enumerate(names["private"]):
        routes = [{"destination": EVERYWHERE, "nat_gateway": nats[min(number, len(nats) - 1)]}] if nats else []
        yield {**common, "name": f"{prefix}-private-{number + 1}-rt", "subnets": [subnet], "routes": routes}
    yield {**common, "name": f"{prefix}-database-rt", "subnets": names["database"], "routes": []}
