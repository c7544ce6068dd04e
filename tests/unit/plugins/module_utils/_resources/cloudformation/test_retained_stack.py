# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.converge import converge
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError, WebappError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.kind import Kind
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.cloudformation import retained_stack
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.cloudformation.retained_stack import (
    create_retained,
    lets_go_of_its_stack,
    template,
)


class Killed(BaseException):
    """The process is gone."""


class Aws:
    """Stacks by name, and things that they have made. A stack is made when it has been looked at twice; killed_after:
    so many changing calls are carried out, and then the process ends."""

    def __init__(self, killed_after=None, undeletable=False):
        self.stacks, self.things, self.calls = {}, {}, []
        self.killed_after, self.undeletable = killed_after, undeletable

    def map(self, function, items):
        return [function(item) for item in items]

    def call(self, service, operation, **sent):
        self.calls.append(operation)
        answer = getattr(self, operation)(**sent)
        if not operation.startswith("describe") and self.killed_after is not None:
            self.killed_after -= 1
            if self.killed_after == 0:
                raise Killed
        return answer

    call_once = call

    def describe_stacks(self, **sent):
        if sent["StackName"] not in self.stacks:
            raise AwsError("cloudformation", "describe_stacks", "ValidationError", "Stack does not exist", status=400)
        stack = self.stacks[sent["StackName"]]
        stack["looks"] += 1
        if stack["looks"] == 2 and stack["status"] == "CREATE_IN_PROGRESS":
            stack["status"] = "CREATE_COMPLETE"
        return {"Stacks": [{"StackStatus": stack["status"]}]}

    def describe_stack_events(self, **sent):
        status = self.stacks[sent["StackName"]]["status"]
        return {"StackEvents": [{"ResourceStatus": status, "ResourceStatusReason": "not authorized to do it"}]}

    def create_stack(self, **sent):
        self.stacks[sent["StackName"]] = {"status": "CREATE_IN_PROGRESS", "looks": 0}
        self.things[sent["StackName"].removesuffix("-stack")] = {"size": 1}

    def delete_stack(self, **sent):
        if self.undeletable:
            self.stacks[sent["StackName"]]["status"] = "DELETE_FAILED"
        else:
            del self.stacks[sent["StackName"]]

    def update_thing(self, name, **values):
        self.things[name] |= values


def read(aws, items):
    return {
        item["name"]: {"name": item["name"], **aws.things[item["name"]]} for item in items if item["name"] in aws.things
    }


def create(aws, desired):
    create_retained(aws, f"{desired['name']}-stack", "AWS::Thing", {}, 60)


def update(aws, found, desired, fields):
    aws.call("things", "update_thing", name=found["name"], **{field: desired[field] for field in fields})


THING = lets_go_of_its_stack(
    Kind(name="thing", role="things", read=read, create=create, update=update),
    lambda desired: f"{desired['name']}-stack",
)
WISH = {"name": "a", "size": 2}


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    monkeypatch.setattr(retained_stack.time, "sleep", lambda seconds: None)


def run(aws, **options):
    return converge(Context(aws=aws, strict=True, **options), THING, [WISH])


def test_the_stack_is_gone_and_the_thing_stays():
    aws = Aws()
    assert run(aws)["changed"]
    assert aws.stacks == {} and aws.things == {"a": {"size": 2}}
    assert not run(aws)["changed"]


@pytest.mark.parametrize("killed_after", [1, 2, 3])
def test_a_run_that_was_ended_after_any_call_leaves_nothing_that_the_next_one_does_not_remove(killed_after):
    aws = Aws(killed_after)
    with pytest.raises(Killed):
        run(aws)
    aws.killed_after = None
    run(aws)
    assert aws.stacks == {} and aws.things == {"a": {"size": 2}}
    assert aws.calls.count("create_stack") == 1
    assert not run(aws)["changed"]


def test_a_left_stack_is_foretold_by_check_mode_and_nothing_else_is_touched():
    aws = Aws()
    aws.things["a"], aws.stacks["a-stack"] = {"size": 2}, {"status": "CREATE_COMPLETE", "looks": 9}
    result = run(aws, check_mode=True)
    assert result["diff"]["before"] == {"a": {"creation_stack": "a-stack"}}
    assert aws.stacks and "delete_stack" not in aws.calls
    run(aws)
    assert aws.stacks == {} and "update_thing" not in aws.calls


def test_a_stack_that_cannot_be_deleted_is_an_error_that_says_what_to_do():
    aws = Aws(undeletable=True)
    with pytest.raises(WebappError, match=r"DELETE_FAILED: not authorized to do it.*aws cloudformation delete-stack"):
        run(aws)
    assert aws.things["a"] == {"size": 1}
    with pytest.raises(WebappError, match="DELETE_FAILED"):
        run(aws)


def test_a_denied_look_is_not_taken_for_no_stack():
    class Denied(Aws):
        def describe_stacks(self, **sent):
            raise AwsError("cloudformation", "describe_stacks", "AccessDenied", "no", status=403)

    aws = Denied()
    aws.things["a"] = {"size": 1}
    with pytest.raises(WebappError, match="AccessDenied"):
        run(aws)
    assert "update_thing" not in aws.calls


def test_references_cost_no_look():
    aws = Aws()
    aws.things["a"] = {"size": 2}
    assert THING.read(aws, [{"name": "a"}]) == {"a": {"name": "a", "size": 2}} and aws.calls == []


def test_the_resource_outlives_its_stack():
    resource = template("AWS::Thing", {"Name": "a"})["Resources"]["Retained"]
    assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain"
