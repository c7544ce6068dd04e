# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Logs of a load balancer go into a bucket whose policy admits them: ELB writes a test object at once.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
"""

from __future__ import annotations

import fnmatch
import json
from typing import Any

from local_aws import policies
from local_aws.refusal import Refusal
from local_aws.services.elbv2 import aws

_SERVICE = "logdelivery.elasticloadbalancing.amazonaws.com"
# The accounts of ELB that deliver in regions of before August 2022, where the service principal may be named instead.
_ACCOUNTS = {
    "us-east-1": "127311923021",
    "us-east-2": "033677994240",
    "us-west-1": "027434742980",
    "us-west-2": "797873946194",
    "eu-central-1": "054676820928",
    "eu-west-1": "156460612806",
    "eu-west-2": "652711504416",
}
_TEST_OBJECTS = {
    "access_logs": "ELBAccessLogTestFile",
    "connection_logs": "ELBConnectionLogTestFile",
    "health_check_logs": "ELBHealthCheckLogTestFile",
}


@aws.before("ModifyLoadBalancerAttributes")
def bucket_rule(call: Any) -> None:
    balancer = call.backend().load_balancers.get(call.params["LoadBalancerArn"])
    if balancer is None:
        return
    given = {one["Key"]: one.get("Value", "") for one in call.params["Attributes"]}
    wanted = {**balancer.attrs, **given}
    for logs, test_object in _TEST_OBJECTS.items():
        if wanted.get(f"{logs}.s3.enabled") == "true" and any(key.startswith(f"{logs}.s3.") for key in given):
            prefix = wanted.get(f"{logs}.s3.prefix", "").strip("/")
            folder = f"{prefix}/AWSLogs" if prefix else "AWSLogs"
            _check(call, balancer.arn, wanted.get(f"{logs}.s3.bucket", ""), f"{folder}/{call.account}/{test_object}")


def _check(call: Any, balancer: str, bucket: str, key: str) -> None:
    refusal = Refusal(
        "InvalidConfigurationRequest", f"Access Denied for bucket: {bucket}. Please check S3bucket permission", 400
    )
    if not bucket:
        raise Refusal("InvalidConfigurationRequest", "The value of 'access_logs.s3.bucket' cannot be empty", 400)
    found = next((one for name, one in call.backend("s3", region="aws").buckets.items() if name == bucket), None)
    if found is None:
        raise Refusal("InvalidConfigurationRequest", f"S3 bucket '{bucket}' does not exist", 400)
    if found.region_name != call.region:
        message = f"The bucket '{bucket}' is not in the region of the load balancer"
        raise Refusal("InvalidConfigurationRequest", message, 400)
    try:
        policy = call.ask("s3", "GetBucketPolicy", Bucket=bucket)["Policy"]
        rules = call.ask("s3", "GetBucketEncryption", Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    except Refusal as refused:
        raise refusal from refused
    by_key = any(rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] != "AES256" for rule in rules)
    if by_key or not _admits(call, policy, f"arn:{call.partition}:s3:::{bucket}/{key}", balancer):
        raise refusal


def _admits(call: Any, policy: str, target: str, balancer: str) -> bool:
    about = [_as_service(call, one) for one in policies.statements(policy) if _is_about(one, target)]
    context = {
        "aws:SecureTransport": "true",
        "aws:SourceAccount": call.account,
        "aws:SourceArn": balancer,
        "s3:x-amz-acl": "bucket-owner-full-control",
    }
    return policies.admits(json.dumps({"Statement": about}), _SERVICE, "s3:PutObject", context)


def _is_about(statement: dict[str, Any], target: str) -> bool:
    return any(fnmatch.fnmatchcase(target, str(one)) for one in policies.as_list(statement.get("Resource")))


def _as_service(call: Any, statement: dict[str, Any]) -> dict[str, Any]:
    """A statement for ELB's account is one for its service."""
    account = _ACCOUNTS.get(call.region)
    named = policies.principals(statement)
    if account and {account, f"arn:{call.partition}:iam::{account}:root"} & set(named):
        return {**statement, "Principal": {"Service": _SERVICE}}
    return statement
