# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""VPCs: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html

Further IPv4 ranges: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateVpcCidrBlock.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.kind import Kind, State, Wait
from ..._engine.tags import specifications
from .common import by_name, by_name_or_id, contains, keep_name, not_visible, tag

# Marks a VPC that this collection has made, and is no tag of the options: one that was found is handled with more care.
MADE = "wellarchitected:made"


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """By Name tag, or by id where the name is one."""
    found = by_name_or_id(VPC, [item["name"] for item in items], "VpcId", partial(ec2.vpcs, aws))
    return {name: _state(name, vpc) for name, vpc in found.items()}


def _state(name: str, vpc: Mapping[str, Any]) -> State:
    further = [
        one
        for one in vpc.get("CidrBlockAssociationSet") or []
        if one["CidrBlock"] != vpc["CidrBlock"] and one["CidrBlockState"]["State"] in {"associating", "associated"}
    ]
    coming = any(one["CidrBlockState"]["State"] == "associating" for one in further)
    return {
        "name": name,
        "id": vpc["VpcId"],
        "cidr_block": vpc["CidrBlock"],
        "secondary_cidr_blocks": sorted(one["CidrBlock"] for one in further),
        "dns_support": vpc.get("EnableDnsSupport"),
        "dns_hostnames": vpc.get("EnableDnsHostnames"),
        "status": "associating" if coming else vpc["State"],
        "tags": {key: value for key, value in vpc["Tags"].items() if key != MADE},
    }


def lookup(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Ids alone: without the attributes it is one call."""
    found = ec2.vpcs(aws, names=[item["name"] for item in items], attributes=False)
    return {name: {"name": name, "id": vpc["VpcId"]} for name, vpc in by_name("vpc", found, "VpcId").items()}


def create(aws: Aws, desired: State) -> None:
    aws.call_once(
        "ec2",
        "create_vpc",
        CidrBlock=desired["cidr_block"],
        TagSpecifications=specifications("vpc", {**desired["tags"], MADE: "true"}),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """One attribute or range a call, as the API wants it. A range that AWS has associated before is as good."""
    attributes = {"dns_support": "EnableDnsSupport", "dns_hostnames": "EnableDnsHostnames"}
    for field in sorted(fields & set(attributes), reverse=True):
        value = {"Value": desired[field]}
        aws.call("ec2", "modify_vpc_attribute", VpcId=found["id"], **{attributes[field]: value})
        yield frozenset({field})
    if "secondary_cidr_blocks" in fields:
        for block in sorted(set(desired["secondary_cidr_blocks"]) - set(found["secondary_cidr_blocks"])):
            aws.call_once("ec2", "associate_vpc_cidr_block", VpcId=found["id"], CidrBlock=block)


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    return keep_name(VPC, desired, found), []


VPC = Kind(
    name="vpc",
    role="network",
    read=read,
    create=create,
    update=update,
    tag=tag,
    name_tag=True,
    lookup=lookup,
    resolved="vpc-",
    unchangeable={"cidr_block": "a VPC keeps its CIDR; set network_vpc_cidr to what it has, or name another VPC"},
    equal={"secondary_cidr_blocks": contains},
    wait=Wait(ready=frozenset({"available"})),
    eventual=not_visible,
    doubles=True,
    keeps=keeps,
)
