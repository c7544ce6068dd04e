# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""WAF: a limit for each client."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, not_applicable
from ..common import listed, verdict

_WINDOW = 300  # seconds that waf_rate_limit counts in; WAF's default too


@check(
    id="waf_rate_limit",
    pillar="reliability",
    best_practice="REL05-BP02",
    severity="medium",
    resource_type="AwsWafv2WebAcl",
    title="A client that asks too often is blocked",
    needs=("wafv2.web_acls", "cloudfront.distributions"),
    role="edge",
    item="SEC-5",
    cost="raises",
    recommendation="Run the edge role: it puts a rate-based rule into the web ACL where the clients' own addresses are"
    " seen.",
    source="https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html",
)
def waf_rate_limit(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A rate-based rule that blocks, of at most waf_rate_limit requests in five minutes.

    Behind CloudFront a load balancer sees CloudFront's addresses: there a limit by address would block everybody,
    so a regional web ACL is judged only where it counts by the forwarded address or no distribution exists.
    """
    wanted = parameters.waf_rate_limit
    for acl in stack.items("wafv2.web_acls"):
        rules = [rule for rule in acl.get("Rules") or () if "RateBasedStatement" in (rule.get("Statement") or {})]
        regional = ":regional/" in acl["ARN"]
        if regional and not rules and stack.items("cloudfront.distributions"):
            yield not_applicable("clients come through CloudFront, whose web ACL limits them", acl["ARN"])
            continue
        limits = [
            f"{rule.get('Name')} {_limit(rule):.0f} by {_key(rule)}, {listed(rule.get('Action') or {})}"
            for rule in rules
        ]
        good = [
            rule
            for rule in rules
            if "Block" in (rule.get("Action") or {})
            and _limit(rule) <= wanted
            and not (regional and _key(rule) == "IP" and stack.items("cloudfront.distributions"))
        ]
        evidence = f"rate-based rules (requests in {_WINDOW} s, at most {wanted} wanted): {listed(limits)}"
        yield verdict(bool(good), acl["ARN"], evidence)


def _statement(rule: Item) -> Item:
    found: Item = rule["Statement"]["RateBasedStatement"]
    return found


def _limit(rule: Item) -> float:
    """Requests in five minutes."""
    found = _statement(rule)
    return float(found["Limit"]) * _WINDOW / float(found.get("EvaluationWindowSec") or _WINDOW)


def _key(rule: Item) -> str:
    return str(_statement(rule).get("AggregateKeyType", "IP"))
