# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""EventBridge: patterns must be patterns, a rule has five targets at most, and is not tagged by a change."""

from __future__ import annotations

import json
from typing import Any

from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("events")

# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
_MOST_TARGETS = 5


@aws.before("PutRule")
def pattern_rule(call: Any) -> None:
    """https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html: values stand in arrays"""
    text = call.params.get("EventPattern")
    if text is None:
        return
    try:
        pattern = json.loads(text)
    except ValueError as error:
        raise _invalid(f"JSON: {error}") from error
    if not isinstance(pattern, dict) or not pattern:
        raise _invalid("Empty patterns and patterns that are no object are not allowed")
    wrong = _leaf(pattern)
    if wrong:
        raise _invalid(f'"{wrong}" must be an object or an array')


def _leaf(pattern: dict[str, Any]) -> str:
    """The first key with a value that is neither an object nor an array with something in it; "" without one."""
    for key, value in pattern.items():
        found = _leaf(value) if isinstance(value, dict) else "" if isinstance(value, list) and value else key
        if found:
            return found
    return ""


def _invalid(reason: str) -> Refusal:
    return Refusal("InvalidEventPatternException", f"Event pattern is not valid. Reason: {reason}", 400)


@aws.before("PutRule")
def tags_of_a_new_rule_only(call: Any) -> None:
    """https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html: "If you are updating an existing
    rule, any tags you specify in the PutRule operation are ignored." """
    bus = str(call.params.get("EventBusName") or "default").rpartition("/")[2]
    rules = call.backend().event_buses[bus].rules if bus in call.backend().event_buses else {}
    if call.params["Name"] in rules:
        call.change(Tags=None)


@aws.before("PutTargets")
def targets_rule(call: Any) -> None:
    bus = str(call.params.get("EventBusName") or "default").rpartition("/")[2]
    rules = call.backend().event_buses[bus].rules if bus in call.backend().event_buses else {}
    rule = rules.get(call.params["Rule"])
    known = {target["Id"] for target in rule.targets} if rule else set()
    if len(known | {target["Id"] for target in call.params["Targets"]}) > _MOST_TARGETS:
        raise Refusal("LimitExceededException", "The requested resource exceeds the maximum number allowed.", 400)
