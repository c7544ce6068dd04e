# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Services, whole: every field is kept, defaults are filled in, and what cannot run is refused.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html and API_UpdateService.html
"""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.ecs import aws, deployments
from local_aws.services.ecs.common import full_strategy, invalid, strategy_rule

# Fields of which a change starts a deployment; the others reach new tasks at most.
DEPLOYED = (
    "taskDefinition",
    "networkConfiguration",
    "platformVersion",
    "loadBalancers",
    "serviceRegistries",
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
)
_KEPT = (
    *DEPLOYED,
    "desiredCount",
    "launchType",
    "capacityProviderStrategy",
    "deploymentConfiguration",
    "availabilityZoneRebalancing",
    "placementConstraints",
    "placementStrategy",
    "healthCheckGracePeriodSeconds",
    "schedulingStrategy",
    "deploymentController",
    "enableECSManagedTags",
    "propagateTags",
    "enableExecuteCommand",
)
# Kept for deployments, and no member of a Service.
_HIDDEN = ("serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations")
_BREAKER = {
    "enable": False,
    "rollback": False,
    "resetOnHealthyTask": True,
    "thresholdConfiguration": {"type": "BOUNDED_PERCENT", "value": 50},
}
_DEFAULTS: dict[str, Any] = {
    "desiredCount": 0,
    "loadBalancers": [],
    "serviceRegistries": [],
    "placementConstraints": [],
    "placementStrategy": [],
    "healthCheckGracePeriodSeconds": 0,
    "schedulingStrategy": "REPLICA",
    "deploymentController": {"type": "ECS"},
    "enableECSManagedTags": False,
    "propagateTags": "NONE",
    "enableExecuteCommand": False,
    "availabilityZoneRebalancing": "ENABLED",
    "platformVersion": "LATEST",
}
_STRATEGIES = ("BLUE_GREEN", "LINEAR", "CANARY")


@aws.adds
def create_service(call: Any, **_parameters: Any) -> dict[str, Any]:
    params = dict(call.params)
    name = params["serviceName"]
    cluster = _cluster(call, params.get("cluster", "default"))
    existing = _find(call, cluster["clusterArn"], name)
    if existing is not None and existing["status"] != "INACTIVE":
        raise invalid("Creation of service was not idempotent.")
    service = {**copy.deepcopy(_DEFAULTS), **{key: params[key] for key in _KEPT if key in params}}
    if params.get("launchType") and params.get("capacityProviderStrategy"):
        raise invalid(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again."
        )
    if not params.get("launchType") and not params.get("capacityProviderStrategy"):
        service |= _default_capacity(cluster)
    if service.get("capacityProviderStrategy"):
        strategy_rule(service["capacityProviderStrategy"], cluster.get("capacityProviders") or ())
        service["capacityProviderStrategy"] = full_strategy(service["capacityProviderStrategy"])
    service["deploymentConfiguration"] = _configuration({}, params.get("deploymentConfiguration") or {})
    service["taskDefinition"] = _definition(call, params["taskDefinition"])["taskDefinitionArn"]
    _rule(call, service)
    made = _in_moto(call, service, cluster)
    service |= {
        "serviceArn": made,
        "serviceName": name,
        "clusterArn": cluster["clusterArn"],
        "status": "ACTIVE",
        "runningCount": 0,
        "pendingCount": 0,
        "platformFamily": "Linux",
        "roleArn": f"arn:{call.partition}:iam::{call.account}:role/aws-service-role/ecs.amazonaws.com/"
        "AWSServiceRoleForECS",
        "events": [],
        "createdAt": datetime.now(UTC),
        "createdBy": f"arn:{call.partition}:iam::{call.account}:root",
        "deployments": [],
    }
    call.state("services")[made] = service
    deployments.start(call, service, before=None)
    return {"service": _shown(service)}


@aws.adds
def update_service(call: Any, **_parameters: Any) -> dict[str, Any]:
    params = dict(call.params)
    cluster = _cluster(call, params.get("cluster", "default"))
    service = _find(call, cluster["clusterArn"], params["service"].rpartition("/")[2])
    if service is None:
        raise Refusal("ServiceNotFoundException", "Service not found.", 400)
    if service["status"] != "ACTIVE":
        raise Refusal("ServiceNotActiveException", "Service was not ACTIVE.", 400)
    forced = bool(params.get("forceNewDeployment"))
    wanted = {key: params[key] for key in _KEPT if key in params}
    if "taskDefinition" in wanted:
        wanted["taskDefinition"] = _definition(call, wanted["taskDefinition"])["taskDefinitionArn"]
    if "deploymentConfiguration" in wanted:
        wanted["deploymentConfiguration"] = _configuration(
            service["deploymentConfiguration"], wanted["deploymentConfiguration"]
        )
    if "capacityProviderStrategy" in wanted:
        strategy_rule(wanted["capacityProviderStrategy"], cluster.get("capacityProviders") or ())
        wanted["capacityProviderStrategy"] = full_strategy(wanted["capacityProviderStrategy"])
        if wanted["capacityProviderStrategy"] != service.get("capacityProviderStrategy") and not forced:
            # https://github.com/kayac/ecspresso/issues/977
            raise invalid(
                "When switching from launch type to capacity provider strategy on an existing service, or making a "
                "change to a capacity provider strategy on a service that is already using one, you must force a new "
                "deployment."
            )
    after = {**service, **wanted}
    if wanted.get("capacityProviderStrategy"):
        after.pop("launchType", None)
    _rule(call, after)
    before = copy.deepcopy({key: service[key] for key in _KEPT if key in service})
    starts = forced or any(wanted.get(key, service.get(key)) != service.get(key) for key in DEPLOYED)
    service.update(wanted)
    if wanted.get("capacityProviderStrategy"):
        service.pop("launchType", None)
    if "loadBalancers" in params:
        service["sent_again"] = True
    _moto_service(call, service).desired_count = service["desiredCount"]
    if starts:
        deployments.start(call, service, before=before)
    else:
        deployments.scale(call, service)
    return {"service": _shown(service)}


@aws.adds
def describe_services(
    call: Any, *, services: list[str], cluster: str = "default", include: list[str] | None = None
) -> dict[str, Any]:
    if len(services) > 10:
        raise invalid("services can have at most 10 items.")
    arn = _cluster(call, cluster)["clusterArn"]
    shown, failures = [], []
    for asked in services:
        found = _find(call, arn, asked.rpartition("/")[2])
        if found is None:
            missing = f"{arn.replace(':cluster/', ':service/')}/{asked.rpartition('/')[2]}"
            failures.append({"arn": missing, "reason": "MISSING"})
            continue
        deployments.advance(call, found, counted=True)
        item = _shown(found)
        if "TAGS" in (include or ()):
            item["tags"] = list(_moto_service(call, found).tags)
        shown.append(item)
    return {"services": shown, "failures": failures}


@aws.adds
def list_services(call: Any, **_parameters: Any) -> dict[str, Any]:
    """In pages, as all lists."""
    arn = _cluster(call, call.params.get("cluster", "default"))["clusterArn"]
    arns = sorted(
        key
        for key, service in call.state("services").items()
        if service["clusterArn"] == arn and service["status"] != "INACTIVE"
    )
    start, size = int(call.params.get("nextToken") or 0), call.params.get("maxResults", 10)
    more = {"nextToken": str(start + size)} if start + size < len(arns) else {}
    return {"serviceArns": arns[start : start + size], **more}


@aws.adds
def delete_service(call: Any, *, service: str, cluster: str = "default", force: bool = False) -> dict[str, Any]:
    found = _find(call, _cluster(call, cluster)["clusterArn"], service.rpartition("/")[2])
    if found is None:
        raise Refusal("ServiceNotFoundException", "Service not found.", 400)
    if found["desiredCount"] > 0 and not force:
        raise invalid("The service cannot be stopped while it is scaled above 0.")
    found["desiredCount"] = 0
    deployments.scale(call, found)
    found["status"] = _moto_service(call, found).status = "INACTIVE"
    return {"service": _shown(found)}


def _cluster(call: Any, name: str) -> dict[str, Any]:
    found = call.ask("ecs", "DescribeClusters", clusters=[name])["clusters"]
    active: list[dict[str, Any]] = [one for one in found if one["status"] == "ACTIVE"]
    if not active:
        raise Refusal("ClusterNotFoundException", "Cluster not found.", 400)
    return active[0]


def _find(call: Any, cluster: str, name: str) -> dict[str, Any] | None:
    for service in call.state("services").values():
        if (service["clusterArn"], service["serviceName"]) == (cluster, name):
            found: dict[str, Any] = service
            return found
    return None


def _default_capacity(cluster: dict[str, Any]) -> dict[str, Any]:
    default = cluster.get("defaultCapacityProviderStrategy")
    return {"capacityProviderStrategy": default} if default else {"launchType": "EC2"}


def _definition(call: Any, name: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = call.ask("ecs", "DescribeTaskDefinition", taskDefinition=name)["taskDefinition"]
    except Refusal as refused:
        raise Refusal("ClientException", "TaskDefinition not found.", 400) from refused
    if found["status"] != "ACTIVE":
        raise Refusal("ClientException", "TaskDefinition is inactive", 400)
    return found


def _configuration(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """The parts that are not sent stay as they are; those of another strategy go."""
    merged: dict[str, Any] = {
        "maximumPercent": 200,
        "minimumHealthyPercent": 100,
        "strategy": "ROLLING",
        "bakeTimeInMinutes": 0,
        "alarms": {"alarmNames": [], "enable": False, "rollback": False},
        "deploymentCircuitBreaker": dict(_BREAKER),
        **found,
        **wanted,
    }
    merged["deploymentCircuitBreaker"] = {**_BREAKER, **merged["deploymentCircuitBreaker"]}
    strategy = merged["strategy"]
    if strategy == "BLUE_GREEN" and "bakeTimeInMinutes" not in wanted and not found.get("bakeTimeInMinutes"):
        raise invalid("bakeTimeInMinutes is required for the BLUE_GREEN deployment strategy.")
    defaults = {
        "linearConfiguration": {"stepPercent": 10.0, "stepBakeTimeInMinutes": 6},
        "canaryConfiguration": {"canaryPercent": 5.0, "canaryBakeTimeInMinutes": 10},
    }
    for member, own in (("linearConfiguration", "LINEAR"), ("canaryConfiguration", "CANARY")):
        if strategy == own:
            merged[member] = {**defaults[member], **(merged.get(member) or {})}
        else:
            merged.pop(member, None)
    return merged


def _rule(call: Any, service: dict[str, Any]) -> None:
    definition = _definition(call, service["taskDefinition"])
    if definition.get("networkMode") == "awsvpc" and not service.get("networkConfiguration"):
        raise invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    balancers = service["loadBalancers"]
    if service["healthCheckGracePeriodSeconds"] and not balancers:
        raise invalid("Health check grace period is only valid for services configured to use load balancers")
    containers = {one["name"]: one for one in definition["containerDefinitions"]}
    strategy = service["deploymentConfiguration"]["strategy"]
    for balancer in balancers:
        container = containers.get(balancer.get("containerName"))
        if container is None:
            raise invalid(f"The container {balancer.get('containerName')} does not exist in the task definition.")
        if balancer["containerPort"] not in {one.get("containerPort") for one in container["portMappings"]}:
            raise invalid(
                f"The container {container['name']} did not have a container port {balancer['containerPort']} defined."
            )
        advanced = balancer.get("advancedConfiguration") or {}
        _target_group(call, balancer["targetGroupArn"])
        if strategy in _STRATEGIES and not advanced:
            raise invalid(
                f"advancedConfiguration is required on loadBalancers when using {strategy} deployment strategy."
            )
        if advanced:
            _target_group(call, advanced["alternateTargetGroupArn"])
            for member in ("productionListenerRule", "testListenerRule"):
                if advanced.get(member):
                    _listener_rule(call, advanced[member])


def _target_group(call: Any, arn: str) -> None:
    try:
        group = call.ask("elbv2", "DescribeTargetGroups", TargetGroupArns=[arn])["TargetGroups"][0]
    except Refusal as refused:
        raise invalid(f"The specified target group {arn} does not exist.") from refused
    if not group.get("LoadBalancerArns"):
        raise invalid(f"The target group with targetGroupArn {arn} does not have an associated load balancer.")
    if group["TargetType"] != "ip":
        raise invalid(
            f"The provided target group {arn} has target type {group['TargetType']}, which is incompatible with the "
            "awsvpc network mode specified in the task definition."
        )


def _listener_rule(call: Any, arn: str) -> None:
    try:
        call.ask("elbv2", "DescribeRules", RuleArns=[arn])
    except Refusal as refused:
        raise invalid(f"The specified listener rule {arn} does not exist.") from refused


def _in_moto(call: Any, service: dict[str, Any], cluster: dict[str, Any]) -> str:
    """moto's object of it, which holds tags and is looked for by other services; its ARN."""
    made = call.backend().create_service(
        cluster["clusterName"],
        call.params["serviceName"],
        service["desiredCount"],
        task_definition_str=service["taskDefinition"],
        load_balancers=service["loadBalancers"],
        tags=call.params.get("tags") or [],
        launch_type="FARGATE",
        network_configuration=service.get("networkConfiguration"),
    )
    arn: str = made.arn
    return arn


def _moto_service(call: Any, service: dict[str, Any]) -> Any:
    cluster = service["clusterArn"].rpartition("/")[2]
    return call.backend().services[f"{cluster}:{service['serviceName']}"]


def _shown(service: dict[str, Any]) -> dict[str, Any]:
    hidden = {*_HIDDEN, "live", "sent_again"}
    return copy.deepcopy({key: value for key, value in service.items() if key not in hidden})
