# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Clusters: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..._describe import ecs
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, Reference, State, Wait, holds
from ..kms.kms_key import KMS_KEY
from ..logs.log_group import LOG_GROUP
from .common import given_tags, name_reasons, same_strategy, strategy_reasons, strategy_state, strategy_to_send, tag

_PROVIDERS = frozenset({"capacity_providers", "default_capacity_provider_strategy"})
_CONFIGURED = frozenset({"container_insights", "execute_command"})


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    return {
        cluster["clusterName"]: _state(cluster)
        for cluster in ecs.named_clusters(aws, names={item["name"] for item in items})
    }


def _state(cluster: Mapping[str, Any]) -> State:
    settings = {one["name"]: one["value"] for one in cluster.get("settings") or []}
    configuration = cluster.get("configuration") or {}
    logged = configuration.get("executeCommandConfiguration") or {}
    target = logged.get("logConfiguration") or {}
    command = {
        "logging": logged.get("logging", "DEFAULT"),
        "kms_key": logged.get("kmsKeyId"),
        "log_group": target.get("cloudWatchLogGroupName"),
        "encrypt_logs": target.get("cloudWatchEncryptionEnabled", False),
    }
    return {
        "name": cluster["clusterName"],
        "arn": cluster["clusterArn"],
        "status": cluster["status"],
        "container_insights": settings.get("containerInsights", "disabled"),
        "execute_command": command,
        "configuration": configuration,
        "capacity_providers": sorted(cluster.get("capacityProviders") or []),
        "default_capacity_provider_strategy": strategy_state(cluster.get("defaultCapacityProviderStrategy")),
        "tags": cluster["Tags"],
    }


def create(aws: Aws, desired: State) -> None:
    """CreateCluster answers with the cluster of that name where there is one."""
    providers = desired.get("capacity_providers")
    strategy = desired.get("default_capacity_provider_strategy")
    aws.call_once(
        "ecs",
        "create_cluster",
        clusterName=desired["name"],
        **_configured(desired, _CONFIGURED, {}),
        **({"capacityProviders": providers} if providers else {}),
        **({"defaultCapacityProviderStrategy": strategy_to_send(strategy)} if strategy else {}),
        **given_tags(desired),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """Settings in one call, capacity providers in another, which takes both of its lists."""
    configured = fields & _CONFIGURED
    if configured:
        parameters = _configured(desired, configured, found["configuration"])
        aws.call("ecs", "update_cluster", cluster=found["name"], **parameters)
        yield configured
    if fields & _PROVIDERS:
        # Those of others stay, as services may use them.
        providers = sorted({*found["capacity_providers"], *(desired.get("capacity_providers") or [])})
        strategy = desired.get("default_capacity_provider_strategy")
        if strategy is None:
            strategy = found["default_capacity_provider_strategy"]
        aws.call(
            "ecs",
            "put_cluster_capacity_providers",
            cluster=found["name"],
            capacityProviders=providers,
            defaultCapacityProviderStrategy=strategy_to_send(strategy),
        )
        yield fields & _PROVIDERS


def _configured(desired: State, fields: frozenset[str], before: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters for settings and configuration; what else the configuration holds stays."""
    parameters: dict[str, Any] = {}
    if "container_insights" in fields and desired.get("container_insights"):
        parameters["settings"] = [{"name": "containerInsights", "value": desired["container_insights"]}]
    command = desired.get("execute_command") if "execute_command" in fields else None
    if command:
        target = {
            "cloudWatchLogGroupName": command.get("log_group"),
            "cloudWatchEncryptionEnabled": command.get("encrypt_logs"),
        }
        target = {key: value for key, value in target.items() if value is not None}
        logged = {"logging": command.get("logging") or "DEFAULT", "kmsKeyId": command.get("kms_key")}
        known = {key: value for key, value in logged.items() if value is not None}
        command_sent = {**known, **({"logConfiguration": target} if command.get("logging") == "OVERRIDE" else {})}
        parameters["configuration"] = {**before, "executeCommandConfiguration": command_sent}
    return parameters


def _same_command(found: Mapping[str, Any], desired: Mapping[str, Any]) -> bool:
    return holds(found, {key: value for key, value in desired.items() if value is not None})


def _has_all(found: Sequence[str], desired: Sequence[str]) -> bool:
    return set(desired) <= set(found or [])


def busy(error: AwsError) -> bool:
    """The capacity providers are being changed."""
    return error.code in {"UpdateInProgressException", "ResourceInUseException"} and "in use" not in error.message


def check(desired: State) -> list[str]:
    reasons = name_reasons(desired["name"]) + strategy_reasons(desired.get("default_capacity_provider_strategy"))
    command = desired.get("execute_command") or {}
    if command.get("logging") == "OVERRIDE" and not command.get("log_group"):
        reasons.append("execute_command with logging OVERRIDE needs a log_group")
    return reasons


ECS_CLUSTER = Kind(
    name="ecs_cluster",
    role="ecs_service",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={
        "execute_command.kms_key": Reference(KMS_KEY, "arn"),
        "execute_command.log_group": Reference(LOG_GROUP, "name"),
    },
    equal={
        "capacity_providers": _has_all,
        "default_capacity_provider_strategy": same_strategy,
        "execute_command": _same_command,
    },
    wait=Wait(ready=frozenset({"ACTIVE"}), failed=frozenset({"FAILED"}), timeout=600, poll=5),
    busy=busy,
    check=check,
)
