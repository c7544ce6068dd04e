# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""EventBridge: https://docs.aws.amazon.com/eventbridge/latest/APIReference/"""

from __future__ import annotations

import json
from collections.abc import Collection

from .._engine.aws import Aws
from .reading import Item, each_named, further, tagged

_KEPT = ("Id", "Arn", "RoleArn", "DeadLetterConfig", "RetryPolicy")


def rules(aws: Aws) -> list[Item]:
    """Rules of the default bus with EventPattern as a document (None for schedules)."""
    return [_with_pattern(rule) for rule in aws.pages("events", "list_rules", "Rules")]


def named_rules(aws: Aws, *, names: Collection[str]) -> list[Item]:
    """The rules of these names on the default bus, as rules() has them, with Targets as targets() and Tags."""

    def one(name: str) -> list[Item]:
        rule = _with_pattern(aws.call("events", "describe_rule", Name=name))
        rule["Targets"] = targets(aws, rule)
        answer = further(aws, rule, "events", "list_tags_for_resource", ResourceARN=rule["Arn"])
        return tagged([{**rule, "Tags": (answer or {}).get("Tags")}])

    return each_named(aws, sorted(names), one)


def _with_pattern(rule: Item) -> Item:
    return {**rule, "EventPattern": json.loads(rule["EventPattern"]) if rule.get("EventPattern") else None}


def targets(aws: Aws, rule: Item) -> list[Item] | None:
    """The rule's targets (Id, Arn, RoleArn, DeadLetterConfig, RetryPolicy); None, with the error on the rule, when
    denied. What is sent to them is left out: inputs and headers may hold secrets."""
    answer = further(aws, rule, "events", "list_targets_by_rule", Rule=rule["Name"])
    return [{key: one[key] for key in _KEPT if key in one} for one in answer["Targets"]] if answer else None
