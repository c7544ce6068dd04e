# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the kinds of ECS share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import State
from ..._engine.tags import to_list

NAME = re.compile(r"[A-Za-z0-9_-]{1,255}")
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html
UNDER_WAY = frozenset({"PENDING", "IN_PROGRESS", "STOP_REQUESTED", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS"})
FAILED = frozenset({"STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"})


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    if to_set:
        aws.call("ecs", "tag_resource", resourceArn=found["arn"], tags=to_list(to_set, "key", "value"))
    if to_remove:
        aws.call("ecs", "untag_resource", resourceArn=found["arn"], tagKeys=to_remove)


def given_tags(desired: State) -> dict[str, Any]:
    """The parameter of a call that makes something; none where there are no tags."""
    return {"tags": to_list(desired["tags"], "key", "value")} if desired.get("tags") else {}


def name_reasons(name: str) -> list[str]:
    if NAME.fullmatch(name):
        return []
    return ["the name has 1 to 255 letters, digits, hyphens and underscores"]


def role_not_seen(error: AwsError) -> bool:
    """An IAM role made a moment ago, which ECS does not know or cannot assume yet.

    "Role is not valid" of RegisterTaskDefinition; "ECS was unable to assume the role" of CreateService:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
    """
    words = error.message.lower()
    return error.code in {"ClientException", "InvalidParameterException"} and (
        "role is not valid" in words or "unable to assume" in words
    )


def strategy_state(strategy: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]]:
    """A capacity provider strategy in the shape of the options: capacity_provider, weight, base."""
    return [
        {"capacity_provider": one["capacityProvider"], "weight": one.get("weight", 0), "base": one.get("base", 0)}
        for one in strategy or []
    ]


def strategy_to_send(strategy: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "capacityProvider": one["capacity_provider"],
            "weight": one.get("weight") or 0,
            "base": one.get("base") or 0,
        }
        for one in strategy
    ]


def same_strategy(found: Sequence[Mapping[str, Any]] | None, desired: Sequence[Mapping[str, Any]]) -> bool:
    """As sets; a weight or base that is not given is 0."""

    def members(strategy: Sequence[Mapping[str, Any]] | None) -> list[tuple[str, int, int]]:
        return sorted(
            (one["capacity_provider"], one.get("weight") or 0, one.get("base") or 0) for one in strategy or []
        )

    return members(found) == members(desired)


def strategy_reasons(strategy: Sequence[Mapping[str, Any]] | None) -> list[str]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html"""
    if not strategy:
        return []
    reasons = []
    based = [str(one["capacity_provider"]) for one in strategy if one.get("base")]
    if len(based) > 1:
        reasons.append(f"{' and '.join(based)} both have a base; one capacity provider of a strategy may have one")
    if not any(one.get("weight") for one in strategy):
        reasons.append("no capacity provider of the strategy has a weight above 0")
    return reasons
