# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What somebody may have changed by hand: put in by boto3, seen by --check, repaired by the role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Boto = Callable[..., Any]
Names = Mapping[str, str]

NAMES = {
    "group": "mywebapp-prod-cache",
    "subnet_group": "mywebapp-prod-cache",
    "parameter_group": "mywebapp-prod-cache-valkey8",
    "user": "mywebapp-prod-app",
    "user_group": "mywebapp-prod-cache",
    "slow_log": "/aws/elasticache/mywebapp-prod-cache/slow-log",
    "endpoint": "/mywebapp/prod/cache/endpoint",
    "reader_endpoint": "/mywebapp/prod/cache/reader-endpoint",
}
GROUP = "Replication group"


@dataclass(frozen=True)
class Drift:
    """put_in(boto, names) makes it; repaired(boto, names) is true when it is gone; task: the one that sees it."""

    name: str
    task: str
    put_in: Callable[[Boto, Names], Any]
    repaired: Callable[[Boto, Names], bool]


def group(boto: Boto, names: Names) -> dict[str, Any]:
    cache = boto("elasticache")
    return cache.describe_replication_groups(ReplicationGroupId=names["group"])["ReplicationGroups"][0]


def node(boto: Boto, names: Names) -> dict[str, Any]:
    found = boto("elasticache").describe_cache_clusters()["CacheClusters"]
    return next(one for one in found if one.get("ReplicationGroupId") == names["group"])


def of_group(**changes: Any) -> Callable[[Boto, Names], Any]:
    return lambda boto, names: boto("elasticache").modify_replication_group(
        ReplicationGroupId=names["group"], ApplyImmediately=True, **changes
    )


def shows(key: str, value: Any) -> Callable[[Boto, Names], bool]:
    return lambda boto, names: group(boto, names).get(key) == value


def fewer_nodes(boto: Boto, names: Names) -> None:
    of_group(AutomaticFailoverEnabled=False, MultiAZEnabled=False)(boto, names)
    boto("elasticache").decrease_replica_count(
        ReplicationGroupId=names["group"], NewReplicaCount=0, ApplyImmediately=True
    )


def more_nodes(boto: Boto, names: Names) -> None:
    boto("elasticache").increase_replica_count(
        ReplicationGroupId=names["group"], NewReplicaCount=2, ApplyImmediately=True
    )


def two_nodes_that_fail_over(boto: Boto, names: Names) -> bool:
    found = group(boto, names)
    return len(found["MemberClusters"]) == 2 and found["AutomaticFailover"] == found["MultiAZ"] == "enabled"


def other_security_group(boto: Boto, names: Names) -> None:
    [vpc] = boto("ec2").describe_vpcs(Filters=[{"Name": "cidr", "Values": ["10.0.0.0/16"]}])["Vpcs"]
    groups = boto("ec2").describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])
    [default] = [one["GroupId"] for one in groups["SecurityGroups"] if one["GroupName"] == "default"]
    of_group(SecurityGroupIds=[default])(boto, names)


def own_security_group(boto: Boto, names: Names) -> bool:
    ids = [one["SecurityGroupId"] for one in node(boto, names)["SecurityGroups"]]
    found = boto("ec2").describe_security_groups(GroupIds=ids)["SecurityGroups"]
    return [one["GroupName"] for one in found] == ["mywebapp-prod-cache-sg"]


def tags(boto: Boto, arn: str) -> dict[str, str]:
    found = boto("elasticache").list_tags_for_resource(ResourceName=arn)["TagList"]
    return {tag["Key"]: tag["Value"] for tag in found}


def parameter(boto: Boto, names: Names, name: str) -> str | None:
    found = boto("elasticache").describe_cache_parameters(CacheParameterGroupName=names["parameter_group"])
    return next((one["ParameterValue"] for one in found["Parameters"] if one["ParameterName"] == name), None)


def set_parameter(name: str, value: str) -> Callable[[Boto, Names], Any]:
    return lambda boto, names: boto("elasticache").modify_cache_parameter_group(
        CacheParameterGroupName=names["parameter_group"],
        ParameterNameValues=[{"ParameterName": name, "ParameterValue": value}],
    )


def subnet_group(boto: Boto, names: Names) -> dict[str, Any]:
    cache = boto("elasticache")
    return cache.describe_cache_subnet_groups(CacheSubnetGroupName=names["subnet_group"])["CacheSubnetGroups"][0]


def add_subnet(boto: Boto, names: Names) -> None:
    """Any subnet of the VPC besides the cache's."""
    found = subnet_group(boto, names)
    inside = [subnet["SubnetIdentifier"] for subnet in found["Subnets"]]
    every = boto("ec2").describe_subnets(Filters=[{"Name": "vpc-id", "Values": [found["VpcId"]]}])["Subnets"]
    other = next(subnet["SubnetId"] for subnet in every if subnet["SubnetId"] not in inside)
    boto("elasticache").modify_cache_subnet_group(
        CacheSubnetGroupName=names["subnet_group"], SubnetIds=[*inside, other]
    )


def user(boto: Boto, names: Names) -> dict[str, Any]:
    return boto("elasticache").describe_users(UserId=names["user"])["Users"][0]


def members(boto: Boto, names: Names) -> list[str]:
    return boto("elasticache").describe_user_groups(UserGroupId=names["user_group"])["UserGroups"][0]["UserIds"]


def add_user(boto: Boto, names: Names) -> None:
    boto("elasticache").create_user(
        UserId="guest",
        UserName="guest",
        Engine="valkey",
        AccessString="on ~* +@all",
        AuthenticationMode={"Type": "iam"},
    )
    boto("elasticache").modify_user_group(UserGroupId=names["user_group"], UserIdsToAdd=["guest"])


def log_group(boto: Boto, names: Names) -> dict[str, Any]:
    return boto("logs").describe_log_groups(logGroupNamePrefix=names["slow_log"])["logGroups"][0]


def value(boto: Boto, name: str) -> str:
    return boto("ssm").get_parameter(Name=name)["Parameter"]["Value"]


DRIFTS = [
    Drift(
        "snapshots kept for a day",
        GROUP,
        of_group(SnapshotRetentionLimit=1),
        shows("SnapshotRetentionLimit", 7),
    ),
    Drift("no snapshots", GROUP, of_group(SnapshotRetentionLimit=0), shows("SnapshotRetentionLimit", 7)),
    Drift(
        "no failover",
        GROUP,
        of_group(AutomaticFailoverEnabled=False, MultiAZEnabled=False),
        two_nodes_that_fail_over,
    ),
    Drift("one zone", GROUP, of_group(MultiAZEnabled=False), two_nodes_that_fail_over),
    Drift("a single node", GROUP, fewer_nodes, two_nodes_that_fail_over),
    Drift("a node too many", GROUP, more_nodes, two_nodes_that_fail_over),
    Drift(
        "another snapshot window",
        GROUP,
        of_group(SnapshotWindow="22:00-23:00"),
        shows("SnapshotWindow", "03:00-04:00"),
    ),
    Drift(
        "another maintenance window",
        GROUP,
        of_group(PreferredMaintenanceWindow="mon:22:00-mon:23:00"),
        lambda boto, names: node(boto, names)["PreferredMaintenanceWindow"] == "sun:05:00-sun:06:00",
    ),
    Drift(
        "larger nodes",
        GROUP,
        of_group(CacheNodeType="cache.t4g.medium"),
        shows("CacheNodeType", "cache.t4g.micro"),
    ),
    Drift("another security group", GROUP, other_security_group, own_security_group),
    Drift(
        "the engine's own parameters",
        GROUP,
        of_group(CacheParameterGroupName="default.valkey8"),
        lambda boto, names: (
            node(boto, names)["CacheParameterGroup"]["CacheParameterGroupName"] == names["parameter_group"]
        ),
    ),
    Drift(
        "no minor upgrades",
        GROUP,
        of_group(AutoMinorVersionUpgrade=False),
        shows("AutoMinorVersionUpgrade", True),
    ),
    Drift(
        "clients without TLS",
        GROUP,
        of_group(TransitEncryptionEnabled=True, TransitEncryptionMode="preferred"),
        shows("TransitEncryptionMode", "required"),
    ),
    Drift("no users", GROUP, of_group(RemoveUserGroups=True), shows("UserGroupIds", [NAMES["user_group"]])),
    Drift(
        "no slow log",
        GROUP,
        of_group(LogDeliveryConfigurations=[{"LogType": "slow-log", "Enabled": False}]),
        lambda boto, names: len(group(boto, names)["LogDeliveryConfigurations"]) == 2,
    ),
    Drift(
        "a tag with another value",
        GROUP,
        lambda boto, names: boto("elasticache").add_tags_to_resource(
            ResourceName=group(boto, names)["ARN"], Tags=[{"Key": "Owner", "Value": "nobody"}]
        ),
        lambda boto, names: tags(boto, group(boto, names)["ARN"])["Owner"] == "platform-team",
    ),
    Drift(
        "keys that are never evicted",
        "Parameters",
        set_parameter("maxmemory-policy", "noeviction"),
        lambda boto, names: parameter(boto, names, "maxmemory-policy") == "allkeys-lru",
    ),
    Drift(
        "a subnet too many",
        "Subnet group",
        add_subnet,
        lambda boto, names: len(subnet_group(boto, names)["Subnets"]) == 2,
    ),
    Drift(
        "a user who may do everything",
        "Users of the cache",
        lambda boto, names: boto("elasticache").modify_user(UserId=names["user"], AccessString="on ~* +@all"),
        lambda boto, names: user(boto, names)["AccessString"] == "on ~* +@all -@dangerous",
    ),
    Drift(
        "a user with a password",
        "Users of the cache",
        lambda boto, names: boto("elasticache").modify_user(
            UserId=names["user"], AuthenticationMode={"Type": "password", "Passwords": ["correct-horse-battery"]}
        ),
        lambda boto, names: user(boto, names)["Authentication"]["Type"] == "iam",
    ),
    Drift(
        "a user too many",
        "User group",
        add_user,
        lambda boto, names: members(boto, names) == [names["user"]],
    ),
    Drift(
        "a log kept for a day",
        "Log groups of the cache",
        lambda boto, names: boto("logs").put_retention_policy(logGroupName=names["slow_log"], retentionInDays=1),
        lambda boto, names: log_group(boto, names)["retentionInDays"] == 365,
    ),
    Drift(
        "an endpoint that leads elsewhere",
        "Endpoints for the application",
        lambda boto, names: boto("ssm").put_parameter(
            Name=names["endpoint"], Value="redis://elsewhere:6379", Overwrite=True
        ),
        lambda boto, names: value(boto, names["endpoint"]).startswith("rediss://master.mywebapp-prod-cache."),
    ),
]
