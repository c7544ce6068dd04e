# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rules of a web ACL, from plain options to WAF's own form. Pure.

https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Rule = dict[str, Any]

# What a rule may look at; one of them makes the rule.
SUBJECTS = ("managed_rule_group", "rate_limit", "ip_set", "countries")
ACTIONS = ("block", "count", "allow", "captcha", "challenge")
# https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
WINDOWS = (60, 120, 300, 600)
DEFAULT_WINDOW = 300
RATES = (10, 2_000_000_000)
NAME = re.compile(r"[A-Za-z0-9_-]{1,128}")
# What WAF takes for a metric already: https://docs.aws.amazon.com/waf/latest/APIReference/API_VisibilityConfig.html
RESERVED_METRICS = ("All", "Default_Action")
# https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-list.html, the capacity of each; a rate-based
# statement takes 2 where it counts by address.
CAPACITY = {"rate_limit": 2, "ip_set": 1, "countries": 1}


def check(rules: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Why WAF would not take these rules, as sentences."""
    names = [rule["name"] for rule in rules]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"the rule {name} stands more than once in the list"
    given = [rule["priority"] for rule in rules if rule.get("priority") is not None]
    for priority in sorted({one for one in given if given.count(one) > 1}):
        yield f"two rules have the priority {priority}; WAF evaluates in its order, so that each needs its own"
    for rule in rules:
        if rule.get("state") != "absent":
            yield from (f"rule {rule['name']}: {reason}" for reason in _check(rule))


def _check(rule: Mapping[str, Any]) -> Iterator[str]:
    subjects = [name for name in SUBJECTS if rule.get(name)]
    if len(subjects) != 1:
        yield f"give exactly one of {', '.join(SUBJECTS)}"
        return
    if not NAME.fullmatch(rule["name"]) or rule["name"] in RESERVED_METRICS:
        yield "a name, which is its metric's too, is of at most 128 letters, digits, - and _"
    rate, window = rule.get("rate_limit"), rule.get("window_seconds")
    if rate and not RATES[0] <= rate <= RATES[1]:
        yield f"rate_limit is {rate}; WAF takes {RATES[0]} to {RATES[1]} requests in a window"
    if window and window not in WINDOWS:
        yield f"window_seconds is {window}; WAF counts in {', '.join(map(str, WINDOWS))} seconds"
    if rule.get("count_rules") and subjects != ["managed_rule_group"]:
        yield "count_rules are rules of a managed rule group; without one set action to count"
    if subjects == ["managed_rule_group"] and rule.get("action") not in (None, "count"):
        yield f"the rules of a group have actions of their own, so that action can be count only, not {rule['action']}"
    if rule.get("forwarded_ip_header") and subjects == ["managed_rule_group"]:
        yield "forwarded_ip_header is for rate_limit, ip_set and countries"


def as_waf(rule: Mapping[str, Any], priority: int) -> Rule:
    """A rule's options in the form of the API; of a set of addresses the name stands in the place of the ARN."""
    counted = rule.get("action") == "count"
    by_group = bool(rule.get("managed_rule_group"))
    action = {"Count": {}} if counted else {"None": {}} if by_group else {(rule.get("action") or "block").title(): {}}
    return {
        "Name": rule["name"],
        "Priority": priority,
        "Statement": _statement(rule),
        ("OverrideAction" if by_group else "Action"): action,
        "VisibilityConfig": visibility(rule["name"]),
    }


def visibility(metric: str, sampled: bool = True) -> dict[str, Any]:
    return {"SampledRequestsEnabled": sampled, "CloudWatchMetricsEnabled": True, "MetricName": metric}


def _statement(rule: Mapping[str, Any]) -> dict[str, Any]:
    header = rule.get("forwarded_ip_header")
    forwarded = {"HeaderName": header, "FallbackBehavior": "MATCH"} if header else None
    if rule.get("managed_rule_group"):
        group = {"VendorName": rule.get("vendor") or "AWS", "Name": rule["managed_rule_group"]}
        if rule.get("version"):
            group["Version"] = rule["version"]
        overrides = [{"Name": name, "ActionToUse": {"Count": {}}} for name in rule.get("count_rules") or ()]
        return {"ManagedRuleGroupStatement": {**group, **({"RuleActionOverrides": overrides} if overrides else {})}}
    if rule.get("rate_limit"):
        limit = {
            "Limit": rule["rate_limit"],
            "EvaluationWindowSec": rule.get("window_seconds") or DEFAULT_WINDOW,
            "AggregateKeyType": "FORWARDED_IP" if forwarded else "IP",
        }
        return {"RateBasedStatement": {**limit, **({"ForwardedIPConfig": forwarded} if forwarded else {})}}
    if rule.get("ip_set"):
        reference: dict[str, Any] = {"ARN": rule["ip_set"]}
        if forwarded:
            reference["IPSetForwardedIPConfig"] = {**forwarded, "Position": "FIRST"}
        return {"IPSetReferenceStatement": reference}
    countries = {"CountryCodes": [str(one).upper() for one in rule["countries"]]}
    return {"GeoMatchStatement": {**countries, **({"ForwardedIPConfig": forwarded} if forwarded else {})}}


def managed_group(rule: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """(vendor, name, version or "") of the rule group that a rule of the API's form names."""
    found = (rule.get("Statement") or {}).get("ManagedRuleGroupStatement")
    return (found["VendorName"], found["Name"], found.get("Version", "")) if found else None


def own_capacity(rule: Mapping[str, Any]) -> int:
    """The capacity units of a rule that is no group's; 0 of a group, whose units WAF says."""
    kinds = {"RateBasedStatement": "rate_limit", "IPSetReferenceStatement": "ip_set", "GeoMatchStatement": "countries"}
    return sum(CAPACITY[kinds[name]] for name in rule.get("Statement") or {} if name in kinds)


def merged(found: Sequence[Rule], ours: Sequence[Rule], gone: Sequence[str], purge: bool) -> list[Rule]:
    """Our rules among those of others, which keep their priorities: ours take the next that are free, in their order.

    gone: names of rules that are to be removed. purge: rules that nobody named here are removed, too.
    """
    named = {rule["Name"] for rule in ours} | set(gone)
    others = [] if purge else [rule for rule in found if rule["Name"] not in named]
    taken = {rule["Priority"] for rule in others}
    placed, last = [], -1
    for rule in sorted(ours, key=lambda one: one["Priority"]):
        priority = max(rule["Priority"], last + 1)
        while priority in taken:
            priority += 1
        placed.append({**rule, "Priority": priority})
        last = priority
    return sorted([*others, *placed], key=lambda one: one["Priority"])


def same_rules(found: Sequence[Rule] | None, desired: Sequence[Rule] | None) -> bool:
    """Two lists hold the same rules, whatever WAF adds to what was sent and in which order it lists."""
    return sorted(map(_plain_text, found or ())) == sorted(map(_plain_text, desired or ()))


def _plain_text(rule: Rule) -> str:
    return repr(_plain(rule))


def _plain(value: Any, key: str = "") -> Any:
    """A part of a rule for comparison: what is not set is left out, as are defaults; lists are sets of their parts."""
    if isinstance(value, Mapping):
        parts = {name: _plain(part, name) for name, part in value.items() if part is not None}
        if key == "RateBasedStatement":
            parts.setdefault("EvaluationWindowSec", DEFAULT_WINDOW)
            parts.setdefault("AggregateKeyType", "IP")
        return sorted(parts.items(), key=lambda part: part[0])
    if isinstance(value, list | tuple):
        return sorted((_plain(part) for part in value), key=repr)
    return value.lower() if key == "HeaderName" else value
