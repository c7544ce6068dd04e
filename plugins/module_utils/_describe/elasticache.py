# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ElastiCache: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/"""

from __future__ import annotations

from .._engine.aws import Aws
from .reading import Item


def replication_groups(aws: Aws) -> list[Item]:
    """Replication groups."""
    return aws.pages("elasticache", "describe_replication_groups", "ReplicationGroups")


def cache_clusters(aws: Aws) -> list[Item]:
    """Nodes and stand-alone clusters, with CacheSubnetGroupName."""
    return aws.pages("elasticache", "describe_cache_clusters", "CacheClusters")


def subnet_groups(aws: Aws) -> list[Item]:
    """Cache subnet groups with Subnets."""
    return aws.pages("elasticache", "describe_cache_subnet_groups", "CacheSubnetGroups")
