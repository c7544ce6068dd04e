# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds import db_cluster
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_cluster import (
    DB_CLUSTER,
    encryption_report,
    encryption_type,
    migration,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_cluster_stack import properties

AWS_CLUSTER = {
    "DBClusterIdentifier": "c",
    "DBClusterArn": "arn:aws:rds:us-east-1:123456789012:cluster:c",
    "Status": "available",
    "Engine": "aurora-mysql",
    "EngineVersion": "8.0.mysql_aurora.3.10.0",
    "StorageEncrypted": False,
    "PendingModifiedValues": {"IAMDatabaseAuthenticationEnabled": True},
    "DBClusterMembers": [
        {"DBInstanceIdentifier": "c-1", "IsClusterWriter": True, "DBClusterParameterGroupStatus": "pending-reboot"}
    ],
    "Tags": {},
}
DESIRED = {"name": "c", "tags": {}, "kms_key": "arn:k", "engine": "aurora-mysql", "master_username": "dbadmin"}


class Aws:
    """Answers with one cluster and keeps the calls."""

    def __init__(self, cluster=None):
        self.cluster, self.calls = cluster, []

    def call(self, service, operation, **parameters):
        self.calls.append((operation, parameters))

    call_once = call

    def arn(self, service, resource, region):
        return f"arn:aws:{service}:{region}:123456789012:{resource}"


@pytest.fixture(autouse=True)
def _described(monkeypatch):
    def found(aws, names):
        return [dict(aws.cluster)] if aws.cluster else []

    monkeypatch.setattr(db_cluster.rds, "db_clusters", found)
    monkeypatch.setattr(db_cluster, "until_visible", lambda *_: None)


@pytest.mark.parametrize(
    ("cluster", "kind"),
    [
        ({"StorageEncrypted": False}, "none"),
        ({"StorageEncrypted": True}, "sse-kms"),
        ({"StorageEncrypted": False, "StorageEncryptionType": "sse-rds"}, "sse-rds"),
        ({"StorageEncrypted": False, "StorageEncryptionType": "none"}, "none"),
    ],
)
def test_the_three_kinds_of_encryption_are_told_apart(cluster, kind):
    assert encryption_type(cluster) == kind


def test_what_needs_a_migration_and_what_does_not():
    assert "not encrypted" in migration({"encryption": "none", "kms_key": None}, DESIRED)[0]
    assert "AWS owns" in migration({"encryption": "sse-rds", "kms_key": None}, DESIRED)[0]
    assert "arn:other" in migration({"encryption": "sse-kms", "kms_key": "arn:other"}, DESIRED)[0]
    assert migration({"encryption": "sse-kms", "kms_key": "arn:k"}, DESIRED) == []


def test_encryption_is_reported_and_never_planned():
    found = DB_CLUSTER.read(Aws(AWS_CLUSTER), [DESIRED])
    assert not plan(DB_CLUSTER, found["c"], DESIRED).needed
    report = encryption_report(found)
    assert list(report["migrations"]) == ["c"] and report["pending_reboot"] == ["c-1"]


def test_what_waits_for_the_window_is_done_only_where_it_may_wait():
    wish = {**DESIRED, "iam_authentication": True}
    now = DB_CLUSTER.read(Aws(AWS_CLUSTER), [wish])["c"]
    assert plan(DB_CLUSTER, now, wish).fields == {"iam_authentication"}
    patient = {**wish, "apply_immediately": False}
    later = DB_CLUSTER.read(Aws(AWS_CLUSTER), [patient])["c"]
    assert not plan(DB_CLUSTER, later, patient).needed


def test_a_managed_password_is_never_handed_back():
    found = DB_CLUSTER.read(Aws({**AWS_CLUSTER, "MasterUserSecret": {"SecretArn": "a"}}), [DESIRED])["c"]
    assert not plan(DB_CLUSTER, found, {**DESIRED, "manage_master_password": False}).needed


def test_creation_with_a_managed_secret():
    aws = Aws()
    DB_CLUSTER.create(
        aws,
        {**DESIRED, "manage_master_password": True, "master_secret_kms_key": "arn:k", "insights_mode": "advanced"},
    )
    [(operation, sent)] = aws.calls
    assert operation == "create_db_cluster" and sent["ManageMasterUserPassword"] and sent["StorageEncrypted"]
    assert sent["MasterUserSecretKmsKeyId"] == sent["KmsKeyId"] == "arn:k"
    assert (sent["DatabaseInsightsMode"], sent["PerformanceInsightsRetentionPeriod"]) == ("advanced", 465)
    assert "MasterUserPassword" not in sent


def test_a_copy_has_no_user_and_no_password():
    aws = Aws()
    wish = {**DESIRED, "replication_source": "p", "replication_source_region": "us-east-1"}
    DB_CLUSTER.create(aws, wish)
    sent = aws.calls[0][1]
    assert sent["ReplicationSourceIdentifier"] == "arn:aws:rds:us-east-1:123456789012:cluster:p"
    assert sent["SourceRegion"] == "us-east-1" and not {"MasterUsername", "ManageMasterUserPassword"} & set(sent)


def test_the_password_is_a_reference_that_cloudformation_resolves():
    made = properties({"DBClusterIdentifier": "c", "EnablePerformanceInsights": True}, "arn:s")
    assert made["MasterUserPassword"] == "{{resolve:secretsmanager:arn:s:SecretString:password}}"
    assert made["PerformanceInsightsEnabled"] is True and "EnablePerformanceInsights" not in made


def test_the_password_and_the_engine_change_in_calls_of_their_own():
    aws = Aws(AWS_CLUSTER)
    wish = {
        **DESIRED,
        "backup_retention_days": 30,
        "log_exports": ["audit"],
        "insights_mode": "standard",
        "manage_master_password": True,
        "master_password_takeover": True,
        "engine_version": "8.0.mysql_aurora.3.10.1",
        "engine_upgrade": True,
    }
    found = DB_CLUSTER.read(aws, [wish])["c"]
    DB_CLUSTER.update(aws, found, wish, plan(DB_CLUSTER, found, wish).fields)
    together, password, engine = (sent for _unused, sent in aws.calls)
    assert together["BackupRetentionPeriod"] == 30 and together["EnablePerformanceInsights"]
    assert together["CloudwatchLogsExportConfiguration"] == {"EnableLogTypes": ["audit"], "DisableLogTypes": []}
    assert password["ManageMasterUserPassword"] and engine["EngineVersion"] == "8.0.mysql_aurora.3.10.1"
    assert all(sent["ApplyImmediately"] for _unused, sent in aws.calls)


def test_advanced_insights_keep_465_days():
    assert DB_CLUSTER.check({**DESIRED, "insights_mode": "advanced", "insights_retention_days": 7})
    assert not DB_CLUSTER.check({**DESIRED, "insights_mode": "advanced"})
    assert "lower case" in DB_CLUSTER.check({**DESIRED, "name": "C"})[0]
