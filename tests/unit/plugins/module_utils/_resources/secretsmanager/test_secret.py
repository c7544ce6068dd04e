# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import (
    AwsError,
    Refusal,
    WebappError,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.cloudformation import retained_stack
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.cloudformation.retained_stack import (
    create_retained,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.secretsmanager import secret
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.secretsmanager.secret import (
    SECRET,
    properties,
    read,
    stack_name,
    update,
)

ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:a/b-AbCdEf"
AWS_SECRET = {"Name": "a/b", "ARN": ARN, "Tags": {}, "ResourcePolicy": None}
MISSING = AwsError("cloudformation", "describe_stacks", "ValidationError", "Stack with id s does not exist")


class Aws:
    """Answers describe_stacks with the statuses given (None: no such stack) and keeps the calls."""

    def __init__(self, *statuses):
        self.statuses, self.calls = list(statuses), []

    def call(self, service, operation, **parameters):
        self.calls.append((operation, parameters))
        if operation == "describe_stack_events":
            return {"StackEvents": [{"ResourceStatus": "CREATE_FAILED", "ResourceStatusReason": "no key"}]}
        if operation != "describe_stacks":
            return {}
        status = self.statuses.pop(0)
        if status is None:
            raise MISSING
        return {"Stacks": [{"StackStatus": status}]}

    call_once = call

    @property
    def changes(self):
        return [operation for operation, _unused in self.calls if not operation.startswith("describe")]


@pytest.fixture(autouse=True)
def _no_sleep(monkeypatch):
    monkeypatch.setattr(retained_stack.time, "sleep", lambda seconds: None)


def run(aws, found, desired, fields):
    """The update; every field is told once its call is made."""
    assert frozenset().union(*update(aws, found, desired, fields)) == fields


def describe(monkeypatch, **answer):
    monkeypatch.setattr(secret.secretsmanager, "secrets", lambda aws, names, policies: [{**AWS_SECRET, **answer}])
    return read(SimpleNamespace(region="us-east-1"), [{"name": "a/b"}])["a/b"]


def test_a_replica_is_as_its_primary_makes_it(monkeypatch):
    here = {"Name": "a", "ARN": "arn:a", "Tags": {}, "PrimaryRegion": "us-east-1"}
    here["KmsKeyId"] = "arn:aws:kms:us-east-1:123456789012:key/theirs"
    monkeypatch.setattr(secret.secretsmanager, "secrets", lambda aws, **options: [here])
    wanted = {"name": "a", "kms_key": "ours", "replica_regions": ["us-west-2"]}
    replica = plan(SECRET, read(SimpleNamespace(region="us-west-2"), [wanted])["a"], {**wanted, "tags": {"P": "x"}})
    assert not replica.needed and "is a replica of us-east-1's and left alone" in replica.warnings[0]
    primary = plan(SECRET, read(SimpleNamespace(region="us-east-1"), [wanted])["a"], wanted)
    assert primary.fields == {"kms_key", "replica_regions"} and not primary.warnings


def make(*statuses):
    aws = Aws(*statuses)
    create_retained(aws, "s", "AWS::SecretsManager::Secret", {"Name": "a/b"}, 60)
    return aws


def test_the_template_asks_aws_for_the_value_and_holds_none():
    made = properties({"name": "a/b", "tags": {"P": "x"}, "template": {"username": "u"}, "length": 40})
    generated = made["GenerateSecretString"]
    assert generated["PasswordLength"] == 40 and generated["GenerateStringKey"] == "password"
    assert json.loads(generated["SecretStringTemplate"]) == {"username": "u"}
    assert "SecretString" not in made and made["Tags"] == [{"Key": "P", "Value": "x"}]


def test_the_stack_retains_what_it_makes_and_is_deleted():
    aws = make(None, "CREATE_IN_PROGRESS", "CREATE_COMPLETE", "CREATE_COMPLETE", "DELETE_IN_PROGRESS", None)
    assert aws.changes == ["create_stack", "delete_stack"]
    body = next(parameters for operation, parameters in aws.calls if operation == "create_stack")["TemplateBody"]
    [resource] = json.loads(body)["Resources"].values()
    assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain"


def test_an_interrupted_creation_goes_on_from_the_stack_that_is_there():
    aws = make("CREATE_IN_PROGRESS", "CREATE_COMPLETE", "CREATE_COMPLETE", None)
    assert aws.changes == ["delete_stack"]


def test_a_failed_stack_is_removed_and_made_again():
    aws = make("ROLLBACK_COMPLETE", "ROLLBACK_COMPLETE", None, "CREATE_COMPLETE", "CREATE_COMPLETE", None)
    assert aws.changes == ["delete_stack", "create_stack", "delete_stack"]


def test_a_failure_says_cloudformation_s_reason():
    with pytest.raises(WebappError, match="ROLLBACK_COMPLETE: no key"):
        make(None, "ROLLBACK_COMPLETE")


@pytest.mark.parametrize("name", ["a/b", "a-b", "/1/2", "x" * 500, "rds!cluster_1"])
def test_names_of_stacks_are_what_cloudformation_takes(name):
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,127}", stack_name(name))


def test_each_secret_has_a_stack_of_its_own():
    assert len({stack_name(name) for name in ("a/b", "a-b", "/a/b")}) == 3


def test_a_secret_that_is_to_be_deleted_is_refused(monkeypatch):
    with pytest.raises(Refusal, match="RestoreSecret"):
        describe(monkeypatch, DeletedDate="2026-01-01T00:00:00Z")


def test_a_failed_replica_is_given_up_and_made_again(monkeypatch):
    replicas = [{"Region": "us-west-2", "Status": "Failed"}, {"Region": "eu-west-1", "Status": "InSync"}]
    found = describe(monkeypatch, ReplicationStatus=replicas)
    assert found["replica_regions"] == ["eu-west-1"] and found["status"] == "replication failed"
    aws = Aws()
    run(aws, found, {"replica_regions": ["us-west-2"]}, frozenset({"replica_regions"}))
    assert aws.calls == [
        ("remove_regions_from_replication", {"SecretId": ARN, "RemoveReplicaRegions": ["us-west-2"]}),
        ("replicate_secret_to_regions", {"SecretId": ARN, "AddReplicaRegions": [{"Region": "us-west-2"}]}),
    ]


def test_replicas_of_others_stay_and_creation_options_are_not_compared(monkeypatch):
    found = describe(monkeypatch, ReplicationStatus=[{"Region": "eu-west-1", "Status": "InSync"}])
    wanted = {"name": "a/b", "tags": {}, "replica_regions": ["eu-west-1"], "length": 99, "template": {"a": "b"}}
    assert not plan(SECRET, found, wanted).needed
    assert not plan(SECRET, found, {**wanted, "replica_regions": []}).needed


def test_rotation_is_set_without_rotating_at_once():
    aws = Aws()
    wanted = {"rotation_lambda_arn": "arn:f", "rotation_days": 7}
    run(aws, {"arn": ARN}, wanted, frozenset({"rotation_days"}))
    [(operation, parameters)] = aws.calls
    assert operation == "rotate_secret" and parameters["RotateImmediately"] is False
    assert parameters["RotationRules"] == {"AutomaticallyAfterDays": 7}


def test_a_new_window_keeps_the_schedule_and_the_function_that_are_there(monkeypatch):
    rules = {"ScheduleExpression": "cron(0 8 1 * ? *)", "AutomaticallyAfterDays": 31}
    found = describe(monkeypatch, RotationEnabled=True, RotationLambdaARN="arn:f", RotationRules=rules)
    wanted = {"name": "a/b", "tags": {}, "rotation_window": "3h", "rotate_immediately": True}
    aws, change = Aws(), plan(SECRET, found, wanted)
    assert change.fields == {"rotation_window"}
    run(aws, found, wanted, change.fields)
    [(_operation, parameters)] = aws.calls
    assert parameters["RotationRules"] == {"ScheduleExpression": "cron(0 8 1 * ? *)", "Duration": "3h"}
    assert parameters["RotationLambdaARN"] == "arn:f" and parameters["RotateImmediately"] is True


def test_a_schedule_takes_the_place_of_days():
    aws, wanted = Aws(), {"rotation_lambda_arn": "arn:f", "rotation_schedule": "rate(10 days)"}
    run(aws, {"arn": ARN, "rotation_days": 30}, wanted, frozenset({"rotation_schedule"}))
    assert aws.calls[0][1]["RotationRules"] == {"ScheduleExpression": "rate(10 days)"}


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"rotation_days": 1001}, "1 to 1000"),
        ({"rotation_schedule": "every day"}, "rate(10 days)"),
        ({"rotation_window": "3 hours"}, "such as 3h"),
        ({"name": "a b"}, "letters, digits"),
    ],
)
def test_options_that_secrets_manager_does_not_take_are_refused(options, reason):
    assert reason in SECRET.check({"name": "a/b", **options})[0]
    assert SECRET.check({"name": "a/b", "rotation_schedule": "cron(0 8 1 * ? *)", "rotation_window": "3h"}) == []


def test_a_failed_replica_says_why(monkeypatch):
    message = "Replication failed: Secret name already exists."
    replicas = [{"Region": "us-west-2", "Status": "Failed", "StatusMessage": message}]
    assert describe(monkeypatch, ReplicationStatus=replicas)["status_reason"] == f"us-west-2: {message}"


OURS = {"Sid": "NobodyOfAnotherAccount", "Effect": "Deny", "Principal": "*", "Action": "secretsmanager:*"}
THEIRS = {**OURS, "Sid": "Theirs", "Action": "secretsmanager:GetSecretValue"}
OPEN = {**THEIRS, "Effect": "Allow"}


def policy_of(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


class RefusesThePublic(Aws):
    """As Secrets Manager with BlockPublicPolicy answers to a policy that admits the public."""

    def call(self, service, operation, **parameters):
        super().call(service, operation, **parameters)
        if operation == "put_resource_policy" and parameters["BlockPublicPolicy"]:
            raise AwsError(service, operation, "PublicPolicyException", "broad access", status=400)
        return {}


def put(aws, found, desired):
    list(update(aws, {"arn": ARN, "policy": found}, desired, frozenset({"policy"})))
    return [(json.loads(sent["ResourcePolicy"]), sent["BlockPublicPolicy"]) for _operation, sent in aws.calls]


def test_an_adopted_secret_s_policy_keeps_what_others_put_there():
    found = {"name": "a/b", "replica_of": None, "policy": policy_of(THEIRS), "tags": {}}
    wanted = {"name": "a/b", "policy": policy_of(OURS), "tags": {}}
    change = plan(SECRET, found, wanted)
    assert change.diff() == ({"policy": policy_of(THEIRS)}, {"policy": policy_of(THEIRS, OURS)})
    assert put(Aws(), policy_of(THEIRS), wanted) == [(policy_of(THEIRS, OURS), True)]
    assert not plan(SECRET, {**found, "policy": policy_of(THEIRS, OURS)}, wanted).needed


def test_what_others_let_the_public_do_does_not_keep_our_statements_out():
    sent = put(RefusesThePublic(), policy_of(OPEN), {"name": "a/b", "policy": policy_of(OURS)})
    assert sent == [(policy_of(OPEN, OURS), True), (policy_of(OPEN, OURS), False)]


def test_a_policy_of_the_task_that_admits_the_public_is_refused():
    with pytest.raises(AwsError, match="broad access"):
        put(RefusesThePublic(), None, {"name": "a/b", "policy": policy_of(OPEN)})
