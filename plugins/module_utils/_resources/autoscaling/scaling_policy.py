# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Target tracking policies of Application Auto Scaling.

https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._describe import autoscaling
from ..._engine.aws import Aws
from ..._engine.kind import Kind, State
from .scalable_target import SERVICE, eventual, of_dimension

_SETTINGS = {
    "target_value": "TargetValue",
    "scale_in_cooldown": "ScaleInCooldown",
    "scale_out_cooldown": "ScaleOutCooldown",
    "disable_scale_in": "DisableScaleIn",
}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    wanted = {item["name"]: item for item in items}
    found = {}
    for namespace in sorted({of_dimension(item["dimension"]) for item in items}):
        names = sorted(name for name, item in wanted.items() if of_dimension(item["dimension"]) == namespace)
        for policy in autoscaling.scaling_policies(aws, namespace, names=names):
            item = wanted.get(policy["PolicyName"], {})
            if (item.get("resource_id"), item.get("dimension")) != (policy["ResourceId"], policy["ScalableDimension"]):
                continue
            settings = policy.get("TargetTrackingScalingPolicyConfiguration") or {}
            metric = settings.get("PredefinedMetricSpecification") or {}
            found[policy["PolicyName"]] = {
                "name": policy["PolicyName"],
                "arn": policy["PolicyARN"],
                "resource_id": policy["ResourceId"],
                "dimension": policy["ScalableDimension"],
                "metric": metric.get("PredefinedMetricType"),
                "resource_label": metric.get("ResourceLabel"),
                **{field: settings.get(key) for field, key in _SETTINGS.items()},
                "disable_scale_in": settings.get("DisableScaleIn", False),
            }
    return found


def create(aws: Aws, desired: State) -> None:
    """PutScalingPolicy makes and replaces, so it may be repeated."""
    metric = {"PredefinedMetricType": desired["metric"]}
    if desired.get("resource_label"):
        metric["ResourceLabel"] = desired["resource_label"]
    aws.call(
        SERVICE,
        "put_scaling_policy",
        PolicyName=desired["name"],
        ServiceNamespace=of_dimension(desired["dimension"]),
        ResourceId=desired["resource_id"],
        ScalableDimension=desired["dimension"],
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={
            "PredefinedMetricSpecification": metric,
            **{key: desired[field] for field, key in _SETTINGS.items() if desired.get(field) is not None},
        },
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    create(aws, desired)


def delete(aws: Aws, found: State) -> None:
    aws.call(
        SERVICE,
        "delete_scaling_policy",
        PolicyName=found["name"],
        ServiceNamespace=of_dimension(found["dimension"]),
        ResourceId=found["resource_id"],
        ScalableDimension=found["dimension"],
    )


SCALING_POLICY = Kind(
    name="scaling_policy",
    role="",
    read=read,
    create=create,
    update=update,
    delete=delete,
    eventual=eventual,
)
