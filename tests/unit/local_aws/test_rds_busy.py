# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Clusters and instances that are busy with a change, by describe calls: a test does not sleep."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

NEWER = "8.0.mysql_aurora.3.10.3"
ROLE = "arn:aws:iam::123456789012:role/monitoring"


@pytest.fixture
def web(cluster, member):
    cluster()
    member("web-1")
    member("web-2")


@pytest.fixture
def status(rds):
    return lambda: rds.describe_db_clusters(DBClusterIdentifier="web")["DBClusters"][0]["Status"]


@pytest.fixture
def instance(rds):
    """instance() -> the instance web-1 as it is described"""
    return lambda: rds.describe_db_instances(DBInstanceIdentifier="web-1")["DBInstances"][0]


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"BackupRetentionPeriod": 7}, "modifying"),
        ({"EngineVersion": NEWER}, "upgrading"),
        ({"ManageMasterUserPassword": True}, "resetting-master-credentials"),
        ({"MasterUserPassword": "another-one"}, "resetting-master-credentials"),
        ({"EnableIAMDatabaseAuthentication": True}, "configuring-iam-database-auth"),
        ({"NewDBClusterIdentifier": "web"}, "available"),
    ],
)
def test_each_change_of_a_cluster_has_its_state(web, rds, control, change, state):
    control.settings(transition_polls=1)
    shown = rds.modify_db_cluster(DBClusterIdentifier="web", ApplyImmediately=True, **change)["DBCluster"]
    assert shown["Status"] == state


def test_a_busy_cluster_refuses_changes_in_the_words_of_aws(web, rds, control, status):
    control.settings(transition_polls=1)
    rds.modify_db_cluster(DBClusterIdentifier="web", BackupRetentionPeriod=7)
    with pytest.raises(ClientError, match="DB cluster is not available for modification with status modifying") as why:
        rds.modify_db_cluster(DBClusterIdentifier="web", BackupRetentionPeriod=8)
    assert why.value.response["Error"]["Code"] == "InvalidDBClusterStateFault"
    assert [status(), status()] == ["modifying", "available"]


def test_what_changes_nothing_makes_nothing_busy(web, rds, control, instance):
    """A second ModifyDBCluster with the same values is accepted and over at once."""
    rds.modify_db_cluster(
        DBClusterIdentifier="web", ServerlessV2ScalingConfiguration={"MinCapacity": 1, "MaxCapacity": 2}
    )
    now = rds.describe_db_clusters(DBClusterIdentifier="web")["DBClusters"][0]
    control.settings(transition_polls=3)
    same = {
        "BackupRetentionPeriod": now["BackupRetentionPeriod"],
        "EngineVersion": now["EngineVersion"],
        "DBClusterParameterGroupName": now["DBClusterParameterGroup"],
        "VpcSecurityGroupIds": [group["VpcSecurityGroupId"] for group in now["VpcSecurityGroups"]],
        "PreferredBackupWindow": now["PreferredBackupWindow"],
        "PreferredMaintenanceWindow": now["PreferredMaintenanceWindow"].title(),
        "EnableIAMDatabaseAuthentication": False,
        "EnablePerformanceInsights": False,
        "DatabaseInsightsMode": "standard",
        "DeletionProtection": False,
        "CopyTagsToSnapshot": False,
        "AutoMinorVersionUpgrade": now["AutoMinorVersionUpgrade"],
        "StorageType": "aurora",
        "EngineLifecycleSupport": now["EngineLifecycleSupport"],
        "ServerlessV2ScalingConfiguration": {"MinCapacity": 1.0},
        "CloudwatchLogsExportConfiguration": {"DisableLogTypes": ["audit"]},
        "Port": now["Port"],
        "ApplyImmediately": True,
    }
    assert rds.modify_db_cluster(DBClusterIdentifier="web", **same)["DBCluster"]["Status"] == "available"
    found = instance()
    same = {
        "DBInstanceClass": found["DBInstanceClass"],
        "CACertificateIdentifier": found["CACertificateIdentifier"],
        "DBParameterGroupName": found["DBParameterGroups"][0]["DBParameterGroupName"],
        "PromotionTier": found["PromotionTier"],
        "MonitoringInterval": 0,
        "PubliclyAccessible": False,
        "AutoMinorVersionUpgrade": found["AutoMinorVersionUpgrade"],
        "PreferredMaintenanceWindow": found["PreferredMaintenanceWindow"],
        "ApplyImmediately": True,
    }
    assert rds.modify_db_instance(DBInstanceIdentifier="web-1", **same)["DBInstance"]["DBInstanceStatus"] == "available"


def test_the_first_instance_is_followed_by_a_backup_of_the_cluster(cluster, member, control, rds, refused, status):
    cluster()
    control.settings(transition_polls=1)
    assert member("web-1")["DBInstanceStatus"] == "creating"
    assert [status() for _unused in range(3)] == ["available", "backing-up", "available"]
    member("web-2")
    assert status() == "available"


def test_a_backup_at_any_time(web, rds, control, refused, status):
    control.settings(transition_polls=2, backing_up=True)
    assert status() == "backing-up"
    change = {"DBClusterIdentifier": "web", "BackupRetentionPeriod": 7}
    assert refused(rds.modify_db_cluster, **change) == "InvalidDBClusterStateFault"
    assert [status(), status()] == ["backing-up", "available"]


def test_instances_are_upgraded_with_their_cluster(web, rds, control, refused, instance):
    control.settings(transition_polls=2)
    rds.modify_db_cluster(DBClusterIdentifier="web", EngineVersion=NEWER, ApplyImmediately=True)
    assert (instance()["DBInstanceStatus"], instance()["EngineVersion"]) == ("upgrading", "8.0.mysql_aurora.3.10.1")
    assert refused(rds.reboot_db_instance, DBInstanceIdentifier="web-2") == "InvalidDBInstanceState"
    assert (instance()["DBInstanceStatus"], instance()["EngineVersion"]) == ("available", NEWER)


def test_a_change_that_is_refused_makes_nothing_busy(web, rds, control, refused, instance, status):
    control.settings(transition_polls=1)
    overlapping = {"PreferredBackupWindow": "03:00-04:00", "PreferredMaintenanceWindow": "mon:03:30-mon:04:30"}
    change = {"DBClusterIdentifier": "web", "EngineVersion": NEWER, **overlapping}
    assert refused(rds.modify_db_cluster, **change) == "InvalidParameterValue"
    assert refused(rds.modify_db_cluster, ApplyImmediately=True, **change) == "InvalidParameterValue"
    assert "PendingModifiedValues" not in rds.describe_db_clusters()["DBClusters"][0]
    assert (status(), instance()["DBInstanceStatus"]) == ("available", "available")


def test_instances_export_logs_as_their_cluster_says(web, rds, control, instance):
    control.settings(transition_polls=1)
    logs = {"EnableLogTypes": ["audit"]}
    rds.modify_db_cluster(DBClusterIdentifier="web", CloudwatchLogsExportConfiguration=logs)
    assert [instance()["DBInstanceStatus"] for _unused in range(2)] == ["configuring-log-exports", "available"]


def test_a_busy_instance(web, rds, control, refused, instance):
    control.settings(transition_polls=2)
    watch = {"MonitoringInterval": 60, "MonitoringRoleArn": ROLE, "ApplyImmediately": True}
    rds.modify_db_instance(DBInstanceIdentifier="web-1", **watch)
    assert instance()["DBInstanceStatus"] == "configuring-enhanced-monitoring"
    with pytest.raises(ClientError, match="Database instance is not in available state"):
        rds.modify_db_instance(DBInstanceIdentifier="web-1", PromotionTier=2)
    with pytest.raises(ClientError, match="due to an in-progress management operation"):
        rds.reboot_db_instance(DBInstanceIdentifier="web-1")
    newer = {"DBClusterIdentifier": "web", "EngineVersion": NEWER, "ApplyImmediately": True}
    assert refused(rds.modify_db_cluster, **newer) == "InvalidDBClusterStateFault"  # no healthy primary instance


def test_a_new_instance_with_enhanced_monitoring_configures_it(cluster, member, rds, control, instance):
    cluster()
    control.settings(transition_polls=1)
    member("web-1", MonitoringInterval=60, MonitoringRoleArn=ROLE)
    states = [instance()["DBInstanceStatus"] for _unused in range(3)]
    assert states == ["creating", "configuring-enhanced-monitoring", "available"]


def test_a_busy_instance_is_no_target_of_a_failover(web, rds, control, refused):
    control.settings(transition_polls=3)
    rds.reboot_db_instance(DBInstanceIdentifier="web-2")
    target = {"DBClusterIdentifier": "web", "TargetDBInstanceIdentifier": "web-2"}
    assert refused(rds.failover_db_cluster, **target) == "InvalidDBInstanceState"
    assert refused(rds.failover_db_cluster, DBClusterIdentifier="web") == "InvalidDBClusterStateFault"


def test_a_restored_cluster_takes_instances_when_it_is_available(cluster, member, rds, control, refused):
    cluster()
    control.settings(transition_polls=1)
    late = {"SourceDBClusterIdentifier": "web", "UseLatestRestorableTime": True}
    rds.restore_db_cluster_to_point_in_time(DBClusterIdentifier="copy", **late)
    assert refused(member, "copy-1", cluster="copy") == "InvalidDBClusterStateFault"
    assert rds.describe_db_clusters(DBClusterIdentifier="copy")["DBClusters"][0]["Status"] == "creating"
    assert member("copy-1", cluster="copy")["DBInstanceStatus"] == "creating"


# Stopped clusters


def test_a_stopped_cluster_stays_stopped_and_refuses_changes(web, member, rds, refused, instance, status):
    rds.modify_db_instance(DBInstanceIdentifier="web-1", DBInstanceClass="db.r7g.xlarge")
    assert rds.stop_db_cluster(DBClusterIdentifier="web")["DBCluster"]["Status"] == "stopping"
    assert (status(), instance()["DBInstanceStatus"]) == ("stopped", "stopped")
    assert instance().get("PendingModifiedValues", {}) == {}
    assert rds.describe_db_clusters()["DBClusters"][0]["AutomaticRestartTime"]
    with pytest.raises(ClientError, match="with status stopped"):
        rds.modify_db_cluster(DBClusterIdentifier="web", BackupRetentionPeriod=7)
    assert refused(rds.failover_db_cluster, DBClusterIdentifier="web") == "InvalidDBClusterStateFault"
    assert refused(rds.stop_db_cluster, DBClusterIdentifier="web") == "InvalidDBClusterStateFault"
    assert refused(member, "web-3") == "InvalidDBClusterStateFault"
    for change in (rds.modify_db_instance, rds.reboot_db_instance, rds.delete_db_instance):
        assert refused(change, DBInstanceIdentifier="web-1") == "InvalidDBInstanceState"
    assert status() == "stopped"
    assert rds.start_db_cluster(DBClusterIdentifier="web")["DBCluster"]["Status"] == "starting"
    assert (status(), instance()["DBInstanceStatus"]) == ("available", "available")
    assert refused(rds.start_db_cluster, DBClusterIdentifier="web") == "InvalidDBClusterStateFault"


def test_stopping_and_starting_take_their_time(web, rds, control, instance, status):
    control.settings(transition_polls=1)
    rds.stop_db_cluster(DBClusterIdentifier="web")
    assert [status(), status()] == ["stopping", "stopped"]
    assert [instance()["DBInstanceStatus"] for _unused in range(2)] == ["stopping", "stopped"]
    rds.start_db_cluster(DBClusterIdentifier="web")
    assert [status(), status()] == ["starting", "available"]


def test_members_of_a_global_cluster_cannot_be_stopped(cluster, rds, refused):
    rds.create_global_cluster(GlobalClusterIdentifier="g", SourceDBClusterIdentifier=cluster()["DBClusterArn"])
    assert refused(rds.stop_db_cluster, DBClusterIdentifier="web") == "InvalidDBClusterStateFault"


def test_what_waits_for_a_restart_waits_until_it_is_over(web, rds, control, instance):
    """As a reader of either list would otherwise take an instance that is still restarting for one that is done."""
    group = {"DBClusterParameterGroupName": "static"}
    rds.create_db_cluster_parameter_group(DBParameterGroupFamily="aurora-mysql8.0", Description="d", **group)
    rds.modify_db_cluster(DBClusterIdentifier="web", ApplyImmediately=True, **group)

    def member():
        [cluster] = rds.describe_db_clusters(DBClusterIdentifier="web")["DBClusters"]
        states = {
            one["DBInstanceIdentifier"]: one["DBClusterParameterGroupStatus"] for one in cluster["DBClusterMembers"]
        }
        return states["web-1"]

    def shown():
        return instance()["DBInstanceStatus"]

    assert member() == "pending-reboot"
    control.settings(transition_polls=3)
    rds.reboot_db_instance(DBInstanceIdentifier="web-1")
    seen = [(member(), shown()) for _unused in range(5)]
    assert seen[0] == ("pending-reboot", "rebooting") and seen[-1] == ("in-sync", "available")
