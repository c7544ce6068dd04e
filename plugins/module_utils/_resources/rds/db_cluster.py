# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Aurora clusters: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html

What AWS cannot change on an existing cluster (encryption, key, subnet group, admin user, backtrack when it was
never on) is set at creation only; migration() says what of it differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..._engine.aws import Aws
from ..._engine.errors import Refusal
from ..._engine.kind import Kind, Reference, State, Wait
from ..._engine.tags import to_list
from ..cloudformation.retained_stack import lets_go_of_its_stack
from ..ec2.security_group import SECURITY_GROUP
from ..iam.iam_role import IAM_ROLE
from ..kms.kms_key import KMS_KEY
from ..secretsmanager.secret import SECRET
from .common import SENT, busy, eventual, lower_case, note_sent, tag
from .db_cluster_existing import without_kept
from .db_cluster_parameter_group import DB_CLUSTER_PARAMETER_GROUP
from .db_cluster_stack import create_by_stack, stack_of
from .db_cluster_state import CAPACITY, EQUAL, FAILED, STOPPED, WINDOW, read
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
    "storage_type": "StorageType",
    "engine_lifecycle_support": "EngineLifecycleSupport",
    "auto_minor_version_upgrade": "AutoMinorVersionUpgrade",
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
# True where nothing is said, so that false must be said.
_TRUE_BY_DEFAULT = frozenset({"auto_minor_version_upgrade"})
_INSIGHTS = frozenset({"insights_mode", "insights_retention_days"})
_MASTER = frozenset({"manage_master_password"})
_APART = frozenset({"engine_version", "associated_roles"})


def create(aws: Aws, desired: State) -> None:
    """CreateDBCluster, or a CloudFormation stack where the password comes from a secret of our own.

    A replica and a secondary cluster have no user and no password: they bring their source's. Both need the region
    of an encrypted source, from which botocore signs a URL:
    https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/719
    """
    parameters = {
        key: desired[field]
        for field, key in {**_SIMPLE, **_CREATION}.items()
        if desired.get(field) or (field in _TRUE_BY_DEFAULT and desired.get(field) is not None)
    }
    parameters |= {
        "DBClusterIdentifier": desired["name"],
        "StorageEncrypted": True,
        "Tags": to_list(desired["tags"]),
        **_insights(desired),
        **_serverless(desired),
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


def _serverless(desired: State) -> dict[str, Any]:
    wanted = desired.get("serverless_capacity") or {}
    capacity = {CAPACITY[field]: value for field, value in wanted.items() if value is not None}
    return {"ServerlessV2ScalingConfiguration": capacity} if capacity else {}


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


def _changed_insights(found: State, desired: State) -> dict[str, Any]:
    """The key stays once there is one; the advanced mode does not go without Performance Insights."""
    kept = {**desired, "kms_key": None} if found["insights_mode"] != "off" else desired
    standard = {"DatabaseInsightsMode": "standard"} if found["insights_mode"] == "advanced" else {}
    return {**(standard if desired["insights_mode"] == "off" else {}), **_insights(kept)}


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """One ModifyDBCluster for what goes together, then the roles, and the engine last, whose change is an outage.

    Errors: Refusal for a stopped cluster.
    """
    if found["status"] in STOPPED:
        raise Refusal(f"db_cluster {found['name']} is stopped: {found['status_reason']}")
    together = fields - _APART
    if together:
        yield _modified(aws, found, desired, _together(found, desired, together), together)
    if "associated_roles" in fields:
        for role in sorted(set(desired["associated_roles"]) - set(found["associated_roles"])):
            aws.call("rds", "add_role_to_db_cluster", DBClusterIdentifier=found["name"], RoleArn=role)
            yield frozenset()
        yield frozenset({"associated_roles"})
    if "engine_version" in fields:
        version = {"EngineVersion": desired["engine_version"]}
        yield _modified(aws, found, desired, version, frozenset({"engine_version"}))


def _modified(
    aws: Aws, found: State, desired: State, parameters: Mapping[str, Any], fields: frozenset[str]
) -> frozenset[str]:
    """ApplyImmediately goes with what the window is for: with anything else it would set off what others deferred."""
    apply = bool(desired.get("apply_immediately", True)) and bool(fields & (WINDOW | _MASTER))
    aws.call("rds", "modify_db_cluster", DBClusterIdentifier=found["name"], ApplyImmediately=apply, **parameters)
    note_sent(desired, fields)
    return fields


def _together(found: State, desired: State, fields: frozenset[str]) -> dict[str, Any]:
    """Parameters of ModifyDBCluster for the fields."""
    parameters = {_SIMPLE[field]: desired[field] for field in sorted(fields) if field in _SIMPLE}
    if "log_exports" in fields:
        before, after = set(found["log_exports"]), set(desired["log_exports"])
        parameters["CloudwatchLogsExportConfiguration"] = {
            "EnableLogTypes": sorted(after - before),
            "DisableLogTypes": sorted(before - after),
        }
    if fields & _INSIGHTS:
        parameters |= _changed_insights(found, desired)
    if "serverless_capacity" in fields:
        parameters |= _serverless(desired)
    if fields & _MASTER:
        parameters |= _managed(desired)
    return parameters


def check(desired: State) -> list[str]:
    reasons = lower_case(desired["name"])
    mode, days = desired.get("insights_mode"), desired.get("insights_retention_days")
    if mode == "advanced" and days not in (None, 465):
        reasons.append(
            f"advanced Database Insights keeps 465 days, not {days}; set aurora_insights_retention_days: 465"
        )
    return reasons + _wrong_capacity(desired.get("serverless_capacity") or {})


def _wrong_capacity(capacity: Mapping[str, Any]) -> list[str]:
    """https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2ScalingConfiguration.html"""
    if not capacity:
        return []
    low, high, pause = (capacity.get(field) for field in CAPACITY)
    if low is None or high is None:
        return ["serverless_capacity needs both min and max"]
    if not 0 <= low <= high or not 1 <= high <= 256 or low * 2 % 1 or high * 2 % 1:
        return [f"serverless_capacity {low} to {high} is none: from 0 up to 256 ACUs in halves, at least 1 at the top"]
    if pause is not None and not 300 <= pause <= 86400:
        return [f"serverless_capacity pauses after 300 to 86400 seconds, not {pause}"]
    return []


DB_CLUSTER = lets_go_of_its_stack(
    Kind(
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
            "associated_roles": Reference(IAM_ROLE, "arn"),
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
                SENT,
            }
        ),
        equal=EQUAL,
        wait=Wait(
            ready=frozenset({"available"}),
            failed=FAILED,
            timeout=3600,
            poll=10,
        ),
        eventual=eventual,
        busy=busy,
        check=check,
        keeps=without_kept,
    ),
    stack_of,
)
