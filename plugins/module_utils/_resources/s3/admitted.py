# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Statements of a bucket's policy from plain options: who may write logs to it, which distributions may read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._describe.partitions import home_region
from ..._engine.aws import Aws
from ..._engine.errors import Refusal
from ..._engine.kind import State
from .bucket_policy import OWN_SIDS

ADMITTED = ("access_logs", "delivered_logs", "load_balancer_logs")
OPTIONS = ("admits", "cloudfront_distributions", "policy_statements")
DISTRIBUTIONS_SID = "DistributionsThatMayRead"


def with_statements(aws: Aws, items: Sequence[State]) -> list[State]:
    """The items in the shape of the kind: with statements in the place of the options that they are made of.

    Errors: Refusal of statements without a Sid of their own, by which they are known.
    """
    reasons = [f"s3_bucket {item['name']}: {reason}" for item in items for reason in _refusals(item)]
    if reasons:
        raise Refusal(reasons)
    return [_with_statements(aws, item) for item in items]


def _refusals(item: State) -> list[str]:
    given = item.get("policy_statements") or ()
    reasons = [
        "a statement of policy_statements has no Sid, by which it is known" for one in given if not one.get("Sid")
    ]
    sids = [one.get("Sid") for one in given]
    taken = sorted({sid for sid in sids if sid and (sids.count(sid) > 1 or sid in OWN_SIDS)})
    return reasons + [f"the Sid {sid} is taken; give the statement of policy_statements another" for sid in taken]


def _with_statements(aws: Aws, item: State) -> State:
    rest = {key: value for key, value in item.items() if key not in (*OPTIONS, "remove_public_statements")}
    if item.get("remove_public_statements"):
        rest["public_statements"] = False
    if all(item.get(name) is None for name in OPTIONS):
        return rest
    made = {
        "access_logs": _access_logs,
        "delivered_logs": _delivered_logs,
        "load_balancer_logs": _load_balancer_logs,
    }
    arn = f"arn:{aws.partition}:s3:::{item['name']}"
    statements = [one for name in item.get("admits") or () for one in made[name](aws, arn)]
    if item.get("cloudfront_distributions"):
        statements.append(_readers(arn, item["cloudfront_distributions"]))
    return {**rest, "statements": [*statements, *(item.get("policy_statements") or ())]}


def _allow(sid: str, service: str, action: str, resource: Any, **conditions: Any) -> dict[str, Any]:
    statement = {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": action,
        "Resource": resource,
    }
    return {**statement, **({"Condition": conditions} if conditions else {})}


def _access_logs(aws: Aws, arn: str) -> list[dict[str, Any]]:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html"""
    only = {"aws:SourceAccount": aws.account_id}
    return [_allow("AccessLogs", "logging.s3.amazonaws.com", "s3:PutObject", f"{arn}/*", StringEquals=only)]


def _load_balancer_logs(aws: Aws, arn: str) -> list[dict[str, Any]]:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html"""
    below = [f"{arn}/AWSLogs/{aws.account_id}/*", f"{arn}/*/AWSLogs/{aws.account_id}/*"]
    return [_allow("LoadBalancerLogs", "logdelivery.elasticloadbalancing.amazonaws.com", "s3:PutObject", below)]


def _delivered_logs(aws: Aws, arn: str) -> list[dict[str, Any]]:
    """What CloudWatch Logs would add by itself, with what keeps it to this account's sources.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html
    """
    service = "delivery.logs.amazonaws.com"
    sources = [aws.arn("logs", "delivery-source:*", region=region) for region in sorted({aws.region, home_region(aws)})]
    only = {"aws:SourceAccount": aws.account_id}
    written = {**only, "s3:x-amz-acl": "bucket-owner-full-control"}
    of_ours = {"aws:SourceArn": sources}
    return [
        _allow(
            "DeliveredLogs",
            service,
            "s3:PutObject",
            f"{arn}/AWSLogs/{aws.account_id}/*",
            StringEquals=written,
            ArnLike=of_ours,
        ),
        _allow("DeliveryLooksAtTheBucket", service, "s3:GetBucketAcl", arn, StringEquals=only, ArnLike=of_ours),
    ]


def _readers(arn: str, distributions: Sequence[str]) -> dict[str, Any]:
    """Origin Access Control; a distribution's name stands in the place of its ARN.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
    """
    only = {"aws:SourceArn": list(distributions)}
    return _allow(DISTRIBUTIONS_SID, "cloudfront.amazonaws.com", "s3:GetObject", f"{arn}/*", StringEquals=only)
