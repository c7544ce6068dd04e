# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rules of EventBridge that send events to SNS topics:
https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html

A topic admits EventBridge by its own policy, so that a target has no role:
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..._describe import events
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, Reference, State
from ..._engine.tags import to_list
from ..sns.sns_topic import SNS_TOPIC

_NAME = re.compile(r"[.\-_A-Za-z0-9]{1,64}")
_LONGEST_DESCRIPTION = 512
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
_MOST_TARGETS = 5
_OF_RULE = frozenset({"description", "event_pattern", "enabled"})


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    return {
        rule["Name"]: {
            "name": rule["Name"],
            "arn": rule["Arn"],
            "description": rule.get("Description", ""),
            "event_pattern": rule["EventPattern"],
            "enabled": rule["State"] != "DISABLED",
            "targets": [{"id": one["Id"], "topic": one["Arn"]} for one in rule["Targets"] or ()],
            "tags": rule["Tags"],
        }
        for rule in events.named_rules(aws, names={item["name"] for item in items})
    }


def create(aws: Aws, desired: State) -> None:
    """PutRule makes or replaces, so it may be repeated; targets are put by update, once the rule is seen."""
    aws.call("events", "put_rule", **_rule(desired), Tags=to_list(desired["tags"]))


def _rule(desired: State) -> dict[str, Any]:
    return {
        "Name": desired["name"],
        "Description": desired.get("description") or "",
        "EventPattern": json.dumps(desired["event_pattern"], separators=(",", ":")),
        "State": "DISABLED" if desired.get("enabled") is False else "ENABLED",
    }


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """PutRule replaces all that it is not sent, so what is not asked for is sent as it was."""
    if fields & _OF_RULE:
        aws.call("events", "put_rule", **_rule({**found, **desired}))
        yield fields & _OF_RULE
    if "targets" in fields:
        targets = [{"Id": one["id"], "Arn": one["topic"]} for one in desired["targets"]]
        _raise_failed(aws.call("events", "put_targets", Rule=found["name"], Targets=targets))
        yield frozenset({"targets"})


def _raise_failed(answer: Mapping[str, Any]) -> None:
    """PutTargets answers with what it refused. Errors: AwsError of the first one."""
    for one in answer.get("FailedEntries") or ():
        raise AwsError("events", "put_targets", one.get("ErrorCode", ""), one.get("ErrorMessage", ""), status=400)


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    if to_set:
        aws.call("events", "tag_resource", ResourceARN=found["arn"], Tags=to_list(to_set))
    if to_remove:
        aws.call("events", "untag_resource", ResourceARN=found["arn"], TagKeys=to_remove)


def has_targets(found: Sequence[State] | None, desired: Sequence[State] | None) -> bool:
    """Each of the desired targets is there; others are somebody else's."""
    there = {one["id"]: one["topic"] for one in found or ()}
    return all(there.get(one["id"]) == one["topic"] for one in desired or ())


def same_pattern(found: Any, desired: Any) -> bool:
    """The values of a pattern are alternatives, in any order."""
    return bool(_sorted(found) == _sorted(desired))


def _sorted(pattern: Any) -> Any:
    if isinstance(pattern, Mapping):
        return {key: _sorted(value) for key, value in pattern.items()}
    if isinstance(pattern, list):
        return sorted(json.dumps(value, sort_keys=True) for value in pattern)
    return pattern


def busy(error: AwsError) -> bool:
    """https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html"""
    return error.code == "ConcurrentModificationException"


def check(desired: State) -> list[str]:
    reasons = []
    if not _NAME.fullmatch(desired["name"]):
        reasons.append("the name of a rule has 1 to 64 letters, digits and ._-")
    if len(desired.get("description") or "") > _LONGEST_DESCRIPTION:
        reasons.append(f"description is longer than {_LONGEST_DESCRIPTION} characters")
    if len(desired.get("targets") or ()) > _MOST_TARGETS:
        reasons.append(f"a rule has {_MOST_TARGETS} targets at most")
    wrong = list(_wrong_values(desired.get("event_pattern") or {}))
    if wrong:
        reasons.append(f"{wrong[0]} in event_pattern is no list; EventBridge takes lists of values")
    return reasons


def _wrong_values(pattern: Mapping[str, Any]) -> Iterator[str]:
    for key, value in pattern.items():
        if isinstance(value, Mapping):
            yield from _wrong_values(value)
        elif not isinstance(value, list):
            yield key


EVENT_RULE = Kind(
    name="event_rule",
    role="",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={"targets.topic": Reference(SNS_TOPIC, "arn")},
    equal={"event_pattern": same_pattern, "targets": has_targets},
    busy=busy,
    check=check,
)
