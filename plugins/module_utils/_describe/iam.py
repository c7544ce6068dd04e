# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""IAM: https://docs.aws.amazon.com/IAM/latest/APIReference/"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Collection

from .._engine.aws import Aws
from .._engine.errors import AwsError
from .._engine.tags import to_dict
from .reading import Item, each_named, existing, further

# Seconds to wait for a credential report, and the last attempt.
REPORT_PAUSES = (0.1, 0.5, 1, 2, None)
_NO_REPORT = frozenset({"ReportNotPresent", "ReportExpired", "ReportInProgress"})


def roles(aws: Aws, *, names: Collection[str], policies: bool = True) -> list[Item]:
    """Roles with AssumeRolePolicyDocument and Tags.

    policies: with InlinePolicies ({name: document}) and AttachedPolicies (ARNs) too.
    """
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


def managed_policies(aws: Aws, *, arns: Collection[str]) -> list[Item]:
    """Managed policies with Document, the default version's."""

    def one(arn: str) -> Item:
        found: Item = aws.call("iam", "get_policy", PolicyArn=arn)["Policy"]
        version = further(aws, found, "iam", "get_policy_version", PolicyArn=arn, VersionId=found["DefaultVersionId"])
        found["Document"] = version["PolicyVersion"]["Document"] if version else None
        return {**found, "Tags": to_dict(found.get("Tags"))}

    return aws.map(one, sorted(arns))


def password_policy(aws: Aws) -> list[Item]:
    """The account's password policy, at most one: MinimumPasswordLength, RequireSymbols, ..."""
    return existing(lambda: [aws.call("iam", "get_account_password_policy")["PasswordPolicy"]])


def credential_report(aws: Aws) -> list[Item]:
    """One item a user, the root user (<root_account>) too, with the columns of the report as text.

    AWS makes a report at most every four hours; this asks for one where there is none, and waits for it.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
    """
    for pause in REPORT_PAUSES:
        try:
            content = aws.call("iam", "get_credential_report")["Content"]
        except AwsError as error:
            if error.code not in _NO_REPORT or pause is None:
                raise
            aws.call("iam", "generate_credential_report")
            time.sleep(pause)
        else:
            return list(csv.DictReader(io.StringIO(content.decode())))
    raise AssertionError("the last attempt returns or raises")
