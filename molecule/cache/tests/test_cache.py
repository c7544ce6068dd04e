# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the role cache leaves in the account."""

from __future__ import annotations

from typing import Any

import botocore.session

PREFIX = "mywebapp-prod"
GROUP = f"{PREFIX}-cache"


def client(service: str) -> Any:
    return botocore.session.Session().create_client(service, region_name="us-east-1")


def group() -> dict[str, Any]:
    return client("elasticache").describe_replication_groups(ReplicationGroupId=GROUP)["ReplicationGroups"][0]


def nodes() -> list[dict[str, Any]]:
    found = client("elasticache").describe_cache_clusters()["CacheClusters"]
    return [one for one in found if one.get("ReplicationGroupId") == GROUP]


def test_it_is_encrypted_with_a_key_of_ours_and_on_its_way() -> None:
    found = group()
    aliases = {one["AliasName"]: one.get("TargetKeyId") for one in client("kms").list_aliases()["Aliases"]}
    assert found["StorageEncryptionType"] == "sse-kms" and found["KmsKeyId"].endswith(aliases[f"alias/{GROUP}"])
    assert found["TransitEncryptionMode"] == "required"


def test_its_users_authenticate_by_iam_and_there_is_no_password() -> None:
    found = group()
    assert found["UserGroupIds"] == [GROUP] and not found["AuthTokenEnabled"]
    [members] = client("elasticache").describe_user_groups(UserGroupId=GROUP)["UserGroups"]
    for name in members["UserIds"]:
        [user] = client("elasticache").describe_users(UserId=name)["Users"]
        assert user["Authentication"] == {"Type": "iam"} and "-@dangerous" in user["AccessString"]


def test_it_outlives_a_zone_and_has_snapshots() -> None:
    found = group()
    assert found["AutomaticFailover"] == found["MultiAZ"] == "enabled" and found["SnapshotRetentionLimit"] == 7
    assert len({one["PreferredAvailabilityZone"] for one in nodes()}) == 2


def test_it_lies_in_subnets_without_a_way_out_and_admits_the_tasks_only() -> None:
    cache, ec2 = client("elasticache"), client("ec2")
    [subnet_group] = cache.describe_cache_subnet_groups(CacheSubnetGroupName=GROUP)["CacheSubnetGroups"]
    subnets = ec2.describe_subnets(SubnetIds=[one["SubnetIdentifier"] for one in subnet_group["Subnets"]])["Subnets"]
    names = {tag["Value"] for subnet in subnets for tag in subnet["Tags"] if tag["Key"] == "Name"}
    assert names == {f"{PREFIX}-database-1", f"{PREFIX}-database-2"}
    ids = {one["SecurityGroupId"] for node in nodes() for one in node["SecurityGroups"]}
    [security_group] = ec2.describe_security_groups(GroupIds=sorted(ids))["SecurityGroups"]
    [rule] = security_group["IpPermissions"]
    assert rule["FromPort"] == rule["ToPort"] == 6379 and not rule["IpRanges"]


def test_nodes_are_graviton_and_evict_what_is_used_least() -> None:
    for node in nodes():
        assert node["CacheNodeType"].split(".")[1].endswith("g") and node["AutoMinorVersionUpgrade"]
        name = node["CacheParameterGroup"]["CacheParameterGroupName"]
        found = client("elasticache").describe_cache_parameters(CacheParameterGroupName=name, Source="user")
        values = {one["ParameterName"]: one["ParameterValue"] for one in found["Parameters"]}
        assert values["maxmemory-policy"] == "allkeys-lru"


def test_logs_are_delivered_and_kept() -> None:
    deliveries = group()["LogDeliveryConfigurations"]
    assert {(one["LogType"], one["Status"]) for one in deliveries} == {("engine-log", "active"), ("slow-log", "active")}
    found = client("logs").describe_log_groups(logGroupNamePrefix=f"/aws/elasticache/{GROUP}/")["logGroups"]
    assert len(found) == 2 and all(one["retentionInDays"] and one["kmsKeyId"] for one in found)


def test_the_application_knows_where_it_is() -> None:
    primary = group()["NodeGroups"][0]["PrimaryEndpoint"]
    found = client("ssm").get_parameter(Name="/mywebapp/prod/cache/endpoint")["Parameter"]["Value"]
    assert found == f"rediss://{primary['Address']}:{primary['Port']}"


def test_everything_bears_the_owner() -> None:
    for arn in (group()["ARN"], *(node["ARN"] for node in nodes())):
        tags = client("elasticache").list_tags_for_resource(ResourceName=arn)["TagList"]
        assert {"Project", "Environment", "Owner", "CostCenter", "ManagedBy"} <= {tag["Key"] for tag in tags}
