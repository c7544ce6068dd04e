# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.policies import (
    allows,
    public_statements,
    requires_tls,
    titles,
)


def policy(**statement):
    return {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", **statement}]}


@pytest.mark.parametrize(
    ("document", "public"),
    [
        (None, False),
        ({}, False),
        (policy(Principal="*"), True),
        (policy(Principal={"AWS": "*"}), True),
        (policy(Principal={"AWS": ["arn:aws:iam::111122223333:root", "*"]}), True),
        (policy(NotPrincipal={"AWS": "arn:aws:iam::111122223333:root"}), True),
        (policy(Principal={"AWS": "arn:aws:iam::111122223333:root"}), False),
        (policy(Principal={"Service": "cloudfront.amazonaws.com"}), False),
        (policy(Principal="*", Effect="Deny"), False),
        ({"Statement": policy(Principal="*")["Statement"][0]}, True),
        (policy(Principal="*", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}), False),
        (policy(Principal="*", Condition={"StringEquals": {"AWS:SourceAccount": "111122223333"}}), False),
        (policy(Principal="*", Condition={"StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}}), True),
        (policy(Principal="*", Condition={"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-1"}}), True),
        (policy(Principal="*", Condition={"StringNotEquals": {"aws:SourceAccount": "111122223333"}}), True),
        (policy(Principal="*", Condition={"StringLike": {"aws:PrincipalArn": "*"}}), True),
        (policy(Principal="*", Condition={"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}), False),
        (policy(Principal="*", Condition={"IpAddress": {"aws:SourceIp": ["192.0.2.0/24", "0.0.0.0/0"]}}), True),
        (policy(Principal="*", Condition={"Bool": {"aws:SecureTransport": "true"}}), True),
    ],
)
def test_public(document, public):
    assert bool(public_statements(document)) is public


@pytest.mark.parametrize(
    ("statement", "covered"),
    [
        ({"Action": "s3:PutObject"}, True),
        ({"Action": ["s3:GetObject", "S3:put*"]}, True),
        ({"Action": "*"}, True),
        ({"NotAction": "s3:DeleteBucket"}, True),
        ({"Action": "s3:GetObject"}, False),
    ],
)
def test_allows(statement, covered):
    assert allows(statement, "s3:PutObject") is covered


@pytest.mark.parametrize(
    ("changes", "required"),
    [
        ({}, True),
        ({"Condition": {"Bool": {"aws:SecureTransport": ["false"]}}}, True),
        ({"Condition": {"Bool": {"aws:SecureTransport": "true"}}}, False),
        ({"Effect": "Allow"}, False),
        ({"Action": "s3:PutObject"}, False),
    ],
)
def test_requires_tls(changes, required):
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        **changes,
    }
    assert requires_tls({"Statement": [statement]}) is required


def test_titles_name_a_statement_without_sid_by_its_actions():
    assert titles([{"Sid": "PublicRead"}, {"Action": ["s3:GetObject", "s3:PutObject"]}]) == (
        "PublicRead, s3:GetObject/s3:PutObject"
    )
