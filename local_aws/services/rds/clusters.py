# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Clusters: what CreateDBCluster, ModifyDBCluster and DeleteDBCluster refuse, and what the cluster then shows."""

from __future__ import annotations

import json
from typing import Any

from local_aws import data_plane
from local_aws.refusal import Refusal
from local_aws.services.rds import aws, catalogue, common, events


@aws.before("CreateDBCluster")
def create_rule(call: Any) -> None:
    params = call.params
    if params.get("Engine") != catalogue.ENGINE:
        return
    name = params["DBClusterIdentifier"]
    common.check_identifier(name, "DBClusterIdentifier")
    check_new(call, name)
    version = catalogue.resolve_version(params.get("EngineVersion"))
    group = common.subnet_group(call, params.get("DBSubnetGroupName"))
    common.check_groups(call, params.get("VpcSecurityGroupIds"), group)
    common.check_logs(params.get("EnableCloudwatchLogsExports"))
    common.check_insights(params)
    _check_credentials(params)
    if not 1 <= params.get("BackupRetentionPeriod", 1) <= 35:
        raise common.value("Invalid backup retention period. It must be between 1 and 35.")
    if params.get("BacktrackWindow") and params.get("ReplicationSourceIdentifier"):
        raise common.combination("Backtrack is not supported for cross-Region read replicas.")
    changes: dict[str, Any] = {
        "EngineVersion": version,
        "DBClusterParameterGroupName": common.parameter_group(call, params.get("DBClusterParameterGroupName"), version),
        "VpcSecurityGroupIds": params.get("VpcSecurityGroupIds") or default_groups(call, group),
    }
    if params.get("KmsKeyId") and not params.get("StorageEncrypted"):
        raise common.combination("You can't specify a KMS key for an unencrypted DB cluster: set StorageEncrypted.")
    if params.get("StorageEncrypted"):
        changes["KmsKeyId"] = common.key_arn(call, params.get("KmsKeyId") or "alias/aws/rds")
    if params.get("MasterUserSecretKmsKeyId"):
        changes["MasterUserSecretKmsKeyId"] = common.key_arn(call, params["MasterUserSecretKmsKeyId"])
    call.change(**changes)


def check_new(call: Any, name: str) -> None:
    backend = call.backend()
    if name in backend.clusters:
        raise Refusal("DBClusterAlreadyExistsFault", "DB Cluster already exists", 400)
    for snapshot in [kept for kept in backend.cluster_snapshots if kept.startswith(f"rds:{name.lower()}-")]:
        del backend.cluster_snapshots[snapshot]  # moto's own, left over from a deleted cluster of this name


def default_groups(call: Any, group: Any) -> list[str]:
    backend = call.backend("ec2")
    vpc = group.vpc_id if group is not None else backend.default_vpc.id
    found = backend.get_default_security_group(vpc)
    return [found.id] if found else []


def _check_credentials(params: dict[str, Any]) -> None:
    managed = params.get("ManageMasterUserPassword")
    if managed and params.get("MasterUserPassword"):
        raise common.combination("You can't specify MasterUserPassword when ManageMasterUserPassword is enabled.")
    if params.get("MasterUserSecretKmsKeyId") and not managed:
        raise common.combination("You can't specify MasterUserSecretKmsKeyId without ManageMasterUserPassword.")
    if managed and (params.get("ReplicationSourceIdentifier") or params.get("GlobalClusterIdentifier")):
        raise common.combination(
            "ManageMasterUserPassword isn't supported for cross-Region read replicas or global databases."
        )
    if params.get("ReplicationSourceIdentifier"):
        if params.get("MasterUsername") or params.get("MasterUserPassword"):
            raise common.combination("MasterUsername and MasterUserPassword can't be specified for a read replica.")
        return
    password = params.get("MasterUserPassword")
    if password is not None and (not 8 <= len(password) <= 41 or any(sign in password for sign in '/"@ ')):
        raise common.value(
            "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides "
            "'/', '@', '\"', ' ' may be used, 8 to 41 of them."
        )


@aws.before("CreateDBCluster")
def replica_rule(call: Any) -> None:
    """moto wants credentials of a replica, too, and looks for its source in the ARN's region only."""
    source = call.params.get("ReplicationSourceIdentifier")
    if not source or call.params.get("Engine") != catalogue.ENGINE:
        return
    if not source.startswith("arn:"):
        raise common.value(f"Malformed db cluster arn {source}")
    primary = common.cluster(call, source)
    if getattr(primary, "manage_master_user_password", False):
        raise Refusal(
            "InvalidDBClusterStateFault",
            "The source cluster's master user password is managed in AWS Secrets Manager: no cross-Region read replica "
            "can be made of it.",
            400,
        )
    if primary.backtrack_window:
        raise Refusal("InvalidDBClusterStateFault", "The source cluster has backtrack enabled.", 400)
    if primary.region != call.region and not _writes_binlog(call, primary):
        raise Refusal("InvalidDBClusterStateFault", "The source cluster must have binary logging enabled.", 400)
    if primary.storage_encrypted and not call.params.get("StorageEncrypted"):
        raise common.combination("The source cluster is encrypted: set StorageEncrypted and a KmsKeyId of this Region.")
    call.change(
        MasterUsername=primary.master_username,
        MasterUserPassword=getattr(primary, "_master_user_password", "") or "replicated",
    )


def _writes_binlog(call: Any, primary: Any) -> bool:
    group = call.backend(region=primary.region).db_cluster_parameter_groups.get(primary.parameter_group)
    value = (group.parameters.get("binlog_format", {}) if group else {}).get("ParameterValue", "OFF")
    return bool(value != "OFF")


@aws.after("CreateDBCluster")
def created(call: Any, answer: dict[str, Any]) -> None:
    cluster = common.cluster(call, answer["DBCluster"]["DBClusterIdentifier"])
    if not common.is_aurora(cluster):
        return
    complete(call, cluster, "sse-rds" if call.front.settings.default_encryption else "none")
    answer["DBCluster"] = shown(call, cluster, "creating")
    data_plane.current().cluster_created(call.account, call.region, answer["DBCluster"], cluster._master_user_password)
    events.add(call, cluster, "cluster", "DB cluster created", "creation")


def complete(call: Any, cluster: Any, unencrypted: str) -> None:
    """Give moto's new cluster what it lacks."""
    params = call.params
    cluster.status = "available"
    cluster.storage_encryption_type = common.encryption(cluster.storage_encrypted, unencrypted)
    if not cluster.storage_encrypted:
        cluster.kms_key_id = None
    cluster.storage_type = params.get("StorageType") or "aurora"
    if getattr(cluster, "manage_master_user_password", False) and getattr(cluster, "master_user_secret", None):
        set_managed_password(call, cluster)
    elif not hasattr(cluster, "_master_user_password"):
        cluster._master_user_password = ""
    common.set_insights(call, cluster, params)


def set_managed_password(call: Any, cluster: Any) -> None:
    """A password of its own in the secret, where moto puts the same one into each."""
    password = common.password()
    secret = cluster.master_user_secret.secret
    document = json.dumps({"username": cluster.master_username, "password": password})
    for version in secret.versions.values():
        version["secret_string"] = document
    secret.rotation_requested = secret.rotation_enabled = True  # by RDS, every 7 days, without a Lambda
    secret.auto_rotate_after_days, secret.rotation_lambda_arn = 7, None
    cluster._master_user_password = password
    cluster.master_user_secret._status = "active"
    call.state("passwords")[cluster.db_cluster_arn] = password


def shown(call: Any, cluster: Any, status: str | None = None) -> dict[str, Any]:
    """The cluster as the API describes it."""
    answer = call.moto("DescribeDBClusters", DBClusterIdentifier=cluster.db_cluster_identifier)
    found: dict[str, Any] = answer["DBClusters"][0]
    if status:
        found["Status"] = status
    return found


@aws.before("ModifyDBCluster")
def modify_rule(call: Any) -> None:
    params = call.params
    cluster = common.cluster(call, params["DBClusterIdentifier"])
    if not common.is_aurora(cluster):
        return
    if "EngineVersion" in params:
        _check_upgrade(call, cluster)
    version = params.get("EngineVersion", cluster.engine_version)
    if params.get("DBClusterParameterGroupName"):
        common.parameter_group(call, params["DBClusterParameterGroupName"], version)
    common.check_groups(
        call, params.get("VpcSecurityGroupIds"), call.backend().subnet_groups.get(cluster.db_subnet_group_name)
    )
    exports = params.get("CloudwatchLogsExportConfiguration", {})
    common.check_logs([*exports.get("EnableLogTypes", []), *exports.get("DisableLogTypes", [])])
    common.check_insights(params, cluster)
    managed = _check_managed(params, cluster)
    if not 1 <= params.get("BackupRetentionPeriod", 1) <= 35:
        raise common.value("Invalid backup retention period. It must be between 1 and 35.")
    if params.get("BacktrackWindow") and not cluster.backtrack_window:
        raise common.combination("Backtrack can't be enabled on an existing DB cluster.")
    call.was_group = cluster.parameter_group
    call.changes = dict(params)
    _pend(call, cluster)
    call.change(
        ManageMasterUserPassword=None
        if managed and params.get("ManageMasterUserPassword")
        else params.get("ManageMasterUserPassword")
    )
    call.change(
        CloudwatchLogsExportConfiguration=None,
        EnablePerformanceInsights=None,
        PerformanceInsightsKMSKeyId=None,
        PerformanceInsightsRetentionPeriod=None,
        DatabaseInsightsMode=None,
        MonitoringInterval=None,
        MonitoringRoleArn=None,
        EnableIAMDatabaseAuthentication=None,
        RotateMasterUserPassword=None,
    )


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
        raise Refusal(
            "InvalidDBClusterStateFault",
            "ManageMasterUserPassword isn't supported for global databases or with cross-Region replicas.",
            400,
        )
    if params.get("ManageMasterUserPassword") is False and managed and not params.get("MasterUserPassword"):
        raise common.combination("MasterUserPassword is required when ManageMasterUserPassword is set to false.")
    if params.get("RotateMasterUserPassword"):
        if not managed:
            raise common.combination("You can't rotate a master user password that isn't managed.")
        if not params.get("ApplyImmediately"):
            raise common.combination("You must specify apply immediately when rotating the master user password.")
    return bool(managed)


def _check_upgrade(call: Any, cluster: Any) -> None:
    version = catalogue.resolve_version(call.params["EngineVersion"])
    call.change(EngineVersion=version)
    if version == cluster.engine_version:
        return
    known = list(catalogue.VERSIONS)
    if cluster.engine_version in known and known.index(version) < known.index(cluster.engine_version):
        raise common.combination(f"Cannot upgrade {cluster.engine} from {cluster.engine_version} to {version}")
    if catalogue.family(version) != catalogue.family(cluster.engine_version):
        if not call.params.get("AllowMajorVersionUpgrade"):
            raise common.combination(
                "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version."
            )
        if not call.params.get("DBClusterParameterGroupName"):
            call.change(DBClusterParameterGroupName=f"default.{catalogue.family(version)}")


def _pend(call: Any, cluster: Any) -> None:
    """What waits for the maintenance window unless ApplyImmediately is set."""
    if call.params.get("ApplyImmediately"):
        cluster.pending_modified_values = None
        return
    pending = dict(getattr(cluster, "pending_modified_values", None) or {})
    version = call.params.get("EngineVersion")
    if version and version != cluster.engine_version:
        pending["EngineVersion"] = version
        call.change(EngineVersion=None)
    iam = call.params.get("EnableIAMDatabaseAuthentication")
    if iam is not None and iam != bool(cluster.iam_auth):
        pending["IAMDatabaseAuthenticationEnabled"] = iam
        call.changes.pop("EnableIAMDatabaseAuthentication")
    if call.params.get("MasterUserPassword"):
        pending["MasterUserPassword"] = "****"
        call.state("passwords")[f"{cluster.db_cluster_arn}:pending"] = call.params["MasterUserPassword"]
        call.change(MasterUserPassword=None)
    cluster.pending_modified_values = pending or None


@aws.after("ModifyDBCluster")
def modified(call: Any, answer: dict[str, Any]) -> None:
    changes = getattr(call, "changes", None)
    if changes is None:
        return
    cluster = common.cluster(call, changes.get("NewDBClusterIdentifier") or changes["DBClusterIdentifier"])
    common.set_insights(call, cluster, changes)
    for member in cluster._members:
        inherited = {name: changes[name] for name in _INHERITED if name in changes}
        common.set_insights(call, member, inherited)
    if "EnableIAMDatabaseAuthentication" in changes:
        cluster.iam_auth = changes["EnableIAMDatabaseAuthentication"]
        for member in cluster._members:
            member.enable_iam_database_authentication = cluster.iam_auth
    exports = changes.get("CloudwatchLogsExportConfiguration", {})
    kept = [name for name in cluster.enabled_cloudwatch_logs_exports if name not in exports.get("DisableLogTypes", [])]
    cluster.enabled_cloudwatch_logs_exports = sorted({*kept, *exports.get("EnableLogTypes", [])})
    for member in cluster._members:
        member.enabled_cloudwatch_logs_exports = cluster.enabled_cloudwatch_logs_exports
    if cluster.parameter_group != call.was_group:
        for member in cluster._members:
            call.state("pending_reboot")[member.db_instance_identifier] = cluster.db_cluster_identifier
    password = changes.get("MasterUserPassword") if changes.get("ApplyImmediately") else None
    if changes.get("RotateMasterUserPassword") or (
        changes.get("ManageMasterUserPassword") and hasattr(cluster, "master_user_secret")
    ):
        if changes.get("RotateMasterUserPassword") or call.state("passwords").get(cluster.db_cluster_arn) is None:
            set_managed_password(call, cluster)
            password = cluster._master_user_password
    elif changes.get("ManageMasterUserPassword") is False:
        call.state("passwords").pop(cluster.db_cluster_arn, None)
    answer["DBCluster"] = shown(call, cluster)
    data_plane.current().cluster_modified(call.account, call.region, answer["DBCluster"], password)


_INHERITED = (
    "EnablePerformanceInsights",
    "PerformanceInsightsRetentionPeriod",
    "PerformanceInsightsKMSKeyId",
    "DatabaseInsightsMode",
    "MonitoringInterval",
    "MonitoringRoleArn",
)


@aws.before("DeleteDBCluster")
def delete_rule(call: Any) -> None:
    params = call.params
    cluster = common.cluster(call, params["DBClusterIdentifier"])
    skip, final = params.get("SkipFinalSnapshot", False), params.get("FinalDBSnapshotIdentifier")
    if skip and final:
        raise common.combination(
            "FinalDBSnapshotIdentifier can not be specified when deleting a cluster with SkipFinalSnapshot."
        )
    if not skip and not final:
        raise common.combination("FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.")
    if cluster.global_cluster_identifier:
        raise Refusal(
            "InvalidDBClusterStateFault",
            "This cluster is a part of a global cluster, please remove it from globalcluster first",
            400,
        )
    if cluster.deletion_protection:
        raise common.combination("Cannot delete protected Cluster, please disable deletion protection and try again.")


@aws.after("DeleteDBCluster")
def deleted(call: Any, answer: dict[str, Any]) -> None:
    answer["DBCluster"]["Status"] = "deleting"
    call.state("passwords").pop(answer["DBCluster"].get("DBClusterArn", ""), None)
    data_plane.current().cluster_deleted(call.account, call.region, answer["DBCluster"]["DBClusterIdentifier"])


@aws.before(
    "StopDBCluster", "StartDBCluster", "PromoteReadReplicaDBCluster", "FailoverDBCluster", "CreateDBClusterSnapshot"
)
def must_exist(call: Any) -> None:
    common.cluster(call, call.params["DBClusterIdentifier"])


@aws.after("DescribeDBClusters", when=lambda call: bool(call.state("pending_reboot")))
def reboots(call: Any, answer: dict[str, Any]) -> None:
    pending = call.state("pending_reboot")
    for cluster in answer["DBClusters"]:
        for member in cluster.get("DBClusterMembers", []):
            if member["DBInstanceIdentifier"] in pending:
                member["DBClusterParameterGroupStatus"] = "pending-reboot"
