# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""DB subnet groups: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html"""

from __future__ import annotations

from collections.abc import Sequence

from ..._describe import rds
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State, same_members
from ..._engine.tags import to_list
from ..ec2.subnet import SUBNET
from .common import busy, lookup, lower_case, tag


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    groups = rds.db_subnet_groups(aws, names=[item["name"] for item in items])
    return {
        group["DBSubnetGroupName"]: {
            "name": group["DBSubnetGroupName"],
            "arn": group["DBSubnetGroupArn"],
            "description": group["DBSubnetGroupDescription"],
            "subnets": sorted(subnet["SubnetIdentifier"] for subnet in group["Subnets"]),
            "zones": sorted({subnet["SubnetAvailabilityZone"]["Name"] for subnet in group["Subnets"]}),
            "vpc_id": group.get("VpcId"),
            "status": group["SubnetGroupStatus"],
            "tags": group["Tags"],
        }
        for group in groups
    }


def create(aws: Aws, desired: State) -> None:
    aws.call_once(
        "rds",
        "create_db_subnet_group",
        DBSubnetGroupName=desired["name"],
        DBSubnetGroupDescription=desired["description"],
        SubnetIds=desired["subnets"],
        Tags=to_list(desired["tags"]),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    aws.call(
        "rds",
        "modify_db_subnet_group",
        DBSubnetGroupName=found["name"],
        DBSubnetGroupDescription=desired["description"],
        SubnetIds=desired["subnets"],
    )


def check(desired: State) -> list[str]:
    """Two zones need two subnets."""
    reasons = lower_case(desired["name"])
    if len(set(desired["subnets"])) < 2:
        reasons.append("Aurora needs subnets in at least two availability zones; add one to aurora_subnets")
    return reasons


DB_SUBNET_GROUP = Kind(
    name="db_subnet_group",
    role="aurora",
    read=read,
    create=create,
    update=update,
    tag=tag,
    lookup=lookup("db_subnet_group"),
    references={"subnets": Reference(SUBNET, "id")},
    equal={"subnets": same_members},
    initial=frozenset({"description"}),
    busy=busy,
    check=check,
)
