# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""IAM roles with their policies: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..._describe import iam
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, State, same_members
from ..._engine.policies import as_text, same_policies, same_policy
from ..._engine.tags import to_list

_NAME = re.compile(r"[A-Za-z0-9_+=,.@-]{1,64}")


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Roles by name. Items with nothing but a name (references) cost one call each."""
    whole = any(set(item) > {"name"} for item in items)
    return {
        role["RoleName"]: {
            "name": role["RoleName"],
            "id": role["RoleId"],
            "arn": role["Arn"],
            "path": role["Path"],
            "description": role.get("Description", ""),
            "trust_policy": role["AssumeRolePolicyDocument"],
            "inline_policies": role.get("InlinePolicies"),
            "managed_policy_arns": role.get("AttachedPolicies"),
            "permissions_boundary": (role.get("PermissionsBoundary") or {}).get("PermissionsBoundaryArn"),
            "tags": role["Tags"],
        }
        for role in iam.roles(aws, names={item["name"] for item in items}, policies=whole)
    }


def create(aws: Aws, desired: State) -> None:
    options: dict[str, Any] = {
        "RoleName": desired["name"],
        "Path": desired.get("path", "/"),
        "AssumeRolePolicyDocument": as_text(desired["trust_policy"]),
        "Description": desired.get("description", ""),
        "Tags": to_list(desired["tags"]),
    }
    if desired.get("permissions_boundary"):
        options["PermissionsBoundary"] = desired["permissions_boundary"]
    aws.call_once("iam", "create_role", **options)


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    role = {"RoleName": found["name"]}
    if "trust_policy" in fields:
        aws.call("iam", "update_assume_role_policy", **role, PolicyDocument=as_text(desired["trust_policy"]))
    if "description" in fields:
        aws.call("iam", "update_role", **role, Description=desired["description"])
    if "permissions_boundary" in fields:
        boundary = desired["permissions_boundary"]
        aws.call("iam", "put_role_permissions_boundary", **role, PermissionsBoundary=boundary)
    if "inline_policies" in fields:
        _inline(aws, found["name"], found["inline_policies"] or {}, desired["inline_policies"])
    if "managed_policy_arns" in fields:
        _managed(aws, found["name"], set(found["managed_policy_arns"] or []), set(desired["managed_policy_arns"]))


def _inline(aws: Aws, role: str, found: dict[str, Any], desired: dict[str, Any]) -> None:
    for name, document in desired.items():
        if not same_policy(found.get(name), document):
            aws.call("iam", "put_role_policy", RoleName=role, PolicyName=name, PolicyDocument=as_text(document))
    for name in sorted(set(found) - set(desired)):
        aws.call("iam", "delete_role_policy", RoleName=role, PolicyName=name)


def _managed(aws: Aws, role: str, found: set[str], desired: set[str]) -> None:
    for arn in sorted(desired - found):
        aws.call("iam", "attach_role_policy", RoleName=role, PolicyArn=arn)
    for arn in sorted(found - desired):
        aws.call("iam", "detach_role_policy", RoleName=role, PolicyArn=arn)


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    if to_set:
        aws.call("iam", "tag_role", RoleName=found["name"], Tags=to_list(to_set))
    if to_remove:
        aws.call("iam", "untag_role", RoleName=found["name"], TagKeys=to_remove)


def eventual(error: AwsError) -> bool:
    """A role made a moment ago that other calls do not find yet, or two changes of one role at once.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
    A policy that does not exist has the same code and other words, and is an error at once.
    """
    unseen = error.code.startswith("NoSuchEntity") and "role with name" in error.message.lower()
    return unseen or error.code.startswith("ConcurrentModification")


def check(desired: State) -> list[str]:
    return [] if _NAME.fullmatch(desired["name"]) else ["the name of a role has 1 to 64 letters, digits and _+=,.@-"]


IAM_ROLE = Kind(
    name="iam_role",
    role="",
    read=read,
    create=create,
    update=update,
    tag=tag,
    unchangeable={"path": "a role keeps its path; give another name to make another role"},
    equal={
        "trust_policy": same_policy,
        "inline_policies": same_policies,
        "managed_policy_arns": same_members,
    },
    eventual=eventual,
    check=check,
)
