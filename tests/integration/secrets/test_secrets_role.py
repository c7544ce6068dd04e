# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role secrets against local_aws: made, beside the stack of the review, drifted, refused, interrupted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.drift import rounds
from tests.integration.secrets.drifts import BUCKET, DRIFTS, KEYS, NAMES, PARAMETERS, SECRETS, Drift, key_id, secret
from tests.playbook_run import LocalStack

PLAYBOOK = "playbooks/roles/secrets.yml"
ROLE = "wellarchitected.webapp.secrets : "


def tasks(result: Any) -> list[str]:
    return [name.removeprefix(ROLE) for name in result.changed_tasks]


def value(stack: LocalStack, name: str) -> str:
    return stack.boto("secretsmanager").get_secret_value(SecretId=name)["SecretString"]


@pytest.fixture
def emptied(stack: LocalStack) -> LocalStack:
    stack.control.clear_faults()
    stack.control.reset()
    return stack


@pytest.fixture(scope="class")
def adopted(reviewed_stack: LocalStack) -> LocalStack:
    foretold = reviewed_stack.play(PLAYBOOK, check=True).ok()
    made = reviewed_stack.play(PLAYBOOK).ok()
    assert tasks(foretold) == tasks(made) == [KEYS, SECRETS, PARAMETERS, BUCKET]
    return reviewed_stack


class TestAdopted:
    """Beside the stack of the review, whose state bucket exists."""

    def test_a_second_run_changes_nothing(self, adopted: LocalStack) -> None:
        assert adopted.play(PLAYBOOK).ok().recap["changed"] == 0
        assert adopted.play(PLAYBOOK, check=True).ok().recap["changed"] == 0

    def test_the_secrets_in_the_state_are_named_and_not_shown(self, adopted: LocalStack) -> None:
        shown = adopted.play(PLAYBOOK, "-vvv", check=True).ok().stdout
        assert "aws_rds_cluster.main.master_password" in shown and "terraform.tfstate" in shown
        state = adopted.boto("s3").get_object(Bucket=NAMES["bucket"], Key="terraform.tfstate")["Body"].read().decode()
        password = state.partition('"master_password": "')[2].partition('"')[0]
        assert password and password not in shown
        assert value(adopted, NAMES["secret"]) not in shown

    @pytest.mark.parametrize("together", rounds(DRIFTS), ids=lambda drifts: "; ".join(one.name for one in drifts))
    def test_drift_is_seen_and_repaired(self, adopted: LocalStack, together: list[Drift]) -> None:
        before = value(adopted, NAMES["secret"])
        for drift in together:
            drift.put_in(adopted.boto, NAMES)
        expected = {drift.task for drift in together}
        assert expected <= set(tasks(adopted.play(PLAYBOOK, check=True).ok()))
        assert expected <= set(tasks(adopted.play(PLAYBOOK).ok()))
        assert [drift.name for drift in together if not drift.repaired(adopted.boto, NAMES)] == []
        assert value(adopted, NAMES["secret"]) == before, "the value is never touched"


class TestFromNothing:
    def test_the_plan_is_what_the_run_does(self, emptied: LocalStack) -> None:
        foretold = emptied.play(PLAYBOOK, check=True).ok()
        made = emptied.play(PLAYBOOK, "-vvv").ok()
        assert tasks(foretold) == tasks(made) == [KEYS, SECRETS, PARAMETERS]
        assert value(emptied, NAMES["secret"]) not in made.stdout
        assert emptied.boto("cloudformation").describe_stacks()["Stacks"] == []
        assert emptied.play(PLAYBOOK).ok().recap["changed"] == 0

    def test_an_existing_secret_keeps_its_value(self, emptied: LocalStack) -> None:
        emptied.boto("secretsmanager").create_secret(Name=NAMES["secret"], SecretString="theirs")
        assert SECRETS in tasks(emptied.play(PLAYBOOK).ok())
        assert value(emptied, NAMES["secret"]) == "theirs"

    def test_a_key_that_is_to_be_deleted_is_refused_with_advice(self, emptied: LocalStack) -> None:
        kms = emptied.boto("kms")
        key = kms.create_key()["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName=NAMES["key"], TargetKeyId=key)
        kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
        for check in (True, False):
            result = emptied.play(PLAYBOOK, check=check)
            assert result.rc != 0 and "kms:CancelKeyDeletion" in result.stdout and result.recap["changed"] == 0

    def test_a_secret_that_is_to_be_deleted_is_refused_with_advice(self, emptied: LocalStack) -> None:
        manager = emptied.boto("secretsmanager")
        manager.create_secret(Name=NAMES["secret"], SecretString="theirs")
        manager.delete_secret(SecretId=NAMES["secret"])
        result = emptied.play(PLAYBOOK, check=True)
        assert result.rc != 0 and "RestoreSecret" in result.stdout

    def test_a_secure_string_is_refused_and_not_shown(self, emptied: LocalStack) -> None:
        emptied.boto("ssm").put_parameter(Name=NAMES["parameter"], Type="SecureString", Value="hidden-value")
        result = emptied.play(PLAYBOOK, "-vvv", check=True)
        assert result.rc != 0 and "SecureString" in result.stdout and "hidden-value" not in result.stdout

    def test_a_rotation_period_that_kms_does_not_take_is_refused(self, emptied: LocalStack) -> None:
        result = emptied.play(PLAYBOOK, check=True, extra_vars={"secrets_kms_rotation_days": 30})
        assert result.rc != 0 and "90 to 2560" in result.stdout

    def test_another_account_is_refused(self, emptied: LocalStack) -> None:
        result = emptied.play(PLAYBOOK, extra_vars={"stack_account_id": "999999999999"})
        assert result.rc != 0 and result.recap["changed"] == 0 and "AWS_PROFILE" in result.stdout

    @pytest.mark.parametrize("action", ["kms:CreateKey", "kms:CreateAlias", "cloudformation:CreateStack"])
    def test_an_answer_that_is_lost_makes_nothing_twice(self, emptied: LocalStack, action: str) -> None:
        emptied.control.faults({"kind": "drop", "action": action, "count": 1})
        first = emptied.play(PLAYBOOK)
        emptied.control.clear_faults()
        if first.rc:
            emptied.play(PLAYBOOK).ok()
        keys = {key["KeyId"] for key in emptied.boto("kms").list_keys()["Keys"]}
        assert len(keys) == 5 and keys == aliased(emptied)
        assert secret(emptied.boto, NAMES)["ARN"] and key_id(emptied.boto, NAMES["key"])
        assert emptied.play(PLAYBOOK).ok().recap["changed"] == 0


def aliased(stack: LocalStack) -> set[str]:
    """Ids of the keys with an alias of this stack."""
    found = stack.boto("kms").list_aliases()["Aliases"]
    return {alias["TargetKeyId"] for alias in found if alias["AliasName"].startswith("alias/mywebapp-prod-")}
