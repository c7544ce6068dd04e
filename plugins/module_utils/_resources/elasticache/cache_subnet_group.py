# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Cache subnet groups: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html"""

from __future__ import annotations

from collections.abc import Sequence

from ..._describe import elasticache
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State, same_members
from ..._engine.tags import to_list
from ..ec2.subnet import SUBNET
from .common import eventual, lookup, lower_case, tag


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    return {
        group["CacheSubnetGroupName"]: {
            "name": group["CacheSubnetGroupName"],
            "arn": group["ARN"],
            "description": group["CacheSubnetGroupDescription"],
            "subnets": sorted(subnet["SubnetIdentifier"] for subnet in group["Subnets"]),
            "zones": sorted({subnet["SubnetAvailabilityZone"]["Name"] for subnet in group["Subnets"]}),
            "vpc_id": group.get("VpcId"),
            "tags": group["Tags"],
        }
        for group in elasticache.subnet_groups(aws, names=[item["name"] for item in items])
    }


def create(aws: Aws, desired: State) -> None:
    aws.call_once(
        "elasticache",
        "create_cache_subnet_group",
        CacheSubnetGroupName=desired["name"],
        CacheSubnetGroupDescription=desired["description"],
        SubnetIds=desired["subnets"],
        Tags=to_list(desired["tags"]),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    aws.call(
        "elasticache",
        "modify_cache_subnet_group",
        CacheSubnetGroupName=found["name"],
        CacheSubnetGroupDescription=found["description"],
        SubnetIds=desired["subnets"],
    )


CACHE_SUBNET_GROUP = Kind(
    name="cache_subnet_group",
    role="cache",
    read=read,
    create=create,
    update=update,
    tag=tag,
    lookup=lookup("describe_cache_subnet_groups", "CacheSubnetGroups", "CacheSubnetGroupName"),
    references={"subnets": Reference(SUBNET, "id")},
    equal={"subnets": same_members},
    initial=frozenset({"description"}),
    eventual=eventual,
    check=lambda desired: lower_case(desired["name"]),
)
