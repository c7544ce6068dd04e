# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Engine upgrades, and their order where clusters depend on each other."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from local_aws.services.rds import catalogue

PATCH, MINOR = "8.0.mysql_aurora.3.10.4", "8.0.mysql_aurora.3.12.0"
MAJOR = {"EngineVersion": "8.4.mysql_aurora.8.4.7", "AllowMajorVersionUpgrade": True}


@pytest.fixture
def upgrade(rds):
    def change(version=PATCH, name="web", client=rds, **more):
        asked = {"DBClusterIdentifier": name, "EngineVersion": version, "ApplyImmediately": True, **more}
        return client.modify_db_cluster(**asked)["DBCluster"]

    return change


def test_versions_of_the_catalogue():
    assert "8.4.mysql_aurora.4.0.0" not in catalogue.VERSIONS
    targets = {item["EngineVersion"]: item["IsMajorVersionUpgrade"] for item in catalogue.upgrade_targets(PATCH)}
    assert targets == {"8.0.mysql_aurora.3.11.1": False, MINOR: False, MAJOR["EngineVersion"]: True}
    assert not catalogue.can_upgrade("5.7.mysql_aurora.2.12.6", MAJOR["EngineVersion"])  # by way of 3


def test_an_upgrade_needs_a_healthy_primary_instance(cluster, member, upgrade):
    cluster()
    with pytest.raises(ClientError, match="without a healthy primary instance") as why:
        upgrade()
    assert why.value.response["Error"]["Code"] == "InvalidDBClusterStateFault"
    member("web-1")
    assert upgrade()["EngineVersion"] == PATCH


def test_a_major_version_needs_the_groups_of_its_family_in_the_same_call(cluster, member, rds, refused, upgrade):
    family = {"DBParameterGroupFamily": "aurora-mysql8.0", "Description": "d"}
    rds.create_db_cluster_parameter_group(DBClusterParameterGroupName="c80", **family)
    rds.create_db_parameter_group(DBParameterGroupName="i80", **family)
    family["DBParameterGroupFamily"] = "aurora-mysql8.4"
    rds.create_db_cluster_parameter_group(DBClusterParameterGroupName="c84", **family)
    rds.create_db_parameter_group(DBParameterGroupName="i84", **family)
    cluster(DBClusterParameterGroupName="c80")
    member("web-1", DBParameterGroupName="i80")
    only = {"version": MAJOR["EngineVersion"]}
    assert refused(upgrade, **only) == "InvalidParameterCombination"
    allowed = {**only, "AllowMajorVersionUpgrade": True}
    assert refused(upgrade, **allowed) == "InvalidParameterCombination"
    assert refused(upgrade, DBClusterParameterGroupName="c84", **allowed) == "InvalidParameterCombination"
    groups = {"DBClusterParameterGroupName": "c84", "DBInstanceParameterGroupName": "i84"}
    assert (
        refused(upgrade, **allowed, **{**groups, "DBInstanceParameterGroupName": "i80"})
        == "InvalidParameterCombination"
    )
    shown = upgrade(**allowed, **groups)
    assert (shown["EngineVersion"], shown["DBClusterParameterGroup"]) == (MAJOR["EngineVersion"], "c84")
    instance = rds.describe_db_instances()["DBInstances"][0]
    assert instance["DBParameterGroups"][0]["DBParameterGroupName"] == "i84"
    assert refused(upgrade, version=PATCH) == "InvalidParameterCombination"  # never back


def test_the_group_of_instances_goes_with_major_versions_only(cluster, member, refused, upgrade):
    cluster()
    member("web-1")
    group = {"DBInstanceParameterGroupName": "default.aurora-mysql8.0"}
    assert refused(upgrade, **group) == "InvalidParameterCombination"


def test_replicas_are_upgraded_before_their_source(client, cluster, member, rds, refused, upgrade):
    group = {"DBClusterParameterGroupName": "bin"}
    rds.create_db_cluster_parameter_group(DBParameterGroupFamily="aurora-mysql8.0", Description="d", **group)
    row = {"ParameterName": "binlog_format", "ParameterValue": "ROW", "ApplyMethod": "pending-reboot"}
    arn = cluster(**group)["DBClusterArn"]
    member("web-1")
    rds.modify_db_cluster_parameter_group(Parameters=[row], **group)
    far = client("rds", region="eu-west-1")
    replica = {"DBClusterIdentifier": "r", "Engine": "aurora-mysql", "ReplicationSourceIdentifier": arn}
    with pytest.raises(ClientError, match="doesn't have cluster parameter group in sync on writer"):
        far.create_db_cluster(**replica)
    rds.reboot_db_instance(DBInstanceIdentifier="web-1")
    far.create_db_cluster(EngineVersion="8.0.mysql_aurora.3.10.1", **replica)
    assert refused(upgrade) == "InvalidParameterCombination"
    asked = {"DBInstanceClass": "db.r7g.large", "Engine": "aurora-mysql", "DBClusterIdentifier": "r"}
    far.create_db_instance(DBInstanceIdentifier="r-1", **asked)
    upgrade(name="r", client=far)
    assert upgrade()["EngineVersion"] == PATCH


def test_a_global_database_is_upgraded_from_its_secondaries_on(client, cluster, member, rds, refused, upgrade):
    arn = cluster()["DBClusterArn"]
    member("web-1")
    rds.create_global_cluster(GlobalClusterIdentifier="g", SourceDBClusterIdentifier=arn)
    far = client("rds", region="eu-west-1")
    asked = {"Engine": "aurora-mysql", "DBClusterIdentifier": "far"}
    made = far.create_db_cluster(GlobalClusterIdentifier="g", EnablePerformanceInsights=True, **asked)["DBCluster"]
    assert made["PerformanceInsightsEnabled"] is False  # not kept, as it is made
    far.create_db_instance(DBInstanceIdentifier="far-1", DBInstanceClass="db.r7g.large", **asked)
    with pytest.raises(ClientError, match="Please upgrade global replicas first"):
        upgrade()
    upgrade(name="far", client=far)
    assert upgrade()["EngineVersion"] == PATCH
    assert rds.describe_global_clusters()["GlobalClusters"][0]["EngineVersion"] == PATCH
    with pytest.raises(ClientError, match="In-place minor version upgrade of Aurora MySQL global database cluster"):
        upgrade(MINOR, name="far", client=far)
    whole = {"GlobalClusterIdentifier": "g"}
    assert refused(rds.modify_global_cluster, EngineVersion=MINOR, **whole) == "InvalidParameterValue"
    assert refused(upgrade, MAJOR["EngineVersion"], AllowMajorVersionUpgrade=True) == "InvalidParameterCombination"
    assert (
        refused(rds.modify_global_cluster, EngineVersion=MAJOR["EngineVersion"], **whole)
        == "InvalidParameterCombination"
    )
    shown = rds.modify_global_cluster(**MAJOR, **whole)["GlobalCluster"]
    assert shown["EngineVersion"] == MAJOR["EngineVersion"]
    assert far.describe_db_clusters()["DBClusters"][0]["DBClusterParameterGroup"] == "default.aurora-mysql8.4"


def test_without_its_secondaries_a_global_database_takes_any_minor_version(cluster, member, rds, upgrade):
    arn = cluster()["DBClusterArn"]
    member("web-1")
    rds.create_global_cluster(GlobalClusterIdentifier="g", SourceDBClusterIdentifier=arn)
    assert upgrade(MINOR)["EngineVersion"] == MINOR
