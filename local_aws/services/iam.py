# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""IAM: trust policies must be policies."""

from __future__ import annotations

from typing import Any

from local_aws import policies
from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("iam")


@aws.before("CreateRole", "UpdateAssumeRolePolicy")
def trust_rule(call: Any) -> None:
    document = call.params.get("AssumeRolePolicyDocument") or call.params.get("PolicyDocument", "")
    try:
        statements = policies.statements(document)
    except ValueError as error:
        raise Refusal("MalformedPolicyDocument", f"This policy contains invalid Json: {error}", 400) from error
    for statement in statements:
        if "Resource" in statement or "NotResource" in statement:
            raise Refusal("MalformedPolicyDocument", "Has prohibited field Resource", 400)
        if not (statement.get("Principal") or statement.get("NotPrincipal")):
            raise Refusal("MalformedPolicyDocument", "Missing required field Principal", 400)
        for action in policies.as_list(statement.get("Action")):
            if not str(action).startswith("sts:"):
                raise Refusal(
                    "MalformedPolicyDocument", "AssumeRole policy may only specify STS AssumeRole actions.", 400
                )
