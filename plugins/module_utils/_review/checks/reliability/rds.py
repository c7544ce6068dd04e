# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Aurora: backups, zones, a second region, readers, events."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, not_applicable, passed
from ..common import fact, listed, verdict

_GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide"
_CONTROLS = "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html"
_CRITICAL_EVENTS = frozenset({"failure", "maintenance"})


@check(
    id="aurora_backup_retention",
    pillar="reliability",
    best_practice="REL09-BP03",
    severity="high",
    resource_type="AwsRdsDbCluster",
    title="Aurora keeps its automated backups long enough",
    needs=("rds.db_clusters",),
    role="aurora",
    item="REL-2",
    cost="raises",
    recommendation="Set aurora_backup_retention_days; it applies at once, AWS keeps at most 35 days.",
    source=f"{_GUIDE}/Aurora.Managing.Backups.html",
)
def aurora_backup_retention(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """BackupRetentionPeriod is at least backup_retention_days."""
    wanted = parameters.backup_retention_days
    for cluster in stack.items("rds.db_clusters"):
        days = cluster.get("BackupRetentionPeriod") or 0
        yield verdict(days >= wanted, cluster["DBClusterArn"], f"BackupRetentionPeriod is {days} of {wanted} days")


@check(
    id="aurora_deletion_protection",
    pillar="reliability",
    best_practice="REL09-BP01",
    severity="high",
    resource_type="AwsRdsDbCluster",
    title="Aurora is protected from deletion",
    needs=("rds.db_clusters",),
    role="aurora",
    item="REL-2",
    recommendation="Set aurora_deletion_protection.",
    source=f"{_CONTROLS}#rds-7",
)
def aurora_deletion_protection(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """DeletionProtection."""
    for cluster in stack.items("rds.db_clusters"):
        protected = bool(cluster.get("DeletionProtection"))
        yield verdict(protected, cluster["DBClusterArn"], fact("DeletionProtection", protected))


@check(
    id="aurora_copy_tags_to_snapshot",
    pillar="reliability",
    best_practice="REL09-BP01",
    severity="low",
    resource_type="AwsRdsDbCluster",
    title="Aurora's snapshots carry the cluster's tags",
    needs=("rds.db_clusters",),
    role="aurora",
    item="REL-2",
    recommendation="Run the aurora role: it sets CopyTagsToSnapshot on the cluster.",
    source=f"{_CONTROLS}#rds-16",
)
def aurora_copy_tags_to_snapshot(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """CopyTagsToSnapshot."""
    for cluster in stack.items("rds.db_clusters"):
        copied = bool(cluster.get("CopyTagsToSnapshot"))
        yield verdict(copied, cluster["DBClusterArn"], fact("CopyTagsToSnapshot", copied))


@check(
    id="aurora_multi_az",
    pillar="reliability",
    best_practice="REL10-BP01",
    severity="high",
    resource_type="AwsRdsDbCluster",
    title="Aurora has instances in two zones",
    needs=("rds.db_clusters", "rds.db_instances"),
    role="aurora",
    cost="raises",
    recommendation="List a second instance in aurora_instances; without one a failure waits for a new instance.",
    source=f"{_GUIDE}/Concepts.AuroraHighAvailability.html",
)
def aurora_multi_az(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """At least two instances, in at least two zones."""
    instances = stack.items("rds.db_instances")
    for cluster in stack.items("rds.db_clusters"):
        zones = [one.get("AvailabilityZone") for one in _of(cluster, instances)]
        evidence = f"{len(zones)} instances with AvailabilityZone {listed(sorted(str(zone) for zone in zones))}"
        yield verdict(len(set(zones)) > 1, cluster["DBClusterArn"], evidence)


@check(
    id="aurora_cross_region_replica",
    pillar="reliability",
    best_practice="REL13-BP02",
    severity="medium",
    resource_type="AwsRdsDbCluster",
    title="Aurora has a replica in another region",
    needs=("rds.db_clusters", "rds.global_clusters", "rds.dr_db_clusters"),
    role="aurora",
    item="REL-3",
    cost="raises",
    recommendation="Set aurora_cross_region to replica or global. A copied backup (backup_copy) is cheaper and loses up"
    " to its schedule: where that meets the RPO, waive this check.",
    source=f"{_GUIDE}/aurora-global-database-disaster-recovery.html",
)
def aurora_cross_region_replica(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A global database with a member in another region, or a cluster there that replicates this one."""
    for cluster in stack.items("rds.db_clusters"):
        arn = cluster["DBClusterArn"]
        if not parameters.cross_region:
            yield not_applicable("the parameter cross_region is false", arn)
            continue
        copies = [*_global_members(stack, arn), *_replicas(stack, arn)]
        where = f"replicated to {listed(copies)}" if copies else "in no global cluster with a second region"
        region = "" if copies or stack.dr_region else "; stack_dr_region is not set, so no region was searched"
        yield verdict(bool(copies), arn, f"{where}{region}")


@check(
    id="aurora_replica_autoscaling",
    pillar="reliability",
    best_practice="REL07-BP01",
    severity="low",
    resource_type="AwsRdsDbCluster",
    title="Aurora's readers scale with the load",
    needs=("rds.db_clusters", "rds.db_instances", "autoscaling.replica_targets"),
    role="aurora",
    item="PERF-5",
    cost="raises",
    recommendation="Set aurora_autoscaling with aurora_readers_min and aurora_readers_max.",
    source=f"{_GUIDE}/Aurora.Integrating.AutoScaling.html",
)
def aurora_replica_autoscaling(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The cluster is a scalable target, or all its instances are serverless."""
    for cluster in stack.items("rds.db_clusters"):
        arn, resource = cluster["DBClusterArn"], f"cluster:{cluster['DBClusterIdentifier']}"
        classes = {one.get("DBInstanceClass") for one in _of(cluster, stack.items("rds.db_instances"))}
        if classes == {"db.serverless"}:
            yield passed(arn, "DBInstanceClass is db.serverless")
            continue
        targets = [one for one in stack.items("autoscaling.replica_targets") if one.get("ResourceId") == resource]
        if not targets:
            yield verdict(False, arn, f"no scalable target has the ResourceId {resource}")
        for target in targets:
            low, high = target.get("MinCapacity", 0), target.get("MaxCapacity", 0)
            yield verdict(high > low, arn, f"MinCapacity is {low}, MaxCapacity is {high}")


@check(
    id="aurora_snapshots_encrypted",
    pillar="reliability",
    best_practice="REL09-BP02",
    severity="high",
    resource_type="AwsRdsDbClusterSnapshot",
    title="Aurora's snapshots are encrypted",
    needs=("rds.db_cluster_snapshots",),
    role="aurora",
    item="SEC-1",
    recommendation="A snapshot keeps the encryption of its cluster: migrate with playbooks/encrypt_aurora.yml, then"
    " delete the manual snapshots of the old cluster; the automated ones end with it.",
    source=f"{_CONTROLS}#rds-4",
)
def aurora_snapshots_encrypted(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """StorageEncrypted of each snapshot, or a StorageEncryptionType other than none."""
    for snapshot in stack.items("rds.db_cluster_snapshots"):
        encrypted = bool(snapshot.get("StorageEncrypted"))
        kind = snapshot.get("StorageEncryptionType")
        name, seen = ("StorageEncryptionType", kind) if kind else ("StorageEncrypted", encrypted)
        good = encrypted or kind in {"sse-rds", "sse-kms"}
        yield verdict(good, snapshot["DBClusterSnapshotArn"], fact(name, seen))


@check(
    id="rds_event_subscription",
    pillar="reliability",
    best_practice="REL06-BP03",
    severity="low",
    resource_type="AwsRdsEventSubscription",
    title="Critical events of Aurora are notified",
    needs=("rds.db_clusters", "rds.event_subscriptions"),
    role="aurora",
    recommendation="Name the topic in aurora_events_topic; the aurora role subscribes it to the cluster's events.",
    source=f"{_CONTROLS}#rds-19",
)
def rds_event_subscription(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """An enabled subscription to db-cluster events of this cluster, with failure and maintenance."""
    for cluster in stack.items("rds.db_clusters"):
        found = [one for one in stack.items("rds.event_subscriptions") if _subscribes(one, cluster)]
        names = [one.get("CustSubscriptionId") for one in found]
        evidence = f"CustSubscriptionId {listed(names)}" if found else "no enabled subscription covers the cluster"
        yield verdict(bool(found), cluster["DBClusterArn"], evidence)


def _of(cluster: Item, instances: tuple[Item, ...]) -> list[Item]:
    return [one for one in instances if one.get("DBClusterIdentifier") == cluster["DBClusterIdentifier"]]


def _region(arn: str) -> str:
    return arn.split(":")[3]


def _global_members(stack: Stack, arn: str) -> list[str]:
    """Members in other regions of the global cluster that the cluster belongs to."""
    for one in stack.items("rds.global_clusters"):
        members = [member["DBClusterArn"] for member in one.get("GlobalClusterMembers") or ()]
        if arn in members:
            return [member for member in members if _region(member) != _region(arn)]
    return []


def _replicas(stack: Stack, arn: str) -> list[str]:
    found = stack.items("rds.dr_db_clusters")
    return [one["DBClusterArn"] for one in found if one.get("ReplicationSourceIdentifier") == arn]


def _subscribes(subscription: Item, cluster: Item) -> bool:
    sources, categories = subscription.get("SourceIdsList"), subscription.get("EventCategoriesList")
    return (
        bool(subscription.get("Enabled"))
        and subscription.get("SourceType") in {"db-cluster", None, ""}
        and (not sources or cluster["DBClusterIdentifier"] in sources)
        and (not categories or _CRITICAL_EVENTS.issubset(categories))
    )
