# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Cache subnet groups: names in lower case, subnets that exist in one VPC, zones shown."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.elasticache import aws, common
from local_aws.services.elasticache.tags import put


def _subnets(call: Any, ids: list[str]) -> tuple[str, list[dict[str, Any]]]:
    known = {subnet.id: subnet for subnet in call.backend("ec2").describe_subnets()}
    missing = [subnet_id for subnet_id in ids if subnet_id not in known]
    if missing:
        raise Refusal("InvalidSubnet", f"Some input subnets in :{missing} are invalid.", 400)
    found = [known[subnet_id] for subnet_id in dict.fromkeys(ids)]
    vpcs = {subnet.vpc_id for subnet in found}
    if len(vpcs) > 1:
        raise Refusal("InvalidSubnet", "The subnets of a cache subnet group must be in one VPC.", 400)
    shown = [
        {
            "SubnetIdentifier": subnet.id,
            "SubnetAvailabilityZone": {"Name": subnet.availability_zone},
            "SupportedNetworkTypes": ["ipv4"],
        }
        for subnet in found
    ]
    return vpcs.pop(), shown


@aws.adds
def create_cache_subnet_group(
    call: Any,
    *,
    cache_subnet_group_name: str,
    cache_subnet_group_description: str,
    subnet_ids: list[str],
    tags: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    name = common.check_identifier(cache_subnet_group_name, "CacheSubnetGroupName", 255)
    groups = call.backend().cache_subnet_groups
    if name in groups:
        raise Refusal("CacheSubnetGroupAlreadyExists", f"Cache subnet group {name} already exists.", 400)
    vpc, subnets = _subnets(call, subnet_ids)
    shape: dict[str, Any] = {
        "CacheSubnetGroupName": name,
        "CacheSubnetGroupDescription": cache_subnet_group_description,
        "VpcId": vpc,
        "Subnets": subnets,
        "ARN": common.arn(call, "subnetgroup", name),
        "SupportedNetworkTypes": ["ipv4"],
    }
    groups[name] = common.Thing(name, shape)
    put(call, shape["ARN"], tags)
    return {"CacheSubnetGroup": shape}


@aws.adds
def describe_cache_subnet_groups(
    call: Any, *, cache_subnet_group_name: str | None = None, max_records: int | None = None, marker: str | None = None
) -> dict[str, Any]:
    if cache_subnet_group_name:
        return {"CacheSubnetGroups": [common.subnet_group(call, cache_subnet_group_name).shape]}
    every = [thing.shape for _name, thing in sorted(call.backend().cache_subnet_groups.items())]
    return common.page(every, "CacheSubnetGroups", max_records, marker)


def _in_use(call: Any, name: str) -> set[str]:
    """The zones of the nodes that stand in the group's subnets."""
    backend = call.backend()
    zones = {
        member["zone"]
        for thing in backend.replication_groups.values()
        if thing.hidden["subnet_group"] == name
        for member in thing.hidden["members"]
    }
    return zones | {
        thing.shape["PreferredAvailabilityZone"]
        for thing in backend.cache_clusters.values()
        if thing.shape.get("CacheSubnetGroupName") == name
    }


@aws.adds
def modify_cache_subnet_group(
    call: Any,
    *,
    cache_subnet_group_name: str,
    cache_subnet_group_description: str | None = None,
    subnet_ids: list[str] | None = None,
) -> dict[str, Any]:
    """A subnet with nodes in it stays: SubnetInUse."""
    thing = common.subnet_group(call, cache_subnet_group_name)
    if cache_subnet_group_description is not None:
        thing.shape["CacheSubnetGroupDescription"] = cache_subnet_group_description
    if subnet_ids is not None:
        vpc, subnets = _subnets(call, subnet_ids)
        used = _in_use(call, thing.id)
        zones = {subnet["SubnetAvailabilityZone"]["Name"] for subnet in subnets}
        if used - zones or (used and vpc != thing.shape["VpcId"]):
            raise Refusal("SubnetInUse", f"Subnets of {', '.join(sorted(used - zones) or [vpc])} are in use.", 400)
        thing.shape |= {"VpcId": vpc, "Subnets": subnets}
        thing.vpc_id = vpc
    return {"CacheSubnetGroup": thing.shape}


@aws.adds
def delete_cache_subnet_group(call: Any, *, cache_subnet_group_name: str) -> dict[str, Any]:
    thing = common.subnet_group(call, cache_subnet_group_name)
    if _in_use(call, thing.id):
        raise Refusal("CacheSubnetGroupInUse", f"Cache subnet group {thing.id} is currently in use.", 400)
    del call.backend().cache_subnet_groups[thing.id]
    return {}
