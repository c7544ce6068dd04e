# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A secret's resource policy from plain options: nobody of another account, and only who is named reads the value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._engine.aws import Aws
from ..._engine.errors import Refusal
from ..._engine.kind import State
from ..._engine.shared_policy import SharedPolicy

FOREIGN_SID = "NobodyOfAnotherAccount"
READERS_SID = "OnlyTheNamedReaders"
# https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
POLICY = SharedPolicy(sids=(FOREIGN_SID, READERS_SID), defaults=(), size=20_480)
CLOUDFORMATION = "cloudformation.amazonaws.com"
OPTIONS = ("reader_arns", "cloudformation_reads")


def prepared(aws: Aws, items: Sequence[State]) -> list[State]:
    """The items in the shape of the kind: with a policy in the place of the options that it is made of.

    An item's own policy wins; an item with neither has none, and its policy stays as it is. Errors: Refusal.
    """
    reasons = [
        f"secret {item['name']}: replica_regions has {aws.region}, the region of the secret itself; leave it out"
        for item in items
        if aws.region in (item.get("replica_regions") or ())
    ]
    if reasons:
        raise Refusal(reasons)
    return [_prepared(aws, item) for item in items]


def _prepared(aws: Aws, item: State) -> State:
    # A schedule takes the place of days, which may be what the items share.
    left = (*OPTIONS, "rotation_days") if item.get("rotation_schedule") else OPTIONS
    rest = {key: value for key, value in item.items() if key not in left}
    if item.get("policy") is not None or item.get("reader_arns") is None:
        return rest
    return {**rest, "policy": document(aws.account_id, item["reader_arns"], bool(item.get("cloudformation_reads")))}


def document(account: str, reader_arns: Sequence[str], cloudformation_reads: bool = False) -> dict[str, Any]:
    """The policy of a secret. Without readers IAM policies of the account decide who reads the value."""
    foreign = _deny(FOREIGN_SID, "secretsmanager:*", {"StringNotEquals": {"aws:PrincipalAccount": account}})
    statements = [foreign]
    if reader_arns:
        only: dict[str, Any] = {"ArnNotLike": {"aws:PrincipalArn": list(reader_arns)}}
        if cloudformation_reads:
            # Who makes a stack with {{resolve:secretsmanager:...}} reads through CloudFormation, with this key:
            # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
            only["StringNotEquals"] = {"aws:CalledViaFirst": CLOUDFORMATION}
        statements.append(_deny(READERS_SID, "secretsmanager:GetSecretValue", only))
    return {"Version": "2012-10-17", "Statement": statements}


def _deny(sid: str, action: str, condition: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "Sid": sid,
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": "*",
        "Condition": {**condition, "Bool": {"aws:PrincipalIsAWSService": "false"}},
    }
