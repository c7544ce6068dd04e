# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the role aurora leaves in the account."""

from __future__ import annotations

from typing import Any

import botocore.session

CLUSTER = "mywebapp-prod-aurora"


def client(service: str) -> Any:
    return botocore.session.Session().create_client(service, region_name="us-east-1")


def cluster() -> dict[str, Any]:
    return client("rds").describe_db_clusters(DBClusterIdentifier=CLUSTER)["DBClusters"][0]


def instances() -> list[dict[str, Any]]:
    wanted = [{"Name": "db-cluster-id", "Values": [CLUSTER]}]
    return client("rds").describe_db_instances(Filters=wanted)["DBInstances"]


def test_storage_is_encrypted_with_a_key_of_ours() -> None:
    found = cluster()
    assert found["StorageEncrypted"] and found["StorageEncryptionType"] == "sse-kms"


def test_the_password_is_rds_to_keep() -> None:
    found = cluster()
    assert found["MasterUserSecret"]["SecretArn"] and found["IAMDatabaseAuthenticationEnabled"]


def test_backups_and_protection() -> None:
    found = cluster()
    assert found["BackupRetentionPeriod"] == 30 and found["DeletionProtection"] and found["CopyTagsToSnapshot"]


def test_two_instances_in_two_zones_on_graviton() -> None:
    found = instances()
    assert len({one["AvailabilityZone"] for one in found}) == 2
    assert all(one["DBInstanceClass"].split(".")[1].endswith("g") for one in found)
    assert not any(one["PubliclyAccessible"] or one["AutoMinorVersionUpgrade"] for one in found)


def test_insights_and_monitoring() -> None:
    assert cluster()["DatabaseInsightsMode"] == "standard"
    assert all(one["PerformanceInsightsEnabled"] and one["MonitoringInterval"] == 60 for one in instances())


def test_logs_are_exported_and_kept() -> None:
    assert set(cluster()["EnabledCloudwatchLogsExports"]) == {"audit", "error", "slowquery"}
    groups = client("logs").describe_log_groups(logGroupNamePrefix=f"/aws/rds/cluster/{CLUSTER}/")["logGroups"]
    assert len(groups) == 3 and all(group["retentionInDays"] and group["kmsKeyId"] for group in groups)


def test_readers_scale() -> None:
    wanted = {"ServiceNamespace": "rds", "ResourceIds": [f"cluster:{CLUSTER}"]}
    [target] = client("application-autoscaling").describe_scalable_targets(**wanted)["ScalableTargets"]
    assert (target["MinCapacity"], target["MaxCapacity"]) == (1, 3)


def test_events_reach_a_topic() -> None:
    found = client("rds").describe_event_subscriptions()["EventSubscriptionsList"]
    sources = {"db-cluster", "db-instance", "db-parameter-group", "db-security-group"}
    assert {one["SourceType"] for one in found} == sources
    assert all(one["Enabled"] and one["SnsTopicArn"].endswith(":mywebapp-prod-database-events") for one in found)
