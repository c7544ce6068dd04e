# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The load balancer: zones, deletion protection, health checks, healthy targets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, not_applicable, value
from ..common import fact, listed, verdict

_GUIDE = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application"
_LONGEST_INTERVAL = 30  # seconds; AWS's own default


@check(
    id="alb_multi_az",
    pillar="reliability",
    best_practice="REL10-BP01",
    severity="high",
    resource_type="AwsElbv2LoadBalancer",
    title="The load balancer is in two zones",
    needs=("elbv2.load_balancers",),
    role="ecs_service",
    recommendation="Run the ecs_service role with public subnets in two or more zones.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-13",
)
def alb_multi_az(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """AvailabilityZones."""
    for balancer in stack.items("elbv2.load_balancers"):
        zones = sorted(one["ZoneName"] for one in balancer.get("AvailabilityZones") or ())
        yield verdict(len(zones) > 1, balancer["LoadBalancerArn"], f"AvailabilityZones are {listed(zones)}")


@check(
    id="alb_deletion_protection",
    pillar="reliability",
    best_practice="REL11-BP07",
    severity="medium",
    resource_type="AwsElbv2LoadBalancer",
    title="The load balancer cannot be deleted by mistake",
    needs=("elbv2.load_balancers",),
    role="ecs_service",
    recommendation="Run the ecs_service role: it sets deletion_protection.enabled.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-6",
)
def alb_deletion_protection(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The attribute deletion_protection.enabled."""

    def judge(balancer: Item) -> Result:
        attributes = value(balancer, "Attributes", "describe_load_balancer_attributes") or {}
        enabled = attributes.get("deletion_protection.enabled")
        return verdict(enabled == "true", balancer["LoadBalancerArn"], fact("deletion_protection.enabled", enabled))

    yield from each(stack.items("elbv2.load_balancers"), "LoadBalancerArn", judge)


@check(
    id="alb_health_check_sound",
    pillar="reliability",
    best_practice="REL11-BP01",
    severity="medium",
    resource_type="AwsElbv2TargetGroup",
    title="The health check asks the application itself",
    needs=("elbv2.target_groups",),
    role="ecs_service",
    item="REL-6",
    recommendation="Give the application a health endpoint and the ecs_service role its path: the check asks that and"
    " takes 200 alone for healthy.",
    source=f"{_GUIDE}/target-group-health-checks.html",
)
def alb_health_check_sound(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A path of its own (not /), no code beyond 299, at least every 30 seconds."""
    for group in stack.items("elbv2.target_groups"):
        arn, path = group["TargetGroupArn"], group.get("HealthCheckPath")
        if group.get("HealthCheckProtocol") not in {"HTTP", "HTTPS"} or group.get("TargetType") == "lambda":
            protocol = group.get("HealthCheckProtocol")
            yield not_applicable(f"HealthCheckProtocol is {protocol}, TargetType is {group.get('TargetType')}", arn)
            continue
        matcher, interval = group.get("Matcher") or {}, int(group.get("HealthCheckIntervalSeconds") or 0)
        codes = str(matcher.get("HttpCode") or matcher.get("GrpcCode") or "")
        narrow = "HttpCode" not in matcher or max(map(int, re.findall(r"\d+", codes)), default=999) < 300
        good = path not in {"/", "", None} and narrow and interval <= _LONGEST_INTERVAL
        evidence = f"HealthCheckPath is {path}, Matcher is {codes}, HealthCheckIntervalSeconds is {interval}"
        yield verdict(good, arn, evidence)


@check(
    id="alb_targets_healthy",
    pillar="reliability",
    best_practice="REL11-BP01",
    severity="high",
    resource_type="AwsElbv2TargetGroup",
    title="All targets are healthy",
    needs=("elbv2.target_groups",),
    role="ecs_service",
    item="OPS-1",
    recommendation="Look at the Reason of each target and at the log of its task: the service cannot serve with it.",
    source=f"{_GUIDE}/target-group-health-checks.html",
)
def alb_targets_healthy(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """State of the targets; initial and draining ones come and go with every deployment."""

    def judge(group: Item) -> Result:
        arn = group["TargetGroupArn"]
        found = [one.get("TargetHealth") or {} for one in value(group, "TargetHealth", "describe_target_health") or ()]
        states = [one.get("State") for one in found if one.get("State") not in {"unused", "draining"}]
        if not states:
            return not_applicable("no target is registered and in use", arn)
        sick = [f"{one.get('State')} ({one.get('Reason')})" for one in found if one.get("State") in _SICK]
        return verdict(not sick, arn, f"{len(states)} targets, of them not healthy: {listed(sick)}")

    yield from each(stack.items("elbv2.target_groups"), "TargetGroupArn", judge)


_SICK = frozenset({"unhealthy", "unhealthy.draining", "unavailable"})
