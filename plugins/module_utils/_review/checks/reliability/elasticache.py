# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The cache: its snapshots, and that it outlives a node."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import failed
from ..caches import CONTROLS, GUIDE, NEEDS, alone, caches
from ..common import fact, verdict


@check(
    id="elasticache_backup",
    pillar="reliability",
    best_practice="REL09-BP03",
    severity="low",
    resource_type="AwsElastiCacheReplicationGroup",
    title="Snapshots of the cache are kept",
    needs=NEEDS,
    role="cache",
    item="PERF-2",
    cost="raises",
    recommendation="Set cache_snapshot_retention_days; a cache that may be lost needs none, waive it then.",
    source=f"{CONTROLS}#elasticache-1",
)
def elasticache_backup(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """SnapshotRetentionLimit is not 0."""
    for one in caches(stack):
        days = one.get("SnapshotRetentionLimit") or 0
        yield verdict(days > 0, one["ARN"], fact("SnapshotRetentionLimit", days))


@check(
    id="elasticache_auto_failover",
    pillar="reliability",
    best_practice="REL11-BP02",
    severity="medium",
    resource_type="AwsElastiCacheReplicationGroup",
    title="The cache fails over to a replica",
    needs=NEEDS,
    role="cache",
    item="PERF-2",
    cost="raises",
    recommendation="Set cache_num_cache_clusters: 2 and cache_automatic_failover: true. A single node is cheaper, and"
    " away and empty when it fails: waive it where that is meant.",
    source=f"{GUIDE}/AutoFailover.html",
)
def elasticache_auto_failover(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """AutomaticFailover is enabled; a cluster that stands alone has none."""
    for group in stack.items("elasticache.replication_groups"):
        state = group.get("AutomaticFailover")
        nodes = len(group.get("MemberClusters") or [])
        yield verdict(state == "enabled", group["ARN"], f"{fact('AutomaticFailover', state)} with {nodes} nodes")
    for cluster in alone(stack):
        yield failed(cluster["ARN"], "it stands alone, without a replication group")
