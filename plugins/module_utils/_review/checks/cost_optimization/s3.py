# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""S3: objects move to a cheaper class, or end."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, passed, value
from ..common import listed, verdict


@check(
    id="s3_lifecycle",
    pillar="cost_optimization",
    best_practice="COST04-BP05",
    severity="medium",
    resource_type="AwsS3Bucket",
    title="Objects move to a cheaper class in time",
    needs=("s3.buckets",),
    role="edge",
    item="COST-6",
    cost="lowers",
    recommendation="Run the edge role: it makes a lifecycle rule that moves objects to STANDARD_IA. Objects below"
    " 128 KB stay where they are.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
)
def s3_lifecycle(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """An enabled rule that moves or expires objects within lifecycle_days, or Intelligent-Tiering."""

    def judge(bucket: Item) -> Result:
        rules = value(bucket, "Lifecycle", "get_bucket_lifecycle_configuration") or ()
        acting = [rule.get("ID", "a rule") for rule in rules if _acts(rule, parameters.lifecycle_days)]
        if acting:
            return passed(bucket["Arn"], f"rules that act within {parameters.lifecycle_days} days: {listed(acting)}")
        tiering = value(bucket, "IntelligentTiering", "list_bucket_intelligent_tiering_configurations") or ()
        enabled = [one.get("Id") for one in tiering if one.get("Status") == "Enabled"]
        evidence = (
            f"rules that act within {parameters.lifecycle_days} days: none of {len(rules)},"
            f" Intelligent-Tiering: {listed(enabled)}"
        )
        return verdict(bool(enabled), bucket["Arn"], evidence)

    yield from each(stack.items("s3.buckets"), "Arn", judge)


def _acts(rule: Item, days: int) -> bool:
    """Enabled, and within so many days it moves or ends objects or their old versions."""
    if rule.get("Status") != "Enabled":
        return False
    actions = [*(rule.get("Transitions") or ()), rule.get("Expiration") or {}]
    old = [*(rule.get("NoncurrentVersionTransitions") or ()), rule.get("NoncurrentVersionExpiration") or {}]
    found = [one.get("Days") for one in actions] + [one.get("NoncurrentDays") for one in old]
    return any(seen is not None and seen <= days for seen in found)
