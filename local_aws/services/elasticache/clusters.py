# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Cache clusters: the nodes of replication groups, and clusters that stand alone.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html. A single cluster of
Valkey does not exist.
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.elasticache import aws, catalogue, common, parameters
from local_aws.services.elasticache.groups import shown as shown_group
from local_aws.services.elasticache.groups import zones
from local_aws.services.elasticache.tags import put


@aws.adds
def create_cache_cluster(
    call: Any,
    *,
    cache_cluster_id: str,
    cache_node_type: str | None = None,
    num_cache_nodes: int = 1,
    engine: str = "memcached",
    engine_version: str | None = None,
    cache_parameter_group_name: str | None = None,
    cache_subnet_group_name: str | None = None,
    cache_security_group_names: list[str] | None = None,
    security_group_ids: list[str] | None = None,
    tags: list[dict[str, str]] | None = None,
    preferred_availability_zone: str | None = None,
    preferred_maintenance_window: str | None = None,
    port: int = 6379,
    auto_minor_version_upgrade: bool = True,
    snapshot_retention_limit: int = 0,
    snapshot_window: str | None = None,
) -> dict[str, Any]:
    name = common.check_identifier(cache_cluster_id, "CacheClusterId", 50)
    backend = call.backend()
    if name in backend.cache_clusters:
        raise Refusal("CacheClusterAlreadyExists", f"Cache cluster {name} already exists.", 400)
    if engine == "valkey":
        raise common.combination("This API does not support Valkey. Please use CreateReplicationGroup.")
    if engine != "redis":
        raise common.value(f"local_aws makes cache clusters of redis only, not of {engine}.")
    version = catalogue.version(engine, engine_version)
    if version is None:
        raise common.combination(f"Cannot find version {engine_version} for {engine}")
    if not cache_node_type:
        raise Refusal("MissingParameter", "A CacheNodeType is needed.", 400)
    common.check_node_type(cache_node_type)
    if num_cache_nodes != 1:
        raise common.value("NumCacheNodes should be 1 if engine is redis.")
    if cache_security_group_names:  # of a network without VPCs
        raise common.combination("Use of cache security groups is not permitted in this API version for your account.")
    common.check_windows(call.params)
    group = parameters.for_engine(call, cache_parameter_group_name, engine, version)
    vpc, possible = zones(call, cache_subnet_group_name)
    common.check_security_groups(call, security_group_ids, vpc)
    address = {"Address": f"{name}.{common.suffix(call)}.0001.{common.domain(call)}", "Port": port}
    shape: dict[str, Any] = {
        "CacheClusterId": name,
        "CacheNodeType": cache_node_type,
        "Engine": engine,
        "EngineVersion": catalogue.VERSIONS[engine][version][1],
        "CacheClusterStatus": "available",
        "NumCacheNodes": 1,
        "PreferredAvailabilityZone": preferred_availability_zone or possible[0],
        "PreferredMaintenanceWindow": (preferred_maintenance_window or "sun:06:00-sun:07:00").lower(),
        "PendingModifiedValues": {},
        "CacheSecurityGroups": [],
        "CacheParameterGroup": {"CacheParameterGroupName": group, "ParameterApplyStatus": "in-sync"},
        "CacheSubnetGroupName": (cache_subnet_group_name or "default").lower(),
        "CacheNodes": [
            {
                "CacheNodeId": "0001",
                "CacheNodeStatus": "available",
                "Endpoint": address,
                "ParameterGroupStatus": "in-sync",
                "CustomerAvailabilityZone": preferred_availability_zone or possible[0],
            }
        ],
        "AutoMinorVersionUpgrade": auto_minor_version_upgrade,
        "SecurityGroups": _security_groups(security_group_ids),
        "SnapshotRetentionLimit": snapshot_retention_limit,
        "SnapshotWindow": snapshot_window or "05:00-06:00",
        "AuthTokenEnabled": False,
        "TransitEncryptionEnabled": False,
        "AtRestEncryptionEnabled": False,
        "ARN": common.arn(call, "cluster", name),
        "NetworkType": "ipv4",
        "IpDiscovery": "ipv4",
    }
    backend.cache_clusters[name] = common.Thing(name, shape)
    put(call, shape["ARN"], tags)
    return {"CacheCluster": _without_nodes(shape)}


def _security_groups(ids: list[str] | None) -> list[dict[str, str]]:
    return [{"SecurityGroupId": one, "Status": "active"} for one in ids or []]


def _without_nodes(shape: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in shape.items() if key != "CacheNodes"}


def _members(call: Any, thing: common.Thing) -> list[dict[str, Any]]:
    """The nodes of a replication group, which show what the group itself does not."""
    group, hidden = shown_group(call, thing), thing.hidden
    state = call.front.transitions.state(call, "DescribeReplicationGroups", thing.id)
    status = state or "available"
    endpoints = {one["CacheClusterId"]: one["ReadEndpoint"] for one in group["NodeGroups"][0]["NodeGroupMembers"]}
    return [
        {
            "CacheClusterId": one["id"],
            "CacheNodeType": group["CacheNodeType"],
            "Engine": group["Engine"],
            "EngineVersion": catalogue.VERSIONS[group["Engine"]][hidden["version"]][1],
            "CacheClusterStatus": status,
            "NumCacheNodes": 1,
            "PreferredAvailabilityZone": one["zone"],
            "PreferredMaintenanceWindow": hidden["window"],
            "PendingModifiedValues": {},
            **(
                {"NotificationConfiguration": {"TopicArn": hidden["topic"], "TopicStatus": "active"}}
                if hidden["topic"]
                else {}
            ),
            "CacheParameterGroup": {
                "CacheParameterGroupName": hidden["parameter_group"],
                "ParameterApplyStatus": "in-sync",
            },
            "CacheSubnetGroupName": hidden["subnet_group"],
            "CacheNodes": [
                {
                    "CacheNodeId": "0001",
                    "CacheNodeStatus": status,
                    "Endpoint": endpoints[one["id"]],
                    "ParameterGroupStatus": "in-sync",
                    "CustomerAvailabilityZone": one["zone"],
                }
            ],
            "AutoMinorVersionUpgrade": group["AutoMinorVersionUpgrade"],
            "SecurityGroups": _security_groups(hidden["security_groups"]),
            "ReplicationGroupId": thing.id,
            "SnapshotRetentionLimit": group["SnapshotRetentionLimit"],
            "SnapshotWindow": group["SnapshotWindow"],
            "AuthTokenEnabled": group["AuthTokenEnabled"],
            "TransitEncryptionEnabled": group["TransitEncryptionEnabled"],
            "AtRestEncryptionEnabled": group["AtRestEncryptionEnabled"],
            "ARN": common.arn(call, "cluster", one["id"]),
            "ReplicationGroupLogDeliveryEnabled": bool(group["LogDeliveryConfigurations"]),
            "NetworkType": group["NetworkType"],
            "IpDiscovery": group["IpDiscovery"],
        }
        for one in hidden["members"]
    ]


@aws.adds
def describe_cache_clusters(
    call: Any,
    *,
    cache_cluster_id: str | None = None,
    max_records: int | None = None,
    marker: str | None = None,
    show_cache_node_info: bool = False,
    show_cache_clusters_not_in_replication_groups: bool = False,
) -> dict[str, Any]:
    backend = call.backend()
    found = [thing.shape for thing in backend.cache_clusters.values()]
    if not show_cache_clusters_not_in_replication_groups:
        found += [one for thing in backend.replication_groups.values() for one in _members(call, thing)]
    found = sorted(found, key=lambda one: one["CacheClusterId"])
    if cache_cluster_id:
        found = [one for one in found if one["CacheClusterId"] == cache_cluster_id.lower()]
        if not found:
            raise Refusal("CacheClusterNotFound", f"CacheCluster not found: {cache_cluster_id}", 404)
    if not show_cache_node_info:
        found = [_without_nodes(one) for one in found]
    return common.page(found, "CacheClusters", max_records, marker)


@aws.adds
def delete_cache_cluster(
    call: Any, *, cache_cluster_id: str, final_snapshot_identifier: str | None = None
) -> dict[str, Any]:
    thing = call.backend().cache_clusters.pop(cache_cluster_id.lower(), None)
    if thing is None:
        raise Refusal("CacheClusterNotFound", f"CacheCluster not found: {cache_cluster_id}", 404)
    if final_snapshot_identifier:
        raise common.value("local_aws deletes cache clusters without a last snapshot only.")
    return {"CacheCluster": {**_without_nodes(thing.shape), "CacheClusterStatus": "deleting"}}
