# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError, Refusal
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


class Aws:
    """Fails with the errors given for an operation, one after the other, and keeps the calls."""

    def __init__(self, **errors):
        self.errors, self.calls = errors, []

    def call(self, service, operation, **parameters):
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
    """What the search for a key without alias finds, call by call; the last answer stays."""
    left = list(answers)
    monkeypatch.setattr(kms_key.kms, "untitled_keys", lambda aws, name: left.pop(0) if len(left) > 1 else left[0])


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


def test_references_cost_one_call(monkeypatch):
    arn = "arn:aws:kms:us-east-1:123456789012:alias/app"
    alias = {"AliasName": "alias/app", "AliasArn": arn, "TargetKeyId": "k-1"}
    monkeypatch.setattr(kms_key.kms, "aliases", lambda aws: [alias])
    assert read(None, [{"name": "app"}]) == {"app": {"id": "k-1", "arn": AWS_KEY["Arn"]}}


def test_a_key_left_without_its_alias_is_taken_up(monkeypatch):
    left_behind(monkeypatch, ["k-left"])
    aws = Aws()
    create(aws, DESIRED)
    assert aws.calls == [("create_alias", {"AliasName": "alias/app", "TargetKeyId": "k-left"})]


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
    assert len(check(options)) == reasons


def test_rotation_is_set_with_its_period():
    aws = Aws()
    wanted = {**DESIRED, "rotation_period_in_days": 180}
    KMS_KEY.update(aws, {"id": "k-1"}, wanted, frozenset({"rotation"}))
    assert aws.calls == [("enable_key_rotation", {"KeyId": "k-1", "RotationPeriodInDays": 180})]
