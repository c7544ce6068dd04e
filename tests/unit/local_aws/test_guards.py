# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""KMS, Secrets Manager, S3, IAM, logs and SNS: what AWS refuses."""

from __future__ import annotations

import json

import pytest

from local_aws import policies

ROOT = "arn:aws:iam::123456789012:root"


def _policy(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", **statement}]})


@pytest.mark.parametrize(
    "policy",
    [
        "{",
        '{"Version": "2012-10-17"}',
        _policy(Principal={"AWS": "arn:aws:iam::999999999999:root"}, Action="kms:*"),
        _policy(Principal={"AWS": ROOT}, Action="kms:Encrypt"),
        _policy(Action="kms:*"),
    ],
)
def test_key_policies_that_lock_everybody_out(client, refused, policy):
    assert refused(client("kms").create_key, Policy=policy) == "MalformedPolicyDocumentException"


def test_key_rotation_and_replicas(client, refused):
    kms = client("kms")
    key = kms.create_key(MultiRegion=True, Policy=_policy(Principal={"AWS": ROOT}, Action="kms:*"))["KeyMetadata"]
    kms.enable_key_rotation(KeyId=key["KeyId"], RotationPeriodInDays=180)
    assert kms.get_key_rotation_status(KeyId=key["KeyId"])["RotationPeriodInDays"] == 180
    copy = {"KeyId": key["KeyId"], "ReplicaRegion": "eu-west-1"}
    made = kms.replicate_key(**copy)["ReplicaKeyMetadata"]
    assert made["MultiRegionConfiguration"]["MultiRegionKeyType"] == "REPLICA"
    assert (
        kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["MultiRegionConfiguration"]["MultiRegionKeyType"]
        == "PRIMARY"
    )
    assert refused(kms.replicate_key, **copy) == "AlreadyExistsException"
    single = kms.create_key()["KeyMetadata"]["KeyId"]
    assert refused(kms.replicate_key, **{**copy, "KeyId": single}) == "UnsupportedOperationException"
    assert refused(kms.create_alias, AliasName="alias/aws/mine", TargetKeyId=single) == "NotAuthorizedException"


def test_secrets(client, refused):
    kept = client("secretsmanager")
    arn = kept.create_secret(Name="app", SecretString="value-of-it")["ARN"]
    assert refused(kept.rotate_secret, SecretId="app") == "InvalidRequestException"
    away = {"SecretId": "app", "RotationLambdaARN": "arn:aws:lambda:eu-central-1:123456789012:function:none"}
    assert refused(kept.rotate_secret, **away) == "ResourceNotFoundException"
    assert kept.replicate_secret_to_regions(SecretId="app", AddReplicaRegions=[{"Region": "eu-west-1"}])["ARN"] == arn
    assert refused(kept.delete_secret, SecretId="app") == "InvalidRequestException"
    bad = {"SecretId": "app", "ResourcePolicy": "{"}
    assert refused(kept.put_resource_policy, **bad) == "MalformedPolicyDocumentException"
    public = _policy(Principal="*", Action="secretsmanager:GetSecretValue")
    wide = {"SecretId": "app", "ResourcePolicy": public, "BlockPublicPolicy": True}
    assert refused(kept.put_resource_policy, **wide) == "PublicPolicyException"
    assert kept.validate_resource_policy(ResourcePolicy=public)["PolicyValidationPassed"] is False
    assert refused(kept.create_secret, Name="x", SecretString="v", KmsKeyId="alias/none") == "EncryptionFailure"


@pytest.fixture
def bucket(client):
    s3 = client("s3")
    s3.create_bucket(Bucket="web-logs", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    return s3


def test_new_buckets_are_closed(bucket):
    block = bucket.get_public_access_block(Bucket="web-logs")["PublicAccessBlockConfiguration"]
    assert all(block.values())
    rules = bucket.get_bucket_ownership_controls(Bucket="web-logs")["OwnershipControls"]["Rules"]
    assert rules == [{"ObjectOwnership": "BucketOwnerEnforced"}]
    bucket.delete_bucket_encryption(Bucket="web-logs")
    encryption = bucket.get_bucket_encryption(Bucket="web-logs")["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert encryption["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"


def test_public_buckets_are_refused_until_unblocked(bucket, refused):
    policy = _policy(Principal="*", Action="s3:GetObject").replace(
        '"*", "Principal"', '"arn:aws:s3:::web-logs/*", "Principal"'
    )
    assert refused(bucket.put_bucket_policy, Bucket="web-logs", Policy=policy) == "AccessDenied"
    assert refused(bucket.put_bucket_acl, Bucket="web-logs", ACL="public-read") == "AccessControlListNotSupported"
    assert refused(bucket.put_object, Bucket="web-logs", Key="k", ACL="public-read") == "AccessControlListNotSupported"
    bucket.delete_public_access_block(Bucket="web-logs")
    bucket.put_bucket_policy(Bucket="web-logs", Policy=policy)
    assert bucket.get_bucket_policy_status(Bucket="web-logs")["PolicyStatus"]["IsPublic"] is True
    assert refused(bucket.put_bucket_policy, Bucket="web-logs", Policy="{") == "MalformedPolicy"


@pytest.mark.parametrize("name", ["Upper", "a..b", "192.168.1.1", "xn--a", "under_score", "ends-"])
def test_bucket_names(client, refused, name):
    code = refused(
        client("s3").create_bucket, Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    assert code == "InvalidBucketName"


def test_replication_needs_versions(bucket, refused):
    rule = {"Status": "Enabled", "Prefix": "", "Destination": {"Bucket": "arn:aws:s3:::other"}}
    configuration = {"Role": "arn:aws:iam::123456789012:role/r", "Rules": [rule]}
    asked = {"Bucket": "web-logs", "ReplicationConfiguration": configuration}
    assert refused(bucket.put_bucket_replication, **asked) == "InvalidRequest"


def test_trust_policies(client, refused):
    iam = client("iam")
    for document in ("{", _policy(Principal={"Service": "x.amazonaws.com"}, Action="sts:AssumeRole")):
        code = refused(iam.create_role, RoleName="r", AssumeRolePolicyDocument=document)
        assert code == "MalformedPolicyDocument"


def test_aws_managed_policies_are_there(client):
    iam = client("iam")
    arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    assert iam.get_policy(PolicyArn=arn)["Policy"]["PolicyName"] == "AmazonECSTaskExecutionRolePolicy"
    assert len(iam.list_policies(Scope="AWS", MaxItems=5)["Policies"]) == 5


def test_logs_and_topics(client, refused):
    logs = client("logs")
    logs.create_log_group(logGroupName="g")
    assert refused(logs.put_retention_policy, logGroupName="g", retentionInDays=8) == "InvalidParameterException"
    assert refused(logs.create_log_group, logGroupName="k", kmsKeyId="alias/none") == "InvalidParameterException"
    assert refused(client("sns").create_topic, Name="t", Attributes={"Policy": "{"}) == "InvalidParameter"


@pytest.mark.parametrize(
    ("condition", "public"),
    [
        ({}, True),
        ({"StringEquals": {"aws:SourceAccount": "123456789012"}}, False),
        ({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, False),
        ({"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}, True),
        ({"StringEquals": {"s3:prefix": "a"}}, True),
    ],
)
def test_what_public_means(condition, public):
    assert policies.is_public(_policy(Principal={"AWS": "*"}, Action="s3:GetObject", Condition=condition)) is public
