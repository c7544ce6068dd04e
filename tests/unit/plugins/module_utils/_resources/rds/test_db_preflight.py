# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_preflight import (
    clashing,
    impossible,
    recovery_point,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_preflight_classes import (
    nearest,
    not_offered,
    to_check,
    without_capacity,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_preflight_existing import (
    unchangeable,
    upgrade_refused,
    wrong_family,
)

POSSIBLE = {
    "cluster": "c",
    "engine": "aurora-mysql",
    "engine_version": "8.0.mysql_aurora.3.10.0",
    "instance_class": "db.r6g.large",
    "instances": [{"name": "c-1"}, {"name": "c-2"}],
    "dr_instances": [{"name": "c-dr-1"}],
    "cross_region": "global",
    "dr_region": "us-west-2",
    "manage_master_password": False,
    "binlog_format": "ROW",
    "backtrack_seconds": 0,
    "insights": True,
    "enhanced_monitoring": True,
    "reboot_when_pending": False,
}
ENCRYPTED = {"DBClusterIdentifier": "c", "StorageEncrypted": True, "StorageEncryptionType": "sse-kms"}


def refused(**changes):
    return impossible({**POSSIBLE, **changes}, "us-east-1")


@pytest.mark.parametrize("mode", ["none", "backup_copy", "replica", "global"])
def test_what_goes_together_is_not_refused(mode):
    assert refused(cross_region=mode) == []
    assert "RPO" in recovery_point(mode, 24)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"dr_region": ""}, "set stack_dr_region"),
        ({"cross_region": "backup_copy", "dr_region": None}, "set stack_dr_region"),
        ({"dr_region": "us-east-1"}, "own region us-east-1"),
        ({"instance_class": "db.t4g.medium"}, "db.t4g.medium cannot be in a global database"),
        ({"manage_master_password": True}, "aurora_manage_master_password: false"),
        ({"cross_region": "replica", "manage_master_password": True}, "aurora_manage_master_password: false"),
        ({"backtrack_seconds": 3600}, "aurora_backtrack_hours: 0"),
        ({"cross_region": "replica", "binlog_format": "OFF"}, "binlog_format: ROW"),
    ],
)
def test_impossible_pairs_say_what_to_do(changes, words):
    [reason] = refused(**changes)
    assert words in reason


def test_all_refusals_come_together():
    assert len(refused(instance_class="db.t4g.medium", manage_master_password=True, dr_region="")) == 3


def test_a_burstable_class_may_have_a_replica_and_backup_copies_need_nothing_of_the_cluster():
    assert refused(cross_region="replica", instance_class="db.t4g.medium") == []
    assert refused(cross_region="backup_copy", manage_master_password=True, binlog_format="OFF") == []


def test_an_existing_cluster_may_stand_in_the_way():
    assert clashing(POSSIBLE, ENCRYPTED, True) == []
    assert clashing(POSSIBLE, None, True) == []
    [managed] = clashing(POSSIBLE, {**ENCRYPTED, "MasterUserSecret": {"SecretArn": "a"}}, True)
    assert "no-manage-master-user-password" in managed
    [unencrypted] = clashing(POSSIBLE, {**ENCRYPTED, "StorageEncryptionType": "sse-rds"}, True)
    assert "playbooks/encrypt_aurora.yml" in unencrypted
    [backtrack] = clashing(POSSIBLE, {**ENCRYPTED, "BacktrackWindow": 60}, True)
    assert "backtrack" in backtrack


def test_a_replica_needs_a_restart_where_no_binary_log_is_written_yet():
    replica = {**POSSIBLE, "cross_region": "replica"}
    [reason] = clashing(replica, ENCRYPTED, False)
    assert "aurora_reboot_when_pending: true" in reason
    assert clashing({**replica, "reboot_when_pending": True}, ENCRYPTED, False) == []


def test_a_copied_cluster_keeps_its_own_password():
    copied = {**ENCRYPTED, "GlobalClusterIdentifier": "g", "ReadReplicaIdentifiers": []}
    local = {**POSSIBLE, "cross_region": "backup_copy"}
    assert clashing(local, copied, True) == []
    [reason] = clashing({**local, "manage_master_password": True}, copied, True)
    assert "copied to g" in reason


OFFERED = [
    {"DBInstanceClass": name, "SupportsPerformanceInsights": True, "SupportsGlobalDatabases": "t4g" not in name}
    for name in ("db.r6g.large", "db.r6g.xlarge", "db.r7g.large", "db.t4g.medium", "db.x2g.16xlarge")
]


def test_a_class_that_is_not_offered_is_refused_with_those_near_it():
    assert not_offered(POSSIBLE, OFFERED) == []
    [reason] = not_offered({**POSSIBLE, "instance_class": "db.r6g.huge"}, OFFERED)
    assert "db.r6g.huge is no instance class" in reason and "near it are db.r6g.large" in reason
    [reason] = not_offered({**POSSIBLE, "instance_class": "db.t4g.medium"}, OFFERED)
    assert "global" in reason
    [reason] = not_offered(POSSIBLE, [])
    assert "describe-db-engine-versions" in reason


def test_what_a_class_lacks_is_said():
    [reason] = not_offered(POSSIBLE, [{"DBInstanceClass": "db.r6g.large", "SupportsPerformanceInsights": False}])
    assert "no Performance Insights" in reason


def test_near_is_the_same_size_and_then_the_same_family():
    names = [option["DBInstanceClass"] for option in OFFERED]
    assert nearest("db.m5.large", names)[:2] == ["db.r6g.large", "db.r7g.large"]
    assert nearest("db.r6g.huge", names)[0].startswith("db.r6g.")


FOUND = {
    "DBInstanceIdentifier": "c-1",
    "DBInstanceClass": "db.r6g.large",
    "PerformanceInsightsEnabled": True,
    "MonitoringInterval": 60,
}
CLUSTER = {
    "DBClusterIdentifier": "c",
    "DBClusterArn": "arn:aws:rds:us-east-1:123456789012:cluster:c",
    "Status": "available",
    "EngineVersion": "8.0.mysql_aurora.3.10.0",
}


def test_the_classes_of_single_instances_and_of_the_other_region_count():
    own = {**POSSIBLE, "instances": [{"name": "c-1", "instance_class": "db.t4g.medium"}]}
    assert "db.t4g.medium cannot be in a global database" in impossible(own, "us-east-1")[0]
    there = {**POSSIBLE, "dr_instances": [{"name": "c-dr-1", "instance_class": "db.t3.medium"}]}
    assert "db.t3.medium cannot be in a global database" in impossible(there, "us-east-1")[0]


def test_a_class_is_looked_up_where_it_is_new_or_gets_what_it_has_not():
    both = [FOUND, {**FOUND, "DBInstanceIdentifier": "c-2"}]
    assert to_check(POSSIBLE, CLUSTER, both) == []
    assert to_check(POSSIBLE, None, []) == to_check(POSSIBLE, CLUSTER, [FOUND]) == ["db.r6g.large"]
    for lacks in ({"PerformanceInsightsEnabled": False}, {"MonitoringInterval": 0}):
        assert to_check(POSSIBLE, CLUSTER, [both[0], {**both[1], **lacks}]) == ["db.r6g.large"]
    assert to_check(POSSIBLE, {**CLUSTER, "EngineVersion": "8.0.mysql_aurora.3.04.0"}, both) == ["db.r6g.large"]
    other = {**POSSIBLE, "instances": [{"name": "c-1", "instance_class": "db.m5.large"}, {"name": "c-2"}]}
    assert to_check(other, CLUSTER, both) == ["db.m5.large"]


def test_serverless_instances_need_a_capacity():
    params = {**POSSIBLE, "instances": [{"name": "c-1", "instance_class": "db.serverless"}]}
    [reason] = without_capacity(params, None)
    assert "c-1 of class db.serverless" in reason and "aurora_serverless_capacity" in reason
    assert without_capacity({**params, "serverless": True}, None) == without_capacity(POSSIBLE, None) == []
    assert without_capacity(params, {"ServerlessV2ScalingConfiguration": {"MinCapacity": 1, "MaxCapacity": 2}}) == []


@pytest.mark.parametrize(
    ("changes", "cluster", "words"),
    [
        ({}, {"Status": "stopped"}, "aws rds start-db-cluster --db-cluster-identifier c"),
        ({"backtrack_seconds": 3600}, {}, "made without backtrack"),
        (
            {"storage_type": "aurora-iopt1"},
            {"IOOptimizedNextAllowedModificationTime": "2999-01-01T00:00:00+00:00"},
            "again on 2999",
        ),
    ],
)
def test_what_an_existing_cluster_cannot_become(changes, cluster, words):
    [reason] = unchangeable({**POSSIBLE, **changes}, {**CLUSTER, **cluster})
    assert words in reason
    assert (
        unchangeable({**POSSIBLE, **changes}, {**CLUSTER, "BacktrackWindow": 60, "StorageType": "aurora-iopt1"}) == []
    )


def upgrade(to, copies=(), **cluster):
    params = {**POSSIBLE, "engine_upgrade": True, "engine_version": to}
    return upgrade_refused(params, {**CLUSTER, **cluster}, copies)


COPY = {
    "DBClusterIdentifier": "c-dr",
    "DBClusterArn": "arn:aws:rds:us-west-2:123456789012:cluster:c-dr",
    "EngineVersion": "8.0.mysql_aurora.3.10.0",
}


def test_only_upgrades_that_aws_carries_out_are_begun():
    assert upgrade("8.0.mysql_aurora.3.11.1") == upgrade("8.0.mysql_aurora.3.10.0") == []
    [major] = upgrade("8.4.mysql_aurora.8.4.7")
    assert "blue/green" in major
    [replica] = upgrade("8.0.mysql_aurora.3.11.1", [COPY])
    assert "--region us-west-2 --db-cluster-identifier c-dr --engine-version 8.0.mysql_aurora.3.11.1" in replica
    assert upgrade("8.0.mysql_aurora.3.11.1", [{**COPY, "EngineVersion": "8.0.mysql_aurora.3.11.1"}]) == []
    [minor] = upgrade("8.0.mysql_aurora.3.11.1", [COPY], GlobalClusterIdentifier="g")
    assert "remove-from-global-cluster" in minor
    [patch] = upgrade("8.0.mysql_aurora.3.10.1", [COPY], GlobalClusterIdentifier="g")
    assert "modify-db-cluster --region us-west-2" in patch
    asked_for_nothing = {**POSSIBLE, "engine_upgrade": False, "engine_version": "8.4.mysql_aurora.8.4.7"}
    assert upgrade_refused(asked_for_nothing, CLUSTER, [COPY]) == []


def test_a_family_goes_with_the_version_that_the_cluster_will_have():
    assert wrong_family({**POSSIBLE, "parameter_family": "aurora-mysql8.0"}) == wrong_family(POSSIBLE) == []
    [reason] = wrong_family({**POSSIBLE, "parameter_family": "aurora-mysql8.4"})
    assert "set it to aurora-mysql8.0" in reason
