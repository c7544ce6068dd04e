# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Names, storage, Serverless v2, roles, endpoints and restores of clusters."""

from __future__ import annotations

import datetime

import pytest

HOUR = datetime.timedelta(hours=1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"MasterUsername": "admin-user"},
        {"MasterUsername": "9lives"},
        {"MasterUsername": "a" * 17},
        {"MasterUsername": "rdsadmin"},
        {"MasterUsername": "Select"},
        {"Port": 80},
        {"Port": 65536},
        {"EngineLifecycleSupport": "for-ever"},
        {"ServerlessV2ScalingConfiguration": {"MinCapacity": 1}},
        {"ServerlessV2ScalingConfiguration": {"MinCapacity": 1, "MaxCapacity": 300}},
        {"ServerlessV2ScalingConfiguration": {"MinCapacity": 1.2, "MaxCapacity": 4}},
        {"ServerlessV2ScalingConfiguration": {"MinCapacity": 8, "MaxCapacity": 4}},
        {"ServerlessV2ScalingConfiguration": {"MinCapacity": 0, "MaxCapacity": 4, "SecondsUntilAutoPause": 1}},
    ],
)
def test_values_that_aws_refuses(cluster, refused, wrong):
    assert refused(cluster, **wrong) == "InvalidParameterValue"


def test_a_port_that_aws_refuses_later(cluster, rds, refused):
    cluster()
    assert refused(rds.modify_db_cluster, DBClusterIdentifier="web", Port=1149) == "InvalidParameterValue"


def test_a_cluster_has_at_most_15_readers(cluster, member, refused):
    cluster()
    for number in range(16):
        member(f"web-{number}")
    assert refused(member, "web-16") == "InstanceQuotaExceeded"


def test_storage_type_is_shown_where_it_is_optimized_only(cluster, rds, refused):
    assert "StorageType" not in cluster("a", StorageType="aurora")
    assert cluster("b", StorageType="aurora-iopt1")["StorageType"] == "aurora-iopt1"
    old = {"EngineVersion": "5.7.mysql_aurora.2.12.5", "StorageType": "aurora-iopt1"}
    assert refused(cluster, "c", **old) == "InvalidParameterCombination"
    assert refused(cluster, "c", StorageType="gp3") == "InvalidParameterCombination"

    def switch(kind):
        return rds.modify_db_cluster(DBClusterIdentifier="a", StorageType=kind, ApplyImmediately=True)["DBCluster"]

    assert switch("aurora-iopt1")["StorageType"] == "aurora-iopt1"
    assert switch("aurora-iopt1")["IOOptimizedNextAllowedModificationTime"]
    assert "StorageType" not in switch("aurora")
    assert refused(lambda: switch("aurora-iopt1")) == "StorageTypeNotAvailableFault"


def test_life_cycle_and_minor_versions_of_a_cluster(cluster, rds, refused):
    made = cluster(AutoMinorVersionUpgrade=False)
    assert (made["EngineLifecycleSupport"], made["AutoMinorVersionUpgrade"]) == (
        "open-source-rds-extended-support",
        False,
    )
    without = {"EngineLifecycleSupport": "open-source-rds-extended-support-disabled"}
    assert refused(cluster, "old", EngineVersion="5.7.mysql_aurora.2.12.5", **without) == "InvalidParameterCombination"
    shown = rds.modify_db_cluster(DBClusterIdentifier="web", AutoMinorVersionUpgrade=True, **without)["DBCluster"]
    assert (shown["EngineLifecycleSupport"], shown["AutoMinorVersionUpgrade"]) == (*without.values(), True)


def test_serverless_instances_need_a_capacity(cluster, member, rds, refused):
    cluster()
    assert refused(member, "web-1", DBInstanceClass="db.serverless") == "InvalidParameterCombination"
    capacity = {"MinCapacity": 0.5, "MaxCapacity": 8.0}
    change = {"DBClusterIdentifier": "web", "ServerlessV2ScalingConfiguration": capacity}
    assert rds.modify_db_cluster(**change)["DBCluster"]["ServerlessV2ScalingConfiguration"] == capacity
    assert member("web-1", DBInstanceClass="db.serverless")["DBInstanceClass"] == "db.serverless"
    change["ServerlessV2ScalingConfiguration"] = {"MaxCapacity": 16}
    shown = rds.modify_db_cluster(**change)["DBCluster"]["ServerlessV2ScalingConfiguration"]
    assert shown == {"MinCapacity": 0.5, "MaxCapacity": 16.0}
    assert cluster("b", ServerlessV2ScalingConfiguration=capacity)["ServerlessV2ScalingConfiguration"] == capacity


def test_performance_insights_on_a_class_without_it(cluster, member, rds, refused):
    cluster()
    small = {"DBInstanceClass": "db.t3.medium"}
    assert refused(member, "web-1", EnablePerformanceInsights=True, **small) == "InvalidParameterCombination"
    member("web-1", **small)
    change = {"DBInstanceIdentifier": "web-1", "EnablePerformanceInsights": True}
    assert refused(rds.modify_db_instance, **change) == "InvalidParameterCombination"


def test_advanced_insights_are_turned_off_with_their_mode(cluster, rds, refused):
    insights = {"EnablePerformanceInsights": True, "PerformanceInsightsRetentionPeriod": 465}
    cluster(DatabaseInsightsMode="advanced", **insights)
    off = {"DBClusterIdentifier": "web", "EnablePerformanceInsights": False}
    assert refused(rds.modify_db_cluster, **off) == "InvalidParameterCombination"
    shown = rds.modify_db_cluster(DatabaseInsightsMode="standard", **off)["DBCluster"]
    assert (shown["DatabaseInsightsMode"], shown["PerformanceInsightsEnabled"]) == ("standard", False)


def test_a_monitoring_role_needs_an_interval(cluster, member, rds, refused):
    cluster()
    member("web-1")
    role = {"MonitoringInterval": 0, "MonitoringRoleArn": "arn:aws:iam::123456789012:role/monitoring"}
    assert refused(rds.modify_db_instance, DBInstanceIdentifier="web-1", **role) == "InvalidParameterCombination"


def test_backtrack_is_for_clusters_made_with_it(cluster, rds, refused):
    cluster()
    cluster("b", BacktrackWindow=3600)
    assert (
        refused(rds.modify_db_cluster, DBClusterIdentifier="web", BacktrackWindow=3600) == "InvalidParameterCombination"
    )
    assert rds.modify_db_cluster(DBClusterIdentifier="b", BacktrackWindow=7200)["DBCluster"]["BacktrackWindow"] == 7200


def test_roles_of_a_cluster(cluster, rds, refused):
    cluster()
    roles = [f"arn:aws:iam::123456789012:role/r{number}" for number in range(6)]
    for arn in roles[:5]:
        rds.add_role_to_db_cluster(DBClusterIdentifier="web", RoleArn=arn)
    shown = rds.describe_db_clusters()["DBClusters"][0]["AssociatedRoles"]
    assert [(role["RoleArn"], role["Status"]) for role in shown] == [(arn, "ACTIVE") for arn in roles[:5]]
    name = {"DBClusterIdentifier": "web"}
    assert refused(rds.add_role_to_db_cluster, RoleArn=roles[0], **name) == "DBClusterRoleAlreadyExists"
    assert refused(rds.add_role_to_db_cluster, RoleArn=roles[5], **name) == "DBClusterRoleQuotaExceeded"
    rds.remove_role_from_db_cluster(RoleArn=roles[0], **name)
    assert refused(rds.remove_role_from_db_cluster, RoleArn=roles[0], **name) == "DBClusterRoleNotFound"


def test_custom_endpoints(cluster, member, rds, refused):
    cluster()
    member("web-1")
    member("web-2")
    asked = {"DBClusterIdentifier": "web", "DBClusterEndpointIdentifier": "Reports", "EndpointType": "READER"}
    both = {"StaticMembers": ["web-1"], "ExcludedMembers": ["web-2"]}
    assert refused(rds.create_db_cluster_endpoint, **both, **asked) == "InvalidParameterCombination"
    assert refused(rds.create_db_cluster_endpoint, StaticMembers=["x"], **asked) == "DBInstanceNotFound"
    made = rds.create_db_cluster_endpoint(StaticMembers=["web-2"], Tags=[{"Key": "a", "Value": "b"}], **asked)
    assert (made["Status"], made["DBClusterEndpointIdentifier"]) == ("creating", "reports")
    assert refused(rds.create_db_cluster_endpoint, **asked) == "DBClusterEndpointAlreadyExistsFault"
    shown = rds.describe_db_cluster_endpoints(DBClusterIdentifier="web")["DBClusterEndpoints"]
    assert [item["EndpointType"] for item in shown] == ["WRITER", "READER", "CUSTOM"]
    assert rds.describe_db_clusters()["DBClusters"][0]["CustomEndpoints"] == [made["Endpoint"]]
    arn = {"ResourceName": made["DBClusterEndpointArn"]}
    rds.add_tags_to_resource(Tags=[{"Key": "a", "Value": "c"}], **arn)
    assert rds.list_tags_for_resource(**arn)["TagList"] == [{"Key": "a", "Value": "c"}]
    name = {"DBClusterEndpointIdentifier": "reports"}
    rds.modify_db_cluster_endpoint(ExcludedMembers=["web-1"], **name)
    custom = rds.describe_db_cluster_endpoints(**name)["DBClusterEndpoints"][0]
    assert (custom["StaticMembers"], custom["ExcludedMembers"]) == ([], ["web-1"])
    rds.delete_db_cluster_endpoint(**name)
    assert refused(rds.describe_db_cluster_endpoints, **name) == "DBClusterEndpointNotFoundFault"
    for number in range(5):
        rds.create_db_cluster_endpoint(**{**asked, "DBClusterEndpointIdentifier": f"e{number}"})
    assert refused(rds.create_db_cluster_endpoint, **asked) == "DBClusterEndpointQuotaExceededFault"


def test_a_point_in_time_restore_has_its_bounds_and_its_tags(cluster, rds, refused):
    tags = [{"Key": "a", "Value": "b"}]
    source = cluster(Tags=tags)
    asked = {"SourceDBClusterIdentifier": "web", "DBClusterIdentifier": "copy"}

    def restore(**more):
        return rds.restore_db_cluster_to_point_in_time(**{**asked, **more})["DBCluster"]

    assert refused(restore, RestoreToTime=source["EarliestRestorableTime"] - HOUR) == "InvalidRestoreFault"
    assert refused(restore, RestoreToTime=source["LatestRestorableTime"] + HOUR) == "InvalidRestoreFault"
    assert refused(restore) == "InvalidParameterCombination"
    watched = {"UseLatestRestorableTime": True, "EnablePerformanceInsights": True}
    assert refused(restore, **watched) == "InvalidParameterCombination"
    assert restore(RestoreToTime=source["EarliestRestorableTime"])["TagList"] == tags
    other = [{"Key": "c", "Value": "d"}]
    assert restore(DBClusterIdentifier="other", UseLatestRestorableTime=True, Tags=other)["TagList"] == other
    assert "StorageType" not in restore(DBClusterIdentifier="third", UseLatestRestorableTime=True)
