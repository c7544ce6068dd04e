# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which NAT gateway each subnet leaves through, and from which zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .networks import WORLD, Item, table_of


class NatRoute(NamedTuple):
    """A subnet's way out. near: the gateway works and is in the subnet's zone, or a regional one."""

    arn: str
    near: bool
    evidence: str


def nat_routes(subnets: Iterable[Item], tables: Iterable[Item], gateways: Iterable[Item]) -> Iterator[NatRoute]:
    """One for each subnet whose route table leads to a NAT gateway."""
    known, all_tables = list(subnets), list(tables)
    by_id = {one["NatGatewayId"]: one for one in gateways}
    zones = {one["SubnetId"]: one.get("AvailabilityZone") for one in known}
    for subnet in known:
        table = table_of(subnet, all_tables)
        for route in (table or {}).get("Routes") or ():
            if route.get("NatGatewayId") and route.get("DestinationCidrBlock") in WORLD:
                gateway = by_id.get(route["NatGatewayId"])
                yield _judged(subnet, str(route["NatGatewayId"]), gateway, zones)


def _judged(subnet: Item, identifier: str, gateway: Item | None, zones: dict[str, str | None]) -> NatRoute:
    arn, zone = subnet["SubnetArn"], subnet.get("AvailabilityZone")
    if gateway is None or gateway.get("State") != "available":
        state = "gone" if gateway is None else gateway.get("State")
        return NatRoute(arn, False, f"{identifier} is {state}")
    if gateway.get("AvailabilityMode") == "regional":
        return NatRoute(arn, True, f"AvailabilityMode of {identifier} is regional")
    place = zones.get(gateway.get("SubnetId", ""))
    return NatRoute(arn, place == zone, f"the subnet is in {zone}, its {identifier} in {place}")
