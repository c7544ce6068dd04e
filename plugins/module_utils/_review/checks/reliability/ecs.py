# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ECS: zones, scaling, running tasks, health checks, metrics."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, not_applicable
from ..common import fact, listed, verdict

_GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide"
_SCALE = "Run the ecs_service role: it lets the service scale from 4 to 10 tasks with a target of 70 % CPU."


@check(
    id="ecs_autoscaling_target",
    pillar="reliability",
    best_practice="REL07-BP01",
    severity="high",
    resource_type="AwsEcsService",
    title="The service can scale",
    needs=("ecs.services", "autoscaling.service_targets"),
    role="ecs_service",
    item="REL-5",
    cost="either",
    recommendation=_SCALE,
    source=f"{_GUIDE}/service-auto-scaling.html",
)
def ecs_autoscaling_target(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The service is a scalable target."""
    for service in stack.items("ecs.services"):
        found = _targets(stack, service)
        capacity = [f"{one.get('MinCapacity')} to {one.get('MaxCapacity')} tasks" for one in found]
        evidence = f"scalable targets of {scaling_id(service)}: {listed(capacity)}"
        yield verdict(bool(found), service["serviceArn"], evidence)


@check(
    id="ecs_autoscaling_policy",
    pillar="reliability",
    best_practice="REL07-BP03",
    severity="high",
    resource_type="AwsEcsService",
    title="The service scales by a target",
    needs=("ecs.services", "autoscaling.service_targets", "autoscaling.service_policies"),
    role="ecs_service",
    item="REL-5",
    cost="either",
    recommendation=_SCALE,
    source=f"{_GUIDE}/service-autoscaling-targettracking.html",
)
def ecs_autoscaling_policy(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A target-tracking policy of a service that is a scalable target."""
    for service in stack.items("ecs.services"):
        if not _targets(stack, service):
            yield not_applicable("the service is no scalable target", service["serviceArn"])
            continue
        policies = [
            one for one in stack.items("autoscaling.service_policies") if one["ResourceId"] == scaling_id(service)
        ]
        tracking = [one["PolicyName"] for one in policies if one.get("PolicyType") == "TargetTrackingScaling"]
        evidence = f"policies with the PolicyType TargetTrackingScaling: {listed(tracking)}"
        yield verdict(bool(tracking), service["serviceArn"], evidence)


@check(
    id="ecs_service_multi_az",
    pillar="reliability",
    best_practice="REL10-BP01",
    severity="high",
    resource_type="AwsEcsService",
    title="The service runs in two zones",
    needs=("ecs.services", "ec2.subnets"),
    role="ecs_service",
    cost="raises",
    recommendation="Run the ecs_service role with private subnets of two or more zones and at least two tasks.",
)
def ecs_service_multi_az(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Its subnets are in two zones and desiredCount is at least two."""
    zone_of = {one["SubnetId"]: one.get("AvailabilityZone") for one in stack.items("ec2.subnets")}
    for service in stack.items("ecs.services"):
        network = (service.get("networkConfiguration") or {}).get("awsvpcConfiguration") or {}
        zones = sorted({str(zone_of[one]) for one in network.get("subnets") or () if one in zone_of})
        count = int(service.get("desiredCount", 0))
        evidence = f"desiredCount is {count}, its subnets are in {listed(zones)}"
        yield verdict(len(zones) > 1 and count > 1, service["serviceArn"], evidence)


@check(
    id="ecs_running_matches_desired",
    pillar="reliability",
    best_practice="REL11-BP01",
    severity="high",
    resource_type="AwsEcsService",
    title="The service runs all its tasks",
    needs=("ecs.services",),
    role="ecs_service",
    recommendation="Look at the service's events and at the stoppedReason of its last tasks.",
    source=f"{_GUIDE}/service-event-messages.html",
)
def ecs_running_matches_desired(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """runningCount reaches desiredCount and the last deployment did not fail."""
    for service in stack.items("ecs.services"):
        running, desired = int(service.get("runningCount", 0)), int(service.get("desiredCount", 0))
        states = [one.get("rolloutState") for one in service.get("deployments") or ()]
        evidence = f"runningCount is {running}, desiredCount is {desired}, rolloutState is {listed(states)}"
        yield verdict(running >= desired and "FAILED" not in states, service["serviceArn"], evidence)


@check(
    id="ecs_container_health_check",
    pillar="reliability",
    best_practice="REL11-BP01",
    severity="low",
    resource_type="AwsEcsTaskDefinition",
    title="Essential containers say whether they are well",
    needs=("ecs.task_definitions",),
    role="ecs_service",
    item="REL-6",
    recommendation="Give the ecs_service role a health check for the container, a command that the image has.",
    source=f"{_GUIDE}/healthcheck.html",
)
def ecs_container_health_check(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """healthCheck of each essential container."""
    for definition in stack.items("ecs.task_definitions"):
        containers = definition.get("containerDefinitions") or ()
        without = [one["name"] for one in containers if one.get("essential", True) and not one.get("healthCheck")]
        evidence = f"essential containers without healthCheck: {listed(without)}"
        yield verdict(not without, definition["taskDefinitionArn"], evidence)


@check(
    id="ecs_container_insights",
    pillar="reliability",
    best_practice="REL06-BP02",
    severity="low",
    resource_type="AwsEcsCluster",
    title="Container Insights is on",
    needs=("ecs.clusters",),
    role="ecs_service",
    item="OPS-3",
    cost="raises",
    recommendation="Run the ecs_service role: it sets containerInsights on the cluster.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-12",
)
def ecs_container_insights(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The setting containerInsights is enabled or enhanced."""
    for cluster in stack.items("ecs.clusters"):
        settings = {one["name"]: one["value"] for one in cluster.get("settings") or ()}
        seen = settings.get("containerInsights")
        yield verdict(seen in {"enabled", "enhanced"}, cluster["clusterArn"], fact("containerInsights", seen))


def scaling_id(service: Item) -> str:
    """The service's ResourceId in Application Auto Scaling."""
    cluster = str(service["clusterArn"]).rsplit("/", 1)[-1]
    return f"service/{cluster}/{service['serviceName']}"


def _targets(stack: Stack, service: Item) -> list[Item]:
    return [one for one in stack.items("autoscaling.service_targets") if one["ResourceId"] == scaling_id(service)]
