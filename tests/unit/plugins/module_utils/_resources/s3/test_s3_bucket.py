# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import json

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.s3.s3_bucket import S3_BUCKET
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.s3.s3_fake import (
    ARN,
    BARE,
    DESIRED,
    RULE,
    THEIRS,
    TLS,
    Aws,
    found,
)


def updated(state, *fields):
    aws = Aws()
    list(S3_BUCKET.update(aws, state, DESIRED, frozenset(fields)))
    return aws.calls


def test_a_secured_bucket_needs_nothing(monkeypatch):
    assert not plan(S3_BUCKET, found(monkeypatch), DESIRED).needed


def test_a_bare_bucket_needs_everything_and_is_closed_first(monkeypatch):
    state = found(monkeypatch, **BARE)
    fields = plan(S3_BUCKET, state, DESIRED).fields
    assert fields == set(DESIRED) - {"name", "tags"}
    operations = [operation for operation, _unused in updated(state, *fields)]
    assert operations[0] == "put_public_access_block" and len(operations) == 6


@pytest.mark.parametrize(
    "statement",
    [
        {**TLS, "Effect": "Allow"},
        {**TLS, "Principal": {"AWS": "arn:aws:iam::123456789012:root"}},
        {**TLS, "Action": "s3:GetObject"},
        {**TLS, "Resource": ARN},
        {**TLS, "Resource": f"{ARN}/*"},
        {**TLS, "Condition": {"Bool": {"aws:SecureTransport": "true"}}},
        {key: value for key, value in TLS.items() if key != "Condition"},
    ],
)
def test_less_than_tls_for_everything_is_not_tls_only(monkeypatch, statement):
    assert not found(monkeypatch, Policy={"Statement": [statement]})["tls_only"]


def test_a_lone_statement_of_another_name_will_do(monkeypatch):
    statement = {**TLS, "Sid": "AnotherName", "Principal": {"AWS": "*"}, "Resource": "*"}
    assert found(monkeypatch, Policy={"Statement": statement})["tls_only"]


def test_statements_of_others_stay(monkeypatch):
    narrow = {**TLS, "Resource": ARN}
    [(_unused, parameters)] = updated(found(monkeypatch, Policy={"Statement": [THEIRS, narrow]}), "tls_only")
    assert json.loads(parameters["Policy"])["Statement"] == [THEIRS, TLS]


@pytest.mark.parametrize("changes", [{"Status": "Disabled"}, {"Filter": {"Prefix": "some/"}}, {"ID": "another"}])
def test_a_rule_that_is_off_or_for_a_part_does_not_count(monkeypatch, changes):
    assert found(monkeypatch, Lifecycle=[{**RULE, **changes}])["noncurrent_days"] is None


def test_rules_of_others_stay(monkeypatch):
    theirs = {"ID": "theirs", "Status": "Enabled", "Filter": {"Prefix": "x"}, "Expiration": {"Days": 1}}
    state = found(monkeypatch, Lifecycle=[theirs, {**RULE, "Status": "Disabled"}])
    [(_unused, parameters)] = updated(state, "noncurrent_days")
    rules = parameters["LifecycleConfiguration"]["Rules"]
    assert [rule["ID"] for rule in rules] == ["theirs", RULE["ID"]] and rules[1]["Status"] == "Enabled"


def test_tags_of_others_are_sent_along():
    aws = Aws()
    S3_BUCKET.tag(aws, {"name": "b", "tags": {"Team": "x", "Old": "y"}}, {"Project": "p"}, ["Old"])
    [(_unused, parameters)] = aws.calls
    assert parameters["Tagging"]["TagSet"] == [{"Key": "Project", "Value": "p"}, {"Key": "Team", "Value": "x"}]


def test_a_bucket_of_another_region_is_left_alone_with_a_word(monkeypatch):
    change = plan(
        S3_BUCKET, found(monkeypatch, **{**BARE, "BucketRegion": "us-east-1"}), {**DESIRED, "tags": {"P": "x"}}
    )
    assert not change.needed and "is in us-east-1 and left alone" in change.warnings[0]


def test_a_new_bucket_stands_in_its_region():
    aws = Aws()
    S3_BUCKET.create(aws, DESIRED)
    [(_unused, parameters)] = aws.calls
    assert parameters["CreateBucketConfiguration"] == {"LocationConstraint": "eu-west-1"}
