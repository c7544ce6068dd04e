# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.policies import for_everybody, statements
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.s3.bucket_policy import (
    KMS_SID,
    TLS_SID,
    requires_kms,
    tls_only,
    with_ours,
)

ARN = "arn:aws:s3:::b"
BOTH = [ARN, f"{ARN}/*"]
FALSE = {"aws:SecureTransport": "false"}
THEIRS = {"Sid": "Theirs", "Effect": "Allow", "Principal": {"AWS": "x"}, "Action": "s3:GetObject", "Resource": ARN}


def deny(condition, resource=None, principal="*", action="s3:*"):
    resource = BOTH if resource is None else resource
    return {
        "Sid": "Mine",
        "Effect": "Deny",
        "Principal": principal,
        "Action": action,
        "Resource": resource,
        "Condition": condition,
    }


def policy(*found, **head):
    return {"Version": "2012-10-17", **head, "Statement": list(found)}


@pytest.mark.parametrize(
    "statement",
    [
        deny({"Bool": FALSE}),
        deny({"Bool": {"aws:SecureTransport": ["false"]}}),
        deny({"Bool": {"aws:SecureTransport": False}}),
        deny({"Bool": {"aws:securetransport": "false"}}),
        deny({"BoolIfExists": FALSE}),
        deny({"Bool": FALSE}, resource=f"{ARN}*"),
        deny({"Bool": FALSE}, resource="*", principal={"AWS": "*"}, action=["s3:*"]),
        deny({"Bool": FALSE}, principal={"AWS": ["arn:aws:iam::111122223333:root", "*"]}, action="*"),
    ],
)
def test_however_it_is_written_plain_http_is_refused(statement):
    assert tls_only(policy(statement), ARN) and tls_only({"Statement": statement}, ARN)
    assert with_ours(policy(statement), ARN, tls=True, kms=None)["Statement"] == [statement]


@pytest.mark.parametrize(
    "statement",
    [
        deny({"Bool": FALSE}, resource=f"{ARN}/*", action="*"),
        deny({"Bool": FALSE}, resource=f"{ARN}/public/*"),
        deny({"Bool": FALSE, "NumericLessThan": {"s3:TlsVersion": "1.2"}}),
        deny({"Bool": FALSE, "StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}),
        deny({"Bool": {**FALSE, "aws:PrincipalIsAWSService": "true"}}),
        deny({"Bool": {"aws:SecureTransport": "true"}, "NumericLessThan": {"s3:TlsVersion": "1.2"}}),
        deny({"Bool": FALSE}, action="s3:GetObject"),
        deny({"Bool": FALSE}, principal={"AWS": "arn:aws:iam::111122223333:root"}),
        deny({"StringEquals": FALSE}),
        deny({}),
    ],
)
def test_what_leaves_plain_http_a_way_stays_and_is_completed(statement):
    assert not tls_only(policy(statement), ARN)
    completed = with_ours(policy(statement), ARN, tls=True, kms=None)
    assert completed["Statement"][0] == statement and tls_only(completed, ARN)
    assert with_ours(policy(statement), ARN, tls=False, kms=None)["Statement"] == [statement]


def test_version_and_id_of_others_stay():
    made = with_ours({"Version": "2008-10-17", "Id": "theirs", "Statement": THEIRS}, ARN, tls=True, kms=None)
    assert (made["Version"], made["Id"]) == ("2008-10-17", "theirs")
    assert with_ours(None, ARN, tls=True, kms=None)["Version"] == "2012-10-17"


def test_a_policy_without_statements_is_none():
    ours = with_ours(None, ARN, tls=True, kms=True)
    assert {one["Sid"] for one in ours["Statement"]} == {TLS_SID, KMS_SID}
    assert with_ours(ours, ARN, tls=False, kms=False) is None
    assert with_ours(policy(THEIRS, *ours["Statement"]), ARN, tls=False, kms=False)["Statement"] == [THEIRS]


def test_other_encryption_is_refused_and_a_request_that_names_none_is_not():
    made = with_ours(policy(THEIRS), ARN, tls=None, kms=True)
    assert requires_kms(made, ARN) and not tls_only(made, ARN)
    condition = statements(made)[-1]["Condition"]
    assert condition["Null"] == {"s3:x-amz-server-side-encryption": "false"}
    assert "AES256" not in str(condition)
    wider = policy({**statements(made)[-1], "Condition": {}})
    assert not requires_kms(wider, ARN)


def test_only_what_is_not_asked_for_stays_as_it_is():
    both = with_ours(None, ARN, tls=True, kms=True)
    assert tls_only(with_ours(both, ARN, tls=None, kms=False), ARN)
    assert requires_kms(with_ours(both, ARN, tls=False, kms=None), ARN)


def test_statements_for_everybody_are_named():
    open_to_all = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": ARN}
    found = policy({**open_to_all, "Sid": "Site"}, open_to_all, THEIRS, deny({"Bool": FALSE}))
    assert for_everybody(found) == ["Site", "s3:GetObject"]
