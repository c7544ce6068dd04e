# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rules of listeners, in the order of their priorities."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.elbv2 import aws
from local_aws.services.elbv2.common import balancer_of, check_groups, shown_action, shown_condition

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
_MOST_RULES = 100


@aws.before("CreateRule")
def new_rule(call: Any) -> None:
    balancer = balancer_of(call.params["ListenerArn"])
    found = call.backend().load_balancers.get(balancer)
    count = sum(len(one.rules) - 1 for one in found.listeners.values()) if found is not None else 0
    if count >= _MOST_RULES:
        raise Refusal("TooManyRules", "You've reached the limit on the number of rules per load balancer", 400)
    check_groups(call, balancer, call.params["Actions"])


@aws.before("ModifyRule")
def changed_rule(call: Any) -> None:
    check_groups(call, balancer_of(call.params["RuleArn"]), call.params.get("Actions", []))


@aws.before("DeleteRule")
def default_rule(call: Any) -> None:
    balancer = call.backend().load_balancers.get(balancer_of(call.params["RuleArn"]))
    rules = [rule for one in balancer.listeners.values() for rule in one.rules.values()] if balancer else []
    rule = next((one for one in rules if one.arn == call.params["RuleArn"]), None)
    if rule is None:
        raise Refusal("RuleNotFound", "One or more rules not found", 400)
    if rule.is_default:
        raise Refusal("OperationNotPermitted", f"Default rule '{rule.arn}' cannot be deleted", 400)


@aws.after("CreateRule", "DescribeRules", "ModifyRule", "SetRulePriorities")
def shown_rules(call: Any, answer: dict[str, Any]) -> None:
    for shown in answer.get("Rules", []):
        shown["Actions"] = [shown_action(one) for one in shown.get("Actions", [])]
        shown["Conditions"] = [shown_condition(one) for one in shown.get("Conditions", [])]
        shown["Transforms"] = []
    if call.operation == "DescribeRules":
        answer["Rules"] = sorted(answer.get("Rules", []), key=_priority)


def _priority(rule: dict[str, Any]) -> int:
    return int(rule["Priority"]) if rule["Priority"].isdecimal() else 50001
