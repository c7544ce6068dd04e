# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Replication groups with cluster mode disabled, encrypted and with users:
https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html

What AWS cannot change on an existing one (encryption at rest, key, subnet group, port) is set at creation only;
migration() says what of it differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State, Wait
from ..._engine.tags import to_list
from ..ec2.security_group import SECURITY_GROUP
from ..kms.kms_key import KMS_KEY
from ..rds.common import SENT, note_sent
from .cache_parameter_group import CACHE_PARAMETER_GROUP
from .cache_replication_group_existing import without_kept
from .cache_replication_group_state import EQUAL, read
from .cache_subnet_group import CACHE_SUBNET_GROUP
from .cache_user_group import CACHE_USER_GROUP
from .common import busy, eventual, lower_case, tag

MODIFY = "modify_replication_group"
MOST_NODES = 6
# Option -> parameter, where the two calls agree and the value goes through as it is.
_SIMPLE = {
    "description": "ReplicationGroupDescription",
    "security_groups": "SecurityGroupIds",
    "preferred_maintenance_window": "PreferredMaintenanceWindow",
    "snapshot_retention_limit": "SnapshotRetentionLimit",
    "snapshot_window": "SnapshotWindow",
    "auto_minor_version_upgrade": "AutoMinorVersionUpgrade",
}
_FAILOVER = {"automatic_failover": "AutomaticFailoverEnabled", "multi_az": "MultiAZEnabled"}
_ENGINE = {
    "engine": "Engine",
    "engine_version": "EngineVersion",
    "parameter_group": "CacheParameterGroupName",
}
_CREATION = {
    **_SIMPLE,
    **_FAILOVER,
    **_ENGINE,
    "node_type": "CacheNodeType",
    "num_cache_clusters": "NumCacheClusters",
    "subnet_group": "CacheSubnetGroupName",
    "port": "Port",
    "kms_key": "KmsKeyId",
    "transit_encryption_mode": "TransitEncryptionMode",
}


def create(aws: Aws, desired: State) -> None:
    """Encrypted at rest and in transit, whatever is asked for besides."""
    parameters = {key: desired[name] for name, key in _CREATION.items() if desired.get(name) is not None}
    if desired.get("user_group"):
        parameters["UserGroupIds"] = [desired["user_group"]]
    if desired.get("log_deliveries"):
        parameters["LogDeliveryConfigurations"] = log_configurations(desired)
    aws.call_once(
        "elasticache",
        "create_replication_group",
        ReplicationGroupId=desired["name"],
        AtRestEncryptionEnabled=True,
        TransitEncryptionEnabled=True,
        Tags=to_list(desired["tags"]),
        **parameters,
    )


def log_configurations(desired: State) -> list[dict[str, Any]]:
    return [
        {
            "LogType": one["type"],
            "DestinationType": "cloudwatch-logs",
            "DestinationDetails": {"CloudWatchLogsDetails": {"LogGroup": one["log_group"]}},
            "LogFormat": one["format"],
            "Enabled": True,
        }
        for one in desired["log_deliveries"]
    ]


@dataclass(frozen=True)
class Step:
    """One call. fields: those that it brings to their end."""

    operation: str
    parameters: dict[str, Any] = field(default_factory=dict)
    fields: frozenset[str] = frozenset()


def steps(found: State, desired: State, fields: frozenset[str]) -> list[Step]:
    """The calls for the fields, in their order. Pure.

    Replicas are added before failover is turned on and removed after it is turned off; TLS is offered before it is
    required, and required before users are:
    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html
    """
    before = int(found["num_cache_clusters"])
    nodes = int(desired.get("num_cache_clusters") or before)
    failover = fields & _FAILOVER.keys()
    off = frozenset(name for name in failover if not desired[name])
    engine = fields & {"engine", "engine_version"}
    with_engine = engine | (fields & {"parameter_group"}) if engine else engine
    calls = []
    if "num_cache_clusters" in fields and nodes > before:
        calls.append(_replicas("increase_replica_count", nodes))
    if off:
        calls.append(_modify(_FAILOVER, desired, failover))
    together = (fields & {*_SIMPLE, "parameter_group", "log_deliveries"}) - with_engine
    together |= frozenset() if off else failover
    if together:
        logs = {"LogDeliveryConfigurations": log_configurations(desired)} if "log_deliveries" in together else {}
        step = _modify({**_SIMPLE, **_FAILOVER, **_ENGINE}, desired, together - {"log_deliveries"})
        calls.append(Step(MODIFY, {**step.parameters, **logs}, frozenset(together)))
    if engine:
        wanted = with_engine | ({"engine_version", "parameter_group"} if "engine" in engine else frozenset())
        parameters = {_ENGINE[name]: desired[name] for name in sorted(wanted) if desired.get(name) is not None}
        calls.append(Step(MODIFY, parameters, with_engine))
    if "node_type" in fields:
        calls.append(_modify({"node_type": "CacheNodeType"}, desired, frozenset({"node_type"})))
    calls += _transit(found, desired, fields) + _users(found, desired, fields)
    if "num_cache_clusters" in fields and nodes < before:
        calls.append(_replicas("decrease_replica_count", nodes))
    return calls


def _modify(names: dict[str, str], desired: State, fields: frozenset[str]) -> Step:
    return Step(MODIFY, {names[name]: desired[name] for name in sorted(fields)}, frozenset(fields))


def _replicas(operation: str, nodes: int) -> Step:
    return Step(operation, {"NewReplicaCount": nodes - 1}, frozenset({"num_cache_clusters"}))


def _transit(found: State, desired: State, fields: frozenset[str]) -> list[Step]:
    if "transit_encryption_mode" not in fields:
        return []
    done, mode = frozenset({"transit_encryption_mode"}), desired["transit_encryption_mode"]
    last = Step(MODIFY, {"TransitEncryptionEnabled": True, "TransitEncryptionMode": mode}, done)
    if found["transit_encryption_mode"] == "none" and mode == "required":
        return [Step(MODIFY, {**last.parameters, "TransitEncryptionMode": "preferred"}), last]
    return [last]


def _users(found: State, desired: State, fields: frozenset[str]) -> list[Step]:
    """A group has one user group; it takes the place of another one, or of the AUTH token."""
    if "user_group" not in fields:
        return []
    parameters: dict[str, Any] = {"UserGroupIdsToAdd": [desired["user_group"]]}
    if found["user_group"]:
        parameters["UserGroupIdsToRemove"] = [found["user_group"]]
    if found["auth_token"]:
        parameters["AuthTokenUpdateStrategy"] = "DELETE"
    return [Step(MODIFY, parameters, frozenset({"user_group"}))]


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """One change after the other, as AWS takes no second one meanwhile."""
    for step in steps(found, desired, fields):
        aws.call(
            "elasticache", step.operation, ReplicationGroupId=found["name"], ApplyImmediately=True, **step.parameters
        )
        note_sent(desired, step.fields)
        yield step.fields


def check(desired: State) -> list[str]:
    reasons = lower_case(desired["name"])
    nodes, failover = desired.get("num_cache_clusters") or 1, desired.get("automatic_failover")
    if not 1 <= nodes <= MOST_NODES:
        reasons.append(f"it has 1 to {MOST_NODES} nodes, not {nodes}")
    if failover and nodes < 2:
        reasons.append("automatic failover needs a second node; set num_cache_clusters: 2")
    if desired.get("multi_az") and not failover:
        reasons.append("multi_az needs automatic_failover")
    return reasons


CACHE_REPLICATION_GROUP = Kind(
    name="cache_replication_group",
    role="cache",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={
        "subnet_group": Reference(CACHE_SUBNET_GROUP, "name"),
        "parameter_group": Reference(CACHE_PARAMETER_GROUP, "name"),
        "user_group": Reference(CACHE_USER_GROUP, "name"),
        "security_groups": Reference(SECURITY_GROUP, "id"),
        "kms_key": Reference(KMS_KEY, "arn"),
    },
    unchangeable={
        "cluster_mode": "this collection changes no group with cluster mode enabled; name another group",
        "port": "a replication group keeps its port; name another group to make one with that port",
    },
    initial=frozenset({"kms_key", "subnet_group", SENT}),
    equal=EQUAL,
    wait=Wait(ready=frozenset({"available"}), failed=frozenset({"create-failed"}), timeout=3600, poll=15),
    eventual=eventual,
    busy=busy,
    check=check,
    keeps=without_kept,
)
