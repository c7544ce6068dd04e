# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import time

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.converge import converge
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.autoscaling import scalable_target
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.autoscaling.scalable_target import (
    SCALABLE_TARGET,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.autoscaling.scaling_policy import (
    SCALING_POLICY,
)

DIMENSION = "rds:cluster:ReadReplicaCount"
TARGET = {"name": "cluster:c", "dimension": DIMENSION, "min_capacity": 1, "max_capacity": 3}
POLICY = {
    "name": "c-readers-cpu",
    "resource_id": "cluster:c",
    "dimension": DIMENSION,
    "metric": "RDSReaderAverageCPUUtilization",
    "target_value": 60.0,
    "scale_in_cooldown": 300,
}


class Aws:
    def __init__(self):
        self.targets, self.policies, self.calls = {}, {}, []

    def map(self, function, items):
        return [function(item) for item in items]

    def call(self, service, operation, **sent):
        self.calls.append((operation, sent))
        if operation == "register_scalable_target":
            old = self.targets.get(sent["ResourceId"], {"Tags": sent.get("Tags", {}), "ScalableTargetARN": "arn:t"})
            self.targets[sent["ResourceId"]] = {**old, **{key: sent[key] for key in sent if key != "Tags"}}
        elif operation == "put_scaling_policy":
            self.policies[sent["PolicyName"]] = {**sent, "PolicyARN": "arn:p"}
        elif operation == "deregister_scalable_target":
            del self.targets[sent["ResourceId"]]

    call_once = call


@pytest.fixture(autouse=True)
def _described(monkeypatch):
    describe = scalable_target.autoscaling
    monkeypatch.setattr(describe, "scalable_targets", lambda aws, space, resource_ids: list(aws.targets.values()))
    monkeypatch.setattr(describe, "scaling_policies", lambda aws, space, names: list(aws.policies.values()))


def test_a_target_and_its_policy_are_made_once():
    aws = Aws()
    context = Context(aws=aws, strict=True)
    assert converge(context, SCALABLE_TARGET, [TARGET], tags={"Project": "x"})["changed"]
    assert converge(context, SCALING_POLICY, [POLICY])["changed"]
    before = len(aws.calls)
    assert not converge(context, SCALABLE_TARGET, [TARGET], tags={"Project": "x"})["changed"]
    assert not converge(context, SCALING_POLICY, [POLICY])["changed"]
    assert len(aws.calls) == before


def test_tags_go_with_the_call_that_makes_and_not_with_the_one_that_changes():
    aws = Aws()
    context = Context(aws=aws, strict=True)
    converge(context, SCALABLE_TARGET, [TARGET], tags={"Project": "x"})
    converge(context, SCALABLE_TARGET, [{**TARGET, "max_capacity": 5}], tags={"Project": "x"})
    first, second = (sent for operation, sent in aws.calls if operation == "register_scalable_target")
    assert first["Tags"] == {"Project": "x"} and "Tags" not in second and second["MaxCapacity"] == 5
    assert first["ServiceNamespace"] == "rds"


def test_a_policy_of_the_same_name_on_another_resource_is_another_policy():
    aws = Aws()
    aws.policies["other"] = {
        "PolicyName": POLICY["name"],
        "PolicyARN": "arn:p",
        "ResourceId": "cluster:other",
        "ScalableDimension": DIMENSION,
    }
    assert SCALING_POLICY.read(aws, [POLICY]) == {}


def test_absent_deregisters():
    aws = Aws()
    context = Context(aws=aws, strict=True)
    converge(context, SCALABLE_TARGET, [TARGET])
    assert converge(context, SCALABLE_TARGET, [{**TARGET, "state": "absent"}])["changed"]
    assert aws.targets == {}


def test_bounds_that_cross_are_refused():
    assert "more than max_capacity" in SCALABLE_TARGET.check({**TARGET, "min_capacity": 4})[0]


@pytest.mark.parametrize(
    ("refused_call", "code"),
    [("put_scaling_policy", "ObjectNotFoundException"), ("register_scalable_target", "ConcurrentUpdateException")],
)
def test_a_target_that_is_not_seen_yet_or_just_changing_is_waited_for(monkeypatch, refused_call, code):
    class Slow(Aws):
        refused = 3

        def call(self, service, operation, **sent):
            if operation == refused_call and self.refused:
                self.refused -= 1
                raise AwsError(service, operation, code, "No scalable target registered", status=400)
            return super().call(service, operation, **sent)

        call_once = call

    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    aws = Slow()
    context = Context(aws=aws, strict=True)
    assert converge(context, SCALABLE_TARGET, [TARGET], tags={"Project": "x"})["changed"]
    assert converge(context, SCALING_POLICY, [POLICY])["changed"]
    assert aws.refused == 0 and set(aws.policies) == {"c-readers-cpu"}


@pytest.mark.parametrize(
    ("words", "waited_for"),
    [("ECS service doesn't exist: service/web/web", True), ("Maximum capacity cannot be less than minimum", False)],
)
def test_a_service_that_is_not_seen_yet_is_waited_for_and_what_is_wrong_is_not(words, waited_for):
    error = AwsError("application-autoscaling", "register_scalable_target", "ValidationException", words, status=400)
    assert scalable_target.eventual(error) is waited_for
