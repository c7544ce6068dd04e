# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.policies import (
    advising,
    for_everybody,
    merged,
    same_policy,
    wide_open,
)


def policy(principal, action="kms:*"):
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": action, "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov", "aws-eusc"])
def test_an_account_and_its_root_are_one_principal(partition):
    root = f"arn:{partition}:iam::111122223333:root"
    assert same_policy(policy(root), policy("111122223333"))
    assert same_policy(policy([root]), policy("111122223333"))
    assert not same_policy(policy(root), policy("444455556666"))
    assert not same_policy(policy(f"arn:{partition}:iam::111122223333:role/root"), policy("111122223333"))


def test_documents_are_left_as_they_are():
    document = policy("arn:aws-cn:iam::111122223333:root")
    same_policy(document, document)
    assert document == policy("arn:aws-cn:iam::111122223333:root")


ROOT = "arn:aws:iam::111122223333:root"
DEFAULT = {
    "Sid": "Enable IAM User Permissions",
    "Effect": "Allow",
    "Principal": {"AWS": ROOT},
    "Action": "kms:*",
    "Resource": "*",
}
OURS = {**DEFAULT, "Sid": "Ours"}
THEIRS = {"Sid": "Theirs", "Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"}
NAMELESS = {"Effect": "Deny", "Principal": {"AWS": [ROOT]}, "Action": ["kms:Put*", "kms:Get*"], "Resource": "*"}
DEFAULTS = ("Enable IAM User Permissions",)


def document(*found, **head):
    return {"Version": "2012-10-17", **head, "Statement": list(found)}


def test_statements_of_others_stay_as_they_are_and_ours_are_replaced():
    stale = {**OURS, "Action": "kms:Nothing"}
    found = document(THEIRS, stale, NAMELESS, Version="2008-10-17", Id="theirs")
    made = merged(found, document(OURS), ("Ours", "Former"), DEFAULTS)
    assert made == document(THEIRS, NAMELESS, OURS, Version="2008-10-17", Id="theirs")
    assert same_policy(merged(made, document(OURS), ("Ours",), DEFAULTS), made)


def test_a_statement_of_ours_that_is_not_asked_for_any_more_goes():
    found = document(OURS, {**THEIRS, "Sid": "Former"}, THEIRS)
    assert merged(found, document(OURS), ("Ours", "Former"))["Statement"] == [THEIRS, OURS]


def test_what_aws_gives_by_itself_makes_way_for_what_says_the_same_and_for_nothing_else():
    assert merged(document(DEFAULT, Id="key-default-1"), document(OURS), ("Ours",), DEFAULTS) == document(OURS)
    other = {**OURS, "Action": "kms:Decrypt"}
    assert merged(document(DEFAULT), document(other), ("Ours",), DEFAULTS)["Statement"] == [DEFAULT, other]
    widened = {**DEFAULT, "Principal": {"AWS": [ROOT, "arn:aws:iam::999999999999:root"]}}
    assert merged(document(widened), document(OURS), ("Ours",), DEFAULTS)["Statement"] == [widened, OURS]
    alike = {**DEFAULT, "Sid": "Theirs"}
    assert merged(document(alike), document(OURS), ("Ours",), DEFAULTS)["Statement"] == [alike, OURS]


def test_a_statement_without_a_sid_is_known_by_its_words_and_one_with_a_sid_by_that():
    rewritten = {**NAMELESS, "Principal": {"AWS": ROOT}, "Action": ["kms:Get*", "kms:Put*"]}
    assert merged(document(NAMELESS), document(rewritten), ())["Statement"] == [rewritten]
    changed = {**THEIRS, "Action": "kms:Encrypt"}
    assert merged(document(THEIRS, NAMELESS), document(changed), ())["Statement"] == [NAMELESS, changed]


@pytest.mark.parametrize("found", [None, {}, {"Statement": []}])
def test_without_others_the_policy_is_what_was_asked_for(found):
    assert merged(found, document(OURS, Id="mine"), ("Ours",)) == document(OURS, Id="mine")


def test_a_policy_without_a_version_gets_none_as_that_would_change_what_others_mean():
    assert "Version" not in merged({"Statement": THEIRS}, document(OURS), ())


def test_who_lets_everybody_in_without_any_condition_is_named():
    opened = {**THEIRS, "Effect": "Allow", "Principal": {"AWS": "*"}}
    held = {**opened, "Condition": {"StringEquals": {"kms:CallerAccount": "111122223333"}}}
    assert wide_open([opened, held, THEIRS]) == ["Theirs"] and len(for_everybody(document(opened, held))) == 2
    assert wide_open([{"Effect": "Allow", "NotPrincipal": {"AWS": ROOT}, "Action": "kms:*"}]) == ["kms:*"]


@pytest.mark.parametrize("code", ["MalformedPolicyDocumentException", "MalformedPolicy"])
def test_a_principal_that_was_deleted_is_named_where_aws_does_not_take_the_policy(code):
    orphaned = {**THEIRS, "Principal": {"AWS": [ROOT, "AROAEXAMPLEID123456789"]}}
    refused = AwsError("kms", "put_key_policy", code, "one or more invalid principals", status=400)
    with (
        pytest.raises(AwsError, match="AROAEXAMPLEID123456789 in the statement Theirs") as raised,
        advising(document(orphaned)),
    ):
        raise refused
    assert (raised.value.code, raised.value.status) == (code, 400)
    for document_put, error in ((document(THEIRS), refused), (document(orphaned), AwsError("kms", "x", "Other", ""))):
        with pytest.raises(AwsError) as same, advising(document_put):
            raise error
        assert same.value is error
