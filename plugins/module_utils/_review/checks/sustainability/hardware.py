# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Efficient processors, no more of them than the load needs, and the carbon that they cost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, not_applicable
from ..attested import attestation
from ..common import fact, listed, verdict, workload
from ..reliability.ecs import scaling_id

_GRAVITON = re.compile(r"db\.[a-z]+\d+g[a-z]*\.")


@check(
    id="aurora_graviton",
    pillar="sustainability",
    best_practice="SUS05-BP02",
    severity="medium",
    resource_type="AwsRdsDbInstance",
    title="Aurora runs on Graviton",
    needs=("rds.db_instances",),
    role="aurora",
    item="SUS-2",
    downtime=True,
    cost="lowers",
    recommendation="Choose a Graviton class in aurora_instances, such as db.t4g or db.r6g.",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Types.html",
)
def aurora_graviton(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The family of DBInstanceClass has a g after its generation; AWS chooses a serverless one's processor."""
    for instance in stack.items("rds.db_instances"):
        arn, kind = instance["DBInstanceArn"], str(instance.get("DBInstanceClass"))
        if kind == "db.serverless":
            yield not_applicable("AWS chooses the processor of db.serverless", arn)
        else:
            yield verdict(bool(_GRAVITON.match(kind)), arn, fact("DBInstanceClass", kind))


@check(
    id="fargate_arm64",
    pillar="sustainability",
    best_practice="SUS05-BP02",
    severity="medium",
    resource_type="AwsEcsTaskDefinition",
    title="Tasks run on Graviton",
    needs=("ecs.task_definitions",),
    role="ecs_service",
    item="SUS-2",
    cost="lowers",
    recommendation="Build the image for linux/arm64, then let the ecs_service role deploy it as ARM64.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html",
)
def fargate_arm64(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """runtimePlatform.cpuArchitecture is ARM64."""
    for definition in stack.items("ecs.task_definitions"):
        seen = (definition.get("runtimePlatform") or {}).get("cpuArchitecture")
        yield verdict(seen == "ARM64", definition["taskDefinitionArn"], fact("runtimePlatform.cpuArchitecture", seen))


@check(
    id="ecs_scales_with_demand",
    pillar="sustainability",
    best_practice="SUS02-BP01",
    severity="medium",
    resource_type="AwsEcsService",
    title="The service shrinks when demand falls",
    needs=("ecs.services", "autoscaling.service_targets"),
    role="ecs_service",
    item="REL-5",
    cost="either",
    recommendation="Run the ecs_service role: it lets the service scale between a least and a greatest count.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
)
def ecs_scales_with_demand(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A scalable target with MinCapacity below MaxCapacity, scaling in not suspended."""
    for service in stack.items("ecs.services"):
        found = [one for one in stack.items("autoscaling.service_targets") if one["ResourceId"] == scaling_id(service)]
        seen = [
            f"{one['MinCapacity']} to {one['MaxCapacity']} tasks, {fact('DynamicScalingInSuspended', _suspended(one))}"
            for one in found
        ]
        good = any(one["MinCapacity"] < one["MaxCapacity"] and not _suspended(one) for one in found)
        yield verdict(good, service["serviceArn"], f"scalable targets of {scaling_id(service)}: {listed(seen)}")


@check(
    id="carbon_tracking",
    pillar="sustainability",
    best_practice="SUS06-BP01",
    severity="low",
    resource_type="AwsAccount",
    title="Somebody follows the carbon footprint",
    needs=("dataexports.exports",),
    role="governance",
    item="SUS-4",
    recommendation="Run the governance role for an export of carbon emissions, or give the attestation carbon.",
    source="https://docs.aws.amazon.com/cur/latest/userguide/dataexports-create-standard-carbon.html",
)
def carbon_tracking(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A fresh attestation, or an export with carbon in its ExportName that is not UNHEALTHY."""
    said = attestation(stack, parameters, "carbon")
    if said.fresh:
        yield verdict(True, workload(stack), said.evidence)
        return
    names = [
        one["ExportName"]
        for one in stack.items("dataexports.exports")
        if "carbon" in one["ExportName"].lower() and (one.get("ExportStatus") or {}).get("StatusCode") != "UNHEALTHY"
    ]
    evidence = f"exports with carbon in ExportName: {listed(names)}; {said.evidence}"
    yield verdict(bool(names), workload(stack), evidence)


def _suspended(target: Item) -> bool:
    return bool((target.get("SuspendedState") or {}).get("DynamicScalingInSuspended"))
