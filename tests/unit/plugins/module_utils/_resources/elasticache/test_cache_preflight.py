# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.elasticache import (
    cache_preflight,
    cache_preflight_values,
)

GOOD = {
    "replication_group": "web",
    "names": {},
    "engine": "valkey",
    "engine_version": "8.1",
    "engine_upgrade": False,
    "takeover": True,
    "parameter_family": "valkey8",
    "node_type": "cache.t4g.small",
    "num_cache_clusters": 2,
    "automatic_failover": True,
    "multi_az": True,
    "port": 6379,
    "users": [{"name": "app", "access_string": "on ~* +@all"}],
    "snapshot_retention_limit": 7,
    "snapshot_window": "03:00-04:00",
    "maintenance_window": "sun:05:00-sun:06:00",
}


def test_what_is_right_is_not_refused():
    assert (
        cache_preflight_values.wrong_values(GOOD)
        == cache_preflight_values.wrong_names(GOOD)
        == cache_preflight_values.wrong_users(GOOD)
        == []
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"num_cache_clusters": 0}, "1 to 6 nodes"),
        ({"num_cache_clusters": 1}, "needs a second node"),
        ({"automatic_failover": False}, "cache_multi_az needs"),
        ({"node_type": "db.t4g.small"}, "looks like cache.t4g.small"),
        ({"snapshot_retention_limit": 36}, "0 to 35 days"),
        ({"port": 0}, "1 to 65535"),
        ({"engine_version": "7.0"}, "valkey has it from 7.2 on"),
        ({"engine_version": "eight"}, "looks like 8.0"),
        ({"parameter_family": "redis7"}, "set it to valkey8"),
        ({"engine": "redis", "engine_version": "6.2"}, "redis has it from 7.0 on"),
    ],
)
def test_values_that_elasticache_refuses(given, words):
    [reason] = cache_preflight_values.wrong_values({**GOOD, **given})
    assert words in reason


@pytest.mark.parametrize(
    ("snapshot", "maintenance", "words"),
    [
        ("3:00-4:00", "sun:05:00-sun:06:00", "cache_snapshot_window"),
        ("23:30-00:00", "sun:05:00-sun:06:00", "30 minutes long"),
        ("23:30-00:30", "sun:23:30-mon:00:30", ""),
        ("03:00-04:00", "Sun:05:00-Sun:06:00", ""),
        ("03:00-04:00", "05:00-06:00", "cache_maintenance_window"),
    ],
)
def test_windows(snapshot, maintenance, words):
    reasons = cache_preflight_values.wrong_windows(snapshot, maintenance)
    assert bool(reasons) is bool(words) and words in " ".join(reasons)


def test_names_are_refused_by_the_variable_that_they_come_from():
    reasons = cache_preflight_values.wrong_names(
        {"replication_group": "a" * 41, "names": {"cache_subnet_group": "My_Group"}}
    )
    assert [reason.split(" is ")[0] for reason in reasons] == ["cache_replication_group", "cache_subnet_group"]


def test_users_stand_once_and_there_is_one():
    assert "twice" in cache_preflight_values.wrong_users({**GOOD, "users": GOOD["users"] * 2})[0]
    assert "has 0 users" in cache_preflight_values.wrong_users({**GOOD, "users": []})[0]


@pytest.mark.parametrize(
    ("zones", "refused"),
    [({"a": "z1", "b": "z2"}, False), ({"a": "z1", "b": "z1"}, True), ({"a": "z1", "b": None}, False), ({}, False)],
)
def test_zones(zones, refused):
    assert bool(cache_preflight.one_zone(zones)) is refused


def test_a_group_with_cluster_mode_is_not_touched():
    assert (
        "cluster mode enabled"
        in cache_preflight.unchangeable(GOOD, {"ReplicationGroupId": "web", "ClusterEnabled": True}, "8.1.0")[0]
    )


@pytest.mark.parametrize(
    ("version", "tls", "given", "words"),
    [
        ("6.2.6", False, {}, "takes no TLS in place"),
        ("6.2.6", True, {}, "no IAM authentication"),
        ("6.2.6", True, {"takeover": False}, ""),
        ("6.2.6", True, {"engine_upgrade": True}, ""),
        ("7.1.0", False, {}, ""),
        (None, False, {}, ""),
    ],
)
def test_what_an_old_engine_cannot_be_asked_for(version, tls, given, words):
    group = {"ReplicationGroupId": "web", "Engine": "redis", "TransitEncryptionEnabled": tls}
    reasons = cache_preflight.unchangeable({**GOOD, **given}, group, version)
    assert bool(reasons) is bool(words) and words in " ".join(reasons)


def test_the_gaps_of_a_cache_in_service_are_one_sentence_with_the_next_step():
    [said] = cache_preflight.gaps({"CacheClusterId": "old"}, "keep")
    assert said.startswith("old serves the application with no encryption at rest, no encryption in transit, no users")
    assert (
        "cache_migration: prepare" in said and "switch" in cache_preflight.gaps({"CacheClusterId": "old"}, "prepare")[0]
    )
    whole = {
        "ReplicationGroupId": "other",
        "AtRestEncryptionEnabled": True,
        "TransitEncryptionEnabled": True,
        "UserGroupIds": ["u"],
        "MemberClusters": ["a", "b"],
    }
    assert cache_preflight.gaps(whole, "keep") == []
