# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import rds

DENIED = {"service": "rds", "code": "AccessDenied", "message": "no"}


def cluster(**changes):
    return {
        "DBClusterArn": "arn:c",
        "DBClusterIdentifier": "mywebapp-prod-aurora",
        "DBClusterParameterGroup": "group",
        "Engine": "aurora-mysql",
        **changes,
    }


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"StorageEncrypted": False}, "FAIL"),
        ({"StorageEncrypted": True}, "PASS"),
        ({"StorageEncrypted": False, "StorageEncryptionType": "none"}, "FAIL"),
        ({"StorageEncrypted": False, "StorageEncryptionType": "sse-rds"}, "PASS"),
        ({"StorageEncrypted": True, "StorageEncryptionType": "sse-kms"}, "PASS"),
    ],
)
def test_storage_encrypted(judge, answer, status):
    assert judge(rds.aurora_storage_encrypted, {"rds.db_clusters": [cluster(**answer)]}) == [status]


@pytest.mark.parametrize(("public", "status"), [(True, "FAIL"), (False, "PASS")])
def test_not_public(judge, public, status):
    instances = [{"DBInstanceArn": "arn:i", "PubliclyAccessible": public}]
    assert judge(rds.aurora_not_public, {"rds.db_instances": instances}) == [status]


@pytest.mark.parametrize(
    ("answer", "keys", "status"),
    [
        ({"StorageEncrypted": True, "KmsKeyId": "arn:k"}, [{"Arn": "arn:k", "KeyId": "k"}], "PASS"),
        ({"StorageEncrypted": True, "KmsKeyId": "k"}, [{"Arn": "arn:k", "KeyId": "k"}], "PASS"),
        ({"StorageEncrypted": True, "KmsKeyId": "arn:aws-rds"}, [{"Arn": "arn:k", "KeyId": "k"}], "FAIL"),
        ({"StorageEncrypted": False, "StorageEncryptionType": "sse-rds"}, [], "FAIL"),
        ({"StorageEncrypted": False, "KmsKeyId": "k"}, [{"Arn": "arn:k", "KeyId": "k"}], "FAIL"),
    ],
)
def test_customer_managed_key(judge, answer, keys, status):
    collections = {"rds.db_clusters": [cluster(**answer)], "kms.keys": keys}
    assert judge(rds.aurora_customer_managed_key, collections) == [status]


def test_keys_are_asked_only_where_there_is_one(judge):
    clusters = [cluster(StorageEncrypted=True, KmsKeyId="k"), cluster(StorageEncrypted=False)]
    assert judge(rds.aurora_customer_managed_key, {"rds.db_clusters": clusters}, ("kms.keys",)) == ["FAIL", "UNKNOWN"]


@pytest.mark.parametrize(
    ("check", "answer", "status"),
    [
        (rds.aurora_iam_auth, {"IAMDatabaseAuthenticationEnabled": True}, "PASS"),
        (rds.aurora_iam_auth, {"IAMDatabaseAuthenticationEnabled": False}, "FAIL"),
        (rds.aurora_iam_auth, {}, "FAIL"),
        (rds.aurora_non_default_admin, {"MasterUsername": "dbadmin"}, "PASS"),
        (rds.aurora_non_default_admin, {"MasterUsername": "admin"}, "FAIL"),
        (rds.aurora_non_default_admin, {"MasterUsername": "root"}, "FAIL"),
    ],
)
def test_cluster_fields(judge, check, answer, status):
    assert judge(check, {"rds.db_clusters": [cluster(**answer)]}) == [status]


@pytest.mark.parametrize(
    ("answer", "name", "seen", "status"),
    [
        ({}, "require_secure_transport", "ON", "PASS"),
        ({}, "require_secure_transport", "1", "PASS"),
        ({}, "require_secure_transport", "OFF", "FAIL"),
        ({}, "max_connections", "100", "FAIL"),
        ({"EngineVersion": "8.0.mysql_aurora.3.10.0"}, "max_connections", "100", "FAIL"),
        ({"EngineVersion": "8.4.7"}, "max_connections", "100", "PASS"),
        ({"EngineVersion": "8.4.7"}, "require_secure_transport", "OFF", "FAIL"),
        ({"DBClusterParameterGroup": "other"}, "require_secure_transport", "ON", "FAIL"),
        ({"Engine": "aurora-postgresql"}, "rds.force_ssl", "1", "PASS"),
        ({"Engine": "mysql"}, "require_secure_transport", "ON", "NOT_APPLICABLE"),
    ],
)
def test_tls_required(judge, answer, name, seen, status):
    group = {"DBClusterParameterGroupName": "group", "Parameters": {name: {"ParameterValue": seen}}}
    collections = {"rds.db_clusters": [cluster(**answer)], "rds.db_cluster_parameter_groups": [group]}
    assert judge(rds.aurora_tls_required, collections) == [status]


@pytest.mark.parametrize(
    ("answer", "secrets", "status"),
    [
        ({"MasterUserSecret": {"SecretArn": "arn:s", "SecretStatus": "active"}}, [], "PASS"),
        ({"MasterUserSecret": {"SecretArn": "arn:s", "SecretStatus": "impaired"}}, [], "FAIL"),
        ({}, ["mywebapp/prod/aurora"], "PASS"),
        ({}, ["mywebapp-prod-aurora-master"], "PASS"),
        ({}, ["mywebapp/prod/app"], "FAIL"),
        ({}, [], "FAIL"),
    ],
)
def test_master_secret(judge, answer, secrets, status):
    collections = {"rds.db_clusters": [cluster(**answer)], "secretsmanager.secrets": [{"Name": one} for one in secrets]}
    assert judge(rds.aurora_master_secret_managed, collections) == [status]


@pytest.mark.parametrize(
    ("answer", "logging", "status"),
    [
        ({"EnabledCloudwatchLogsExports": ["audit", "error"]}, "1", "PASS"),
        ({"EnabledCloudwatchLogsExports": ["audit"]}, "0", "FAIL"),
        ({"EnabledCloudwatchLogsExports": ["error"]}, "1", "FAIL"),
        ({}, "1", "FAIL"),
        ({"Engine": "aurora-postgresql"}, "1", "NOT_APPLICABLE"),
    ],
)
def test_audit_log(judge, answer, logging, status):
    parameters = {"server_audit_logging": {"ParameterValue": logging}}
    group = {"DBClusterParameterGroupName": "group", "Parameters": parameters}
    collections = {"rds.db_clusters": [cluster(**answer)], "rds.db_cluster_parameter_groups": [group]}
    assert judge(rds.aurora_audit_log_export, collections) == [status]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"SnapshotType": "manual", "Attributes": {"restore": []}}, "PASS"),
        ({"SnapshotType": "manual", "Attributes": {"restore": ["444455556666"]}}, "PASS"),
        ({"SnapshotType": "manual", "Attributes": {"restore": ["all"]}}, "FAIL"),
        (
            {
                "SnapshotType": "manual",
                "Attributes": {},
                "Errors": {"describe_db_cluster_snapshot_attributes": DENIED},
            },
            "UNKNOWN",
        ),
        ({"SnapshotType": "automated"}, "NOT_APPLICABLE"),
    ],
)
def test_snapshots(judge, answer, status):
    collections = {"rds.db_cluster_snapshots": [{"DBClusterSnapshotArn": "arn:s", **answer}]}
    assert judge(rds.aurora_snapshots_not_public, collections) == [status]
