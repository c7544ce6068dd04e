# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudWatch Logs: retention is one of a list, and a key must admit the service."""

from __future__ import annotations

from typing import Any

from local_aws import policies
from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("logs")

RETENTION = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)


@aws.before("PutRetentionPolicy")
def retention_rule(call: Any) -> None:
    if call.params["retentionInDays"] not in RETENTION:
        raise Refusal(
            "InvalidParameterException", f"retentionInDays must be one of {', '.join(map(str, RETENTION))}", 400
        )


@aws.before("CreateLogGroup")
def name_rule(call: Any) -> None:
    if call.params["logGroupName"].startswith("aws/"):
        raise Refusal("InvalidParameterException", "Log groups starting with aws/ are reserved for AWS.", 400)


@aws.before("CreateLogGroup", "AssociateKmsKey")
def key_rule(call: Any) -> None:
    """The key is there, enabled and symmetric, and its policy admits CloudWatch Logs for this very log group.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    """
    key = call.params.get("kmsKeyId")
    if key is None:
        return
    try:
        found = call.ask("kms", "DescribeKey", KeyId=key)["KeyMetadata"]
    except Refusal as refused:
        raise Refusal("InvalidParameterException", f"The specified KMS Key Id could not be found. '{key}'", 400) from (
            refused
        )
    if found["KeyState"] != "Enabled" or found.get("KeySpec", "SYMMETRIC_DEFAULT") != "SYMMETRIC_DEFAULT":
        raise Refusal("InvalidParameterException", f"The specified KMS Key Id is disabled or not valid. '{key}'", 400)
    identifier = call.params.get("resourceIdentifier", "")
    name = call.params.get("logGroupName") or identifier.partition(":log-group:")[2].removesuffix(":*")
    group = f"arn:{call.partition}:logs:{call.region}:{call.account}:log-group:{name}"
    if call.operation == "AssociateKmsKey":
        _group(call, call.params.get("logGroupName", ""), identifier)
    policy = call.ask("kms", "GetKeyPolicy", KeyId=found["KeyId"], PolicyName="default")["Policy"]
    if not _admitted(call, policy, group):
        raise Refusal(
            "AccessDeniedException",
            f"The specified KMS key does not exist or is not allowed to be used with Arn '{group}'",
            400,
        )


def _admitted(call: Any, policy: str, group: str) -> bool:
    context = {"kms:EncryptionContext:aws:logs:arn": group, "aws:SourceArn": group, "aws:SourceAccount": call.account}
    principals = [f"logs.{call.region}.amazonaws.com"]
    if call.partition == "aws-cn":
        principals.append(f"{principals[0]}.cn")
    return any(
        all(policies.admits(policy, principal, action, context) for action in ("kms:Decrypt", "kms:GenerateDataKey"))
        for principal in principals
    )


@aws.adds
def associate_kms_key(call: Any, *, kms_key_id: str, log_group_name: str = "", resource_identifier: str = "") -> None:
    _group(call, log_group_name, resource_identifier).kms_key_id = kms_key_id


@aws.adds
def disassociate_kms_key(call: Any, *, log_group_name: str = "", resource_identifier: str = "") -> None:
    _group(call, log_group_name, resource_identifier).kms_key_id = None


def _group(call: Any, name: str, identifier: str) -> Any:
    if bool(name) == bool(identifier):
        raise Refusal("InvalidParameterException", "Give either logGroupName or resourceIdentifier.", 400)
    wanted = name or identifier.partition(":log-group:")[2].removesuffix(":*")
    group = call.backend().groups.get(wanted)
    if group is None:
        raise Refusal("ResourceNotFoundException", "The specified log group does not exist.", 400)
    return group
