# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Target groups: health checks that fit, known attributes, and the load balancers that forward to them."""

from __future__ import annotations

from typing import Any

from local_aws.services.elbv2 import aws
from local_aws.services.elbv2.common import associations, check_name, invalid

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
ATTRIBUTES = {
    "deregistration_delay.timeout_seconds": "300",
    "load_balancing.algorithm.anomaly_mitigation": "off",
    "load_balancing.algorithm.type": "round_robin",
    "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
    "slow_start.duration_seconds": "0",
    "stickiness.app_cookie.cookie_name": "",
    "stickiness.app_cookie.duration_seconds": "86400",
    "stickiness.enabled": "false",
    "stickiness.lb_cookie.duration_seconds": "86400",
    "stickiness.type": "lb_cookie",
    "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
    "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
}
_HTTP = ("HTTP", "HTTPS")


@aws.before("CreateTargetGroup")
def name_rule(call: Any) -> None:
    check_name("target group", call.params["Name"])


@aws.after("CreateTargetGroup")
def made_target_group(call: Any, answer: dict[str, Any]) -> None:
    for shown in answer["TargetGroups"]:
        group = call.backend().target_groups[shown["TargetGroupArn"]]
        if group.protocol in _HTTP:
            group.attributes = dict(ATTRIBUTES)


@aws.before("ModifyTargetGroup")
def health_check_rule(call: Any) -> None:
    params = call.params
    group = call.backend().target_groups.get(params["TargetGroupArn"])
    if group is None or group.protocol not in _HTTP:
        return
    interval = params.get("HealthCheckIntervalSeconds", group.health_check_interval_seconds)
    timeout = params.get("HealthCheckTimeoutSeconds", group.health_check_timeout_seconds)
    if int(timeout) >= int(interval):
        raise invalid(f"Health check timeout '{timeout}' must be smaller than the interval '{interval}'")


@aws.after("ModifyTargetGroup")
def matcher(call: Any, answer: dict[str, Any]) -> None:
    """moto does not read the matcher."""
    if "Matcher" in call.params:
        for shown in answer["TargetGroups"]:
            call.backend().target_groups[shown["TargetGroupArn"]].matcher = dict(call.params["Matcher"])
            shown["Matcher"] = call.params["Matcher"]


@aws.before("ModifyTargetGroupAttributes")
def attribute_rule(call: Any) -> None:
    group = call.backend().target_groups.get(call.params["TargetGroupArn"])
    for one in call.params["Attributes"] if group is not None and group.protocol in _HTTP else ():
        if one["Key"] not in ATTRIBUTES:
            raise invalid(f"Target group attribute key '{one['Key']}' is not recognized")


@aws.after("DescribeTargetGroups")
def load_balancers(call: Any, answer: dict[str, Any]) -> None:
    """What forwards to a group now, whatever forwarded to it before."""
    known = associations(call)
    for shown in answer.get("TargetGroups", []):
        shown["LoadBalancerArns"] = sorted(known.get(shown["TargetGroupArn"], ()))
