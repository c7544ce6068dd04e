# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Application Auto Scaling: tags of scalable targets, bounds that make sense, policies that go with their target.

A target that was just registered may not be there yet for its policies, and two changes at once collide
(https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html and
https://github.com/hashicorp/terraform/issues/10737; ConcurrentUpdateException): the settings ``scaling_polls`` and
``scaling_conflicts``. Nothing scales here, so a cluster that is not available keeps its capacity as AWS leaves it.
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("application-autoscaling")


def _targets(call: Any) -> list[Any]:
    return [target for targets in call.backend().targets.values() for target in targets.values()]


def _find(call: Any, resource_id: str, dimension: str) -> Any:
    return call.backend().targets.get(dimension, {}).get(resource_id)


def _tags(call: Any, arn: str) -> dict[str, str]:
    if not any(target.arn == arn for target in _targets(call)):
        raise Refusal("ResourceNotFoundException", f"The specified resource doesn't exist: {arn}", 400)
    tags: dict[str, str] = call.state("tags").setdefault(arn, {})
    return tags


@aws.before("RegisterScalableTarget", "DeregisterScalableTarget", "PutScalingPolicy", "DeleteScalingPolicy")
def conflict(call: Any) -> None:
    settings = call.front.settings
    if settings.scaling_conflicts:
        settings.scaling_conflicts -= 1
        raise Refusal(
            "ConcurrentUpdateException", "You already have a pending update to an Auto Scaling resource.", 400
        )


# The readers that an Aurora cluster may have:
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
_READERS = 15


@aws.before("RegisterScalableTarget")
def register_rule(call: Any) -> None:
    params = call.params
    existing = _find(call, params["ResourceId"], params["ScalableDimension"])
    low, high = params.get("MinCapacity"), params.get("MaxCapacity")
    if existing is None and (low is None or high is None):
        raise Refusal("ValidationException", "MinCapacity and MaxCapacity are required for a new scalable target", 400)
    low = existing.min_capacity if low is None else low
    high = existing.max_capacity if high is None else high
    if low > high:
        raise Refusal("ValidationException", "Maximum capacity cannot be less than minimum capacity", 400)
    if params["ScalableDimension"] == "rds:cluster:ReadReplicaCount" and high > _READERS:
        raise Refusal("ValidationException", f"Maximum capacity cannot be greater than {_READERS}", 400)
    if existing is not None and params.get("Tags"):
        raise Refusal("ValidationException", "Tags can be given to a new scalable target only; use TagResource", 400)
    if existing is None and call.front.settings.scaling_polls:
        call.state("fresh")[_key(params)] = call.front.settings.scaling_polls


@aws.after("RegisterScalableTarget")
def register_tags(call: Any, answer: dict[str, Any]) -> None:
    if call.params.get("Tags"):
        call.state("tags")[answer["ScalableTargetARN"]] = dict(call.params["Tags"])


@aws.before("DeregisterScalableTarget")
def deregister(call: Any) -> None:
    """The policies of a target are deleted with it."""
    params = call.params
    target = _find(call, params["ResourceId"], params["ScalableDimension"])
    if target is None:
        raise Refusal("ObjectNotFoundException", "No scalable target found", 400)
    call.state("tags").pop(target.arn, None)
    call.state("fresh").pop(_key(params), None)
    policies = call.backend().policies
    for key, policy in list(policies.items()):
        if (policy.resource_id, policy.scalable_dimension) == (target.resource_id, target.scalable_dimension):
            del policies[key]


def _key(params: dict[str, Any]) -> str:
    return f"{params['ResourceId']} {params['ScalableDimension']}"


@aws.before("PutScalingPolicy")
def policy_rule(call: Any) -> None:
    params, fresh = call.params, call.state("fresh")
    unseen = fresh.get(_key(params), 0)
    if unseen:
        fresh[_key(params)] = unseen - 1
    if unseen or _find(call, params["ResourceId"], params["ScalableDimension"]) is None:
        raise Refusal(
            "ObjectNotFoundException",
            f"No scalable target registered for service namespace: {params['ServiceNamespace']}, resource ID: "
            f"{params['ResourceId']}, scalable dimension: {params['ScalableDimension']}",
            400,
        )


@aws.adds
def list_tags_for_resource(call: Any, *, resource_arn: str) -> dict[str, Any]:
    return {"Tags": dict(_tags(call, resource_arn))}


@aws.adds
def tag_resource(call: Any, *, resource_arn: str, tags: dict[str, str]) -> None:
    _tags(call, resource_arn).update(tags)


@aws.adds
def untag_resource(call: Any, *, resource_arn: str, tag_keys: list[str]) -> None:
    held = _tags(call, resource_arn)
    for key in tag_keys:
        held.pop(key, None)
