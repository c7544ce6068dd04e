# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import copy
import json

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError, Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ecs.ecs_task_definition import (
    converge_task_definitions,
)

ROLE = "arn:aws:iam::1:role/execution"
CONTAINER = {"name": "app", "image": "app:1", "keep_image": True, "essential": True, "environment": {"MODE": "fast"}}
ITEM = {
    "name": "web",
    "cluster": "main",
    "service": "web",
    "cpu": 256,
    "memory": 512,
    "cpu_architecture": "ARM64",
    "execution_role": ROLE,
    "containers": [CONTAINER],
}


class Aws:
    """An ECS that keeps revisions, and a service that runs one of them."""

    region = "us-east-1"

    def __init__(self):
        self.revisions, self.running, self.rollout, self.calls = [], None, "COMPLETED", []

    def map(self, function, items):
        return [function(item) for item in items]

    def call(self, service, operation, /, **sent):
        self.calls.append(operation)
        return getattr(self, operation)(**sent)

    call_once = call

    def describe_services(self, **sent):
        if self.running is None:
            return {"services": []}
        deployments = [{"rolloutState": self.rollout}]
        service = {"serviceName": "web", "status": "ACTIVE", "taskDefinition": self.running, "deployments": deployments}
        return {"services": [service]}

    def describe_task_definition(self, taskDefinition, **sent):  # noqa: N803 the API's name
        found = [one for one in self.revisions if taskDefinition in (one["taskDefinitionArn"], one["family"])]
        if not found:
            raise AwsError("ecs", "describe_task_definition", "ClientException", "Unable to describe task definition.")
        revision = copy.deepcopy(found[-1])
        return {"tags": revision.pop("tags"), "taskDefinition": revision}

    def register_task_definition(self, **sent):
        arn = f"arn:aws:ecs:us-east-1:1:task-definition/{sent['family']}:{len(self.revisions) + 1}"
        self.revisions.append({"tags": [], **copy.deepcopy(sent), "taskDefinitionArn": arn, "status": "ACTIVE"})


@pytest.fixture
def aws():
    made = Aws()
    run(made)
    made.running = made.revisions[-1]["taskDefinitionArn"]
    return made


def run(aws, item=None, **context):
    return converge_task_definitions(
        Context(aws, strict=True, **context), [copy.deepcopy(item or ITEM)], tags={"P": "x"}
    )


def pipeline(aws, image):
    copied = copy.deepcopy(aws.revisions[-1])
    copied["containerDefinitions"][0]["image"] = image
    aws.register_task_definition(**{key: copied[key] for key in copied if key not in {"taskDefinitionArn", "status"}})
    aws.running = aws.revisions[-1]["taskDefinitionArn"]


def test_nothing_is_registered_where_nothing_differs(aws):
    result = run(aws)
    assert (result["changed"], len(aws.revisions)) == (False, 1)
    assert result["resources"]["web"]["task_definition"] == "web:1"


def test_a_change_keeps_the_image_in_force(aws):
    pipeline(aws, "app:2")
    assert run(aws)["changed"] is False
    wanted = {**ITEM, "containers": [{**CONTAINER, "environment": {"MODE": "slow"}}]}
    result = run(aws, wanted)
    assert result["resources"]["web"]["task_definition"] == "web:3"
    assert aws.revisions[-1]["containerDefinitions"][0]["image"] == "app:2"


def test_an_image_without_a_pipeline_is_taken_as_given(aws):
    wanted = {**ITEM, "containers": [{**CONTAINER, "image": "app:9", "keep_image": False}]}
    assert run(aws, wanted)["changed"] is True
    assert aws.revisions[-1]["containerDefinitions"][0]["image"] == "app:9"


def test_what_an_ended_run_registered_is_taken(aws):
    wanted = {**ITEM, "memory": 1024}
    run(aws, wanted)
    again = run(aws, wanted)
    assert (again["changed"], len(aws.revisions)) == (False, 2)
    assert again["resources"]["web"]["task_definition"] == "web:2"


def test_a_revision_that_nobody_runs_is_ignored(aws):
    pipeline(aws, "app:2")
    aws.running = aws.revisions[0]["taskDefinitionArn"]
    assert run(aws)["resources"]["web"]["task_definition"] == "web:1"


def test_check_mode_foretells_a_revision(aws):
    result = run(aws, {**ITEM, "memory": 1024}, check_mode=True)
    assert result["resources"]["web"]["task_definition"] == "ecs_task_definition web (known after apply)"
    assert len(aws.revisions) == 1


def test_nothing_is_registered_while_a_deployment_goes_on(aws):
    aws.rollout = "IN_PROGRESS"
    result = run(aws, {**ITEM, "memory": 1024})
    assert (result["changed"], len(aws.revisions)) == (False, 1)
    assert "a deployment of web is under way, so memory stays for now" in result["warnings"][0]
    assert run(aws)["warnings"] == []


def test_values_that_others_have_set_are_never_shown(aws):
    aws.revisions[0]["containerDefinitions"][0]["environment"].append({"name": "PASSWORD", "value": "hunter2"})
    result = run(aws, check_mode=True)
    assert result["changed"] is True
    assert "hunter2" not in json.dumps(result)
    assert "(hidden)" in json.dumps(result["diff"])


def test_tags_come_with_the_revision_and_are_no_difference(aws):
    assert aws.revisions[0]["tags"] == [{"key": "P", "value": "x"}]
    aws.revisions[0]["tags"] = []
    assert run(aws)["changed"] is False


def test_a_size_that_fargate_lacks_is_refused(aws):
    with pytest.raises(Refusal, match="2048 CPU units with 256 MiB"):
        run(aws, {**ITEM, "cpu": 2048, "memory": 256})
