# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Cluster snapshots, restores and points in time: above all, what becomes of the encryption.

AWS: an unencrypted cluster snapshot cannot be copied with a key; RestoreDBClusterFromSnapshot with a key makes
an encrypted cluster of an unencrypted snapshot; a point-in-time restore of an unencrypted cluster with a key is
refused. (API reference of CopyDBClusterSnapshot, RestoreDBClusterFromSnapshot, RestoreDBClusterToPointInTime.)
"""

from __future__ import annotations

import datetime
from typing import Any

from local_aws import data_plane
from local_aws.refusal import Refusal
from local_aws.services.rds import aws, catalogue, clusters, common, events, names, storage

LAG = datetime.timedelta(minutes=5)


def snapshot(call: Any, name: str) -> Any:
    region = call.region
    if name.startswith("arn:"):
        region, name = name.split(":")[3], name.split(":", 6)[6]
    snapshots = call.backend(region=region).cluster_snapshots
    if name not in snapshots:
        raise Refusal("DBClusterSnapshotNotFoundFault", f"DBClusterSnapshot not found: {name}", 404)
    return snapshots[name]


@aws.after("CreateDBClusterSnapshot")
def taken(call: Any, answer: dict[str, Any]) -> None:
    found = snapshot(call, answer["DBClusterSnapshot"]["DBClusterSnapshotIdentifier"])
    _describe(found, found.cluster)
    answer["DBClusterSnapshot"] = {**shown(call, found), "Status": "creating"}
    data_plane.current().snapshot_taken(call.account, call.region, answer["DBClusterSnapshot"])


def _describe(found: Any, source: Any) -> None:
    found.storage_encryption_type = getattr(source, "storage_encryption_type", "none")
    found.kms_key_id = found.cluster.kms_key_id if found.storage_encrypted else None
    found.db_cluster_resource_id = source.db_cluster_resource_id
    found.storage_type = "aurora"


def shown(call: Any, found: Any) -> dict[str, Any]:
    name = found.db_cluster_snapshot_identifier
    answer = call.moto("DescribeDBClusterSnapshots", DBClusterSnapshotIdentifier=name)
    shown_: dict[str, Any] = answer["DBClusterSnapshots"][0]
    return shown_


@aws.before("CopyDBClusterSnapshot")
def copy_rule(call: Any) -> None:
    source = snapshot(call, call.params["SourceDBClusterSnapshotIdentifier"])
    key = call.params.get("KmsKeyId")
    if key and not source.storage_encrypted:
        raise common.combination(
            "You can't specify a KMS key when copying an unencrypted DB cluster snapshot. Restore it with a KMS key "
            "instead."
        )
    if source.storage_encrypted and source.region != call.region and not key:
        raise common.combination("The source snapshot is encrypted: specify a KmsKeyId of the destination Region.")
    if key:
        call.change(KmsKeyId=common.key_arn(call, key))
    name = call.params["TargetDBClusterSnapshotIdentifier"]
    if name in call.backend().cluster_snapshots:
        raise Refusal(
            "DBClusterSnapshotAlreadyExistsFault", f"Cannot create the cluster snapshot because {name} exists.", 400
        )


@aws.after("CopyDBClusterSnapshot")
def copied(call: Any, answer: dict[str, Any]) -> None:
    source = snapshot(call, call.params["SourceDBClusterSnapshotIdentifier"])
    found = snapshot(call, answer["DBClusterSnapshot"]["DBClusterSnapshotIdentifier"])
    _describe(found, source.cluster)
    found.storage_encryption_type = getattr(source, "storage_encryption_type", "none")
    found.source_db_cluster_snapshot_arn = source.db_cluster_snapshot_arn
    answer["DBClusterSnapshot"] = shown(call, found)
    data_plane.current().snapshot_copied(call.account, call.region, answer["DBClusterSnapshot"], source.arn)


@aws.before("DeleteDBClusterSnapshot")
def delete_rule(call: Any) -> None:
    found = snapshot(call, call.params["DBClusterSnapshotIdentifier"])
    if found.snapshot_type == "automated":
        raise Refusal("InvalidDBClusterSnapshotStateFault", "Automated snapshots can't be deleted.", 400)


@aws.after("DeleteDBClusterSnapshot")
def deleted(call: Any, answer: dict[str, Any]) -> None:
    data_plane.current().snapshot_deleted(call.account, call.region, call.params["DBClusterSnapshotIdentifier"])


@aws.before("RestoreDBClusterFromSnapshot")
def restore_rule(call: Any) -> None:
    source = snapshot(call, call.params["SnapshotIdentifier"])
    version = catalogue.resolve_version(call.params.get("EngineVersion") or source.engine_version)
    if call.params["Engine"] != source.engine:
        raise common.combination(f"The snapshot was taken with engine {source.engine}, not {call.params['Engine']}.")
    call.source = source.cluster
    call.source_arn = source.arn
    _new_cluster(call, version)


@aws.before("RestoreDBClusterToPointInTime")
def point_in_time_rule(call: Any) -> None:
    """A time between the source's earliest and latest restorable ones (API reference, User Guide aurora-pitr).

    Monitoring cannot be asked for: https://github.com/boto/boto3/issues/4634.
    """
    params = call.params
    source = common.cluster(call, params.get("SourceDBClusterIdentifier", ""))
    if params.get("EnablePerformanceInsights") or params.get("MonitoringInterval"):
        raise common.combination(
            "You can enable Performance Insights or set the Enhanced Monitoring interval only when restoring from a "
            "source Aurora Limitless DB cluster"
        )
    when = params.get("RestoreToTime")
    if bool(when) == bool(params.get("UseLatestRestorableTime")):
        raise common.combination("Specify either RestoreToTime or UseLatestRestorableTime.")
    if params.get("RestoreType") == "copy-on-write" and when:
        raise common.combination("RestoreToTime cannot be specified when RestoreType is copy-on-write")
    if when:
        moment = when if when.tzinfo else when.replace(tzinfo=datetime.UTC)
        if moment > _utc(source.latest_restorable_time):
            raise Refusal("InvalidRestoreFault", "RestoreToTime must be before the latest restorable time.", 400)
        if moment < _earliest(source):
            raise Refusal("InvalidRestoreFault", "RestoreToTime must be after the earliest restorable time.", 400)
    if params.get("KmsKeyId") and not source.storage_encrypted:
        raise common.combination("KmsKeyId can't be specified: the source DB cluster isn't encrypted.")
    call.source = source
    call.source_arn = source.db_cluster_arn
    _new_cluster(call, source.engine_version)


def _utc(moment: datetime.datetime) -> datetime.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _earliest(source: Any) -> datetime.datetime:
    """The whole second in which the cluster was made, at first: that is what a client reads."""
    return _utc(source.earliest_restorable_time).replace(microsecond=0)


def _new_cluster(call: Any, version: str) -> None:
    params = call.params
    common.check_identifier(params["DBClusterIdentifier"], "DBClusterIdentifier")
    clusters.check_new(call, params["DBClusterIdentifier"])
    group = common.subnet_group(call, params.get("DBSubnetGroupName"))
    common.check_groups(call, params.get("VpcSecurityGroupIds"), group)
    common.check_logs(params.get("EnableCloudwatchLogsExports"))
    common.check_insights(params)
    names.check_port(params)
    storage.check(params, version)
    key = params.get("KmsKeyId") or (call.source.kms_key_id if call.source.storage_encrypted else None)
    call.key = common.key_arn(call, key) if key else None
    call.change(
        **dict.fromkeys(storage.OURS),
        KmsKeyId=call.key,
        EngineVersion=version if call.operation == "RestoreDBClusterFromSnapshot" else None,
        DBClusterParameterGroupName=common.parameter_group(call, params.get("DBClusterParameterGroupName"), version),
        VpcSecurityGroupIds=params.get("VpcSecurityGroupIds") or clusters.default_groups(call, group),
    )


@aws.after("RestoreDBClusterFromSnapshot", "RestoreDBClusterToPointInTime")
def restored(call: Any, answer: dict[str, Any]) -> None:
    cluster = common.cluster(call, answer["DBCluster"]["DBClusterIdentifier"])
    params = call.original
    secret = getattr(cluster, "master_user_secret", None)
    if secret is not None:  # a restored cluster's password is not managed
        secret.delete_secret()
        del cluster.master_user_secret
    cluster.manage_master_user_password = False
    cluster._master_user_password = getattr(call.source, "_master_user_password", "")
    cluster.storage_encrypted = bool(call.key)
    cluster.kms_key_id = call.key
    # moto hands every attribute on; these are asked for or off
    cluster.db_subnet_group_name = params.get("DBSubnetGroupName", "default")
    cluster.deletion_protection = params.get("DeletionProtection", False)
    cluster.enabled_cloudwatch_logs_exports = params.get("EnableCloudwatchLogsExports", [])
    cluster.iam_auth = params.get("EnableIAMDatabaseAuthentication", False)
    cluster.copy_tags_to_snapshot = params.get("CopyTagsToSnapshot", False)
    cluster.tags = params.get("Tags", _inherited_tags(call))
    cluster.is_restored = True
    cluster.serverless_v2_scaling_configuration = None
    cluster.custom_endpoints, cluster._associated_roles = [], []
    cluster.backtrack_window = params.get("BacktrackWindow", 0)
    cluster.global_cluster_identifier = None
    cluster.replication_source_identifier = None
    cluster.read_replica_identifiers = []
    cluster.pending_modified_values = None
    clusters.complete(call, cluster, getattr(call.source, "storage_encryption_type", "none"))
    answer["DBCluster"] = clusters.shown(call, cluster, "creating")
    data_plane.current().cluster_restored(
        call.account, call.region, answer["DBCluster"], {"arn": call.source_arn, "time": params.get("RestoreToTime")}
    )
    events.add(call, cluster, "cluster", "DB cluster restored", "creation")


def _inherited_tags(call: Any) -> list[dict[str, str]]:
    """A point-in-time restore has "the same configuration as the original DB cluster" (API reference), its tags too."""
    return list(call.source.tags) if call.operation == "RestoreDBClusterToPointInTime" else []
