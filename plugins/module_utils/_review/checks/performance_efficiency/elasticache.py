# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ElastiCache: there is a cache."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import failed
from ..common import fact, verdict, workload

_WORKING = frozenset({"available", "modifying", "snapshotting"})


@check(
    id="elasticache_present",
    pillar="performance_efficiency",
    best_practice="PERF03-BP05",
    severity="medium",
    resource_type="AwsElastiCacheReplicationGroup",
    title="A cache serves the workload",
    needs=("elasticache.replication_groups", "elasticache.cache_clusters"),
    role="cache",
    item="PERF-2",
    cost="raises",
    recommendation="Run the cache role: it makes a Valkey replication group in the private subnets.",
    source="https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.html",
)
def elasticache_present(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A replication group, or a cluster without one, that works."""
    groups = [(one["ARN"], "Status", one.get("Status")) for one in stack.items("elasticache.replication_groups")]
    nodes = [
        (one["ARN"], "CacheClusterStatus", one.get("CacheClusterStatus"))
        for one in stack.items("elasticache.cache_clusters")
        if not one.get("ReplicationGroupId")
    ]
    for arn, name, status in groups + nodes:
        yield verdict(status in _WORKING, arn, fact(name, status))
    if not groups + nodes:
        yield failed(workload(stack), "the workload has no replication group and no cache cluster")
