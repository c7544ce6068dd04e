# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role secrets against local_aws: made, beside the stack of the review, drifted, refused, interrupted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.drift import rounds
from tests.integration.secrets.drifts import (
    BUCKET,
    DRIFTS,
    KEYS,
    NAMES,
    PARAMETERS,
    SECRETS,
    Drift,
    key_id,
    key_policy,
    parameter_tags,
    secret,
    secret_policy,
)
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
        assert len(keys) == 7 and keys == aliased(emptied)
        assert secret(emptied.boto, NAMES)["ARN"] and key_id(emptied.boto, NAMES["key"])
        assert emptied.play(PLAYBOOK).ok().recap["changed"] == 0


class TestVariables:
    """As -e, surveys and YAML give them: each holds the type that the specification says."""

    def test_text_is_what_the_specification_says(self, emptied: LocalStack) -> None:
        reader = "arn:aws:iam::123456789012:role/app"
        given = ("-e", f"secrets_kms_rotation_days=180 secrets_reader_arns={reader} stack_cost_center=4711")
        assert emptied.play(PLAYBOOK, *given).ok().recap["changed"] == 3
        kms = emptied.boto("kms")
        assert kms.get_key_rotation_status(KeyId=key_id(emptied.boto, NAMES["key"]))["RotationPeriodInDays"] == 180
        assert f'["{reader}"]' in secret_policy(emptied.boto, NAMES)
        assert parameter_tags(emptied.boto, NAMES)["CostCenter"] == "4711"
        assert emptied.play(PLAYBOOK, *given).ok().recap["changed"] == 0

    def test_a_number_is_a_tag_s_text(self, emptied: LocalStack) -> None:
        number = {"stack_cost_center": 4711}
        emptied.play(PLAYBOOK, extra_vars=number).ok()
        assert emptied.play(PLAYBOOK, extra_vars={"stack_cost_center": "4711"}).ok().recap["changed"] == 0
        assert emptied.play(PLAYBOOK, extra_vars=number, check=True).ok().recap["changed"] == 0

    @pytest.mark.parametrize("project", ["MyWebApp", "my_app", "3dshop", "a-project-with-a-rather-long-name" * 2])
    def test_projects_are_called_what_people_call_them(self, emptied: LocalStack, project: str) -> None:
        named = {"stack_project": project}
        assert tasks(emptied.play(PLAYBOOK, extra_vars=named, check=True).ok()) == [KEYS, SECRETS, PARAMETERS]
        assert tasks(emptied.play(PLAYBOOK, extra_vars=named).ok()) == [KEYS, SECRETS, PARAMETERS]

    @pytest.mark.parametrize(
        ("variable", "value", "words"),
        [
            ("secrets_replica_regions", ["us-east-1"], "the region of the secret itself"),
            ("secrets_kms_deletion_window_in_days", 3, "7 to 30"),
            ("secrets_rotation_schedule", "every day", "rate(10 days)"),
            ("secrets_parameters", [{"name": "/a b", "value": "x"}], "letters, digits"),
        ],
    )
    def test_what_cannot_be_is_refused(self, emptied: LocalStack, variable: str, value: Any, words: str) -> None:
        result = emptied.play(PLAYBOOK, extra_vars={variable: value}, check=True)
        assert result.rc != 0 and words in " ".join(result.stdout.split())


class TestPolicies:
    def test_who_is_admitted_by_the_keys(self, emptied: LocalStack) -> None:
        kms_keys = [{"name": "mywebapp-prod-notifications", "admits": "notifications"}]
        statement = {
            "Sid": "Partner",
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::210987654321:root"},
            "Action": "kms:Decrypt",
            "Resource": "*",
        }
        kms_keys.append({"name": "mywebapp-prod-secrets", "policy_statements": [statement]})
        given = {"secrets_kms_keys": kms_keys, "secrets_kms_deletion_window_in_days": 30}
        emptied.play(PLAYBOOK, "--tags", "secrets_keys", extra_vars=given).ok()
        found = {one["Sid"]: one for one in key_policy(emptied.boto, "alias/mywebapp-prod-notifications")["Statement"]}
        assert "Condition" not in found["EventBridgeThatSaysNoSource"]
        assert found["ServicesThatPublishForThisAccount"]["Condition"]
        assert found["NoDeletionSooner"]["Effect"] == "Deny"
        assert statement in key_policy(emptied.boto, "alias/mywebapp-prod-secrets")["Statement"]
        assert emptied.play(PLAYBOOK, "--tags", "secrets_keys", extra_vars=given).ok().recap["changed"] == 0

    def test_a_master_secret_is_read_through_cloudformation(self, emptied: LocalStack) -> None:
        secrets = [{"name": NAMES["secret"]}, {"name": "mywebapp/prod/aurora-master", "cloudformation_reads": True}]
        readers = ["arn:aws:iam::123456789012:role/app"]
        emptied.play(PLAYBOOK, extra_vars={"secrets_secrets": secrets, "secrets_reader_arns": readers}).ok()
        assert "CalledViaFirst" not in secret_policy(emptied.boto, NAMES)
        assert "CalledViaFirst" in secret_policy(emptied.boto, {"secret": "mywebapp/prod/aurora-master"})


class TestTags:
    def test_one_component_on_a_new_account_reads_nothing_of_the_others(self, emptied: LocalStack) -> None:
        before = len(emptied.control.calls())
        result = emptied.play(PLAYBOOK, "--tags", "secrets_parameters").ok()
        assert tasks(result) == [PARAMETERS]
        assert {call["service"] for call in emptied.control.calls()[before:]} == {"ssm", "sts"}

    def test_the_review_s_item_alone(self, emptied: LocalStack) -> None:
        assert tasks(emptied.play(PLAYBOOK, "--tags", "SEC-2").ok()) == [KEYS, SECRETS]


class TestRegions:
    def test_what_is_another_region_s_is_left_alone_with_a_word(self, emptied: LocalStack) -> None:
        emptied.play(PLAYBOOK).ok()
        emptied.boto("s3").create_bucket(Bucket=NAMES["bucket"])
        there = {"stack_region": "us-west-2", "secrets_replica_regions": []}
        text = " ".join(emptied.play(PLAYBOOK, extra_vars=there).ok().stdout.split())
        assert "is a replica of us-east-1's and left alone" in text
        assert f"s3_bucket {NAMES['bucket']} is in us-east-1 and left alone" in text
        assert emptied.play(PLAYBOOK, extra_vars=there).ok().recap["changed"] == 0


class TestSlowKeys:
    """As users run it: without WEBAPP_STRICT, on a KMS that is slow to show a new key and to enable it."""

    @pytest.mark.parametrize("knobs", [{"key_seconds": 2}, {"lag_seconds": 2, "lag_stagger": True}])
    def test_new_keys_are_waited_for_and_made_once(self, emptied: LocalStack, knobs: dict[str, Any]) -> None:
        emptied.control.settings(**knobs)
        made = emptied.play(PLAYBOOK, environment={"WEBAPP_STRICT": ""}).ok()
        emptied.control.settings(**{name: type(value)(0) for name, value in knobs.items()})
        assert "WARNING" not in made.stdout
        assert len(emptied.boto("kms").list_keys()["Keys"]) == 7
        assert emptied.play(PLAYBOOK).ok().recap["changed"] == 0


def test_replicas_that_aws_failed_to_answer_for_are_not_asked_for_twice(emptied: LocalStack) -> None:
    emptied.control.faults({"kind": "error_after", "action": "secretsmanager:ReplicateSecretToRegions", "count": 1})
    emptied.play(PLAYBOOK).ok()
    assert [one["Region"] for one in secret(emptied.boto, NAMES)["ReplicationStatus"]] == ["us-west-2"]
    assert emptied.play(PLAYBOOK).ok().recap["changed"] == 0


def aliased(stack: LocalStack) -> set[str]:
    """Ids of the keys with an alias of this stack."""
    found = stack.boto("kms").list_aliases()["Aliases"]
    return {alias["TargetKeyId"] for alias in found if alias["AliasName"].startswith("alias/mywebapp-prod-")}
