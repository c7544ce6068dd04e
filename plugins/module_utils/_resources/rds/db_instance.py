# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Instances of Aurora clusters: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..._describe import rds
from ..._engine.aws import Aws
from ..._engine.errors import Refusal
from ..._engine.kind import Kind, Reference, State, Wait
from ..._engine.tags import to_list
from ..iam.iam_role import IAM_ROLE
from .common import SENT, busy, eventual, explained, lower_case, note_sent, same_window, shown_status, tag
from .db_cluster import DB_CLUSTER
from .db_parameter_group import DB_PARAMETER_GROUP

# Option -> parameter, the same in both calls.
_SIMPLE = {
    "instance_class": "DBInstanceClass",
    "parameter_group": "DBParameterGroupName",
    "promotion_tier": "PromotionTier",
    "publicly_accessible": "PubliclyAccessible",
    "auto_minor_version_upgrade": "AutoMinorVersionUpgrade",
    "preferred_maintenance_window": "PreferredMaintenanceWindow",
    "ca_certificate": "CACertificateIdentifier",
}
_CREATION = {"engine": "Engine", "cluster": "DBClusterIdentifier", "availability_zone": "AvailabilityZone"}
# What takes the instance away from its clients, and of that, what may wait for the maintenance window.
DISRUPTIVE = frozenset({"instance_class", "ca_certificate", "pending_reboot"})
WINDOW = frozenset({"instance_class", "ca_certificate"})
STOPPED = frozenset({"stopped"})
_PENDING = {"DBInstanceClass": "instance_class", "CACertificateIdentifier": "ca_certificate"}
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html
FAILED = frozenset(
    {
        "failed",
        "inaccessible-encryption-credentials",
        "inaccessible-encryption-credentials-recoverable",
        "incompatible-network",
        "incompatible-option-group",
        "incompatible-parameters",
        "incompatible-restore",
        "insufficient-capacity",
        "restore-error",
        "storage-full",
        *STOPPED,
    }
)
_EQUAL = {"preferred_maintenance_window": same_window}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """The instances and, for who writes and what waits for a restart, their clusters."""
    wanted = {item["name"]: item for item in items}
    members = {
        member["DBInstanceIdentifier"]: member
        for cluster in rds.db_clusters(aws, names=sorted({item["cluster"] for item in items}))
        for member in cluster.get("DBClusterMembers", [])
    }
    states = {
        instance["DBInstanceIdentifier"]: _state(
            instance, wanted[instance["DBInstanceIdentifier"]], members.get(instance["DBInstanceIdentifier"], {})
        )
        for instance in rds.db_instances(aws, names=sorted(wanted))
        if instance["DBInstanceIdentifier"] in wanted
    }
    return explained(aws, "db-instance", FAILED, states)


def _state(instance: Mapping[str, Any], item: State, member: Mapping[str, Any]) -> State:
    groups = instance.get("DBParameterGroups") or []
    applied = {group.get("ParameterApplyStatus") for group in groups} | {member.get("DBClusterParameterGroupStatus")}
    state = {
        "name": instance["DBInstanceIdentifier"],
        "arn": instance["DBInstanceArn"],
        "status": instance["DBInstanceStatus"],
        "cluster": instance.get("DBClusterIdentifier"),
        "engine": instance["Engine"],
        "engine_version": instance.get("EngineVersion"),
        "availability_zone": instance.get("AvailabilityZone"),
        "writer": member.get("IsClusterWriter", False),
        "endpoint": (instance.get("Endpoint") or {}).get("Address"),
        "instance_class": instance["DBInstanceClass"],
        "parameter_group": groups[0]["DBParameterGroupName"] if groups else None,
        "pending_reboot": "pending-reboot" in applied,
        "promotion_tier": instance.get("PromotionTier", 1),
        "publicly_accessible": instance.get("PubliclyAccessible", False),
        "auto_minor_version_upgrade": instance.get("AutoMinorVersionUpgrade"),
        "preferred_maintenance_window": instance.get("PreferredMaintenanceWindow"),
        "monitoring_interval": instance.get("MonitoringInterval") or 0,
        "monitoring_role": instance.get("MonitoringRoleArn"),
        "ca_certificate": instance.get("CACertificateIdentifier"),
        "insights": bool(instance.get("PerformanceInsightsEnabled")),
        "insights_retention_days": instance.get("PerformanceInsightsRetentionPeriod"),
        "tags": instance["Tags"],
    }
    waiting = instance.get("PendingModifiedValues") or {}
    pending = {field: waiting[key] for key, field in _PENDING.items() if waiting.get(key)}
    if not item.get("apply_immediately", True):
        state |= pending
    state["status"] = shown_status(_EQUAL, state, item, pending)
    if state["status"] in STOPPED:
        cluster = state["cluster"]
        state["status_reason"] = f"its cluster is: aws rds start-db-cluster --db-cluster-identifier {cluster}"
    return state


def _monitoring(desired: State) -> dict[str, Any]:
    """The interval and its role, which RDS refuses with an interval of 0."""
    interval = desired.get("monitoring_interval")
    if interval is None:
        return {}
    role = {"MonitoringRoleArn": desired["monitoring_role"]} if interval and desired.get("monitoring_role") else {}
    return {"MonitoringInterval": interval, **role}


def _insights(desired: State) -> dict[str, Any]:
    """Performance Insights as on the cluster; the Database Insights mode is inherited and cannot be set here."""
    if desired.get("insights") is None:
        return {}
    if not desired["insights"]:
        return {"EnablePerformanceInsights": False}
    return {
        "EnablePerformanceInsights": True,
        "PerformanceInsightsRetentionPeriod": desired.get("insights_retention_days") or 7,
    }


def create(aws: Aws, desired: State) -> None:
    parameters = {
        key: desired[field] for field, key in {**_SIMPLE, **_CREATION}.items() if desired.get(field) is not None
    }
    aws.call_once(
        "rds",
        "create_db_instance",
        DBInstanceIdentifier=desired["name"],
        Tags=to_list(desired["tags"]),
        **parameters,
        **_monitoring(desired),
        **_insights(desired),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """ModifyDBInstance, then a restart where one is asked for and something waits for it.

    Errors: Refusal for an instance that is stopped with its cluster.
    """
    if found["status"] in STOPPED:
        raise Refusal(f"db_instance {found['name']} is stopped: {found['status_reason']}")
    modified = fields - {"pending_reboot"}
    parameters = _modification(desired, modified)
    if parameters:
        # "The modifications in this request and any pending modifications": what others deferred stays deferred.
        apply = bool(desired.get("apply_immediately", True)) and bool(modified & WINDOW)
        name = found["name"]
        aws.call("rds", "modify_db_instance", DBInstanceIdentifier=name, ApplyImmediately=apply, **parameters)
        note_sent(desired, modified)
    if modified:
        yield modified
    if "pending_reboot" in fields:
        aws.call("rds", "reboot_db_instance", DBInstanceIdentifier=found["name"])
        note_sent(desired, frozenset({"pending_reboot"}))
        yield frozenset({"pending_reboot"})


def _modification(desired: State, fields: frozenset[str]) -> dict[str, Any]:
    """Parameters of ModifyDBInstance for the fields."""
    parameters = {_SIMPLE[field]: desired[field] for field in sorted(fields) if field in _SIMPLE}
    if fields & {"monitoring_interval", "monitoring_role"}:
        parameters |= _monitoring(desired)
    if fields & {"insights", "insights_retention_days"}:
        parameters |= _insights(desired)
    return parameters


def _without_role(desired: State, found: State | None) -> tuple[State, list[str]]:
    """Without monitoring there is no role to compare."""
    return ({**desired, "monitoring_role": None} if desired.get("monitoring_interval") == 0 else desired), []


def check(desired: State) -> list[str]:
    reasons = lower_case(desired["name"])
    if desired.get("monitoring_interval") and not desired.get("monitoring_role"):
        reasons.append("enhanced monitoring needs monitoring_role")
    return reasons


DB_INSTANCE = Kind(
    name="db_instance",
    role="aurora",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={
        "cluster": Reference(DB_CLUSTER, "name"),
        "parameter_group": Reference(DB_PARAMETER_GROUP, "name"),
        "monitoring_role": Reference(IAM_ROLE, "arn"),
    },
    unchangeable={"cluster": "an instance keeps its cluster; give the new one another name"},
    initial=frozenset({"apply_immediately", "availability_zone", "engine", SENT}),
    equal=_EQUAL,
    keeps=_without_role,
    wait=Wait(
        ready=frozenset({"available"}),
        failed=FAILED,
        timeout=3600,
        poll=10,
    ),
    eventual=eventual,
    busy=busy,
    check=check,
)
