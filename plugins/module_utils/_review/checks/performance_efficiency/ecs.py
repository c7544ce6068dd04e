# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ECS: size and use of the tasks, scaling targets, application monitoring."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, failed, not_applicable, passed
from ..common import listed, verdict, workload
from ..sizing import fargate_pair, service_use

_GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide"
_MONITORING = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring"
_PERCENT = frozenset({"ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization"})


@check(
    id="ecs_task_size_sound",
    pillar="performance_efficiency",
    best_practice="PERF02-BP04",
    severity="high",
    resource_type="AwsEcsTaskDefinition",
    title="Tasks have a size that exists, and their containers may use it",
    needs=("ecs.task_definitions",),
    role="ecs_service",
    item="PERF-1",
    cost="lowers",
    recommendation="Run the ecs_service role with a CPU and memory for the task that belong together, 512 with 1024 or"
    " 1024 with 2048, and raise or leave out the containers' own limits.",
    source=f"{_GUIDE}/fargate-tasks-services.html",
)
def ecs_task_size_sound(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """cpu and memory are a pair that Fargate has, and the containers' hard limits let its use reach the band.

    Where every container has a limit and together they stay below memory_low_percent, the rest is paid for nothing.
    """
    for definition in stack.items("ecs.task_definitions"):
        arn = definition["taskDefinitionArn"]
        if not (definition.get("cpu") and definition.get("memory")):
            yield not_applicable("the task definition sets no cpu and memory", arn)
            continue
        cpu, memory = int(definition["cpu"]), int(definition["memory"])
        limits = [one.get("memory") for one in definition.get("containerDefinitions") or ()]
        known = [limit for limit in limits if limit]
        reached = len(known) < len(limits) or 100 * sum(known) >= parameters.memory_low_percent * memory
        fargate = "FARGATE" in (definition.get("requiresCompatibilities") or ())
        exists = not fargate or fargate_pair(cpu, memory)
        evidence = f"cpu {cpu}, memory {memory}, the containers' memory limits are {listed(known)}"
        yield verdict(exists and reached, arn, evidence if exists else f"{evidence}; Fargate has no such pair")


@check(
    id="ecs_task_utilization",
    pillar="performance_efficiency",
    best_practice="PERF02-BP04",
    severity="medium",
    resource_type="AwsEcsService",
    title="The service's use lies in the band",
    needs=("ecs.services", "cloudwatch.statistics"),
    role="ecs_service",
    item="PERF-1",
    cost="either",
    recommendation="Run the ecs_service role with a task size that brings the peaks into the band; too high wants more"
    " tasks or bigger ones, too low smaller ones.",
    source=f"{_GUIDE}/cloudwatch-metrics.html",
)
def ecs_task_utilization(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The 14-day peaks of CPU and memory are between their low and high thresholds."""
    bands = (
        ("CPUUtilization", parameters.cpu_low_percent, parameters.cpu_high_percent),
        ("MemoryUtilization", parameters.memory_low_percent, parameters.memory_high_percent),
    )
    statistics = stack.items("cloudwatch.statistics") if stack.items("ecs.services") else ()
    for service in stack.items("ecs.services"):
        arn = service["serviceArn"]
        peaks = [(name, service_use(statistics, service, name).peak, low, high) for name, low, high in bands]
        if any(peak is None for _name, peak, _low, _high in peaks):
            yield not_applicable("CloudWatch has no CPUUtilization and MemoryUtilization of the last 14 days", arn)
            continue
        evidence = ", ".join(f"{name} peaks at {peak:.0f} % (band {low} to {high})" for name, peak, low, high in peaks)
        good = all(low <= (peak or 0) <= high for _name, peak, low, high in peaks)
        yield verdict(good, arn, evidence)


@check(
    id="ecs_scaling_target_sane",
    pillar="performance_efficiency",
    best_practice="PERF02-BP05",
    severity="low",
    resource_type="AwsEcsService",
    title="Scaling aims at a sensible use and has room",
    needs=("autoscaling.service_policies", "autoscaling.service_targets"),
    role="ecs_service",
    item="REL-5",
    cost="either",
    recommendation="Run the ecs_service role with 4 to 10 tasks and a target of 70 % CPU.",
    source=f"{_GUIDE}/service-autoscaling-targettracking.html",
)
def ecs_scaling_target_sane(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """TargetValue of policies that track a percentage, in the band; MaxCapacity above MinCapacity."""
    targets = {one["ResourceId"]: one for one in stack.items("autoscaling.service_targets")}
    low, high = parameters.scaling_target_low_percent, parameters.scaling_target_high_percent
    judged: list[Result] = []
    for policy in stack.items("autoscaling.service_policies"):
        tracking = policy.get("TargetTrackingScalingPolicyConfiguration") or {}
        metric = (tracking.get("PredefinedMetricSpecification") or {}).get("PredefinedMetricType")
        if metric not in _PERCENT:
            continue
        target, aim = targets.get(policy["ResourceId"], {}), float(tracking.get("TargetValue") or 0)
        least, most = target.get("MinCapacity", 0), target.get("MaxCapacity", 0)
        evidence = f"TargetValue of {metric} is {aim:g} (band {low} to {high}), capacity is {least} to {most}"
        judged.append(verdict(low <= aim <= high and most > least, policy["PolicyARN"], evidence))
    yield from judged or [not_applicable("no scaling policy of the service tracks a percentage")]


@check(
    id="application_signals_enabled",
    pillar="performance_efficiency",
    best_practice="PERF05-BP02",
    severity="low",
    resource_type="AwsEcsService",
    title="Application Signals watches the service",
    needs=("ecs.services", "applicationsignals.services"),
    role="observability",
    item="PERF-6",
    cost="raises",
    recommendation="Run the observability role, which starts Application Signals' discovery, then the ecs_service role"
    " with its CloudWatch agent sidecar.",
    source=f"{_MONITORING}/CloudWatch-Application-Signals-ECS-Sidecar.html",
)
def application_signals_enabled(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A service of Application Signals has the name of the service or the workload, or the cluster's environment."""
    if not stack.items("ecs.services"):
        return
    known = [one.get("KeyAttributes") or {} for one in stack.items("applicationsignals.services")]
    for service in stack.items("ecs.services"):
        found = [one.get("Name") for one in known if _is_of(stack, one, service)]
        evidence = f"services of Application Signals that belong to it: {listed(found)}"
        yield verdict(bool(found), service["serviceArn"], evidence)


@check(
    id="custom_metrics_present",
    pillar="performance_efficiency",
    best_practice="PERF05-BP01",
    severity="low",
    resource_type="AwsCloudWatchMetric",
    title="The workload publishes metrics of its own",
    needs=("cloudwatch.custom_metrics",),
    item="PERF-6",
    role="observability",
    cost="raises",
    recommendation="Publish what the business counts (orders, sign-ins, errors) in a namespace named after the project,"
    " as embedded metric format in the log; the observability role makes metrics of log lines.",
    source=f"{_MONITORING}/publishingMetrics.html",
)
def custom_metrics_present(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """CloudWatch has metrics in a namespace that is named after the workload."""
    names = sorted({f"{one['Namespace']} {one['MetricName']}" for one in stack.items("cloudwatch.custom_metrics")})
    if names:
        yield passed(workload(stack), f"{len(names)} metrics, such as {names[0]}")
    else:
        yield failed(workload(stack), f"no metric in a namespace named {stack.project} or {workload(stack)}")


def _is_of(stack: Stack, attributes: Item, service: Item) -> bool:
    name, place = str(attributes.get("Name", "")), str(attributes.get("Environment", ""))
    cluster = str(service["clusterArn"]).rsplit("/", 1)[-1]
    return (
        name == service["serviceName"]
        or name == workload(stack)
        or name.startswith(f"{workload(stack)}-")
        or place.removeprefix("ecs:").split("/")[0] == cluster
    )
