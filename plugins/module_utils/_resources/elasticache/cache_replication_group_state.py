# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is there of a replication group: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html

Version, port, parameter group, subnet group, security groups and window are told by its members only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..._describe import elasticache
from ..._engine.aws import Aws
from ..._engine.kind import State, same_members
from ..._engine.pending import Pending
from ..rds.common import same_where_shown, same_window, shown_status
from .engine_versions import same_version

_ON = frozenset({"enabled", "enabling"})
_FAILED = "create-failed"


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Replication groups by id, in the shape of the module's options."""
    wanted = {item["name"]: item for item in items}
    return {
        group["ReplicationGroupId"]: _state(group, wanted[group["ReplicationGroupId"]])
        for group in elasticache.replication_groups(aws, names=sorted(wanted))
        if group["ReplicationGroupId"] in wanted
    }


def _state(group: Mapping[str, Any], item: State) -> State:
    member: Mapping[str, Any] = next(iter(group["Members"]), {})
    primary, reader = endpoints_of(group)
    tags = group["Tags"]
    state = {
        "name": group["ReplicationGroupId"],
        "arn": group["ARN"],
        "status": group["Status"],
        "status_reason": "delete it, and run again" if group["Status"] == _FAILED else None,
        "description": group.get("Description", ""),
        "engine": (group.get("Engine") or member.get("Engine") or "redis").lower(),
        "engine_version": member.get("EngineVersion"),
        "cluster_mode": group.get("ClusterMode") or ("enabled" if group.get("ClusterEnabled") else "disabled"),
        "node_type": group.get("CacheNodeType"),
        "num_cache_clusters": len(group.get("MemberClusters") or []),
        "zones": sorted({one["PreferredAvailabilityZone"] for one in group["Members"]}),
        "automatic_failover": group.get("AutomaticFailover") in _ON,
        "multi_az": group.get("MultiAZ") in _ON,
        "subnet_group": member.get("CacheSubnetGroupName"),
        "security_groups": sorted(one["SecurityGroupId"] for one in member.get("SecurityGroups") or []),
        "parameter_group": (member.get("CacheParameterGroup") or {}).get("CacheParameterGroupName"),
        "preferred_maintenance_window": member.get("PreferredMaintenanceWindow"),
        "snapshot_retention_limit": group.get("SnapshotRetentionLimit") or 0,
        "snapshot_window": group.get("SnapshotWindow"),
        "auto_minor_version_upgrade": group.get("AutoMinorVersionUpgrade"),
        "encryption": encryption_type(group),
        "kms_key": group.get("KmsKeyId"),
        "transit_encryption_mode": transit_mode(group),
        "auth_token": group.get("AuthTokenEnabled", False),
        "user_group": next(iter(group.get("UserGroupIds") or []), None),
        "log_deliveries": _log_deliveries(group.get("LogDeliveryConfigurations") or []),
        "port": (primary or {}).get("Port"),
        "endpoints": {"primary": url(primary, group), "reader": url(reader, group)} if primary else {},
        # AWS does not tell them while the group is being made or changed.
        "tags": dict(item.get("tags") or {}) if tags is None else tags,
    }
    state["migrations"] = migration(state, item)
    state["status"] = shown_status(EQUAL, state, item, ())
    return state


def endpoints_of(group: Mapping[str, Any]) -> tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]:
    """Where to write and where to read, each {Address, Port}; None as long as AWS has given none."""
    node_group: Mapping[str, Any] = next(iter(group.get("NodeGroups") or []), {})
    primary = group.get("ConfigurationEndpoint") or node_group.get("PrimaryEndpoint")
    return primary, group.get("ConfigurationEndpoint") or node_group.get("ReaderEndpoint") or primary


def url(endpoint: Mapping[str, Any] | None, found: Mapping[str, Any]) -> str:
    """rediss://host:port where TLS is on offer, redis:// where it is not. found: the group or cluster."""
    scheme = "rediss" if found.get("TransitEncryptionEnabled") else "redis"
    return f"{scheme}://{endpoint['Address']}:{endpoint['Port']}" if endpoint else ""


def encryption_type(group: Mapping[str, Any]) -> str:
    """none, sse-elasticache (a key that AWS owns) or sse-kms; older answers have no type."""
    said = group.get("StorageEncryptionType")
    if said:
        return str(said)
    if not group.get("AtRestEncryptionEnabled"):
        return "none"
    return "sse-kms" if group.get("KmsKeyId") else "sse-elasticache"


def transit_mode(group: Mapping[str, Any]) -> str:
    """none, preferred (clients without TLS are served, too) or required."""
    if not group.get("TransitEncryptionEnabled"):
        return "none"
    return str(group.get("TransitEncryptionMode") or "required")


def _log_deliveries(configurations: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Those to CloudWatch Logs that work; one that has failed is set anew."""
    return [
        {
            "type": one["LogType"],
            "log_group": one["DestinationDetails"]["CloudWatchLogsDetails"]["LogGroup"],
            "format": one["LogFormat"],
        }
        for one in configurations
        if one.get("DestinationType") == "cloudwatch-logs" and one.get("Status") != "error"
    ]


def has_deliveries(found: Sequence[Mapping[str, Any]] | None, desired: Sequence[Mapping[str, Any]]) -> bool:
    """A log that nobody asked for is left to whoever wanted it."""
    return all(dict(one) in [dict(other) for other in found or []] for one in desired)


EQUAL: dict[str, Callable[[Any, Any], bool]] = {
    "engine_version": same_version,
    "log_deliveries": has_deliveries,
    # There are no endpoints, and no port, while a group is being made.
    "port": same_where_shown,
    "preferred_maintenance_window": same_window,
    "security_groups": same_members,
    "snapshot_window": same_window,
}


def migration(found: Mapping[str, Any], desired: Mapping[str, Any]) -> list[str]:
    """What differs and cannot be changed in place, as sentences; empty when nothing does."""
    reasons = []
    key = desired.get("kms_key")
    if found["encryption"] == "none":
        reasons.append("its storage is not encrypted (StorageEncryptionType none)")
    elif key and found["encryption"] != "sse-kms":
        reasons.append(
            f"its storage is encrypted with a key that AWS owns (StorageEncryptionType {found['encryption']})"
        )
    elif key and found["kms_key"] != key:
        reasons.append(f"its storage key is {found['kms_key']} and not {key}")
    group = desired.get("subnet_group")
    if group and found["subnet_group"] not in (None, group):
        reasons.append(f"its subnet group is {found['subnet_group']} and not {group}")
    return reasons


def report(kind: str, names: Sequence[str], resources: Mapping[str, State]) -> dict[str, Any]:
    """The module's answers besides converge's: endpoints of all names, known after apply where there are none yet."""
    unknown = str(Pending.of(kind, "endpoint"))
    nothing = {"primary": unknown, "reader": unknown}
    return {
        "endpoints": {name: resources.get(name, {}).get("endpoints") or nothing for name in names},
        "migrations": {name: state["migrations"] for name, state in resources.items() if state["migrations"]},
    }
