# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""IAM: https://docs.aws.amazon.com/IAM/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection

from .._engine.aws import Aws
from .._engine.tags import to_dict
from .reading import Item, each_named, further


def roles(aws: Aws, *, names: Collection[str], policies: bool = True) -> list[Item]:
    """Roles with AssumeRolePolicyDocument and Tags; with policies also InlinePolicies (documents) and AttachedPolicies."""
    found = each_named(aws, names, lambda name: [aws.call("iam", "get_role", RoleName=name)["Role"]])

    def complete(role: Item) -> None:
        name = role["RoleName"]
        role["Tags"] = to_dict(role.get("Tags"))
        if not policies:
            return
        inline, attached = aws.map(
            lambda question: aws.pages("iam", question[0], question[1], RoleName=name),
            [("list_role_policies", "PolicyNames"), ("list_attached_role_policies", "AttachedPolicies")],
        )
        role["AttachedPolicies"] = sorted(policy["PolicyArn"] for policy in attached)
        documents = aws.map(
            lambda policy: further(aws, role, "iam", "get_role_policy", RoleName=name, PolicyName=policy), inline
        )
        role["InlinePolicies"] = {
            policy: document["PolicyDocument"] for policy, document in zip(inline, documents, strict=True) if document
        }

    aws.map(complete, found)
    return found


def account_summary(aws: Aws) -> list[Item]:
    """One item: the numbers of GetAccountSummary (AccountMFAEnabled, AccountAccessKeysPresent, ...)."""
    return [aws.call("iam", "get_account_summary")["SummaryMap"]]
