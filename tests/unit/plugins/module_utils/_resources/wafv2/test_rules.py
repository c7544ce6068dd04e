# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.wafv2 import rules

CORE = {"name": "core", "managed_rule_group": "AWSManagedRulesCommonRuleSet"}
RATE = {"name": "rate", "rate_limit": 2000}


def ours(*given):
    return [rules.as_waf(rule, priority) for priority, rule in enumerate(given)]


def theirs(name, priority):
    return {**rules.as_waf({**RATE, "name": name}, priority)}


@pytest.mark.parametrize(
    ("rule", "statement"),
    [
        (
            {**CORE, "version": "Version_1.0", "count_rules": ["SizeRestrictions_BODY"]},
            {
                "ManagedRuleGroupStatement": {
                    "VendorName": "AWS",
                    "Name": "AWSManagedRulesCommonRuleSet",
                    "Version": "Version_1.0",
                    "RuleActionOverrides": [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": {}}}],
                }
            },
        ),
        (RATE, {"RateBasedStatement": {"Limit": 2000, "EvaluationWindowSec": 300, "AggregateKeyType": "IP"}}),
        (
            {**RATE, "window_seconds": 60, "forwarded_ip_header": "X-Forwarded-For"},
            {
                "RateBasedStatement": {
                    "Limit": 2000,
                    "EvaluationWindowSec": 60,
                    "AggregateKeyType": "FORWARDED_IP",
                    "ForwardedIPConfig": {"HeaderName": "X-Forwarded-For", "FallbackBehavior": "MATCH"},
                }
            },
        ),
        ({"name": "x", "ip_set": "blocked"}, {"IPSetReferenceStatement": {"ARN": "blocked"}}),
        ({"name": "x", "countries": ["kp", "IR"]}, {"GeoMatchStatement": {"CountryCodes": ["KP", "IR"]}}),
    ],
)
def test_statements(rule, statement):
    assert rules.as_waf(rule, 0)["Statement"] == statement


@pytest.mark.parametrize(
    ("rule", "where", "action"),
    [
        (CORE, "OverrideAction", {"None": {}}),
        ({**CORE, "action": "count"}, "OverrideAction", {"Count": {}}),
        (RATE, "Action", {"Block": {}}),
        ({**RATE, "action": "captcha"}, "Action", {"Captcha": {}}),
        ({**RATE, "action": "count"}, "Action", {"Count": {}}),
    ],
)
def test_a_rule_has_an_action_and_a_group_an_override(rule, where, action):
    made = rules.as_waf(rule, 3)
    assert made[where] == action and len({"Action", "OverrideAction"} & set(made)) == 1
    assert made["Priority"] == 3 and made["VisibilityConfig"]["MetricName"] == rule["name"]


def test_ours_take_the_priorities_that_are_free():
    merged = rules.merged([theirs("a", 0), theirs("b", 2)], ours(CORE, RATE), [], purge=False)
    assert [(one["Name"], one["Priority"]) for one in merged] == [("a", 0), ("core", 1), ("b", 2), ("rate", 3)]
    again = rules.merged(merged, ours(CORE, RATE), [], purge=False)
    assert again == merged, "a second run moves nothing"


def test_rules_go_by_name_or_altogether():
    found = [theirs("a", 5), theirs("b", 6)]
    assert [one["Name"] for one in rules.merged(found, ours(CORE), ["a"], purge=False)] == ["core", "b"]
    assert [one["Name"] for one in rules.merged(found, ours(CORE), [], purge=True)] == ["core"]


def test_what_waf_adds_is_no_difference():
    statement = {"RateBasedStatement": {"Limit": 2000, "AggregateKeyType": "IP"}}
    (wanted,) = ours(RATE)
    assert rules.same_rules([{**wanted, "Statement": statement, "RuleLabels": None}], [wanted])
    forwarded = rules.as_waf({**RATE, "forwarded_ip_header": "X-Forwarded-For"}, 0)
    lowered = rules.as_waf({**RATE, "forwarded_ip_header": "x-forwarded-for"}, 0)
    assert rules.same_rules([lowered], [forwarded])
    countries = [rules.as_waf({"name": "x", "countries": codes}, 0) for codes in (["A1", "B2"], ["B2", "A1"])]
    assert rules.same_rules(countries[:1], countries[1:])


@pytest.mark.parametrize(
    "changed", [{"Priority": 1}, {"Action": {"Count": {}}}, {"Statement": {"RateBasedStatement": {"Limit": 10}}}]
)
def test_what_somebody_changed_is_one(changed):
    (wanted,) = ours(RATE)
    assert not rules.same_rules([{**wanted, **changed}], [wanted])
    assert not rules.same_rules([], [wanted])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([RATE, RATE], "more than once"),
        ([{**RATE, "priority": 1}, {**CORE, "priority": 1}], "two rules have the priority 1"),
        ([{"name": "x"}], "exactly one of"),
        ([{**RATE, "countries": ["US"]}], "exactly one of"),
        ([{**RATE, "name": "a b"}], "letters, digits"),
        ([{**RATE, "name": "All"}], "letters, digits"),
        ([{**RATE, "rate_limit": 9}], "WAF takes 10 to"),
        ([{**RATE, "count_rules": ["x"]}], "rules of a managed rule group"),
        ([{**CORE, "action": "block"}], "count only"),
        ([{**CORE, "forwarded_ip_header": "x"}], "forwarded_ip_header is for"),
    ],
)
def test_what_waf_would_refuse(given, words):
    assert words in " ".join(rules.check(given))


def test_a_rule_that_goes_needs_nothing_but_its_name():
    assert not list(rules.check([{"name": "x", "state": "absent"}, RATE, CORE]))


def test_what_rules_take_of_an_acl():
    geo, blocked = {"name": "g", "countries": ["US"]}, {"name": "b", "ip_set": "x"}
    assert [rules.own_capacity(one) for one in ours(CORE, RATE, geo, blocked)] == [0, 2, 1, 1]
    assert rules.managed_group(ours(CORE)[0]) == ("AWS", "AWSManagedRulesCommonRuleSet", "")
    assert rules.managed_group(ours(RATE)[0]) is None
