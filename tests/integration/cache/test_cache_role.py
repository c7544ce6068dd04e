# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role cache against local_aws: from nothing, drifted, refused, beside a cache that serves already, interrupted."""

from __future__ import annotations

from typing import Any

import pytest

from local_aws.stacks import as_reviewed
from tests.drift import rounds
from tests.integration.cache.drifts import DRIFTS, NAMES, Drift, group, node, tags, value
from tests.playbook_run import LocalStack
from tests.writes import writes

PLAYBOOK = "playbooks/roles/cache.yml"
KEYS = ("mywebapp-prod-cache", "mywebapp-prod-logs")
TASKS = [
    "Subnet group",
    "Parameters",
    "Users of the cache",
    "User group",
    "Log groups of the cache",
    "Replication group",
    "Endpoints for the application",
]
KEY_POLICY = """{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"},
  {"Effect": "Allow", "Principal": {"Service": "logs.us-east-1.amazonaws.com"},
   "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
   "Resource": "*"}]}"""
OLD = "mywebapp-prod-redis"


def tasks(result: Any) -> list[str]:
    return [name.removeprefix("wellarchitected.webapp.cache : ") for name in result.changed_tasks]


def words(result: Any) -> str:
    return " ".join(result.stdout.split())


def make_keys(stack: LocalStack) -> None:
    kms = stack.boto("kms")
    for name in KEYS:
        key = kms.create_key(Policy=KEY_POLICY)["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName=f"alias/{name}", TargetKeyId=key)


def make_network(stack: LocalStack) -> None:
    """As the role network makes it, as far as the cache needs it, and one subnet more."""
    ec2 = stack.boto("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    for number, (name, zone) in enumerate((("database-1", "a"), ("database-2", "b"), ("private-1", "a"))):
        ec2.create_subnet(
            VpcId=vpc,
            AvailabilityZone=f"us-east-1{zone}",
            CidrBlock=f"10.0.{20 + number}.0/24",
            TagSpecifications=named("subnet", f"mywebapp-prod-{name}"),
        )
    name = "mywebapp-prod-cache-sg"
    ec2.create_security_group(
        GroupName=name, Description="Cache", VpcId=vpc, TagSpecifications=named("security-group", name)
    )


def named(kind: str, name: str) -> list[dict[str, Any]]:
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]


def review_snippet(stack: LocalStack) -> None:
    """The cluster that the review's own snippet makes: one node, no encryption."""
    cache, ec2 = stack.boto("elasticache"), stack.boto("ec2")
    subnets = [one["SubnetId"] for one in ec2.describe_subnets()["Subnets"] if one["CidrBlock"].startswith("10.0.2")]
    cache.create_cache_subnet_group(
        CacheSubnetGroupName="mywebapp-prod-main", CacheSubnetGroupDescription="main", SubnetIds=subnets
    )
    cache.create_cache_cluster(
        CacheClusterId=OLD,
        Engine="redis",
        CacheNodeType="cache.t3.micro",
        NumCacheNodes=1,
        CacheParameterGroupName="default.redis7",
        CacheSubnetGroupName="mywebapp-prod-main",
    )


@pytest.fixture
def emptied(stack: LocalStack) -> LocalStack:
    """An account with what other roles make, and no cache."""
    stack.control.reset()
    make_keys(stack)
    make_network(stack)
    return stack


@pytest.fixture(scope="class")
def made(stack: LocalStack) -> LocalStack:
    stack.control.reset()
    make_keys(stack)
    make_network(stack)
    foretold = stack.play(PLAYBOOK, check=True).ok()
    converged = stack.play(PLAYBOOK).ok()
    assert tasks(foretold) == tasks(converged) == TASKS
    return stack


class TestMade:
    """The cache as the role makes it from nothing."""

    def test_a_second_run_changes_nothing(self, made: LocalStack) -> None:
        assert made.play(PLAYBOOK).ok().recap["changed"] == 0
        assert made.play(PLAYBOOK, check=True).ok().recap["changed"] == 0

    def test_it_is_encrypted_over_two_zones_and_asks_for_users(self, made: LocalStack) -> None:
        found = group(made.boto, NAMES)
        assert found["StorageEncryptionType"] == "sse-kms" and found["TransitEncryptionMode"] == "required"
        assert found["UserGroupIds"] == [NAMES["user_group"]] and not found["AuthTokenEnabled"]
        zones = {one["PreferredAvailabilityZone"] for one in found["NodeGroups"][0]["NodeGroupMembers"]}
        assert zones == {"us-east-1a", "us-east-1b"} and found["AutomaticFailover"] == "enabled"
        assert node(made.boto, NAMES)["EngineVersion"] == "8.1.0"
        assert {one["Status"] for one in found["LogDeliveryConfigurations"]} == {"active"}
        assert tags(made.boto, found["ARN"])["Project"] == "mywebapp"

    def test_the_application_learns_where_it_is(self, made: LocalStack) -> None:
        primary = group(made.boto, NAMES)["NodeGroups"][0]["PrimaryEndpoint"]
        assert value(made.boto, NAMES["endpoint"]) == f"rediss://{primary['Address']}:{primary['Port']}"
        assert value(made.boto, NAMES["reader_endpoint"]).startswith("rediss://replica.")

    @pytest.mark.parametrize("together", rounds(DRIFTS), ids=lambda drifts: "; ".join(one.name for one in drifts))
    def test_drift_is_seen_and_repaired(self, made: LocalStack, together: list[Drift]) -> None:
        for drift in together:
            drift.put_in(made.boto, NAMES)
        expected = {drift.task for drift in together}
        assert expected <= set(tasks(made.play(PLAYBOOK, check=True).ok()))
        assert expected <= set(tasks(made.play(PLAYBOOK).ok()))
        assert [drift.name for drift in together if not drift.repaired(made.boto, NAMES)] == []

    def test_what_others_have_put_beside_it_stays(self, made: LocalStack) -> None:
        cache = made.boto("elasticache")
        arn = group(made.boto, NAMES)["ARN"]
        cache.add_tags_to_resource(ResourceName=arn, Tags=[{"Key": "Theirs", "Value": "yes"}])
        cache.modify_cache_parameter_group(
            CacheParameterGroupName=NAMES["parameter_group"],
            ParameterNameValues=[{"ParameterName": "timeout", "ParameterValue": "60"}],
        )
        assert made.play(PLAYBOOK).ok().recap["changed"] == 0
        assert tags(made.boto, arn)["Theirs"] == "yes"
        assert cache.describe_users(UserId="default")["Users"][0]["AccessString"] == "on ~* +@all"

    def test_a_newer_version_is_kept_and_an_older_one_asked_about(self, made: LocalStack) -> None:
        assert made.play(PLAYBOOK, check=True, extra_vars={"cache_engine_version": "8.0"}).ok().recap["changed"] == 0
        newer = {"cache_engine_version": "8.2"}
        asked = made.play(PLAYBOOK, extra_vars=newer).ok()
        assert asked.recap["changed"] == 0 and "set cache_engine_upgrade: true" in words(asked)
        upgraded = made.play(PLAYBOOK, check=True, extra_vars={**newer, "cache_engine_upgrade": True}).ok()
        assert tasks(upgraded) == ["Replication group"]

    def test_clients_are_not_cut_off_unless_asked_for(self, made: LocalStack) -> None:
        made.boto("elasticache").modify_replication_group(
            ReplicationGroupId=NAMES["group"],
            ApplyImmediately=True,
            TransitEncryptionMode="preferred",
            RemoveUserGroups=True,
        )
        kept = made.play(PLAYBOOK, extra_vars={"cache_takeover": False}).ok()
        assert kept.recap["changed"] == 0 and "still serves clients without TLS" in words(kept)
        assert tasks(made.play(PLAYBOOK).ok()) == ["Replication group"]
        found = group(made.boto, NAMES)
        assert found["TransitEncryptionMode"] == "required" and found["UserGroupIds"] == [NAMES["user_group"]]

    def test_without_a_cache_one_that_is_there_is_left_alone(self, made: LocalStack) -> None:
        made.control.clear_calls()
        assert made.play(PLAYBOOK, extra_vars={"cache_enabled": False}).ok().recap["changed"] == 0
        assert made.control.calls("elasticache") == []

    @pytest.mark.parametrize(
        ("variables", "said"),
        [
            ({"cache_users": [{"name": "App", "access_string": "on ~* +@all"}]}, "in lower case; call it app"),
            ({"cache_users": [{"name": "my--app", "access_string": "on ~*"}]}, "single hyphens"),
            ({"cache_users": [{"name": "app", "access_string": "on >secret ~*"}]}, "sets a password"),
            ({"cache_users": []}, "cache_users has 0 users"),
            ({"cache_users": [{"name": "a", "access_string": "on"}] * 2}, "names a twice"),
            ({"cache_users": [{"name": "default", "access_string": "on ~* +@all"}]}, "is AWS's own"),
            ({"cache_engine_version": "7.0"}, "has no IAM authentication"),
            ({"cache_engine_version": "latest"}, "it looks like 8.0"),
            ({"cache_parameter_family": "valkey7"}, "does not go with valkey 8.1; set it to valkey8"),
            ({"cache_num_cache_clusters": 1}, "needs a second node"),
            ({"cache_num_cache_clusters": 7}, "1 to 6 nodes"),
            ({"cache_automatic_failover": False}, "cache_multi_az needs cache_automatic_failover"),
            ({"cache_node_type": "t4g.micro"}, "it looks like cache.t4g.small"),
            ({"cache_snapshot_retention_days": 36}, "0 to 35 days"),
            ({"cache_snapshot_window": "03:00-03:30"}, "an hour at least"),
            ({"cache_maintenance_window": "sunday"}, "it looks like sun:05:00-sun:06:00"),
            ({"cache_replication_group": "My_Cache"}, "cache_replication_group is My_Cache"),
            ({"cache_replication_group": "a-name-that-is-much-too-long-for-elasticache"}, "40 at most"),
            ({"cache_log_retention_days": 100}, "value of cache_log_retention_days must be one of"),
            ({"cache_migration": "now"}, "value of cache_migration must be one of"),
            ({"cache_subnets": ["mywebapp-prod-database-1"]}, "needs a second zone"),
            ({"cache_port": 70000}, "1 to 65535"),
            ({"stack_account_id": "999999999999"}, "999999999999"),
        ],
        ids=lambda given: str(next(iter(given.items()))) if isinstance(given, dict) else "",
    )
    def test_the_impossible_is_refused_first(self, made: LocalStack, variables: dict[str, Any], said: str) -> None:
        made.control.clear_calls()
        result = made.play(PLAYBOOK, extra_vars=variables)
        assert result.rc != 0 and result.recap["changed"] == 0
        assert said in words(result)
        assert writes(made.control) == []


def test_an_empty_account_says_which_roles_make_what_is_missing(stack: LocalStack) -> None:
    stack.control.reset()
    result = stack.play(PLAYBOOK)
    assert result.rc != 0 and result.recap["changed"] == 0
    assert "the role network makes it" in words(result) and "the role secrets makes it" in words(result)


def test_a_version_that_is_not_on_offer_is_refused_before_anything_is_made(emptied: LocalStack) -> None:
    result = emptied.play(PLAYBOOK, extra_vars={"cache_engine_version": "8.7"})
    assert result.rc != 0 and result.recap["changed"] == 0
    assert "8.7 is not on offer for valkey in this region; it has 7.2, 8.0, 8.1, 8.2" in words(result)


def test_a_group_that_was_begun_is_waited_for(emptied: LocalStack) -> None:
    emptied.control.settings(transition_seconds=4)
    begun = "elasticache:CreateReplicationGroup"
    assert emptied.play_killed(PLAYBOOK, begun) == begun and group(emptied.boto, NAMES)["Status"] == "creating"
    ended = emptied.play(PLAYBOOK).ok()
    assert tasks(ended) == TASKS[-1:] and group(emptied.boto, NAMES)["Status"] == "available"
    emptied.control.settings(transition_seconds=0)
    assert emptied.play(PLAYBOOK).ok().recap["changed"] == 0


def test_an_aws_that_is_slow_to_show_things_has_nothing_made_twice(emptied: LocalStack) -> None:
    emptied.control.settings(lag_seconds=1, lag_stagger=True, lag_flicker=True, transition_seconds=2)
    emptied.control.clear_calls()
    assert tasks(emptied.play(PLAYBOOK, environment={"WEBAPP_STRICT": ""}).ok()) == TASKS
    made = [call["action"] for call in emptied.control.calls("elasticache") if call["action"].startswith("Create")]
    assert sorted(made) == sorted(set(made))
    emptied.control.settings(lag_seconds=0, transition_seconds=0)
    assert emptied.play(PLAYBOOK).ok().recap["changed"] == 0


SINGLE = {
    "cache_engine": "redis",
    "cache_engine_version": "7.1",
    "cache_parameter_family": "redis7",
    "cache_num_cache_clusters": 1,
    "cache_automatic_failover": False,
    "cache_multi_az": False,
    "cache_snapshot_retention_days": 0,
}


def test_a_single_node_of_redis_that_becomes_two_of_valkey(emptied: LocalStack) -> None:
    emptied.play(PLAYBOOK, extra_vars=SINGLE).ok()
    cache = emptied.boto("elasticache")
    assert len(group(emptied.boto, NAMES)["MemberClusters"]) == 1
    users = cache.describe_user_groups(UserGroupId=NAMES["user_group"])["UserGroups"][0]["UserIds"]
    assert users == [NAMES["user"], f"{NAMES['user_group']}-default"], "Redis OSS wants a default user"
    assert cache.describe_users(UserId=users[1])["Users"][0]["AccessString"] == "off ~* -@all"
    assert emptied.play(PLAYBOOK, extra_vars=SINGLE).ok().recap["changed"] == 0
    kept = emptied.play(PLAYBOOK, check=True, extra_vars={"cache_user_group": "mywebapp-prod-valkey"}).ok()
    assert "is left on redis 7.1.0, valkey 8.1 is asked for" in words(kept)
    change = {"cache_engine_upgrade": True, "cache_user_group": "mywebapp-prod-valkey"}
    emptied.control.settings(transition_polls=1)
    emptied.play(PLAYBOOK, extra_vars=change, environment={"WEBAPP_STRICT": ""}).ok()
    emptied.control.settings(transition_polls=0)
    found = group(emptied.boto, NAMES)
    assert (found["Engine"], found["UserGroupIds"]) == ("valkey", ["mywebapp-prod-valkey"])
    assert len(found["MemberClusters"]) == 2 and found["MultiAZ"] == "enabled"
    assert emptied.play(PLAYBOOK, extra_vars=change).ok().recap["changed"] == 0


@pytest.fixture(scope="class")
def served(stack: LocalStack) -> LocalStack:
    stack.control.reset()
    make_keys(stack)
    make_network(stack)
    review_snippet(stack)
    return stack


class TestServedAlready:
    """Beside the cluster of the review's snippet; the tests follow one another."""

    def test_it_is_left_in_service_and_its_gap_is_said_once(self, served: LocalStack) -> None:
        foretold = served.play(PLAYBOOK, check=True).ok()
        kept = served.play(PLAYBOOK).ok()
        assert tasks(foretold) == tasks(kept) == ["Endpoints for the application"]
        assert words(kept).count("no encryption at rest, no encryption in transit, no users, no replica") == 1
        assert value(served.boto, NAMES["endpoint"]).startswith(f"redis://{OLD}.")
        assert served.play(PLAYBOOK).ok().recap["changed"] == 0
        assert served.boto("elasticache").describe_replication_groups()["ReplicationGroups"] == []

    def test_it_is_an_error_where_encryption_is_required(self, served: LocalStack) -> None:
        result = served.play(PLAYBOOK, extra_vars={"cache_require_encryption": True})
        assert result.rc != 0 and result.recap["changed"] == 0

    def test_a_group_is_prepared_beside_it(self, served: LocalStack) -> None:
        prepare = {"cache_migration": "prepare"}
        made = served.play(PLAYBOOK, extra_vars=prepare).ok()
        assert tasks(made) == TASKS[:-1] and "switch, once that has filled" in words(made)
        assert value(served.boto, NAMES["endpoint"]).startswith(f"redis://{OLD}.")
        assert served.play(PLAYBOOK, extra_vars=prepare).ok().recap["changed"] == 0

    def test_the_application_is_led_to_it_and_the_old_cluster_stays(self, served: LocalStack) -> None:
        switch = {"cache_migration": "switch"}
        assert tasks(served.play(PLAYBOOK, extra_vars=switch).ok()) == ["Endpoints for the application"]
        assert value(served.boto, NAMES["endpoint"]).startswith("rediss://master.mywebapp-prod-cache.")
        found = served.boto("elasticache").describe_cache_clusters(CacheClusterId=OLD)["CacheClusters"]
        assert [one["CacheClusterStatus"] for one in found] == ["available"]
        assert served.play(PLAYBOOK, extra_vars=switch).ok().recap["changed"] == 0


def test_an_unencrypted_group_of_the_name_keeps_its_storage_and_is_given_tls_and_users(emptied: LocalStack) -> None:
    cache = emptied.boto("elasticache")
    cache.create_replication_group(
        ReplicationGroupId=NAMES["group"],
        ReplicationGroupDescription="Cache of mywebapp-prod",
        Engine="redis",
        EngineVersion="7.1",
        CacheNodeType="cache.t3.micro",
        NumCacheClusters=1,
    )
    arn = group(emptied.boto, NAMES)["ARN"]
    redis = {name: SINGLE[name] for name in ("cache_engine", "cache_engine_version", "cache_parameter_family")}
    foretold = emptied.play(PLAYBOOK, check=True, extra_vars=redis).ok()
    emptied.control.settings(transition_polls=2)
    adopted = emptied.play(PLAYBOOK, extra_vars=redis, environment={"WEBAPP_STRICT": ""}).ok()
    emptied.control.settings(transition_polls=0)
    assert tasks(foretold) == tasks(adopted)
    assert "stays as it was: its storage is not encrypted" in words(adopted)
    found = group(emptied.boto, NAMES)
    assert found["ARN"] == arn and not found["AtRestEncryptionEnabled"]
    assert found["TransitEncryptionMode"] == "required" and found["UserGroupIds"] == [NAMES["user_group"]]
    assert len(found["MemberClusters"]) == 2 and found["AutomaticFailover"] == "enabled"
    assert emptied.play(PLAYBOOK, extra_vars=redis).ok().recap["changed"] == 0


def test_the_stack_of_the_review_has_no_cache_and_gets_one(stack: LocalStack) -> None:
    stack.control.reset()
    as_reviewed.load(stack.endpoint)
    result = stack.play(PLAYBOOK)
    assert result.rc != 0 and result.recap["changed"] == 0
    assert "the role secrets makes it" in words(result)


@pytest.mark.parametrize(
    "action",
    [
        "elasticache:CreateCacheSubnetGroup",
        "elasticache:CreateCacheParameterGroup",
        "elasticache:ModifyCacheParameterGroup",
        "elasticache:CreateUser",
        "elasticache:CreateUserGroup",
        "logs:CreateLogGroup",
        "elasticache:CreateReplicationGroup",
        "ssm:PutParameter",
    ],
)
def test_a_run_that_is_killed_is_ended_by_the_next(emptied: LocalStack, action: str) -> None:
    assert emptied.play_killed(PLAYBOOK, action)
    emptied.play(PLAYBOOK).ok()
    cache = emptied.boto("elasticache")
    assert len(cache.describe_replication_groups()["ReplicationGroups"]) == 1
    assert len(cache.describe_users()["Users"]) == 2, "the application's and AWS's own"
    assert emptied.play(PLAYBOOK).ok().recap["changed"] == 0


@pytest.mark.parametrize("chosen", ["secrets", "SEC-4", "aurora_cluster"])
def test_tags_of_another_role_expect_nothing_of_an_empty_account(stack: LocalStack, chosen: str) -> None:
    stack.control.reset()
    assert stack.play(PLAYBOOK, "--tags", chosen).ok().recap["changed"] == 0
