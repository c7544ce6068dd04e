# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""RDS and Aurora: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeAlias

from .._engine.aws import Aws
from .reading import Item, each_named, further, tagged

Names: TypeAlias = "Collection[str] | None"
BATCH = 20  # values in one filter
MINUTES_OF_A_DAY = 24 * 60
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Events.Messages.html
_FAILURES = frozenset({"failure", "low storage"})


def _by_filter(aws: Aws, operation: str, key: str, filter_name: str, names: Names) -> list[Item]:
    """One call for up to BATCH names; the filter answers with what exists and no error for what does not."""
    if names is None:
        return tagged(aws.pages("rds", operation, key), "TagList")
    wanted = sorted(names)
    batches = [wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH)]
    found = aws.map(
        lambda batch: aws.pages("rds", operation, key, Filters=[{"Name": filter_name, "Values": batch}]), batches
    )
    return tagged([item for items in found for item in items], "TagList")


def db_clusters(aws: Aws, *, names: Names = None) -> list[Item]:
    return _by_filter(aws, "describe_db_clusters", "DBClusters", "db-cluster-id", names)


def db_instances(aws: Aws, *, names: Names = None, clusters: Names = None) -> list[Item]:
    if clusters is not None:
        return _by_filter(aws, "describe_db_instances", "DBInstances", "db-cluster-id", clusters)
    return _by_filter(aws, "describe_db_instances", "DBInstances", "db-instance-id", names)


def _with_tags(aws: Aws, items: list[Item], arn: str) -> list[Item]:
    """Items whose list operation gives no tags."""

    def add(item: Item) -> None:
        answer = further(aws, item, "rds", "list_tags_for_resource", ResourceName=item[arn])
        item.update(tagged([{"TagList": (answer or {}).get("TagList")}], "TagList")[0])

    aws.map(add, items)
    return items


def _each(aws: Aws, operation: str, key: str, parameter: str, names: Names, arn: str) -> list[Item]:
    """Kinds that take one name a call; without names all of them, without tags."""
    if names is None:
        return aws.pages("rds", operation, key)
    found = each_named(aws, sorted(names), lambda name: aws.pages("rds", operation, key, **{parameter: name}))
    return _with_tags(aws, found, arn)


def db_subnet_groups(aws: Aws, *, names: Names = None) -> list[Item]:
    return _each(aws, "describe_db_subnet_groups", "DBSubnetGroups", "DBSubnetGroupName", names, "DBSubnetGroupArn")


def db_cluster_parameter_groups(aws: Aws, *, names: Names = None) -> list[Item]:
    """Groups with Parameters: those that a user has set, name -> {ParameterValue, ApplyMethod, ...}."""
    groups = _each(
        aws,
        "describe_db_cluster_parameter_groups",
        "DBClusterParameterGroups",
        "DBClusterParameterGroupName",
        names,
        "DBClusterParameterGroupArn",
    )
    for group, found in zip(
        groups,
        aws.map(lambda group: db_cluster_parameters(aws, group["DBClusterParameterGroupName"], "user"), groups),
        strict=True,
    ):
        group["Parameters"] = {parameter["ParameterName"]: parameter for parameter in found}
    return groups


def db_parameter_groups(aws: Aws, *, names: Names = None) -> list[Item]:
    """Groups with Parameters: those that a user has set, name -> {ParameterValue, ApplyMethod, ...}."""
    groups = _each(
        aws, "describe_db_parameter_groups", "DBParameterGroups", "DBParameterGroupName", names, "DBParameterGroupArn"
    )
    for group, found in zip(
        groups, aws.map(lambda group: db_parameters(aws, group["DBParameterGroupName"], "user"), groups), strict=True
    ):
        group["Parameters"] = {parameter["ParameterName"]: parameter for parameter in found}
    return groups


def db_cluster_endpoints(aws: Aws, *, names: Collection[str]) -> list[Item]:
    """Custom endpoints by name."""

    def one(name: str) -> list[Item]:
        wanted = {"DBClusterEndpointIdentifier": name}
        found = aws.pages("rds", "describe_db_cluster_endpoints", "DBClusterEndpoints", **wanted)
        return [endpoint for endpoint in found if endpoint.get("DBClusterEndpointIdentifier") == name]

    return _with_tags(aws, each_named(aws, sorted(names), one), "DBClusterEndpointArn")


_BY_NAME = {
    "db_subnet_group": ("describe_db_subnet_groups", "DBSubnetGroups", "DBSubnetGroupName"),
    "db_cluster_parameter_group": (
        "describe_db_cluster_parameter_groups",
        "DBClusterParameterGroups",
        "DBClusterParameterGroupName",
    ),
    "db_parameter_group": ("describe_db_parameter_groups", "DBParameterGroups", "DBParameterGroupName"),
}


def existing_names(aws: Aws, kind: str, names: Collection[str]) -> list[str]:
    """Which of the names exist, with one call each and no more. kind: a key of _BY_NAME."""
    operation, key, parameter = _BY_NAME[kind]
    found = each_named(aws, sorted(names), lambda name: aws.pages("rds", operation, key, **{parameter: name}))
    return [item[parameter] for item in found]


def db_cluster_parameters(aws: Aws, name: str, source: str | None = None, *, names: Names = None) -> list[Item]:
    """Parameters of a cluster group; source "user" is those that somebody set otherwise than the engine has them."""
    return _parameters(aws, "describe_db_cluster_parameters", {"DBClusterParameterGroupName": name}, source, names)


def db_parameters(aws: Aws, name: str, source: str | None = None, *, names: Names = None) -> list[Item]:
    """Parameters of an instance group; source "user" is those that somebody set otherwise than the engine has them."""
    return _parameters(aws, "describe_db_parameters", {"DBParameterGroupName": name}, source, names)


def _parameters(aws: Aws, operation: str, group: dict[str, str], source: str | None, names: Names) -> list[Item]:
    """names: only these; the filter parameter-name is the only one that RDS has here."""
    wanted: dict[str, Any] = {"Source": source} if source else {}
    batches: list[dict[str, Any]] = [{}]
    if names is not None:
        every = sorted(names)
        parts = [every[start : start + BATCH] for start in range(0, len(every), BATCH)]
        batches = [{"Filters": [{"Name": "parameter-name", "Values": part}]} for part in parts]
    found = aws.map(lambda batch: aws.pages("rds", operation, "Parameters", **group, **wanted, **batch), batches)
    return [item for items in found for item in items]


def event_subscriptions(aws: Aws, *, names: Names = None) -> list[Item]:
    return _each(
        aws,
        "describe_event_subscriptions",
        "EventSubscriptionsList",
        "SubscriptionName",
        names,
        "EventSubscriptionArn",
    )


def global_clusters(aws: Aws, *, names: Names = None) -> list[Item]:
    if names is None:
        return tagged(aws.pages("rds", "describe_global_clusters", "GlobalClusters"), "TagList")
    found = each_named(
        aws,
        sorted(names),
        lambda name: aws.pages("rds", "describe_global_clusters", "GlobalClusters", GlobalClusterIdentifier=name),
    )
    return tagged(found, "TagList")


def db_cluster_snapshots(aws: Aws, *, clusters: Names = None) -> list[Item]:
    """Manual and automated cluster snapshots; manual ones with Attributes (who may restore them)."""
    if clusters is None:
        found = aws.pages("rds", "describe_db_cluster_snapshots", "DBClusterSnapshots")
    else:
        found = each_named(
            aws,
            sorted(clusters),
            lambda name: aws.pages(
                "rds", "describe_db_cluster_snapshots", "DBClusterSnapshots", DBClusterIdentifier=name
            ),
        )

    def add_attributes(snapshot: Item) -> None:
        answer = further(
            aws,
            snapshot,
            "rds",
            "describe_db_cluster_snapshot_attributes",
            DBClusterSnapshotIdentifier=snapshot["DBClusterSnapshotIdentifier"],
        )
        result = (answer or {}).get("DBClusterSnapshotAttributesResult", {})
        snapshot["Attributes"] = {
            one["AttributeName"]: one.get("AttributeValues", [])
            for one in result.get("DBClusterSnapshotAttributes", [])
        }

    aws.map(add_attributes, [snapshot for snapshot in found if snapshot.get("SnapshotType") == "manual"])
    return tagged(found, "TagList")


def reserved_db_instances(aws: Aws) -> list[Item]:
    return aws.pages("rds", "describe_reserved_db_instances", "ReservedDBInstances")


def orderable_options(aws: Aws, **wanted: Any) -> list[Item]:
    """What can be ordered; wanted: the parameters of DescribeOrderableDBInstanceOptions."""
    return aws.pages("rds", "describe_orderable_db_instance_options", "OrderableDBInstanceOptions", **wanted)


def engine_versions(aws: Aws, *, engine: str, version: str | None = None) -> list[Item]:
    wanted = {"EngineVersion": version} if version else {}
    return aws.pages("rds", "describe_db_engine_versions", "DBEngineVersions", Engine=engine, **wanted)


def last_failure(aws: Aws, source_type: str, name: str) -> str:
    """AWS's words on the last failure of the last day, which RDS tells by events alone; "" where there are none.

    source_type: db-instance or db-cluster. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeEvents.html
    """
    events = aws.pages(
        "rds", "describe_events", "Events", SourceType=source_type, SourceIdentifier=name, Duration=MINUTES_OF_A_DAY
    )
    failures = [one for one in events if _FAILURES & set(one.get("EventCategories") or [])]
    return str(max(failures, key=lambda one: str(one["Date"]))["Message"]) if failures else ""
