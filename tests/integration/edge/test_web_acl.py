# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Web ACLs and sets of addresses against local_aws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.modules import ip_set, web_acl

from local_aws.stacks import as_reviewed
from tests.integration.edge.modules import run_module
from tests.playbook_run import LocalStack

NAME, GROUP, BLOCKED = "shop-prod-cdn", "aws-waf-logs-shop-prod", "shop-prod-blocked"
RULES: list[dict[str, Any]] = [
    {"name": "blocked", "ip_set": BLOCKED},
    {"name": "core", "managed_rule_group": "AWSManagedRulesCommonRuleSet", "count_rules": ["SizeRestrictions_BODY"]},
    {"name": "sqli", "managed_rule_group": "AWSManagedRulesSQLiRuleSet", "action": "count"},
    {"name": "rate", "rate_limit": 2000},
    {"name": "countries", "countries": ["kp"], "action": "count"},
]
ITEM = {
    "name": NAME,
    "scope": "CLOUDFRONT",
    "default_action": "allow",
    "rules": RULES,
    "log_destination": GROUP,
    "redacted_headers": ["Authorization", "cookie"],
}
Run = Callable[..., dict[str, Any]]


@pytest.fixture
def run(stack: LocalStack) -> Run:
    """run(module, list, item, check=False, region=...) -> the module's result."""
    stack.control.clear_faults()
    stack.control.reset()

    def module(code: Any, name: str, item: dict[str, Any], check: bool = False, region: str = "us-east-1") -> Any:
        return run_module(code, {name: [item]}, check=check, region=region)

    return module


@pytest.fixture
def acl(run: Run, stack: LocalStack) -> Run:
    """acl(check=False, **changes) -> the result for the ACL above, with what it refers to."""
    stack.boto("logs").create_log_group(logGroupName=GROUP)
    blocked = {"name": BLOCKED, "scope": "CLOUDFRONT", "ip_version": "IPV4", "addresses": ["192.0.2.0/24"]}
    assert run(ip_set, "ip_sets", blocked)["changed"]
    assert not run(ip_set, "ip_sets", blocked)["changed"]
    more = {**blocked, "addresses": ["192.0.2.0/24", "198.51.100.0/24"]}
    assert run(ip_set, "ip_sets", more)["changed"] and run(ip_set, "ip_sets", blocked)["changed"]
    return lambda check=False, **changes: run(web_acl, "web_acls", {**ITEM, **changes}, check)


def found(stack: LocalStack, scope: str = "CLOUDFRONT") -> dict[str, Any]:
    waf = stack.boto("wafv2")
    (listed,) = waf.list_web_acls(Scope=scope)["WebACLs"]
    answer = waf.get_web_acl(Name=listed["Name"], Scope=scope, Id=listed["Id"])
    return {**answer["WebACL"], "LockToken": answer["LockToken"]}


def updated(stack: LocalStack, **changes: Any) -> None:
    """As somebody changes the ACL by hand."""
    now = found(stack)
    kept = {key: now[key] for key in ("DefaultAction", "VisibilityConfig", "Rules", "LockToken", "Name", "Id")}
    stack.boto("wafv2").update_web_acl(Scope="CLOUDFRONT", **{**kept, **changes})


def test_an_acl_is_made_as_foretold_and_then_left_alone(acl: Run, stack: LocalStack) -> None:
    foretold = acl(check=True)
    assert foretold["changed"] and foretold["planned"]["web_acl"]
    made = acl()
    assert made["changes"][0]["action"] == "create" and made["resources"][NAME]["capacity"] == 904
    assert made["warnings"] == []
    rules = {rule["Name"]: rule for rule in found(stack)["Rules"]}
    assert [rule["Priority"] for rule in rules.values()] == [0, 1, 2, 3, 4]
    assert rules["sqli"]["OverrideAction"] == {"Count": {}} and rules["rate"]["Action"] == {"Block": {}}
    logging = stack.boto("wafv2").get_logging_configuration(ResourceArn=found(stack)["ARN"])["LoggingConfiguration"]
    assert [one["SingleHeader"]["Name"] for one in logging["RedactedFields"]] == ["authorization", "cookie"]
    assert not acl()["changed"] and not acl(check=True)["changed"]


def test_rules_of_others_stay_where_they_are(acl: Run, stack: LocalStack) -> None:
    acl()
    theirs = {
        "Name": "theirs",
        "Priority": 2,
        "Action": {"Block": {}},
        "Statement": {
            "ByteMatchStatement": {
                "SearchString": b"a secret",
                "FieldToMatch": {"SingleHeader": {"Name": "X-Origin"}},
                "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
                "PositionalConstraint": "EXACTLY",
            }
        },
        "VisibilityConfig": {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "theirs"},
    }
    others = [rule for rule in found(stack)["Rules"] if rule["Priority"] != 2]
    updated(stack, Rules=[*others, theirs], TokenDomains=["shop.example"])
    result = acl()
    assert result["changed"] and "a secret" not in repr(result)
    now = found(stack)
    placed = [(rule["Name"], rule["Priority"]) for rule in now["Rules"]]
    assert placed == [("blocked", 0), ("core", 1), ("theirs", 2), ("sqli", 3), ("rate", 4), ("countries", 5)]
    assert now["Rules"][2]["Statement"]["ByteMatchStatement"]["SearchString"] == b"a secret"
    assert now["TokenDomains"] == ["shop.example"]
    assert not acl()["changed"]
    assert acl(purge_rules=True)["changed"]
    assert [rule["Name"] for rule in found(stack)["Rules"]] == ["blocked", "core", "sqli", "rate", "countries"]


def test_a_rule_is_taken_out_by_name(acl: Run, stack: LocalStack) -> None:
    acl()
    assert acl(rules=[*RULES[:-1], {"name": "countries", "state": "absent"}])["changed"]
    assert "countries" not in {rule["Name"] for rule in found(stack)["Rules"]}


def test_drift_is_repaired(acl: Run, stack: LocalStack) -> None:
    acl()
    arn, waf = found(stack)["ARN"], stack.boto("wafv2")
    rules = [rule for rule in found(stack)["Rules"] if rule["Name"] != "core"]
    updated(stack, Rules=rules, DefaultAction={"Block": {}})
    stack.boto("logs").create_log_group(logGroupName="aws-waf-logs-other")
    other = stack.boto("logs").describe_log_groups(logGroupNamePrefix="aws-waf-logs-other")["logGroups"][0]["arn"]
    query = {"QueryString": {}}
    kept = {"LoggingFilter": {"DefaultBehavior": "DROP", "Filters": [
        {"Behavior": "KEEP", "Requirement": "MEETS_ANY", "Conditions": [{"ActionCondition": {"Action": "BLOCK"}}]}
    ]}}  # fmt: skip
    logging = {"ResourceArn": arn, "LogDestinationConfigs": [other.removesuffix(":*")], "RedactedFields": [query]}
    waf.put_logging_configuration(LoggingConfiguration={**logging, **kept})
    waf.untag_resource(ResourceARN=arn, TagKeys=["Project"])
    foretold = acl(check=True)["changes"][0]["fields"]
    assert foretold == ["default_action", "log_destination", "redacted_headers", "rules"]
    acl()
    now = waf.get_logging_configuration(ResourceArn=arn)["LoggingConfiguration"]
    assert query in now["RedactedFields"] and len(now["RedactedFields"]) == 3, "what others redact stays redacted"
    assert now["LoggingFilter"] == kept["LoggingFilter"]
    assert found(stack)["DefaultAction"] == {"Allow": {}} and len(found(stack)["Rules"]) == 5
    assert not acl()["changed"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rules": [{"name": "a", "managed_rule_group": "AWSManagedRulesNone"}]}, "offers no managed rule group AWS"),
        ({"rules": [{**RULES[1], "count_rules": ["SizeRestriction_BODY"]}]}, "has no rule SizeRestriction_BODY"),
        (
            {"rules": [{"name": f"r{n}", "managed_rule_group": "AWSManagedRulesCommonRuleSet"} for n in range(8)]},
            "take 5600 capacity units, and an ACL has 5000",
        ),
        ({"rules": [{"name": "a", "rate_limit": 5}]}, "WAF takes 10 to 2000000000"),
        ({"rules": [{"name": "a"}]}, "exactly one of managed_rule_group"),
        ({"rules": [{"name": "a", "rate_limit": 20}, {"name": "a", "countries": ["US"]}]}, "more than once"),
        ({"rules": [{**RULES[1], "action": "block"}]}, "count only"),
        ({"log_destination": "shop-logs"}, "called aws-waf-logs-"),
        ({"log_destination": "aws-waf-logs-none"}, "log_group aws-waf-logs-none does not exist"),
        ({"load_balancers": ["arn:aws:elasticloadbalancing:x"]}, "take REGIONAL"),
    ],
)
def test_what_waf_would_not_take_is_refused(acl: Run, stack: LocalStack, changes: Any, words: str) -> None:
    with pytest.raises(Refusal, match="Nothing was changed") as refusal:
        acl(**changes)
    assert words in str(refusal.value)
    assert stack.boto("wafv2").list_web_acls(Scope="CLOUDFRONT")["WebACLs"] == []


def test_the_scope_of_cloudfront_is_kept_in_one_region(run: Run) -> None:
    with pytest.raises(Refusal, match="give the task region: us-east-1"):
        run(web_acl, "web_acls", ITEM, region="us-west-2")


@pytest.mark.parametrize(
    ("addresses", "words"),
    [(["192.0.2.1"], "write 192.0.2.1/32"), (["0.0.0.0/0"], "every address"), (["2001:db8::/32"], "no IPV4"),
     (["192.0.2.1/24"], "no range")],
)  # fmt: skip
def test_addresses_that_waf_would_not_take_are_refused(run: Run, addresses: list[str], words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        run(ip_set, "ip_sets", {"name": "a", "scope": "REGIONAL", "ip_version": "IPV4", "addresses": addresses})
    assert words in str(refusal.value)


def test_a_load_balancer_keeps_the_acl_that_it_has(run: Run, stack: LocalStack) -> None:
    balancer = as_reviewed.load(stack.endpoint)["ids"]["load_balancer"]
    item = {"name": "shop-alb", "scope": "REGIONAL", "default_action": "allow", "load_balancers": [balancer]}
    assert run(web_acl, "web_acls", item)["changed"] and not run(web_acl, "web_acls", item)["changed"]
    waf = stack.boto("wafv2")
    assert waf.get_web_acl_for_resource(ResourceArn=balancer)["WebACL"]["Name"] == "shop-alb"
    waf.disassociate_web_acl(ResourceArn=balancer)
    other = run(web_acl, "web_acls", {**item, "name": "other"})
    assert other["warnings"] == []
    left = run(web_acl, "web_acls", item)
    assert not left["changed"] and "keeps it" in left["warnings"][0]
    assert waf.get_web_acl_for_resource(ResourceArn=balancer)["WebACL"]["Name"] == "other"


@pytest.mark.parametrize("kind", ["drop", "error_after"])
def test_an_answer_that_is_lost_makes_one_acl(acl: Run, stack: LocalStack, kind: str) -> None:
    stack.control.faults({"kind": kind, "action": "wafv2:CreateWebACL", "count": 1})
    acl()
    assert found(stack)["Name"] == NAME and not acl()["changed"]


def test_an_update_that_aws_fails_on_is_made_again_with_a_token_of_now(acl: Run, stack: LocalStack) -> None:
    acl()
    stack.control.faults({"kind": "error_after", "action": "wafv2:UpdateWebACL", "count": 1})
    assert acl(default_action="block")["changed"]
    assert found(stack)["DefaultAction"] == {"Block": {}}
