# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds import db_cluster_state
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_cluster import DB_CLUSTER
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_cluster_stack import (
    properties,
    stack_of,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_cluster_state import (
    encryption_report,
    encryption_type,
    migration,
)

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

    def map(self, function, items):
        return [function(item) for item in items]


@pytest.fixture(autouse=True)
def _described(monkeypatch):
    def found(aws, names):
        return [dict(aws.cluster)] if aws.cluster else []

    monkeypatch.setattr(db_cluster_state.rds, "db_clusters", found)


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


def updated(cluster, wish):
    """The calls of an update of the cluster, and the fields given to AWS after each."""
    aws = Aws({**AWS_CLUSTER, **cluster})
    found = DB_CLUSTER.read(aws, [{"name": "c"}])["c"]
    taken = list(DB_CLUSTER.update(aws, found, wish, plan(DB_CLUSTER, found, wish).fields))
    return [sent for _unused, sent in aws.calls], taken


def test_one_call_for_what_may_go_together_and_the_engine_last():
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
    taken = list(DB_CLUSTER.update(aws, found, wish, plan(DB_CLUSTER, found, wish).fields))
    together, engine = (sent for _unused, sent in aws.calls)
    assert taken[1] == {"engine_version"} and "manage_master_password" in taken[0] and "engine_version" not in taken[0]
    assert together["BackupRetentionPeriod"] == 30 and together["EnablePerformanceInsights"]
    assert together["CloudwatchLogsExportConfiguration"] == {"EnableLogTypes": ["audit"], "DisableLogTypes": []}
    assert together["ManageMasterUserPassword"] and engine["EngineVersion"] == "8.0.mysql_aurora.3.10.1"
    assert all(sent["ApplyImmediately"] for _unused, sent in aws.calls)


def test_advanced_insights_keep_465_days():
    assert DB_CLUSTER.check({**DESIRED, "insights_mode": "advanced", "insights_retention_days": 7})
    assert not DB_CLUSTER.check({**DESIRED, "insights_mode": "advanced"})
    assert "lower case" in DB_CLUSTER.check({**DESIRED, "name": "C"})[0]


def test_a_harmless_change_does_not_set_off_what_somebody_deferred():
    deferred = {"PendingModifiedValues": {"EngineVersion": "newer"}}
    [sent], _taken = updated(deferred, {**DESIRED, "deletion_protection": True})
    assert sent["ApplyImmediately"] is False
    [sent], _taken = updated({}, {**DESIRED, "iam_authentication": True})
    assert sent["ApplyImmediately"] is True
    [sent], _taken = updated({}, {**DESIRED, "backup_retention_days": 7, "apply_immediately": False})
    assert sent["ApplyImmediately"] is False


def test_what_was_sent_and_is_pending_is_not_ready():
    wish = {**DESIRED, "iam_authentication": True}
    aws = Aws(AWS_CLUSTER)
    found = DB_CLUSTER.read(aws, [wish])["c"]
    assert found["status"] == "available", "what somebody deferred is sent again and not waited for"
    list(DB_CLUSTER.update(aws, found, wish, frozenset({"iam_authentication"})))
    assert DB_CLUSTER.read(aws, [wish])["c"]["status"] == "available, iam_authentication pending"
    aws.cluster = {**AWS_CLUSTER, "IAMDatabaseAuthenticationEnabled": True, "PendingModifiedValues": {}}
    assert DB_CLUSTER.read(aws, [wish])["c"]["status"] == "available"
    assert not plan(DB_CLUSTER, DB_CLUSTER.read(aws, [wish])["c"], wish).needed


def test_insights_that_are_advanced_go_off_in_one_call():
    advanced = {"PerformanceInsightsEnabled": True, "DatabaseInsightsMode": "advanced"}
    [sent], _taken = updated(advanced, {**DESIRED, "insights_mode": "off"})
    assert (sent["EnablePerformanceInsights"], sent["DatabaseInsightsMode"]) == (False, "standard")


def test_a_stopped_cluster_is_refused_with_the_way_out():
    with pytest.raises(Refusal, match="aws rds start-db-cluster --db-cluster-identifier c"):
        updated({"Status": "stopped"}, {**DESIRED, "deletion_protection": True})
    assert "stopped" in DB_CLUSTER.wait.failed


def test_storage_capacity_support_and_upgrades_are_set_and_settle():
    wish = {
        **DESIRED,
        "storage_type": "aurora-iopt1",
        "serverless_capacity": {"min": 0.5, "max": 8.0, "pause_seconds": None},
        "engine_lifecycle_support": "open-source-rds-extended-support-disabled",
        "auto_minor_version_upgrade": False,
    }
    old = {"AutoMinorVersionUpgrade": True, "EngineLifecycleSupport": "open-source-rds-extended-support"}
    [sent], _taken = updated(old, wish)
    assert sent["StorageType"] == "aurora-iopt1" and sent["AutoMinorVersionUpgrade"] is False
    assert sent["ServerlessV2ScalingConfiguration"] == {"MinCapacity": 0.5, "MaxCapacity": 8.0}
    assert sent["EngineLifecycleSupport"] == "open-source-rds-extended-support-disabled"
    shown = {key: sent[key] for key in ("StorageType", "ServerlessV2ScalingConfiguration", "EngineLifecycleSupport")}
    found = DB_CLUSTER.read(Aws({**AWS_CLUSTER, **shown, "AutoMinorVersionUpgrade": False}), [wish])["c"]
    assert not plan(DB_CLUSTER, found, wish).needed
    aws = Aws()
    DB_CLUSTER.create(aws, {**wish, "manage_master_password": True})
    assert aws.calls[0][1]["AutoMinorVersionUpgrade"] is False and aws.calls[0][1]["StorageType"] == "aurora-iopt1"


def test_the_standard_storage_is_not_returned_by_aws_and_is_no_difference():
    found = DB_CLUSTER.read(Aws(AWS_CLUSTER), [DESIRED])["c"]
    assert not plan(DB_CLUSTER, found, {**DESIRED, "storage_type": "aurora"}).needed


@pytest.mark.parametrize(
    ("capacity", "words"),
    [
        ({"min": 1.0}, "both min and max"),
        ({"min": 4.0, "max": 2.0}, "from 0 up to 256"),
        ({"min": 0.3, "max": 2.0}, "in halves"),
        ({"min": 0.0, "max": 300.0}, "256"),
        ({"min": 0.0, "max": 4.0, "pause_seconds": 60}, "300 to 86400"),
    ],
)
def test_a_capacity_that_is_none_is_refused(capacity, words):
    [reason] = DB_CLUSTER.check({**DESIRED, "serverless_capacity": capacity})
    assert words in reason
    assert not DB_CLUSTER.check({**DESIRED, "serverless_capacity": {"min": 0.0, "max": 4.0, "pause_seconds": 300}})


def test_roles_are_associated_one_by_one_and_others_stay():
    theirs = [{"RoleArn": "arn:theirs", "Status": "ACTIVE"}, {"RoleArn": "arn:b", "Status": "INVALID"}]
    wish = {**DESIRED, "associated_roles": ["arn:b", "arn:a"]}
    sent, taken = updated({"AssociatedRoles": theirs}, wish)
    assert [one["RoleArn"] for one in sent] == ["arn:a", "arn:b"]
    assert taken == [set(), set(), {"associated_roles"}]
    has = {"AssociatedRoles": [{"RoleArn": f"arn:{name}"} for name in ("theirs", "a", "b")]}
    assert updated(has, wish) == ([], [])


def test_a_secondary_of_a_global_database_names_the_region_of_its_source():
    aws = Aws()
    DB_CLUSTER.create(aws, {**DESIRED, "global_cluster": "g", "replication_source_region": "us-east-1"})
    assert aws.calls[0][1]["SourceRegion"] == "us-east-1" and "ReplicationSourceIdentifier" not in aws.calls[0][1]


def test_a_stack_may_be_left_only_where_one_makes_the_cluster():
    assert stack_of({"name": "c", "master_secret": "arn:s"}) == "c-cluster-creation"
    assert stack_of({"name": "c", "master_secret": "arn:s", "manage_master_password": True}) is None
    assert stack_of({"name": "c"}) is None
