# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""NAT gateways and their addresses: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html

A zonal gateway stands in a subnet with an Elastic IP address of its own, which bears the gateway's name. A regional
one belongs to the VPC: AWS spreads it over the zones and gives it its addresses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._describe import ec2
from .._engine.aws import Aws
from .._engine.errors import AwsError
from .._engine.kind import Kind, Reference, State, Wait
from .._engine.tags import specifications, to_list
from .ec2_tags import by_name, client_token
from .subnet import SUBNET
from .vpc import VPC

REGIONAL = "regional"


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """By Name tag. One that AWS is taking away counts only where it is to be absent, which waits for it."""
    leaving = {item["name"] for item in items if item.get("state") == "absent"}
    gateways = [
        gateway
        for gateway in ec2.nat_gateways(aws, names={item["name"] for item in items})
        if gateway["State"] != "deleting" or gateway["Tags"].get("Name") in leaving
    ]
    return {name: _state(name, one) for name, one in by_name("nat_gateway", gateways, "NatGatewayId").items()}


def _state(name: str, gateway: dict[str, Any]) -> State:
    addresses = gateway.get("NatGatewayAddresses") or []
    mode = gateway.get("AvailabilityMode") or "zonal"
    # A regional gateway's addresses are AWS's.
    own = [] if mode == REGIONAL else [one["AllocationId"] for one in addresses if one.get("AllocationId")]
    return {
        "name": name,
        "id": gateway["NatGatewayId"],
        "vpc": gateway["VpcId"],
        "subnet": gateway.get("SubnetId"),
        "availability_mode": mode,
        "public_ips": sorted(address["PublicIp"] for address in addresses if address.get("PublicIp")),
        "allocation_ids": sorted(own),
        "status": gateway["State"],
        "tags": gateway["Tags"],
    }


def create(aws: Aws, desired: State) -> None:
    options: dict[str, Any] = {"ConnectivityType": "public"}
    if desired["availability_mode"] == REGIONAL:
        options.update(AvailabilityMode=REGIONAL, VpcId=desired["vpc"])
    else:
        options.update(SubnetId=desired["subnet"], AllocationId=_allocation(aws, desired))
    options["ClientToken"] = client_token("nat_gateway", desired["name"])
    options["TagSpecifications"] = specifications("natgateway", desired["tags"])
    aws.call_once("ec2", "create_nat_gateway", **options)


def _allocation(aws: Aws, desired: State) -> str:
    """The unused address of this name, which an interrupted run leaves; else a new one."""
    for address in ec2.addresses(aws, names=[desired["name"]]):
        if not address.get("AssociationId"):
            return str(address["AllocationId"])
    tags = specifications("elastic-ip", desired["tags"])
    return str(aws.call_once("ec2", "allocate_address", Domain="vpc", TagSpecifications=tags)["AllocationId"])


def delete(aws: Aws, found: State) -> None:
    """The address gets the gateway's name first, so that it is found and released when the gateway is gone."""
    if found["allocation_ids"]:
        name = to_list({"Name": found["name"]})
        aws.call("ec2", "create_tags", Resources=found["allocation_ids"], Tags=name)
    if found["status"] != "deleting":
        aws.call("ec2", "delete_nat_gateway", NatGatewayId=found["id"])


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    """The gateway and its addresses are tagged alike: both cost."""
    resources = [found["id"], *found["allocation_ids"]]
    if to_set:
        aws.call("ec2", "create_tags", Resources=resources, Tags=to_list(to_set))
    if to_remove:
        aws.call("ec2", "delete_tags", Resources=resources, Tags=[{"Key": key} for key in to_remove])


def check(desired: State) -> list[str]:
    regional = desired["availability_mode"] == REGIONAL
    if regional and desired.get("subnet"):
        return ["a regional gateway belongs to the VPC; leave subnet out, or set availability_mode: zonal"]
    if not regional and not desired.get("subnet"):
        return ["a zonal gateway needs a subnet; give one, or set availability_mode: regional"]
    return []


def _not_visible(error: AwsError) -> bool:
    """What was made a moment ago is not known to all of EC2 yet."""
    return error.code in {"InvalidAllocationID.NotFound", "InvalidSubnetID.NotFound"}


_STAYS = "a NAT gateway keeps it; give another name to make another gateway"

NAT_GATEWAY = Kind(
    name="nat_gateway",
    role="network",
    read=read,
    create=create,
    delete=delete,
    tag=tag,
    name_tag=True,
    resolved="nat-",
    references={"vpc": Reference(VPC), "subnet": Reference(SUBNET)},
    unchangeable={"vpc": _STAYS, "subnet": _STAYS, "availability_mode": _STAYS},
    wait=Wait(ready=frozenset({"available"}), failed=frozenset({"failed"})),
    eventual=_not_visible,
    check=check,
)


def read_addresses(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    addresses = by_name("elastic_ip", ec2.addresses(aws, names={item["name"] for item in items}), "AllocationId")
    return {
        name: {"name": name, "id": address["AllocationId"], "public_ip": address["PublicIp"], "tags": address["Tags"]}
        for name, address in addresses.items()
    }


def allocate(aws: Aws, desired: State) -> None:
    tags = specifications("elastic-ip", desired["tags"])
    aws.call_once("ec2", "allocate_address", Domain="vpc", TagSpecifications=tags)


def release(aws: Aws, found: State) -> None:
    aws.call("ec2", "release_address", AllocationId=found["id"])


ELASTIC_IP = Kind(
    name="elastic_ip",
    role="network",
    read=read_addresses,
    create=allocate,
    delete=release,
    resolved="eipalloc-",
)
