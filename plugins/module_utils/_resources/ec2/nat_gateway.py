# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""NAT gateways: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html

A zonal gateway stands in a subnet and has an elastic IP, its own that is named like it (elastic_ip.py) or one of the
user's. A regional one belongs to the VPC, and AWS brings its addresses:
https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.errors import Refusal
from ..._engine.kind import Kind, Reference, State, Wait
from ..._engine.tags import specifications, to_list
from .common import by_name, client_token, is_made_here, not_visible, note_made, spare_foreign
from .elastic_ip import ELASTIC_IP
from .subnet import SUBNET
from .vpc import VPC

ZONAL, REGIONAL = "zonal", "regional"


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Gateways by name, with the addresses named like them. One that AWS is taking away counts only where it is to be
    absent, which waits for it; one that AWS could not make only for the task that has asked for it."""
    names = [item["name"] for item in items]
    absent = {item["name"] for item in items if item.get("state") == "absent"}
    given = {item["name"]: item.get("allocation") for item in items}
    describes: list[Callable[..., list[Any]]] = [partial(ec2.nat_gateways, ended=True), ec2.addresses]
    gateways, addresses = aws.map(lambda describe: describe(aws, names=names), describes)
    named = by_name("nat_gateway", [one for one in gateways if _counts(one)], "NatGatewayId")
    leaving = [one for one in gateways if one["State"] == "deleting" and one["Tags"].get("Name") in absent - set(named)]
    for gateway in leaving:
        named[gateway["Tags"]["Name"]] = gateway
    own = {name: [one for one in addresses if one["AllocationId"] != given[name]] for name in named}
    return {name: _state(name, gateway, own[name]) for name, gateway in named.items()}


def _counts(gateway: Mapping[str, Any]) -> bool:
    if gateway["State"] == "failed":
        return is_made_here(gateway["NatGatewayId"])
    return gateway["State"] in {"pending", "available"}


def lookup(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Ids alone, without the addresses."""
    alive = [one for one in ec2.nat_gateways(aws, names=[item["name"] for item in items]) if one["State"] != "deleting"]
    return {
        name: {"name": name, "id": gateway["NatGatewayId"]}
        for name, gateway in by_name("nat_gateway", alive, "NatGatewayId").items()
    }


def _state(name: str, gateway: Mapping[str, Any], addresses: Sequence[Mapping[str, Any]]) -> State:
    serving = [one.get("AllocationId") for one in gateway.get("NatGatewayAddresses", [])]
    own = [one for one in addresses if one["AllocationId"] in serving and one["Tags"].get("Name") == name]
    return {
        "name": name,
        "id": gateway["NatGatewayId"],
        "availability_mode": gateway.get("AvailabilityMode") or ZONAL,
        "subnet": gateway.get("SubnetId"),
        "vpc": gateway.get("VpcId"),
        "public_ips": [one["PublicIp"] for one in gateway.get("NatGatewayAddresses", []) if one.get("PublicIp")],
        "addresses": [one["AllocationId"] for one in own],
        "serving": [allocation for allocation in serving if allocation],
        "status": gateway["State"],
        "status_reason": ": ".join(filter(None, (gateway.get("FailureCode"), gateway.get("FailureMessage")))),
        # A tag counts as set when the gateway's own addresses have it too.
        "tags": {k: v for k, v in gateway["Tags"].items() if all(one["Tags"].get(k) == v for one in own)},
    }


def create(aws: Aws, desired: State) -> None:
    name = desired["name"]
    place: dict[str, Any] = {"AvailabilityMode": REGIONAL, "VpcId": desired.get("vpc")}
    if desired["availability_mode"] == ZONAL:
        place = {"SubnetId": desired["subnet"], "AllocationId": desired.get("allocation") or desired["address"]}
    answer = aws.call_once(
        "ec2",
        "create_nat_gateway",
        **place,
        ConnectivityType="public",
        TagSpecifications=specifications("natgateway", desired["tags"]),
        ClientToken=client_token(aws, "nat", name, *sorted(place.values())),
    )
    note_made(answer["NatGateway"]["NatGatewayId"])


def delete(aws: Aws, found: State) -> None:
    """The gateway; its address is released afterwards."""
    if found["status"] == "deleting":
        return
    _refuse_routes(aws, found)
    aws.call("ec2", "delete_nat_gateway", NatGatewayId=found["id"])


def _refuse_routes(aws: Aws, found: State) -> None:
    tables = ec2.route_tables(aws, nat_gateway_id=found["id"])
    if tables:
        using = ", ".join(sorted(table["Tags"].get("Name") or table["RouteTableId"] for table in tables))
        raise Refusal(f"nat_gateway {found['name']}: routes of {using} still lead to it; change them first")


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    """The gateway and its own addresses alike."""
    things = [found["id"], *found["addresses"]]
    if to_set:
        aws.call("ec2", "create_tags", Resources=things, Tags=to_list(to_set))
    if to_remove:
        aws.call("ec2", "delete_tags", Resources=things, Tags=[{"Key": key} for key in to_remove])


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """An existing gateway keeps the address that it was made with; one of somebody else is not deleted."""
    desired, said = spare_foreign(NAT_GATEWAY, desired, found)
    asked = desired.get("allocation")
    if found is None or not asked or asked in found["serving"] or desired.get("state") == "absent":
        return desired, said
    there = ", ".join(found["public_ips"]) or "another one"
    return desired, [
        f"nat_gateway {desired['name']}: it keeps its address ({there}); {asked} serves one that is made anew, after "
        "this one has been deleted"
    ]


def check(desired: State) -> list[str]:
    """Where each mode of a gateway stands."""
    mode = desired["availability_mode"]
    if mode == REGIONAL and desired.get("allocation"):
        return ["a regional gateway takes no allocation: AWS brings its addresses"]
    needed, wrong = ("subnet", "vpc") if mode == ZONAL else ("vpc", "subnet")
    reasons = [] if desired.get(needed) else [f"a {mode} gateway needs {needed}"]
    return reasons + ([f"a {mode} gateway takes no {wrong}; leave it out"] if desired.get(wrong) else [])


_STAYS = "a NAT gateway stays where it was made; give another name to make another one"

NAT_GATEWAY = Kind(
    name="nat_gateway",
    role="network",
    read=read,
    create=create,
    delete=delete,
    tag=tag,
    name_tag=True,
    lookup=lookup,
    resolved="nat-",
    references={
        "subnet": Reference(SUBNET),
        "vpc": Reference(VPC),
        "allocation": Reference(ELASTIC_IP),
        "address": Reference(ELASTIC_IP),
    },
    initial=frozenset({"allocation", "address"}),
    unchangeable={"subnet": _STAYS, "vpc": _STAYS, "availability_mode": _STAYS},
    wait=Wait(ready=frozenset({"available"}), failed=frozenset({"failed"})),
    eventual=not_visible,
    check=check,
    keeps=keeps,
)
