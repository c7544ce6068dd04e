# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.reliability import rds

ARN = "arn:aws:rds:us-east-1:111122223333:cluster:db"
FAR = "arn:aws:rds:us-west-2:111122223333:cluster:db"


def cluster(**changes):
    return {"DBClusterArn": ARN, "DBClusterIdentifier": "db", **changes}


def instance(zone="us-east-1a", kind="db.r6g.large"):
    return {"DBClusterIdentifier": "db", "AvailabilityZone": zone, "DBInstanceClass": kind}


@pytest.mark.parametrize(
    ("check", "answer", "status"),
    [
        (rds.aurora_backup_retention, {"BackupRetentionPeriod": 30}, "PASS"),
        (rds.aurora_backup_retention, {"BackupRetentionPeriod": 29}, "FAIL"),
        (rds.aurora_backup_retention, {}, "FAIL"),
        (rds.aurora_deletion_protection, {"DeletionProtection": True}, "PASS"),
        (rds.aurora_deletion_protection, {"DeletionProtection": False}, "FAIL"),
        (rds.aurora_copy_tags_to_snapshot, {"CopyTagsToSnapshot": True}, "PASS"),
        (rds.aurora_copy_tags_to_snapshot, {}, "FAIL"),
    ],
)
def test_cluster_fields(judge, check, answer, status):
    assert judge(check, {"rds.db_clusters": [cluster(**answer)]}) == [status]


def test_retention_is_the_users(judge):
    clusters = {"rds.db_clusters": [cluster(BackupRetentionPeriod=7)]}
    assert judge(rds.aurora_backup_retention, clusters, backup_retention_days=7) == ["PASS"]


@pytest.mark.parametrize(
    ("instances", "status"),
    [
        ([instance(), instance("us-east-1b")], "PASS"),
        ([instance(), instance()], "FAIL"),
        ([instance()], "FAIL"),
        ([], "FAIL"),
    ],
)
def test_multi_az(judge, instances, status):
    assert judge(rds.aurora_multi_az, {"rds.db_clusters": [cluster()], "rds.db_instances": instances}) == [status]


@pytest.mark.parametrize(
    ("collections", "status"),
    [
        ({}, "FAIL"),
        ({"rds.dr_db_clusters": [{"DBClusterArn": FAR, "ReplicationSourceIdentifier": ARN}]}, "PASS"),
        ({"rds.dr_db_clusters": [{"DBClusterArn": FAR, "ReplicationSourceIdentifier": "another"}]}, "FAIL"),
        ({"rds.global_clusters": [{"GlobalClusterMembers": [{"DBClusterArn": ARN}, {"DBClusterArn": FAR}]}]}, "PASS"),
        ({"rds.global_clusters": [{"GlobalClusterMembers": [{"DBClusterArn": ARN}]}]}, "FAIL"),
        ({"rds.global_clusters": [{"GlobalClusterMembers": [{"DBClusterArn": FAR}]}]}, "FAIL"),
    ],
)
def test_cross_region(judge, collections, status):
    collections = {"rds.db_clusters": [cluster()], **collections}
    assert judge(rds.aurora_cross_region_replica, collections) == [status]
    assert judge(rds.aurora_cross_region_replica, collections, cross_region=False) == ["NOT_APPLICABLE"]


@pytest.mark.parametrize(
    ("kind", "targets", "status"),
    [
        ("db.r6g.large", [], "FAIL"),
        ("db.r6g.large", [{"ResourceId": "cluster:db", "MinCapacity": 1, "MaxCapacity": 3}], "PASS"),
        ("db.r6g.large", [{"ResourceId": "cluster:db", "MinCapacity": 1, "MaxCapacity": 1}], "FAIL"),
        ("db.r6g.large", [{"ResourceId": "cluster:other", "MinCapacity": 1, "MaxCapacity": 3}], "FAIL"),
        ("db.serverless", [], "PASS"),
    ],
)
def test_replica_autoscaling(judge, kind, targets, status):
    collections = {
        "rds.db_clusters": [cluster()],
        "rds.db_instances": [instance(kind=kind)],
        "autoscaling.replica_targets": targets,
    }
    assert judge(rds.aurora_replica_autoscaling, collections) == [status]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"StorageEncrypted": True}, "PASS"),
        ({"StorageEncrypted": False}, "FAIL"),
        ({"StorageEncrypted": False, "StorageEncryptionType": "sse-rds"}, "PASS"),
        ({"StorageEncrypted": False, "StorageEncryptionType": "none"}, "FAIL"),
    ],
)
def test_snapshots_encrypted(judge, answer, status):
    collections = {"rds.db_cluster_snapshots": [{"DBClusterSnapshotArn": "arn:s", **answer}]}
    assert judge(rds.aurora_snapshots_encrypted, collections) == [status]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "PASS"),
        ({"SourceIdsList": ["db"], "EventCategoriesList": ["failure", "maintenance", "failover"]}, "PASS"),
        ({"Enabled": False}, "FAIL"),
        ({"SourceType": "db-instance"}, "FAIL"),
        ({"SourceIdsList": ["other"]}, "FAIL"),
        ({"EventCategoriesList": ["failure"]}, "FAIL"),
    ],
)
def test_event_subscription(judge, changes, status):
    subscription = {"CustSubscriptionId": "events", "Enabled": True, "SourceType": "db-cluster", **changes}
    collections = {"rds.db_clusters": [cluster()], "rds.event_subscriptions": [subscription]}
    assert judge(rds.rds_event_subscription, collections) == [status]


@pytest.mark.parametrize(
    "check",
    [
        rds.aurora_backup_retention,
        rds.aurora_deletion_protection,
        rds.aurora_copy_tags_to_snapshot,
        rds.aurora_multi_az,
        rds.aurora_cross_region_replica,
        rds.aurora_replica_autoscaling,
        rds.aurora_snapshots_encrypted,
        rds.rds_event_subscription,
    ],
)
def test_denied_is_unknown_and_nothing_is_not_applicable(judge, check):
    given = {"rds.db_clusters": [cluster()]}
    assert judge(check, given, (check.needs[-1],)) == ["UNKNOWN"]
    assert judge(check, {}) == ["NOT_APPLICABLE"]
