# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The bucket of the Terraform state as others left it: secured as far as S3 lets it, and nothing of theirs lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.integration.secrets.drifts import NAMES, TLS_SID, blocks, bucket_tags, encryption, rules, statements
from tests.playbook_run import LocalStack, PlaybookResult

PLAYBOOK = "playbooks/roles/secrets.yml"
NAME = NAMES["bucket"]
ARN = f"arn:aws:s3:::{NAME}"
PUBLIC = {"Sid": "Site", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{ARN}/site/*"}
BLOCKS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")

INSTANCE = {"attributes": {"id": "db", "password": "hunter2-hunter2"}}
STATE = {
    "version": 4,
    "serial": 1,
    "resources": [{"type": "aws_db_instance", "name": "main", "instances": [INSTANCE]}],
}


@pytest.fixture
def bucket(stack: LocalStack) -> LocalStack:
    """A bare bucket of the name, open as buckets were before 2023, and the key for it."""
    stack.control.clear_faults()
    stack.control.reset()
    s3 = stack.boto("s3")
    s3.create_bucket(Bucket=NAME, ObjectOwnership="ObjectWriter")
    s3.delete_public_access_block(Bucket=NAME)
    stack.play(PLAYBOOK, "--tags", "secrets_keys").ok()
    return stack


def secured(stack: LocalStack, **given: Any) -> PlaybookResult:
    result = stack.play(PLAYBOOK, "--tags", "secrets_state_bucket", extra_vars=given).ok()
    assert stack.play(PLAYBOOK, "--tags", "secrets_state_bucket", extra_vars=given).ok().recap["changed"] == 0
    assert all(blocks(stack.boto, NAMES).values())
    assert encryption(stack.boto, NAMES)["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"
    return result


def put_policy(stack: LocalStack, *wanted: dict[str, Any], **head: str) -> None:
    document = {"Version": "2012-10-17", **head, "Statement": list(wanted)}
    stack.boto("s3").put_bucket_policy(Bucket=NAME, Policy=json.dumps(document))


def words(result: PlaybookResult) -> str:
    return " ".join(result.stdout.split())


def test_a_public_policy_is_kept_and_completed_before_the_bucket_is_closed(bucket: LocalStack) -> None:
    put_policy(bucket, PUBLIC, Version="2008-10-17", Id="theirs")
    secured(bucket)
    document = json.loads(bucket.boto("s3").get_bucket_policy(Bucket=NAME)["Policy"])
    assert (document["Version"], document["Id"]) == ("2008-10-17", "theirs")
    assert document["Statement"][0] == PUBLIC and document["Statement"][1]["Sid"] == TLS_SID


def test_the_public_policy_of_a_closed_bucket_is_named(bucket: LocalStack) -> None:
    put_policy(bucket, PUBLIC)
    closed = dict.fromkeys(BLOCKS, True)
    bucket.boto("s3").put_public_access_block(Bucket=NAME, PublicAccessBlockConfiguration=closed)
    assert "take out Site and run again" in words(secured(bucket))
    assert set(statements(bucket.boto, NAMES)) == {"Site"}


def test_where_the_account_s_block_refuses_the_policy_the_rest_is_done(bucket: LocalStack) -> None:
    put_policy(bucket, PUBLIC)
    account = bucket.boto("sts").get_caller_identity()["Account"]
    bucket.control.faults({"kind": "denied", "action": "s3:PutBucketPolicy"})
    first = bucket.play(PLAYBOOK, "--tags", "secrets_state_bucket")
    bucket.control.clear_faults()
    assert first.rc != 0 and "s3:PutBucketPolicy" in words(first) and account in NAME
    assert "take out Site and run again" in words(secured(bucket))


def test_grants_to_everybody_are_taken_back(bucket: LocalStack) -> None:
    bucket.boto("s3").put_bucket_acl(Bucket=NAME, ACL="public-read")
    secured(bucket)
    owner = bucket.boto("s3").get_bucket_ownership_controls(Bucket=NAME)["OwnershipControls"]["Rules"]
    assert owner == [{"ObjectOwnership": "BucketOwnerEnforced"}]


def test_grants_to_somebody_stay_and_are_said(bucket: LocalStack) -> None:
    bucket.boto("s3").put_bucket_acl(Bucket=NAME, ACL="log-delivery-write")
    before = bucket.boto("s3").get_bucket_acl(Bucket=NAME)["Grants"]
    assert "LogDelivery" in words(secured(bucket))
    assert bucket.boto("s3").get_bucket_acl(Bucket=NAME)["Grants"] == before


def test_mfa_delete_keeps_versions_and_lifecycle(bucket: LocalStack) -> None:
    device = {"MFA": "arn:aws:iam::123456789012:mfa/root 123456"}
    versioning = {"Status": "Enabled", "MFADelete": "Enabled"}
    bucket.boto("s3").put_bucket_versioning(Bucket=NAME, VersioningConfiguration=versioning, **device)
    assert "has MFA delete" in words(secured(bucket))


def test_lifecycle_rules_of_old_go_on(bucket: LocalStack) -> None:
    old = {"ID": "theirs", "Status": "Enabled", "Prefix": "old/", "Expiration": {"Days": 1}}
    bucket.boto("s3").put_bucket_lifecycle_configuration(Bucket=NAME, LifecycleConfiguration={"Rules": [old]})
    secured(bucket)
    found = rules(bucket.boto, NAMES)
    assert set(found) == {"theirs", "expire-noncurrent-versions"} and found["theirs"]["Filter"] == {"Prefix": "old/"}


def test_a_bucket_whose_tags_decide_on_access_is_tagged(bucket: LocalStack) -> None:
    s3 = bucket.boto("s3")
    s3.put_bucket_tagging(Bucket=NAME, Tagging={"TagSet": [{"Key": "Team", "Value": "theirs"}]})
    s3.put_bucket_abac(Bucket=NAME, AbacStatus={"Status": "Enabled"})
    secured(bucket)
    assert {"Team": "theirs", "Project": "mywebapp"}.items() <= bucket_tags(bucket.boto, NAMES).items()


def test_tags_of_cloudformation_stay(stack: LocalStack) -> None:
    stack.control.clear_faults()
    stack.control.reset()
    properties = {"BucketName": NAME}
    body = json.dumps({"Resources": {"State": {"Type": "AWS::S3::Bucket", "Properties": properties}}})
    stack.boto("cloudformation").create_stack(StackName="bootstrap", TemplateBody=body)
    stack.play(PLAYBOOK, "--tags", "secrets_keys").ok()
    secured(stack)
    found = bucket_tags(stack.boto, NAMES)
    assert found["aws:cloudformation:stack-name"] == "bootstrap" and found["Project"] == "mywebapp"


def test_an_account_of_many_buckets_is_searched_in_pages(bucket: LocalStack) -> None:
    bucket.control.settings(bucket_quota=20_000)
    bucket.boto("s3").put_object(Bucket=NAME, Key="prod/network", Body=json.dumps(STATE).encode())
    shown = words(secured(bucket))
    assert "prod/network holds aws_db_instance.main.password in plain text" in shown and "hunter2" not in shown


def test_states_that_may_not_be_listed_are_said(bucket: LocalStack) -> None:
    bucket.control.faults({"kind": "denied", "action": "s3:ListBuckets"})
    assert "nothing is known of the secrets in them" in words(secured(bucket))
    bucket.control.clear_faults()


def test_other_encryption_is_refused_and_accesses_are_logged_where_asked(bucket: LocalStack) -> None:
    admitted = {
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::access-logs-of-mine/*",
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": [admitted]})
    bucket.boto("s3").create_bucket(Bucket="access-logs-of-mine")
    bucket.boto("s3").put_bucket_policy(Bucket="access-logs-of-mine", Policy=document)
    wanted = {"secrets_state_require_kms": "true", "secrets_state_access_log_bucket": "access-logs-of-mine"}
    secured(bucket, **wanted)
    assert set(statements(bucket.boto, NAMES)) == {TLS_SID, "DenyOtherEncryption"}
    logged = bucket.boto("s3").get_bucket_logging(Bucket=NAME)["LoggingEnabled"]
    assert logged["TargetPrefix"] == "mywebapp-prod-terraform-state/"
    secured(bucket, secrets_state_require_kms=False)
    assert set(statements(bucket.boto, NAMES)) == {TLS_SID}
