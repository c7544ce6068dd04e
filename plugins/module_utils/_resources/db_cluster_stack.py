# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A cluster whose password stands in a secret of our own, without the password in this process.

CloudFormation resolves {{resolve:secretsmanager:...}} on AWS's side:
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
The stack holds nothing but the cluster, retains it, and is deleted as soon as the cluster is there, so that
afterwards it is a cluster like any other. docs/decisions/aurora-master-secret.md has the reasons.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from .._engine.aws import Aws
from .._engine.errors import AwsError, WebappError

TIMEOUT = 2400.0
# CreateDBCluster's parameters whose properties have another name in AWS::RDS::DBCluster.
_RENAMED = {
    "EnablePerformanceInsights": "PerformanceInsightsEnabled",
    "PerformanceInsightsKMSKeyId": "PerformanceInsightsKmsKeyId",
}


def create_by_stack(aws: Aws, parameters: Mapping[str, Any], secret_arn: str) -> None:
    """Make the cluster and let go of the stack. parameters: CreateDBCluster's. Errors: AwsError, WebappError.

    Interrupted and run again it goes on with the stack that it finds.
    """
    name = f"{parameters['DBClusterIdentifier']}-creation"
    status = _status(aws, name)
    if status is not None and (status.startswith("DELETE") or status.endswith(("FAILED", "ROLLBACK_COMPLETE"))):
        _remove(aws, name)
        status = None
    if status is None:
        body = json.dumps(template(parameters, secret_arn))
        aws.call_once("cloudformation", "create_stack", StackName=name, TemplateBody=body, OnFailure="ROLLBACK")
    status = _settled(aws, name)
    if status != "CREATE_COMPLETE":
        raise WebappError(f"CloudFormation stack {name} ended in {status}: {_reason(aws, name)}")
    _remove(aws, name)


def template(parameters: Mapping[str, Any], secret_arn: str) -> dict[str, Any]:
    """The stack's template: one retained cluster."""
    properties = {_RENAMED.get(key, key): value for key, value in parameters.items()}
    properties["MasterUserPassword"] = f"{{{{resolve:secretsmanager:{secret_arn}:SecretString:password}}}}"
    cluster = {
        "Type": "AWS::RDS::DBCluster",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": properties,
    }
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Cluster": cluster}}


def _status(aws: Aws, name: str) -> str | None:
    try:
        stacks = aws.call("cloudformation", "describe_stacks", StackName=name)["Stacks"]
    except AwsError as error:
        if error.code == "ValidationError" and "does not exist" in error.message:
            return None
        raise
    return str(stacks[0]["StackStatus"]) if stacks else None


def _settled(aws: Aws, name: str) -> str | None:
    """The status when nothing is in progress any more; None when the stack is gone."""
    deadline, pause = time.monotonic() + TIMEOUT, 0.2
    while True:
        status = _status(aws, name)
        if status is None or not status.endswith("IN_PROGRESS"):
            return status
        if time.monotonic() > deadline:
            raise WebappError(f"CloudFormation stack {name} is {status} after {TIMEOUT:.0f} s; run again to go on")
        time.sleep(pause)
        pause = min(pause * 1.6, 10)


def _remove(aws: Aws, name: str) -> None:
    _settled(aws, name)
    aws.call("cloudformation", "delete_stack", StackName=name)
    _settled(aws, name)


def _reason(aws: Aws, name: str) -> str:
    events = aws.call("cloudformation", "describe_stack_events", StackName=name).get("StackEvents", [])
    failed = [event for event in events if event.get("ResourceStatus") == "CREATE_FAILED"]
    return str(failed[-1].get("ResourceStatusReason")) if failed else "no event says why"
