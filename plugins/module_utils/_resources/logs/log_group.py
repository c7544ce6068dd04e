# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudWatch Logs groups: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ..._describe import logs
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, Reference, State
from ..kms.key_policy import logs_principal
from ..kms.kms_key import KMS_KEY

# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
RETENTION_DAYS = (
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
)  # fmt: skip
NAME = re.compile(r"(?!aws/)[A-Za-z0-9._/#-]{1,512}")


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
    with _advised(aws):
        aws.call_once("logs", "create_log_group", **options)


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """A key encrypts what comes after it; what is there already stays as it is."""
    group = {"logGroupName": found["name"]}
    if "retention_in_days" in fields:
        aws.call("logs", "put_retention_policy", **group, retentionInDays=desired["retention_in_days"])
        yield frozenset({"retention_in_days"})
    if "kms_key" in fields:
        with _advised(aws):
            aws.call("logs", "associate_kms_key", **group, kmsKeyId=desired["kms_key"])
        yield frozenset({"kms_key"})


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    if to_set:
        aws.call("logs", "tag_resource", resourceArn=found["arn"], tags=to_set)
    if to_remove:
        aws.call("logs", "untag_resource", resourceArn=found["arn"], tagKeys=to_remove)


@contextmanager
def _advised(aws: Aws) -> Iterator[None]:
    """Where the key is refused, the error says what its policy must admit: AWS's words name no permission of ours."""
    try:
        yield
    except AwsError as error:
        if not _key_not_visible(error):
            raise
        principal = logs_principal(aws.partition, aws.region)
        raise error.explained(
            f"the key's policy must let {principal} use it for this log group, as kms_key does with admits: [logs]; "
            "the key must be enabled and symmetric"
        ) from error


def _key_not_visible(error: AwsError) -> bool:
    """A key, and its policy, take some seconds to reach CloudWatch Logs.

    A policy that does not admit the service (yet) is an AccessDeniedException, a key that is missing or disabled an
    InvalidParameterException: https://github.com/hashicorp/terraform-provider-aws/issues/29282 and AssociateKmsKey in
    the API reference.
    """
    if error.code == "AccessDeniedException":
        return "is not allowed to be used with" in error.message
    return error.code == "InvalidParameterException" and "KMS" in error.message.upper()


def _busy(error: AwsError) -> bool:
    """Another change of the same group is under way."""
    return error.code == "OperationAbortedException"


def check(desired: State) -> list[str]:
    reasons = []
    if not NAME.fullmatch(desired["name"]):
        reasons.append("the name of a log group is of letters, digits and ._-/#, at most 512, and not aws/ before it")
    days = desired.get("retention_in_days")
    if days is not None and days not in RETENTION_DAYS:
        offered = ", ".join(map(str, RETENTION_DAYS))
        reasons.append(f"retention_in_days is {days}; CloudWatch Logs offers {offered}")
    return reasons


LOG_GROUP = Kind(
    name="log_group",
    role="",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={"kms_key": Reference(KMS_KEY, "arn")},
    eventual=_key_not_visible,
    busy=_busy,
    check=check,
)
