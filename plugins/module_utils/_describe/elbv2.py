# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Elastic Load Balancing v2: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection

from .._engine.aws import Aws
from .._engine.tags import to_dict
from .reading import Item, further

BATCH = 20  # DescribeTags takes at most twenty ARNs


def with_tags(aws: Aws, items: list[Item], arn: str) -> list[Item]:
    """The items with Tags. arn: the field of an item that names it."""
    batches = [items[start : start + BATCH] for start in range(0, len(items), BATCH)]

    def add(batch: list[Item]) -> None:
        answer = aws.call("elbv2", "describe_tags", ResourceArns=[item[arn] for item in batch])
        tags = {one["ResourceArn"]: to_dict(one["Tags"]) for one in answer["TagDescriptions"]}
        for item in batch:
            item["Tags"] = tags.get(item[arn], {})

    aws.map(add, batches)
    return items


def load_balancers(aws: Aws, *, names: Collection[str] | None = None, tagged: bool = True) -> list[Item]:
    """Every load balancer, or those named, with Tags.

    All are listed: asked by name, the call fails as a whole when one of the names is missing.
    """
    found = aws.pages("elbv2", "describe_load_balancers", "LoadBalancers")
    wanted = [one for one in found if names is None or one["LoadBalancerName"] in names]
    return with_tags(aws, wanted, "LoadBalancerArn") if tagged else wanted


def load_balancer_attributes(aws: Aws, balancer: Item) -> dict[str, str] | None:
    """Attributes by key ("access_logs.s3.enabled": "true"); None, with the error on the balancer, when denied."""
    return _attributes(aws, balancer, "load_balancer", "LoadBalancerArn")


def target_group_attributes(aws: Aws, group: Item) -> dict[str, str] | None:
    """As load_balancer_attributes: {"deregistration_delay.timeout_seconds": "300", ...}."""
    return _attributes(aws, group, "target_group", "TargetGroupArn")


def listener_attributes(aws: Aws, listener: Item) -> dict[str, str] | None:
    """As load_balancer_attributes: {"routing.http.response.server.enabled": "true", ...}."""
    return _attributes(aws, listener, "listener", "ListenerArn")


def _attributes(aws: Aws, item: Item, kind: str, arn: str) -> dict[str, str] | None:
    answer = further(aws, item, "elbv2", f"describe_{kind}_attributes", **{arn: item[arn]})
    return {one["Key"]: one.get("Value", "") for one in answer["Attributes"]} if answer else None


def listeners_of(aws: Aws, load_balancer: str) -> list[Item]:
    """The listeners of one load balancer (ARN), as DescribeListeners has them."""
    return aws.pages("elbv2", "describe_listeners", "Listeners", LoadBalancerArn=load_balancer)


def listener_certificates(aws: Aws, listener: str) -> list[Item]:
    """Certificates of one listener (ARN): {CertificateArn, IsDefault}; the default one is among them."""
    return aws.pages("elbv2", "describe_listener_certificates", "Certificates", ListenerArn=listener)


def rules(aws: Aws, listener: str) -> list[Item]:
    """The rules of one listener (ARN) with Tags, without the default rule; values of header conditions are there."""
    found = aws.pages("elbv2", "describe_rules", "Rules", ListenerArn=listener)
    return with_tags(aws, [one for one in found if not one["IsDefault"]], "RuleArn")


def listeners(aws: Aws, *, load_balancers: Collection[str]) -> list[Item]:
    """Listeners of the load balancers (ARNs), with Rules (default rule included) and ListenerCertificates
    (the default one and those of SNI; [] without TLS); None where denied.

    Conditions on HTTP headers come without Values: one may be the secret that CloudFront sends.
    """
    found = [
        listener
        for answer in aws.map(
            lambda arn: listeners_of(aws, arn),
            sorted(load_balancers),
        )
        for listener in answer
    ]

    def add(listener: Item) -> None:
        named = {"ListenerArn": listener["ListenerArn"]}
        answer = further(aws, listener, "elbv2", "describe_rules", **named)
        listener["Rules"] = [_without_headers(rule) for rule in answer["Rules"]] if answer else None
        listener["ListenerCertificates"] = []
        if listener.get("Certificates"):
            answer = further(aws, listener, "elbv2", "describe_listener_certificates", **named)
            listener["ListenerCertificates"] = answer["Certificates"] if answer else None

    aws.map(add, found)
    return found


def _without_headers(rule: Item) -> Item:
    for condition in rule.get("Conditions", []):
        if "HttpHeaderConfig" in condition:
            condition["HttpHeaderConfig"].pop("Values", None)
            condition.pop("Values", None)
    return rule


def target_groups(aws: Aws, *, names: Collection[str] | None = None, tagged: bool = False) -> list[Item]:
    """Every target group, or those named; with Tags where they are asked for."""
    found = aws.pages("elbv2", "describe_target_groups", "TargetGroups")
    wanted = [one for one in found if names is None or one["TargetGroupName"] in names]
    return with_tags(aws, wanted, "TargetGroupArn") if tagged else wanted


def target_health(aws: Aws, group: Item) -> list[Item] | None:
    """The targets, each {Target, TargetHealth: {State, Reason}}; None, with the error on the group, when denied."""
    arn = group["TargetGroupArn"]
    answer = further(aws, group, "elbv2", "describe_target_health", TargetGroupArn=arn)
    return answer["TargetHealthDescriptions"] if answer else None
