# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the files of ECS share: refusals, and the rules of capacity provider strategies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from local_aws.refusal import Refusal


def invalid(message: str) -> Refusal:
    return Refusal("InvalidParameterException", message, 400)


def client_error(message: str) -> Refusal:
    return Refusal("ClientException", message, 400)


def strategy_rule(strategy: Sequence[dict[str, Any]], known: Sequence[str]) -> None:
    """One base, one weight above 0, and providers of the cluster alone.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
    """
    if not strategy:
        return
    if len([one for one in strategy if one.get("base")]) > 1:
        raise invalid("Only one capacity provider in a capacity provider strategy can have a base defined.")
    if not any(one.get("weight") for one in strategy):
        raise invalid("A capacity provider strategy must contain at least one capacity provider with a weight above 0.")
    names = [one["capacityProvider"] for one in strategy]
    if len(set(names)) < len(names):
        raise invalid("A capacity provider may be in a capacity provider strategy once only.")
    strangers = sorted(set(names) - set(known))
    if strangers:
        raise invalid(f"The capacity provider {strangers[0]} is not associated with the cluster.")


def full_strategy(strategy: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """As ECS gives it back: weight and base are always there."""
    return [
        {"capacityProvider": one["capacityProvider"], "weight": one.get("weight", 0), "base": one.get("base", 0)}
        for one in strategy
    ]
