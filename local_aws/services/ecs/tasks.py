# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The tasks of services: they run, have an address of their subnet, and are targets of a target group."""

from __future__ import annotations

import copy
import ipaddress
import uuid
from typing import Any

from moto.ecs.models import Task

_ADDRESS = "privateIPv4Address"


def of_service(call: Any, service: dict[str, Any]) -> dict[str, list[str]]:
    tasks: dict[str, list[str]] = call.state("tasks").setdefault(service["serviceArn"], {"live": [], "next": []})
    return tasks


def launch(call: Any, service: dict[str, Any], count: int, group: str) -> list[str]:
    """Tasks that run, each in the next subnet, and are targets of the group."""
    backend = call.backend()
    cluster = backend.clusters[service["clusterArn"].rpartition("/")[2]]
    definition = backend.describe_task_definition(service["taskDefinition"])
    network = service.get("networkConfiguration")
    providers = [one["capacityProvider"] for one in service.get("capacityProviderStrategy") or () if one["weight"]]
    # moto's tasks make a network interface with an address from anywhere; these have one of their subnet.
    plain = copy.copy(definition)
    plain.network_mode = "none"
    made, targets = [], []
    for number in range(count):
        task = Task(
            cluster, plain, None, None, backend,
            group=f"service:{service['serviceName']}",
            launch_type=service.get("launchType") or "FARGATE",
            started_by=service["currentServiceDeployment"].rpartition("/")[2],
            tags=_task_tags(call, service, definition),
            platform_version="1.4.0",
            capacity_provider_name=providers[number % len(providers)] if providers else None,
        )  # fmt: skip
        task._transitions = []  # it runs until it is stopped
        backend.tasks.setdefault(cluster.name, {})[task.task_arn] = task
        made.append(task.task_arn)
        if network:
            subnets = network["awsvpcConfiguration"]["subnets"]
            targets.append(_attach(call, task, subnets[number % len(subnets)]))
    if group and targets:
        port = service["loadBalancers"][0]["containerPort"]
        wanted = [{"Id": address, "Port": port} for address in targets]
        call.ask("elbv2", "RegisterTargets", TargetGroupArn=group, Targets=wanted)
    return made


def _task_tags(call: Any, service: dict[str, Any], definition: Any) -> list[dict[str, str]]:
    if service["propagateTags"] == "TASK_DEFINITION":
        return list(definition.tags)
    if service["propagateTags"] == "SERVICE":
        cluster = service["clusterArn"].rpartition("/")[2]
        return list(call.backend().services[f"{cluster}:{service['serviceName']}"].tags)
    return []


def _attach(call: Any, task: Any, subnet: str) -> str:
    """Give the task an address of the subnet that no other task has had."""
    addresses = call.state("addresses")
    addresses[subnet] = addresses.get(subnet, 10) + 1
    found = call.ask("ec2", "DescribeSubnets", SubnetIds=[subnet])["Subnets"][0]
    network = ipaddress.ip_network(found["CidrBlock"])
    address = str(network[addresses[subnet] % (network.num_addresses - 2)])
    details = {"subnetId": subnet, "networkInterfaceId": f"eni-{uuid.uuid4().hex[:17]}", _ADDRESS: address}
    task.attachments = [
        {
            "id": str(uuid.uuid4()),
            "type": "ElasticNetworkInterface",
            "status": "ATTACHED",
            "details": [{"name": name, "value": value} for name, value in details.items()],
        }
    ]
    return address


def stop(call: Any, service: dict[str, Any], arns: list[str], group: str) -> None:
    backend = call.backend()
    held = backend.tasks.get(service["clusterArn"].rpartition("/")[2], {})
    addresses = []
    for arn in arns:
        task = held.pop(arn, None)
        for attachment in task.attachments if task else ():
            addresses += [one["value"] for one in attachment["details"] if one["name"] == _ADDRESS]
    if group and addresses:
        port = service["loadBalancers"][0]["containerPort"]
        gone = [{"Id": address, "Port": port} for address in addresses]
        call.ask("elbv2", "DeregisterTargets", TargetGroupArn=group, Targets=gone)
