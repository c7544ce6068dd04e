# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""IAM: trust policies must be policies; AWS's own policies are there, loaded when one is asked for."""

from __future__ import annotations

import functools
import json
from typing import Any

from moto.backends import get_backend

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


@functools.cache
def _managed() -> dict[str, dict[str, Any]]:
    """AWS's managed policies by ARN. A tenth of a second and 1,600 of them: not for every account at every reset."""
    from moto.iam.aws_managed_policies import aws_managed_policies_data

    policies_by_name = json.loads(aws_managed_policies_data)
    return {
        f"arn:aws:iam::aws:policy{data['Path']}{name}": {**data, "Name": name}
        for name, data in policies_by_name.items()
    }


def _load(call: Any, arn: str) -> None:
    from moto.iam.models import AWSManagedPolicy

    backend = call.backend(region="aws")
    data = _managed().get(arn.replace(f"arn:{call.partition}:", "arn:aws:", 1))
    if data and arn not in backend.managed_policies:
        policy = AWSManagedPolicy.from_data(data["Name"], backend.account_id, backend.region_name, data)
        backend.managed_policies[arn] = policy
        backend.aws_managed_policies.append(policy)


_BY_ARN = (
    "AttachGroupPolicy",
    "AttachRolePolicy",
    "AttachUserPolicy",
    "GetPolicy",
    "GetPolicyVersion",
    "ListEntitiesForPolicy",
    "ListPolicyVersions",
    "CreateRole",
    "CreateUser",
    "PutRolePermissionsBoundary",
    "PutUserPermissionsBoundary",
)


@aws.before(*_BY_ARN)
def one_managed_policy(call: Any) -> None:
    arn = call.params.get("PolicyArn") or call.params.get("PermissionsBoundary") or ""
    if arn.startswith(f"arn:{call.partition}:iam::aws:policy/"):
        _load(call, arn)


@aws.before("CreateRole", "CreateUser", "PutRolePermissionsBoundary", "PutUserPermissionsBoundary")
def boundary_rule(call: Any) -> None:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html: NoSuchEntity"""
    arn = call.params.get("PermissionsBoundary")
    if arn and arn not in call.backend(region="aws").managed_policies:
        raise Refusal("NoSuchEntity", f"Scope ARN: {arn} does not exist or is not attachable.", 404)


@aws.before("CreateRole")
def names_differ(call: Any) -> None:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html: names are not distinguished by case"""
    name = call.params["RoleName"].lower()
    if any(role.name.lower() == name for role in call.backend(region="aws").roles.values()):
        raise Refusal("EntityAlreadyExists", f"Role with name {call.params['RoleName']} already exists.", 409)


@aws.before("DeleteRole", "DeleteUser")
def remember_unique_id(call: Any) -> None:
    backend = call.backend(region="aws")
    if call.operation == "DeleteRole":
        found = [role for role in backend.roles.values() if role.name == call.params["RoleName"]]
    else:
        found = [user for user in backend.users.values() if user.name == call.params.get("UserName")]
    call.state("leaving")[call.request_id] = [(one.arn, one.id) for one in found]


@aws.after("DeleteRole", "DeleteUser")
def leave_unique_id(call: Any, answer: dict[str, Any]) -> None:
    """Policies of keys and secrets that name the deleted show its unique id from then on."""
    for arn, unique_id in call.state("leaving").pop(call.request_id, []):
        for service, kept in (("kms", "keys"), ("secretsmanager", "secrets")):
            for backend in get_backend(service)[call.account].values():
                for thing in getattr(backend, kept).values():
                    document = getattr(thing, "policy", None)
                    if document and arn in document:
                        thing.policy = policies.orphaned(document, arn, unique_id)


@aws.before("ListPolicies", "GetAccountAuthorizationDetails", "GetAccountSummary")
def all_managed_policies(call: Any) -> None:
    if call.params.get("Scope") != "Local" and not call.params.get("OnlyAttached"):
        for arn in _managed():
            _load(call, arn.replace("arn:aws:", f"arn:{call.partition}:", 1))
