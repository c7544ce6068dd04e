# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What checks of all pillars ask of a cache: replication groups, and clusters that stand alone."""

from __future__ import annotations

from collections.abc import Iterator

from ..engine import Stack
from ..results import Item

GUIDE = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg"
CONTROLS = "https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html"
NEEDS = ("elasticache.replication_groups", "elasticache.cache_clusters")


def alone(stack: Stack) -> list[Item]:
    """Clusters of Redis OSS without a replication group."""
    return [
        one
        for one in stack.items("elasticache.cache_clusters")
        if not one.get("ReplicationGroupId") and one.get("Engine") != "memcached"
    ]


def caches(stack: Stack) -> Iterator[Item]:
    """Each group and each cluster that stands alone, in AWS's shape."""
    yield from stack.items("elasticache.replication_groups")
    yield from alone(stack)
