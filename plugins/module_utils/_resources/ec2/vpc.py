# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""VPCs: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html"""

from __future__ import annotations

from collections.abc import Sequence

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.kind import Kind, State, Wait
from ..._engine.tags import specifications
from .common import by_name, tag


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    found = by_name("vpc", ec2.vpcs(aws, names=[item["name"] for item in items]), "VpcId")
    return {
        name: {
            "name": name,
            "id": vpc["VpcId"],
            "cidr_block": vpc["CidrBlock"],
            "dns_support": vpc.get("EnableDnsSupport"),
            "dns_hostnames": vpc.get("EnableDnsHostnames"),
            "status": vpc["State"],
            "tags": vpc["Tags"],
        }
        for name, vpc in found.items()
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
        TagSpecifications=specifications("vpc", desired["tags"]),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """One attribute a call, as the API wants it."""
    attributes = {"dns_support": "EnableDnsSupport", "dns_hostnames": "EnableDnsHostnames"}
    for field in sorted(fields, reverse=True):
        value = {"Value": desired[field]}
        aws.call("ec2", "modify_vpc_attribute", VpcId=found["id"], **{attributes[field]: value})


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
    wait=Wait(ready=frozenset({"available"})),
)
