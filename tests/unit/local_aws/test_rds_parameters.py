# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Parameter groups of clusters and of instances."""

from __future__ import annotations

import pytest

OPERATIONS = {
    "cluster": (
        "create_db_cluster_parameter_group",
        "modify_db_cluster_parameter_group",
        "describe_db_cluster_parameters",
    ),
    "instance": ("create_db_parameter_group", "modify_db_parameter_group", "describe_db_parameters"),
}


class Group:
    def __init__(self, rds, kind, family):
        create, modify, describe = (getattr(rds, name) for name in OPERATIONS[kind])
        self.name = {"DBClusterParameterGroupName" if kind == "cluster" else "DBParameterGroupName": "web"}
        create(DBParameterGroupFamily=family, Description="d", **self.name)
        self._modify, self._describe = modify, describe

    def set(self, name, value, method="pending-reboot"):
        row = {"ParameterName": name, "ParameterValue": value, "ApplyMethod": method}
        self._modify(Parameters=[row], **self.name)

    def list(self, **more):
        rows, answer = [], self._describe(**more, **self.name)
        while True:
            rows += answer["Parameters"]
            if "Marker" not in answer:
                return {row["ParameterName"]: row for row in rows}
            answer = self._describe(Marker=answer["Marker"], **more, **self.name)


@pytest.fixture
def group(rds):
    return lambda kind="cluster", family="aurora-mysql8.0": Group(rds, kind, family)


@pytest.mark.parametrize("kind", ["cluster", "instance"])
def test_a_parameter_set_to_its_default_keeps_its_source(group, kind):
    made = group(kind)
    made.set("slow_query_log", "0")
    made.set("long_query_time", "10")
    assert made.list(Source="user") == {}
    assert made.list()["slow_query_log"]["Source"] == "system"
    made.set("slow_query_log", "1")
    assert made.list(Source="user")["slow_query_log"]["ParameterValue"] == "1"


def test_mysql_84_requires_tls_by_default(group):
    made = group(family="aurora-mysql8.4")
    assert made.list()["require_secure_transport"]["ParameterValue"] == "ON"
    made.set("require_secure_transport", "ON", "immediate")
    assert made.list(Source="user") == {}
    made.set("require_secure_transport", "OFF", "immediate")
    assert set(made.list(Source="user")) == {"require_secure_transport"}


def test_an_enumeration_of_words_takes_no_numbers(group, refused):
    made = group()
    shown = made.list(Filters=[{"Name": "parameter-name", "Values": ["require_secure_transport", "slow_query_log"]}])
    assert {name: row["AllowedValues"] for name, row in shown.items()} == {
        "require_secure_transport": "ON,OFF",
        "slow_query_log": "0,1",
    }
    assert refused(lambda: made.set("require_secure_transport", "1")) == "InvalidParameterValue"
    assert refused(lambda: made.set("slow_query_log", "ON")) == "InvalidParameterValue"
    assert refused(lambda: made.list(Filters=[{"Name": "colour", "Values": ["red"]}])) == "InvalidParameterValue"


def test_groups_of_instances_have_rules_too(group, rds, refused):
    made = group("instance")
    shown = made.list()
    assert shown["max_connections"]["ApplyType"] == "dynamic"
    assert shown["performance_schema"]["ApplyType"] == "static"
    assert shown["port"]["IsModifiable"] is False
    assert "binlog_format" not in shown  # of clusters only
    assert refused(lambda: made.set("binlog_format", "ROW")) == "InvalidParameterValue"
    assert refused(lambda: made.set("colour", "red")) == "InvalidParameterValue"
    assert refused(lambda: made.set("port", "3307")) == "InvalidParameterValue"
    assert refused(lambda: made.set("long_query_time", "ages")) == "InvalidParameterValue"
    assert refused(lambda: made.set("performance_schema", "1", "immediate")) == "InvalidParameterCombination"
    made.set("long_query_time", "0.5", "immediate")
    assert made.list(Source="user")["long_query_time"]["ApplyMethod"] == "immediate"
    rds.reset_db_parameter_group(DBParameterGroupName="web", ResetAllParameters=True)
    assert made.list(Source="user") == {}
    create = {"DBParameterGroupName": "x", "DBParameterGroupFamily": "aurora-mysql9.9", "Description": "d"}
    assert refused(rds.create_db_parameter_group, **create) == "InvalidParameterValue"
    default = {"DBParameterGroupName": "default.aurora-mysql8.0"}
    row = {"ParameterName": "general_log", "ParameterValue": "1", "ApplyMethod": "immediate"}
    assert refused(rds.modify_db_parameter_group, Parameters=[row], **default) == "InvalidDBParameterGroupState"


def test_a_static_parameter_waits_for_the_restart_of_the_instance(group, cluster, member, rds, refused):
    made = group("instance")
    cluster()
    member("web-1", DBParameterGroupName="web")

    def state():
        return rds.describe_db_instances()["DBInstances"][0]["DBParameterGroups"][0]["ParameterApplyStatus"]

    made.set("long_query_time", "5", "immediate")
    assert state() == "in-sync"
    made.set("performance_schema", "1")
    assert state() == "pending-reboot"
    rds.reboot_db_instance(DBInstanceIdentifier="web-1")
    assert state() == "in-sync"
    assert refused(rds.delete_db_parameter_group, DBParameterGroupName="web") == "InvalidDBParameterGroupState"


def test_a_group_of_another_family_is_refused(group, cluster, member, rds, refused):
    group("instance", "aurora-mysql5.7")
    cluster()
    assert refused(member, "web-1", DBParameterGroupName="web") == "InvalidParameterCombination"
    assert refused(member, "web-1", DBParameterGroupName="none") == "DBParameterGroupNotFound"
    member("web-1")
    change = {"DBInstanceIdentifier": "web-1", "DBParameterGroupName": "web"}
    assert refused(rds.modify_db_instance, **change) == "InvalidParameterCombination"


def test_names_are_stored_in_lower_case(rds):
    made = {"DBParameterGroupFamily": "aurora-mysql8.0", "Description": "d"}
    answer = rds.create_db_cluster_parameter_group(DBClusterParameterGroupName="Web-A", **made)
    assert answer["DBClusterParameterGroup"]["DBClusterParameterGroupName"] == "web-a"
    assert rds.describe_db_cluster_parameters(DBClusterParameterGroupName="web-a")["Parameters"]
    answer = rds.create_db_parameter_group(DBParameterGroupName="Web-B", **made)
    assert answer["DBParameterGroup"]["DBParameterGroupName"] == "web-b"
    assert rds.describe_db_parameters(DBParameterGroupName="web-b")["Parameters"]


def test_there_are_more_parameters_than_a_page_holds(group):
    made = group("instance")
    assert set(made.list(MaxRecords=20)) == set(made.list())
