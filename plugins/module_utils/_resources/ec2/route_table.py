# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Route tables: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State
from ..._engine.tags import specifications
from .common import by_name_or_id, client_token, contains, keep_name, not_visible, tag
from .internet_gateway import INTERNET_GATEWAY
from .nat_gateway import NAT_GATEWAY
from .subnet import SUBNET
from .vpc import VPC

Route = Mapping[str, Any]
TARGETS = ("internet_gateway", "nat_gateway", "target")
PURGES = ("nothing", "internet", "internet_ipv4", "all")
# What leads to the internet.
INTERNET = ("igw-", "nat-", "eigw-")
_PARAMETERS = {
    "igw-": "GatewayId",
    "vgw-": "GatewayId",
    "nat-": "NatGatewayId",
    "tgw-": "TransitGatewayId",
    "pcx-": "VpcPeeringConnectionId",
    "eigw-": "EgressOnlyInternetGatewayId",
    "eni-": "NetworkInterfaceId",
    "lgw-": "LocalGatewayId",
    "cagw-": "CarrierGatewayId",
}
_IDS = (
    "GatewayId",
    "NatGatewayId",
    "TransitGatewayId",
    "VpcPeeringConnectionId",
    "EgressOnlyInternetGatewayId",
    "NetworkInterfaceId",
    "LocalGatewayId",
    "CarrierGatewayId",
    "CoreNetworkArn",
)
_DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")


def target(route: Route) -> str:
    """What a route leads to."""
    return next((str(route[name]) for name in TARGETS if route.get(name)), "")


def routes(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Routes that somebody has put there: not the VPC's own, not those of gateway endpoints, not propagated ones."""
    made = []
    for route in table.get("Routes", []):
        leads_to = next((route[name] for name in _IDS if route.get(name)), "")
        if leads_to == "local" or leads_to.startswith("vpce-") or route.get("Origin") == "EnableVgwRoutePropagation":
            continue
        name = {"igw-": "internet_gateway", "nat-": "nat_gateway"}.get(leads_to[:4], "target")
        destination = next(route[key] for key in _DESTINATIONS if route.get(key))
        made.append({"destination": destination, name: leads_to})
    return sorted(made, key=lambda route: route["destination"])


def purged(route: Route, purge: str) -> bool:
    """Whether a route that is not asked for goes. purge: nothing, internet, internet_ipv4 or all.

    internet_ipv4 leaves the IPv6 ones to who has given the subnets IPv6 ranges.
    """
    to_internet = target(route).startswith(INTERNET)
    return {
        "all": True,
        "internet": to_internet,
        "internet_ipv4": to_internet and ":" not in route["destination"],
    }.get(purge, False)


def same_routes(found: Sequence[Route] | None, desired: Sequence[Route] | None) -> bool:
    return _targets(found) == _targets(desired)


def _targets(given: Sequence[Route] | None) -> dict[str, str]:
    return {route["destination"]: target(route) for route in given or []}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Tables by name or id. routes: what the item asks for or purges; other_routes: what it leaves alone."""
    asked = {item["name"]: item for item in items}
    found = by_name_or_id(ROUTE_TABLE, list(asked), "RouteTableId", partial(ec2.route_tables, aws))
    states = {}
    for name, table in found.items():
        purge = asked[name].get("purge_routes", "nothing")
        wanted = {route["destination"] for route in asked[name].get("routes") or []}
        every = routes(table)
        managed = [route for route in every if route["destination"] in wanted or purged(route, purge)]
        associations = [one for one in table.get("Associations", []) if one.get("SubnetId")]
        states[name] = {
            "name": name,
            "id": table["RouteTableId"],
            "vpc": table["VpcId"],
            "routes": managed,
            "other_routes": [route for route in every if route not in managed],
            "purge_routes": purge,
            "subnets": sorted(one["SubnetId"] for one in associations),
            "tags": table["Tags"],
        }
    return states


def create(aws: Aws, desired: State) -> None:
    aws.call_once(
        "ec2",
        "create_route_table",
        VpcId=desired["vpc"],
        TagSpecifications=specifications("route-table", desired["tags"]),
        ClientToken=client_token(aws, "route_table", desired["name"], desired["vpc"]),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """Routes first, so that a subnet that moves here finds them."""
    table = {"RouteTableId": found["id"]}
    if "routes" in fields:
        there, wanted = _targets(found["routes"]), _targets(desired["routes"])
        for destination, leads_to in wanted.items():
            if there.get(destination) != leads_to:
                send, operation = (
                    (aws.call, "replace_route") if destination in there else (aws.call_once, "create_route")
                )
                send("ec2", operation, **table, **_destination(destination), **_parameter(leads_to))
        for destination in sorted(set(there) - set(wanted)):
            aws.call_once("ec2", "delete_route", **table, **_destination(destination))
    if "subnets" in fields:
        _associate(aws, found, sorted(set(desired["subnets"]) - set(found["subnets"])))


def _associate(aws: Aws, found: State, subnets: Sequence[str]) -> None:
    """Move subnets to the table, from another one in one step."""
    now = {
        one["SubnetId"]: one["RouteTableAssociationId"]
        for table in ec2.route_tables(aws, subnet_ids=subnets)
        for one in table.get("Associations", [])
        if one.get("SubnetId")
    }
    for subnet in subnets:
        if subnet in now:
            association = {"AssociationId": now[subnet]}
            aws.call_once("ec2", "replace_route_table_association", RouteTableId=found["id"], **association)
        else:
            aws.call_once("ec2", "associate_route_table", RouteTableId=found["id"], SubnetId=subnet)


def _destination(text: str) -> dict[str, str]:
    if text.startswith("pl-"):
        return {"DestinationPrefixListId": text}
    return {"DestinationIpv6CidrBlock" if ":" in text else "DestinationCidrBlock": text}


def _parameter(leads_to: str) -> dict[str, str]:
    return {_PARAMETERS[leads_to.partition("-")[0] + "-"]: leads_to}


def check(desired: State) -> list[str]:
    reasons = []
    for route in desired.get("routes") or []:
        if sum(bool(route.get(name)) for name in TARGETS) != 1:
            reasons.append(f"the route to {route['destination']} needs exactly one of {', '.join(TARGETS)}")
        elif route.get("target") and route["target"].partition("-")[0] + "-" not in _PARAMETERS:
            known = ", ".join(sorted(_PARAMETERS))
            reasons.append(f"the route to {route['destination']} leads to {route['target']}; known are {known}")
    return reasons


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    return keep_name(ROUTE_TABLE, desired, found), []


ROUTE_TABLE = Kind(
    name="route_table",
    role="network",
    read=read,
    create=create,
    update=update,
    tag=tag,
    name_tag=True,
    resolved="rtb-",
    references={
        "vpc": Reference(VPC),
        "subnets": Reference(SUBNET),
        "routes.internet_gateway": Reference(INTERNET_GATEWAY),
        "routes.nat_gateway": Reference(NAT_GATEWAY),
    },
    unchangeable={"vpc": "a route table keeps its VPC; give another name to make another one"},
    equal={"routes": same_routes, "subnets": contains},
    eventual=not_visible,
    check=check,
    keeps=keeps,
)
