# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudWatch Logs groups: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._describe import logs
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, Reference, State
from ..kms.kms_key import KMS_KEY


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    return {
        group["logGroupName"]: {
            "name": group["logGroupName"],
            "arn": group["arn"].removesuffix(":*"),
            "retention_in_days": group.get("retentionInDays"),
            "kms_key": group.get("kmsKeyId"),
            "tags": group["Tags"],
        }
        for group in logs.log_groups(aws, names={item["name"] for item in items})
    }


def create(aws: Aws, desired: State) -> None:
    options: dict[str, Any] = {"logGroupName": desired["name"]}
    if desired.get("kms_key"):
        options["kmsKeyId"] = desired["kms_key"]
    if desired["tags"]:
        options["tags"] = desired["tags"]
    aws.call_once("logs", "create_log_group", **options)


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """A key encrypts what comes after it; what is there already stays as it is."""
    group = {"logGroupName": found["name"]}
    if "retention_in_days" in fields:
        aws.call("logs", "put_retention_policy", **group, retentionInDays=desired["retention_in_days"])
    if "kms_key" in fields:
        aws.call("logs", "associate_kms_key", **group, kmsKeyId=desired["kms_key"])


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    if to_set:
        aws.call("logs", "tag_resource", resourceArn=found["arn"], tags=to_set)
    if to_remove:
        aws.call("logs", "untag_resource", resourceArn=found["arn"], tagKeys=to_remove)


def _key_not_visible(error: AwsError) -> bool:
    """A key policy takes some seconds to reach CloudWatch Logs."""
    return error.code == "InvalidParameterException" and "KMS" in error.message.upper()


LOG_GROUP = Kind(
    name="log_group",
    role="",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={"kms_key": Reference(KMS_KEY, "arn")},
    eventual=_key_not_visible,
)
