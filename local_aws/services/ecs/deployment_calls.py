# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What clients see of service deployments and revisions, and how they stop one or have it go on."""

from __future__ import annotations

import copy
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.ecs import aws, deployments
from local_aws.services.ecs.common import invalid


@aws.adds
def list_service_deployments(
    call: Any,
    *,
    service: str,
    cluster: str = "default",
    status: list[str] | None = None,
    max_results: int = 20,
    next_token: str = "",
) -> dict[str, Any]:
    found = _service(call, service, cluster)
    deployments.advance(call, found, counted=False)
    members = (
        "serviceDeploymentArn", "serviceArn", "clusterArn", "startedAt", "createdAt", "finishedAt", "status",
        "statusReason",
    )  # fmt: skip
    listed = [
        {
            **{key: one[key] for key in members if key in one},
            "targetServiceRevisionArn": one["targetServiceRevision"]["arn"],
        }
        for one in reversed(call.state("deployments").values())
        if one["serviceArn"] == found["serviceArn"] and (not status or one["status"] in status)
    ]
    first = int(next_token or 0)
    more = {"nextToken": str(first + max_results)} if first + max_results < len(listed) else {}
    return {"serviceDeployments": listed[first : first + max_results], **more}


@aws.adds
def describe_service_deployments(call: Any, *, service_deployment_arns: list[str]) -> dict[str, Any]:
    shown, failures = [], []
    for arn in service_deployment_arns:
        deployment = call.state("deployments").get(arn)
        if deployment is None:
            failures.append({"arn": arn, "reason": "MISSING"})
            continue
        if arn in call.state("runs"):
            deployments.advance(call, call.state("services")[deployment["serviceArn"]], counted=True)
        shown.append(copy.deepcopy(deployment))
    return {"serviceDeployments": shown, "failures": failures}


@aws.adds
def describe_service_revisions(call: Any, *, service_revision_arns: list[str]) -> dict[str, Any]:
    known = call.state("revisions")
    shown = [copy.deepcopy(known[arn]) for arn in service_revision_arns if arn in known]
    failures = [{"arn": arn, "reason": "MISSING"} for arn in service_revision_arns if arn not in known]
    return {"serviceRevisions": shown, "failures": failures}


@aws.adds
def stop_service_deployment(call: Any, *, service_deployment_arn: str, stop_type: str = "ROLLBACK") -> dict[str, Any]:
    run, service = _under_way(call, service_deployment_arn)
    deployments.fail(call, service, run, "Service deployment stopped by a user.", stop_type == "ROLLBACK")
    deployments.advance(call, service, counted=False)
    return {"serviceDeploymentArn": service_deployment_arn}


@aws.adds
def continue_service_deployment(
    call: Any, *, service_deployment_arn: str, hook_id: str, action: str = "CONTINUE"
) -> dict[str, Any]:
    run, service = _under_way(call, service_deployment_arn)
    if run["paused"] != hook_id:
        raise invalid(f"The service deployment does not wait for the hook {hook_id}.")
    run |= {"paused": "", "until": 0.0}
    if action == "ROLLBACK":
        deployments.fail(call, service, run, "A lifecycle hook asked for a rollback.", True)
    deployments.advance(call, service, counted=False)
    return {"serviceDeploymentArn": service_deployment_arn}


def _under_way(call: Any, arn: str) -> tuple[dict[str, Any], dict[str, Any]]:
    deployment = call.state("deployments").get(arn)
    if deployment is None:
        raise Refusal("ServiceDeploymentNotFoundException", "Service deployment not found.", 400)
    run = call.state("runs").get(arn)
    if run is None:
        raise Refusal("ConflictException", f"The service deployment is {deployment['status']}.", 400)
    return run, call.state("services")[deployment["serviceArn"]]


def _service(call: Any, name: str, cluster: str) -> dict[str, Any]:
    for one in call.state("services").values():
        if (
            one["serviceName"] == name.rpartition("/")[2]
            and one["clusterArn"].rpartition("/")[2] == (cluster.rpartition("/")[2])
        ):
            found: dict[str, Any] = one
            return found
    raise Refusal("ServiceNotFoundException", "Service not found.", 400)
