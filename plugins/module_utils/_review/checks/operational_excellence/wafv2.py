# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""WAF: that its rules can be watched."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item
from ..common import listed, verdict


@check(
    id="waf_metrics_enabled",
    pillar="operational_excellence",
    best_practice="OPS04-BP02",
    severity="low",
    resource_type="AwsWafv2WebAcl",
    title="Web ACLs and their rules have metrics",
    needs=("wafv2.web_acls",),
    role="edge",
    item="SEC-5",
    recommendation="Run the edge role: it gives the web ACL and each of its rules a metric. Rules of others are left as"
    " they are.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-12",
)
def waf_metrics_enabled(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """VisibilityConfig.CloudWatchMetricsEnabled of the ACL and of each rule."""
    for acl in stack.items("wafv2.web_acls"):
        silent = [] if _is_seen(acl) else ["the web ACL itself"]
        silent += [str(rule.get("Name")) for rule in acl.get("Rules") or () if not _is_seen(rule)]
        yield verdict(not silent, acl["ARN"], f"without CloudWatchMetricsEnabled: {listed(silent)}")


def _is_seen(thing: Item) -> bool:
    return bool((thing.get("VisibilityConfig") or {}).get("CloudWatchMetricsEnabled"))
