# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Elastic Load Balancing v2: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection

from .._engine.aws import Aws
from .._engine.tags import to_dict
from .reading import Item, further

BATCH = 20  # DescribeTags takes at most twenty ARNs


def _with_tags(aws: Aws, items: list[Item], arn: str) -> list[Item]:
    batches = [items[start : start + BATCH] for start in range(0, len(items), BATCH)]

    def add(batch: list[Item]) -> None:
        answer = aws.call("elbv2", "describe_tags", ResourceArns=[item[arn] for item in batch])
        tags = {one["ResourceArn"]: to_dict(one["Tags"]) for one in answer["TagDescriptions"]}
        for item in batch:
            item["Tags"] = tags.get(item[arn], {})

    aws.map(add, batches)
    return items


def load_balancers(aws: Aws) -> list[Item]:
    """Every load balancer, with Tags."""
    found = aws.pages("elbv2", "describe_load_balancers", "LoadBalancers")
    return _with_tags(aws, found, "LoadBalancerArn")


def load_balancer_attributes(aws: Aws, balancer: Item) -> dict[str, str] | None:
    """Attributes by key ("access_logs.s3.enabled": "true"); None, with the error on the balancer, when denied."""
    arn = balancer["LoadBalancerArn"]
    answer = further(aws, balancer, "elbv2", "describe_load_balancer_attributes", LoadBalancerArn=arn)
    return {one["Key"]: one["Value"] for one in answer["Attributes"]} if answer else None


def listeners(aws: Aws, *, load_balancers: Collection[str]) -> list[Item]:
    """Listeners of the load balancers (ARNs), with Rules (default rule included) and ListenerCertificates
    (the default one and those of SNI; [] without TLS); None where denied.

    Conditions on HTTP headers come without Values: one may be the secret that CloudFront sends.
    """
    found = [
        listener
        for answer in aws.map(
            lambda arn: aws.pages("elbv2", "describe_listeners", "Listeners", LoadBalancerArn=arn),
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


def target_groups(aws: Aws) -> list[Item]:
    """Every target group."""
    return aws.pages("elbv2", "describe_target_groups", "TargetGroups")


def target_health(aws: Aws, group: Item) -> list[Item] | None:
    """The targets, each {Target, TargetHealth: {State, Reason}}; None, with the error on the group, when denied."""
    arn = group["TargetGroupArn"]
    answer = further(aws, group, "elbv2", "describe_target_health", TargetGroupArn=arn)
    return answer["TargetHealthDescriptions"] if answer else None
