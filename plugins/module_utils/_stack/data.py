# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Collectors of what holds data: Aurora, the cache, backups."""

from __future__ import annotations

from collections.abc import Iterable

from .._describe import autoscaling, backup, elasticache, rds
from .membership import values
from .source import Collector, Item, Source


def _db_clusters(source: Source) -> Iterable[Item]:
    found = rds.db_clusters(source.aws)
    return [cluster for cluster in found if source.workload.owns(cluster, cluster["DBClusterIdentifier"])]


def _cluster_names(source: Source) -> list[str]:
    return values(source.items("rds.db_clusters"), "DBClusterIdentifier")


def _db_instances(source: Source) -> Iterable[Item]:
    names = _cluster_names(source)
    return rds.db_instances(source.aws, clusters=names) if names else []


def _db_subnet_groups(source: Source) -> Iterable[Item]:
    return rds.db_subnet_groups(source.aws, names=values(source.items("rds.db_clusters"), "DBSubnetGroup"))


def _db_cluster_parameter_groups(source: Source) -> Iterable[Item]:
    names = values(source.items("rds.db_clusters"), "DBClusterParameterGroup")
    return rds.db_cluster_parameter_groups(source.aws, names=names)


def _db_cluster_snapshots(source: Source) -> Iterable[Item]:
    names = _cluster_names(source)
    return rds.db_cluster_snapshots(source.aws, clusters=names) if names else []


def _global_clusters(source: Source) -> Iterable[Item]:
    arns = set(values(source.items("rds.db_clusters"), "DBClusterArn"))
    found = rds.global_clusters(source.aws)
    return [one for one in found if arns & set(values([one], "GlobalClusterMembers", "DBClusterArn"))]


def _dr_db_clusters(source: Source) -> Iterable[Item]:
    """Clusters in the DR region that replicate one of the workload's."""
    if not source.dr_region:
        return []
    arns = set(values(source.items("rds.db_clusters"), "DBClusterArn"))
    found = rds.db_clusters(source.aws.in_region(source.dr_region))
    return [one for one in found if one.get("ReplicationSourceIdentifier") in arns]


def _reserved(source: Source) -> Iterable[Item]:
    return rds.reserved_db_instances(source.aws)


def _event_subscriptions(source: Source) -> Iterable[Item]:
    return rds.event_subscriptions(source.aws)


def _replica_targets(source: Source) -> Iterable[Item]:
    ids = {f"cluster:{name}" for name in _cluster_names(source)}
    return autoscaling.scalable_targets(source.aws, "rds", resource_ids=ids) if ids else []


def _replication_groups(source: Source) -> Iterable[Item]:
    found = elasticache.replication_groups(source.aws)
    return [one for one in found if source.workload.owns(one, one["ReplicationGroupId"])]


def _cache_clusters(source: Source) -> Iterable[Item]:
    groups = set(values(source.items("elasticache.replication_groups"), "ReplicationGroupId"))
    return [
        one
        for one in elasticache.cache_clusters(source.aws)
        if one.get("ReplicationGroupId") in groups or source.workload.owns(one, one["CacheClusterId"])
    ]


def _cache_subnet_groups(source: Source) -> Iterable[Item]:
    names = values(source.items("elasticache.cache_clusters"), "CacheSubnetGroupName")
    if not names:
        return []
    return [one for one in elasticache.subnet_groups(source.aws) if one["CacheSubnetGroupName"] in names]


def _backup_plans(source: Source) -> Iterable[Item]:
    return backup.plans(source.aws)


def _restore_jobs(source: Source) -> Iterable[Item]:
    return backup.restore_jobs(source.aws)


def _restore_testing_plans(source: Source) -> Iterable[Item]:
    return backup.restore_testing_plans(source.aws)


def _protected_resources(source: Source) -> Iterable[Item]:
    return backup.protected_resources(source.aws)


COLLECTORS = {
    "rds.db_clusters": Collector("aurora", _db_clusters),
    "rds.db_instances": Collector("aurora", _db_instances),
    "rds.db_subnet_groups": Collector("aurora", _db_subnet_groups),
    "rds.db_cluster_parameter_groups": Collector("aurora", _db_cluster_parameter_groups),
    "rds.db_cluster_snapshots": Collector("aurora", _db_cluster_snapshots),
    "rds.global_clusters": Collector("aurora", _global_clusters),
    "rds.dr_db_clusters": Collector("aurora", _dr_db_clusters),
    "rds.reserved_db_instances": Collector("aurora", _reserved, workload=False),
    "rds.event_subscriptions": Collector("aurora", _event_subscriptions, workload=False),
    "autoscaling.replica_targets": Collector("aurora", _replica_targets),
    "elasticache.replication_groups": Collector("cache", _replication_groups),
    "elasticache.cache_clusters": Collector("cache", _cache_clusters),
    "elasticache.subnet_groups": Collector("cache", _cache_subnet_groups),
    "backup.plans": Collector("backup", _backup_plans, workload=False),
    "backup.restore_jobs": Collector("backup", _restore_jobs, workload=False),
    "backup.restore_testing_plans": Collector("backup", _restore_testing_plans, workload=False),
    "backup.protected_resources": Collector("backup", _protected_resources, workload=False),
}
