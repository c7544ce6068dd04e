# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ECS: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/

The value of an environment variable never leaves this file: what a check may know of it is derived here.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection

from .._engine.aws import Aws
from .._engine.errors import AwsError
from .._engine.tags import to_dict
from .reading import Item, tagged

CLUSTERS, SERVICES, TASKS = 100, 10, 100  # what one describe call takes
_SECRET_OPTION = re.compile(r"token|password|secret|api-?key", re.IGNORECASE)
HIDDEN = "(hidden)"
_USER_INFO = re.compile(r"^[a-z][a-z0-9+.-]*://[^/@:]*:[^/@]+@", re.IGNORECASE)


def clusters(aws: Aws) -> list[Item]:
    """Clusters with settings (containerInsights) and Tags."""
    arns = aws.pages("ecs", "list_clusters", "clusterArns")
    batches = [arns[start : start + CLUSTERS] for start in range(0, len(arns), CLUSTERS)]
    wanted = ["SETTINGS", "TAGS"]
    answers = aws.map(lambda batch: aws.call("ecs", "describe_clusters", clusters=batch, include=wanted), batches)
    return tagged([one for answer in answers for one in answer["clusters"]], "tags")


def named_clusters(aws: Aws, *, names: Collection[str]) -> list[Item]:
    """Clusters that are not deleted, with settings, configuration and Tags."""
    ordered = sorted(names)
    batches = [ordered[start : start + CLUSTERS] for start in range(0, len(ordered), CLUSTERS)]
    wanted = ["SETTINGS", "CONFIGURATIONS", "TAGS"]
    answers = aws.map(lambda batch: aws.call("ecs", "describe_clusters", clusters=batch, include=wanted), batches)
    found = tagged([one for answer in answers for one in answer["clusters"]], "tags")
    return [one for one in found if one["status"] != "INACTIVE"]


def named_services(aws: Aws, *, cluster: str, names: Collection[str]) -> list[Item]:
    """Services of one cluster (name or ARN) that are not deleted, with Tags; none where the cluster is not there."""
    ordered = sorted(names)
    batches = [ordered[start : start + SERVICES] for start in range(0, len(ordered), SERVICES)]

    def one(batch: list[str]) -> list[Item]:
        try:
            answer = aws.call("ecs", "describe_services", cluster=cluster, services=batch, include=["TAGS"])
        except AwsError as error:
            if error.code == "ClusterNotFoundException":
                return []
            raise
        found: list[Item] = answer["services"]
        return found

    found = tagged([service for answer in aws.map(one, batches) for service in answer], "tags")
    return [service for service in found if service["status"] == "ACTIVE"]


def service_deployments(aws: Aws, *, arns: Collection[str]) -> list[Item]:
    """Service deployments: status, statusReason, lifecycleStage."""
    if not arns:
        return []
    answer = aws.call("ecs", "describe_service_deployments", serviceDeploymentArns=sorted(arns))
    found: list[Item] = answer["serviceDeployments"]
    return found


def revision(aws: Aws, name: str, known: Collection[str]) -> Item | None:
    """A task definition (family: its newest active revision, family:revision or ARN) with Tags; None: not there.

    known: texts that the caller has anyway. What else an environment variable, a command or a log option holds is
    HIDDEN.
    """
    try:
        answer = aws.call("ecs", "describe_task_definition", taskDefinition=name, include=["TAGS"])
    except AwsError as error:
        # "Unable to describe task definition." is all that ECS says of one that is not there.
        if error.code == "ClientException":
            return None
        raise
    definition: Item = answer["taskDefinition"]
    for container in definition.get("containerDefinitions", []):
        _hide(container, known)
    return {**definition, "Tags": to_dict(answer.get("tags"))}


def _hide(container: Item, known: Collection[str]) -> None:
    def shown(text: str) -> str:
        return text if text in known else HIDDEN

    for variable in container.get("environment", []):
        variable["value"] = shown(variable.get("value", ""))
    for member in ("command", "entryPoint"):
        if container.get(member):
            container[member] = [shown(text) for text in container[member]]
    for holder in (container.get("logConfiguration", {}), container.get("firelensConfiguration", {})):
        for option in holder.get("options", {}):
            holder["options"][option] = shown(holder["options"][option])
    for label in container.get("dockerLabels", {}):
        container["dockerLabels"][label] = shown(container["dockerLabels"][label])


def services(aws: Aws, *, cluster: str) -> list[Item]:
    """Services of one cluster (ARN), with Tags."""
    arns = aws.pages("ecs", "list_services", "serviceArns", cluster=cluster)
    batches = [arns[start : start + SERVICES] for start in range(0, len(arns), SERVICES)]
    answers = aws.map(
        lambda batch: aws.call("ecs", "describe_services", cluster=cluster, services=batch, include=["TAGS"]), batches
    )
    return tagged([one for answer in answers for one in answer["services"]], "tags")


def tasks(aws: Aws, *, cluster: str) -> list[Item]:
    """Running tasks of one cluster (ARN): containers with imageDigest, availabilityZone, healthStatus, group.

    Without overrides, which may hold values of environment variables.
    """
    arns = aws.pages("ecs", "list_tasks", "taskArns", cluster=cluster, desiredStatus="RUNNING")
    batches = [arns[start : start + TASKS] for start in range(0, len(arns), TASKS)]
    answers = aws.map(lambda batch: aws.call("ecs", "describe_tasks", cluster=cluster, tasks=batch), batches)
    found: list[Item] = [one for answer in answers for one in answer["tasks"]]
    for task in found:
        task.pop("overrides", None)
    return found


def task_definitions(aws: Aws, *, arns: Collection[str]) -> list[Item]:
    """Task definitions with Tags. containerDefinitions[].environment holds name, ValueLength, Entropy (bits a
    character) and UrlUserInfo (the value is an address with a password in it), never the value. Commands are left
    out, and so are values of log options that are named like a secret."""

    def one(arn: str) -> Item:
        answer = aws.call("ecs", "describe_task_definition", taskDefinition=arn, include=["TAGS"])
        definition: Item = answer["taskDefinition"]
        for container in definition.get("containerDefinitions", []):
            _without_secrets(container)
        return {**definition, "Tags": to_dict(answer.get("tags"))}

    return aws.map(one, sorted(arns))


def _without_secrets(container: Item) -> None:
    container["environment"] = [_shape(variable) for variable in container.get("environment", [])]
    container.pop("command", None)
    container.pop("entryPoint", None)
    options = container.get("logConfiguration", {}).get("options", {})
    for name in [name for name in options if _SECRET_OPTION.search(name)]:
        options[name] = ""


def _shape(variable: Item) -> Item:
    """What may be known of a variable: its name and how its value looks."""
    value = variable.get("value", "")
    return {
        "name": variable.get("name", ""),
        "ValueLength": len(value),
        "Entropy": round(entropy(value), 2),
        "UrlUserInfo": bool(_USER_INFO.match(value)),
    }


def entropy(text: str) -> float:
    """Shannon entropy in bits a character; 0 for the empty text."""
    counts = Counter(text).values()
    return sum(-count / len(text) * math.log2(count / len(text)) for count in counts)
