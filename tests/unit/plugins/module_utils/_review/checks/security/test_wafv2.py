# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import wafv2

DENIED = {"service": "wafv2", "code": "AccessDenied", "message": "no"}
WORLD = {"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
CLOUDFRONT_ONLY = {"PrefixListIds": [{"PrefixListId": "pl-1"}]}


def distribution(acl="", origin="alb.example"):
    config = {"WebACLId": acl, "Origins": {"Items": [{"DomainName": origin}]}}
    return {"ARN": "arn:d", "DistributionConfig": config}


def stack(scheme="internet-facing", kind="application", acl=None, front=None, ingress=None, **association):
    balancer = {
        "LoadBalancerArn": "arn:alb",
        "Scheme": scheme,
        "Type": kind,
        "DNSName": "alb.example",
        "SecurityGroups": ["sg-1"],
    }
    return {
        "elbv2.load_balancers": [balancer],
        "wafv2.associations": [{"ResourceArn": "arn:alb", "WebAclArn": acl, **association}],
        "cloudfront.distributions": [front] if front else [],
        "ec2.security_groups": [{"GroupId": "sg-1", "IpPermissions": [ingress or WORLD]}],
    }


@pytest.mark.parametrize(
    ("collections", "status"),
    [
        (stack(acl="arn:acl"), "PASS"),
        (stack(), "FAIL"),
        (stack(front=distribution("arn:acl")), "FAIL"),
        (stack(front=distribution("arn:acl"), ingress=CLOUDFRONT_ONLY), "PASS"),
        (stack(front=distribution("")), "FAIL"),
        (stack(front=distribution("arn:acl", "other.example"), ingress=CLOUDFRONT_ONLY), "FAIL"),
        (stack("internal", front=distribution("arn:acl")), "PASS"),
        (stack("internal"), "NOT_APPLICABLE"),
        (stack(kind="network"), "NOT_APPLICABLE"),
        (stack(Errors={"get_web_acl_for_resource": DENIED}), "UNKNOWN"),
    ],
)
def test_attached_alb(judge, collections, status):
    assert judge(wafv2.waf_attached_alb, collections) == [status]


@pytest.mark.parametrize(("acl", "status"), [("arn:acl", "PASS"), ("", "FAIL")])
def test_attached_cloudfront(judge, acl, status):
    assert judge(wafv2.waf_attached_cloudfront, {"cloudfront.distributions": [distribution(acl)]}) == [status]


def managed(name, vendor="AWS", override="None"):
    statement = {"ManagedRuleGroupStatement": {"VendorName": vendor, "Name": name}}
    return {"Name": name, "Statement": statement, "OverrideAction": {override: {}}}


@pytest.mark.parametrize(
    ("acl", "rules", "core"),
    [
        ({"Rules": []}, "FAIL", "FAIL"),
        ({"Rules": [managed("AWSManagedRulesCommonRuleSet")]}, "PASS", "PASS"),
        ({"Rules": [managed("AWSManagedRulesCommonRuleSet", override="Count")]}, "PASS", "FAIL"),
        ({"Rules": [managed("AWSManagedRulesCommonRuleSet", vendor="Other")]}, "PASS", "FAIL"),
        ({"Rules": [{"Name": "rate", "Statement": {"RateBasedStatement": {}}}]}, "PASS", "FAIL"),
        ({"PreProcessFirewallManagerRuleGroups": [{"Name": "fms"}]}, "PASS", "FAIL"),
    ],
)
def test_rules(judge, acl, rules, core):
    acls = {"wafv2.web_acls": [{"ARN": "arn:acl", **acl}]}
    assert judge(wafv2.waf_has_rules, acls) == [rules]
    assert judge(wafv2.waf_core_rule_set, acls) == [core]


@pytest.mark.parametrize(
    ("check", "name"),
    [
        (wafv2.waf_known_bad_inputs, "AWSManagedRulesKnownBadInputsRuleSet"),
        (wafv2.waf_sqli_rule_set, "AWSManagedRulesSQLiRuleSet"),
    ],
)
def test_further_managed_groups(judge, check, name):
    rule = {
        "Statement": {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": name}},
        "OverrideAction": {"None": {}},
    }
    counting = {**rule, "OverrideAction": {"Count": {}}}
    statuses = [
        judge(check, {"wafv2.web_acls": [{"ARN": "arn:w", "Rules": rules}]}) for rules in ([rule], [counting], [])
    ]
    assert statuses == [["PASS"], ["FAIL"], ["FAIL"]]
