# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import json

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._describe.kms import untitled_keys
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError, Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.kms import kms_key
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.kms.kms_key import (
    KMS_KEY,
    check,
    create,
    read,
)

DESIRED = {"name": "app", "tags": {"Name": "app"}, "rotation": True}
AWS_KEY = {
    "KeyId": "k-1",
    "Arn": "arn:aws:kms:us-east-1:123456789012:key/k-1",
    "KeyState": "Enabled",
    "AliasNames": ["alias/app", "alias/other"],
    "Tags": {},
    "Rotation": {"KeyRotationEnabled": True, "RotationPeriodInDays": 365},
    "Policy": {"Version": "2012-10-17", "Statement": []},
}


STATES = {"k-dying": "PendingDeletion"}


class Aws:
    """Fails with the errors given for an operation, one after the other, and keeps the calls."""

    def __init__(self, **errors):
        self.errors, self.calls, self.asked = errors, [], {}

    def known(self, what, ask):
        if what not in self.asked:
            self.asked[what] = ask()
        return self.asked[what]

    def map(self, function, things):
        return [function(thing) for thing in things]

    def call(self, service, operation, **parameters):
        if operation == "describe_key":
            return {
                "KeyMetadata": {"KeyId": parameters["KeyId"], "KeyState": STATES.get(parameters["KeyId"], "Enabled")}
            }
        self.calls.append((operation, parameters))
        if self.errors.get(operation):
            raise self.errors[operation].pop(0)
        return {"KeyMetadata": {"KeyId": "k-new"}}

    call_once = call


def lost():
    return AwsError("kms", "create_key", "ConnectionClosedError", "no answer", answered=False)


def not_found():
    return AwsError("kms", "create_alias", "NotFoundException", "no such key")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Sleeping is all that takes time."""
    now = [0.0]
    monkeypatch.setattr(kms_key.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(kms_key.time, "sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))


def left_behind(monkeypatch, *answers):
    """What the search for keys without alias finds of app, call by call, the last answer staying; the searches made."""
    left, searches = list(answers), []

    def search(aws):
        searches.append(1)
        return {"app": left.pop(0) if len(left) > 1 else left[0]}

    monkeypatch.setattr(kms_key.kms, "untitled_keys", search)
    return searches


def test_only_the_alias_that_was_asked_for_is_the_name(monkeypatch):
    monkeypatch.setattr(kms_key.kms, "keys", lambda aws, names: [AWS_KEY])
    found = read(None, [DESIRED])
    assert set(found) == {"app"}
    assert found["app"]["rotation_period_in_days"] == 365


@pytest.mark.parametrize(
    ("state", "advice"),
    [
        ("PendingDeletion", "kms:CancelKeyDeletion"),
        ("PendingReplicaDeletion", "kms:CancelKeyDeletion"),
        ("Disabled", "kms:EnableKey"),
    ],
)
def test_a_key_that_encrypts_nothing_any_more_is_refused_with_advice(monkeypatch, state, advice):
    monkeypatch.setattr(kms_key.kms, "keys", lambda aws, names: [{**AWS_KEY, "KeyState": state}])
    with pytest.raises(Refusal, match=advice):
        read(None, [DESIRED])


def test_a_key_left_without_its_alias_is_taken_up(monkeypatch):
    left_behind(monkeypatch, ["k-left"])
    aws = Aws()
    create(aws, DESIRED)
    assert aws.calls == [("create_alias", {"AliasName": "alias/app", "TargetKeyId": "k-left"})]


def test_a_key_left_that_is_to_be_deleted_is_not_taken_up(monkeypatch):
    left_behind(monkeypatch, ["k-dying"])
    aws = Aws()
    create(aws, DESIRED)
    assert [operation for operation, _unused in aws.calls] == ["create_key", "create_alias"]


def test_keys_left_are_searched_for_once_for_all_keys_of_a_task(monkeypatch):
    searches = left_behind(monkeypatch, [])
    aws = Aws()
    for name in ("app", "logs", "aurora"):
        create(aws, {**DESIRED, "name": name})
    assert len(searches) == 1 and len(aws.calls) == 6


def test_a_creation_that_is_repeated_takes_the_key_that_this_task_has_made(monkeypatch):
    searches = left_behind(monkeypatch, [])
    broken = AwsError("kms", "create_alias", "InternalFailure", "try again", status=500)
    aws = Aws(create_alias=[broken])
    with pytest.raises(AwsError, match="try again"):
        create(aws, DESIRED)
    create(aws, DESIRED)
    assert [operation for operation, _unused in aws.calls] == ["create_key", "create_alias", "create_alias"]
    assert len(searches) == 1


def test_a_creation_whose_end_nobody_knows_is_repeated_after_another_search(monkeypatch):
    left_behind(monkeypatch, [])
    aws = Aws(create_key=[lost()])
    with pytest.raises(AwsError, match="no answer"):
        create(aws, DESIRED)
    left_behind(monkeypatch, ["k-1"])
    create(aws, DESIRED)
    assert aws.calls[1:] == [("create_alias", {"AliasName": "alias/app", "TargetKeyId": "k-1"})]


def test_a_key_whose_creation_was_not_answered_is_looked_for_before_another_is_made(monkeypatch):
    left_behind(monkeypatch, [], [], ["k-1"])
    aws = Aws(create_key=[lost()])
    create(aws, DESIRED)
    assert [operation for operation, _unused in aws.calls] == ["create_key", "create_alias"]
    assert aws.calls[-1][1]["TargetKeyId"] == "k-1"


def test_a_creation_that_never_arrived_is_the_engine_s_to_repeat(monkeypatch):
    left_behind(monkeypatch, [])
    with pytest.raises(AwsError, match="no answer"):
        create(Aws(create_key=[lost()]), DESIRED)


def test_a_new_key_that_the_alias_does_not_see_yet_is_waited_for(monkeypatch):
    left_behind(monkeypatch, [])
    aws = Aws(create_alias=[not_found(), not_found()])
    create(aws, DESIRED)
    assert [operation for operation, _unused in aws.calls] == ["create_key", *["create_alias"] * 3]


@pytest.mark.parametrize(
    ("options", "reasons"),
    [
        ({"rotation": True, "rotation_period_in_days": 365}, 0),
        ({"rotation": True}, 0),
        ({"rotation": True, "rotation_period_in_days": 30}, 1),
        ({"rotation": False, "rotation_period_in_days": 3000}, 2),
    ],
)
def test_rotation_that_kms_does_not_take_is_refused(options, reasons):
    assert len(check({"name": "app", **options})) == reasons


def test_rotation_is_set_with_its_period():
    aws = Aws()
    wanted = {**DESIRED, "rotation_period_in_days": 180}
    list(KMS_KEY.update(aws, {"id": "k-1"}, wanted, frozenset({"rotation"})))
    assert aws.calls == [("enable_key_rotation", {"KeyId": "k-1", "RotationPeriodInDays": 180})]


def state_of(monkeypatch, **changes):
    monkeypatch.setattr(kms_key.kms, "keys", lambda aws, names: [{**AWS_KEY, **changes}])
    return read(None, [DESIRED])["app"]


@pytest.mark.parametrize(
    "metadata",
    [
        {"KeySpec": "RSA_2048"},
        {"KeySpec": "HMAC_256"},
        {"Origin": "EXTERNAL"},
        {"Origin": "AWS_CLOUDHSM"},
        {"MultiRegion": True, "MultiRegionConfiguration": {"MultiRegionKeyType": "REPLICA"}},
    ],
)
@pytest.mark.parametrize("rotation", [None, {"KeyRotationEnabled": False}])
def test_a_key_that_cannot_rotate_is_taken_as_it_is_with_a_word(monkeypatch, metadata, rotation):
    found = state_of(monkeypatch, Rotation=rotation, **metadata)
    change = plan(KMS_KEY, found, {**DESIRED, "rotation_period_in_days": 365})
    assert not change.fields and "cannot rotate" in change.warnings[0]
    assert not plan(KMS_KEY, found, {**DESIRED, "rotation": False}).warnings


def test_a_replica_that_rotates_with_its_primary_needs_no_word(monkeypatch):
    replica = {"MultiRegion": True, "MultiRegionConfiguration": {"MultiRegionKeyType": "REPLICA"}}
    change = plan(KMS_KEY, state_of(monkeypatch, **replica), {**DESIRED, "rotation_period_in_days": 90})
    assert not change.fields and not change.warnings


@pytest.mark.parametrize(
    ("code", "passes"),
    [("NotFoundException", True), ("DisabledException", True), ("AccessDeniedException", False)],
)
def test_what_a_new_key_says_at_first_passes(code, passes):
    assert KMS_KEY.eventual(AwsError("kms", "enable_key_rotation", code, "k-1")) is passes


def test_a_creation_that_ended_in_a_500_is_looked_for_too(monkeypatch):
    left_behind(monkeypatch, [], ["k-1"])
    aws = Aws(create_key=[AwsError("kms", "create_key", "KMSInternalException", "sorry", status=500)])
    create(aws, DESIRED)
    assert [operation for operation, _unused in aws.calls] == ["create_key", "create_alias"]


def test_each_call_of_an_update_is_told_and_the_policy_comes_first():
    aws = Aws()
    wanted = {**DESIRED, "policy": {"Statement": []}, "description": "d"}
    fields = frozenset({"policy", "rotation", "description"})
    taken = list(KMS_KEY.update(aws, {"id": "k-1"}, wanted, fields))
    assert frozenset().union(*taken) == fields and len(taken) == 3
    assert aws.calls[0][0] == "put_key_policy"


@pytest.mark.parametrize(("name", "reasons"), [("my_App/prod-x", 0), ("aws/x", 1), ("a b", 1), ("x" * 251, 1)])
def test_names_that_no_alias_can_have_are_refused(name, reasons):
    assert len(check({"name": name})) == reasons


class Untitled:
    """An account whose keys without alias have the tags given, or an error instead of them."""

    def __init__(self, **tags):
        self.tags, self.asked = tags, []

    def pages(self, service, operation, key):
        return [{"KeyId": name} for name in self.tags] if key == "Keys" else []

    def map(self, function, things):
        return [function(thing) for thing in things]

    def call(self, service, operation, **parameters):
        key = parameters["KeyId"]
        self.asked.append((operation, key))
        if isinstance(self.tags[key], AwsError):
            raise self.tags[key]
        return {"Tags": [{"TagKey": "Name", "TagValue": self.tags[key]}]}


DENIED = AwsError("kms", "list_resource_tags", "AccessDeniedException", "no")


def test_a_key_left_is_found_by_one_call_a_key():
    aws = Untitled(a="other", b="app", c=DENIED)
    assert untitled_keys(aws) == {"other": ["a"], "app": ["b"]}
    assert aws.asked == [("list_resource_tags", key) for key in "abc"]


def test_who_may_not_see_the_tags_of_any_key_makes_none():
    with pytest.raises(AwsError, match="list_resource_tags"):
        untitled_keys(Untitled(a=DENIED, b=DENIED))


ROOT = {"AWS": "arn:aws:iam::123456789012:root"}
THEIRS = {"Sid": "Theirs", "Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"}
OURS = {
    "Sid": "IamPoliciesOfThisAccountDecide",
    "Effect": "Allow",
    "Principal": ROOT,
    "Action": "kms:*",
    "Resource": "*",
}


def policy_of(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def test_an_adopted_key_s_policy_keeps_what_others_put_there(monkeypatch):
    default = {**OURS, "Sid": "Enable IAM User Permissions"}
    found = state_of(monkeypatch, Policy=policy_of(default, THEIRS), Tags=DESIRED["tags"])
    wanted = {**DESIRED, "policy": policy_of(OURS)}
    change = plan(KMS_KEY, found, wanted)
    assert change.diff() == ({"policy": found["policy"]}, {"policy": policy_of(THEIRS, OURS)})
    aws = Aws()
    list(KMS_KEY.update(aws, found, wanted, change.fields))
    [(operation, parameters)] = aws.calls
    assert operation == "put_key_policy" and json.loads(parameters["Policy"]) == policy_of(THEIRS, OURS)
    assert "BypassPolicyLockoutSafetyCheck" not in parameters
    assert not plan(KMS_KEY, {**found, "policy": policy_of(THEIRS, OURS)}, wanted).needed
    assert plan(KMS_KEY, found, {**wanted, "purge_policy": True}).diff()[1] == {"policy": policy_of(OURS)}


def test_a_refused_policy_names_the_principal_that_was_deleted(monkeypatch):
    orphaned = {**THEIRS, "Principal": {"AWS": "AIDAEXAMPLEID123456789"}}
    found = state_of(monkeypatch, Policy=policy_of(orphaned))
    refused = AwsError("kms", "put_key_policy", "MalformedPolicyDocumentException", "invalid principals")
    with pytest.raises(AwsError, match="AIDAEXAMPLEID123456789 in the statement Theirs"):
        list(
            KMS_KEY.update(
                Aws(put_key_policy=[refused]), found, {**DESIRED, "policy": policy_of(OURS)}, frozenset({"policy"})
            )
        )


def test_a_policy_longer_than_kms_takes_is_refused_with_what_makes_it_so(monkeypatch):
    found = state_of(monkeypatch, Policy=policy_of({**THEIRS, "Action": ["kms:Decrypt"] * 3000}))
    desired = plan(KMS_KEY, found, {**DESIRED, "policy": policy_of(OURS)}).desired
    [reason] = check({**desired, "rotation_period_in_days": 365})
    assert "AWS takes 32768" in reason


@pytest.mark.parametrize(
    "name", ["alias/app", "aws/rds", "1234abcd-12ab-34cd-56ef-1234567890ab", "arn:aws:kms:us-east-1:1:key/x"]
)
def test_a_key_is_called_by_its_alias_without_alias_alone(name):
    assert len(check({**DESIRED, "name": name})) == 1
