# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""STS: a role is assumed only when it exists and trusts the caller's account."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from local_aws import policies
from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("sts")

# How a test gets into another account in the first place: AWS Organizations makes this role there.
FIRST = "OrganizationAccountAccessRole"


@aws.before("AssumeRole")
def assume_rule(call: Any) -> None:
    from moto.backends import get_backend

    arn = call.params["RoleArn"]
    account, name = arn.split(":")[4], arn.rpartition("/")[2]
    if name == FIRST:
        return
    roles = get_backend("iam")[account][call.partition].roles.values()
    role = next((known for known in roles if known.name == name), None)
    if role is None or not _trusts(role, call):
        caller = f"arn:{call.partition}:iam::{call.account}:user/caller"
        raise Refusal(
            "AccessDenied", f"User: {caller} is not authorized to perform: sts:AssumeRole on resource: {arn}", 403
        )


def _trusts(role: Any, call: Any) -> bool:
    document = role.assume_role_policy_document
    text = document if isinstance(document, str) else json.dumps(document)
    for statement in policies.statements(unquote(text)):
        accounts = [name.split(":")[4] if name.startswith("arn:") else name for name in policies.principals(statement)]
        wanted = statement.get("Condition", {}).get("StringEquals", {}).get("sts:ExternalId")
        fits = wanted is None or call.params.get("ExternalId") in policies.as_list(wanted)
        if statement["Effect"] == "Allow" and fits and ("*" in accounts or call.account in accounts):
            return True
    return False
