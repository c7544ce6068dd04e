# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""IAM: what the tasks' roles may do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, value
from ..common import fact, listed, verdict
from ..policies import actions, statements

# AWS's own policies that allow everything, or everything of many services.
_BROAD = frozenset({"AdministratorAccess", "PowerUserAccess"})


@check(
    id="ecs_role_least_privilege",
    pillar="security",
    best_practice="SEC03-BP02",
    severity="high",
    resource_type="AwsIamRole",
    title="The tasks' roles may do what the tasks need",
    needs=("iam.task_roles", "iam.task_role_policies"),
    role="ecs_service",
    recommendation="Name actions and resources instead of wildcards; the services last accessed say which.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21",
)
def ecs_role_least_privilege(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """No action "*" or "service:*" in inline and own managed policies, none of AWS's policies that allow everything."""

    def judge(role: Item) -> Result:
        attached = role.get("AttachedPolicies") or ()
        broad = [arn for arn in attached if _allows_all(arn)]
        inline = value(role, "InlinePolicies", "get_role_policy") or {}
        broad += [f"{name}: {action}" for name, document in inline.items() for action in _wildcards(document)]
        own = [arn for arn in attached if arn.split(":")[4] == stack.account_id]
        documents = {one["Arn"]: one for one in stack.items("iam.task_role_policies")} if own else {}
        broad += [f"{arn}: {action}" for arn in own for action in _wildcards(_document(documents.get(arn, {})))]
        return verdict(not broad, role["Arn"], f"policies that allow all of a service: {listed(broad)}")

    yield from each(stack.items("iam.task_roles"), "Arn", judge)


@check(
    id="ecs_task_role_separate",
    pillar="security",
    best_practice="SEC03-BP02",
    severity="medium",
    resource_type="AwsEcsTaskDefinition",
    title="Tasks have a role of their own beside the one that starts them",
    needs=("ecs.task_definitions",),
    role="ecs_service",
    recommendation="Run the ecs_service role: it makes a task role for the application and an execution role for ECS.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html",
)
def ecs_task_role_separate(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """taskRoleArn is set and is not executionRoleArn."""
    for definition in stack.items("ecs.task_definitions"):
        task, execution = definition.get("taskRoleArn"), definition.get("executionRoleArn")
        evidence = f"{fact('taskRoleArn', task)}, {fact('executionRoleArn', execution)}"
        yield verdict(bool(task) and task != execution, definition["taskDefinitionArn"], evidence)


def _allows_all(arn: str) -> bool:
    """One of AWS's policies that allow everything, or everything of a service."""
    name = arn.rsplit("/", 1)[-1]
    return arn.split(":")[4] == "aws" and (name in _BROAD or name.endswith("FullAccess"))


def _document(policy: Item) -> Mapping[str, Any]:
    return value(policy, "Document", "get_policy_version") or {}


def _wildcards(document: Mapping[str, Any]) -> list[str]:
    """Actions of the allowing statements that are all, or all of one service."""
    allowed = [one for one in statements(document) if one.get("Effect") == "Allow"]
    return [action for one in allowed for action in actions(one) if action == "*" or action.endswith(":*")]
