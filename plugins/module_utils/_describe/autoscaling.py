# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Application Auto Scaling: https://docs.aws.amazon.com/autoscaling/application/APIReference/"""

from __future__ import annotations

from collections.abc import Collection

from .._engine.aws import Aws
from .._engine.tags import to_dict
from .reading import Item, further

SERVICE = "application-autoscaling"


def scalable_targets(aws: Aws, namespace: str, *, resource_ids: Collection[str] | None = None) -> list[Item]:
    """Targets of a service namespace ("rds", "ecs"); resource_ids: cluster:NAME, service/CLUSTER/NAME; with Tags."""
    wanted = {"ResourceIds": sorted(resource_ids)} if resource_ids else {}
    found = aws.pages(SERVICE, "describe_scalable_targets", "ScalableTargets", ServiceNamespace=namespace, **wanted)

    def add_tags(target: Item) -> None:
        arn = target.get("ScalableTargetARN")
        answer = further(aws, target, SERVICE, "list_tags_for_resource", ResourceARN=arn) if arn else None
        target["Tags"] = to_dict(answer["Tags"]) if answer else {}

    aws.map(add_tags, found)
    return found


def scaling_policies(aws: Aws, namespace: str, *, names: Collection[str] | None = None) -> list[Item]:
    """Policies of a service namespace. names: the policies' names."""
    wanted = {"PolicyNames": sorted(names)} if names else {}
    return aws.pages(SERVICE, "describe_scaling_policies", "ScalingPolicies", ServiceNamespace=namespace, **wanted)


def scaling_activities(aws: Aws, namespace: str, *, resource_id: str) -> list[Item]:
    """What the last six weeks saw of scaling one resource: Description, Cause, StartTime, StatusCode."""
    wanted = {"ServiceNamespace": namespace, "ResourceId": resource_id}
    return aws.pages(SERVICE, "describe_scaling_activities", "ScalingActivities", **wanted)
