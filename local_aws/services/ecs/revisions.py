# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Service revisions: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevision.html"""

from __future__ import annotations

import copy
import uuid
from datetime import UTC, datetime
from typing import Any


def make(call: Any, service: dict[str, Any]) -> str:
    """A new revision of what the service says now; its ARN."""
    cluster = service["clusterArn"].rpartition("/")[2]
    number = uuid.uuid4().int % 10**19
    arn = f"{service['clusterArn'].rpartition(':')[0]}:service-revision/{cluster}/{service['serviceName']}/{number}"
    definition = call.ask("ecs", "DescribeTaskDefinition", taskDefinition=service["taskDefinition"])["taskDefinition"]
    members = ("launchType", "capacityProviderStrategy", "networkConfiguration", "serviceRegistries", "loadBalancers")
    call.state("revisions")[arn] = {
        "serviceRevisionArn": arn,
        "serviceArn": service["serviceArn"],
        "clusterArn": service["clusterArn"],
        "taskDefinition": service["taskDefinition"],
        "platformVersion": "1.4.0",
        "platformFamily": "Linux",
        **copy.deepcopy({key: service[key] for key in members if service.get(key)}),
        "containerImages": [
            {"containerName": one["name"], "image": one["image"]} for one in definition["containerDefinitions"]
        ],
        "guardDutyEnabled": False,
        "createdAt": datetime.now(UTC),
        "resolvedConfiguration": {"loadBalancers": []},
    }
    return arn


def resolve(call: Any, service: dict[str, Any], revision: str, group: str) -> None:
    if not group:
        return
    advanced = service["loadBalancers"][0].get("advancedConfiguration") or {}
    rule = advanced.get("productionListenerRule")
    resolved = {"targetGroupArn": group, **({"productionListenerRule": rule} if rule else {})}
    call.state("revisions")[revision]["resolvedConfiguration"] = {"loadBalancers": [resolved]}
