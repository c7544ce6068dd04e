# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudWatch's alarms: each tier is watched, and somebody hears of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, value
from ..alarms import watched
from ..common import ec2_arn, fact, listed, verdict, workload

_GUIDE = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring"
_BALANCER = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html"
_ECS = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide"
_AURORA = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html"
_RUN = "Run the observability role: it makes this alarm and the topic that it notifies."
_TASK_METRICS = frozenset({"RunningTaskCount", "PendingTaskCount", "TaskCount"})
_TASK_EVENTS = frozenset({"ECS Task State Change", "ECS Service Action", "ECS Deployment State Change"})
_ALARM = re.compile(r"""ALARM\(\s*["']?([^"')]+?)["']?\s*\)""")

# An alarm that the role makes.
_alarm_check = partial(
    check,
    pillar="operational_excellence",
    best_practice="OPS08-BP04",
    resource_type="AwsCloudWatchAlarm",
    role="observability",
    item="OPS-1",
    cost="raises",
)


@_alarm_check(
    id="alarm_alb_unhealthy_targets",
    severity="high",
    title="An alarm watches the targets' health",
    needs=("elbv2.target_groups", "cloudwatch.alarms"),
    recommendation=_RUN,
    source=_BALANCER,
)
def alarm_alb_unhealthy_targets(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """HealthyHostCount or UnHealthyHostCount of each target group behind a load balancer."""
    for group in stack.items("elbv2.target_groups"):
        if group.get("LoadBalancerArns"):
            arn = group["TargetGroupArn"]
            wanted = {"TargetGroup": arn.rsplit(":", 1)[-1]}
            yield watched(arn, stack.items("cloudwatch.alarms"), {"HealthyHostCount", "UnHealthyHostCount"}, wanted)


@_alarm_check(
    id="alarm_alb_5xx",
    severity="high",
    title="An alarm watches the load balancer's errors",
    needs=("elbv2.load_balancers", "cloudwatch.alarms"),
    recommendation=_RUN,
    source=_BALANCER,
)
def alarm_alb_5xx(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """HTTPCode_ELB_5XX_Count or HTTPCode_Target_5XX_Count."""
    yield from _balancers(stack, {"HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count"})


@_alarm_check(
    id="alarm_alb_latency",
    severity="medium",
    title="An alarm watches how long answers take",
    needs=("elbv2.load_balancers", "cloudwatch.alarms"),
    recommendation=_RUN,
    source=_BALANCER,
)
def alarm_alb_latency(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """TargetResponseTime."""
    yield from _balancers(stack, {"TargetResponseTime"})


@_alarm_check(
    id="alarm_ecs_cpu",
    severity="high",
    title="An alarm watches the service's CPU",
    needs=("ecs.services", "cloudwatch.alarms"),
    recommendation=_RUN,
    source=f"{_ECS}/cloudwatch-metrics.html",
)
def alarm_ecs_cpu(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """CPUUtilization of each service."""
    yield from _services(stack, {"CPUUtilization"})


@_alarm_check(
    id="alarm_ecs_memory",
    severity="high",
    title="An alarm watches the service's memory",
    needs=("ecs.services", "cloudwatch.alarms"),
    recommendation=_RUN,
    source=f"{_ECS}/cloudwatch-metrics.html",
)
def alarm_ecs_memory(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """MemoryUtilization of each service."""
    yield from _services(stack, {"MemoryUtilization"})


@_alarm_check(
    id="alarm_ecs_task_failures",
    severity="high",
    title="Failing tasks are noticed",
    needs=("ecs.services", "cloudwatch.alarms", "events.rules"),
    recommendation="Run the observability role: it makes the rule for ECS's events and the alarm on missing tasks.",
    source=f"{_ECS}/ecs_cwe_events.html",
)
def alarm_ecs_task_failures(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """An alarm on the number of tasks (Container Insights), or an enabled rule for ECS's events with a target."""

    def judge(service: Item) -> Result:
        arn = service["serviceArn"]
        alarm = watched(arn, stack.items("cloudwatch.alarms"), _TASK_METRICS, _dimensions(service))
        rules = [one["Name"] for one in stack.items("events.rules") if _notices(one, service)]
        evidence = f"{alarm.evidence}; rules for ECS's events with targets: {listed(rules)}"
        return verdict(alarm.status == "PASS" or bool(rules), arn, evidence)

    yield from each(stack.items("ecs.services"), "serviceArn", judge)


@_alarm_check(
    id="alarm_aurora_cpu",
    severity="high",
    title="An alarm watches Aurora's CPU",
    needs=("rds.db_instances", "cloudwatch.alarms"),
    recommendation=_RUN,
    source=_AURORA,
)
def alarm_aurora_cpu(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """CPUUtilization of each instance or of its cluster."""
    yield from _instances(stack, {"CPUUtilization"})


@_alarm_check(
    id="alarm_aurora_connections",
    severity="high",
    title="An alarm watches Aurora's connections",
    needs=("rds.db_instances", "cloudwatch.alarms"),
    recommendation=_RUN,
    source=_AURORA,
)
def alarm_aurora_connections(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """DatabaseConnections of each instance or of its cluster."""
    yield from _instances(stack, {"DatabaseConnections"})


@_alarm_check(
    id="alarm_nat_errors",
    severity="medium",
    title="An alarm watches the NAT gateways' errors",
    needs=("ec2.nat_gateways", "cloudwatch.alarms"),
    recommendation=_RUN,
    source="https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html",
)
def alarm_nat_errors(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """ErrorPortAllocation or PacketsDropCount of each gateway."""
    for gateway in stack.items("ec2.nat_gateways"):
        name = gateway["NatGatewayId"]
        arn, metrics = ec2_arn(stack, "natgateway", name), {"ErrorPortAllocation", "PacketsDropCount"}
        yield watched(arn, stack.items("cloudwatch.alarms"), metrics, {"NatGatewayId": name})


@check(
    id="alarms_have_actions",
    pillar="operational_excellence",
    best_practice="OPS08-BP04",
    severity="high",
    resource_type="AwsCloudWatchAlarm",
    title="Somebody hears of every alarm",
    needs=("cloudwatch.alarms",),
    role="observability",
    item="OPS-1",
    recommendation="Run the observability role: its alarms notify a topic; subscribe to that whoever is on call.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-15",
)
def alarms_have_actions(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """AlarmActions, enabled; an alarm that a composite alarm with actions speaks for needs none."""
    alarms = [one for one in stack.items("cloudwatch.alarms") if one["AlarmName"].startswith(workload(stack))]
    spoken_for = {name for one in alarms if _acts(one) for name in _ALARM.findall(str(one.get("AlarmRule") or ""))}
    for alarm in alarms:
        composite = alarm["AlarmName"] in spoken_for or alarm["AlarmArn"] in spoken_for
        actions = len(alarm.get("AlarmActions") or ())
        evidence = f"{fact('ActionsEnabled', bool(alarm.get('ActionsEnabled')))}, {actions} AlarmActions"
        evidence += ", in a composite alarm with actions" if composite else ""
        yield verdict(_acts(alarm) or composite, alarm["AlarmArn"], evidence)


def _acts(alarm: Item) -> bool:
    return bool(alarm.get("ActionsEnabled") and alarm.get("AlarmActions"))


def _balancers(stack: Stack, metrics: set[str]) -> Iterator[Result]:
    for balancer in stack.items("elbv2.load_balancers"):
        arn = balancer["LoadBalancerArn"]
        wanted = {"LoadBalancer": arn.split("loadbalancer/", 1)[-1]}
        yield watched(arn, stack.items("cloudwatch.alarms"), metrics, wanted)


def _dimensions(service: Item) -> dict[str, str]:
    return {"ClusterName": service["clusterArn"].rsplit("/", 1)[-1], "ServiceName": service["serviceName"]}


def _services(stack: Stack, metrics: set[str]) -> Iterator[Result]:
    for service in stack.items("ecs.services"):
        yield watched(service["serviceArn"], stack.items("cloudwatch.alarms"), metrics, _dimensions(service))


def _instances(stack: Stack, metrics: set[str]) -> Iterator[Result]:
    for instance in stack.items("rds.db_instances"):
        own = {"DBInstanceIdentifier": instance["DBInstanceIdentifier"]}
        cluster = {"DBClusterIdentifier": str(instance.get("DBClusterIdentifier"))}
        yield watched(instance["DBInstanceArn"], stack.items("cloudwatch.alarms"), metrics, own, cluster)


def _notices(rule: Item, service: Item) -> bool:
    """An enabled rule for ECS's task, service or deployment events of this cluster, with a target."""
    pattern = rule.get("EventPattern") or {}
    kinds, clusters = pattern.get("detail-type"), (pattern.get("detail") or {}).get("clusterArn")
    if rule.get("State") == "DISABLED" or "aws.ecs" not in (pattern.get("source") or ()):
        return False
    here = not clusters or service["clusterArn"] in clusters
    fits = not kinds or bool(_TASK_EVENTS.intersection(kinds))
    return here and fits and bool(value(rule, "Targets", "list_targets_by_rule"))
