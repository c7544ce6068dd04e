# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Buckets that have a life behind them: what S3 refuses of those is left as it is and said, the rest is done."""

from __future__ import annotations

import json

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.s3 import s3_bucket
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.s3.s3_bucket import S3_BUCKET
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.s3.s3_fake import (
    ARN,
    BARE,
    DESIRED,
    SECURED,
    Aws,
    found,
)

PUBLIC = {"Sid": "Site", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{ARN}/*"}
OPEN = {"Policy": {"Statement": [PUBLIC]}, "PolicyStatus": {"IsPublic": True}}
OWNER = {"Grantee": {"Type": "CanonicalUser", "ID": "me"}, "Permission": "FULL_CONTROL"}
EVERYBODY = {
    "Grantee": {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/global/AllUsers"},
    "Permission": "READ",
}
DELIVERY = {
    "Grantee": {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"},
    "Permission": "WRITE",
}


class Refusing(Aws):
    """Answers the operations given with an error."""

    account_id = "111122223333"

    def __init__(self, **errors):
        super().__init__()
        self.errors = errors

    def call(self, service, operation, **parameters):
        super().call(service, operation, **parameters)
        if operation in self.errors:
            raise self.errors[operation]

    @property
    def operations(self):
        return [operation for operation, _unused in self.calls]


def error(code, status=400):
    return AwsError("s3", "operation", code, "no", status=status)


def changed(state, aws=None):
    """The update that the plan asks for: operations with their parameters, and the warnings."""
    change, aws = plan(S3_BUCKET, state, DESIRED), aws or Refusing()
    taken = list(S3_BUCKET.update(aws, state, change.desired, change.fields))
    assert frozenset().union(*taken) == change.fields
    return dict(aws.calls), aws.operations, change.warnings


def test_a_public_policy_is_completed_before_the_bucket_is_closed(monkeypatch):
    calls, operations, warnings = changed(found(monkeypatch, **{**BARE, **OPEN}))
    assert operations[:2] == ["put_bucket_policy", "put_public_access_block"] and not warnings
    assert json.loads(calls["put_bucket_policy"]["Policy"])["Statement"][0] == PUBLIC


def test_the_public_policy_of_a_closed_bucket_is_named_and_the_rest_is_done(monkeypatch):
    _calls, operations, warnings = changed(found(monkeypatch, **OPEN, Versioning="Off"))
    assert operations == ["put_bucket_versioning"] and "take out Site and run again" in warnings[0]


def test_a_refused_setting_does_not_keep_the_others_from_being_made(monkeypatch):
    """As the public policy is where the account's own block is on."""
    aws = Refusing(put_bucket_policy=error("AccessDenied", 403))
    state = found(monkeypatch, **{**BARE, **OPEN})
    fields = plan(S3_BUCKET, state, DESIRED).fields
    taken = []
    with pytest.raises(AwsError, match="AccessDenied"):
        taken.extend(S3_BUCKET.update(aws, state, DESIRED, fields))
    assert len(aws.operations) == 6 and aws.operations[1] == "put_public_access_block"


@pytest.mark.parametrize(
    "passing", [error("NoSuchBucket", 404), error("OperationAborted", 409), error("InternalError", 500)]
)
def test_what_passes_is_the_engine_s_to_wait_for(monkeypatch, passing):
    aws = Refusing(put_public_access_block=passing)
    state = found(monkeypatch, **BARE)
    with pytest.raises(AwsError):
        list(S3_BUCKET.update(aws, state, DESIRED, frozenset({"block_public_access", "versioning"})))
    assert aws.operations == ["put_public_access_block"]
    assert S3_BUCKET.eventual(passing) + S3_BUCKET.busy(passing) + passing.ambiguous == 1


def test_grants_to_everybody_are_taken_back_before_acls_are_switched_off(monkeypatch):
    state = found(monkeypatch, Ownership="ObjectWriter", Acl=[OWNER, EVERYBODY], AclOwner="me")
    calls, operations, warnings = changed(state)
    assert operations == ["put_bucket_acl", "put_bucket_ownership_controls"] and not warnings
    assert calls["put_bucket_acl"]["ACL"] == "private"
    assert changed(found(monkeypatch, Ownership=None, Acl=[OWNER], AclOwner="me"))[1] == operations[1:]


def test_grants_to_somebody_stay_and_are_said(monkeypatch):
    state = found(monkeypatch, Ownership=None, Acl=[OWNER, DELIVERY], AclOwner="me", Versioning="Off")
    _calls, operations, warnings = changed(state)
    assert operations == ["put_bucket_versioning"] and "WRITE to http" in warnings[0] and "LogDelivery" in warnings[0]


def test_mfa_delete_keeps_lifecycle_and_versioning(monkeypatch):
    state = found(monkeypatch, Lifecycle=None, MFADelete="Enabled", Encryption=None)
    _calls, operations, warnings = changed(state)
    assert operations == ["put_bucket_encryption"] and "noncurrent_days stay as they are" in warnings[0]
    assert not plan(S3_BUCKET, found(monkeypatch, MFADelete="Enabled"), DESIRED).warnings


def test_a_prefix_of_old_goes_into_the_filter_and_sizes_are_sent_back(monkeypatch):
    old = {"ID": "theirs", "Status": "Enabled", "Prefix": "old/", "Expiration": {"Days": 1}}
    state = found(monkeypatch, Lifecycle=[old], TransitionDefaultMinimumObjectSize="varies_by_storage_class")
    calls, _operations, _warnings = changed(state)
    parameters = calls["put_bucket_lifecycle_configuration"]
    theirs, ours = parameters["LifecycleConfiguration"]["Rules"]
    assert theirs["Filter"] == {"Prefix": "old/"} and "Prefix" not in theirs and "Prefix" not in ours
    assert parameters["TransitionDefaultMinimumObjectSize"] == "varies_by_storage_class"


def test_what_clients_may_not_encrypt_with_is_sent_back(monkeypatch):
    blocked = {"EncryptionType": ["SSE-C"]}
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BlockedEncryptionTypes": blocked}
    calls, _operations, _warnings = changed(found(monkeypatch, Encryption=[rule]))
    [sent] = calls["put_bucket_encryption"]["ServerSideEncryptionConfiguration"]["Rules"]
    assert sent["BlockedEncryptionTypes"] == blocked


def test_a_bucket_key_without_key_asks_for_nothing(monkeypatch):
    wanted = {**DESIRED, "kms_key": None}
    assert not plan(S3_BUCKET, found(monkeypatch, Encryption=None), wanted).needed


def test_a_policy_of_ours_alone_is_deleted(monkeypatch):
    aws, state = Refusing(), found(monkeypatch)
    list(S3_BUCKET.update(aws, state, {**DESIRED, "tls_only": False}, frozenset({"tls_only"})))
    assert aws.calls == [("delete_bucket_policy", {"Bucket": "b"})]


def test_access_logs_keep_what_else_the_logging_has(monkeypatch):
    grant = [{"Permission": "READ"}]
    logging = {"TargetBucket": "old", "TargetPrefix": "p/", "TargetGrants": grant}
    state = found(monkeypatch, Logging=logging)
    wanted = {**DESIRED, "access_log_bucket": "logs"}
    aws = Refusing()
    list(S3_BUCKET.update(aws, state, wanted, plan(S3_BUCKET, state, wanted).fields))
    enabled = aws.calls[0][1]["BucketLoggingStatus"]["LoggingEnabled"]
    assert enabled == {"TargetBucket": "logs", "TargetPrefix": "p/", "TargetGrants": grant}


def test_aws_s_own_tags_are_sent_along():
    system = [{"Key": "aws:cloudformation:stack-name", "Value": "bootstrap"}]
    aws = Refusing()
    S3_BUCKET.tag(aws, {"name": "b", "arn": ARN, "tags": {"Team": "x"}, "system_tags": system}, {"P": "y"}, [])
    [(_operation, parameters)] = aws.calls
    assert [tag["Key"] for tag in parameters["Tagging"]["TagSet"]] == ["aws:cloudformation:stack-name", "P", "Team"]


def test_a_bucket_whose_tags_decide_on_access_takes_them_one_by_one():
    aws = Refusing(put_bucket_tagging=error("InvalidRequest"))
    S3_BUCKET.tag(aws, {"name": "b", "arn": ARN, "tags": {"Old": "x"}}, {"P": "y"}, ["Old"])
    place = {"AccountId": "111122223333", "ResourceArn": ARN}
    assert aws.calls[1:] == [
        ("tag_resource", {**place, "Tags": [{"Key": "P", "Value": "y"}]}),
        ("untag_resource", {**place, "TagKeys": ["Old"]}),
    ]


def test_who_may_not_tag_is_told_so():
    aws = Refusing(put_bucket_tagging=error("AccessDenied", 403))
    with pytest.raises(AwsError, match="AccessDenied"):
        S3_BUCKET.tag(aws, {"name": "b", "arn": ARN, "tags": {}}, {"P": "y"}, [])


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"require_kms": True}, "require_kms without kms_key"),
        ({"access_log_prefix": "p/"}, "without access_log_bucket"),
        ({"noncurrent_days": 0}, "1 and more"),
    ],
)
def test_options_that_cannot_be_are_refused(options, reason):
    assert reason in S3_BUCKET.check({"name": "b", **options})[0]
    assert S3_BUCKET.check(DESIRED) == []


def test_only_what_is_needed_is_asked_further(monkeypatch):
    asked = []
    monkeypatch.setattr(s3_bucket.s3, "buckets", lambda aws, names, parts: [dict(SECURED)])
    monkeypatch.setattr(s3_bucket.s3, "add_parts", lambda aws, wanted: asked.extend(part for _b, part in wanted))
    s3_bucket.read(Aws(), [DESIRED])
    assert asked == []
    monkeypatch.setattr(s3_bucket.s3, "buckets", lambda aws, names, parts: [{**BARE, **OPEN}])
    s3_bucket.read(Aws(), [{**DESIRED, "access_log_bucket": "logs"}])
    assert asked == ["PolicyStatus", "Acl", "Logging"]
