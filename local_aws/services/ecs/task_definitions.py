# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Task definitions: the sizes and settings that Fargate has, and what ECS fills in.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
"""

from __future__ import annotations

import re
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.ecs import aws
from local_aws.services.ecs.common import client_error, invalid

_GB = 1024
# CPU units -> memory in MiB.
FARGATE_SIZES: dict[int, tuple[int, ...]] = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4097, 1024)),
    1024: tuple(range(2048, 8193, 1024)),
    2048: tuple(range(4096, 16385, 1024)),
    4096: tuple(range(8192, 30721, 1024)),
    8192: tuple(range(16 * _GB, 60 * _GB + 1, 4 * _GB)),
    16384: tuple(range(32 * _GB, 120 * _GB + 1, 8 * _GB)),
}
_UNITS = re.compile(r"\s*([0-9.]+)\s*(vcpu|gb)\s*", re.IGNORECASE)
_LOG_DRIVERS = ("awslogs", "splunk", "awsfirelens")
# What moto does not keep; beside its own fields.
_KEPT = ("enableFaultInjection",)


def _units(value: str) -> str:
    """1 vCPU and 2 GB are converted to integers."""
    found = _UNITS.fullmatch(value)
    return str(int(float(found.group(1)) * 1024)) if found else value


@aws.before("RegisterTaskDefinition")
def register_rule(call: Any) -> None:
    params = call.params
    for name in ("cpu", "memory"):
        if params.get(name) and params[name] != _units(params[name]):
            call.change(**{name: _units(params[name])})
    if "FARGATE" in (params.get("requiresCompatibilities") or ()):
        _fargate_rule(params)
    names = [container.get("name") for container in params["containerDefinitions"]]
    if len(set(names)) < len(names):
        raise client_error("Container names must be unique within a task definition.")
    for container in params["containerDefinitions"]:
        for needed in container.get("dependsOn") or ():
            if needed["containerName"] not in names:
                raise client_error(f"Container dependency {needed['containerName']} is not in the task definition.")
        for point in container.get("mountPoints") or ():
            if point.get("sourceVolume") not in {volume.get("name") for volume in params.get("volumes") or ()}:
                raise client_error(f"Unknown volume '{point.get('sourceVolume')}'.")
    for name in ("executionRoleArn", "taskRoleArn"):
        _role_rule(call, params.get(name))


def _fargate_rule(params: dict[str, Any]) -> None:
    if params.get("networkMode") != "awsvpc":
        raise client_error("Fargate only supports network mode 'awsvpc'.")
    if not params.get("cpu") or not params.get("memory"):
        raise client_error("Fargate requires that 'cpu' and 'memory' be defined at the task level.")
    if int(params["memory"]) not in FARGATE_SIZES.get(int(params["cpu"]), ()):
        raise client_error("No Fargate configuration exists for given values.")
    for container in params["containerDefinitions"]:
        logs = container.get("logConfiguration") or {}
        if logs and logs["logDriver"] not in _LOG_DRIVERS:
            raise client_error(f"Log driver {logs['logDriver']} is not supported on Fargate.")
        if logs.get("logDriver") == "awslogs" and not (logs.get("options") or {}).get("awslogs-stream-prefix"):
            raise client_error("Log driver awslogs requires options: awslogs-stream-prefix")
        if not params.get("executionRoleArn") and (container.get("secrets") or logs):
            raise client_error(
                "Fargate requires task definition to have execution role ARN to support log driver awslogs."
            )
        if container.get("privileged"):
            raise client_error("Fargate does not support privileged containers.")
        if (container.get("memory") or 0) > int(params["memory"]):
            raise invalid("The memory of a container cannot be more than that of its task.")


def _role_rule(call: Any, arn: str | None) -> None:
    if arn is None:
        return
    try:
        role = call.ask("iam", "GetRole", RoleName=arn.rpartition("/")[2])["Role"]
    except Refusal as refused:
        raise client_error("Role is not valid") from refused
    if role["Arn"] != arn:
        raise client_error("Role is not valid")


@aws.after("RegisterTaskDefinition", "DescribeTaskDefinition", "DeregisterTaskDefinition")
def filled(call: Any, answer: dict[str, Any]) -> None:
    """Lists come back empty where nothing was sent, ports with their defaults."""
    definition = answer["taskDefinition"]
    kept = call.state("task_definitions")
    if call.operation == "RegisterTaskDefinition":
        kept[definition["taskDefinitionArn"]] = {name: call.params[name] for name in _KEPT if name in call.params}
    definition.update(kept.get(definition["taskDefinitionArn"], {}))
    if definition.get("requiresCompatibilities") == ["FARGATE"]:
        definition["compatibilities"] = ["EC2", "FARGATE"]
    for container in definition["containerDefinitions"]:
        container.setdefault("cpu", 0)
        container.setdefault("essential", True)
        for member in ("environment", "mountPoints", "portMappings", "systemControls", "volumesFrom"):
            container[member] = container.get(member) or []
        for mapping in container["portMappings"]:
            mapping.setdefault("protocol", "tcp")
            if definition.get("networkMode") == "awsvpc":
                mapping.setdefault("hostPort", mapping["containerPort"])
