# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Aurora: what AWS documents about encryption, passwords, insights, parameters, failover and global clusters."""

from __future__ import annotations

import json

import pytest

from local_aws.services.rds import catalogue

VERSION = "8.0.mysql_aurora.3.10.1"
ACCOUNT = "123456789012"


@pytest.fixture
def key(client):
    return client("kms").create_key()["KeyMetadata"]["Arn"]


# Encryption


def test_new_clusters_are_encrypted_with_an_aws_owned_key(cluster, control, key):
    assert _encryption(cluster("a")) == (False, "sse-rds", None)
    assert _encryption(cluster("b", StorageEncrypted=True, KmsKeyId=key)) == (True, "sse-kms", key)
    control.settings(default_encryption=False)
    assert _encryption(cluster("c")) == (False, "none", None)


def _encryption(shown):
    return shown["StorageEncrypted"], shown["StorageEncryptionType"], shown.get("KmsKeyId")


def test_an_unencrypted_snapshot_is_encrypted_by_restore_and_by_nothing_else(rds, cluster, control, refused, key):
    control.settings(default_encryption=False)
    cluster()
    rds.create_db_cluster_snapshot(DBClusterIdentifier="web", DBClusterSnapshotIdentifier="s")
    copy = {"SourceDBClusterSnapshotIdentifier": "s", "TargetDBClusterSnapshotIdentifier": "t", "KmsKeyId": key}
    assert refused(rds.copy_db_cluster_snapshot, **copy) == "InvalidParameterCombination"
    late = {"SourceDBClusterIdentifier": "web", "DBClusterIdentifier": "p", "UseLatestRestorableTime": True}
    assert refused(rds.restore_db_cluster_to_point_in_time, KmsKeyId=key, **late) == "InvalidParameterCombination"
    restore = {"SnapshotIdentifier": "s", "Engine": "aurora-mysql"}
    made = rds.restore_db_cluster_from_snapshot(DBClusterIdentifier="e", KmsKeyId=key, **restore)["DBCluster"]
    assert _encryption(made) == (True, "sse-kms", key)
    assert made["EngineVersion"] == VERSION
    plain = rds.restore_db_cluster_from_snapshot(DBClusterIdentifier="n", **restore)["DBCluster"]
    assert _encryption(plain) == (False, "none", None)
    assert _encryption(rds.restore_db_cluster_to_point_in_time(**late)["DBCluster"]) == (False, "none", None)


def test_restores_take_nothing_that_was_not_asked_for(rds, cluster):
    cluster(DeletionProtection=True, EnableCloudwatchLogsExports=["audit"], Tags=[{"Key": "a", "Value": "b"}])
    rds.create_db_cluster_snapshot(DBClusterIdentifier="web", DBClusterSnapshotIdentifier="s")
    restore = {"SnapshotIdentifier": "s", "Engine": "aurora-mysql"}
    made = rds.restore_db_cluster_from_snapshot(DBClusterIdentifier="r", **restore)["DBCluster"]
    assert (made["DeletionProtection"], made["EnabledCloudwatchLogsExports"], made["TagList"]) == (False, [], [])
    assert made["DBClusterMembers"] == []


def test_a_key_must_be_usable_in_the_region(client, cluster, refused):
    far = client("kms", region="us-west-2").create_key()["KeyMetadata"]["Arn"]
    assert refused(cluster, StorageEncrypted=True, KmsKeyId=far) == "KMSKeyNotAccessibleFault"
    assert refused(cluster, KmsKeyId="alias/aws/rds") == "InvalidParameterCombination"


# Passwords


def test_a_managed_password_is_a_real_secret(client, cluster, rds, refused, control):
    secret = cluster(ManageMasterUserPassword=True)["MasterUserSecret"]
    kept = client("secretsmanager")
    assert ":secret:rds!cluster-" in secret["SecretArn"]
    value = json.loads(kept.get_secret_value(SecretId=secret["SecretArn"])["SecretString"])
    assert value["username"] == "admin"
    assert len(value["password"]) >= 28
    assert value["password"] in control.secrets()
    assert refused(kept.put_secret_value, SecretId=secret["SecretArn"], SecretString="x") == "InvalidRequestException"
    described = kept.describe_secret(SecretId=secret["SecretArn"])
    assert (described["OwningService"], described["RotationRules"]) == ("rds", {"AutomaticallyAfterDays": 7})
    assert "RotationLambdaARN" not in described
    rotate = {"DBClusterIdentifier": "web", "RotateMasterUserPassword": True}
    assert refused(rds.modify_db_cluster, **rotate) == "InvalidParameterCombination"
    rds.modify_db_cluster(ApplyImmediately=True, **rotate)
    new = json.loads(kept.get_secret_value(SecretId=secret["SecretArn"])["SecretString"])
    assert new["password"] != value["password"]


def test_a_managed_password_excludes_replicas_and_global_clusters(cluster, client, refused, rds):
    arn = cluster(ManageMasterUserPassword=True)["DBClusterArn"]
    make = {"GlobalClusterIdentifier": "g", "SourceDBClusterIdentifier": arn}
    assert refused(rds.create_global_cluster, **make) == "InvalidDBClusterStateFault"
    replica = {"DBClusterIdentifier": "r", "Engine": "aurora-mysql", "ReplicationSourceIdentifier": arn}
    assert refused(client("rds", region="eu-west-1").create_db_cluster, **replica) == "InvalidDBClusterStateFault"
    both = {"ManageMasterUserPassword": True, "MasterUserPassword": "password1"}
    assert refused(cluster, "b", **both) == "InvalidParameterCombination"


def test_an_existing_cluster_takes_a_managed_password(cluster, rds):
    cluster()
    change = {"DBClusterIdentifier": "web", "ManageMasterUserPassword": True, "ApplyImmediately": True}
    first = rds.modify_db_cluster(**change)["DBCluster"]["MasterUserSecret"]["SecretArn"]
    assert rds.modify_db_cluster(**change)["DBCluster"]["MasterUserSecret"]["SecretArn"] == first


# Insights and other changes


def test_insights_of_cluster_and_members_agree(cluster, member, rds, refused):
    cluster()
    member("web-1")
    change = {"DBClusterIdentifier": "web", "DatabaseInsightsMode": "advanced", "EnablePerformanceInsights": True}
    assert refused(rds.modify_db_cluster, **change) == "InvalidParameterCombination"
    rds.modify_db_cluster(PerformanceInsightsRetentionPeriod=465, ApplyImmediately=True, **change)
    for shown in (rds.describe_db_clusters()["DBClusters"][0], rds.describe_db_instances()["DBInstances"][0]):
        assert shown["PerformanceInsightsEnabled"] is True
        assert shown["PerformanceInsightsRetentionPeriod"] == 465
        assert shown["DatabaseInsightsMode"] == "advanced"
    assert member("web-2")["PerformanceInsightsRetentionPeriod"] == 465


def test_members_show_what_moto_leaves_out(cluster, member):
    cluster()
    shown = member("web-1")
    assert shown["PubliclyAccessible"] is False
    assert shown["DBSubnetGroup"]["DBSubnetGroupName"] == "default"
    assert shown["DBParameterGroups"][0]["DBParameterGroupName"] == "default.aurora-mysql8.0"
    assert member("web-2")["AvailabilityZone"] != shown["AvailabilityZone"]
    assert member("web-3")["DbiResourceId"] != shown["DbiResourceId"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"DBInstanceClass": "db.r3.large"}, "InvalidParameterCombination"),
        ({"DBInstanceClass": "db.huge"}, "InvalidParameterValue"),
        ({"DBInstanceClass": "db.serverless"}, "InvalidParameterCombination"),
        ({"AllocatedStorage": 20}, "InvalidParameterCombination"),
        ({"StorageEncrypted": True}, "InvalidParameterCombination"),
        ({"EngineVersion": "8.0.mysql_aurora.3.04.4"}, "InvalidParameterCombination"),
        ({"MonitoringInterval": 60}, "InvalidParameterCombination"),
        ({"AvailabilityZone": "eu-central-1z"}, "InvalidVPCNetworkStateFault"),
    ],
)
def test_members_that_aws_refuses(cluster, member, refused, wrong, code):
    cluster()
    assert refused(member, "web-1", **wrong) == code


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"EngineVersion": "8.0.mysql_aurora.9.9.9"}, "InvalidParameterCombination"),
        ({"MasterUserPassword": "short"}, "InvalidParameterValue"),
        ({"EnableCloudwatchLogsExports": ["gossip"]}, "InvalidParameterCombination"),
        ({"BackupRetentionPeriod": 36}, "InvalidParameterValue"),
        ({"DBClusterParameterGroupName": "none"}, "DBClusterParameterGroupNotFound"),
        ({"DBSubnetGroupName": "none"}, "DBSubnetGroupNotFoundFault"),
        ({"VpcSecurityGroupIds": ["sg-none"]}, "InvalidParameterValue"),
        ({"DatabaseInsightsMode": "advanced"}, "InvalidParameterCombination"),
    ],
)
def test_clusters_that_aws_refuses(cluster, refused, wrong, code):
    assert refused(cluster, **wrong) == code


def test_changes_that_wait_for_the_window(cluster, member, rds):
    cluster()
    member("web-1")
    newer = {"DBClusterIdentifier": "web", "EngineVersion": "8.0.mysql_aurora.3.10.3"}
    shown = rds.modify_db_cluster(**newer)["DBCluster"]
    assert (shown["EngineVersion"], shown["PendingModifiedValues"]["EngineVersion"]) == (
        VERSION,
        newer["EngineVersion"],
    )
    shown = rds.modify_db_cluster(ApplyImmediately=True, **newer)["DBCluster"]
    assert shown["EngineVersion"] == newer["EngineVersion"]
    assert "EngineVersion" not in shown.get("PendingModifiedValues", {})


def test_upgrades_that_aws_refuses(cluster, member, rds, refused):
    cluster()
    member("web-1")
    for version in ("8.0.mysql_aurora.3.04.4", "8.4.mysql_aurora.8.4.7"):
        asked = {"DBClusterIdentifier": "web", "EngineVersion": version, "ApplyImmediately": True}
        assert refused(rds.modify_db_cluster, **asked) == "InvalidParameterCombination"


def test_deleting(cluster, member, rds, refused):
    cluster(DeletionProtection=True)
    member("web-1")
    delete = {"DBClusterIdentifier": "web", "SkipFinalSnapshot": True}
    assert refused(rds.delete_db_cluster, **delete) == "InvalidParameterCombination"
    rds.modify_db_cluster(DBClusterIdentifier="web", DeletionProtection=False)
    assert refused(rds.delete_db_cluster, **delete) == "InvalidDBClusterStateFault"
    rds.delete_db_instance(DBInstanceIdentifier="web-1")
    assert refused(rds.delete_db_cluster, DBClusterIdentifier="web") == "InvalidParameterCombination"
    rds.delete_db_cluster(**delete)
    cluster()  # and again within the minute


# Parameters


def test_parameters(cluster, member, rds, refused):
    group = {"DBClusterParameterGroupName": "web"}
    rds.create_db_cluster_parameter_group(DBParameterGroupFamily="aurora-mysql8.0", Description="d", **group)

    def change(name, value, method="pending-reboot"):
        row = {"ParameterName": name, "ParameterValue": value, "ApplyMethod": method}
        return rds.modify_db_cluster_parameter_group(Parameters=[row], **group)

    assert refused(lambda: change("colour", "red")) == "InvalidParameterValue"
    assert refused(lambda: change("port", "1")) == "InvalidParameterValue"
    assert refused(lambda: change("binlog_format", "ROW", "immediate")) == "InvalidParameterCombination"
    assert refused(lambda: change("long_query_time", "ages")) == "InvalidParameterValue"
    cluster(**group)
    member("web-1")
    change("binlog_format", "ROW")
    user = rds.describe_db_cluster_parameters(Source="user", **group)["Parameters"]
    assert [(row["ParameterName"], row["ParameterValue"]) for row in user] == [("binlog_format", "ROW")]
    assert _member_states(rds) == ["pending-reboot"]
    rds.reboot_db_instance(DBInstanceIdentifier="web-1")
    assert _member_states(rds) == ["in-sync"]
    assert refused(rds.delete_db_cluster_parameter_group, **group) == "InvalidDBParameterGroupState"


def _member_states(rds):
    return [m["DBClusterParameterGroupStatus"] for m in rds.describe_db_clusters()["DBClusters"][0]["DBClusterMembers"]]


def test_a_parameter_group_of_another_family_is_refused(cluster, rds, refused):
    rds.create_db_cluster_parameter_group(
        DBClusterParameterGroupName="old", DBParameterGroupFamily="aurora-mysql5.7", Description="d"
    )
    assert refused(cluster, DBClusterParameterGroupName="old") == "InvalidParameterCombination"
    assert refused(
        rds.modify_db_cluster_parameter_group,
        DBClusterParameterGroupName="default.aurora-mysql8.0",
        Parameters=[{"ParameterName": "general_log", "ParameterValue": "1", "ApplyMethod": "immediate"}],
    ) == "InvalidDBParameterGroupState"  # fmt: skip


# Failover, events, subscriptions


def test_a_failover_is_an_event(cluster, member, rds, refused):
    cluster()
    member("web-1")
    assert refused(rds.failover_db_cluster, DBClusterIdentifier="web") == "InvalidDBClusterStateFault"
    member("web-2", PromotionTier=5)
    member("web-3", PromotionTier=1)
    rds.failover_db_cluster(DBClusterIdentifier="web")
    members = rds.describe_db_clusters()["DBClusters"][0]["DBClusterMembers"]
    assert [m["DBInstanceIdentifier"] for m in members if m["IsClusterWriter"]] == ["web-3"]
    events = rds.describe_events(SourceType="db-cluster", SourceIdentifier="web", EventCategories=["failover"])
    assert events["Events"][-1]["Message"] == "Completed failover to DB instance: web-3"


def test_event_subscriptions(client, rds, refused):
    topic = client("sns").create_topic(Name="t")["TopicArn"]
    asked = {"SubscriptionName": "s", "SnsTopicArn": topic, "SourceType": "db-cluster"}
    assert refused(rds.create_event_subscription, **{**asked, "SnsTopicArn": f"{topic}x"}) == "SNSTopicArnNotFound"
    rds.create_event_subscription(EventCategories=["failover"], **asked)
    rds.modify_event_subscription(SubscriptionName="s", EventCategories=["failover", "failure"])
    found = rds.describe_event_subscriptions(SubscriptionName="s")["EventSubscriptionsList"][0]
    assert found["EventCategoriesList"] == ["failover", "failure"]


# Global clusters


def test_switchover_and_failover_of_a_global_cluster(client, cluster, member, rds, refused):
    arn = cluster()["DBClusterArn"]
    member("web-1")
    rds.create_global_cluster(GlobalClusterIdentifier="g", SourceDBClusterIdentifier=arn)
    far = client("rds", region="eu-west-1")
    asked = {"DBClusterIdentifier": "far", "Engine": "aurora-mysql", "GlobalClusterIdentifier": "g"}
    second = far.create_db_cluster(**asked)["DBCluster"]
    assert (second["MasterUsername"], second["EngineVersion"]) == ("admin", VERSION)
    target = {"GlobalClusterIdentifier": "g", "TargetDbClusterIdentifier": second["DBClusterArn"]}
    assert refused(rds.switchover_global_cluster, **target) == "InvalidDBClusterStateFault"  # it has no instance
    small = {"DBInstanceIdentifier": "far-1", "DBClusterIdentifier": "far", "Engine": "aurora-mysql"}
    assert refused(far.create_db_instance, DBInstanceClass="db.t4g.medium", **small) == "InvalidParameterCombination"
    far.create_db_instance(DBInstanceClass="db.r7g.large", **small)
    assert rds.switchover_global_cluster(**target)["GlobalCluster"]["Status"] == "switching-over"
    shown = far.describe_global_clusters(GlobalClusterIdentifier="g")["GlobalClusters"][0]
    assert {m["DBClusterArn"]: m["IsWriter"] for m in shown["GlobalClusterMembers"]} == {
        arn: False,
        second["DBClusterArn"]: True,
    }
    back = {"GlobalClusterIdentifier": "g", "TargetDbClusterIdentifier": arn, "AllowDataLoss": True}
    assert rds.failover_global_cluster(**back)["GlobalCluster"]["FailoverState"]["IsDataLossAllowed"] is True
    assert (
        refused(far.delete_db_cluster, DBClusterIdentifier="far", SkipFinalSnapshot=True)
        == "InvalidDBClusterStateFault"
    )
    assert refused(rds.delete_global_cluster, GlobalClusterIdentifier="g") == "InvalidGlobalClusterStateFault"
    for region, member_arn in (("eu-west-1", second["DBClusterArn"]), ("eu-central-1", arn)):
        client("rds", region=region).remove_from_global_cluster(
            GlobalClusterIdentifier="g", DbClusterIdentifier=member_arn
        )
    rds.delete_global_cluster(GlobalClusterIdentifier="g")


def test_a_cross_region_replica_needs_the_binary_log(client, cluster, rds, refused):
    group = {"DBClusterParameterGroupName": "bin"}
    rds.create_db_cluster_parameter_group(DBParameterGroupFamily="aurora-mysql8.0", Description="d", **group)
    arn = cluster(**group)["DBClusterArn"]
    far = client("rds", region="eu-west-1")
    replica = {"DBClusterIdentifier": "r", "Engine": "aurora-mysql", "ReplicationSourceIdentifier": arn}
    assert refused(far.create_db_cluster, **replica) == "InvalidDBClusterStateFault"
    row = {"ParameterName": "binlog_format", "ParameterValue": "ROW", "ApplyMethod": "pending-reboot"}
    rds.modify_db_cluster_parameter_group(Parameters=[row], **group)
    made = far.create_db_cluster(**replica)["DBCluster"]
    assert made["ReplicationSourceIdentifier"] == arn
    assert rds.describe_db_clusters()["DBClusters"][0]["ReadReplicaIdentifiers"] == [made["DBClusterArn"]]
    far.promote_read_replica_db_cluster(DBClusterIdentifier="r")
    assert rds.describe_db_clusters()["DBClusters"][0]["ReadReplicaIdentifiers"] == []


# What can be ordered


def test_versions_and_classes(rds):
    defaults = rds.describe_db_engine_versions(Engine="aurora-mysql", DefaultOnly=True)["DBEngineVersions"]
    assert [row["EngineVersion"] for row in defaults] == [catalogue.DEFAULT_VERSION]
    pages = rds.get_paginator("describe_orderable_db_instance_options").paginate(
        Engine="aurora-mysql", EngineVersion=VERSION
    )
    rows = {row["DBInstanceClass"]: row for page in pages for row in page["OrderableDBInstanceOptions"]}
    assert rows["db.r7g.large"]["SupportsGlobalDatabases"]
    assert not rows["db.t4g.medium"]["SupportsGlobalDatabases"]
    assert "db.r3.large" not in rows


def test_automated_backups(cluster, rds):
    cluster(BackupRetentionPeriod=7)
    found = rds.describe_db_cluster_automated_backups(DBClusterIdentifier="web")["DBClusterAutomatedBackups"]
    assert [(row["DBClusterIdentifier"], row["BackupRetentionPeriod"]) for row in found] == [("web", 7)]


def test_subnet_groups_cover_two_zones(client, rds, refused):
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]

    def subnet(number, zone):
        asked = {"VpcId": vpc, "CidrBlock": f"10.0.{number}.0/24", "AvailabilityZone": f"eu-central-1{zone}"}
        return ec2.create_subnet(**asked)["Subnet"]["SubnetId"]

    group = {"DBSubnetGroupName": "g", "DBSubnetGroupDescription": "d"}
    first = subnet(0, "a")
    code = refused(rds.create_db_subnet_group, SubnetIds=[first, subnet(1, "a")], **group)
    assert code == "DBSubnetGroupDoesNotCoverEnoughAZs"
    rds.create_db_subnet_group(SubnetIds=[first, subnet(2, "b")], **group)
    third = subnet(3, "c")
    rds.modify_db_subnet_group(DBSubnetGroupName="g", SubnetIds=[first, third])
    [changed] = rds.describe_db_subnet_groups(DBSubnetGroupName="g")["DBSubnetGroups"]
    assert {one["SubnetIdentifier"] for one in changed["Subnets"]} == {first, third}
    assert changed["DBSubnetGroupDescription"] == "d"
    rds.create_db_cluster(
        DBClusterIdentifier="web", Engine="aurora-mysql", MasterUsername="admin", MasterUserPassword="password1",
        DBSubnetGroupName="g",
    )  # fmt: skip
    assert refused(rds.delete_db_subnet_group, DBSubnetGroupName="g") == "InvalidDBSubnetGroupStateFault"
