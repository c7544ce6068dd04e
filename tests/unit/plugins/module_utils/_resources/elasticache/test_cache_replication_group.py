# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.elasticache import (
    cache_replication_group,
    cache_replication_group_existing,
    cache_replication_group_state,
)

FOUND = {
    "name": "web",
    "engine": "valkey",
    "engine_version": "8.0.1",
    "num_cache_clusters": 2,
    "transit_encryption_mode": "required",
    "user_group": "web",
    "auth_token": False,
}
DESIRED = {
    "name": "web",
    "engine": "valkey",
    "engine_version": "8.0",
    "parameter_group": "web",
    "num_cache_clusters": 2,
    "automatic_failover": True,
    "multi_az": True,
    "node_type": "cache.t4g.small",
    "transit_encryption_mode": "required",
    "user_group": "web",
    "snapshot_retention_limit": 7,
    "log_deliveries": [{"type": "slow-log", "log_group": "/slow", "format": "json"}],
}


def calls(fields, found=None, **desired):
    made = cache_replication_group.steps({**FOUND, **(found or {})}, {**DESIRED, **desired}, frozenset(fields))
    assert {name for step in made for name in step.fields} == set(fields)
    return [(step.operation.partition("_")[0], sorted(step.parameters)) for step in made]


def test_replicas_come_before_failover_is_turned_on():
    fields = {"num_cache_clusters", "automatic_failover", "multi_az"}
    assert calls(fields, {"num_cache_clusters": 1}) == [
        ("increase", ["NewReplicaCount"]),
        ("modify", ["AutomaticFailoverEnabled", "MultiAZEnabled"]),
    ]


def test_failover_is_turned_off_before_replicas_go():
    fields = {"num_cache_clusters", "automatic_failover", "multi_az"}
    assert calls(fields, num_cache_clusters=1, automatic_failover=False, multi_az=False) == [
        ("modify", ["AutomaticFailoverEnabled", "MultiAZEnabled"]),
        ("decrease", ["NewReplicaCount"]),
    ]


def test_what_goes_together_is_one_call_and_the_node_type_another():
    assert calls({"snapshot_retention_limit", "log_deliveries", "parameter_group", "node_type"}) == [
        ("modify", ["CacheParameterGroupName", "LogDeliveryConfigurations", "SnapshotRetentionLimit"]),
        ("modify", ["CacheNodeType"]),
    ]


def test_an_upgrade_takes_its_parameter_group_along():
    assert calls({"engine_version", "parameter_group"}) == [("modify", ["CacheParameterGroupName", "EngineVersion"])]
    moved = calls({"engine", "engine_version"}, {"engine": "redis", "engine_version": "7.1.0"})
    assert moved == [("modify", ["CacheParameterGroupName", "Engine", "EngineVersion"])]


def test_tls_is_offered_before_it_is_required_and_required_before_users_are():
    fields = {"transit_encryption_mode", "user_group"}
    made = cache_replication_group.steps(
        {**FOUND, "transit_encryption_mode": "none", "user_group": None}, DESIRED, frozenset(fields)
    )
    assert [step.parameters.get("TransitEncryptionMode") for step in made] == ["preferred", "required", None]
    assert [sorted(step.fields) for step in made] == [[], ["transit_encryption_mode"], ["user_group"]]
    assert len(calls({"transit_encryption_mode"}, {"transit_encryption_mode": "preferred"})) == 1


def test_users_take_the_place_of_others_or_of_the_token():
    [(_operation, parameters)] = calls({"user_group"}, {"user_group": "theirs"})
    assert parameters == ["UserGroupIdsToAdd", "UserGroupIdsToRemove"]
    [(_operation, parameters)] = calls({"user_group"}, {"user_group": None, "auth_token": True})
    assert parameters == ["AuthTokenUpdateStrategy", "UserGroupIdsToAdd"]


def test_a_new_group_is_encrypted_whatever_is_asked_for():
    sent = {}

    class Aws:
        def call_once(self, service, operation, **parameters):
            sent.update(parameters)

    cache_replication_group.create(Aws(), {"name": "web", "node_type": "cache.t4g.small", "tags": {"a": "b"}})
    assert sent["AtRestEncryptionEnabled"] and sent["TransitEncryptionEnabled"]
    assert sent["Tags"] == [{"Key": "a", "Value": "b"}] and "UserGroupIds" not in sent


@pytest.mark.parametrize(
    ("found", "asked", "kept", "said"),
    [
        ({}, {}, "8.0.1", ""),
        ({"engine_version": "8.2.0"}, {}, "8.2.0", ""),
        ({}, {"engine_version": "8.1"}, "8.0.1", "web is left on valkey 8.0.1, valkey 8.1 is asked for; set"),
        ({}, {"engine_version": "8.1", "engine_upgrade": True}, "8.1", ""),
        ({}, {"engine_version": "7.2", "engine_upgrade": True}, "8.0.1", ""),
        ({"engine": "redis", "engine_version": "7.1.0"}, {}, "7.1.0", "web is left on redis 7.1.0"),
        ({"engine": "redis", "engine_version": "7.1.0"}, {"engine_upgrade": True}, "8.0", ""),
        ({}, {"engine": "redis", "engine_version": "7.1", "engine_upgrade": True}, "8.0.1", "left on valkey 8.0.1"),
    ],
)
def test_versions_are_never_older_and_newer_only_when_asked_for(found, asked, kept, said):
    wanted, warnings = cache_replication_group_existing.without_kept({**DESIRED, **asked}, {**FOUND, **found})
    assert wanted["engine_version"] == kept
    assert said in " ".join(warnings) and bool(said) is bool(warnings)


def test_a_kept_version_of_another_family_keeps_its_parameter_group():
    wanted, _said = cache_replication_group_existing.without_kept(
        DESIRED, {**FOUND, "engine": "redis", "engine_version": "7.1.0"}
    )
    assert wanted["parameter_group"] is None and wanted["engine"] == "redis"


def test_clients_are_not_cut_off_unless_asked_for():
    open_to_all = {**FOUND, "transit_encryption_mode": "none", "user_group": None}
    wanted, [_tls, users] = cache_replication_group_existing.without_kept(DESIRED, open_to_all)
    assert wanted["transit_encryption_mode"] == "preferred" and wanted["user_group"] is None
    assert "set cache_takeover: true" in users
    wanted, said = cache_replication_group_existing.without_kept({**DESIRED, "takeover": True}, open_to_all)
    assert (wanted["transit_encryption_mode"], wanted["user_group"], said) == ("required", "web", [])


def test_an_old_engine_that_cannot_be_given_tls_is_left_without():
    old = {**FOUND, "engine": "redis", "engine_version": "6.2.6", "transit_encryption_mode": "none"}
    wanted, said = cache_replication_group_existing.without_kept(
        {**DESIRED, "engine": "redis", "engine_version": "6.2"}, old
    )
    assert wanted["transit_encryption_mode"] is None and "cannot be given in place" in said[0]


def test_a_group_whose_version_is_not_shown_yet_is_one_that_is_being_made():
    wanted, said = cache_replication_group_existing.without_kept(DESIRED, {**FOUND, "engine_version": None})
    assert wanted == DESIRED and said == []


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ({}, "none"),
        ({"AtRestEncryptionEnabled": True}, "sse-elasticache"),
        ({"AtRestEncryptionEnabled": True, "KmsKeyId": "k"}, "sse-kms"),
        ({"StorageEncryptionType": "sse-kms"}, "sse-kms"),
    ],
)
def test_how_the_storage_is_encrypted(group, kind):
    assert cache_replication_group_state.encryption_type(group) == kind


def test_tls_of_answers_without_a_mode_is_required():
    assert cache_replication_group_state.transit_mode({"TransitEncryptionEnabled": True}) == "required"
    assert cache_replication_group_state.transit_mode({"TransitEncryptionEnabled": False}) == "none"


def test_a_log_of_others_stays():
    slow = {"type": "slow-log", "log_group": "/slow", "format": "json"}
    assert cache_replication_group_state.has_deliveries([slow, {**slow, "type": "engine-log"}], [slow])
    assert not cache_replication_group_state.has_deliveries(
        [{**slow, "format": "text"}], [slow]
    ) and not cache_replication_group_state.has_deliveries(None, [slow])


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"encryption": "none", "kms_key": None}, ["its storage is not encrypted (StorageEncryptionType none)"]),
        ({"encryption": "sse-elasticache", "kms_key": None}, ["a key that AWS owns"]),
        ({"encryption": "sse-kms", "kms_key": "other"}, ["its storage key is other and not key"]),
        ({"encryption": "sse-kms", "kms_key": "key"}, []),
        ({"encryption": "sse-kms", "kms_key": "key", "subnet_group": "old"}, ["its subnet group is old and not web"]),
    ],
)
def test_what_needs_another_group(found, words):
    reasons = cache_replication_group_state.migration(
        {"subnet_group": None, **found}, {"kms_key": "key", "subnet_group": "web"}
    )
    assert len(reasons) == len(words) and all(word in reason for word, reason in zip(words, reasons, strict=True))


def test_endpoints_that_are_not_there_yet_are_known_after_apply():
    answer = cache_replication_group_state.report(
        "cache_replication_group", ["web", "new"], {"web": {"endpoints": {"primary": "p"}, "migrations": []}}
    )
    assert answer["endpoints"]["web"] == {"primary": "p"} and answer["migrations"] == {}
    assert "known after apply" in answer["endpoints"]["new"]["primary"]


@pytest.mark.parametrize(
    ("desired", "words"),
    [
        ({"name": "Web"}, "call it web"),
        ({"num_cache_clusters": 7}, "1 to 6 nodes"),
        ({"num_cache_clusters": 1}, "needs a second node"),
        ({"automatic_failover": False}, "multi_az needs"),
        ({}, ""),
    ],
)
def test_refusals_of_one_group(desired, words):
    reasons = cache_replication_group.check({**DESIRED, **desired})
    assert bool(reasons) is bool(words) and words in " ".join(reasons)
