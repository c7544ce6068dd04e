# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Web ACLs with their rules, and what these take of the capacity."""

from __future__ import annotations

import re
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.wafv2 import aws
from local_aws.services.wafv2.common import acl_of, invalid, lowered, missing
from local_aws.services.wafv2.groups import group_of

CAPACITY_LIMIT = 5000
WINDOWS = (60, 120, 300, 600)
_MUTABLE = (
    "Description", "Rules", "DataProtectionConfig", "CustomResponseBodies", "CaptchaConfig", "ChallengeConfig",
    "TokenDomains", "AssociationConfig", "OnSourceDDoSProtectionConfig",
)  # fmt: skip
# What moto's ACLs lack.
_OURS = ("DataProtectionConfig", "OnSourceDDoSProtectionConfig", "ApplicationConfig")


def capacity(call: Any, statement: dict[str, Any]) -> int:
    """https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-list.html"""
    (kind, body), *_rest = statement.items()
    if kind == "ManagedRuleGroupStatement":
        return group_of(call, body["VendorName"], body["Name"])[0]
    if kind == "RateBasedStatement":
        inner = body.get("ScopeDownStatement")
        return 2 + 30 * len(body.get("CustomKeys", [])) + (capacity(call, inner) if inner else 0)
    if kind in ("AndStatement", "OrStatement"):
        return 1 + sum(capacity(call, one) for one in body["Statements"])
    if kind == "NotStatement":
        return 1 + capacity(call, body["Statement"])
    if kind in ("SqliMatchStatement", "XssMatchStatement"):
        return 20 if kind == "SqliMatchStatement" else 40
    return 2 if kind == "ByteMatchStatement" else 1


def _check_rule(call: Any, rule: dict[str, Any], scope: str) -> None:
    (kind, body), *_rest = rule["Statement"].items()
    grouped = kind in ("ManagedRuleGroupStatement", "RuleGroupReferenceStatement")
    given, other = ("OverrideAction", "Action") if grouped else ("Action", "OverrideAction")
    if given not in rule or other in rule:
        raise invalid(
            "You have used none or multiple values for a field that requires exactly one value., "
            f"field: RULE, parameter: Rule {rule['Name']}"
        )
    if kind == "RateBasedStatement":
        if not 10 <= body["Limit"] <= 2_000_000_000 or body.get("EvaluationWindowSec", 300) not in WINDOWS:
            raise invalid(f"The parameter value is out of range., field: RATE_BASED_STATEMENT, parameter: {body}")
        if (body["AggregateKeyType"] == "FORWARDED_IP") != ("ForwardedIPConfig" in body):
            raise invalid("The forwarded IP configuration is for the aggregate key type FORWARDED_IP.")
    if kind == "IPSetReferenceStatement":
        backend = call.backend(region="global" if scope == "CLOUDFRONT" else None)
        if body["ARN"] not in backend.ip_sets:
            raise missing()


@aws.before("CreateWebACL", "UpdateWebACL", "CheckCapacity")
def rules_rule(call: Any) -> None:
    rules = call.params.get("Rules", [])
    for member in ("Name", "Priority"):
        values = [rule[member] for rule in rules]
        if len(set(values)) != len(values):
            raise invalid(f"You have duplicate values., field: RULE, parameter: {member} {values}")
    for rule in rules:
        _check_rule(call, rule, call.params["Scope"])
    total = sum(capacity(call, rule["Statement"]) for rule in rules)
    if total > CAPACITY_LIMIT:
        raise Refusal(
            "WAFLimitsExceededException",
            f"AWS WAF couldn't perform the operation because you exceeded your resource limit: {total} WCUs.",
            400,
        )
    if call.operation != "CheckCapacity" and rules:
        call.change(Rules=[_as_kept(rule) for rule in rules])


def _as_kept(rule: dict[str, Any]) -> dict[str, Any]:
    """As GetWebACL gives it back: with the window that was not sent, and with names in lower case."""
    return {**rule, "Statement": lowered(rule["Statement"])}


@aws.after("CreateWebACL")
def made(call: Any, answer: dict[str, Any]) -> None:
    acl = acl_of(call, answer["Summary"]["ARN"])
    _keep(call, acl, {})


@aws.after("UpdateWebACL")
def replaced(call: Any, answer: dict[str, Any]) -> None:
    """What was not sent is gone, but for the application's configuration: "UpdateWebACL", "Warnings"."""
    backend = call.backend(region="global" if call.params["Scope"] == "CLOUDFRONT" else None)
    acl = next(one for one in backend.wacls.values() if one.id == call.params["Id"])
    for name in _MUTABLE:
        if not call.original.get(name) and name not in _OURS:
            setattr(acl, _snake(name), [] if name == "Rules" else "" if name == "Description" else None)
    _keep(call, acl, call.state("acls", region="global").get(acl.arn, {}))


def _keep(call: Any, acl: Any, before: dict[str, Any]) -> None:
    acl.capacity = sum(capacity(call, rule.statement) for rule in acl.rules)
    kept = {name: call.original[name] for name in _OURS if name in call.original}
    if "ApplicationConfig" in before:
        kept.setdefault("ApplicationConfig", before["ApplicationConfig"])
    call.state("acls", region="global")[acl.arn] = kept


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@aws.after("CreateWebACL", "ListWebACLs", "GetWebACL", "CreateIPSet", "ListIPSets", "GetIPSet", "GetWebACLForResource")
def undescribed(call: Any, answer: dict[str, Any]) -> None:
    """moto gives an empty description where there is none, which the model has not."""
    for found in answer.values():
        for item in found if isinstance(found, list) else [found]:
            if isinstance(item, dict) and item.get("Description") == "":
                del item["Description"]


@aws.after("GetWebACL")
def shown(call: Any, answer: dict[str, Any]) -> None:
    """The protection of load balancers appears where nobody asked for it; parts that are not set do not."""
    acl = answer["WebACL"]
    kept = call.state("acls", region="global").get(acl["ARN"], {})
    if ":regional/" in acl["ARN"]:
        acl["OnSourceDDoSProtectionConfig"] = {"ALBLowReputationMode": "ACTIVE_UNDER_DDOS"}
    acl.update(kept)


@aws.adds
def check_capacity(call: Any, *, scope: str, rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {"Capacity": sum(capacity(call, rule["Statement"]) for rule in rules)}
