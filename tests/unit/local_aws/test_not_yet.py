# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A new role that cannot be assumed yet, and a new key that is not found, then disabled, where a knob says so."""

from __future__ import annotations

import json

import pytest

ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/new"
PRINCIPAL = {"Service": ["rds.amazonaws.com", "vpc-flow-logs.amazonaws.com"], "AWS": f"arn:aws:iam::{ACCOUNT}:root"}
TRUST = json.dumps({
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": PRINCIPAL, "Action": "sts:AssumeRole"}],
})  # fmt: skip
POLICY = json.dumps({
    "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}],
})  # fmt: skip


def _role(client):
    client("iam").create_role(RoleName="new", AssumeRolePolicyDocument=TRUST)


def _flow_log(client):
    vpc = client("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    return {
        "ResourceIds": [vpc], "ResourceType": "VPC", "TrafficType": "ALL", "LogGroupName": "flow",
        "DeliverLogsPermissionArn": ROLE,
    }  # fmt: skip


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("local_aws.not_yet.time.monotonic", lambda: now[0])
    return now


def test_a_role_is_assumed_after_some_uses(client, control, refused):
    control.settings(role_polls=2)
    _role(client)
    wanted = {"RoleArn": ROLE, "RoleSessionName": "session"}
    assert [refused(client("sts").assume_role, **wanted) for _unused in range(2)] == ["AccessDenied"] * 2
    assert client("sts").assume_role(**wanted)["Credentials"]


def test_a_flow_log_waits_for_its_role(client, control, refused, clock):
    client("logs").create_log_group(logGroupName="flow")
    control.settings(role_seconds=5)
    wanted = _flow_log(client)
    _role(client)
    assert refused(client("ec2").create_flow_logs, **wanted) == "InvalidParameter"
    clock[0] += 6
    client("iam").put_role_policy(RoleName="new", PolicyName="inline", PolicyDocument=POLICY)
    assert client("ec2").create_flow_logs(**wanted)["FlowLogIds"]


def test_monitoring_waits_for_the_role_and_its_policies(client, control, refused):
    rds = client("rds")
    _role(client)
    rds.create_db_cluster(
        DBClusterIdentifier="web", Engine="aurora-mysql", MasterUsername="admin", MasterUserPassword="password1"
    )
    control.settings(role_polls=1)
    client("iam").put_role_policy(RoleName="new", PolicyName="inline", PolicyDocument=POLICY)
    wanted = {
        "DBInstanceIdentifier": "web-1", "DBClusterIdentifier": "web", "Engine": "aurora-mysql",
        "DBInstanceClass": "db.r6g.large", "MonitoringInterval": 60, "MonitoringRoleArn": ROLE,
    }  # fmt: skip
    assert refused(rds.create_db_instance, **wanted) == "InvalidParameterValue"
    assert rds.create_db_instance(**wanted)["DBInstance"]["MonitoringRoleArn"] == ROLE


def test_a_key_is_not_found_then_disabled_then_there(client, control, refused):
    kms = client("kms")
    control.settings(key_polls=1)
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    codes = [refused(kms.enable_key_rotation, KeyId=key) for _unused in range(2)]
    assert codes == ["NotFoundException", "DisabledException"]
    kms.enable_key_rotation(KeyId=key)
    assert kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"] is True


def test_what_cannot_be_disabled_is_only_not_found(client, control, refused):
    kms = client("kms")
    control.settings(key_polls=1)
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    assert refused(kms.create_alias, AliasName="alias/mine", TargetKeyId=key) == "NotFoundException"
    kms.create_alias(AliasName="alias/mine", TargetKeyId=key)
    assert kms.describe_key(KeyId="alias/mine")["KeyMetadata"]["KeyId"] == key


def test_a_replica_by_seconds_and_its_alias(client, control, refused, clock):
    key = client("kms").create_key(MultiRegion=True)["KeyMetadata"]["KeyId"]
    control.settings(key_seconds=5)
    client("kms").replicate_key(KeyId=key, ReplicaRegion="eu-west-1")
    there = client("kms", "eu-west-1")
    assert client("kms").describe_key(KeyId=key)["KeyMetadata"]["KeyId"] == key
    assert refused(there.describe_key, KeyId=key) == "NotFoundException"
    clock[0] += 6
    there.create_alias(AliasName="alias/mine", TargetKeyId=key)
    assert refused(there.encrypt, KeyId="alias/mine", Plaintext=b"x") == "DisabledException"
    clock[0] += 6
    assert there.encrypt(KeyId="alias/mine", Plaintext=b"x")["CiphertextBlob"]


def test_everything_at_once_by_default_and_when_turned_off(client, control):
    control.settings(role_polls=9, key_polls=9)
    key = client("kms").create_key()["KeyMetadata"]["KeyId"]
    control.settings(role_polls=0, key_polls=0)
    assert client("kms").describe_key(KeyId=key)["KeyMetadata"]["Enabled"] is True
