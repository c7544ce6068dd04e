# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Containers of a task definition: from the module's options to AWS's shape, and to one form that compares.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

# Option -> member, where the value is the same.
_SIMPLE = {
    "cpu": "cpu",
    "memory": "memory",
    "memory_reservation": "memoryReservation",
    "command": "command",
    "entry_point": "entryPoint",
    "user": "user",
    "readonly_root_filesystem": "readonlyRootFilesystem",
    "stop_timeout": "stopTimeout",
    "working_directory": "workingDirectory",
}
_HEALTH = {"interval": "interval", "timeout": "timeout", "retries": "retries", "start_period": "startPeriod"}
# What ECS does where nothing is said; API_HealthCheck has the last.
_DEFAULTS = {"cpu": 0, "readonlyRootFilesystem": False, "privileged": False, "interactive": False}
_HEALTH_DEFAULTS = {"interval": 30, "timeout": 5, "retries": 3, "startPeriod": 0}
# Lists that are sets, and what their members are known by.
_NAMED = {
    "environment": "name",
    "secrets": "name",
    "mountPoints": "containerPath",
    "dependsOn": "containerName",
    "ulimits": "name",
    "portMappings": "containerPort",
    "extraHosts": "hostname",
    "systemControls": "namespace",
    "resourceRequirements": "type",
}
# An environment variable that is called like this holds what nobody but the task should read.
_SECRET_NAME = re.compile(r"PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL", re.IGNORECASE)
_HARMLESS_NAME = re.compile(r"_(ARN|NAME|ID|FILE|PATH|URL|TTL|SECONDS)$", re.IGNORECASE)


def definition(option: Mapping[str, Any], image: str, region: str) -> dict[str, Any]:
    """AWS's containerDefinition for one item of the option containers."""
    made: dict[str, Any] = {"name": option["name"], "image": image, "essential": option.get("essential", True)}
    made |= {member: option[name] for name, member in _SIMPLE.items() if option.get(name) is not None}
    if option.get("ports"):
        made["portMappings"] = [{"containerPort": port, "protocol": "tcp"} for port in option["ports"]]
    if option.get("environment"):
        made["environment"] = [{"name": name, "value": str(value)} for name, value in option["environment"].items()]
    if option.get("secrets"):
        made["secrets"] = [{"name": one["name"], "valueFrom": value_from(one)} for one in option["secrets"]]
    if option.get("mounts"):
        made["mountPoints"] = [
            {
                "sourceVolume": one["volume"],
                "containerPath": one["path"],
                "readOnly": bool(one.get("read_only")),
            }
            for one in option["mounts"]
        ]
    if option.get("depends_on"):
        made["dependsOn"] = [
            {"containerName": name, "condition": condition} for name, condition in option["depends_on"].items()
        ]
    check = option.get("health_check")
    if check:
        made["healthCheck"] = {
            "command": check["command"],
            **{member: check[name] for name, member in _HEALTH.items() if check.get(name) is not None},
        }
    linux = _linux_parameters(option)
    if linux:
        made["linuxParameters"] = linux
    if option.get("log_group"):
        made["logConfiguration"] = {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": option["log_group"],
                "awslogs-region": region,
                "awslogs-stream-prefix": option.get("log_stream_prefix") or "ecs",
                "mode": "non-blocking",
                "max-buffer-size": "25m",
            },
        }
    return made


def _linux_parameters(option: Mapping[str, Any]) -> dict[str, Any]:
    linux: dict[str, Any] = {}
    if option.get("init_process"):
        linux["initProcessEnabled"] = True
    if option.get("drop_capabilities"):
        linux["capabilities"] = {"drop": list(option["drop_capabilities"])}
    return linux


def value_from(secret: Mapping[str, Any]) -> str:
    """The ARN of a secret or parameter, with the key of a JSON secret where one is given.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
    """
    arn = str(secret.get("secret") or secret.get("database") or secret.get("parameter"))
    return f"{arn}:{secret['key']}::" if secret.get("key") else arn


def canonical(container: Mapping[str, Any]) -> dict[str, Any]:
    """One form for what is the same to ECS: sets by name, defaults and empty members left out."""
    form: dict[str, Any] = {}
    for member, value in container.items():
        if member in _NAMED:
            form[member] = _by_name(member, value)
        elif member == "healthCheck" and value:
            form[member] = {**_HEALTH_DEFAULTS, **value}
        elif member == "linuxParameters" and value:
            form[member] = _linux_form(value)
        else:
            form[member] = value
    return {
        member: value
        for member, value in form.items()
        if value not in (None, [], {}, "") and _DEFAULTS.get(member, ...) != value
    }


def _by_name(member: str, values: Sequence[Mapping[str, Any]] | None) -> dict[str, Any]:
    key = _NAMED[member]
    form: dict[str, Any] = {}
    for one in values or []:
        rest = {name: value for name, value in one.items() if name != key and value not in (None, "")}
        if member == "portMappings":
            rest.setdefault("protocol", "tcp")
            if rest.get("hostPort") in (0, one[key]):
                del rest["hostPort"]
        if member == "mountPoints":
            rest.setdefault("readOnly", False)
        form[str(one[key])] = next(iter(rest.values())) if len(rest) == 1 else rest
    return form


def _linux_form(value: Mapping[str, Any]) -> dict[str, Any]:
    form = {name: one for name, one in value.items() if one not in (None, [], {}, False)}
    capabilities = {name: sorted(one) for name, one in (form.pop("capabilities", None) or {}).items() if one}
    return {**form, **({"capabilities": capabilities} if capabilities else {})}


def known_texts(definitions: Sequence[Mapping[str, Any]]) -> set[str]:
    """Every text in these definitions."""
    return {text for one in definitions for text in _texts(one)}


def _texts(value: Any) -> set[str]:
    if isinstance(value, Mapping):
        return {text for member in value.values() for text in _texts(member)}
    if isinstance(value, (list, tuple)):
        return {text for member in value for text in _texts(member)}
    return {value} if isinstance(value, str) else set()


def container_reasons(definitions: Sequence[Mapping[str, Any]], task_memory: int) -> list[str]:
    """What no argument spec can say of the containers of one task, in AWS's shape."""
    names = [one["name"] for one in definitions]
    reasons = [f"container {name} stands more than once" for name in sorted({n for n in names if names.count(n) > 1})]
    for one in definitions:
        name = one["name"]
        for option, limit in (("memory", "memory"), ("memory_reservation", "memoryReservation")):
            if (one.get(limit) or 0) > task_memory:
                reasons.append(f"{option} of container {name} is {one[limit]} MiB, more than the task's {task_memory}")
        reasons += [
            f"container {name} depends on {other['containerName']}, which is no container of the task"
            for other in one.get("dependsOn") or []
            if other["containerName"] not in names
        ]
        secrets = {secret["name"] for secret in one.get("secrets") or []}
        for variable in one.get("environment") or []:
            reasons += _variable_reasons(name, variable["name"], variable["value"], secrets)
    return reasons


def _variable_reasons(container: str, variable: str, value: str, secrets: set[str]) -> list[str]:
    if variable in secrets:
        return [f"{variable} of container {container} is in environment and in secrets; keep one"]
    if value and _SECRET_NAME.search(variable) and not _HARMLESS_NAME.search(variable):
        return [f"{variable} of container {container} would be in plain text in the task definition; name a secret"]
    return []
