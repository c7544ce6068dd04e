# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ECS: size of the tasks, Spot, commitment, tags of the tasks."""

from __future__ import annotations

from collections.abc import Iterator

from ...cost import spot_share
from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, failed, not_applicable, passed
from ..common import fact, verdict
from ..sizing import fargate_usd, fitting, service_use

_GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide"


@check(
    id="ecs_oversized",
    pillar="cost_optimization",
    best_practice="COST06-BP02",
    severity="high",
    resource_type="AwsEcsService",
    title="The service's use justifies the size of its tasks",
    needs=("ecs.services", "ecs.task_definitions", "cloudwatch.statistics"),
    role="ecs_service",
    item="COST-3",
    cost="lowers",
    recommendation="Give the ecs_service role a smaller CPU and memory for the tasks; it replaces them one after"
    " the other.",
    source=f"{_GUIDE}/fargate-tasks-services.html",
)
def ecs_oversized(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The 14-day peaks of CPU and of memory are both below their low thresholds."""
    definitions = {one["taskDefinitionArn"]: one for one in stack.items("ecs.task_definitions")}
    for service in stack.items("ecs.services"):
        definition = definitions.get(service["taskDefinition"])
        if definition and definition.get("cpu") and definition.get("memory"):
            yield _sized(stack, parameters, service, definition)
        else:
            yield not_applicable("the task definition sets no cpu and memory", service["serviceArn"])


@check(
    id="fargate_spot_used",
    pillar="cost_optimization",
    best_practice="COST07-BP04",
    severity="info",
    resource_type="AwsEcsService",
    title="Services that may be interrupted run on Fargate Spot",
    needs=("ecs.services",),
    role="ecs_service",
    item="COST-5",
    cost="lowers",
    recommendation="Give the ecs_service role a capacity provider strategy with a base on FARGATE and a weight on"
    " FARGATE_SPOT, for what bears a two-minute notice.",
    source=f"{_GUIDE}/fargate-capacity-providers.html",
)
def fargate_spot_used(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """FARGATE_SPOT in a capacity provider strategy; a service with none may have its reasons."""
    for service in stack.items("ecs.services"):
        strategy = service.get("capacityProviderStrategy") or ()
        share = spot_share(strategy, int(service.get("desiredCount", 0)))
        names = [one.get("capacityProvider") for one in strategy]
        if "FARGATE_SPOT" in names:
            yield passed(service["serviceArn"], f"FARGATE_SPOT runs {100 * share:.0f} % of the tasks")
        elif strategy:
            yield failed(service["serviceArn"], f"capacityProviderStrategy names {', '.join(map(str, names))} alone")
        else:
            launch = fact("launchType", service.get("launchType"))
            yield not_applicable(f"{launch}: no capacity provider is in use", service["serviceArn"])


@check(
    id="savings_plan_coverage",
    pillar="cost_optimization",
    best_practice="COST07-BP04",
    severity="medium",
    resource_type="AwsSavingsPlan",
    title="Fargate's steady use is covered by a Savings Plan",
    needs=("ecs.services", "costexplorer.savings_plans_coverage"),
    role="governance",
    item="COST-4",
    cost="lowers",
    recommendation="Right-size first, then commit to what runs all year with a Compute Savings Plan. The governance"
    " role reports what to buy and never buys.",
    source="https://docs.aws.amazon.com/savingsplans/latest/userguide/what-is-savings-plans.html",
)
def savings_plan_coverage(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The account's coverage of the last 30 days."""
    if not stack.items("ecs.services"):
        return
    periods = [one.get("Coverage") or {} for one in stack.items("costexplorer.savings_plans_coverage")]
    total = sum(float(one.get("TotalCost") or 0) for one in periods)
    if not total:
        yield not_applicable("Cost Explorer has no spend of the last 30 days to cover", stack.account_id)
        return
    covered = 100 * sum(float(one.get("SpendCoveredBySavingsPlans") or 0) for one in periods) / total
    wanted = parameters.savings_coverage_percent
    evidence = f"SpendCoveredBySavingsPlans is {covered:.0f} % of TotalCost ({total:.2f} USD), wanted are {wanted} %"
    yield verdict(covered >= wanted, stack.account_id, evidence)


@check(
    id="ecs_propagate_tags",
    pillar="cost_optimization",
    best_practice="COST03-BP02",
    severity="low",
    resource_type="AwsEcsService",
    title="Tasks carry the tags of their service",
    needs=("ecs.services",),
    role="ecs_service",
    item="COST-8",
    recommendation="Run the ecs_service role: it sets propagateTags to SERVICE; Fargate bills tasks, not services.",
    source=f"{_GUIDE}/ecs-using-tags.html",
)
def ecs_propagate_tags(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """propagateTags is SERVICE or TASK_DEFINITION."""
    for service in stack.items("ecs.services"):
        seen = service.get("propagateTags")
        yield verdict(seen in {"SERVICE", "TASK_DEFINITION"}, service["serviceArn"], fact("propagateTags", seen))


def _sized(stack: Stack, parameters: Parameters, service: Item, definition: Item) -> Result:
    arn, statistics = service["serviceArn"], stack.items("cloudwatch.statistics")
    cpu = service_use(statistics, service, "CPUUtilization").peak
    memory = service_use(statistics, service, "MemoryUtilization").peak
    if cpu is None or memory is None:
        return not_applicable("CloudWatch has no CPUUtilization and MemoryUtilization of the last 14 days", arn)
    units, mib = int(definition["cpu"]), int(definition["memory"])
    evidence = f"cpu {units}, memory {mib}: CPUUtilization peaks at {cpu:.0f} %, MemoryUtilization at {memory:.0f} %"
    # The size at which the peaks would lie in the middle of the band.
    middle_cpu = (parameters.cpu_low_percent + parameters.cpu_high_percent) / 2
    middle_memory = (parameters.memory_low_percent + parameters.memory_high_percent) / 2
    fits = fitting(units * cpu / middle_cpu, mib * memory / middle_memory)
    smaller = fits[0] <= units and fits[1] <= mib and fits != (units, mib)
    if cpu >= parameters.cpu_low_percent or memory >= parameters.memory_low_percent or not smaller:
        return passed(arn, evidence)
    before, after = (fargate_usd(service, definition, *size) for size in ((units, mib), fits))
    saved = None if before is None or after is None else round(after - before, 2)
    return failed(arn, f"{evidence}; cpu {fits[0]} with memory {fits[1]} would do", monthly_usd=saved)
