# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudFront: whether viewers are served when an origin fails."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import not_applicable
from ..caching import behaviors, name_of, static
from ..common import listed, verdict


@check(
    id="cloudfront_origin_failover",
    pillar="reliability",
    best_practice="REL11-BP02",
    severity="low",
    resource_type="AwsCloudFrontDistribution",
    title="CloudFront has a second origin for what does not change",
    needs=("cloudfront.distributions",),
    role="edge",
    cost="raises",
    recommendation="Have the edge role replicate the static bucket to another region and fail over to it.",
    source="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html",
)
def cloudfront_origin_failover(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Each behavior that leads to a bucket does so by an origin group."""
    for distribution in stack.items("cloudfront.distributions"):
        config = distribution["DistributionConfig"]
        groups = {one["Id"] for one in (config.get("OriginGroups") or {}).get("Items") or ()}
        alone = [name_of(one) for one in static(config)]
        grouped = [name_of(one) for one in behaviors(config) if one.get("TargetOriginId") in groups]
        if not alone and not grouped:
            yield not_applicable("no behavior has a bucket as its origin", distribution["ARN"])
            continue
        yield verdict(not alone, distribution["ARN"], f"behaviors with a bucket alone: {listed(alone)}")
