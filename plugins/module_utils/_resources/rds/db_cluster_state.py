# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is there of an Aurora cluster: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import rds
from ..._engine.aws import Aws
from ..._engine.kind import State, holds, same_members
from .common import explained, same_where_shown, same_window, shown_status

# Option -> member of ServerlessV2ScalingConfiguration, in ACUs and seconds.
CAPACITY = {"min": "MinCapacity", "max": "MaxCapacity", "pause_seconds": "SecondsUntilAutoPause"}
STOPPED = frozenset({"stopped"})
_PENDING = {
    "EngineVersion": "engine_version",
    "BackupRetentionPeriod": "backup_retention_days",
    "IAMDatabaseAuthenticationEnabled": "iam_authentication",
    "MasterUserPassword": "manage_master_password",
    "PendingCloudwatchLogsExports": "log_exports",
    "StorageType": "storage_type",
}
# What waits for the maintenance window unless it is applied immediately; all else RDS changes at once.
WINDOW = frozenset({"engine_version", "backup_retention_days", "iam_authentication", "storage_type"})


# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html
FAILED = frozenset(
    {
        "cloning-failed",
        "inaccessible-encryption-credentials",
        "inaccessible-encryption-credentials-recoverable",
        "incompatible-parameters",
        "migration-failed",
        *STOPPED,
    }
)


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Clusters by name, in the shape of the module's options."""
    wanted = {item["name"]: item for item in items}
    states = {
        cluster["DBClusterIdentifier"]: _state(cluster, wanted[cluster["DBClusterIdentifier"]])
        for cluster in rds.db_clusters(aws, names=sorted(wanted))
        if cluster["DBClusterIdentifier"] in wanted
    }
    return explained(aws, "db-cluster", FAILED, states)


def _state(cluster: Mapping[str, Any], item: State) -> State:
    secret = cluster.get("MasterUserSecret") or {}
    state = {
        "name": cluster["DBClusterIdentifier"],
        "arn": cluster["DBClusterArn"],
        "resource_id": cluster.get("DbClusterResourceId"),
        "status": cluster["Status"],
        "engine": cluster["Engine"],
        "engine_version": cluster["EngineVersion"],
        "endpoint": cluster.get("Endpoint"),
        "reader_endpoint": cluster.get("ReaderEndpoint"),
        "port": cluster.get("Port"),
        "database_name": cluster.get("DatabaseName"),
        "master_username": cluster.get("MasterUsername"),
        "manage_master_password": bool(secret),
        "master_secret_arn": secret.get("SecretArn"),
        "subnet_group": cluster.get("DBSubnetGroup"),
        "security_groups": sorted(group["VpcSecurityGroupId"] for group in cluster.get("VpcSecurityGroups", [])),
        "parameter_group": cluster.get("DBClusterParameterGroup"),
        "backup_retention_days": cluster.get("BackupRetentionPeriod"),
        "preferred_backup_window": cluster.get("PreferredBackupWindow"),
        "preferred_maintenance_window": cluster.get("PreferredMaintenanceWindow"),
        "deletion_protection": cluster.get("DeletionProtection", False),
        "copy_tags_to_snapshot": cluster.get("CopyTagsToSnapshot", False),
        "log_exports": sorted(cluster.get("EnabledCloudwatchLogsExports") or []),
        "iam_authentication": cluster.get("IAMDatabaseAuthenticationEnabled", False),
        "insights_mode": _insights_mode(cluster),
        "insights_retention_days": cluster.get("PerformanceInsightsRetentionPeriod"),
        "backtrack_seconds": cluster.get("BacktrackWindow") or 0,
        "encryption": encryption_type(cluster),
        "kms_key": cluster.get("KmsKeyId"),
        "global_cluster": cluster.get("GlobalClusterIdentifier"),
        "replication_source": cluster.get("ReplicationSourceIdentifier"),
        "members": {
            member["DBInstanceIdentifier"]: {
                "writer": member.get("IsClusterWriter", False),
                "parameters": member.get("DBClusterParameterGroupStatus", "in-sync"),
            }
            for member in cluster.get("DBClusterMembers", [])
        },
        "storage_type": cluster.get("StorageType") or "aurora",
        "serverless_capacity": _capacity(cluster.get("ServerlessV2ScalingConfiguration") or {}),
        "engine_lifecycle_support": cluster.get("EngineLifecycleSupport"),
        "auto_minor_version_upgrade": cluster.get("AutoMinorVersionUpgrade"),
        "associated_roles": sorted(
            role["RoleArn"] for role in cluster.get("AssociatedRoles") or [] if role.get("Status") != "INVALID"
        ),
        "tags": cluster["Tags"],
    }
    state["migrations"] = migration(state, item)
    waiting = cluster.get("PendingModifiedValues") or {}
    pending = {field: waiting[key] for key, field in _PENDING.items() if key in waiting}
    if not item.get("apply_immediately", True):
        # What waits for the maintenance window is done as far as this run is concerned.
        state |= {field: value for field, value in pending.items() if field in WINDOW}
    state["status"] = shown_status(EQUAL, state, item, pending)
    if state["status"] in STOPPED:
        start = f"aws rds start-db-cluster --db-cluster-identifier {state['name']}"
        state["status_reason"] = f"AWS changes no stopped cluster; start it first: {start}"
    return state


def _capacity(configuration: Mapping[str, Any]) -> dict[str, Any]:
    return {field: configuration[key] for field, key in CAPACITY.items() if key in configuration}


def no_longer_managed(found: Any, desired: Any) -> bool:
    """To hand a managed password back would need it here; false is therefore "not asked for"."""
    return bool(found) or not desired


def has_all(found: Any, desired: Any) -> bool:
    """Roles that somebody else associated stay."""
    return set(desired) <= set(found or [])


def _holds_capacity(found: Any, desired: Any) -> bool:
    return holds(found, {field: value for field, value in desired.items() if value is not None})


EQUAL = {
    "associated_roles": has_all,
    "auto_minor_version_upgrade": same_where_shown,
    "engine_lifecycle_support": same_where_shown,
    "log_exports": same_members,
    "manage_master_password": no_longer_managed,
    "preferred_maintenance_window": same_window,
    "security_groups": same_members,
    "serverless_capacity": _holds_capacity,
}


def _insights_mode(cluster: Mapping[str, Any]) -> str:
    if not cluster.get("PerformanceInsightsEnabled"):
        return "off"
    return cluster.get("DatabaseInsightsMode") or "standard"


def encryption_type(cluster: Mapping[str, Any]) -> str:
    """none, sse-rds (an AWS-owned key; StorageEncrypted is false) or sse-kms.

    https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html: older answers have no type.
    """
    said = cluster.get("StorageEncryptionType")
    return said or ("sse-kms" if cluster.get("StorageEncrypted") else "none")


def migration(found: Mapping[str, Any], desired: Mapping[str, Any]) -> list[str]:
    """What differs and cannot be changed in place, as sentences; empty when nothing does."""
    if found["encryption"] != "sse-kms":
        owned = "encrypted with a key that AWS owns" if found["encryption"] == "sse-rds" else "not encrypted"
        return [f"its storage is {owned} (StorageEncryptionType {found['encryption']})"]
    if desired.get("kms_key") and found["kms_key"] != desired["kms_key"]:
        return [f"its storage key is {found['kms_key']} and not {desired['kms_key']}"]
    return []


def encryption_report(resources: Mapping[str, State]) -> dict[str, Any]:
    """The module's answers besides converge's: what needs a migration, what needs a restart."""
    return {
        "migrations": {name: state["migrations"] for name, state in resources.items() if state["migrations"]},
        "pending_reboot": sorted(
            member
            for state in resources.values()
            for member, details in state["members"].items()
            if details["parameters"] == "pending-reboot"
        ),
    }
