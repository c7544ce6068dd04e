# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The cache: that it stands in private subnets."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import failed
from ..common import fact, listed, verdict
from ..networks import public_subnets


@check(
    id="elasticache_private_subnet",
    pillar="security",
    best_practice="SEC05-BP01",
    severity="high",
    resource_type="AwsElastiCacheCacheCluster",
    title="The cache stands in private subnets",
    needs=("elasticache.cache_clusters", "elasticache.subnet_groups", "ec2.subnets", "ec2.route_tables"),
    role="cache",
    item="PERF-2",
    downtime=True,
    recommendation="A cache cannot change its subnet group: make a new one in private subnets with the cache role and"
    " move the application to it.",
    source="https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SubnetGroups.html",
)
def elasticache_private_subnet(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """No subnet of the cache's group has a route to an internet gateway, and all are the workload's own."""
    groups = {one["CacheSubnetGroupName"]: one for one in stack.items("elasticache.subnet_groups")}
    own = {one["SubnetId"] for one in stack.items("ec2.subnets")}
    public = public_subnets(stack.items("ec2.subnets"), stack.items("ec2.route_tables"))
    for cache in stack.items("elasticache.cache_clusters"):
        name = cache.get("CacheSubnetGroupName")
        if name not in groups:
            yield failed(cache["ARN"], fact("CacheSubnetGroupName", name))
            continue
        subnets = sorted(one["SubnetIdentifier"] for one in groups[name].get("Subnets") or ())
        wrong = [one for one in subnets if one in public or one not in own]
        yield verdict(not wrong, cache["ARN"], f"subnets of {name} that are public or of another VPC: {listed(wrong)}")
