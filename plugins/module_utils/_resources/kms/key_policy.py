# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A key's policy from plain options: IAM policies of the account decide, and who else is admitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._engine.aws import Aws
from ..._engine.errors import Refusal
from ..._engine.kind import State
from ..._engine.shared_policy import SharedPolicy

# The options that the policy is made of, where an item has any of them.
OPTIONS = ("admits", "administrators", "users", "policy_statements", "deletion_window_in_days")
ADMITTED = ("logs", "notifications")
# Services that publish to encrypted topics by themselves and that the roles of this collection need.
NOTIFICATION_SERVICES = ("events.rds.amazonaws.com", "cloudwatch.amazonaws.com", "events.amazonaws.com")
DELETION_DAYS = range(7, 31)
# The statement that KMS gives to a key without a policy says what our first one does, and the size is a quota:
# https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
# https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
POLICY = SharedPolicy(
    sids=(
        "IamPoliciesOfThisAccountDecide",
        "LogGroupsOfThisAccount",
        "ServicesThatPublishForThisAccount",
        "EventBridgeThatSaysNoSource",
        "NamedKeyAdministrators",
        "NamedKeyUsers",
        "GrantsOfKeyUsersForServices",
        "NoDeletionSooner",
    ),
    defaults=("Enable IAM User Permissions",),
    size=32_768,
)
# https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html: "Adding the aws:SourceAccount, aws:SourceArn, and
# aws:SourceOrgID to a AWS KMS policy is not supported for EventBridge-to-encrypted topics."
_WITHOUT_SOURCE = frozenset({"events.amazonaws.com"})
# What the console gives to key administrators and key users:
# https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
_ADMINISTER = (
    "kms:Create*", "kms:Describe*", "kms:Enable*", "kms:List*", "kms:Put*", "kms:Update*", "kms:Revoke*",
    "kms:Disable*", "kms:Get*", "kms:Delete*", "kms:TagResource", "kms:UntagResource", "kms:ScheduleKeyDeletion",
    "kms:CancelKeyDeletion", "kms:RotateKeyOnDemand",
)  # fmt: skip
_USE = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey")
_GRANT = ("kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant")


def with_policies(aws: Aws, items: Sequence[State]) -> list[State]:
    """The items in the shape of the kind: with a policy in the place of the options that it is made of.

    An item's own policy wins; an item with neither has none, and then a new key gets KMS's default policy.
    Errors: Refusal.
    """
    reasons = [f"kms_key {item['name']}: {reason}" for item in items for reason in check(item)]
    if reasons:
        raise Refusal(reasons)
    return [_with_policy(aws, item) for item in items]


def _with_policy(aws: Aws, item: State) -> State:
    rest = {key: value for key, value in item.items() if key not in (*OPTIONS, "notification_services")}
    if rest.get("policy") is not None or all(item.get(name) is None for name in OPTIONS):
        return rest
    return {**rest, "policy": document(aws.partition, aws.region, aws.account_id, item)}


def document(partition: str, region: str, account: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """The policy that an item's options ask for."""
    admits = item.get("admits") or ()
    statements = [_account(partition, account)]
    if "logs" in admits:
        statements.append(_logs(partition, region, account))
    if "notifications" in admits:
        statements += _publishers(account, item.get("notification_services") or NOTIFICATION_SERVICES)
    if item.get("administrators"):
        statements.append(_allow("NamedKeyAdministrators", {"AWS": item["administrators"]}, _ADMINISTER))
    if item.get("users"):
        users = {"AWS": item["users"]}
        only = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
        statements += [_allow("NamedKeyUsers", users, _USE), _allow("GrantsOfKeyUsersForServices", users, _GRANT, only)]
    if item.get("deletion_window_in_days"):
        statements.append(_not_sooner(item["deletion_window_in_days"]))
    return {"Version": "2012-10-17", "Statement": [*statements, *(item.get("policy_statements") or ())]}


def check(item: Mapping[str, Any]) -> list[str]:
    """Refusals of an item's options, as sentences."""
    days = item.get("deletion_window_in_days")
    if days and days not in DELETION_DAYS:
        return [f"deletion_window_in_days is {days}; KMS takes {DELETION_DAYS[0]} to {DELETION_DAYS[-1]}"]
    return []


def _allow(
    sid: str, principal: Mapping[str, Any], actions: Sequence[str], condition: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    statement = {"Sid": sid, "Effect": "Allow", "Principal": principal, "Action": list(actions), "Resource": "*"}
    return {**statement, **({"Condition": condition} if condition else {})}


def _account(partition: str, account: str) -> dict[str, Any]:
    """IAM policies decide, and the key cannot be locked out of its account.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    root = {"AWS": f"arn:{partition}:iam::{account}:root"}
    return {**_allow("IamPoliciesOfThisAccountDecide", root, ()), "Action": "kms:*"}


def logs_principal(partition: str, region: str) -> str:
    """CloudWatch Logs of a region, which has the partition's own suffix in China.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html,
    https://github.com/serverless/serverless/issues/12087
    """
    return f"logs.{region}.amazonaws.com" + (".cn" if partition == "aws-cn" else "")


def _logs(partition: str, region: str, account: str) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html"""
    actions = ("kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*")
    groups = f"arn:{partition}:logs:{region}:{account}:log-group:*"
    only = {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}}
    return _allow("LogGroupsOfThisAccount", {"Service": logs_principal(partition, region)}, actions, only)


def _publishers(account: str, services: Sequence[str]) -> list[dict[str, Any]]:
    """One statement for the services that say for whom they publish, one for those that cannot.

    https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    """
    actions = ("kms:GenerateDataKey*", "kms:Decrypt")
    held = [name for name in services if name not in _WITHOUT_SOURCE]
    free = [name for name in services if name in _WITHOUT_SOURCE]
    only = {"StringEquals": {"aws:SourceAccount": account}}
    statements = []
    if held:
        statements.append(_allow("ServicesThatPublishForThisAccount", {"Service": held}, actions, only))
    if free:
        statements.append(_allow("EventBridgeThatSaysNoSource", {"Service": free}, actions))
    return statements


def _not_sooner(days: int) -> dict[str, Any]:
    """https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html"""
    return {
        "Sid": "NoDeletionSooner",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "kms:ScheduleKeyDeletion",
        "Resource": "*",
        "Condition": {"NumericLessThan": {"kms:ScheduleKeyDeletionPendingWindowInDays": str(days)}},
    }
