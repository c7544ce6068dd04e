# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
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
        self.log = []

    def map(self, function, items):
        return [function(item) for item in items]

    def call(self, service, operation, **sent):
        name = sent.get("DBInstanceIdentifier") or sent["TargetDBInstanceIdentifier"]
        if operation == "failover_db_cluster":
            self.writer = name
        elif operation == "reboot_db_instance":
            self.instances[name]["pending"] = False
        else:
            self.instances[name]["class"] = sent.get("DBInstanceClass", self.instances[name]["class"])
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
                "DBInstanceStatus": "available",
                "DBClusterIdentifier": "c",
                "Engine": "aurora-mysql",
                "DBInstanceClass": found["class"],
                "DBParameterGroups": [
                    {
                        "DBParameterGroupName": found.get("group", "default"),
                        "ParameterApplyStatus": "pending-reboot" if found["pending"] else "in-sync",
                    }
                ],
                "PendingModifiedValues": {"DBInstanceClass": "db.r7g.large"},
                "Tags": {},
            }
            for name, found in aws.instances.items()
            if name in names
        ]

    monkeypatch.setattr(common.rds, "db_clusters", clusters)
    monkeypatch.setattr(common.rds, "db_instances", instances)
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
