# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The cache: that it stands in private subnets, is encrypted, and asks who is there."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import failed
from ..caches import CONTROLS, GUIDE, NEEDS, caches
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


@check(
    id="elasticache_encryption_at_rest",
    pillar="security",
    best_practice="SEC08-BP02",
    severity="high",
    resource_type="AwsElastiCacheReplicationGroup",
    title="The cache is encrypted at rest",
    needs=NEEDS,
    role="cache",
    item="PERF-2",
    downtime=True,
    recommendation="It cannot be turned on later: set cache_migration to prepare and then to switch, which makes an"
    " encrypted replication group and leads the application to it.",
    source=f"{CONTROLS}#elasticache-4",
)
def elasticache_encryption_at_rest(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """AtRestEncryptionEnabled."""
    for one in caches(stack):
        encrypted = bool(one.get("AtRestEncryptionEnabled"))
        yield verdict(encrypted, one["ARN"], fact("AtRestEncryptionEnabled", encrypted))


@check(
    id="elasticache_encryption_in_transit",
    pillar="security",
    best_practice="SEC09-BP02",
    severity="high",
    resource_type="AwsElastiCacheReplicationGroup",
    title="The cache is encrypted in transit",
    needs=NEEDS,
    role="cache",
    item="PERF-2",
    recommendation="Run the cache role, which offers TLS, move the clients to it, and then set cache_takeover: true,"
    " which requires it.",
    source=f"{GUIDE}/in-transit-encryption-enable.html",
)
def elasticache_encryption_in_transit(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """TransitEncryptionEnabled, and TransitEncryptionMode is not preferred, which serves clients without TLS, too."""
    for one in caches(stack):
        encrypted, mode = bool(one.get("TransitEncryptionEnabled")), one.get("TransitEncryptionMode")
        if encrypted and mode == "preferred":
            yield failed(one["ARN"], fact("TransitEncryptionMode", mode))
        else:
            yield verdict(encrypted, one["ARN"], fact("TransitEncryptionEnabled", encrypted))


@check(
    id="elasticache_auth",
    pillar="security",
    best_practice="SEC09-BP03",
    severity="medium",
    resource_type="AwsElastiCacheReplicationGroup",
    title="The cache asks its clients who they are",
    needs=NEEDS,
    role="cache",
    item="PERF-2",
    recommendation="Set cache_takeover: true once the clients authenticate by IAM as one of cache_users.",
    source=f"{GUIDE}/Clusters.RBAC.html",
)
def elasticache_auth(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """UserGroupIds, or AuthTokenEnabled."""
    for one in caches(stack):
        groups, token = one.get("UserGroupIds") or [], bool(one.get("AuthTokenEnabled"))
        evidence = f"UserGroupIds holds {listed(groups)}; {fact('AuthTokenEnabled', token)}"
        yield verdict(bool(groups) or token, one["ARN"], evidence)
