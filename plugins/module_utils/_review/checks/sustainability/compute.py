# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What computes: processors, scaling with demand, size by use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, not_applicable
from ..common import fact, listed, verdict
from ..cost_optimization import ecs, rds
from ..sizing import use

_GRAVITON = re.compile(r"^db\.[a-z]+\d+g[a-z]*\.")
_ROLLED_UP = (rds.aurora_oversized, ecs.ecs_oversized)
_SMALLEST_NODES = re.compile(r"^cache\.t\d+g?\.micro$")


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
    recommendation="Set aurora_instance_class to one with a g after the number (r6g, r7g, r8g); the change restarts the"
    " instances, readers first.",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Types.html",
)
def aurora_graviton(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """DBInstanceClass; nobody chooses the processor of a serverless instance."""
    for instance in stack.items("rds.db_instances"):
        arn, kind = instance["DBInstanceArn"], instance["DBInstanceClass"]
        if kind == "db.serverless":
            yield not_applicable("DBInstanceClass is db.serverless", arn)
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
    recommendation="Build the image for linux/arm64 too, then run the ecs_service role with the architecture ARM64.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html",
)
def fargate_arm64(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """runtimePlatform.cpuArchitecture."""
    for definition in stack.items("ecs.task_definitions"):
        seen = (definition.get("runtimePlatform") or {}).get("cpuArchitecture") or "X86_64"
        yield verdict(seen == "ARM64", definition["taskDefinitionArn"], fact("cpuArchitecture", seen))


@check(
    id="ecs_scales_with_demand",
    pillar="sustainability",
    best_practice="SUS02-BP01",
    severity="medium",
    resource_type="AwsEcsService",
    title="The service grows and shrinks with the demand",
    needs=("ecs.services", "autoscaling.service_targets", "autoscaling.service_policies"),
    role="ecs_service",
    item="REL-5",
    cost="lowers",
    recommendation="Run the ecs_service role: it lets the service scale from 4 to 10 tasks and back.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
)
def ecs_scales_with_demand(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """MinCapacity is below MaxCapacity, and a policy may scale in."""
    for service in stack.items("ecs.services"):
        resource = f"service/{str(service['clusterArn']).rsplit('/', 1)[-1]}/{service['serviceName']}"
        targets = [one for one in stack.items("autoscaling.service_targets") if one["ResourceId"] == resource]
        room = any(one.get("MinCapacity", 0) < one.get("MaxCapacity", 0) for one in targets)
        policies = stack.items("autoscaling.service_policies") if targets else ()
        shrinking = [one["PolicyName"] for one in policies if one["ResourceId"] == resource and _scales_in(one)]
        capacity = [f"{one.get('MinCapacity')} to {one.get('MaxCapacity')}" for one in targets]
        evidence = f"capacity of {resource}: {listed(capacity)}; policies that scale in: {listed(shrinking)}"
        yield verdict(room and bool(shrinking), service["serviceArn"], evidence)


@check(
    id="resources_not_oversized",
    pillar="sustainability",
    best_practice="SUS05-BP01",
    severity="medium",
    resource_type="AwsResource",
    title="Nothing runs that nobody uses",
    needs=(
        "rds.db_instances",
        "ecs.services",
        "ecs.task_definitions",
        "elasticache.cache_clusters",
        "cloudwatch.statistics",
    ),
    role="aurora",
    item="SUS-1",
    downtime=True,
    cost="lowers",
    recommendation="Right-size what aurora_oversized and ecs_oversized name, and the cache's nodes: the roles aurora,"
    " ecs_service and cache set the sizes.",
)
def resources_not_oversized(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """What aurora_oversized and ecs_oversized say, and the same of the cache; the savings are counted there."""
    for one in _ROLLED_UP:
        for result in one.judge(stack, parameters):
            yield replace(result, monthly_usd=None)
    for node in stack.items("elasticache.cache_clusters"):
        yield _node(stack, parameters, node)


def _scales_in(policy: Item) -> bool:
    tracking = policy.get("TargetTrackingScalingPolicyConfiguration")
    if tracking is not None:
        return not tracking.get("DisableScaleIn")
    steps = (policy.get("StepScalingPolicyConfiguration") or {}).get("StepAdjustments") or ()
    return any(step.get("ScalingAdjustment", 0) < 0 for step in steps)


def _node(stack: Stack, parameters: Parameters, node: Item) -> Result:
    statistics, kind = stack.items("cloudwatch.statistics"), str(node.get("CacheNodeType"))
    named = {"CacheClusterId": node["CacheClusterId"]}
    cpu = use(statistics, "CPUUtilization", **named).peak
    memory = use(statistics, "DatabaseMemoryUsagePercentage", **named).peak
    if cpu is None or memory is None:
        return not_applicable("CloudWatch has no use of the last 14 days", node["ARN"])
    idle = cpu < parameters.cpu_low_percent and memory < parameters.memory_low_percent
    evidence = (
        f"CacheNodeType is {kind}: CPUUtilization peaks at {cpu:.0f} %, DatabaseMemoryUsagePercentage at {memory:.0f} %"
    )
    return verdict(not idle or bool(_SMALLEST_NODES.match(kind)), node["ARN"], evidence)
