# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Policies of keys and secrets that somebody wrote to before, or beside, the role: theirs stays, ours is there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.integration.secrets.drifts import NAMES, key_id, key_policy, secret_policy
from tests.playbook_run import LocalStack

PLAYBOOK = "playbooks/roles/secrets.yml"
ROOT = {"AWS": "arn:aws:iam::123456789012:root"}
OURS_OF_KEY, OURS_OF_SECRET = "IamPoliciesOfThisAccountDecide", "NobodyOfAnotherAccount"
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)


def statement(service: str, **changes: Any) -> dict[str, Any]:
    """Somebody's Deny, in an order and with lists that nobody else would write."""
    return {
        "Resource": ["*"],
        "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": ["red"]}},
        "Action": [f"{service}:Un*", f"{service}:Delete*"],
        "Principal": {"AWS": "*"},
        "Effect": "Deny",
        "Sid": "KeepFromOthers",
        **changes,
    }


def nameless(service: str) -> dict[str, Any]:
    return {key: value for key, value in statement(service).items() if key != "Sid"}


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Id": "theirs", "Statement": list(statements)})


@pytest.fixture
def emptied(stack: LocalStack) -> LocalStack:
    stack.control.clear_faults()
    stack.control.reset()
    return stack


def adopted(stack: LocalStack, key: list[dict[str, Any]], secret: list[dict[str, Any]]) -> None:
    """A key and a secret of the role's names, with these statements beside what AWS gives a key."""
    kms, manager = stack.boto("kms"), stack.boto("secretsmanager")
    made = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName=NAMES["key"], TargetKeyId=made)
    given = json.loads(kms.get_key_policy(KeyId=made, PolicyName="default")["Policy"])["Statement"]
    kms.put_key_policy(KeyId=made, PolicyName="default", Policy=document(*given, *key))
    manager.create_secret(Name=NAMES["secret"], SecretString="theirs")
    if secret:
        manager.put_resource_policy(SecretId=NAMES["secret"], ResourcePolicy=document(*secret))


def words(stack: LocalStack, name: str) -> list[str]:
    """The statements of the key's or the secret's policy, as text."""
    policy = key_policy(stack.boto, NAMES["key"]) if name == "key" else json.loads(secret_policy(stack.boto, NAMES))
    return [json.dumps(one) for one in policy["Statement"]]


def sids(stack: LocalStack, name: str) -> list[str | None]:
    return [json.loads(one).get("Sid") for one in words(stack, name)]


def test_what_others_put_there_stays_to_the_letter(emptied: LocalStack) -> None:
    theirs = {"key": [statement("kms"), nameless("kms")], "secret": [statement("secretsmanager")]}
    adopted(emptied, theirs["key"], theirs["secret"])
    foretold = emptied.play(PLAYBOOK, "--diff", check=True).ok()
    assert "KeepFromOthers" in foretold.stdout
    assert OURS_OF_KEY not in sids(emptied, "key")
    emptied.play(PLAYBOOK).ok()
    for name, kept in theirs.items():
        expected = [json.dumps(one) for one in kept]
        assert [one for one in words(emptied, name) if one in expected] == expected
    assert sids(emptied, "key") == ["KeepFromOthers", None, OURS_OF_KEY], "and not what AWS gave, which ours says"
    assert sids(emptied, "secret") == ["KeepFromOthers", OURS_OF_SECRET]
    before = {name: words(emptied, name) for name in theirs}
    assert emptied.play(PLAYBOOK).ok().recap["changed"] == 0
    assert emptied.play(PLAYBOOK, check=True).ok().recap["changed"] == 0
    assert {name: words(emptied, name) for name in theirs} == before


def test_what_others_add_later_stays_and_what_they_change_of_ours_is_repaired(emptied: LocalStack) -> None:
    emptied.play(PLAYBOOK).ok()
    kms = emptied.boto("kms")
    ours = {"Sid": OURS_OF_KEY, "Effect": "Allow", "Principal": ROOT, "Action": "kms:Put*", "Resource": "*"}
    key = key_id(emptied.boto, NAMES["key"])
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=document(ours, statement("kms")))
    assert emptied.play(PLAYBOOK, check=True).ok().recap["changed"] == 1
    assert emptied.play(PLAYBOOK).ok().recap["changed"] == 1
    assert words(emptied, "key") == [json.dumps(statement("kms")), json.dumps({**ours, "Action": "kms:*"})]


def test_readers_that_are_not_named_any_more_go_with_their_statement(emptied: LocalStack) -> None:
    adopted(emptied, [], [statement("secretsmanager")])
    readers = ["arn:aws:iam::123456789012:role/app"]
    emptied.play(PLAYBOOK, extra_vars={"secrets_reader_arns": readers}).ok()
    assert sids(emptied, "secret") == ["KeepFromOthers", OURS_OF_SECRET, "OnlyTheNamedReaders"]
    emptied.play(PLAYBOOK).ok()
    assert sids(emptied, "secret") == ["KeepFromOthers", OURS_OF_SECRET]


def test_purge_policy_takes_out_what_others_put_there(emptied: LocalStack) -> None:
    adopted(emptied, [statement("kms")], [statement("secretsmanager")])
    given = {
        "secrets_kms_keys": [
            {"name": "mywebapp-prod-aurora", "purge_policy": True},
            {"name": "mywebapp-prod-secrets"},
        ],
        "secrets_secrets": [{"name": NAMES["secret"], "purge_policy": True}],
    }
    emptied.play(PLAYBOOK, "--tags", "secrets_keys,secrets_secrets", extra_vars=given).ok()
    assert (sids(emptied, "key"), sids(emptied, "secret")) == ([OURS_OF_KEY], [OURS_OF_SECRET])
    assert emptied.play(PLAYBOOK, "--tags", "secrets_keys,secrets_secrets", extra_vars=given).ok().recap["changed"] == 0


def test_what_others_let_everybody_do_stays_and_is_said(emptied: LocalStack) -> None:
    opened = statement("secretsmanager", Sid="ForEverybody", Effect="Allow")
    del opened["Condition"]
    adopted(emptied, [], [opened])
    for check in (True, False):
        text = " ".join(emptied.play(PLAYBOOK, check=check).ok().stdout.split())
        assert f"secret {NAMES['secret']}: ForEverybody in its policy is somebody else's and stays" in text
    assert sids(emptied, "secret") == ["ForEverybody", OURS_OF_SECRET]


@pytest.mark.parametrize("name", ["key", "secret"])
def test_a_principal_that_was_deleted_is_named_and_its_statement_stays(emptied: LocalStack, name: str) -> None:
    iam = emptied.boto("iam")
    leaver = iam.create_role(RoleName="leaver", AssumeRolePolicyDocument=TRUST)["Role"]
    denied = {service: statement(service, Principal={"AWS": leaver["Arn"]}) for service in ("kms", "secretsmanager")}
    adopted(
        emptied,
        [denied["kms"]] if name == "key" else [],
        [denied["secretsmanager"]] if name == "secret" else [],
    )
    iam.delete_role(RoleName="leaver")
    before = words(emptied, name)
    result = emptied.play(PLAYBOOK)
    assert result.rc != 0 and words(emptied, name) == before
    assert f"{leaver['RoleId']} in the statement KeepFromOthers" in " ".join(result.stdout.split())


def test_a_policy_that_would_grow_too_long_is_refused_before_anything_is_changed(emptied: LocalStack) -> None:
    room = 20_480 - len(document(statement("secretsmanager", Sid="")))
    long = statement("secretsmanager", Sid="Long" * (room // 4))
    adopted(emptied, [], [long])
    for check in (True, False):
        result = emptied.play(PLAYBOOK, "--tags", "secrets_secrets", check=check, extra_vars={"secrets_kms_key": ""})
        assert result.rc != 0 and "AWS takes 20480" in " ".join(result.stdout.split())
    assert len(sids(emptied, "secret")) == 1
