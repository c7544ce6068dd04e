# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Replication groups with cluster mode disabled: a primary and its replicas, over the zones of the subnet group.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html. What a group's own
answer does not tell (version, groups, window) is on its members, which DescribeCacheClusters shows (``clusters.py``).
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.regions import zones as zones_of
from local_aws.services.elasticache import aws, catalogue, common, parameters, user_groups
from local_aws.services.elasticache.states import creation
from local_aws.services.elasticache.tags import put

_MOST_NODES = 6
_ENGINES = ("redis", "valkey")


def check_user_groups(call: Any, ids: list[str], engine: str, *, encrypted: bool) -> None:
    if ids and not encrypted:
        raise common.combination("User groups need in-transit encryption: set TransitEncryptionEnabled.")
    if len(ids) > 1:
        raise common.combination("A replication group has one user group.")
    for name in ids:
        group = user_groups.find(call, name)
        if engine == "redis" and group.shape["Engine"] != "redis":
            raise common.combination(f"User group {name} is of the engine valkey, and the replication group of redis.")


def check_failover(nodes: int, failover: bool, multi_az: bool) -> None:
    if failover and nodes < 2:
        raise common.combination("Automatic failover is not supported for a replication group of less than two nodes.")
    if multi_az and not failover:
        raise common.combination("Must enable automatic failover to enable Multi-AZ.")


def zones(call: Any, subnet_group: str | None) -> tuple[str | None, list[str]]:
    """The VPC and the zones that nodes may stand in."""
    if subnet_group:
        found = common.subnet_group(call, subnet_group).shape
        return found["VpcId"], sorted({one["SubnetAvailabilityZone"]["Name"] for one in found["Subnets"]})
    return None, list(zones_of(call.region))


def member(group: str, number: int, zone: str) -> dict[str, str]:
    return {"id": f"{group}-{number:0>3}", "zone": zone}


def _encryption(params: dict[str, Any], engine: str) -> tuple[bool, bool]:
    """Whether at rest and in transit; Valkey is encrypted at rest where nothing is said.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html and in-transit-encryption.html
    """
    at_rest = bool(params.get("AtRestEncryptionEnabled", engine == "valkey"))
    transit, mode = bool(params.get("TransitEncryptionEnabled")), params.get("TransitEncryptionMode")
    if params.get("KmsKeyId") and not at_rest:
        raise common.combination("A KMS key needs at-rest encryption: set AtRestEncryptionEnabled.")
    if mode and not transit:
        raise common.combination("TransitEncryptionMode needs TransitEncryptionEnabled.")
    if mode not in (None, "preferred", "required"):
        raise common.value(f"Invalid TransitEncryptionMode {mode}.")
    if params.get("AuthToken") and (not transit or params.get("UserGroupIds")):
        raise common.combination("An AUTH token needs in-transit encryption and goes with no user group.")
    return at_rest, transit


def _placed(possible: list[str], wanted: list[str] | None, nodes: int, failover: bool, multi_az: bool) -> list[str]:
    """The zone of each node."""
    if not 1 <= nodes <= _MOST_NODES:
        raise common.value(f"NumCacheClusters must be between 1 and {_MOST_NODES}.")
    check_failover(nodes, failover, multi_az)
    if wanted and (len(wanted) != nodes or set(wanted) - set(possible)):
        raise common.combination("PreferredCacheClusterAZs must be a zone of the subnet group for each of the nodes.")
    if multi_az and len(set(wanted or possible)) < 2:
        raise common.combination("Multi-AZ needs subnets in two zones.")
    return wanted or [possible[number % len(possible)] for number in range(nodes)]


@aws.adds
def create_replication_group(
    call: Any,
    *,
    replication_group_id: str,
    replication_group_description: str,
    automatic_failover_enabled: bool = False,
    multi_az_enabled: bool = False,
    num_cache_clusters: int = 1,
    preferred_cache_cluster_azs: list[str] | None = None,
    cache_node_type: str | None = None,
    engine: str = "redis",
    engine_version: str | None = None,
    cache_parameter_group_name: str | None = None,
    cache_subnet_group_name: str | None = None,
    security_group_ids: list[str] | None = None,
    tags: list[dict[str, str]] | None = None,
    preferred_maintenance_window: str | None = None,
    port: int = 6379,
    notification_topic_arn: str | None = None,
    auto_minor_version_upgrade: bool = True,
    snapshot_retention_limit: int = 0,
    snapshot_window: str | None = None,
    auth_token: str | None = None,
    transit_encryption_enabled: bool | None = None,
    at_rest_encryption_enabled: bool | None = None,
    kms_key_id: str | None = None,
    user_group_ids: list[str] | None = None,
    log_delivery_configurations: list[dict[str, Any]] | None = None,
    network_type: str = "ipv4",
    ip_discovery: str = "ipv4",
    transit_encryption_mode: str | None = None,
    cluster_mode: str = "disabled",
) -> dict[str, Any]:
    name = common.check_identifier(replication_group_id, "ReplicationGroupId", 40)
    backend = call.backend()
    if name in backend.replication_groups:
        raise Refusal("ReplicationGroupAlreadyExists", f"Replication group with id {name} already exists.", 400)
    if engine not in _ENGINES:
        raise common.value(f"Invalid engine {engine}. Valid values are redis and valkey.")
    version = catalogue.version(engine, engine_version)
    if version is None:
        raise common.combination(f"Cannot find version {engine_version} for {engine}")
    if cluster_mode != "disabled":
        raise common.value("local_aws makes replication groups with cluster mode disabled only.")
    if not cache_node_type:
        raise Refusal("MissingParameter", "A CacheNodeType is needed.", 400)
    common.check_node_type(cache_node_type)
    at_rest, transit = _encryption(call.params, engine)
    check_user_groups(call, user_group_ids or [], engine, encrypted=transit)
    common.check_windows(call.params)
    common.check_logs(log_delivery_configurations, engine, version)
    group = parameters.for_engine(call, cache_parameter_group_name, engine, version)
    vpc, possible = zones(call, cache_subnet_group_name)
    common.check_security_groups(call, security_group_ids, vpc)
    placed = _placed(
        possible, preferred_cache_cluster_azs, num_cache_clusters, automatic_failover_enabled, multi_az_enabled
    )
    shape: dict[str, Any] = {
        "ReplicationGroupId": name,
        "Description": replication_group_description,
        "Status": "available",
        "PendingModifiedValues": {},
        "AutomaticFailover": "enabled" if automatic_failover_enabled else "disabled",
        "MultiAZ": "enabled" if multi_az_enabled else "disabled",
        "SnapshotRetentionLimit": snapshot_retention_limit,
        "SnapshotWindow": (snapshot_window or "05:00-06:00").lower(),
        "ClusterEnabled": False,
        "CacheNodeType": cache_node_type,
        "AuthTokenEnabled": bool(auth_token),
        "TransitEncryptionEnabled": transit,
        "AtRestEncryptionEnabled": at_rest,
        "StorageEncryptionType": ("sse-kms" if kms_key_id else "sse-elasticache") if at_rest else "none",
        "ARN": common.arn(call, "replicationgroup", name),
        "UserGroupIds": [one.lower() for one in user_group_ids or []],
        "LogDeliveryConfigurations": common.shown_logs(call, [], log_delivery_configurations),
        "DataTiering": "disabled",
        "AutoMinorVersionUpgrade": auto_minor_version_upgrade,
        "NetworkType": network_type,
        "IpDiscovery": ip_discovery,
        "ClusterMode": "disabled",
        "Engine": engine,
        **({"KmsKeyId": common.key_arn(call, kms_key_id)} if kms_key_id else {}),
        **({"TransitEncryptionMode": transit_encryption_mode or "required"} if transit else {}),
    }
    thing = common.Thing(
        name,
        shape,
        members=[member(name, number, zone) for number, zone in enumerate(placed, 1)],
        version=version,
        parameter_group=group,
        subnet_group=(cache_subnet_group_name or "default").lower(),
        security_groups=security_group_ids or [],
        window=(preferred_maintenance_window or "sun:06:00-sun:07:00").lower(),
        topic=notification_topic_arn,
        port=port,
        domain=f"{name}.{common.suffix(call)}",
        endpoint_tls=transit,
    )
    backend.replication_groups[name] = thing
    for arn in [shape["ARN"], *(common.arn(call, "cluster", one["id"]) for one in thing.hidden["members"])]:
        put(call, arn, tags)
    call.meanwhile = creation()
    return {"ReplicationGroup": {key: item for key, item in shown(call, thing).items() if key != "NodeGroups"}}


def shown(call: Any, thing: common.Thing) -> dict[str, Any]:
    """With the members and their endpoints, whose names are those of the group's creation."""
    hidden, domain = thing.hidden, common.domain(call)
    port = hidden["port"]

    def address(kind: str) -> dict[str, Any]:
        if hidden["endpoint_tls"]:
            first = {"primary": "master", "reader": "replica"}[kind]
            return {"Address": f"{first}.{hidden['domain']}.{domain}", "Port": port}
        name, suffix = hidden["domain"].split(".")
        return {"Address": f"{name}{'-ro' if kind == 'reader' else ''}.{suffix}.ng.0001.{domain}", "Port": port}

    members = [
        {
            "CacheClusterId": one["id"],
            "CacheNodeId": "0001",
            "ReadEndpoint": {"Address": f"{one['id']}.{hidden['domain']}.{domain}", "Port": port},
            "PreferredAvailabilityZone": one["zone"],
            "CurrentRole": "replica" if number else "primary",
        }
        for number, one in enumerate(hidden["members"])
    ]
    node_group = {
        "NodeGroupId": "0001",
        "Status": "available",
        "PrimaryEndpoint": address("primary"),
        "ReaderEndpoint": address("reader"),
        "NodeGroupMembers": members,
    }
    return {**thing.shape, "MemberClusters": [one["id"] for one in hidden["members"]], "NodeGroups": [node_group]}


@aws.adds
def describe_replication_groups(
    call: Any, *, replication_group_id: str | None = None, max_records: int | None = None, marker: str | None = None
) -> dict[str, Any]:
    if replication_group_id:
        return {"ReplicationGroups": [shown(call, common.group(call, replication_group_id))]}
    every = [shown(call, thing) for _name, thing in sorted(call.backend().replication_groups.items())]
    return common.page(every, "ReplicationGroups", max_records, marker)


@aws.adds
def delete_replication_group(
    call: Any,
    *,
    replication_group_id: str,
    retain_primary_cluster: bool = False,
    final_snapshot_identifier: str | None = None,
) -> dict[str, Any]:
    thing = common.group(call, replication_group_id)
    if retain_primary_cluster or final_snapshot_identifier:
        raise common.value("local_aws deletes replication groups whole and without a last snapshot only.")
    del call.backend().replication_groups[thing.id]
    return {"ReplicationGroup": {**shown(call, thing), "Status": "deleting"}}
