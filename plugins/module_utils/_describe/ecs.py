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
from .._engine.tags import to_dict
from .reading import Item, tagged

CLUSTERS, SERVICES, TASKS = 100, 10, 100  # what one describe call takes
_SECRET_OPTION = re.compile(r"token|password|secret|api-?key", re.IGNORECASE)
_USER_INFO = re.compile(r"^[a-z][a-z0-9+.-]*://[^/@:]*:[^/@]+@", re.IGNORECASE)


def clusters(aws: Aws) -> list[Item]:
    """Clusters with settings (containerInsights) and Tags."""
    arns = aws.pages("ecs", "list_clusters", "clusterArns")
    batches = [arns[start : start + CLUSTERS] for start in range(0, len(arns), CLUSTERS)]
    wanted = ["SETTINGS", "TAGS"]
    answers = aws.map(lambda batch: aws.call("ecs", "describe_clusters", clusters=batch, include=wanted), batches)
    return tagged([one for answer in answers for one in answer["clusters"]], "tags")


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
