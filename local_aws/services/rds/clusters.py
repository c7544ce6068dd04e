# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Clusters: what CreateDBCluster and DeleteDBCluster refuse, and what the cluster then shows."""

from __future__ import annotations

import json
from typing import Any

from local_aws import data_plane
from local_aws.refusal import Refusal
from local_aws.services.rds import aws, catalogue, common, events, names, storage


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
    names.check_port(params)
    _check_credentials(params)
    storage.check(params, version)
    if not 1 <= params.get("BackupRetentionPeriod", 1) <= 35:
        raise common.value("Invalid backup retention period. It must be between 1 and 35.")
    if params.get("BacktrackWindow") and params.get("ReplicationSourceIdentifier"):
        raise common.combination("Backtrack is not supported for cross-Region read replicas.")
    changes: dict[str, Any] = {
        **dict.fromkeys(storage.OURS),
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
    if "MasterUsername" in params:
        names.check_master_user(params["MasterUsername"])
    check_password(params.get("MasterUserPassword"))


def check_password(password: str | None) -> None:
    if password is not None and (not 8 <= len(password) <= 41 or any(sign in password for sign in '/"@ ')):
        raise common.value(
            "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides "
            "'/', '@', '\"', ' ' may be used, 8 to 41 of them."
        )


@aws.before("CreateDBCluster")
def replica_rule(call: Any) -> None:
    """What stands in the way of a replica, and what moto needs to make it.

    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Replication.CrossRegion.Troubleshooting.html
    moto wants credentials of a replica, too, and looks for its source in the ARN's region only.
    """
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
        raise common.cluster_state(f"Source cluster: {source} doesn't have binlogs enabled.")
    pending = call.state("pending_reboot", region=primary.region)
    if primary.region != call.region and primary.writer and primary.writer.db_instance_identifier in pending:
        raise common.cluster_state(f"Source cluster: {source} doesn't have cluster parameter group in sync on writer.")
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
    failure = call.front.settings.failure("rds:CreateDBCluster")
    if failure:
        cluster.status = failure["code"]
        events.add(call, cluster, "cluster", failure["message"], "failure")


def complete(call: Any, cluster: Any, unencrypted: str) -> None:
    """Give moto's new cluster what it lacks."""
    params = call.params
    cluster.status = "available"
    cluster.storage_encryption_type = common.encryption(cluster.storage_encrypted, unencrypted)
    if not cluster.storage_encrypted:
        cluster.kms_key_id = None
    storage.set_on(cluster, {**storage.DEFAULTS, **call.original})
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


@aws.before("PromoteReadReplicaDBCluster", "CreateDBClusterSnapshot")
def must_exist(call: Any) -> None:
    common.cluster(call, call.params["DBClusterIdentifier"])


@aws.after("DescribeDBClusters", when=lambda call: bool(call.state("pending_reboot")))
def reboots(call: Any, answer: dict[str, Any]) -> None:
    pending = call.state("pending_reboot")
    for cluster in answer["DBClusters"]:
        for member in cluster.get("DBClusterMembers", []):
            if member["DBInstanceIdentifier"] in pending:
                member["DBClusterParameterGroupStatus"] = "pending-reboot"
