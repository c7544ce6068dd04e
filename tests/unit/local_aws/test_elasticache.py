# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ElastiCache as it refuses, rewrites and takes its time."""

from __future__ import annotations

import pytest

IAM = {"Type": "iam"}


@pytest.fixture
def cache(client):
    return client("elasticache")


@pytest.fixture
def subnets(client):
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    return [
        ec2.create_subnet(VpcId=vpc, AvailabilityZone=f"eu-central-1{zone}", CidrBlock=f"10.0.{number}.0/24")["Subnet"][
            "SubnetId"
        ]
        for number, zone in enumerate("ab")
    ]


@pytest.fixture
def user(cache):
    def make(name="app", engine="valkey", access="on ~* +@all", **more):
        mode = {} if more else {"AuthenticationMode": IAM}
        return cache.create_user(
            UserId=name, UserName=more.pop("UserName", name), Engine=engine, AccessString=access, **mode, **more
        )

    return make


@pytest.fixture
def group(cache, subnets):
    """group(name, **more) -> the new replication group, of two nodes in two zones."""
    cache.create_cache_subnet_group(
        CacheSubnetGroupName="Web",
        CacheSubnetGroupDescription="d",
        SubnetIds=subnets,
        Tags=[{"Key": "a", "Value": "b"}],
    )

    def make(name="web", **more):
        asked = {
            "Engine": "valkey",
            "CacheNodeType": "cache.t4g.micro",
            "NumCacheClusters": 2,
            "AutomaticFailoverEnabled": True,
            "CacheSubnetGroupName": "web",
            "TransitEncryptionEnabled": True,
            **more,
        }
        asked = {key: value for key, value in asked.items() if value is not None}
        return cache.create_replication_group(ReplicationGroupId=name, ReplicationGroupDescription="d", **asked)[
            "ReplicationGroup"
        ]

    return make


def change(cache, **changes):
    return cache.modify_replication_group(ReplicationGroupId="web", ApplyImmediately=True, **changes)[
        "ReplicationGroup"
    ]


def test_names_are_kept_in_lower_case(cache, group, user):
    assert group("Web")["ReplicationGroupId"] == "web"
    assert user("App", UserName="app", AuthenticationMode=IAM)["UserId"] == "app"
    [found] = cache.describe_cache_subnet_groups(CacheSubnetGroupName="WEB")["CacheSubnetGroups"]
    assert found["CacheSubnetGroupName"] == "web"
    assert {one["SubnetAvailabilityZone"]["Name"] for one in found["Subnets"]} == {"eu-central-1a", "eu-central-1b"}


def test_what_the_group_does_not_tell_its_nodes_do(cache, group):
    made = group(EngineVersion="8.0")
    assert "EngineVersion" not in made and made["MemberClusters"] == ["web-001", "web-002"]
    nodes = cache.describe_cache_clusters()["CacheClusters"]
    assert [(one["EngineVersion"], one["CacheSubnetGroupName"]) for one in nodes] == [("8.0.1", "web")] * 2
    assert len({one["PreferredAvailabilityZone"] for one in nodes}) == 2
    assert cache.describe_cache_clusters(ShowCacheClustersNotInReplicationGroups=True)["CacheClusters"] == []


def test_valkey_is_encrypted_at_rest_by_default_and_redis_is_not(group):
    assert group()["StorageEncryptionType"] == "sse-elasticache"
    assert group("old", Engine="redis")["StorageEncryptionType"] == "none"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"EngineVersion": "9.9"}, "InvalidParameterCombination"),
        ({"CacheNodeType": "cache.z9.nano"}, "InvalidParameterValue"),
        ({"NumCacheClusters": 1}, "InvalidParameterCombination"),
        ({"NumCacheClusters": 7}, "InvalidParameterValue"),
        ({"AutomaticFailoverEnabled": False, "MultiAZEnabled": True}, "InvalidParameterCombination"),
        ({"CacheParameterGroupName": "default.redis7"}, "InvalidParameterCombination"),
        ({"CacheParameterGroupName": "none"}, "CacheParameterGroupNotFound"),
        ({"CacheSubnetGroupName": "none"}, "CacheSubnetGroupNotFoundFault"),
        ({"UserGroupIds": ["none"]}, "UserGroupNotFound"),
        ({"TransitEncryptionEnabled": False, "TransitEncryptionMode": "required"}, "InvalidParameterCombination"),
        ({"KmsKeyId": "alias/none"}, "InvalidParameterValue"),
        ({"AtRestEncryptionEnabled": False, "KmsKeyId": "alias/none"}, "InvalidParameterCombination"),
        ({"SnapshotRetentionLimit": 36}, "InvalidParameterValue"),
        ({"SnapshotWindow": "03:00-03:30"}, "InvalidParameterValue"),
        ({"PreferredMaintenanceWindow": "03:00-04:00"}, "InvalidParameterValue"),
        ({"SecurityGroupIds": ["sg-0123456789abcdef0"]}, "InvalidParameterValue"),
        ({"LogDeliveryConfigurations": [{"LogType": "slow-log", "LogFormat": "json"}]}, "InvalidParameterCombination"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, dict) else "",
)
def test_groups_that_aws_refuses(group, refused, given, code):
    assert refused(group, **given) == code


def test_tls_is_turned_on_in_two_steps(cache, group, refused):
    group(TransitEncryptionEnabled=None)
    both = {"TransitEncryptionEnabled": True, "TransitEncryptionMode": "required"}
    assert refused(change, cache, **both) == "InvalidParameterCombination"
    assert change(cache, **{**both, "TransitEncryptionMode": "preferred"})["TransitEncryptionMode"] == "preferred"
    assert change(cache, **both)["TransitEncryptionMode"] == "required"
    assert refused(change, cache, TransitEncryptionEnabled=False) == "InvalidParameterCombination"


def test_user_groups_need_tls_and_fit_the_engine(cache, group, user, refused):
    user()
    cache.create_user_group(UserGroupId="web", Engine="valkey", UserIds=["app"])
    group(TransitEncryptionEnabled=None, Engine="redis")
    assert refused(change, cache, UserGroupIdsToAdd=["web"]) == "InvalidParameterCombination"
    change(cache, TransitEncryptionEnabled=True, TransitEncryptionMode="preferred")
    assert refused(change, cache, UserGroupIdsToAdd=["web"]) == "InvalidParameterCombination"
    change(cache, Engine="valkey", EngineVersion="8.0", CacheParameterGroupName="default.valkey8")
    assert change(cache, UserGroupIdsToAdd=["web"])["UserGroupIds"] == ["web"]
    assert cache.describe_user_groups(UserGroupId="web")["UserGroups"][0]["ReplicationGroups"] == ["web"]
    assert refused(cache.delete_user_group, UserGroupId="web") == "InvalidUserGroupState"


def test_versions_go_up_and_never_back(cache, group, refused):
    group(EngineVersion="8.0")
    assert refused(change, cache, EngineVersion="7.2") == "InvalidParameterCombination"
    assert refused(change, cache, Engine="redis", EngineVersion="7.1") == "InvalidParameterCombination"
    change(cache, EngineVersion="8.1")
    assert {one["EngineVersion"] for one in cache.describe_cache_clusters()["CacheClusters"]} == {"8.1.0"}


def test_the_last_replica_goes_once_failover_is_off(cache, group, refused):
    group()
    fewer = {"ReplicationGroupId": "web", "NewReplicaCount": 0, "ApplyImmediately": True}
    assert refused(cache.decrease_replica_count, **fewer) == "InvalidParameterCombination"
    change(cache, AutomaticFailoverEnabled=False)
    assert len(cache.decrease_replica_count(**fewer)["ReplicationGroup"]["MemberClusters"]) == 1
    assert refused(cache.decrease_replica_count, **fewer) == "NoOperationFault"
    assert refused(change, cache, AutomaticFailoverEnabled=True) == "InvalidParameterCombination"
    more = cache.increase_replica_count(**{**fewer, "NewReplicaCount": 2})["ReplicationGroup"]
    zones = [one["PreferredAvailabilityZone"] for one in more["NodeGroups"][0]["NodeGroupMembers"]]
    assert sorted(zones) in (
        ["eu-central-1a", "eu-central-1a", "eu-central-1b"],
        ["eu-central-1a", "eu-central-1b"] * 2,
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"UserName": "other", "AuthenticationMode": IAM}, "InvalidParameterCombination"),
        ({"AuthenticationMode": {"Type": "no-password-required"}}, "InvalidParameterCombination"),
        ({"AuthenticationMode": {"Type": "password", "Passwords": ["short"]}}, "InvalidParameterValue"),
        ({"name": "-app"}, "InvalidParameterValue"),
        ({"access": "on >secret ~*"}, "InvalidParameterValue"),
        ({"access": "on everything"}, "InvalidParameterValue"),
        ({"engine": "memcached"}, "InvalidParameterValue"),
        ({"name": "default"}, "UserAlreadyExists"),
    ],
)
def test_users_that_aws_refuses(user, refused, given, code):
    assert refused(user, **given) == code


def test_rules_that_only_add_commands_begin_with_none(user):
    assert user(access="on ~app:* +@read")["AccessString"] == "on ~app:* -@all +@read"
    assert user("all", access="on ~* +@all -@dangerous")["AccessString"] == "on ~* +@all -@dangerous"


def test_who_may_be_in_a_user_group(cache, user, refused):
    user()
    user("old", engine="redis", UserName="default", AuthenticationMode={"Type": "no-password-required"})
    create = cache.create_user_group
    assert refused(create, UserGroupId="g", Engine="redis", UserIds=["app"]) == "DefaultUserRequired"
    assert refused(create, UserGroupId="g", Engine="redis", UserIds=["app", "old"]) == "InvalidParameterCombination"
    assert refused(create, UserGroupId="g", Engine="valkey", UserIds=["app", "old"]) == "InvalidParameterCombination"
    assert refused(create, UserGroupId="g", Engine="valkey", UserIds=["nobody"]) == "UserNotFound"
    assert refused(create, UserGroupId="g", Engine="redis", UserIds=["old", "default"]) == "DuplicateUserName"
    create(UserGroupId="g", Engine="valkey", UserIds=["app"])
    modify = cache.modify_user_group
    assert refused(modify, UserGroupId="g", UserIdsToAdd=["app"]) == "InvalidParameterCombination"
    assert cache.describe_users(UserId="app")["Users"][0]["UserGroupIds"] == ["g"]


def test_parameters(cache, refused):
    cache.create_cache_parameter_group(
        CacheParameterGroupName="web", CacheParameterGroupFamily="valkey8", Description="d"
    )

    def put(name, value, group="web", times=1):
        rows = [{"ParameterName": name, "ParameterValue": value}] * times
        return cache.modify_cache_parameter_group(CacheParameterGroupName=group, ParameterNameValues=rows)

    assert refused(put, "maxmemory-policy", "sometimes") == "InvalidParameterValue"
    assert refused(put, "timeout", "5") == "InvalidParameterValue"
    assert refused(put, "appendonly", "yes") == "InvalidParameterValue"
    assert refused(put, "unknown", "1") == "InvalidParameterValue"
    assert refused(put, "timeout", "60", times=21) == "InvalidParameterValue"
    assert refused(put, "timeout", "60", group="default.valkey8") == "InvalidCacheParameterGroupState"
    put("timeout", "60")
    put("maxmemory-policy", "volatile-lru")
    found = cache.describe_cache_parameters(CacheParameterGroupName="web", Source="user")["Parameters"]
    assert [(one["ParameterName"], one["ParameterValue"]) for one in found] == [("timeout", "60")]
    cache.reset_cache_parameter_group(CacheParameterGroupName="web", ResetAllParameters=True)
    assert cache.describe_cache_parameters(CacheParameterGroupName="web", Source="user")["Parameters"] == []


def test_a_group_that_is_made_has_no_endpoints_and_tells_no_tags(cache, control, group, refused):
    control.settings(transition_polls=2)
    made = group(Tags=[{"Key": "a", "Value": "b"}])
    assert made["Status"] == "creating"
    [found] = cache.describe_replication_groups()["ReplicationGroups"]
    assert found["Status"] == "creating" and "NodeGroups" not in found
    assert refused(change, cache, SnapshotRetentionLimit=1) == "InvalidReplicationGroupState"
    assert refused(cache.list_tags_for_resource, ResourceName=made["ARN"]) == "InvalidReplicationGroupState"
    cache.describe_replication_groups()
    [found] = cache.describe_replication_groups()["ReplicationGroups"]
    assert found["Status"] == "available" and found["NodeGroups"][0]["PrimaryEndpoint"]["Port"] == 6379
    assert cache.list_tags_for_resource(ResourceName=made["ARN"])["TagList"] == [{"Key": "a", "Value": "b"}]


def test_tags_of_a_group_are_given_to_its_nodes(cache, group):
    arn = group()["ARN"]
    cache.add_tags_to_resource(ResourceName=arn, Tags=[{"Key": "a", "Value": "b"}])
    node = arn.replace("replicationgroup:web", "cluster:web-001")
    assert cache.list_tags_for_resource(ResourceName=node)["TagList"] == [{"Key": "a", "Value": "b"}]


def test_the_tagging_api_finds_groups(client, group):
    arn = group(Tags=[{"Key": "a", "Value": "b"}])["ARN"]
    wanted = [{"Key": "a", "Values": ["b"]}]
    found = client("resourcegroupstaggingapi").get_resources(TagFilters=wanted)["ResourceTagMappingList"]
    assert arn in [one["ResourceARN"] for one in found]


def test_a_subnet_with_nodes_stays_in_its_group(cache, group, subnets, refused):
    group()
    modify = cache.modify_cache_subnet_group
    assert refused(modify, CacheSubnetGroupName="web", SubnetIds=subnets[:1]) == "SubnetInUse"
    assert refused(cache.delete_cache_subnet_group, CacheSubnetGroupName="web") == "CacheSubnetGroupInUse"


def test_a_single_cluster_is_of_redis(cache, refused):
    asked = {"CacheClusterId": "one", "CacheNodeType": "cache.t3.micro", "NumCacheNodes": 1}
    assert refused(cache.create_cache_cluster, Engine="valkey", **asked) == "InvalidParameterCombination"
    old = {**asked, "Engine": "redis", "CacheSecurityGroupNames": ["default"]}
    assert refused(cache.create_cache_cluster, **old) == "InvalidParameterCombination"
    cache.create_cache_cluster(Engine="redis", **asked)
    [found] = cache.describe_cache_clusters(CacheClusterId="one", ShowCacheNodeInfo=True)["CacheClusters"]
    assert not found["AtRestEncryptionEnabled"] and found["CacheNodes"][0]["Endpoint"]["Address"].startswith("one.")
