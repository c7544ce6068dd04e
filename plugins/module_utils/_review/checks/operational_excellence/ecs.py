# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ECS: logs, traces, deployments that are safe and taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, not_applicable
from ..common import fact, listed, verdict

_GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide"
_COLLECTOR = re.compile(r"xray|x-ray|otel|opentelemetry|adot|cloudwatch-agent", re.IGNORECASE)
_TRACING_VARIABLE = re.compile(r"^(OTEL_EXPORTER_OTLP|OTEL_TRACES_EXPORTER|AWS_XRAY_)")
_SAFE = frozenset({"BLUE_GREEN", "CANARY", "LINEAR"})


@check(
    id="ecs_logs_configured",
    pillar="operational_excellence",
    best_practice="OPS04-BP02",
    severity="high",
    resource_type="AwsEcsTaskDefinition",
    title="Every container's output is logged",
    needs=("ecs.task_definitions",),
    role="ecs_service",
    item="OPS-7",
    cost="raises",
    recommendation="Run the ecs_service role: it gives every container a log configuration.",
    source=f"{_GUIDE}/using_awslogs.html",
)
def ecs_logs_configured(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """logConfiguration.logDriver of each container."""
    for definition in stack.items("ecs.task_definitions"):
        containers = definition.get("containerDefinitions") or ()
        silent = [one["name"] for one in containers if not (one.get("logConfiguration") or {}).get("logDriver")]
        evidence = f"containers without logConfiguration: {listed(silent)}"
        yield verdict(not silent, definition["taskDefinitionArn"], evidence)


@check(
    id="xray_tracing_enabled",
    pillar="operational_excellence",
    best_practice="OPS04-BP05",
    severity="medium",
    resource_type="AwsEcsTaskDefinition",
    title="Requests are traced",
    needs=("ecs.task_definitions", "xray.service_graph"),
    role="ecs_service",
    item="OPS-3",
    cost="raises",
    recommendation="Run the observability role and then the ecs_service role: it adds the CloudWatch agent as sidecar,"
    " which passes the traces of OpenTelemetry on to X-Ray.",
    source="https://docs.aws.amazon.com/xray/latest/devguide/xray-services-adot.html",
)
def xray_tracing_enabled(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The task has a collector or variables that name one, and traces of the last six hours arrived."""
    for definition in stack.items("ecs.task_definitions"):
        containers = definition.get("containerDefinitions") or ()
        sources = [one["name"] for one in containers if _COLLECTOR.search(str(one.get("image", "")))]
        sources += [name for one in containers for name in _variables(one) if _TRACING_VARIABLE.match(name)]
        services = [str(one.get("Name")) for one in stack.items("xray.service_graph")] if sources else []
        evidence = f"collectors and their variables: {listed(sources)}"
        if sources:
            evidence += f"; services in X-Ray's graph of the last six hours: {listed(services[:5])}"
        yield verdict(bool(sources and services), definition["taskDefinitionArn"], evidence)


@check(
    id="ecs_safe_deployment",
    pillar="operational_excellence",
    best_practice="OPS06-BP03",
    severity="medium",
    resource_type="AwsEcsService",
    title="A new version meets few users first, or none",
    needs=("ecs.services",),
    role="ecs_service",
    item="OPS-5",
    cost="raises",
    recommendation="Run the ecs_service role with the strategy BLUE_GREEN, CANARY or LINEAR; it makes the second target"
    " group and the role that ECS needs. While a deployment runs, both versions are paid for.",
    source=f"{_GUIDE}/deployment-type-blue-green.html",
)
def ecs_safe_deployment(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """deploymentConfiguration.strategy, or CodeDeploy as the controller."""
    for service in stack.items("ecs.services"):
        strategy = (service.get("deploymentConfiguration") or {}).get("strategy") or "ROLLING"
        controller = _controller(service)
        good = strategy in _SAFE or controller == "CODE_DEPLOY"
        evidence = f"{fact('deploymentController', controller)}, {fact('strategy', strategy)}"
        yield verdict(good, service["serviceArn"], evidence)


@check(
    id="ecs_deployment_rollback",
    pillar="operational_excellence",
    best_practice="OPS06-BP04",
    severity="medium",
    resource_type="AwsEcsService",
    title="A deployment that fails is taken back",
    needs=("ecs.services",),
    role="ecs_service",
    item="REL-6",
    recommendation="Run the ecs_service role: it sets the circuit breaker of rolling deployments and the rollback"
    " by alarms.",
    source=f"{_GUIDE}/deployment-circuit-breaker.html",
)
def ecs_deployment_rollback(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The circuit breaker, or alarms, with rollback."""
    for service in stack.items("ecs.services"):
        if _controller(service) != "ECS":
            controller = fact("deploymentController", _controller(service))
            yield not_applicable(f"{controller}, which decides by itself", service["serviceArn"])
            continue
        configuration = service.get("deploymentConfiguration") or {}
        ways = {name: configuration.get(name) or {} for name in ("deploymentCircuitBreaker", "alarms")}
        on = [name for name, way in ways.items() if way.get("enable") and way.get("rollback")]
        yield verdict(bool(on), service["serviceArn"], f"enabled with rollback: {listed(on)}")


def _controller(service: Item) -> str:
    return str((service.get("deploymentController") or {}).get("type") or "ECS")


def _variables(container: Item) -> list[str]:
    return [str(one.get("name")) for one in container.get("environment") or ()]
