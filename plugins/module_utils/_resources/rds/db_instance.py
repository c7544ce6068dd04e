# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Instances of Aurora clusters: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import rds
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State, Wait
from ..._engine.tags import to_list
from ..iam.iam_role import IAM_ROLE
from .common import passing, same_window, tag, until_visible
from .db_cluster import DB_CLUSTER
from .db_parameter_group import DB_PARAMETER_GROUP

# Option -> parameter, the same in both calls. What changes the class or restarts stands in DISRUPTIVE.
_SIMPLE = {
    "instance_class": "DBInstanceClass",
    "parameter_group": "DBParameterGroupName",
    "promotion_tier": "PromotionTier",
    "publicly_accessible": "PubliclyAccessible",
    "auto_minor_version_upgrade": "AutoMinorVersionUpgrade",
    "preferred_maintenance_window": "PreferredMaintenanceWindow",
    "monitoring_interval": "MonitoringInterval",
    "monitoring_role": "MonitoringRoleArn",
    "ca_certificate": "CACertificateIdentifier",
}
_CREATION = {"engine": "Engine", "cluster": "DBClusterIdentifier", "availability_zone": "AvailabilityZone"}
DISRUPTIVE = frozenset({"instance_class", "pending_reboot"})


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """The instances and, for who writes and what waits for a restart, their clusters."""
    wanted = {item["name"]: item for item in items}
    members = {
        member["DBInstanceIdentifier"]: member
        for cluster in rds.db_clusters(aws, names=sorted({item["cluster"] for item in items}))
        for member in cluster.get("DBClusterMembers", [])
    }
    instances = rds.db_instances(aws, names=sorted(wanted))
    return {
        instance["DBInstanceIdentifier"]: _state(
            instance, wanted[instance["DBInstanceIdentifier"]], members.get(instance["DBInstanceIdentifier"], {})
        )
        for instance in instances
        if instance["DBInstanceIdentifier"] in wanted
    }


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
    pending = instance.get("PendingModifiedValues") or {}
    if not item.get("apply_immediately", True) and pending.get("DBInstanceClass"):
        state["instance_class"] = pending["DBInstanceClass"]
    return state


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
        **_insights(desired),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """ModifyDBInstance, then a restart where one is asked for and something waits for it."""
    parameters = {_SIMPLE[field]: desired[field] for field in sorted(fields) if field in _SIMPLE}
    if fields & {"monitoring_interval", "monitoring_role"} and desired.get("monitoring_role"):
        parameters |= {
            "MonitoringInterval": desired["monitoring_interval"],
            "MonitoringRoleArn": desired["monitoring_role"],
        }
    if fields & {"insights", "insights_retention_days"}:
        parameters |= _insights(desired)
    if parameters:
        apply = desired.get("apply_immediately", True)
        name = found["name"]
        aws.call("rds", "modify_db_instance", DBInstanceIdentifier=name, ApplyImmediately=apply, **parameters)
        until_visible(aws, DB_INSTANCE, desired, fields - {"pending_reboot"})
    elif "pending_reboot" in fields:
        aws.call("rds", "reboot_db_instance", DBInstanceIdentifier=found["name"])
        until_visible(aws, DB_INSTANCE, desired, frozenset({"pending_reboot"}))


def check(desired: State) -> list[str]:
    reasons = []
    if desired["name"] != desired["name"].lower():
        reasons.append(f"RDS keeps names in lower case; call it {desired['name'].lower()}")
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
    initial=frozenset({"apply_immediately", "availability_zone", "engine"}),
    equal={"preferred_maintenance_window": same_window},
    wait=Wait(
        ready=frozenset({"available"}),
        failed=frozenset(
            {
                "failed",
                "inaccessible-encryption-credentials",
                "incompatible-network",
                "incompatible-parameters",
                "insufficient-capacity",
            }
        ),
        timeout=2400,
        poll=10,
    ),
    eventual=passing,
    check=check,
)
