# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""EventBridge: https://docs.aws.amazon.com/eventbridge/latest/APIReference/"""

from __future__ import annotations

import json

from .._engine.aws import Aws
from .reading import Item, further

_KEPT = ("Id", "Arn", "RoleArn", "DeadLetterConfig", "RetryPolicy")


def rules(aws: Aws) -> list[Item]:
    """Rules of the default bus with EventPattern as a document (None for schedules)."""
    return [
        {**rule, "EventPattern": json.loads(rule["EventPattern"]) if rule.get("EventPattern") else None}
        for rule in aws.pages("events", "list_rules", "Rules")
    ]


def targets(aws: Aws, rule: Item) -> list[Item] | None:
    """The rule's targets (Id, Arn, RoleArn, DeadLetterConfig, RetryPolicy); None, with the error on the rule, when
    denied. What is sent to them is left out: inputs and headers may hold secrets."""
    answer = further(aws, rule, "events", "list_targets_by_rule", Rule=rule["Name"])
    return [{key: one[key] for key in _KEPT if key in one} for one in answer["Targets"]] if answer else None
