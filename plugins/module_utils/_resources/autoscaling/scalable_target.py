# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What Application Auto Scaling may scale, and between which bounds.

https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
A target's name is its resource id ("cluster:mywebapp-prod-aurora", "service/CLUSTER/SERVICE").
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._describe import autoscaling
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, State

SERVICE = "application-autoscaling"


def of_dimension(dimension: str) -> str:
    """The service namespace, which is the first part of a dimension: rds:cluster:ReadReplicaCount."""
    return dimension.partition(":")[0]


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    dimensions = {item["name"]: item["dimension"] for item in items}
    return {
        target["ResourceId"]: {
            "name": target["ResourceId"],
            "arn": target.get("ScalableTargetARN"),
            "dimension": target["ScalableDimension"],
            "min_capacity": target["MinCapacity"],
            "max_capacity": target["MaxCapacity"],
            "suspended": any((target.get("SuspendedState") or {}).values()),
            "tags": target["Tags"],
        }
        for namespace in sorted({of_dimension(dimension) for dimension in dimensions.values()})
        for target in autoscaling.scalable_targets(aws, namespace, resource_ids=sorted(dimensions))
        if dimensions.get(target["ResourceId"]) == target["ScalableDimension"]
    }


def create(aws: Aws, desired: State) -> None:
    """RegisterScalableTarget makes and changes; tags are taken only by the call that makes."""
    tags = {"Tags": desired["tags"]} if desired["tags"] else {}
    aws.call_once(SERVICE, "register_scalable_target", **_key(desired), **_settings(desired), **tags)


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    aws.call(SERVICE, "register_scalable_target", **_key(desired), **_settings(desired))


def delete(aws: Aws, found: State) -> None:
    """Deregisters; the policies go with it, what is scaled keeps its size."""
    aws.call(SERVICE, "deregister_scalable_target", **_key(found))


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    if to_set:
        aws.call(SERVICE, "tag_resource", ResourceARN=found["arn"], Tags=to_set)
    if to_remove:
        aws.call(SERVICE, "untag_resource", ResourceARN=found["arn"], TagKeys=to_remove)


def _key(state: State) -> dict[str, str]:
    dimension = state["dimension"]
    return {
        "ServiceNamespace": of_dimension(dimension),
        "ResourceId": state["name"],
        "ScalableDimension": dimension,
    }


def _settings(desired: State) -> dict[str, object]:
    suspended = bool(desired.get("suspended"))
    states = ("DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended")
    return {
        "MinCapacity": desired["min_capacity"],
        "MaxCapacity": desired["max_capacity"],
        "SuspendedState": dict.fromkeys(states, suspended),
    }


def check(desired: State) -> list[str]:
    if desired["min_capacity"] > desired["max_capacity"]:
        return [f"min_capacity {desired['min_capacity']} is more than max_capacity {desired['max_capacity']}"]
    return []


def eventual(error: AwsError) -> bool:
    """A target or a service registered a moment ago that is not found yet, or another change of it under way.

    https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html (eventual
    consistency), https://github.com/hashicorp/terraform/issues/10737 and
    https://github.com/spinnaker/clouddriver/pull/6215; services of ECS:
    https://github.com/hashicorp/terraform-provider-aws/pull/11693
    """
    if error.code == "ValidationException":
        return "service doesn't exist" in error.message
    return error.code in {"ObjectNotFoundException", "ConcurrentUpdateException", "FailedResourceAccessException"}


SCALABLE_TARGET = Kind(
    name="scalable_target",
    role="",
    read=read,
    create=create,
    update=update,
    delete=delete,
    tag=tag,
    eventual=eventual,
    check=check,
)
