# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""States take time when a knob says so: by describe calls here, for a test does not sleep."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def rds(client):
    return client("rds")


def _cluster(rds, **more):
    return rds.create_db_cluster(
        DBClusterIdentifier="web", Engine="aurora-mysql", MasterUsername="admin", MasterUserPassword="password1", **more
    )["DBCluster"]


def _status(rds) -> str:
    return rds.describe_db_clusters(DBClusterIdentifier="web")["DBClusters"][0]["Status"]


def test_at_once_by_default(rds):
    assert _cluster(rds)["Status"] == "creating"
    assert _status(rds) == "available"


def test_polls_and_changes_refused_meanwhile(rds, control, refused):
    control.settings(transition_polls=2)
    _cluster(rds)
    change = {"DBClusterIdentifier": "web", "BackupRetentionPeriod": 7}
    assert refused(rds.modify_db_cluster, **change) == "InvalidDBClusterStateFault"
    assert [_status(rds) for _unused in range(3)] == ["creating", "creating", "available"]
    assert rds.modify_db_cluster(**change)["DBCluster"]["Status"] == "modifying"


def test_deleted_things_linger(rds, control):
    _cluster(rds)
    control.settings(transition_polls=2)
    assert rds.delete_db_cluster(DBClusterIdentifier="web", SkipFinalSnapshot=True)["DBCluster"]["Status"] == "deleting"
    assert [_status(rds) for _unused in range(2)] == ["deleting", "deleting"]
    with pytest.raises(ClientError, match="not found"):
        _status(rds)


def test_seconds(rds, control, monkeypatch):
    from local_aws import transitions

    clock = [100.0]
    monkeypatch.setattr(transitions.time, "monotonic", lambda: clock[0])
    control.settings(transition_seconds=30)
    _cluster(rds)
    assert _status(rds) == "creating"
    clock[0] += 31
    assert _status(rds) == "available"


def test_endpoints_and_gateways_are_pending_first(client, control):
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    control.settings(transition_polls=1)
    made = ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName="com.amazonaws.eu-central-1.logs", VpcEndpointType="Interface", PrivateDnsEnabled=False
    )["VpcEndpoint"]
    assert made["State"] == "pending"
    asked = {"VpcEndpointIds": [made["VpcEndpointId"]]}
    states = [ec2.describe_vpc_endpoints(**asked)["VpcEndpoints"][0]["State"] for _unused in range(2)]
    assert states == ["pending", "available"]


def test_endpoints_of_gateways_are_there_at_once(client, control):
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    control.settings(transition_polls=1)
    made = ec2.create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.eu-central-1.s3")["VpcEndpoint"]
    assert made["State"] == "available"


def test_a_phase_begins_where_the_one_before_ended(rds, control, monkeypatch):
    """Nobody need look in between."""
    from local_aws import transitions

    clock = [100.0]
    monkeypatch.setattr(transitions.time, "monotonic", lambda: clock[0])
    control.settings(pending_seconds=10, transition_seconds=30)
    _cluster(rds)
    clock[0] += 31
    iam = {"DBClusterIdentifier": "web", "EnableIAMDatabaseAuthentication": True, "ApplyImmediately": True}
    assert rds.modify_db_cluster(**iam)["DBCluster"]["Status"] == "available"
    clock[0] += 39
    assert _status(rds) == "configuring-iam-database-auth"
    clock[0] += 2
    assert _status(rds) == "available"


def test_a_deletion_that_is_refused_leaves_no_ghost(rds, control, refused):
    _cluster(rds, DeletionProtection=True)
    control.settings(transition_polls=2)
    delete = {"DBClusterIdentifier": "web", "SkipFinalSnapshot": True}
    assert refused(rds.delete_db_cluster, **delete) == "InvalidParameterCombination"
    assert _status(rds) == "available"
