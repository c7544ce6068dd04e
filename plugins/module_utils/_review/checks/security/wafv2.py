# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""WAF: that a web ACL stands before the load balancer and CloudFront, and what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, failed, not_applicable, passed, value
from ..common import fact, verdict
from ..networks import WORLD

_GUIDE = "https://docs.aws.amazon.com/waf/latest/developerguide"
_CORE_RULES = "AWSManagedRulesCommonRuleSet"
_BAD_INPUTS = "AWSManagedRulesKnownBadInputsRuleSet"
_SQLI_RULES = "AWSManagedRulesSQLiRuleSet"


@check(
    id="waf_attached_alb",
    pillar="security",
    best_practice="SEC05-BP03",
    severity="high",
    resource_type="AwsElbv2LoadBalancer",
    title="A web ACL stands before the load balancer",
    needs=("elbv2.load_balancers", "wafv2.associations", "cloudfront.distributions", "ec2.security_groups"),
    role="edge",
    item="SEC-5",
    cost="raises",
    recommendation="Run the edge role: it attaches a REGIONAL web ACL to the load balancer.",
    source=f"{_GUIDE}/web-acl-associating-aws-resource.html",
)
def waf_attached_alb(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Its own ACL, or CloudFront's where nobody else reaches it: an internal one, or one open to prefix lists alone."""
    acls = {one["ResourceArn"]: one for one in stack.items("wafv2.associations")}

    def judge(balancer: Item) -> Result:
        arn = balancer["LoadBalancerArn"]
        if balancer.get("Type") != "application":
            return not_applicable(f"{fact('Type', balancer.get('Type'))}: WAF attaches to application ones", arn)
        acl = value(acls.get(arn, {}), "WebAclArn", "get_web_acl_for_resource")
        if acl:
            return passed(arn, fact("WebAclArn", acl))
        behind = next((one for one in stack.items("cloudfront.distributions") if _guards(one, balancer)), None)
        if behind and _closed(balancer, stack):
            return passed(arn, f"reached by CloudFront alone, whose {fact('WebACLId', acl_of(behind))}")
        if balancer.get("Scheme") == "internal":
            return not_applicable(f"{fact('Scheme', 'internal')} and {fact('WebAclArn', None)}", arn)
        return failed(arn, f"{fact('Scheme', balancer.get('Scheme'))} and {fact('WebAclArn', None)}")

    yield from each(stack.items("elbv2.load_balancers"), "LoadBalancerArn", judge)


@check(
    id="waf_attached_cloudfront",
    pillar="security",
    best_practice="SEC05-BP03",
    severity="high",
    resource_type="AwsCloudFrontDistribution",
    title="A web ACL stands before CloudFront",
    needs=("cloudfront.distributions",),
    role="edge",
    item="SEC-5",
    cost="raises",
    recommendation="Run the edge role: it attaches a CLOUDFRONT web ACL to the distribution.",
    source="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-awswaf.html",
)
def waf_attached_cloudfront(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """WebACLId of each distribution."""
    for distribution in stack.items("cloudfront.distributions"):
        acl = acl_of(distribution)
        yield verdict(bool(acl), distribution["ARN"], fact("WebACLId", acl))


@check(
    id="waf_has_rules",
    pillar="security",
    best_practice="SEC05-BP03",
    severity="high",
    resource_type="AwsWafv2WebAcl",
    title="Web ACLs have rules",
    needs=("wafv2.web_acls",),
    role="edge",
    item="SEC-5",
    cost="raises",
    recommendation="Run the edge role: it puts AWS's managed rule groups and a rate limit into the web ACLs.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-10",
)
def waf_has_rules(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """At least one rule, the ACL's own or one of Firewall Manager's."""
    for acl in stack.items("wafv2.web_acls"):
        kinds = ("Rules", "PreProcessFirewallManagerRuleGroups", "PostProcessFirewallManagerRuleGroups")
        count = sum(len(acl.get(kind) or ()) for kind in kinds)
        yield verdict(count > 0, acl["ARN"], f"Rules: {count}")


@check(
    id="waf_core_rule_set",
    pillar="security",
    best_practice="SEC05-BP03",
    severity="medium",
    resource_type="AwsWafv2WebAcl",
    title="Web ACLs block what the OWASP Top 10 describes",
    needs=("wafv2.web_acls",),
    role="edge",
    item="SEC-5",
    cost="raises",
    recommendation=f"Run the edge role: it adds {_CORE_RULES}. See in the logs what it would block before it blocks.",
    source=f"{_GUIDE}/aws-managed-rule-groups-baseline.html",
)
def waf_core_rule_set(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """AWS's core rule set, and not overridden to count."""
    for acl in stack.items("wafv2.web_acls"):
        yield managed_group(acl, _CORE_RULES)


@check(
    id="waf_known_bad_inputs",
    pillar="security",
    best_practice="SEC05-BP03",
    severity="medium",
    resource_type="AwsWafv2WebAcl",
    title="Web ACLs block requests that are known to be bad",
    needs=("wafv2.web_acls",),
    role="edge",
    item="SEC-5",
    cost="raises",
    recommendation=f"Run the edge role: it adds {_BAD_INPUTS}.",
    source=f"{_GUIDE}/aws-managed-rule-groups-baseline.html",
)
def waf_known_bad_inputs(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """AWS's rule group of known bad inputs, and not overridden to count."""
    for acl in stack.items("wafv2.web_acls"):
        yield managed_group(acl, _BAD_INPUTS)


@check(
    id="waf_sqli_rule_set",
    pillar="security",
    best_practice="SEC05-BP03",
    severity="medium",
    resource_type="AwsWafv2WebAcl",
    title="Web ACLs block SQL injection",
    needs=("wafv2.web_acls",),
    role="edge",
    item="SEC-5",
    cost="raises",
    recommendation=f"Run the edge role: it adds {_SQLI_RULES}, since the workload has a MySQL database.",
    source=f"{_GUIDE}/aws-managed-rule-groups-use-case.html",
)
def waf_sqli_rule_set(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """AWS's rule group for SQL databases, and not overridden to count."""
    for acl in stack.items("wafv2.web_acls"):
        yield managed_group(acl, _SQLI_RULES)


def managed_group(acl: Item, name: str) -> Result:
    """Whether a managed rule group of AWS's is in the ACL and in force; FAIL where its rules only count."""
    for rule in acl.get("Rules") or ():
        group = (rule.get("Statement") or {}).get("ManagedRuleGroupStatement") or {}
        if group.get("VendorName") == "AWS" and group.get("Name") == name:
            counts = "Count" in (rule.get("OverrideAction") or {})
            return verdict(not counts, acl["ARN"], f"{name} with OverrideAction {'Count' if counts else 'None'}")
    return failed(acl["ARN"], f"Rules lack {name}")


def acl_of(distribution: Item) -> str:
    """ARN of the distribution's web ACL, empty without one."""
    return str(distribution["DistributionConfig"].get("WebACLId") or "")


def _guards(distribution: Item, balancer: Item) -> bool:
    """The distribution has a web ACL and the load balancer is one of its origins."""
    origins = distribution["DistributionConfig"].get("Origins", {}).get("Items") or ()
    return bool(acl_of(distribution)) and balancer.get("DNSName") in {one.get("DomainName") for one in origins}


def _closed(balancer: Item, stack: Stack) -> bool:
    """The internet does not reach it: internal, or no group of its admits all networks."""
    if balancer.get("Scheme") == "internal":
        return True
    own = [one for one in stack.items("ec2.security_groups") if one["GroupId"] in balancer.get("SecurityGroups", ())]
    rules = [rule for group in own for rule in group.get("IpPermissions") or ()]
    networks = {one.get("CidrIp") for rule in rules for one in rule.get("IpRanges") or ()}
    networks |= {one.get("CidrIpv6") for rule in rules for one in rule.get("Ipv6Ranges") or ()}
    return bool(own) and not networks & WORLD
