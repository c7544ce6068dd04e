# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rules: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html

A rule has no name at AWS. Here it is called as its listener and a word of its own, "mywebapp-prod-alb:443/production",
which it bears as its Name tag. One that bears none and has the same conditions is adopted. Rules that nobody names
here stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..._describe import elbv2
from ..._engine.aws import Aws
from ..._engine.errors import Refusal
from ..._engine.kind import Kind, Reference, State
from .actions import action_reasons, action_state, actions_to_send, same_action, weights
from .common import busy, given_tags, tag
from .conditions import condition_reasons, condition_state, conditions_to_send, same_conditions
from .listener import LISTENER, listeners_by_name
from .target_group import TARGET_GROUP


def listener_of(name: str) -> str:
    """The listener in a rule's name. Errors: Refusal."""
    listener, _slash, word = name.rpartition("/")
    if not listener or not word:
        raise Refusal(
            f"listener_rule {name}: a rule is called as its listener and a word, as mywebapp-prod-alb:443/production"
        )
    return listener


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Errors: Refusal where two rules of a listener bear the name."""
    wishes = [{"name": listener_of(item["name"])} for item in items]
    listeners = listeners_by_name(aws, wishes)
    names = sorted(listeners)
    answers = aws.map(lambda name: elbv2.rules(aws, listeners[name]["ListenerArn"]), names)
    rules = dict(zip(names, answers, strict=True))
    found = {item["name"]: _match(item, rules.get(listener_of(item["name"]), [])) for item in items}
    return {
        name: _state(name, listeners[listener_of(name)]["ListenerArn"], rule) for name, rule in found.items() if rule
    }


def _match(item: State, rules: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    named = [rule for rule in rules if rule["Tags"].get("Name") == item["name"]]
    if len(named) > 1:
        arns = " and ".join(rule["RuleArn"] for rule in named)
        raise Refusal(f"two rules are called {item['name']}: {arns}; rename or remove one of them")
    if named or not item.get("conditions"):
        return named[0] if named else None
    nameless = [rule for rule in rules if "Name" not in rule["Tags"]]
    return next((rule for rule in nameless if same_conditions(_conditions(rule), item["conditions"])), None)


def _conditions(rule: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [condition_state(one) for one in rule.get("Conditions") or []]


def _state(name: str, listener: str, rule: Mapping[str, Any]) -> State:
    actions = rule.get("Actions") or []
    return {
        "name": name,
        "arn": rule["RuleArn"],
        "listener": listener,
        "priority": int(rule["Priority"]),
        "conditions": _conditions(rule),
        "action": action_state(actions),
        "weights": weights(actions),
        "actions": actions,
        "tags": rule["Tags"],
    }


def create(aws: Aws, desired: State) -> None:
    aws.call_once(
        "elbv2",
        "create_rule",
        ListenerArn=desired["listener"],
        Priority=desired["priority"],
        Conditions=conditions_to_send(desired["conditions"]),
        Actions=actions_to_send([], desired["action"]),
        **given_tags(desired),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """What a call does not name stays, the weights above all."""
    sent: dict[str, Any] = {}
    if "conditions" in fields:
        sent["Conditions"] = conditions_to_send(desired["conditions"])
    if "action" in fields:
        sent["Actions"] = actions_to_send(found["actions"], desired["action"])
    if sent:
        aws.call("elbv2", "modify_rule", RuleArn=found["arn"], **sent)
        yield fields & {"conditions", "action"}
    if "priority" in fields:
        priority = {"RuleArn": found["arn"], "Priority": desired["priority"]}
        aws.call("elbv2", "set_rule_priorities", RulePriorities=[priority])
        yield frozenset({"priority"})


def check(desired: State) -> list[str]:
    reasons = action_reasons(desired["action"]) + condition_reasons(desired["conditions"])
    if not 1 <= desired["priority"] <= 50000:
        reasons.append(f"the priority is {desired['priority']}; AWS takes 1 to 50000")
    return reasons


LISTENER_RULE = Kind(
    name="listener_rule",
    role="ecs_service",
    read=read,
    create=create,
    update=update,
    tag=tag,
    name_tag=True,
    references={
        "listener": Reference(LISTENER, "arn"),
        "action.forward": Reference(TARGET_GROUP, "arn"),
    },
    equal={"conditions": same_conditions, "action": same_action},
    busy=busy,
    check=check,
)
