# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The reads of ElastiCache that lag behind writes; the service promises nothing of the sort, and lags too.

https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elasticache/user_group_association.go
waits for users and groups to be seen.
"""

from __future__ import annotations

from local_aws.lag.kinds import Kind, Listed, Single

_TAGGED = ("AddTagsToResource", "RemoveTagsFromResource")


def _of(operation: str, items: str, key: str, code: str, status: int, *writes: str) -> Kind:
    return Listed(
        service="elasticache", operation=operation, items=items, id=(key,), names=(key,), short=str.lower,
        missing=(code, "{id} not found.", status), writes=writes,
    )  # fmt: skip


KINDS: tuple[Kind, ...] = (
    _of(
        "DescribeReplicationGroups", "ReplicationGroups", "ReplicationGroupId", "ReplicationGroupNotFoundFault", 404,
        "*ReplicationGroup", "*ReplicaCount",
    ),
    _of(
        "DescribeCacheSubnetGroups", "CacheSubnetGroups", "CacheSubnetGroupName", "CacheSubnetGroupNotFoundFault", 400,
        "*CacheSubnetGroup",
    ),
    _of(
        "DescribeCacheParameterGroups", "CacheParameterGroups", "CacheParameterGroupName",
        "CacheParameterGroupNotFound", 404, "*CacheParameterGroup",
    ),
    _of("DescribeUsers", "Users", "UserId", "UserNotFound", 404, "*User", "*UserGroup"),
    _of("DescribeUserGroups", "UserGroups", "UserGroupId", "UserGroupNotFound", 404, "*UserGroup", "*ReplicationGroup"),
    Listed(
        service="elasticache", operation="DescribeCacheParameters", items="Parameters", id=("ParameterName",),
        within="CacheParameterGroupName", asks={"Source": "Source"}, writes=("*CacheParameterGroup",),
    ),
    Single(
        service="elasticache", operation="ListTagsForResource", asks=("ResourceName",), short=str.lower,
        writes=_TAGGED, tags="TagList",
    ),
)  # fmt: skip
