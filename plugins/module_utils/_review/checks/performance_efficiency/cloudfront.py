# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudFront: what is cached, and compressed."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import not_applicable
from ..caching import behaviors, caching_fault, name_of, static
from ..common import listed, verdict

_GUIDE = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide"


@check(
    id="cloudfront_caching_configured",
    pillar="performance_efficiency",
    best_practice="PERF03-BP05",
    severity="medium",
    resource_type="AwsCloudFrontDistribution",
    title="CloudFront caches what does not change",
    needs=("cloudfront.distributions", "cloudfront.cache_policies"),
    role="edge",
    item="PERF-4",
    cost="lowers",
    recommendation="Run the edge role: it gives the static behaviors a cache policy with TTLs of 0, 3600 and 86400"
    " seconds and without cookies and query strings in the key.",
    source=f"{_GUIDE}/controlling-the-cache-key.html",
)
def cloudfront_caching_configured(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Each behavior with a bucket behind it has a TTL and does not make all cookies and query strings its key."""
    policies = {one["Id"]: one["CachePolicyConfig"] for one in stack.items("cloudfront.cache_policies")}
    for distribution in stack.items("cloudfront.distributions"):
        arn, config = distribution["ARN"], distribution["DistributionConfig"]
        found = static(config)
        if not found:
            yield not_applicable("no behavior has a bucket as its origin", arn)
            continue
        faults = [f"{name_of(one)} {fault}" for one in found if (fault := caching_fault(one, policies))]
        yield verdict(not faults, arn, f"static behaviors that do not cache well: {listed(faults)}")


@check(
    id="cloudfront_compression",
    pillar="performance_efficiency",
    best_practice="PERF04-BP02",
    severity="low",
    resource_type="AwsCloudFrontDistribution",
    title="CloudFront compresses what it sends",
    needs=("cloudfront.distributions",),
    role="edge",
    item="PERF-4",
    cost="lowers",
    recommendation="Run the edge role: it switches compression on in every behavior.",
    source=f"{_GUIDE}/ServingCompressedFiles.html",
)
def cloudfront_compression(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Compress in every behavior."""
    for distribution in stack.items("cloudfront.distributions"):
        off = [name_of(one) for one in behaviors(distribution["DistributionConfig"]) if not one.get("Compress")]
        yield verdict(not off, distribution["ARN"], f"behaviors whose Compress is false: {listed(off)}")
