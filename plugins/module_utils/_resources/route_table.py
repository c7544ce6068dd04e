# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Route tables: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html

Only the ways to the internet are owned here: default routes, and routes through internet and NAT gateways. Routes to
peers, transit gateways and gateway endpoints belong to whoever made them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._describe import ec2
from .._engine.aws import Aws
from .._engine.errors import AwsError
from .._engine.kind import Kind, Reference, State
from .._engine.tags import specifications
from .ec2_tags import by_name, tag
from .internet_gateway import INTERNET_GATEWAY
from .nat_gateway import NAT_GATEWAY
from .subnet import SUBNET
from .vpc import VPC

_DEFAULTS = ("0.0.0.0/0", "::/0")
_TARGETS = {"internet_gateway": "GatewayId", "nat_gateway": "NatGatewayId"}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    found = by_name("route_table", ec2.route_tables(aws, names={item["name"] for item in items}), "RouteTableId")
    return {
        name: {
            "name": name,
            "id": table["RouteTableId"],
            "vpc": table["VpcId"],
            "routes": [_route(route) for route in table["Routes"] if _is_way_out(route)],
            "subnets": sorted(one["SubnetId"] for one in table["Associations"] if one.get("SubnetId")),
            "tags": table["Tags"],
        }
        for name, table in found.items()
    }


def _destination(route: Mapping[str, Any]) -> str:
    return str(route.get("DestinationCidrBlock") or route.get("DestinationIpv6CidrBlock") or "")


def _is_way_out(route: Mapping[str, Any]) -> bool:
    """A default route, whatever its target, or one through a gateway of ours."""
    through = str(route.get("GatewayId", "")).startswith("igw-") or route.get("NatGatewayId")
    return _destination(route) in _DEFAULTS or bool(_destination(route) and through)


def _route(route: Mapping[str, Any]) -> dict[str, Any]:
    shown = {"destination": _destination(route)}
    if str(route.get("GatewayId", "")).startswith("igw-"):
        shown["internet_gateway"] = route["GatewayId"]
    elif route.get("NatGatewayId"):
        shown["nat_gateway"] = route["NatGatewayId"]
    else:
        targets = [value for key, value in sorted(route.items()) if key.endswith("Id") and value]
        shown["other_target"] = targets[0] if targets else "none"
    return shown


def routes_by_destination(routes: Sequence[Mapping[str, Any]] | None) -> dict[str, dict[str, Any]]:
    """Destination to target, without what is not given."""
    return {route["destination"]: {key: value for key, value in route.items() if value} for route in routes or []}


def same_routes(found: Any, desired: Any) -> bool:
    return routes_by_destination(found) == routes_by_destination(desired)


def has_subnets(found: Any, desired: Any) -> bool:
    """At least the desired ones: an adopted table may serve more subnets."""
    return set(desired or []) <= set(found or [])


def create(aws: Aws, desired: State) -> None:
    """The table; update() adds its routes and subnets."""
    tags = specifications("route-table", desired["tags"])
    aws.call_once("ec2", "create_route_table", VpcId=desired["vpc"], TagSpecifications=tags)


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """Routes first: a subnet that moves to this table finds its way out there."""
    if "routes" in fields:
        _set_routes(aws, found, desired)
    if "subnets" in fields:
        _associate(aws, found["id"], sorted(set(desired["subnets"]) - set(found["subnets"])))


def _set_routes(aws: Aws, found: State, desired: State) -> None:
    there, wanted = routes_by_destination(found["routes"]), routes_by_destination(desired["routes"])
    for destination, route in wanted.items():
        if there.get(destination) != route:
            operation = "replace_route" if destination in there else "create_route"
            targets = {key: route[field] for field, key in _TARGETS.items() if field in route}
            aws.call("ec2", operation, RouteTableId=found["id"], **_to(destination), **targets)
    for destination in sorted(set(there) - set(wanted)):
        aws.call("ec2", "delete_route", RouteTableId=found["id"], **_to(destination))


def _to(destination: str) -> dict[str, str]:
    return {"DestinationIpv6CidrBlock" if ":" in destination else "DestinationCidrBlock": destination}


def _associate(aws: Aws, table: str, subnets: Sequence[str]) -> None:
    """A subnet has one table: one that has another is moved in one call, without a gap."""
    current = {
        association["SubnetId"]: association["RouteTableAssociationId"]
        for other in ec2.route_tables(aws, subnet_ids=subnets)
        for association in other["Associations"]
        if association.get("SubnetId")
    }
    for subnet in subnets:
        if subnet in current:
            moved = {"AssociationId": current[subnet], "RouteTableId": table}
            aws.call("ec2", "replace_route_table_association", **moved)
        else:
            aws.call("ec2", "associate_route_table", RouteTableId=table, SubnetId=subnet)


def check(desired: State) -> list[str]:
    return [
        f"the route to {route['destination']} needs one of internet_gateway and nat_gateway"
        for route in desired.get("routes") or []
        if sum(bool(route.get(field)) for field in _TARGETS) != 1
    ]


def _not_visible(error: AwsError) -> bool:
    """A gateway made a moment ago is not known to all of EC2 yet."""
    return error.code in {"InvalidNatGatewayID.NotFound", "InvalidGatewayID.NotFound", "InvalidRouteTableID.NotFound"}


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
    unchangeable={"vpc": "a route table keeps its VPC; give another name to make another table"},
    equal={"routes": same_routes, "subnets": has_subnets},
    eventual=_not_visible,
    check=check,
)
