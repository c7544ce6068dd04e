# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import (
    AwsError,
    Refusal,
    WebappError,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds import common, db_instance
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds import (
    db_instance_rolling as rolling,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_instance import DB_INSTANCE


class Aws:
    """Two instances of one cluster; a change of class or a restart of the writer is noted with who writes."""

    def __init__(self):
        self.writer = "c-1"
        self.instances = {name: {"class": "db.r6g.large", "pending": False} for name in ("c-1", "c-2")}
        self.log, self.sent, self.failovers_refused = [], [], 0
        self.rotates_in_place = False

    def map(self, function, items):
        return [function(item) for item in items]

    def call(self, service, operation, **sent):
        name = sent.get("DBInstanceIdentifier") or sent["TargetDBInstanceIdentifier"]
        self.sent.append(sent)
        if operation == "failover_db_cluster" and self.failovers_refused:
            self.failovers_refused -= 1
            raise AwsError(
                "rds", operation, "InvalidDBClusterStateFault", "DbCluster c is in backing-up state", status=400
            )
        if operation == "failover_db_cluster":
            self.writer = name
        elif operation == "reboot_db_instance":
            self.instances[name]["pending"] = False
        else:
            applied = "class" if sent["ApplyImmediately"] else "waiting"
            if "DBInstanceClass" in sent:
                self.instances[name][applied] = sent["DBInstanceClass"]
            self.instances[name]["ca"] = sent.get("CACertificateIdentifier", "rds-ca-rsa2048-g1")
            self.instances[name]["tier"] = sent.get("PromotionTier", self.instances[name].get("tier", 1))
            if sent.get("DBParameterGroupName"):
                self.instances[name] |= {"group": sent["DBParameterGroupName"], "pending": True}
        self.log.append(f"{operation} {name}{' (writer)' if name == self.writer else ''}")

    call_once = call


@pytest.fixture(autouse=True)
def _described(monkeypatch):
    def clusters(aws, names):
        members = [
            {
                "DBInstanceIdentifier": name,
                "IsClusterWriter": name == aws.writer,
                "DBClusterParameterGroupStatus": "in-sync",
            }
            for name in aws.instances
        ]
        return [{"DBClusterIdentifier": "c", "DBClusterMembers": members, "DBClusterArn": "a", "Tags": {}}]

    def instances(aws, names):
        return [
            {
                "DBInstanceIdentifier": name,
                "DBInstanceArn": f"arn:{name}",
                "DBInstanceStatus": found.get("status", "available"),
                "EngineVersion": "8.0.mysql_aurora.3.10.0",
                "PromotionTier": found.get("tier", 1),
                "CACertificateIdentifier": found.get("ca", "rds-ca-rsa2048-g1"),
                "DBClusterIdentifier": "c",
                "Engine": "aurora-mysql",
                "DBInstanceClass": found["class"],
                "DBParameterGroups": [
                    {
                        "DBParameterGroupName": found.get("group", "default"),
                        "ParameterApplyStatus": "pending-reboot" if found["pending"] else "in-sync",
                    }
                ],
                "PendingModifiedValues": {"DBInstanceClass": found.get("waiting", "db.r7g.large")},
                "Tags": {},
            }
            for name, found in aws.instances.items()
            if name in names
        ]

    monkeypatch.setattr(common.rds, "db_clusters", clusters)
    monkeypatch.setattr(common.rds, "db_instances", instances)
    monkeypatch.setattr(
        common.rds,
        "engine_versions",
        lambda aws, engine, version: [{"SupportsCertificateRotationWithoutRestart": aws.rotates_in_place}],
    )
    monkeypatch.setattr(rolling, "DB_INSTANCE", _without_references())
    monkeypatch.setattr(common.time, "sleep", lambda seconds: None)


def _without_references():
    import dataclasses

    return dataclasses.replace(DB_INSTANCE, references={})


def items(**changes):
    return [{"name": name, "cluster": "c", "tags": {}, **changes} for name in ("c-1", "c-2")]


def context(aws, **options):
    return Context(aws=aws, strict=True, **options)


def test_readers_first_then_a_failover_then_the_old_writer():
    aws = Aws()
    result = rolling.converge_rolling(context(aws), items(instance_class="db.t4g.medium"))
    assert aws.log == ["modify_db_instance c-2", "failover_db_cluster c-2 (writer)", "modify_db_instance c-1"]
    assert result["changed"] and {one["name"] for one in result["changes"]} == {"c-1", "c-2"}


def test_nothing_to_do_is_nothing_done():
    aws = Aws()
    assert not rolling.converge_rolling(context(aws), items(instance_class="db.r6g.large"))["changed"]
    assert aws.log == []


def test_one_that_has_failed_is_an_error_where_nothing_is_to_be_changed_either(monkeypatch):
    monkeypatch.setattr(common.rds, "last_failure", lambda aws, source_type, name: f"{name} has no address")
    aws = Aws()
    aws.instances["c-2"]["status"] = "incompatible-network"
    with pytest.raises(WebappError, match=r"c-2 is incompatible-network \(c-2 has no address\)"):
        rolling.converge_rolling(context(aws), items(instance_class="db.r6g.large"))
    assert aws.log == []


def test_check_mode_says_it_and_does_nothing():
    aws = Aws()
    result = rolling.converge_rolling(context(aws, check_mode=True), items(instance_class="db.t4g.medium"))
    assert result["changed"] and aws.log == []


def test_a_restart_is_reported_and_done_only_when_asked_for():
    aws = Aws()
    result = rolling.converge_rolling(context(aws), items(instance_class="db.r6g.large", parameter_group="own"))
    assert "c-1, c-2: static parameters wait" in result["warnings"][0]
    assert not any("reboot" in line for line in aws.log)
    result = rolling.converge_rolling(context(aws), items(instance_class="db.r6g.large", pending_reboot=False))
    assert aws.log[-3:] == ["reboot_db_instance c-2", "failover_db_cluster c-2 (writer)", "reboot_db_instance c-1"]
    assert result["warnings"] == []


def test_what_makes_a_restart_necessary_and_the_restart_are_one_run():
    aws = Aws()
    wish = items(instance_class="db.r6g.large", parameter_group="own", pending_reboot=False)
    result = rolling.converge_rolling(context(aws), wish)
    assert [line.split()[0] for line in aws.log].count("reboot_db_instance") == 2
    assert result["warnings"] == [] and not rolling.converge_rolling(context(aws), wish)["changed"]


def test_an_instance_that_is_not_in_the_list_is_left_alone():
    aws = Aws()
    aws.instances["application-autoscaling-1"] = {"class": "db.r6g.large", "pending": False}
    rolling.converge_rolling(context(aws), items(instance_class="db.t4g.medium"))
    assert aws.instances["application-autoscaling-1"]["class"] == "db.r6g.large"


def test_a_class_that_may_wait_for_the_window_is_done_when_it_is_pending():
    wish = {**items(instance_class="db.r7g.large")[0], "apply_immediately": False}
    found = DB_INSTANCE.read(Aws(), [wish])["c-1"]
    assert not plan(DB_INSTANCE, found, wish).needed


def test_enhanced_monitoring_needs_its_role():
    assert DB_INSTANCE.check({"name": "c-1", "monitoring_interval": 60})
    assert not DB_INSTANCE.check({"name": "c-1", "monitoring_interval": 0})
    assert db_instance._insights({"insights": True}) == {
        "EnablePerformanceInsights": True,
        "PerformanceInsightsRetentionPeriod": 7,
    }


ONE_BY_ONE = ["reboot_db_instance c-2", "failover_db_cluster c-2 (writer)", "reboot_db_instance c-1"]


def test_a_restart_knows_no_window_and_takes_one_at_a_time_all_the_same():
    aws = Aws()
    for found in aws.instances.values():
        found |= {"pending": True, "waiting": "db.r6g.large"}
    wish = items(instance_class="db.r6g.large", pending_reboot=False, apply_immediately=False)
    rolling.converge_rolling(context(aws), wish)
    assert aws.log == ONE_BY_ONE


def test_a_class_that_may_wait_is_deferred_at_once_and_hands_nothing_over():
    aws = Aws()
    wish = items(instance_class="db.t4g.medium", apply_immediately=False)
    rolling.converge_rolling(context(aws), wish)
    assert sorted(aws.log) == ["modify_db_instance c-1 (writer)", "modify_db_instance c-2"]
    assert not any(sent["ApplyImmediately"] for sent in aws.sent)
    assert not rolling.converge_rolling(context(aws), wish)["changed"], "what waits for the window is done"


def test_a_harmless_change_leaves_to_the_window_what_somebody_deferred():
    aws = Aws()
    rolling.converge_rolling(context(aws), items(instance_class="db.r6g.large", promotion_tier=3))
    assert [sent["ApplyImmediately"] for sent in aws.sent] == [False, False]
    assert not any("failover" in line for line in aws.log)


@pytest.mark.parametrize("rotates_in_place", [False, True])
def test_a_new_certificate_restarts_one_at_a_time_unless_the_version_rotates_in_place(rotates_in_place):
    aws = Aws()
    aws.rotates_in_place = rotates_in_place
    rolling.converge_rolling(context(aws), items(instance_class="db.r6g.large", ca_certificate="rds-ca-ecc384-g1"))
    assert ("failover_db_cluster c-2 (writer)" in aws.log) is not rotates_in_place
    assert all(sent["ApplyImmediately"] for sent in aws.sent if "CACertificateIdentifier" in sent)


def state(name, **changes):
    return {
        "name": name,
        "status": "available",
        "pending_reboot": False,
        "promotion_tier": 1,
        "instance_class": "db.r6g.large",
        **changes,
    }


@pytest.mark.parametrize(
    ("states", "target"),
    [
        ([state("a", promotion_tier=15, instance_class="db.t4g.medium"), state("b", promotion_tier=0)], "b"),
        ([state("a", instance_class="db.r6g.4xlarge"), state("b")], "b"),
        ([state("a", instance_class="db.t4g.medium"), state("b", instance_class="db.r6g.2xlarge")], "b"),
        ([state("a", promotion_tier=0, status="rebooting"), state("b", promotion_tier=5)], "b"),
        ([state("a", pending_reboot=True), state("b", promotion_tier=5)], "b"),
        ([state("b"), state("a")], "a"),
        ([state("a", status="modifying")], None),
    ],
)
def test_the_next_writer_is_chosen_as_aurora_does(states, target):
    assert rolling.failover_target({one["name"]: one for one in states}, "db.r6g.large") == target


def test_a_failover_waits_for_a_busy_cluster():
    aws = Aws()
    aws.failovers_refused = 3
    rolling.converge_rolling(context(aws), items(instance_class="db.t4g.medium"))
    assert aws.log == ["modify_db_instance c-2", "failover_db_cluster c-2 (writer)", "modify_db_instance c-1"]


def test_what_is_on_the_way_is_waited_for_though_nothing_differs(monkeypatch):
    aws, polls = Aws(), []
    aws.instances["c-2"]["status"] = "creating"

    def ready(seconds):
        polls.append(seconds)
        aws.instances["c-2"]["status"] = "available" if len(polls) > 3 else "creating"

    monkeypatch.setattr(common.time, "sleep", ready)
    result = rolling.converge_rolling(context(aws), items(instance_class="db.r6g.large"))
    assert not result["changed"] and result["resources"]["c-2"]["status"] == "available" and len(polls) > 3


def test_a_stopped_instance_is_refused_with_the_way_out():
    aws = Aws()
    aws.instances["c-1"]["status"] = aws.instances["c-2"]["status"] = "stopped"
    with pytest.raises(Refusal, match="aws rds start-db-cluster --db-cluster-identifier c"):
        rolling.converge_rolling(context(aws), items(instance_class="db.t4g.medium"))
    assert aws.log == []


def test_no_monitoring_has_no_role():
    class Sent(Aws):
        def call(self, service, operation, **sent):
            self.sent.append(sent)

        call_once = call

    aws = Sent()
    wish = {"name": "c-1", "cluster": "c", "tags": {}, "monitoring_interval": 0, "monitoring_role": "arn:r"}
    DB_INSTANCE.create(aws, wish)
    assert aws.sent[0]["MonitoringInterval"] == 0 and "MonitoringRoleArn" not in aws.sent[0]
    found = {
        "name": "c-1",
        "status": "available",
        "cluster": "c",
        "monitoring_interval": 60,
        "monitoring_role": "arn:r",
    }
    list(DB_INSTANCE.update(aws, found, wish, plan(DB_INSTANCE, found, wish).fields))
    assert aws.sent[1]["MonitoringInterval"] == 0 and "MonitoringRoleArn" not in aws.sent[1]
    without = {**found, "monitoring_interval": 0, "monitoring_role": None}
    assert not plan(DB_INSTANCE, without, wish).needed
