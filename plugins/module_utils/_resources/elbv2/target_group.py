# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Target groups: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html

Targets are the service's that registers them, and are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..._describe import elbv2
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, Reference, State
from ..ec2.vpc import VPC
from .common import attributes_to_set, busy, given_tags, name_reasons, same_attributes, tag

_HEALTH_CHECK = {
    "health_check_protocol": "HealthCheckProtocol",
    "health_check_port": "HealthCheckPort",
    "health_check_path": "HealthCheckPath",
    "health_check_interval_seconds": "HealthCheckIntervalSeconds",
    "health_check_timeout_seconds": "HealthCheckTimeoutSeconds",
    "healthy_threshold_count": "HealthyThresholdCount",
    "unhealthy_threshold_count": "UnhealthyThresholdCount",
}
_FOR_LIFE = {
    "protocol": "Protocol",
    "port": "Port",
    "vpc": "VpcId",
    "target_type": "TargetType",
    "protocol_version": "ProtocolVersion",
    "ip_address_type": "IpAddressType",
}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    names = {item["name"] for item in items}
    asked = {item["name"] for item in items if item.get("attributes")}
    found = elbv2.target_groups(aws, names=names, tagged=True)

    def state(group: dict[str, Any]) -> State:
        attributes = elbv2.target_group_attributes(aws, group) if group["TargetGroupName"] in asked else None
        return _state(group, attributes)

    return {one["name"]: one for one in aws.map(state, found)}


def _state(group: dict[str, Any], attributes: dict[str, str] | None) -> State:
    matcher = group.get("Matcher") or {}
    return {
        "name": group["TargetGroupName"],
        "arn": group["TargetGroupArn"],
        "dimension": dimension(group["TargetGroupArn"]),
        **{name: group.get(key) for name, key in {**_FOR_LIFE, **_HEALTH_CHECK}.items()},
        "matcher": matcher.get("HttpCode") or matcher.get("GrpcCode"),
        "load_balancers": sorted(group.get("LoadBalancerArns") or []),
        "attributes": attributes,
        "tags": group["Tags"],
    }


def dimension(arn: str) -> str:
    """How CloudWatch calls it: "targetgroup/mywebapp-prod-blue/73e2d6bc24d8a067"."""
    return arn.rpartition(":")[2]


def lookup(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Without tags and attributes."""
    found = elbv2.target_groups(aws, names={item["name"] for item in items})
    return {
        one["TargetGroupName"]: {"arn": one["TargetGroupArn"], "dimension": dimension(one["TargetGroupArn"])}
        for one in found
    }


def create(aws: Aws, desired: State) -> None:
    for_life = {key: desired[name] for name, key in _FOR_LIFE.items() if desired.get(name) is not None}
    aws.call_once(
        "elbv2",
        "create_target_group",
        Name=desired["name"],
        **for_life,
        **_health_check(desired, desired),
        **given_tags(desired),
    )


def _health_check(desired: State, fields: Mapping[str, Any] | frozenset[str]) -> dict[str, Any]:
    """The parameters of those health check options that are among the fields."""
    wanted = {
        key: desired[name] for name, key in _HEALTH_CHECK.items() if name in fields and desired.get(name) is not None
    }
    if "matcher" in fields and desired.get("matcher") is not None:
        code = "GrpcCode" if desired.get("protocol_version") == "GRPC" else "HttpCode"
        wanted["Matcher"] = {code: desired["matcher"]}
    return wanted


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """The health check in one call, as its parts are held against one another, then the attributes."""
    group = {"TargetGroupArn": found["arn"]}
    checked = fields & {*_HEALTH_CHECK, "matcher"}
    if checked:
        aws.call("elbv2", "modify_target_group", **group, **_health_check(desired, checked))
        yield checked
    if "attributes" in fields:
        attributes = attributes_to_set(found, desired)
        aws.call("elbv2", "modify_target_group_attributes", **group, Attributes=attributes)
        yield frozenset({"attributes"})


def eventual(error: AwsError) -> bool:
    """The VPC was made a moment ago: "The VPC ID 'vpc-...' is not found"."""
    return error.service == "elbv2" and error.code == "ValidationError" and "VPC ID" in error.message


def check(desired: State) -> list[str]:
    reasons = name_reasons("target_group", desired["name"])
    interval, timeout = desired.get("health_check_interval_seconds"), desired.get("health_check_timeout_seconds")
    if interval is not None and timeout is not None and timeout >= interval:
        reasons.append(
            f"health_check_timeout_seconds is {timeout} and must be below health_check_interval_seconds ({interval})"
        )
    return reasons


_STAYS = (
    "a target group keeps it for life; give another name to make another target group, and move the traffic to it by "
    "the listener's rule"
)

TARGET_GROUP = Kind(
    name="target_group",
    role="ecs_service",
    read=read,
    lookup=lookup,
    create=create,
    update=update,
    tag=tag,
    references={"vpc": Reference(VPC)},
    unchangeable=dict.fromkeys(_FOR_LIFE, _STAYS),
    equal={"attributes": same_attributes},
    eventual=eventual,
    busy=busy,
    check=check,
)
