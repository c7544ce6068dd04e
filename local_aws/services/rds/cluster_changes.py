# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ModifyDBCluster: what it refuses, what it really changes, and what of that is pending at first.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBCluster.html
"""

from __future__ import annotations

from typing import Any

from local_aws import data_plane
from local_aws.services.rds import aws, clusters, common, names, states, storage, upgrades

# What moto would take in another form, or not at all: rules write it on its object.
_OURS = (
    "CloudwatchLogsExportConfiguration",
    "DatabaseInsightsMode",
    "EnableIAMDatabaseAuthentication",
    "EnablePerformanceInsights",
    "EngineLifecycleSupport",
    "MonitoringInterval",
    "MonitoringRoleArn",
    "PerformanceInsightsKMSKeyId",
    "PerformanceInsightsRetentionPeriod",
    "RotateMasterUserPassword",
    "ServerlessV2ScalingConfiguration",
    "StorageType",
)
# Parameter -> attribute of moto's cluster, where the parameter's name in snake case is not it.
_ATTRIBUTES = {
    "DBClusterParameterGroupName": "parameter_group",
    "EnableIAMDatabaseAuthentication": "iam_auth",
    "EnablePerformanceInsights": "performance_insights_enabled",
    "PerformanceInsightsKMSKeyId": "performance_insights_kms_key_id",
    "ServerlessV2ScalingConfiguration": "serverless_v2_scaling_configuration",
}
_NO_CHANGES = (
    "AllowMajorVersionUpgrade",
    "ApplyImmediately",
    "DBClusterIdentifier",
    "DBInstanceParameterGroupName",
    "MasterUserSecretKmsKeyId",
)
# Parameter -> member of the cluster, for what shows as pending before it is there.
_PENDING = {
    "EnableIAMDatabaseAuthentication": "IAMDatabaseAuthenticationEnabled",
    "EngineVersion": "EngineVersion",
    "MasterUserPassword": "MasterUserPassword",
    "StorageType": "StorageType",
}
_INHERITED = (
    "EnablePerformanceInsights",
    "PerformanceInsightsRetentionPeriod",
    "PerformanceInsightsKMSKeyId",
    "DatabaseInsightsMode",
    "MonitoringInterval",
    "MonitoringRoleArn",
)


@aws.before("ModifyDBCluster")
def modify_rule(call: Any) -> None:
    params = call.params
    cluster = common.cluster(call, params["DBClusterIdentifier"])
    if not common.is_aurora(cluster):
        return
    if cluster.status == "stopped":
        raise common.cluster_state("DB cluster is not available for modification with status stopped")
    if "EngineVersion" in params:
        upgrades.check(call, cluster)
    version = params.get("EngineVersion", cluster.engine_version)
    if params.get("DBClusterParameterGroupName"):
        common.parameter_group(call, params["DBClusterParameterGroupName"], version)
    common.check_groups(
        call, params.get("VpcSecurityGroupIds"), call.backend().subnet_groups.get(cluster.db_subnet_group_name)
    )
    exports = params.get("CloudwatchLogsExportConfiguration", {})
    common.check_logs([*exports.get("EnableLogTypes", []), *exports.get("DisableLogTypes", [])])
    common.check_insights(params, cluster)
    names.check_port(params)
    clusters.check_password(params.get("MasterUserPassword"))
    if params.get("NewDBClusterIdentifier"):
        common.check_identifier(params["NewDBClusterIdentifier"], "NewDBClusterIdentifier")
    managed = _check_managed(params, cluster)
    if not 1 <= params.get("BackupRetentionPeriod", 1) <= 35:
        raise common.value("Invalid backup retention period. It must be between 1 and 35.")
    if params.get("BacktrackWindow") and not cluster.backtrack_window:
        raise common.combination("Backtrack can't be enabled on an existing DB cluster.")
    storage.check(params, version, cluster)
    call.was_group = cluster.parameter_group
    call.was_version = cluster.engine_version
    call.changes = dict(params)
    _wait_for_window(call, cluster)
    changed = {name for name in call.changes if name not in _NO_CHANGES and _differs(call, name, cluster)}
    shows = _pending_first(call, changed, cluster)
    call.meanwhile = states.change_of_cluster(changed, shows)
    call.changed_parameters = changed
    if managed and params.get("ManageMasterUserPassword"):
        call.change(ManageMasterUserPassword=None)
    call.change(**dict.fromkeys(_OURS))


def _differs(call: Any, name: str, cluster: Any) -> bool:
    """Whether the parameter changes anything; a password always does, AWS does not compare it."""
    value = call.changes[name]
    if name in ("MasterUserPassword", "RotateMasterUserPassword"):
        return bool(value)
    if name == "ManageMasterUserPassword":
        return bool(value) != bool(getattr(cluster, "manage_master_user_password", False))
    if name == "VpcSecurityGroupIds":
        return set(value) != set(cluster.vpc_security_group_ids)
    if name == "CloudwatchLogsExportConfiguration":
        kept = set(cluster.enabled_cloudwatch_logs_exports)
        return bool(set(value.get("EnableLogTypes", [])) - kept or set(value.get("DisableLogTypes", [])) & kept)
    if name == "NewDBClusterIdentifier":
        return str(value).lower() != cluster.db_cluster_identifier
    if name == "PerformanceInsightsKMSKeyId":
        value = common.key_arn(call, value)
    if name == "StorageType":
        return str(value) != (cluster.storage_type or "aurora")
    known = getattr(cluster, _ATTRIBUTES.get(name, common.snake(name)), None)
    if isinstance(value, str) and name.startswith("Preferred"):
        return value.lower() != str(known).lower()
    if name == "ServerlessV2ScalingConfiguration":
        return bool({**(known or {}), **value} != (known or {}))
    if isinstance(value, bool):
        return value != bool(known)
    return bool(value != known)


def _pending_first(call: Any, changed: set[str], cluster: Any) -> dict[str, Any]:
    """What the cluster shows until the change is over: old values, and the new ones as pending."""
    shows: dict[str, Any] = {}
    pending: dict[str, Any] = {}
    for name in changed & set(_PENDING):
        pending[_PENDING[name]] = "****" if name == "MasterUserPassword" else call.changes[name]
    if "EngineVersion" in pending:
        shows["EngineVersion"] = cluster.engine_version
    if "IAMDatabaseAuthenticationEnabled" in pending:
        shows["IAMDatabaseAuthenticationEnabled"] = bool(cluster.iam_auth)
    if "StorageType" in pending:
        shows["StorageType"] = cluster.storage_type
    return {**shows, "PendingModifiedValues": pending} if pending else {}


def _check_managed(params: dict[str, Any], cluster: Any) -> bool:
    managed = getattr(cluster, "manage_master_user_password", False)
    if params.get("ManageMasterUserPassword") and params.get("MasterUserPassword"):
        raise common.combination("You can't specify MasterUserPassword when ManageMasterUserPassword is enabled.")
    if params.get("MasterUserPassword") and managed and params.get("ManageMasterUserPassword") is not False:
        raise common.combination(
            "You can't specify MasterUserPassword: the password is managed in AWS Secrets Manager."
        )
    if params.get("ManageMasterUserPassword") and (
        cluster.global_cluster_identifier or cluster.read_replica_identifiers or cluster.replication_source_identifier
    ):
        raise common.cluster_state(
            "ManageMasterUserPassword isn't supported for global databases or with cross-Region replicas."
        )
    if params.get("ManageMasterUserPassword") is False and managed and not params.get("MasterUserPassword"):
        raise common.combination("MasterUserPassword is required when ManageMasterUserPassword is set to false.")
    if params.get("RotateMasterUserPassword"):
        if not managed:
            raise common.combination("You can't rotate a master user password that isn't managed.")
        if not params.get("ApplyImmediately"):
            raise common.combination("You must specify apply immediately when rotating the master user password.")
    return bool(managed)


def _wait_for_window(call: Any, cluster: Any) -> None:
    """What waits for the maintenance window unless ApplyImmediately is set.

    ApplyImmediately of a cluster is about the modifications in the request, and the master password is changed
    immediately regardless of it (API reference).
    """
    waiting = dict(getattr(cluster, "pending_modified_values", None) or {})
    for name, member, current in (
        ("EngineVersion", "EngineVersion", cluster.engine_version),
        ("EnableIAMDatabaseAuthentication", "IAMDatabaseAuthenticationEnabled", bool(cluster.iam_auth)),
    ):
        if call.params.get(name) is None:
            continue
        waiting.pop(member, None)
        if call.params[name] != current and not call.params.get("ApplyImmediately"):
            waiting[member] = call.params[name]
            call.changes.pop(name)
            call.change(**{name: None})
    call.waiting = waiting


@aws.after("ModifyDBCluster")
def modified(call: Any, answer: dict[str, Any]) -> None:
    changes = getattr(call, "changes", None)
    if changes is None:
        return
    cluster = common.cluster(call, changes.get("NewDBClusterIdentifier") or changes["DBClusterIdentifier"])
    cluster.pending_modified_values = call.waiting or None
    common.set_insights(call, cluster, changes)
    for member in cluster._members:
        inherited = {name: changes[name] for name in _INHERITED if name in changes}
        common.set_insights(call, member, inherited)
        if changes.get("DBInstanceParameterGroupName"):
            member.db_parameter_group_name = changes["DBInstanceParameterGroupName"]
    if "EnableIAMDatabaseAuthentication" in changes:
        cluster.iam_auth = changes["EnableIAMDatabaseAuthentication"]
        for member in cluster._members:
            member.enable_iam_database_authentication = cluster.iam_auth
    exports = changes.get("CloudwatchLogsExportConfiguration", {})
    kept = [name for name in cluster.enabled_cloudwatch_logs_exports if name not in exports.get("DisableLogTypes", [])]
    cluster.enabled_cloudwatch_logs_exports = sorted({*kept, *exports.get("EnableLogTypes", [])})
    for member in cluster._members:
        member.enabled_cloudwatch_logs_exports = cluster.enabled_cloudwatch_logs_exports
    storage.set_on(cluster, changes)
    upgrades.follow(call, cluster)
    _make_members_busy(call, cluster)
    if cluster.parameter_group != call.was_group and cluster.engine_version == call.was_version:
        pending = states.awaiting_restart(call, "pending_reboot")
        for member in cluster._members:
            pending[member.db_instance_identifier] = cluster.db_cluster_identifier
    answer["DBCluster"] = _with_password(call, cluster, changes)


def _make_members_busy(call: Any, cluster: Any) -> None:
    for member in cluster._members:
        if "EngineVersion" in call.changed_parameters:
            states.upgrade_of_member(call, member.db_instance_identifier, call.was_version)
        elif "CloudwatchLogsExportConfiguration" in call.changed_parameters:
            states.member_of_cluster(call, member.db_instance_identifier, "configuring-log-exports")


def _with_password(call: Any, cluster: Any, changes: dict[str, Any]) -> dict[str, Any]:
    password = changes.get("MasterUserPassword")
    if changes.get("RotateMasterUserPassword") or (
        changes.get("ManageMasterUserPassword") and hasattr(cluster, "master_user_secret")
    ):
        if changes.get("RotateMasterUserPassword") or call.state("passwords").get(cluster.db_cluster_arn) is None:
            clusters.set_managed_password(call, cluster)
            password = cluster._master_user_password
    elif changes.get("ManageMasterUserPassword") is False:
        call.state("passwords").pop(cluster.db_cluster_arn, None)
    shown = clusters.shown(call, cluster)
    data_plane.current().cluster_modified(call.account, call.region, shown, password)
    return shown
