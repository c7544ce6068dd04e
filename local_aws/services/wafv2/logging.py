# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Logs: where they go, and the permission that WAF writes by itself."""

from __future__ import annotations

import json
import re
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.s3 import delivery
from local_aws.services.wafv2 import aws
from local_aws.services.wafv2.common import acl_of, invalid, lowered

LOGS_SID = "AWSLogDeliveryWrite20150319"  # what AWS calls the statement and the policy that it writes for vended logs
_DESTINATION = re.compile(
    r"arn:aws[a-z-]*:(?:logs:[^:]*:\d*:log-group:aws-waf-logs-[^:*]+|s3:::aws-waf-logs-[^/]+"
    r"|firehose:[^:]*:\d*:deliverystream/aws-waf-logs-.+)"
)


@aws.before("PutLoggingConfiguration")
def logging_rule(call: Any) -> None:
    """One destination, called aws-waf-logs-, that exists; of a CLOUDFRONT ACL the log group is in its region."""
    wanted = call.params["LoggingConfiguration"]
    acl_of(call, wanted["ResourceArn"])
    destinations = wanted["LogDestinationConfigs"]
    if len(destinations) != 1 or not _DESTINATION.fullmatch(destinations[0]):
        raise invalid(f"The ARN isn't valid., field: LOG_DESTINATION, parameter: {', '.join(destinations)}")
    _service, region, name = _parts(destinations[0])
    if _service == "logs" and (region != call.region or name not in call.backend("logs").groups):
        raise Refusal(
            "WAFLogDestinationPermissionIssueException",
            "Unable to deliver logs to the configured destination. You might need to grant log delivery permissions "
            "for the destination. If you're using S3 as your log destination, you might have exceeded your bucket "
            "limit.",
            400,
        )
    fields = [lowered(one) for one in wanted.get("RedactedFields", [])]
    call.change(LoggingConfiguration={**wanted, "RedactedFields": sorted(fields, key=json.dumps)})


def _parts(arn: str) -> tuple[str, str, str]:
    """(service, region, name of the log group or bucket) of a destination."""
    _arn, _partition, service, region, _account, *rest = arn.split(":")
    return service, region, rest[-1].rpartition("/")[2] if service == "firehose" else ":".join(rest[1:]) or rest[0]


@aws.after("PutLoggingConfiguration")
def permitted(call: Any, answer: dict[str, Any]) -> None:
    """WAF writes its own permission, whoever wrote the policy before.

    A log group's stands in a policy of CloudWatch Logs, a bucket's in the bucket's:
    https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html, logging-s3.html.
    """
    destination = call.params["LoggingConfiguration"]["LogDestinationConfigs"][0]
    service, _region, name = _parts(destination)
    if service == "logs":
        _admit_to_group(call, destination)
    if service == "s3":
        _admit_to_bucket(call, name)


def _admit_to_group(call: Any, group: str) -> None:
    policies = call.ask("logs", "DescribeResourcePolicies")["resourcePolicies"]
    found = next((one for one in policies if one["policyName"] == LOGS_SID), None)
    empty: dict[str, Any] = {"Version": "2012-10-17", "Statement": []}
    document = json.loads(found["policyDocument"]) if found else empty
    resource = f"{group}:log-stream:*"
    if any(resource in statement["Resource"] for statement in document["Statement"]):
        return
    document["Statement"].append(
        {
            "Sid": f"{LOGS_SID}{len(document['Statement']) + 1}",
            "Effect": "Allow",
            "Principal": {"Service": "delivery.logs.amazonaws.com"},
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": [resource],
            "Condition": {
                "StringEquals": {"aws:SourceAccount": call.account},
                "ArnLike": {"aws:SourceArn": f"arn:{call.partition}:logs:{call.region}:{call.account}:*"},
            },
        }
    )
    call.ask("logs", "PutResourcePolicy", policyName=LOGS_SID, policyDocument=json.dumps(document))


def _admit_to_bucket(call: Any, bucket: str) -> None:
    delivery.admit(call, bucket, f"AWSLogs/{call.account}/WAFLogs")


@aws.after("GetLoggingConfiguration")
def logging_shown(call: Any, answer: dict[str, Any]) -> None:
    found = answer["LoggingConfiguration"]
    found.update({"LogType": "WAF_LOGS", "LogScope": "CUSTOMER"})
