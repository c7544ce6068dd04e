# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tags by ARN, for whatever has one; a thing that is being made or changed does not answer.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ListTagsForResource.html: "If the cluster is not
in the available state, ListTagsForResource returns an error."
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.elasticache import aws

_MOST = 50


def put(call: Any, arn: str, tags: list[dict[str, str]] | None) -> None:
    """Add tags to a thing that is there."""
    backend = call.backend()
    known = {tag["Key"] for tag in backend.tagging_service.list_tags_for_resource(arn)["Tags"]}
    if len(known | {tag["Key"] for tag in tags or []}) > _MOST:
        raise Refusal("TagQuotaPerResourceExceeded", f"{arn} would have more than {_MOST} tags.", 400)
    reserved = [tag["Key"] for tag in tags or [] if tag["Key"].lower().startswith("aws:")]
    if reserved:
        raise Refusal("InvalidParameterValue", f"Tag keys may not begin with aws: ({', '.join(reserved)}).", 400)
    if tags:
        backend.tagging_service.tag_resource(arn, [{"Key": tag["Key"], "Value": tag.get("Value", "")} for tag in tags])


_MISSING = {
    "cluster": ("CacheClusterNotFound", 404),
    "parametergroup": ("CacheParameterGroupNotFound", 404),
    "replicationgroup": ("ReplicationGroupNotFoundFault", 404),
    "snapshot": ("SnapshotNotFoundFault", 404),
    "subnetgroup": ("CacheSubnetGroupNotFoundFault", 400),
    "user": ("UserNotFound", 404),
    "usergroup": ("UserGroupNotFound", 404),
}


def _check(call: Any, arn: str) -> None:
    parts = arn.split(":", 6)
    if len(parts) != 7 or parts[2] != "elasticache" or parts[5] not in _MISSING:
        raise Refusal("InvalidARN", f"ARN {arn} is not a valid ElastiCache ARN.", 400)
    kind, name = parts[5], parts[6]
    backend = call.backend()
    known = {
        "cluster": backend.cache_clusters,
        "parametergroup": call.state("parameter_groups"),
        "replicationgroup": backend.replication_groups,
        "snapshot": backend.snapshots,
        "subnetgroup": backend.cache_subnet_groups,
        "user": backend.users,
        "usergroup": call.state("user_groups"),
    }[kind]
    members = {member["id"] for group in backend.replication_groups.values() for member in group.hidden["members"]}
    if name not in known and not (kind == "cluster" and name in members):
        code, status = _MISSING[kind]
        raise Refusal(code, f"{arn} does not exist.", status)
    if kind == "replicationgroup":
        state = call.front.transitions.state(call, "DescribeReplicationGroups", name)
        if state:
            raise Refusal(
                "InvalidReplicationGroupState",
                f"Cluster not in available state but {state}; try again once it is available.",
                400,
            )


@aws.adds
def list_tags_for_resource(call: Any, *, resource_name: str) -> dict[str, Any]:
    _check(call, resource_name)
    return {"TagList": call.backend().tagging_service.list_tags_for_resource(resource_name)["Tags"]}


@aws.adds
def add_tags_to_resource(call: Any, *, resource_name: str, tags: list[dict[str, str]]) -> dict[str, Any]:
    """Those of a replication group are given to its nodes, too."""
    _check(call, resource_name)
    for arn in [resource_name, *_members(call, resource_name)]:
        put(call, arn, tags)
    return {"TagList": call.backend().tagging_service.list_tags_for_resource(resource_name)["Tags"]}


@aws.adds
def remove_tags_from_resource(call: Any, *, resource_name: str, tag_keys: list[str]) -> dict[str, Any]:
    _check(call, resource_name)
    for arn in [resource_name, *_members(call, resource_name)]:
        call.backend().tagging_service.untag_resource_using_names(arn, tag_keys)
    return {"TagList": call.backend().tagging_service.list_tags_for_resource(resource_name)["Tags"]}


def _members(call: Any, arn: str) -> list[str]:
    group = call.backend().replication_groups.get(arn.rpartition(":")[2])
    if ":replicationgroup:" not in arn or group is None:
        return []
    prefix = arn.partition(":replicationgroup:")[0]
    return [f"{prefix}:cluster:{member['id']}" for member in group.hidden["members"]]
