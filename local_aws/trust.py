# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Whether a service, or another role, can assume a role: what its trust policy says, and the other role's policies.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html
"""

from __future__ import annotations

import fnmatch
import json
from typing import Any
from urllib.parse import unquote

from local_aws import policies

_ASSUME = "sts:AssumeRole"


def assumable_by_service(call: Any, arn: str, service: str) -> bool:
    """Whether the role exists in the caller's account and trusts the service when that acts for this account."""
    role = _role(call, arn)
    context = {"aws:SourceAccount": call.account}
    return role is not None and policies.admits(_trust_of(role), service, _ASSUME, context)


def assumable_by_role(call: Any, arn: str, by: str) -> bool:
    """Whether the role trusts another role of the account, and a policy in that one lets it assume it."""
    role, other = _role(call, arn), _role(call, by)
    if role is None or other is None:
        return False
    root = f"arn:{call.partition}:iam::{call.account}:root"
    context = {"aws:PrincipalArn": by, "aws:PrincipalAccount": call.account}
    trust = _trust_of(role)
    trusts = any(policies.admits(trust, name, _ASSUME, context, kind="AWS") for name in (root, call.account, by))
    return trusts and any(_lets_assume(document, arn) for document in other.policies.values())


def _role(call: Any, arn: str) -> Any:
    return next((role for role in call.backend("iam", region="aws").roles.values() if role.arn == arn), None)


def _trust_of(role: Any) -> str:
    document = role.assume_role_policy_document
    return unquote(document if isinstance(document, str) else json.dumps(document))


def _lets_assume(document: Any, arn: str) -> bool:
    text = document if isinstance(document, str) else json.dumps(document)
    return any(
        statement["Effect"] == "Allow"
        and any(fnmatch.fnmatchcase(_ASSUME, str(name)) for name in policies.as_list(statement.get("Action")))
        and any(fnmatch.fnmatchcase(arn, str(name)) for name in policies.as_list(statement.get("Resource")))
        for statement in policies.statements(unquote(text))
    )
