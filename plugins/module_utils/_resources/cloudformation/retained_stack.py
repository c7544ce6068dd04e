# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Resources that only CloudFormation can make without their secret passing through this process.

The stack holds the one resource, retains it, and is deleted as soon as the resource is there, so that
afterwards it is a resource like any other. A stack that an ended run has left is removed by the next one.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
"""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..._engine.aws import Aws
from ..._engine.errors import AwsError, WebappError
from ..._engine.kind import Kind, State

# The field of a state that names the stack left of its creation.
LEFT = "creation_stack"
GONE = "deleted"
TIMEOUT = 900.0


def create_retained(aws: Aws, name: str, resource_type: str, properties: Mapping[str, Any], timeout: float) -> None:
    """Make one resource and let go of the stack. timeout in seconds. Errors: AwsError, WebappError.

    Interrupted and run again it goes on with the stack that it finds.
    """
    status = _status(aws, name)
    if status is not None and (status.startswith("DELETE") or status.endswith(("FAILED", "ROLLBACK_COMPLETE"))):
        remove(aws, name, timeout)
        status = None
    if status is None:
        body = json.dumps(template(resource_type, properties))
        aws.call_once("cloudformation", "create_stack", StackName=name, TemplateBody=body, OnFailure="ROLLBACK")
    status = _settled(aws, name, timeout)
    if status != "CREATE_COMPLETE":
        raise WebappError(f"CloudFormation stack {name} ended in {status}: {_reason(aws, name, 'CREATE_FAILED')}")
    remove(aws, name, timeout)


def template(resource_type: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """The stack's template: one resource that outlives it."""
    resource = {
        "Type": resource_type,
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": dict(properties),
    }
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Retained": resource}}


def lets_go_of_its_stack(kind: Kind, stack_of: Callable[[State], str | None]) -> Kind:
    """The kind, whose existing things also lose the stack that an ended run has left of their creation.

    stack_of(desired): the stack's name, None where there cannot be one. Items of nothing but a name are references
    and not looked at. The rest of the kind is asked only for the fields that are its own.
    """

    def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
        found = kind.read(aws, items)
        stacks = {item["name"]: stack_of(item) for item in items if set(item) > {"name"} and item["name"] in found}
        looked_for = [(name, stack) for name, stack in stacks.items() if stack]
        statuses = aws.map(lambda pair: _status(aws, pair[1]), looked_for)
        left = {
            name: stack
            for (name, stack), status in zip(looked_for, statuses, strict=True)
            if status not in (None, "DELETE_COMPLETE")
        }
        return {name: {**state, LEFT: left[name]} if name in left else state for name, state in found.items()}

    def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
        desired, said = kind.keeps(desired, found) if kind.keeps else (desired, [])
        return ({**desired, LEFT: GONE} if found and found.get(LEFT) else desired), said

    def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
        if LEFT in fields:
            remove(aws, found[LEFT], TIMEOUT)
            yield frozenset({LEFT})
        rest = fields - {LEFT}
        if rest and kind.update:
            steps: Iterable[frozenset[str]] | None = kind.update(aws, found, desired, rest)
            yield from steps if steps is not None else (rest,)

    return dataclasses.replace(kind, read=read, keeps=keeps, update=update)


def _status(aws: Aws, name: str) -> str | None:
    try:
        stacks = aws.call("cloudformation", "describe_stacks", StackName=name)["Stacks"]
    except AwsError as error:
        if error.code == "ValidationError" and "does not exist" in error.message:
            return None
        raise
    return str(stacks[0]["StackStatus"]) if stacks else None


def _settled(aws: Aws, name: str, timeout: float) -> str | None:
    """The status when nothing is in progress any more; None when the stack is gone."""
    deadline, pause = time.monotonic() + timeout, 0.2
    while True:
        status = _status(aws, name)
        if status is None or not status.endswith("IN_PROGRESS"):
            return status
        if time.monotonic() > deadline:
            raise WebappError(f"CloudFormation stack {name} is {status} after {timeout:.0f} s; run again to go on")
        time.sleep(pause)
        pause = min(pause * 1.6, 10)


def remove(aws: Aws, name: str, timeout: float) -> None:
    """Delete the stack and keep what it made. timeout in seconds. Errors: WebappError where it cannot be deleted."""
    if _settled(aws, name, timeout) is None:
        return
    aws.call("cloudformation", "delete_stack", StackName=name)
    status = _settled(aws, name, timeout)
    if status not in (None, "DELETE_COMPLETE"):
        raise WebappError(
            f"CloudFormation stack {name} is {status}: {_reason(aws, name, 'DELETE_FAILED')}; mend that and run again, "
            f"or delete it yourself (aws cloudformation delete-stack --stack-name {name}); what it made stays"
        )


def _reason(aws: Aws, name: str, failure: str) -> str:
    """AWS's words in the oldest event of a failure (CREATE_FAILED, DELETE_FAILED), which caused all later ones."""
    events = aws.call("cloudformation", "describe_stack_events", StackName=name).get("StackEvents", [])
    failed = [event for event in events if event.get("ResourceStatus") == failure]
    return str(failed[-1].get("ResourceStatusReason")) if failed else "no event says why"
