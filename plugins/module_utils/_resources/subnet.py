# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Subnets: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html"""

from __future__ import annotations

from collections.abc import Sequence

from .._describe import ec2
from .._engine.aws import Aws
from .._engine.kind import Kind, Reference, State, Wait
from .._engine.tags import specifications
from .ec2_tags import by_name, tag
from .vpc import VPC


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    found = by_name("subnet", ec2.subnets(aws, names={item["name"] for item in items}), "SubnetId")
    return {
        name: {
            "name": name,
            "id": subnet["SubnetId"],
            "vpc": subnet["VpcId"],
            "cidr_block": subnet["CidrBlock"],
            "availability_zone": subnet["AvailabilityZone"],
            "public_addresses": subnet["MapPublicIpOnLaunch"],
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
    if "public_addresses" in fields:
        value = {"Value": desired["public_addresses"]}
        aws.call("ec2", "modify_subnet_attribute", SubnetId=found["id"], MapPublicIpOnLaunch=value)


_KEEPS = "a subnet keeps it; set the variables to what the subnet has, or name another subnet"

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
    unchangeable={"vpc": _KEEPS, "cidr_block": _KEEPS, "availability_zone": _KEEPS},
    wait=Wait(ready=frozenset({"available"})),
)
