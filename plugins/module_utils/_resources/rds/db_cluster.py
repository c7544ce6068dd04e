# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Aurora clusters: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html

What AWS cannot change on an existing cluster (encryption, key, subnet group, admin user, backtrack when it was
never on) is set at creation only; migration() says what of it differs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import rds
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State, Wait, same_members
from ..._engine.tags import to_list
from ..ec2.security_group import SECURITY_GROUP
from ..kms.kms_key import KMS_KEY
from ..secretsmanager.secret import SECRET
from .common import passing, same_window, tag, until_visible
from .db_cluster_existing import without_kept
from .db_cluster_parameter_group import DB_CLUSTER_PARAMETER_GROUP
from .db_cluster_stack import create_by_stack
from .db_subnet_group import DB_SUBNET_GROUP

# Option -> parameter, where the two calls agree and the value goes through as it is.
_SIMPLE = {
    "backup_retention_days": "BackupRetentionPeriod",
    "preferred_backup_window": "PreferredBackupWindow",
    "preferred_maintenance_window": "PreferredMaintenanceWindow",
    "deletion_protection": "DeletionProtection",
    "copy_tags_to_snapshot": "CopyTagsToSnapshot",
    "iam_authentication": "EnableIAMDatabaseAuthentication",
    "parameter_group": "DBClusterParameterGroupName",
    "security_groups": "VpcSecurityGroupIds",
    "backtrack_seconds": "BacktrackWindow",
}
_CREATION = {
    "engine": "Engine",
    "engine_version": "EngineVersion",
    "database_name": "DatabaseName",
    "subnet_group": "DBSubnetGroupName",
    "port": "Port",
    "log_exports": "EnableCloudwatchLogsExports",
    "kms_key": "KmsKeyId",
    "global_cluster": "GlobalClusterIdentifier",
    "replication_source": "ReplicationSourceIdentifier",
    "replication_source_region": "SourceRegion",
}
_INSIGHTS = frozenset({"insights_mode", "insights_retention_days"})
_PENDING = {
    "EngineVersion": "engine_version",
    "BackupRetentionPeriod": "backup_retention_days",
    "IAMDatabaseAuthenticationEnabled": "iam_authentication",
}
MASTER = frozenset({"manage_master_password"})


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    wanted = {item["name"]: item for item in items}
    clusters = rds.db_clusters(aws, names=sorted(wanted))
    return {
        cluster["DBClusterIdentifier"]: _state(cluster, wanted[cluster["DBClusterIdentifier"]])
        for cluster in clusters
        if cluster["DBClusterIdentifier"] in wanted
    }


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
        "tags": cluster["Tags"],
    }
    state["migrations"] = migration(state, item)
    if not item.get("apply_immediately", True):
        # What waits for the maintenance window is done as far as this run is concerned.
        pending = cluster.get("PendingModifiedValues") or {}
        state |= {field: pending[key] for key, field in _PENDING.items() if key in pending}
    return state


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


def create(aws: Aws, desired: State) -> None:
    """CreateDBCluster, or a CloudFormation stack where the password comes from a secret of our own.

    A replica and a secondary cluster have no user and no password: they bring their source's.
    """
    parameters = {key: desired[field] for field, key in {**_SIMPLE, **_CREATION}.items() if desired.get(field)}
    parameters |= {
        "DBClusterIdentifier": desired["name"],
        "StorageEncrypted": True,
        "Tags": to_list(desired["tags"]),
        **_insights(desired),
    }
    if desired.get("replication_source") or desired.get("global_cluster"):
        if desired.get("replication_source"):
            parameters["ReplicationSourceIdentifier"] = _source(aws, desired)
        aws.call_once("rds", "create_db_cluster", **parameters)
        return
    parameters["MasterUsername"] = desired["master_username"]
    if desired.get("manage_master_password"):
        aws.call_once("rds", "create_db_cluster", **parameters, **_managed(desired))
    else:
        create_by_stack(aws, parameters, desired["master_secret"])


def _source(aws: Aws, desired: State) -> str:
    """The ARN of the cluster that a replica follows, from its name and region."""
    source = str(desired["replication_source"])
    region = desired.get("replication_source_region")
    return source if source.startswith("arn:") else aws.arn("rds", f"cluster:{source}", region=region)


def _managed(desired: State) -> dict[str, Any]:
    key = desired.get("master_secret_kms_key")
    return {"ManageMasterUserPassword": True, **({"MasterUserSecretKmsKeyId": key} if key else {})}


def _insights(desired: State) -> dict[str, Any]:
    """Performance Insights and Database Insights, which RDS wants in one call; instances inherit the mode."""
    mode = desired.get("insights_mode")
    if mode is None:
        return {}
    if mode == "off":
        return {"EnablePerformanceInsights": False}
    days = desired.get("insights_retention_days") or (465 if mode == "advanced" else 7)
    key = desired.get("kms_key")
    return {
        "EnablePerformanceInsights": True,
        "DatabaseInsightsMode": mode,
        "PerformanceInsightsRetentionPeriod": days,
        **({"PerformanceInsightsKMSKeyId": key} if key else {}),
    }


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """One ModifyDBCluster for what goes together; the password and the engine each in a call of their own."""

    def modify(parameters: Mapping[str, Any], touched: frozenset[str]) -> None:
        apply = desired.get("apply_immediately", True)
        name = found["name"]
        aws.call("rds", "modify_db_cluster", DBClusterIdentifier=name, ApplyImmediately=apply, **parameters)
        until_visible(aws, DB_CLUSTER, desired, touched)

    together = {_SIMPLE[field]: desired[field] for field in sorted(fields) if field in _SIMPLE}
    if "log_exports" in fields:
        before, after = set(found["log_exports"]), set(desired["log_exports"])
        together["CloudwatchLogsExportConfiguration"] = {
            "EnableLogTypes": sorted(after - before),
            "DisableLogTypes": sorted(before - after),
        }
    if fields & _INSIGHTS:
        insights = _insights({**desired, "kms_key": None} if found["insights_mode"] != "off" else desired)
        together |= insights
    if together:
        modify(together, fields - MASTER - {"engine_version"})
    if fields & MASTER:
        modify(_managed(desired), MASTER)
    if "engine_version" in fields:
        modify({"EngineVersion": desired["engine_version"]}, frozenset({"engine_version"}))


def _no_longer_managed(found: Any, desired: Any) -> bool:
    """To hand a managed password back would need it here; false is therefore "not asked for"."""
    return bool(found) or not desired


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


def check(desired: State) -> list[str]:
    reasons = []
    if desired["name"] != desired["name"].lower():
        reasons.append(f"RDS keeps names in lower case; call it {desired['name'].lower()}")
    mode, days = desired.get("insights_mode"), desired.get("insights_retention_days")
    if mode == "advanced" and days not in (None, 465):
        reasons.append(
            f"advanced Database Insights keeps 465 days, not {days}; set aurora_insights_retention_days: 465"
        )
    return reasons


DB_CLUSTER = Kind(
    name="db_cluster",
    role="aurora",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={
        "subnet_group": Reference(DB_SUBNET_GROUP, "name"),
        "parameter_group": Reference(DB_CLUSTER_PARAMETER_GROUP, "name"),
        "security_groups": Reference(SECURITY_GROUP, "id"),
        "kms_key": Reference(KMS_KEY, "arn"),
        "master_secret_kms_key": Reference(KMS_KEY, "arn"),
        "master_secret": Reference(SECRET, "arn"),
    },
    unchangeable={
        "engine": "an Aurora cluster keeps its engine",
        "port": "this collection does not change the port of a cluster that is in use",
    },
    initial=frozenset(
        {
            "apply_immediately",
            "database_name",
            "global_cluster",
            "kms_key",
            "master_secret",
            "master_secret_kms_key",
            "master_username",
            "replication_source",
            "replication_source_region",
            "subnet_group",
        }
    ),
    equal={
        "security_groups": same_members,
        "log_exports": same_members,
        "preferred_maintenance_window": same_window,
        "manage_master_password": _no_longer_managed,
    },
    wait=Wait(
        ready=frozenset({"available"}),
        failed=frozenset(
            {
                "cloning-failed",
                "inaccessible-encryption-credentials",
                "incompatible-parameters",
                "migration-failed",
            }
        ),
        timeout=1800,
        poll=10,
    ),
    eventual=passing,
    check=check,
    keeps=without_kept,
)
