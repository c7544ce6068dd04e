# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Keys by their kind, state and policy; names and sizes of parameters, secrets and roles; other partitions."""

from __future__ import annotations

import json

import pytest

from local_aws import policies

ACCOUNT = "123456789012"
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)


@pytest.fixture
def kms(client):
    return client("kms")


@pytest.mark.parametrize(
    "kind",
    [
        {"KeySpec": "RSA_2048", "KeyUsage": "ENCRYPT_DECRYPT"},
        {"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"},
        {"Origin": "EXTERNAL"},
    ],
)
def test_keys_that_do_not_rotate(kms, refused, kind):
    key = kms.create_key(**kind)["KeyMetadata"]["KeyId"]
    for operation in (kms.enable_key_rotation, kms.disable_key_rotation, kms.get_key_rotation_status):
        assert refused(operation, KeyId=key) == "UnsupportedOperationException"


def test_replicas_rotate_as_their_primary_does(client, kms, refused):
    key = kms.create_key(MultiRegion=True)["KeyMetadata"]["KeyId"]
    kms.replicate_key(KeyId=key, ReplicaRegion="eu-west-1")
    replica = client("kms", "eu-west-1")
    assert refused(replica.enable_key_rotation, KeyId=key) == "UnsupportedOperationException"
    kms.enable_key_rotation(KeyId=key)
    assert replica.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"] is True


def test_the_state_of_a_key_decides(kms, refused):
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.enable_key_rotation(KeyId=key)
    kms.disable_key(KeyId=key)
    assert refused(kms.enable_key_rotation, KeyId=key) == "DisabledException"
    assert refused(kms.encrypt, KeyId=key, Plaintext=b"x") == "DisabledException"
    assert kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"] is True
    kms.tag_resource(KeyId=key, Tags=[{"TagKey": "a", "TagValue": "b"}])
    kms.schedule_key_deletion(KeyId=key)
    assert kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"] is False
    assert refused(kms.enable_key_rotation, KeyId=key) == "KMSInvalidStateException"
    assert refused(kms.create_alias, AliasName="alias/a", TargetKeyId=key) == "KMSInvalidStateException"
    assert refused(kms.tag_resource, KeyId=key, Tags=[{"TagKey": "a", "TagValue": "c"}]) == "KMSInvalidStateException"
    kms.cancel_key_deletion(KeyId=key)
    waiting = kms.create_key(Origin="EXTERNAL")["KeyMetadata"]
    assert waiting["KeyState"] == "PendingImport"
    assert refused(kms.encrypt, KeyId=waiting["KeyId"], Plaintext=b"x") == "KMSInvalidStateException"


def key_policy(*statements):
    root = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "kms:*", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [root, *statements]})


def for_logs(place="log-group:*", service="logs.eu-central-1.amazonaws.com", **more):
    return {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": ["kms:Decrypt*", "kms:GenerateDataKey*"],
        "Resource": "*",
        "Condition": {
            "ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:eu-central-1:{ACCOUNT}:{place}"}
        },
        **more,
    }


@pytest.mark.parametrize(
    ("statements", "code"),
    [
        ([], "AccessDeniedException"),
        ([for_logs()], ""),
        ([for_logs("log-group:/app")], ""),
        ([for_logs("log-group:/other")], "AccessDeniedException"),
        ([for_logs(service="logs.eu-west-1.amazonaws.com")], "AccessDeniedException"),
        ([for_logs(Action="kms:Decrypt")], "AccessDeniedException"),
        ([for_logs(), for_logs(Effect="Deny")], "AccessDeniedException"),
        ([for_logs(Condition={"StringEquals": {"aws:SourceAccount": ACCOUNT}})], ""),
        ([for_logs(Condition={"NumericEquals": {"aws:SourceAccount": ACCOUNT}})], "AccessDeniedException"),
    ],
)
def test_log_groups_take_a_key_that_admits_them(client, kms, refused, statements, code):
    logs, key = client("logs"), kms.create_key(Policy=key_policy(*statements))["KeyMetadata"]["Arn"]
    logs.create_log_group(logGroupName="/plain")
    if code:
        assert refused(logs.create_log_group, logGroupName="/app", kmsKeyId=key) == code
        assert refused(logs.associate_kms_key, logGroupName="/plain", kmsKeyId=key) == code
    else:
        logs.create_log_group(logGroupName="/app", kmsKeyId=key)
        assert logs.describe_log_groups(logGroupNamePrefix="/app")["logGroups"][0]["kmsKeyId"] == key


def test_log_groups_take_no_key_that_cannot_be_used(client, kms, refused):
    logs, key = client("logs"), kms.create_key(Policy=key_policy(for_logs()))["KeyMetadata"]["Arn"]
    kms.disable_key(KeyId=key)
    asymmetric = kms.create_key(KeySpec="RSA_2048", KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]["Arn"]
    for unfit in (key, asymmetric, f"{key[:-4]}0000"):
        assert refused(logs.create_log_group, logGroupName="/app", kmsKeyId=unfit) == "InvalidParameterException"
    assert refused(logs.create_log_group, logGroupName="aws/app") == "InvalidParameterException"


def statement(condition=None, **more):
    one = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Condition": condition or {}, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [one]})


@pytest.mark.parametrize(
    ("condition", "public"),
    [
        ({"StringEquals": {"kms:CallerAccount": ACCOUNT}}, False),
        ({"StringEquals": {"kms:ViaService": "rds.us-east-1.amazonaws.com"}}, True),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-abcdef1234"}}, False),
        ({"StringLike": {"aws:PrincipalOrgID": "o-*"}}, True),
        ({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-abcdef1234/*"}}, False),
        ({"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}}, True),
        ({"StringEqualsIfExists": {"aws:PrincipalAccount": ACCOUNT}}, True),
        ({"StringEquals": {"aws:SourceVpc": "vpc-0a1b2c3d"}}, False),
        ({"StringLike": {"aws:SourceVpc": "vpc-*"}}, True),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}}, True),
        ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}}, True),
        ({"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/*"}}, False),
        ({"IpAddress": {"aws:SourceIp": "172.16.0.0/12"}}, False),
        ({"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}, True),
        ({"IpAddress": {"aws:SourceIp": "2000::/3"}}, True),
        ({"IpAddress": {"aws:SourceIp": "2001:db8::/32"}}, False),
        ({"StringLike": {"aws:Referer": "https://example.com/*"}}, True),
        ({"StringEquals": {"aws:SourceAccount": "${aws:PrincipalAccount}"}}, True),
    ],
)
def test_public_is_what_is_not_held_to_fixed_values(condition, public):
    for principal in ({"AWS": "*"}, {"AWS": [f"arn:aws:iam::{ACCOUNT}:root", "*"]}):
        assert policies.is_public(statement(condition, Principal=principal)) is public


def test_all_but_one_are_the_public():
    assert policies.is_public(statement(NotPrincipal={"AWS": f"arn:aws:iam::{ACCOUNT}:root"}))


@pytest.mark.parametrize("name", ["a b", "a&b", "é", "a:b"])
def test_names_of_secrets(client, refused, name):
    secrets = client("secretsmanager")
    assert refused(secrets.create_secret, Name=name, SecretString="v") == "ValidationException"


def test_a_secret_takes_no_disabled_key(client, kms, refused):
    key = kms.create_key()["KeyMetadata"]["Arn"]
    kms.disable_key(KeyId=key)
    secrets = client("secretsmanager")
    assert refused(secrets.create_secret, Name="a", SecretString="v", KmsKeyId=key) == "EncryptionFailure"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a b", "ValidationException"),
        ("a/b", "ValidationException"),
        ("ssm-x", "ValidationException"),
        ("/aws/x", "AccessDeniedException"),
        ("x" * 1012, "ValidationException"),
        ("/a" * 16, "HierarchyLevelLimitExceededException"),
    ],
)
def test_names_of_parameters(client, refused, name, code):
    assert refused(client("ssm").put_parameter, Name=name, Value="v", Type="String") == code


def test_values_of_parameters(client, refused):
    ssm, one = client("ssm"), {"Name": "/web/one", "Type": "String"}
    assert refused(ssm.put_parameter, Value="v" * 4097, **one) == "ValidationException"
    assert refused(ssm.put_parameter, Value="v" * 8193, Tier="Advanced", **one) == "ValidationException"
    assert refused(ssm.put_parameter, Value="{{ssm:other}}", **one) == "ValidationException"
    assert refused(ssm.put_parameter, Value="v", KeyId="alias/none", **one) == "ValidationException"
    secret = {"Name": "/web/two", "Type": "SecureString", "Value": "v"}
    assert refused(ssm.put_parameter, KeyId="alias/none", **secret) == "InvalidKeyId"
    ssm.put_parameter(Value="v" * 4097, Tier="Advanced", **one)
    ssm.put_parameter(Value="v" * 4097, Overwrite=True, **one)
    assert ssm.describe_parameters()["Parameters"][0]["Tier"] == "Advanced"
    assert refused(ssm.put_parameter, Value="v", Tier="Standard", Overwrite=True, **one) == "ValidationException"


def test_roles_differ_by_more_than_case_and_have_a_boundary_that_is_there(client, refused):
    iam, role = client("iam"), {"AssumeRolePolicyDocument": TRUST}
    none = f"arn:aws:iam::{ACCOUNT}:policy/none"
    assert refused(iam.create_role, RoleName="app", PermissionsBoundary=none, **role) == "NoSuchEntity"
    iam.create_role(RoleName="app", PermissionsBoundary="arn:aws:iam::aws:policy/PowerUserAccess", **role)
    assert refused(iam.put_role_permissions_boundary, RoleName="app", PermissionsBoundary=none) == "NoSuchEntity"
    assert refused(iam.create_role, RoleName="App", **role) == "EntityAlreadyExists"


@pytest.mark.parametrize(
    ("partition", "region"), [("aws-us-gov", "us-gov-west-1"), ("aws-cn", "cn-north-1")], ids=["gov", "cn"]
)
def test_another_partition_has_its_own_regions_and_arns(client, control, refused, partition, region):
    control.settings(partition=partition)
    assert client("sts", region).get_caller_identity()["Arn"].startswith(f"arn:{partition}:")
    assert client("kms", region).create_key()["KeyMetadata"]["Arn"].startswith(f"arn:{partition}:kms:{region}:")
    role = client("iam", region).create_role(RoleName="app", AssumeRolePolicyDocument=TRUST)["Role"]
    assert role["Arn"] == f"arn:{partition}:iam::{ACCOUNT}:role/app"
    managed = f"arn:{partition}:iam::aws:policy/PowerUserAccess"
    assert client("iam", region).get_policy(PolicyArn=managed)["Policy"]["Arn"] == managed
    s3 = client("s3", region)
    s3.create_bucket(Bucket="web", CreateBucketConfiguration={"LocationConstraint": region})
    deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": f"arn:{partition}:s3:::web/*"}
    s3.put_bucket_policy(Bucket="web", Policy=json.dumps({"Version": "2012-10-17", "Statement": [deny]}))
    assert refused(client("sts", "us-east-1").get_caller_identity) == "InvalidClientTokenId"
    assert refused(client("ec2", "us-east-1").describe_vpcs) == "AuthFailure"
    assert refused(client("kms", "us-east-1").list_keys) == "UnrecognizedClientException"


def test_endpoint_services_of_china_have_names_of_their_own(client, control):
    control.settings(partition="aws-cn")
    names = client("ec2", "cn-north-1").describe_vpc_endpoint_services()["ServiceNames"]
    assert {"cn.com.amazonaws.cn-north-1.ecr.api", "com.amazonaws.cn-north-1.logs"} <= set(names)


def test_settings_that_are_none(control):
    for wrong in ({"partition": "aws-moon"}, {"failing": [{"action": "x"}]}, {"endpoint_zones": []}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            control.settings(**wrong)


def deny(principal):
    statement = {"Sid": "Theirs", "Effect": "Deny", "Principal": principal, "Action": "kms:Decrypt", "Resource": "*"}
    root = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
    allow = {"Effect": "Allow", "Principal": root, "Action": "kms:*", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [allow, statement]})


def test_a_deleted_role_is_its_unique_id_in_policies_and_none_is_taken_with_it(client, kms, refused):
    iam, manager = client("iam"), client("secretsmanager")
    role = iam.create_role(RoleName="leaver", AssumeRolePolicyDocument=TRUST)["Role"]
    other = f"arn:aws:iam::{ACCOUNT}:role/stays"
    key = kms.create_key(Policy=deny({"AWS": [role["Arn"], other]}))["KeyMetadata"]["KeyId"]
    manager.create_secret(Name="s", SecretString="x")
    manager.put_resource_policy(SecretId="s", ResourcePolicy=deny({"AWS": role["Arn"]}))
    iam.delete_role(RoleName="leaver")
    shown = kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    assert json.loads(shown)["Statement"][1]["Principal"] == {"AWS": [role["RoleId"], other]}
    of_secret = manager.get_resource_policy(SecretId="s")["ResourcePolicy"]
    assert json.loads(of_secret)["Statement"][1]["Principal"] == {"AWS": role["RoleId"]}
    malformed = "MalformedPolicyDocumentException"
    assert refused(kms.put_key_policy, KeyId=key, PolicyName="default", Policy=shown) == malformed
    assert refused(manager.put_resource_policy, SecretId="s", ResourcePolicy=of_secret) == malformed
