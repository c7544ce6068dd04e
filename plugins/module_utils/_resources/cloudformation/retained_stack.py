# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Resources that only CloudFormation can make without their secret passing through this process.

The stack holds the one resource, retains it, and is deleted as soon as the resource is there, so that
afterwards it is a resource like any other.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from ..._engine.aws import Aws
from ..._engine.errors import AwsError, WebappError


def create_retained(aws: Aws, name: str, resource_type: str, properties: Mapping[str, Any], timeout: float) -> None:
    """Make one resource and let go of the stack. timeout in seconds. Errors: AwsError, WebappError.

    Interrupted and run again it goes on with the stack that it finds.
    """
    status = _status(aws, name)
    if status is not None and (status.startswith("DELETE") or status.endswith(("FAILED", "ROLLBACK_COMPLETE"))):
        _remove(aws, name, timeout)
        status = None
    if status is None:
        body = json.dumps(template(resource_type, properties))
        aws.call_once("cloudformation", "create_stack", StackName=name, TemplateBody=body, OnFailure="ROLLBACK")
    status = _settled(aws, name, timeout)
    if status != "CREATE_COMPLETE":
        raise WebappError(f"CloudFormation stack {name} ended in {status}: {_reason(aws, name)}")
    _remove(aws, name, timeout)


def template(resource_type: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """The stack's template: one resource that outlives it."""
    resource = {
        "Type": resource_type,
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": dict(properties),
    }
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Retained": resource}}


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


def _remove(aws: Aws, name: str, timeout: float) -> None:
    _settled(aws, name, timeout)
    aws.call("cloudformation", "delete_stack", StackName=name)
    _settled(aws, name, timeout)


def _reason(aws: Aws, name: str) -> str:
    events = aws.call("cloudformation", "describe_stack_events", StackName=name).get("StackEvents", [])
    failed = [event for event in events if event.get("ResourceStatus") == "CREATE_FAILED"]
    return str(failed[-1].get("ResourceStatusReason")) if failed else "no event says why"
