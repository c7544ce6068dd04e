# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What S3 refuses of buckets that have a life behind them: grants, system tags, MFA delete, old lifecycle rules."""

from __future__ import annotations

import json

import pytest

NAME = "web-state"
PLACE = {"LocationConstraint": "eu-central-1"}
TEMPLATE = {
    "Resources": {
        "StateBucket": {
            "Type": "AWS::S3::Bucket",
            "Properties": {"BucketName": NAME, "Tags": [{"Key": "Name", "Value": "state"}]},
        }
    }
}


@pytest.fixture
def s3(client):
    return client("s3")


@pytest.fixture
def bucket(s3):
    s3.create_bucket(Bucket=NAME, CreateBucketConfiguration=PLACE)
    return s3


def tags_of(s3):
    return {tag["Key"]: tag["Value"] for tag in s3.get_bucket_tagging(Bucket=NAME)["TagSet"]}


def tagging(tags):
    return {"Bucket": NAME, "Tagging": {"TagSet": [{"Key": key, "Value": value} for key, value in tags.items()]}}


ENFORCED = {"Bucket": NAME, "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}}


def test_acls_are_not_switched_off_over_grants(s3, refused):
    s3.create_bucket(Bucket=NAME, CreateBucketConfiguration=PLACE, ObjectOwnership="ObjectWriter")
    s3.delete_public_access_block(Bucket=NAME)
    s3.put_bucket_acl(Bucket=NAME, ACL="public-read")
    assert refused(s3.put_bucket_ownership_controls, **ENFORCED) == "InvalidBucketAclWithObjectOwnership"
    s3.put_bucket_acl(Bucket=NAME, ACL="private")
    s3.put_bucket_ownership_controls(**ENFORCED)


def test_a_policy_has_a_statement(bucket, refused):
    empty = json.dumps({"Version": "2012-10-17", "Statement": []})
    assert refused(bucket.put_bucket_policy, Bucket=NAME, Policy=empty) == "MalformedPolicy"


def test_system_tags_stay(client, s3, refused):
    client("cloudformation").create_stack(StackName="bootstrap", TemplateBody=json.dumps(TEMPLATE))
    system = {key: value for key, value in tags_of(s3).items() if key.startswith("aws:")}
    assert system["aws:cloudformation:logical-id"] == "StateBucket"
    assert all(s3.get_public_access_block(Bucket=NAME)["PublicAccessBlockConfiguration"].values())
    assert refused(s3.put_bucket_tagging, **tagging({"Name": "x"})) == "InvalidTag"
    assert refused(s3.put_bucket_tagging, **tagging({**system, "aws:other": "x"})) == "InvalidTag"
    s3.put_bucket_tagging(**tagging({**system, "Owner": "platform"}))
    assert tags_of(s3) == {**system, "Owner": "platform"}
    s3.delete_bucket_tagging(Bucket=NAME)
    assert tags_of(s3) == system


def test_tags_of_buckets_with_abac_are_set_one_by_one(client, bucket, refused):
    assert bucket.get_bucket_abac(Bucket=NAME)["AbacStatus"] == {"Status": "Disabled"}
    bucket.put_bucket_tagging(**tagging({"a": "1"}))
    bucket.put_bucket_abac(Bucket=NAME, AbacStatus={"Status": "Enabled"})
    assert bucket.get_bucket_abac(Bucket=NAME)["AbacStatus"] == {"Status": "Enabled"}
    assert refused(bucket.put_bucket_tagging, **tagging({"a": "2"})) == "InvalidRequest"
    assert refused(bucket.delete_bucket_tagging, Bucket=NAME) == "InvalidRequest"
    control, resource = client("s3control"), {"AccountId": "123456789012", "ResourceArn": f"arn:aws:s3:::{NAME}"}
    control.tag_resource(Tags=[{"Key": "b", "Value": "2"}], **resource)
    control.untag_resource(TagKeys=["a"], **resource)
    assert control.list_tags_for_resource(**resource)["Tags"] == [{"Key": "b", "Value": "2"}]
    assert tags_of(bucket) == {"b": "2"}
    assert refused(control.untag_resource, TagKeys=["aws:x"], **resource) == "InvalidTag"


def rule(name, **more):
    return {"ID": name, "Status": "Enabled", "Expiration": {"Days": 1}, **more}


def lifecycle(*rules):
    return {"Bucket": NAME, "LifecycleConfiguration": {"Rules": list(rules)}}


def test_lifecycle_rules_are_of_one_form(bucket, refused):
    old, new = rule("old", Prefix="x"), rule("new", Filter={"Prefix": "y"})
    for rules in ((old, new), (new, old)):
        assert refused(bucket.put_bucket_lifecycle_configuration, **lifecycle(*rules)) == "InvalidRequest"
    assert refused(bucket.put_bucket_lifecycle_configuration, **lifecycle(new, new)) == "InvalidArgument"
    bucket.put_bucket_lifecycle_configuration(**lifecycle(old))
    assert bucket.get_bucket_lifecycle_configuration(Bucket=NAME)["Rules"] == [old]


def test_mfa_delete(bucket, refused):
    def versions(status="Enabled", **more):
        return {"Bucket": NAME, "VersioningConfiguration": {"Status": status, **more}}

    code = {"MFA": "arn:aws:iam::123456789012:mfa/root 123456"}
    bucket.put_bucket_versioning(**versions(MFADelete="Disabled"))  # as it is, which takes no device
    assert refused(bucket.put_bucket_versioning, **versions(MFADelete="Enabled")) == "AccessDenied"
    bucket.put_bucket_lifecycle_configuration(**lifecycle(rule("a", Filter={"Prefix": ""})))
    assert refused(bucket.put_bucket_versioning, **versions(MFADelete="Enabled"), **code) == "InvalidBucketState"
    bucket.delete_bucket_lifecycle(Bucket=NAME)
    bucket.put_bucket_versioning(**versions(MFADelete="Enabled"), **code)
    assert bucket.get_bucket_versioning(Bucket=NAME)["MFADelete"] == "Enabled"
    assert refused(bucket.put_bucket_versioning, **versions("Suspended")) == "AccessDenied"
    asked = lifecycle(rule("a", Filter={"Prefix": ""}))
    assert refused(bucket.put_bucket_lifecycle_configuration, **asked) == "InvalidBucketState"
    bucket.put_bucket_versioning(**versions(MFADelete="Disabled"), **code)
    bucket.put_bucket_lifecycle_configuration(**asked)


def encrypted_with(bucket, key):
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    rules = [{"ApplyServerSideEncryptionByDefault": default}]
    bucket.put_bucket_encryption(Bucket=NAME, ServerSideEncryptionConfiguration={"Rules": rules})


def test_the_key_of_a_bucket_is_looked_at_by_its_first_object(client, bucket, refused):
    put = {"Bucket": NAME, "Key": "k", "Body": b"x"}
    for key in (client("kms", "eu-west-1").create_key()["KeyMetadata"]["Arn"], "alias/none"):
        encrypted_with(bucket, key)
        assert refused(bucket.put_object, **put) == "KMS.NotFoundException"
    key = client("kms").create_key()["KeyMetadata"]["Arn"]
    encrypted_with(bucket, key)
    bucket.put_object(**put)
    client("kms").disable_key(KeyId=key)
    assert refused(bucket.put_object, **put) == "KMS.DisabledException"
    bucket.put_object(ServerSideEncryption="AES256", **put)


def test_buckets_are_listed_in_pages(s3, control, refused):
    for name in ("web-c", "web-a", "web-b"):
        s3.create_bucket(Bucket=name, CreateBucketConfiguration=PLACE)
    control.settings(bucket_quota=20_000)
    assert refused(s3.list_buckets) == "InvalidRequest"
    pages = list(s3.get_paginator("list_buckets").paginate(PaginationConfig={"PageSize": 2}))
    assert [[row["Name"] for row in page["Buckets"]] for page in pages] == [["web-a", "web-b"], ["web-c"]]
    assert pages[0]["Buckets"][0]["BucketRegion"] == "eu-central-1"
