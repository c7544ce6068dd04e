# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""NAT gateways with their addresses: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html

A zonal gateway stands in a subnet and has an elastic IP that is named like it; the address is made before the
gateway and released when the gateway is gone. A regional one belongs to the VPC, and AWS brings its addresses:
https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.errors import AwsError, Refusal
from ..._engine.kind import Kind, Reference, State, Wait
from ..._engine.tags import specifications, to_list
from .common import by_name, client_token, not_visible
from .subnet import SUBNET
from .vpc import VPC

ZONAL, REGIONAL = "zonal", "regional"
RELEASE_SECONDS = 60.0
# What EC2 says of an address that a gateway has not let go of; the second is what it says of interfaces of its own.
_IN_USE = frozenset({"InvalidIPAddress.InUse", "AuthFailure"})


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Gateways by name, with the addresses named like them. One that AWS is taking away counts only where it is to be
    absent, which waits for it."""
    names = [item["name"] for item in items]
    absent = {item["name"] for item in items if item.get("state") == "absent"}
    gateways, addresses = aws.map(lambda function: function(aws, names=names), [ec2.nat_gateways, ec2.addresses])
    alive = [one for one in gateways if one["State"] != "deleting"]
    states = {
        name: _state(name, gateway, addresses)
        for name, gateway in by_name("nat_gateway", alive, "NatGatewayId").items()
    }
    for gateway in gateways:
        if gateway["Tags"].get("Name") in absent - set(states):
            states[gateway["Tags"]["Name"]] = _state(gateway["Tags"]["Name"], gateway, addresses)
    return states


def lookup(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Ids alone, without the addresses."""
    alive = [one for one in ec2.nat_gateways(aws, names=[item["name"] for item in items]) if one["State"] != "deleting"]
    return {
        name: {"name": name, "id": gateway["NatGatewayId"]}
        for name, gateway in by_name("nat_gateway", alive, "NatGatewayId").items()
    }


def _state(name: str, gateway: Mapping[str, Any], addresses: Sequence[Mapping[str, Any]]) -> State:
    serving = {one.get("AllocationId") for one in gateway.get("NatGatewayAddresses", [])}
    own = [one for one in addresses if one["AllocationId"] in serving and one["Tags"].get("Name") == name]
    return {
        "name": name,
        "id": gateway["NatGatewayId"],
        "availability_mode": gateway.get("AvailabilityMode") or ZONAL,
        "subnet": gateway.get("SubnetId"),
        "vpc": gateway.get("VpcId"),
        "public_ips": [one["PublicIp"] for one in gateway.get("NatGatewayAddresses", []) if one.get("PublicIp")],
        "addresses": [one["AllocationId"] for one in own],
        "status": gateway["State"],
        # A tag counts as set when the gateway's own addresses have it too.
        "tags": {k: v for k, v in gateway["Tags"].items() if all(one["Tags"].get(k) == v for one in own)},
    }


def _free(addresses: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    """Addresses called so that serve nothing."""
    return [
        one["AllocationId"]
        for one in addresses
        if one["Tags"].get("Name") == name and not one.get("AssociationId") and one.get("AllocationId")
    ]


def create(aws: Aws, desired: State) -> None:
    name = desired["name"]
    place: dict[str, Any] = {"AvailabilityMode": REGIONAL, "VpcId": desired.get("vpc")}
    if desired["availability_mode"] == ZONAL:
        place = {"SubnetId": desired["subnet"], "AllocationId": _address(aws, desired)}
    aws.call_once(
        "ec2",
        "create_nat_gateway",
        **place,
        ConnectivityType="public",
        TagSpecifications=specifications("natgateway", desired["tags"]),
        ClientToken=client_token("nat", name, *sorted(place.values())),
    )


def _address(aws: Aws, desired: State) -> str:
    """The address that an interrupted run left, or a new one."""
    left = _free(ec2.addresses(aws, names=[desired["name"]]), desired["name"])
    if left:
        return left[0]
    tags = specifications("elastic-ip", desired["tags"])
    allocation: str = aws.call_once("ec2", "allocate_address", Domain="vpc", TagSpecifications=tags)["AllocationId"]
    return allocation


def delete(aws: Aws, found: State) -> None:
    """The gateway; ELASTIC_IP releases its address afterwards."""
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


def check(desired: State) -> list[str]:
    """Where each mode of a gateway stands."""
    mode = desired["availability_mode"]
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
    references={"subnet": Reference(SUBNET), "vpc": Reference(VPC)},
    unchangeable={"subnet": _STAYS, "vpc": _STAYS, "availability_mode": _STAYS},
    wait=Wait(ready=frozenset({"available"}), failed=frozenset({"failed"})),
    eventual=not_visible,
    check=check,
)


def read_addresses(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    found = by_name("elastic_ip", ec2.addresses(aws, names=[item["name"] for item in items]), "AllocationId")
    return {
        name: {"name": name, "id": one["AllocationId"], "public_ip": one["PublicIp"]} for name, one in found.items()
    }


def allocate(aws: Aws, desired: State) -> None:
    tags = specifications("elastic-ip", {"Name": desired["name"]})
    aws.call_once("ec2", "allocate_address", Domain="vpc", TagSpecifications=tags)


def release(aws: Aws, found: State) -> None:
    """The gateway lets go of it some moments after it is gone."""
    deadline = time.monotonic() + RELEASE_SECONDS
    while True:
        try:
            aws.call("ec2", "release_address", AllocationId=found["id"])
            return
        except AwsError as error:
            if error.code not in _IN_USE or time.monotonic() > deadline:
                raise
        time.sleep(2)


ELASTIC_IP = Kind(
    name="elastic_ip", role="network", read=read_addresses, create=allocate, delete=release, resolved="eipalloc-"
)
