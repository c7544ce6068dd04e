# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Services: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html

The count belongs to the autoscaler, the weights of the production rule to the deployment. A service is left alone
while a deployment goes on. What it says of its load balancer is sent only where it differs, as a deployment that gets
it again goes to the same target group each time: https://github.com/hashicorp/terraform-provider-aws/issues/45678.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._describe import ecs
from ..._engine.aws import Aws
from ..._engine.context import Context
from ..._engine.converge import converge
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, Reference, State, Wait, holds, same_members
from ..._engine.pending import pending_fields
from ..cloudwatch.metric_alarm import METRIC_ALARM
from ..ec2.security_group import SECURITY_GROUP
from ..ec2.subnet import SUBNET
from ..elbv2.listener_rule import LISTENER_RULE
from ..elbv2.target_group import TARGET_GROUP
from ..iam.iam_role import IAM_ROLE
from .common import (
    FAILED,
    given_tags,
    name_reasons,
    role_not_seen,
    same_strategy,
    strategy_reasons,
    strategy_state,
    strategy_to_send,
    tag,
)
from .ecs_cluster import ECS_CLUSTER
from .ecs_task_definition import under_way

SHIFTING = frozenset({"BLUE_GREEN", "LINEAR", "CANARY"})
SENT = "sent"
# Option -> member of both calls.
_SIMPLE = {
    "platform_version": "platformVersion",
    "health_check_grace_period_seconds": "healthCheckGracePeriodSeconds",
    "enable_execute_command": "enableExecuteCommand",
    "enable_ecs_managed_tags": "enableECSManagedTags",
    "propagate_tags": "propagateTags",
    "availability_zone_rebalancing": "availabilityZoneRebalancing",
}
_NETWORK = frozenset({"subnets", "security_groups", "assign_public_ip"})
_DEPLOYMENT = frozenset(
    {
        "deployment_strategy",
        "bake_time_in_minutes",
        "linear",
        "canary",
        "minimum_healthy_percent",
        "maximum_percent",
        "circuit_breaker",
        "alarms",
    }
)
# A change of these starts a deployment, of those reaches new tasks only, and says so.
_STARTS = frozenset({"task_definition", "load_balancer", "platform_version", *_NETWORK})
_NEW_TASKS_ONLY = frozenset({"enable_execute_command", "enable_ecs_managed_tags", "propagate_tags"})
_STEERING = frozenset({"desired_count", "wait_for_deployment", SENT})
_LOAD_BALANCER = {"target_group": "targetGroupArn", "container": "containerName", "port": "containerPort"}
_ADVANCED = {
    "alternate_target_group": "alternateTargetGroupArn",
    "production_rule": "productionListenerRule",
    "test_rule": "testListenerRule",
    "role": "roleArn",
}
_LINEAR = {"step_percent": "stepPercent", "step_bake_time_in_minutes": "stepBakeTimeInMinutes"}
_CANARY = {"percent": "canaryPercent", "bake_time_in_minutes": "canaryBakeTimeInMinutes"}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    there = [item for item in items if not pending_fields(item["cluster"])]
    clusters = sorted({item["cluster"] for item in there})

    def of_cluster(cluster: str) -> dict[str, State]:
        wanted = {item["name"]: item for item in there if item["cluster"] == cluster}
        services = ecs.named_services(aws, cluster=cluster, names=wanted)
        current = [one["currentServiceDeployment"] for one in services if one.get("currentServiceDeployment")]
        deployments = {
            one["serviceDeploymentArn"]: one
            for start in range(0, len(current), 20)
            for one in ecs.service_deployments(aws, arns=current[start : start + 20])
        }
        return {
            one["serviceName"]: _state(
                one, wanted[one["serviceName"]], deployments.get(one.get("currentServiceDeployment", ""), {})
            )
            for one in services
        }

    return {name: state for found in aws.map(of_cluster, clusters) for name, state in found.items()}


def _state(service: Mapping[str, Any], item: State, deployment: Mapping[str, Any]) -> State:
    network = (service.get("networkConfiguration") or {}).get("awsvpcConfiguration") or {}
    configuration = service.get("deploymentConfiguration") or {}
    deploying = under_way(service, {deployment["status"]} if deployment else set())
    status = "DEPLOYING" if deploying and item.get("wait_for_deployment") else "ACTIVE"
    # What this run has begun and waits for is held to its end; how earlier ones ended is no matter.
    failed = item.get(SENT) and item.get("wait_for_deployment") and deployment.get("status") in FAILED
    reason = f"deployment {deployment['status']}: {deployment.get('statusReason', 'no reason given')}" if failed else ""
    return {
        "name": service["serviceName"],
        "arn": service["serviceArn"],
        "status": "FAILED" if failed else status,
        "status_reason": reason,
        "cluster": service["clusterArn"],
        "deploying": deploying,
        "lifecycle_stage": deployment.get("lifecycleStage"),
        "task_definition": service["taskDefinition"].rpartition("/")[2],
        "desired_count": service["desiredCount"],
        "running_count": service["runningCount"],
        "launch_type": service.get("launchType"),
        "capacity_provider_strategy": strategy_state(service.get("capacityProviderStrategy")),
        "subnets": sorted(network.get("subnets") or []),
        "security_groups": sorted(network.get("securityGroups") or []),
        "assign_public_ip": network.get("assignPublicIp") == "ENABLED",
        "load_balancer": _balancer_state(service.get("loadBalancers") or []),
        **_deployment_state(configuration),
        "deployment_configuration": configuration,
        **{name: service.get(member) for name, member in _SIMPLE.items()},
        "force_new_deployment": False,
        "tags": service["Tags"],
    }


def _balancer_state(balancers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    if not balancers:
        return {}
    advanced = balancers[0].get("advancedConfiguration") or {}
    return {
        **{name: balancers[0][member] for name, member in _LOAD_BALANCER.items() if member in balancers[0]},
        **{name: advanced[member] for name, member in _ADVANCED.items() if member in advanced},
    }


def _deployment_state(configuration: Mapping[str, Any]) -> dict[str, Any]:
    alarms = configuration.get("alarms") or {}
    breaker = configuration.get("deploymentCircuitBreaker") or {}
    watched = alarms.get("enable") and alarms.get("rollback")
    return {
        "deployment_strategy": configuration.get("strategy", "ROLLING"),
        "bake_time_in_minutes": configuration.get("bakeTimeInMinutes", 0),
        "linear": _parts(configuration.get("linearConfiguration"), _LINEAR),
        "canary": _parts(configuration.get("canaryConfiguration"), _CANARY),
        "minimum_healthy_percent": configuration.get("minimumHealthyPercent"),
        "maximum_percent": configuration.get("maximumPercent"),
        "circuit_breaker": bool(breaker.get("enable") and breaker.get("rollback")),
        "alarms": sorted(alarms.get("alarmNames") or []) if watched else [],
    }


def _parts(found: Mapping[str, Any] | None, members: Mapping[str, str]) -> dict[str, Any]:
    return {name: found[member] for name, member in members.items() if member in (found or {})} if found else {}


def create(aws: Aws, desired: State) -> None:
    strategy = desired.get("capacity_provider_strategy")
    capacity = {"capacityProviderStrategy": strategy_to_send(strategy)} if strategy else {"launchType": "FARGATE"}
    desired[SENT] = True
    aws.call_once(
        "ecs",
        "create_service",
        cluster=desired["cluster"],
        serviceName=desired["name"],
        taskDefinition=desired["task_definition"],
        desiredCount=desired.get("desired_count") or 0,
        networkConfiguration=_network_to_send({}, desired),
        deploymentConfiguration=_deployment_to_send({}, desired),
        **capacity,
        **({"loadBalancers": _balancer_to_send(desired["load_balancer"])} if desired.get("load_balancer") else {}),
        **{member: desired[name] for name, member in _SIMPLE.items() if desired.get(name) is not None},
        **given_tags(desired),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """All in one call, so that it starts one deployment at most."""
    desired[SENT] = True
    desired = _of_strategy(desired)
    parameters: dict[str, Any] = {member: desired[name] for name, member in _SIMPLE.items() if name in fields}
    if "task_definition" in fields:
        parameters["taskDefinition"] = desired["task_definition"]
    if fields & _NETWORK:
        parameters["networkConfiguration"] = _network_to_send(found, desired)
    if "load_balancer" in fields:
        parameters["loadBalancers"] = _balancer_to_send({**found["load_balancer"], **desired["load_balancer"]})
    if fields & _DEPLOYMENT:
        parameters["deploymentConfiguration"] = _deployment_to_send(found["deployment_configuration"], desired)
    if "capacity_provider_strategy" in fields:
        # AWS takes another strategy only with a new deployment: https://github.com/kayac/ecspresso/issues/977
        parameters["capacityProviderStrategy"] = strategy_to_send(desired["capacity_provider_strategy"])
        parameters["forceNewDeployment"] = True
    if "force_new_deployment" in fields:
        parameters["forceNewDeployment"] = True
    # Repeated, it would begin another deployment.
    send = aws.call_once if parameters.get("forceNewDeployment") else aws.call
    send("ecs", "update_service", cluster=desired["cluster"], service=desired["name"], **parameters)


def _network_to_send(found: Mapping[str, Any], desired: State) -> dict[str, Any]:
    def value(name: str) -> Any:
        return desired[name] if desired.get(name) is not None else found.get(name)

    public = "ENABLED" if value("assign_public_ip") else "DISABLED"
    network = {"subnets": value("subnets"), "securityGroups": value("security_groups"), "assignPublicIp": public}
    return {"awsvpcConfiguration": {key: one for key, one in network.items() if one}}


def _balancer_to_send(balancer: Mapping[str, Any]) -> list[dict[str, Any]]:
    sent = {member: balancer[name] for name, member in _LOAD_BALANCER.items()}
    advanced = {member: balancer[name] for name, member in _ADVANCED.items() if balancer.get(name)}
    return [{**sent, **({"advancedConfiguration": advanced} if advanced else {})}]


def _deployment_to_send(found: Mapping[str, Any], desired: State) -> dict[str, Any]:
    """The whole configuration: the hooks and whatever else of it others have set stay."""
    sent = {key: value for key, value in found.items() if key not in {"linearConfiguration", "canaryConfiguration"}}
    strategy = desired.get("deployment_strategy") or sent.get("strategy") or "ROLLING"
    sent["strategy"] = strategy
    for name, member in (("minimum_healthy_percent", "minimumHealthyPercent"), ("maximum_percent", "maximumPercent")):
        if desired.get(name) is not None:
            sent[member] = desired[name]
    if desired.get("bake_time_in_minutes") is not None:
        sent["bakeTimeInMinutes"] = desired["bake_time_in_minutes"]
    if desired.get("circuit_breaker") is not None:
        on = bool(desired["circuit_breaker"])
        sent["deploymentCircuitBreaker"] = {
            **sent.get("deploymentCircuitBreaker", {}), "enable": on, "rollback": on
        }  # fmt: skip
    if desired.get("alarms") is not None:
        on = bool(desired["alarms"])
        sent["alarms"] = {"alarmNames": sorted(desired["alarms"]), "enable": on, "rollback": on}
    for option, member, parts, of in (
        ("linear", "linearConfiguration", _LINEAR, "LINEAR"),
        ("canary", "canaryConfiguration", _CANARY, "CANARY"),
    ):
        if strategy == of:
            wanted = {parts[name]: value for name, value in (desired.get(option) or {}).items() if value is not None}
            sent[member] = {**found.get(member, {}), **wanted}
    return sent


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """What is not for this deployment strategy is not asked for; a service that deploys is left alone."""
    # A deployment is begun once where it is asked for, and else there is nothing to compare.
    wanted = {**_of_strategy(desired), "force_new_deployment": desired.get("force_new_deployment") or None}
    if found is None:
        return wanted, []
    differs = {
        name
        for name, value in wanted.items()
        if value is not None and name in found and name not in _STEERING | {"name", "tags", "cluster"}
        and not _same(name, found[name], value)
    }  # fmt: skip
    name = f"ecs_service {desired['name']}"
    if found["deploying"] and not desired.get("wait_for_deployment") and differs:
        said = (
            f"{name}: a deployment is under way, so {', '.join(sorted(differs))} stays for now; run again when it has "
            "ended, or have the run wait for it (wait_for_deployment)"
        )
        return {key: value for key, value in wanted.items() if key not in differs}, [said]
    starts = differs & (_STARTS | {"capacity_provider_strategy", "force_new_deployment"})
    late = sorted(differs & _NEW_TASKS_ONLY)
    if late and not starts:
        said = f"{name}: {', '.join(late)} reaches new tasks only; force_new_deployment brings it to all"
        return wanted, [said]
    return wanted, []


def _of_strategy(desired: State) -> State:
    """The circuit breaker is for rolling deployments, the other settings for the strategies that shift traffic.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
    """
    strategy = desired.get("deployment_strategy")
    if strategy is None:
        return desired
    shifting = strategy in SHIFTING
    without = {
        "bake_time_in_minutes": not shifting,
        "linear": strategy != "LINEAR",
        "canary": strategy != "CANARY",
        "minimum_healthy_percent": shifting,
        "maximum_percent": shifting,
    }
    wanted = {name: None if without.get(name) else value for name, value in desired.items()}
    if shifting and "circuit_breaker" in desired:
        wanted["circuit_breaker"] = False
    balancer = {name: value for name, value in (desired.get("load_balancer") or {}).items() if value is not None}
    if not shifting:
        balancer = {name: value for name, value in balancer.items() if name in _LOAD_BALANCER}
    return {**wanted, **({"load_balancer": balancer} if balancer else {})}


def _same_definition(found: str, desired: str) -> bool:
    return found == desired.rpartition("/")[2]


_EQUAL = {
    "alarms": same_members,
    "canary": holds,
    "capacity_provider_strategy": same_strategy,
    "linear": holds,
    # A pair of target groups stays where a rolling deployment needs but one.
    "load_balancer": holds,
    "security_groups": same_members,
    "subnets": same_members,
    "task_definition": _same_definition,
}


def _same(name: str, found: Any, desired: Any) -> bool:
    equal = _EQUAL.get(name)
    return equal(found, desired) if equal else bool(found == desired)


def eventual(error: AwsError) -> bool:
    """A role, or a target group's way to its load balancer, made a moment ago."""
    return role_not_seen(error) or (
        error.code == "InvalidParameterException" and "does not have an associated load balancer" in error.message
    )


def check(desired: State) -> list[str]:
    reasons = name_reasons(desired["name"]) + strategy_reasons(desired.get("capacity_provider_strategy"))
    balancer = desired.get("load_balancer") or {}
    if desired.get("deployment_strategy") in SHIFTING and balancer:
        lacks = sorted(name for name in ("alternate_target_group", "production_rule", "role") if not balancer.get(name))
        if lacks:
            reasons.append(f"{desired['deployment_strategy']} needs {', '.join(lacks)} in load_balancer")
    return reasons


ECS_SERVICE = Kind(
    name="ecs_service",
    role="ecs_service",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={
        "cluster": Reference(ECS_CLUSTER, "arn"),
        "subnets": Reference(SUBNET),
        "security_groups": Reference(SECURITY_GROUP),
        "load_balancer.target_group": Reference(TARGET_GROUP, "arn"),
        "load_balancer.alternate_target_group": Reference(TARGET_GROUP, "arn"),
        "load_balancer.production_rule": Reference(LISTENER_RULE, "arn"),
        "load_balancer.test_rule": Reference(LISTENER_RULE, "arn"),
        "load_balancer.role": Reference(IAM_ROLE, "arn"),
        "alarms": Reference(METRIC_ALARM, "name"),
    },
    unchangeable={"cluster": "a service stays in its cluster; give another name to make another service"},
    initial=_STEERING,
    equal=_EQUAL,
    wait=Wait(ready=frozenset({"ACTIVE"}), failed=frozenset({"FAILED"}), timeout=3600, poll=10),
    eventual=eventual,
    keeps=keeps,
    check=check,
)


def converge_services(context: Context, items: Sequence[Mapping[str, Any]], **common: Any) -> dict[str, Any]:
    """As converge(); force_new_deployment starts one deployment of each service that asks for it, and no more."""
    begun: set[str] = set()

    def read_begun(aws: Aws, wanted: Sequence[State]) -> dict[str, State]:
        found = read(aws, wanted)
        return {name: {**state, "force_new_deployment": name in begun} for name, state in found.items()}

    def create_once(aws: Aws, desired: State) -> None:
        create(aws, desired)
        begun.add(desired["name"])

    def update_once(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
        update(aws, found, desired, fields)
        begun.add(desired["name"])

    kind = replace(ECS_SERVICE, read=read_begun, create=create_once, update=update_once)
    return converge(context, kind, items, **common)
