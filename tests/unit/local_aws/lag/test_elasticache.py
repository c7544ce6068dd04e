# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Each read of ElastiCache that lags, before and after the write that it lags behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from local_aws.lag import elasticache as lag_elasticache

CASES: list[Any] = []
USER = {
    "UserId": "app",
    "UserName": "app",
    "Engine": "valkey",
    "AccessString": "on ~* +@all",
    "AuthenticationMode": {"Type": "iam"},
}
PARAMETERS = {"CacheParameterGroupName": "web", "CacheParameterGroupFamily": "valkey8", "Description": "d"}


def case(read: str, old: Any, new: Any) -> Any:
    def add(function: Any) -> Any:
        CASES.append(pytest.param(f"elasticache:{read}", function, old, new, id=f"{read}-{function.__name__}"))
        return function

    return add


@case("DescribeReplicationGroups", "ReplicationGroupNotFoundFault", 1)
def group(aws: Any) -> Iterator[Any]:
    cache = aws("elasticache")
    yield
    cache.create_replication_group(
        ReplicationGroupId="web", ReplicationGroupDescription="d", CacheNodeType="cache.t4g.micro", Engine="valkey"
    )
    yield lambda: len(cache.describe_replication_groups(ReplicationGroupId="web")["ReplicationGroups"])


@case("DescribeCacheSubnetGroups", "CacheSubnetGroupNotFoundFault", 1)
def subnet_group(aws: Any) -> Iterator[Any]:
    ec2, cache = aws("ec2"), aws("elasticache")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    yield
    cache.create_cache_subnet_group(CacheSubnetGroupName="web", CacheSubnetGroupDescription="d", SubnetIds=[subnet])
    yield lambda: len(cache.describe_cache_subnet_groups(CacheSubnetGroupName="web")["CacheSubnetGroups"])


@case("DescribeCacheParameterGroups", "CacheParameterGroupNotFound", 1)
def parameter_group(aws: Any) -> Iterator[Any]:
    cache = aws("elasticache")
    yield
    cache.create_cache_parameter_group(**PARAMETERS)
    yield lambda: len(cache.describe_cache_parameter_groups(CacheParameterGroupName="web")["CacheParameterGroups"])


@case("DescribeCacheParameters", 0, 1)
def parameters(aws: Any) -> Iterator[Any]:
    cache = aws("elasticache")
    cache.create_cache_parameter_group(**PARAMETERS)
    yield
    rows = [{"ParameterName": "timeout", "ParameterValue": "60"}]
    cache.modify_cache_parameter_group(CacheParameterGroupName="web", ParameterNameValues=rows)
    asked = {"CacheParameterGroupName": "web", "Source": "user"}
    yield lambda: len(cache.describe_cache_parameters(**asked)["Parameters"])


@case("DescribeUsers", "UserNotFound", 1)
def user(aws: Any) -> Iterator[Any]:
    cache = aws("elasticache")
    yield
    cache.create_user(**USER)
    yield lambda: len(cache.describe_users(UserId="app")["Users"])


@case("DescribeUserGroups", "UserGroupNotFound", 1)
def user_group(aws: Any) -> Iterator[Any]:
    cache = aws("elasticache")
    cache.create_user(**USER)
    yield
    cache.create_user_group(UserGroupId="web", Engine="valkey", UserIds=["app"])
    yield lambda: len(cache.describe_user_groups(UserGroupId="web")["UserGroups"])


@case("ListTagsForResource", [], ["a"])
def tags(aws: Any) -> Iterator[Any]:
    cache = aws("elasticache")
    arn = cache.create_user(**USER)["ARN"]
    yield
    cache.add_tags_to_resource(ResourceName=arn, Tags=[{"Key": "a", "Value": "b"}])
    yield lambda: [tag["Key"] for tag in cache.list_tags_for_resource(ResourceName=arn)["TagList"]]


@pytest.mark.parametrize(("read", "write", "old", "new"), CASES)
def test_old_then_new(sees, read, write, old, new):
    assert sees(write) == [old, new]


def test_every_read_of_the_table_is_tried():
    assert {kind.name for kind in lag_elasticache.KINDS} == {param.values[0] for param in CASES}
