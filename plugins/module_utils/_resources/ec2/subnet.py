# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Subnets: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State, Wait
from ..._engine.tags import specifications
from .common import by_name_or_id, keep_name, not_visible, tag
from .vpc import VPC


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """By Name tag, or by id where the name is one."""
    found = by_name_or_id(SUBNET, [item["name"] for item in items], "SubnetId", partial(ec2.subnets, aws))
    return {
        name: {
            "name": name,
            "id": subnet["SubnetId"],
            "arn": subnet.get("SubnetArn"),
            "vpc": subnet["VpcId"],
            "cidr_block": subnet.get("CidrBlock"),
            "availability_zone": subnet["AvailabilityZone"],
            "map_public_ip": subnet.get("MapPublicIpOnLaunch", False),
            "free_addresses": subnet.get("AvailableIpAddressCount"),
            "status": subnet["State"],
            "tags": subnet["Tags"],
        }
        for name, subnet in found.items()
    }


def create(aws: Aws, desired: State) -> None:
    aws.call_once(
        "ec2",
        "create_subnet",
        VpcId=desired["vpc"],
        CidrBlock=desired["cidr_block"],
        AvailabilityZone=desired["availability_zone"],
        TagSpecifications=specifications("subnet", desired["tags"]),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    if "map_public_ip" in fields:
        value = {"Value": desired["map_public_ip"]}
        aws.call("ec2", "modify_subnet_attribute", SubnetId=found["id"], MapPublicIpOnLaunch=value)


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    return keep_name(SUBNET, desired, found), []


_STAYS = "a subnet keeps what it was made with; give another name to make another subnet"

SUBNET = Kind(
    name="subnet",
    role="network",
    read=read,
    create=create,
    update=update,
    tag=tag,
    name_tag=True,
    resolved="subnet-",
    references={"vpc": Reference(VPC)},
    unchangeable={"vpc": _STAYS, "cidr_block": _STAYS, "availability_zone": _STAYS},
    wait=Wait(ready=frozenset({"available"})),
    eventual=not_visible,
    keeps=keeps,
)
