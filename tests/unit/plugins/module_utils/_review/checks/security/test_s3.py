# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import s3

ALL = dict.fromkeys(s3.BLOCKS, True)
NONE = dict.fromkeys(s3.BLOCKS, False)
EVERYBODY = {"URI": "http://acs.amazonaws.com/groups/global/AllUsers", "Type": "Group"}
DENIED = {"service": "s3", "code": "AccessDenied", "message": "no"}
TLS_ONLY = {
    "Statement": [
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    ]
}


def bucket(**changes):
    return {"Name": "b", "Arn": "arn:aws:s3:::b", "Acl": [], **changes}


def allowing(action):
    return {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": action}]}


@pytest.mark.parametrize(
    ("block", "status"), [(ALL, "PASS"), (NONE, "FAIL"), ({**ALL, "BlockPublicAcls": False}, "FAIL")]
)
def test_blocks(judge, block, status):
    assert judge(s3.s3_account_public_access_block, {"s3control.public_access_block": [block]}) == [status]
    assert judge(s3.s3_bucket_public_access_block, {"s3.buckets": [bucket(PublicAccessBlock=block)]}) == [status]


def test_a_bucket_without_a_block_of_its_own_fails(judge):
    assert judge(s3.s3_bucket_public_access_block, {"s3.buckets": [bucket(PublicAccessBlock=None)]}) == ["FAIL"]


def test_a_denied_bucket_is_unknown_and_the_others_are_judged(judge):
    buckets = [
        bucket(PublicAccessBlock=None, Errors={"get_public_access_block": DENIED}),
        bucket(PublicAccessBlock=ALL),
    ]
    assert judge(s3.s3_bucket_public_access_block, {"s3.buckets": buckets}) == ["UNKNOWN", "PASS"]


@pytest.mark.parametrize(
    ("changes", "account", "status"),
    [
        ({}, NONE, "PASS"),
        ({"PolicyStatus": {"IsPublic": False}}, NONE, "PASS"),
        ({"PolicyStatus": {"IsPublic": True}}, NONE, "FAIL"),
        ({"PolicyStatus": {"IsPublic": True}}, ALL, "PASS"),
        ({"PolicyStatus": {"IsPublic": True}, "PublicAccessBlock": ALL}, NONE, "PASS"),
        ({"Acl": [{"Grantee": EVERYBODY, "Permission": "READ"}]}, NONE, "FAIL"),
        ({"Acl": [{"Grantee": EVERYBODY, "Permission": "READ"}]}, ALL, "PASS"),
        ({"Acl": [{"Grantee": {"ID": "me"}, "Permission": "FULL_CONTROL"}]}, NONE, "PASS"),
        ({"PolicyStatus": None, "Errors": {"get_bucket_policy_status": DENIED}}, NONE, "UNKNOWN"),
        ({"Acl": None, "Errors": {"get_bucket_acl": DENIED}}, NONE, "UNKNOWN"),
    ],
)
def test_not_public(judge, changes, account, status):
    collections = {"s3.buckets": [bucket(**changes)], "s3control.public_access_block": [account]}
    assert judge(s3.s3_bucket_not_public, collections) == [status]


def test_the_account_is_asked_only_where_it_matters(judge):
    buckets = [bucket(), bucket(PolicyStatus={"IsPublic": True})]
    denied = ("s3control.public_access_block",)
    assert judge(s3.s3_bucket_not_public, {"s3.buckets": buckets}, denied) == ["UNKNOWN", "PASS"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "PASS"),
        ({"Policy": allowing("s3:GetObject")}, "PASS"),
        ({"Policy": allowing("s3:Put*")}, "FAIL"),
        ({"Policy": allowing("s3:Put*"), "PublicAccessBlock": ALL}, "PASS"),
        ({"Acl": [{"Grantee": EVERYBODY, "Permission": "WRITE"}]}, "FAIL"),
        ({"Acl": [{"Grantee": EVERYBODY, "Permission": "READ"}]}, "PASS"),
        ({"Policy": None, "Errors": {"get_bucket_policy": DENIED}}, "UNKNOWN"),
    ],
)
def test_no_public_write(judge, changes, status):
    collections = {"s3.buckets": [bucket(**changes)], "s3control.public_access_block": [NONE]}
    assert judge(s3.s3_bucket_no_public_write, collections) == [status]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"Encryption": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}]}, "PASS"),
        ({"Encryption": None}, "FAIL"),
        ({"Encryption": None, "Errors": {"get_bucket_encryption": DENIED}}, "UNKNOWN"),
    ],
)
def test_default_encryption(judge, changes, status):
    assert judge(s3.s3_default_encryption, {"s3.buckets": [bucket(**changes)]}) == [status]


SECURED = {
    "PublicAccessBlock": ALL,
    "Versioning": "Enabled",
    "Encryption": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}],
    "Policy": TLS_ONLY,
}


@pytest.mark.parametrize(
    ("changes", "state", "expected"),
    [
        ({}, {"PlaintextAttributes": []}, {"PASS"}),
        ({"Versioning": "Off"}, {"PlaintextAttributes": []}, {"FAIL", "PASS"}),
        ({"Encryption": None}, {"PlaintextAttributes": []}, {"FAIL", "PASS"}),
        ({"Policy": None}, {"PlaintextAttributes": []}, {"FAIL", "PASS"}),
        ({"PublicAccessBlock": None}, {"PlaintextAttributes": []}, {"FAIL", "PASS"}),
        ({}, {"PlaintextAttributes": ["aws_rds_cluster.main.master_password"]}, {"FAIL", "PASS"}),
        ({}, {"PlaintextAttributes": None, "Errors": {"get_object": DENIED}}, {"UNKNOWN", "PASS"}),
        ({"Errors": {"get_bucket_versioning": DENIED}}, {"PlaintextAttributes": []}, {"UNKNOWN", "PASS"}),
    ],
)
def test_tfstate(judge, changes, state, expected):
    collections = {
        "s3.buckets": [bucket(**{**SECURED, **changes}), {"Name": "other", "Arn": "arn:aws:s3:::other"}],
        "s3.terraform_states": [{"Bucket": "b", "Key": "terraform.tfstate", **state}],
    }
    found = judge(s3.tfstate_bucket_secured, collections)
    assert len(found) == 2
    assert set(found) == expected


def test_tfstate_evidence_names_attributes(findings):
    collections = {
        "s3.terraform_states": [{"Bucket": "b", "Key": "k", "PlaintextAttributes": ["aws_db.main.password"]}]
    }
    (found,) = findings(s3.tfstate_bucket_secured, collections)
    assert (found.resource, found.evidence) == (
        "arn:aws:s3:::b/k",
        "attributes with a secret in plain text: aws_db.main.password",
    )


NARROW = {"StringEquals": {"aws:PrincipalAccount": "123456789012"}}


@pytest.mark.parametrize(
    ("policy", "status"),
    [
        (None, "PASS"),
        (allowing("s3:*"), "FAIL"),
        (allowing("*"), "FAIL"),
        (allowing("s3:GetObject"), "PASS"),
        ({"Statement": [{**allowing("s3:*")["Statement"][0], "Condition": NARROW}]}, "PASS"),
        ({"Statement": [{**allowing("s3:*")["Statement"][0], "Principal": {"AWS": "123456789012"}}]}, "PASS"),
    ],
)
def test_not_everything_to_everybody(judge, policy, status):
    assert judge(s3.s3_bucket_policy_no_wildcard, {"s3.buckets": [bucket(Policy=policy)]}) == [status]


@pytest.mark.parametrize(
    ("owner", "status"), [("BucketOwnerEnforced", "PASS"), ("ObjectWriter", "FAIL"), (None, "FAIL")]
)
def test_acls_are_off(judge, owner, status):
    assert judge(s3.s3_acl_disabled, {"s3.buckets": [bucket(Ownership=owner)]}) == [status]


@pytest.mark.parametrize(("policy", "status"), [(TLS_ONLY, "PASS"), (allowing("s3:GetObject"), "FAIL"), (None, "FAIL")])
def test_tls_only(judge, policy, status):
    assert judge(s3.s3_tls_only, {"s3.buckets": [bucket(Policy=policy)]}) == [status]


def encrypted(algorithm, name="b", **changes):
    rules = [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}}]
    return bucket(Encryption=rules, **{"Name": name, "Arn": f"arn:aws:s3:::{name}", **changes})


@pytest.mark.parametrize(
    ("buckets", "statuses"),
    [
        ([encrypted("aws:kms")], ["PASS"]),
        ([encrypted("AES256")], ["FAIL"]),
        ([encrypted("AES256", "web-logs-1")], ["NOT_APPLICABLE"]),
        ([encrypted("AES256", "target"), encrypted("aws:kms", Logging={"TargetBucket": "target"})],
         ["PASS", "NOT_APPLICABLE"]),
        ([encrypted("AES256", "static")], ["NOT_APPLICABLE"]),
        ([encrypted("AES256", "static", Replication={"Rules": [{"Destination": {"Bucket": "arn:aws:s3:::copy"}}]}),
          encrypted("AES256", "copy")], ["NOT_APPLICABLE", "NOT_APPLICABLE"]),
    ],
)  # fmt: skip
def test_a_key_of_its_own(judge, buckets, statuses):
    origins = {
        "Origins": {"Items": [{"DomainName": "static.s3.us-east-1.amazonaws.com"}, {"DomainName": "alb.example"}]}
    }
    collections = {"s3.buckets": buckets, "cloudfront.distributions": [{"DistributionConfig": origins}]}
    assert judge(s3.s3_kms_encryption, collections) == statuses


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"Logging": {"TargetBucket": "t"}}, "PASS"),
        ({"Logging": None}, "FAIL"),
        ({"Name": "web-logs"}, "NOT_APPLICABLE"),
        ({"Logging": None, "Errors": {"get_bucket_logging": DENIED}}, "UNKNOWN"),
    ],
)
def test_access_logging(judge, changes, status):
    assert judge(s3.s3_access_logging, {"s3.buckets": [bucket(**changes)]}) == [status]
