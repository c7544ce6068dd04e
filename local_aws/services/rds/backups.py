# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Automated backups of clusters."""

from __future__ import annotations

from typing import Any

from local_aws.services.rds import aws, common


@aws.adds
def describe_db_cluster_automated_backups(
    call: Any,
    *,
    db_cluster_resource_id: str | None = None,
    db_cluster_identifier: str | None = None,
    filters: list[dict[str, Any]] | None = None,
    max_records: int = 100,
    marker: str | None = None,
) -> dict[str, Any]:
    if db_cluster_identifier:
        common.cluster(call, db_cluster_identifier)
    found = [
        cluster
        for cluster in call.backend().clusters.values()
        if db_cluster_identifier in (None, cluster.db_cluster_identifier)
        and db_cluster_resource_id in (None, cluster.db_cluster_resource_id)
    ]
    return {"DBClusterAutomatedBackups": [_backup(cluster) for cluster in found]}


def _backup(cluster: Any) -> dict[str, Any]:
    number = cluster.db_cluster_resource_id.removeprefix("cluster-").lower()
    backup = {
        "DBClusterAutomatedBackupsArn": (
            f"arn:aws:rds:{cluster.region}:{cluster.account_id}:cluster-auto-backup:ab-{number}"
        ),
        "DBClusterIdentifier": cluster.db_cluster_identifier,
        "DbClusterResourceId": cluster.db_cluster_resource_id,
        "DBClusterArn": cluster.db_cluster_arn,
        "Region": cluster.region,
        "Engine": cluster.engine,
        "EngineVersion": cluster.engine_version,
        "Status": "active",
        "RestoreWindow": {
            "EarliestTime": cluster.earliest_restorable_time,
            "LatestTime": cluster.latest_restorable_time,
        },
        "BackupRetentionPeriod": cluster.backup_retention_period,
        "PreferredBackupWindow": cluster.preferred_backup_window,
        "MasterUsername": cluster.master_username,
        "ClusterCreateTime": cluster.cluster_create_time,
        "StorageEncrypted": bool(cluster.storage_encrypted),
        "StorageEncryptionType": getattr(cluster, "storage_encryption_type", "none"),
        "Port": cluster.port,
    }
    if cluster.kms_key_id:
        backup["KmsKeyId"] = cluster.kms_key_id
    return backup
