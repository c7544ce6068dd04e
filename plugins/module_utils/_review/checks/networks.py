# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which subnets are public: by the route tables that are in force for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Item = Mapping[str, Any]
WORLD = frozenset({"0.0.0.0/0", "::/0"})


def table_of(subnet: Item, tables: Iterable[Item]) -> Item | None:
    """The subnet's route table: the one that names it, else the main one of its VPC."""
    main = None
    for table in tables:
        for association in table.get("Associations") or ():
            if association.get("SubnetId") == subnet["SubnetId"]:
                return table
            if association.get("Main") and table.get("VpcId") == subnet.get("VpcId"):
                main = table
    return main


def internet_route(table: Item | None) -> Item | None:
    """The route to an internet gateway, None without one. An egress-only gateway (eigw-) lets nobody in."""
    routes = (table or {}).get("Routes") or ()
    return next((route for route in routes if str(route.get("GatewayId", "")).startswith("igw-")), None)


def public_subnets(subnets: Iterable[Item], tables: Iterable[Item]) -> dict[str, str]:
    """SubnetId -> GatewayId of the internet gateway that its route table leads to, for the public ones."""
    known = list(tables)
    routes = {subnet["SubnetId"]: internet_route(table_of(subnet, known)) for subnet in subnets}
    return {subnet: str(route["GatewayId"]) for subnet, route in routes.items() if route}
