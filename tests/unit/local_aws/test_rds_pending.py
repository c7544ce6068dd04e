# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is pending at first, and what waits for the maintenance window."""

from __future__ import annotations

import pytest

NEWER = "8.0.mysql_aurora.3.10.3"
PENDING = "PendingModifiedValues"


@pytest.fixture
def web(cluster, member):
    cluster()
    member("web-1")


@pytest.fixture
def shown(rds):
    return lambda: rds.describe_db_clusters(DBClusterIdentifier="web")["DBClusters"][0]


@pytest.fixture
def instance(rds):
    return lambda: rds.describe_db_instances(DBInstanceIdentifier="web-1")["DBInstances"][0]


def test_values_are_pending_while_the_cluster_is_still_available(web, rds, control, shown):
    control.settings(pending_polls=1, transition_polls=1)
    change = {"EnableIAMDatabaseAuthentication": True, "EngineVersion": NEWER, "MasterUserPassword": "another-one"}
    answer = rds.modify_db_cluster(DBClusterIdentifier="web", ApplyImmediately=True, **change)["DBCluster"]
    waiting = {"IAMDatabaseAuthenticationEnabled": True, "EngineVersion": NEWER, "MasterUserPassword": "****"}
    assert (answer["Status"], answer[PENDING]) == ("available", waiting)
    seen = [shown() for _unused in range(3)]
    assert [item["Status"] for item in seen] == ["available", "upgrading", "available"]
    assert [item["IAMDatabaseAuthenticationEnabled"] for item in seen] == [False, False, True]
    assert [item["EngineVersion"] == NEWER for item in seen] == [False, False, True]
    assert [item.get(PENDING) for item in seen] == [waiting, waiting, None]


def test_a_pending_cluster_takes_another_change(web, rds, control, shown):
    control.settings(pending_polls=1)
    rds.modify_db_cluster(DBClusterIdentifier="web", ApplyImmediately=True, EnableIAMDatabaseAuthentication=True)
    rds.modify_db_cluster(DBClusterIdentifier="web", ApplyImmediately=True, EngineVersion=NEWER)
    assert set(shown()[PENDING]) == {"IAMDatabaseAuthenticationEnabled", "EngineVersion"}
    assert shown()["EngineVersion"] == NEWER


def test_the_storage_type_is_pending_too(web, rds, control, shown):
    control.settings(pending_polls=1)
    rds.modify_db_cluster(DBClusterIdentifier="web", ApplyImmediately=True, StorageType="aurora-iopt1")
    assert (shown()[PENDING], shown()["StorageType"]) == ({"StorageType": "aurora-iopt1"}, "aurora-iopt1")
    control.settings(pending_polls=2)
    rds.modify_db_cluster(DBClusterIdentifier="web", ApplyImmediately=True, StorageType="aurora")
    assert [shown().get("StorageType") for _unused in range(3)] == ["aurora-iopt1", "aurora-iopt1", None]


def test_nothing_is_pending_without_the_knob(web, rds, shown):
    rds.modify_db_cluster(DBClusterIdentifier="web", ApplyImmediately=True, EnableIAMDatabaseAuthentication=True)
    assert PENDING not in shown()
    assert shown()["IAMDatabaseAuthenticationEnabled"] is True


def test_class_and_certificate_of_an_instance_are_pending(web, rds, control, instance):
    control.settings(pending_polls=1)
    change = {"DBInstanceClass": "db.r7g.xlarge", "CACertificateIdentifier": "rds-ca-ecc384-g1"}
    rds.modify_db_instance(DBInstanceIdentifier="web-1", ApplyImmediately=True, **change)
    first, second = instance(), instance()
    assert (first["DBInstanceStatus"], first["DBInstanceClass"], first[PENDING]) == (
        "available",
        "db.r7g.large",
        change,
    )
    assert (second["DBInstanceClass"], second["CACertificateIdentifier"]) == tuple(change.values())
    assert second["CertificateDetails"]["CAIdentifier"] == "rds-ca-ecc384-g1"
    assert not second.get(PENDING)


def test_apply_immediately_applies_all_that_an_instance_has_pending(web, rds, instance):
    """Even where the request is about something harmless."""
    later = {"DBInstanceClass": "db.r7g.xlarge", "CACertificateIdentifier": "rds-ca-rsa4096-g1"}
    for name, value in later.items():
        rds.modify_db_instance(DBInstanceIdentifier="web-1", **{name: value})
    assert instance()[PENDING] == later
    rds.modify_db_instance(DBInstanceIdentifier="web-1", PromotionTier=3)
    assert instance()[PENDING] == later
    rds.modify_db_instance(DBInstanceIdentifier="web-1", PromotionTier=4, ApplyImmediately=True)
    assert not instance().get(PENDING)
    assert (instance()["DBInstanceClass"], instance()["CACertificateIdentifier"]) == tuple(later.values())


def test_what_goes_back_to_what_it_is_is_no_longer_pending(web, rds, instance):
    rds.modify_db_instance(DBInstanceIdentifier="web-1", DBInstanceClass="db.r7g.xlarge")
    rds.modify_db_instance(DBInstanceIdentifier="web-1", DBInstanceClass="db.r7g.large")
    assert not instance().get(PENDING)


def test_the_master_password_does_not_wait_for_the_window(web, rds, control, shown):
    rds.modify_db_cluster(DBClusterIdentifier="web", MasterUserPassword="another-one")
    assert PENDING not in shown()
    assert "another-one" in control.secrets()


def test_apply_immediately_of_a_cluster_is_about_its_request(web, rds, shown):
    rds.modify_db_cluster(DBClusterIdentifier="web", EngineVersion=NEWER)
    rds.modify_db_cluster(DBClusterIdentifier="web", ApplyImmediately=True, BackupRetentionPeriod=7)
    assert shown()[PENDING] == {"EngineVersion": NEWER}


def test_certificates_and_log_streams(cluster, member, refused):
    cluster()
    role = "arn:aws:iam::123456789012:role/monitoring"
    watched = member("web-1", MonitoringInterval=60, MonitoringRoleArn=role)
    stream = f"arn:aws:logs:eu-central-1:123456789012:log-group:RDSOSMetrics:log-stream:{watched['DbiResourceId']}"
    assert watched["EnhancedMonitoringResourceArn"] == stream
    plain = member("web-2")
    assert "EnhancedMonitoringResourceArn" not in plain
    assert plain["CertificateDetails"]["ValidTill"].year > plain["InstanceCreateTime"].year
    assert refused(member, "web-3", CACertificateIdentifier="rds-ca-2015") == "CertificateNotFound"
