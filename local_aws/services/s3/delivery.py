# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the delivery of logs writes into the policy of a bucket by itself, when somebody sets it up.

"If the bucket has a resource policy but that policy doesn't contain the statement ..., that statement is appended":
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html
"""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import Any

from local_aws import policies
from local_aws.refusal import Refusal

SERVICE = "delivery.logs.amazonaws.com"
WRITE = "AWSLogDeliveryWrite"


def admit(call: Any, bucket: str, folder: str) -> None:
    """Let the delivery write below a folder of the bucket, unless a statement does. Errors: Refusal of S3."""
    backend = call.backend("s3", region="aws")
    if bucket not in backend.buckets:
        raise Refusal("ResourceNotFoundException", f"The bucket {bucket} does not exist.", 400)
    resource = f"arn:{call.partition}:s3:::{bucket}/{folder}/*"
    kept = backend.get_bucket(bucket).policy
    document = json.loads(kept) if kept else {"Version": "2012-10-17", "Statement": []}
    document["Statement"] = policies.as_list(document["Statement"])
    if any(_admits(statement, resource) for statement in document["Statement"]):
        return
    numbers = [str(one.get("Sid", "")) for one in document["Statement"]]
    sid = next(name for name in (WRITE, *(f"{WRITE}{number}" for number in range(1, 99))) if name not in numbers)
    document["Statement"].append(
        {
            "Sid": sid,
            "Effect": "Allow",
            "Principal": {"Service": SERVICE},
            "Action": "s3:PutObject",
            "Resource": resource,
            "Condition": {
                "StringEquals": {
                    "s3:x-amz-acl": "bucket-owner-full-control",
                    "aws:SourceAccount": call.account,
                },
                "ArnLike": {"aws:SourceArn": f"arn:{call.partition}:logs:{call.region}:{call.account}:*"},
            },
        }
    )
    call.ask("s3", "PutBucketPolicy", Bucket=bucket, Policy=json.dumps(document))


def _admits(statement: dict[str, Any], resource: str) -> bool:
    return (
        statement.get("Effect") == "Allow"
        and SERVICE in policies.principals(statement, "Service")
        and "s3:PutObject" in policies.as_list(statement.get("Action"))
        and any(fnmatchcase(resource, pattern) for pattern in policies.as_list(statement.get("Resource")))
    )
