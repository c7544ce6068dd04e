# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Collectors of what holds data: Aurora, the cache, backups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from .._describe import autoscaling, backup, elasticache, rds
from .membership import values
from .source import Collector, Item, Source
from .tagging import owned_arns


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


def _engine_versions(source: Source) -> Iterable[Item]:
    """The engine versions that the workload's clusters run: Status, ValidUpgradeTarget."""
    used = {(one["Engine"], one["EngineVersion"]) for one in source.items("rds.db_clusters")}
    answers = source.aws.map(
        lambda pair: rds.engine_versions(source.aws, engine=pair[0], version=pair[1]), sorted(used)
    )
    return [version for answer in answers for version in answer]


def _replication_groups(source: Source) -> Iterable[Item]:
    owned = owned_arns(source)
    found = elasticache.replication_groups(source.aws)
    return [one for one in found if one.get("ARN") in owned or source.workload.owns(one, one["ReplicationGroupId"])]


def _cache_clusters(source: Source) -> Iterable[Item]:
    groups = set(values(source.items("elasticache.replication_groups"), "ReplicationGroupId"))
    owned = owned_arns(source)
    return [
        one
        for one in elasticache.cache_clusters(source.aws)
        if one.get("ReplicationGroupId") in groups
        or one.get("ARN") in owned
        or source.workload.owns(one, one["CacheClusterId"])
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


def _vaults(source: Source) -> Iterable[Item]:
    """Vaults of the stack's region and of the DR region, each with Region."""
    regions = [source.aws.region, *([source.dr_region] if source.dr_region else [])]
    answers = source.aws.map(
        lambda region: [{**one, "Region": region} for one in backup.vaults(source.aws.in_region(region))], regions
    )
    return [vault for answer in answers for vault in answer]


def _recovery_points(source: Source) -> Iterable[Item]:
    """Recovery points of the workload's clusters and their copies, in the vaults of both regions."""
    pairs = [
        (vault, arn)
        for vault in source.items("backup.vaults")
        if vault.get("NumberOfRecoveryPoints", 1)
        for arn in values(source.items("rds.db_clusters"), "DBClusterArn")
    ]

    def found(pair: tuple[Item, str]) -> list[Item]:
        vault, arn = pair
        home = source.aws.in_region(vault["Region"])
        return backup.recovery_points(home, vault=vault["BackupVaultName"], resource=arn)

    return [point for answer in source.aws.map(found, pairs) for point in answer]


def _backup_jobs(source: Source) -> Iterable[Item]:
    """Backup jobs of the last eight days for the workload's clusters and buckets: a weekly rule shows once."""
    members = set(values(source.items("rds.db_clusters"), "DBClusterArn") + values(source.items("s3.buckets"), "Arn"))
    found = backup.jobs(source.aws, since=source.now - timedelta(days=8))
    return [job for job in found if job.get("ResourceArn") in members]


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
    "rds.engine_versions": Collector("aurora", _engine_versions),
    "rds.reserved_db_instances": Collector("aurora", _reserved, workload=False),
    "rds.event_subscriptions": Collector("aurora", _event_subscriptions, workload=False),
    "autoscaling.replica_targets": Collector("aurora", _replica_targets),
    "elasticache.replication_groups": Collector("cache", _replication_groups),
    "elasticache.cache_clusters": Collector("cache", _cache_clusters),
    "elasticache.subnet_groups": Collector("cache", _cache_subnet_groups),
    "backup.plans": Collector("backup", _backup_plans, workload=False),
    "backup.vaults": Collector("backup", _vaults, workload=False),
    "backup.recovery_points": Collector("backup", _recovery_points),
    "backup.jobs": Collector("backup", _backup_jobs),
    "backup.restore_jobs": Collector("backup", _restore_jobs, workload=False),
    "backup.restore_testing_plans": Collector("backup", _restore_testing_plans, workload=False),
    "backup.protected_resources": Collector("backup", _protected_resources, workload=False),
}
