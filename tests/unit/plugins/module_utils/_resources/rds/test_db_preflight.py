# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_preflight import (
    clashing,
    impossible,
    nearest,
    not_offered,
    recovery_point,
)

POSSIBLE = {
    "cluster": "c",
    "engine": "aurora-mysql",
    "engine_version": "8.0.mysql_aurora.3.10.0",
    "instance_class": "db.r6g.large",
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
