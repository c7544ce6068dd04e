# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ElastiCache: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

from .._engine.aws import Aws
from .._engine.errors import AwsError
from .reading import Item, each_named, further, tagged

Names: TypeAlias = "Collection[str] | None"


def _with_tags(aws: Aws, items: list[Item]) -> list[Item]:
    """Tags None where AWS does not tell them, because the thing is being made or changed.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ListTagsForResource.html
    """

    def add(item: Item) -> None:
        try:
            answer = further(aws, item, "elasticache", "list_tags_for_resource", ResourceName=item["ARN"])
        except AwsError as error:
            if not error.code.startswith("Invalid") or not error.code.removesuffix("Fault").endswith("State"):
                raise
            item["Tags"] = None
        else:
            item["Tags"] = tagged([{"TagList": (answer or {}).get("TagList")}], "TagList")[0]["Tags"]

    aws.map(add, items)
    return items


def _each(aws: Aws, operation: str, key: str, parameter: str, names: Names) -> list[Item]:
    """Kinds that take one name a call; without names all of them, without tags."""
    if names is None:
        return aws.pages("elasticache", operation, key)
    found = each_named(aws, sorted(names), lambda name: aws.pages("elasticache", operation, key, **{parameter: name}))
    return _with_tags(aws, found)


def replication_groups(aws: Aws, *, names: Names = None) -> list[Item]:
    """Replication groups; by names with Tags, and Members: their cache clusters, which alone tell version, port,
    parameter and security groups, subnet group and maintenance window."""
    groups = _each(aws, "describe_replication_groups", "ReplicationGroups", "ReplicationGroupId", names)
    if names is not None and groups:
        clusters = cache_clusters(aws)
        for group in groups:
            group["Members"] = [one for one in clusters if one.get("ReplicationGroupId") == group["ReplicationGroupId"]]
    return groups


def cache_clusters(aws: Aws) -> list[Item]:
    """Nodes and stand-alone clusters, with CacheSubnetGroupName."""
    return aws.pages("elasticache", "describe_cache_clusters", "CacheClusters")


def cluster_with_nodes(aws: Aws, name: str) -> list[Item]:
    """The cluster of that id with CacheNodes and their endpoints, or none."""
    return each_named(
        aws,
        [name],
        lambda one: aws.pages(
            "elasticache", "describe_cache_clusters", "CacheClusters", CacheClusterId=one, ShowCacheNodeInfo=True
        ),
    )


def subnet_groups(aws: Aws, *, names: Names = None) -> list[Item]:
    """Cache subnet groups with Subnets."""
    return _each(aws, "describe_cache_subnet_groups", "CacheSubnetGroups", "CacheSubnetGroupName", names)


def parameter_groups(aws: Aws, *, names: Collection[str]) -> list[Item]:
    """Cache parameter groups with Parameters: those that a user has set, name -> {ParameterValue, ...}."""
    groups = _each(aws, "describe_cache_parameter_groups", "CacheParameterGroups", "CacheParameterGroupName", names)
    for group, found in zip(
        groups,
        aws.map(lambda group: parameters(aws, group["CacheParameterGroupName"], "user"), groups),
        strict=True,
    ):
        group["Parameters"] = {parameter["ParameterName"]: parameter for parameter in found}
    return groups


def parameters(aws: Aws, group: str, source: str | None = None) -> list[Item]:
    """The parameters of a group. source: user for those that somebody has set."""
    wanted = {"Source": source} if source else {}
    return aws.pages("elasticache", "describe_cache_parameters", "Parameters", CacheParameterGroupName=group, **wanted)


def users(aws: Aws, *, names: Collection[str]) -> list[Item]:
    return _each(aws, "describe_users", "Users", "UserId", names)


def user_groups(aws: Aws, *, names: Collection[str]) -> list[Item]:
    return _each(aws, "describe_user_groups", "UserGroups", "UserGroupId", names)


def existing_names(aws: Aws, operation: str, key: str, parameter: str, names: Collection[str]) -> set[str]:
    """Which of the names exist, by one call each and without tags."""
    found = each_named(aws, sorted(names), lambda name: aws.pages("elasticache", operation, key, **{parameter: name}))
    return {str(item[parameter]) for item in found}


def engine_versions(aws: Aws, *, engine: str) -> list[Item]:
    """Versions on offer, with CacheParameterGroupFamily."""
    return aws.pages("elasticache", "describe_cache_engine_versions", "CacheEngineVersions", Engine=engine)
