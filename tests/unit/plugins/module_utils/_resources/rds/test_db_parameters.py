# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

from typing import ClassVar

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.converge import converge
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_cluster_parameter_group import (
    DB_CLUSTER_PARAMETER_GROUP,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_parameters import (
    allowed_form,
    calls,
    same_values,
    set_values,
    user_values,
)


@pytest.mark.parametrize(
    ("found", "desired"),
    [
        ({"a": "1"}, {"a": "ON"}),
        ({"a": "OFF"}, {"a": 0}),
        ({"a": "ON"}, {"a": True}),
        ({"a": "2"}, {"a": "2.0"}),
        ({"a": "QUERY_DDL,CONNECT"}, {"a": "connect, query_ddl"}),
        ({"server_audit_excl_users": "app,Admin"}, {"server_audit_excl_users": "Admin, app"}),
        ({"a": "OFF"}, {"a": "no"}),
        ({"a": "row", "b": "5"}, {"a": "ROW"}),
        ({"b": "5"}, {}),
    ],
)
def test_the_same_value_in_another_form_is_the_same(found, desired):
    assert same_values(found, desired)


@pytest.mark.parametrize(
    ("found", "desired"),
    [
        ({}, {"a": "1"}),
        ({"a": "0"}, {"a": "1"}),
        (None, {"a": 1}),
        ({"server_audit_excl_users": "admin,app"}, {"server_audit_excl_users": "Admin,app"}),
        ({"server_audit_incl_users": "admin"}, {"server_audit_incl_users": "Admin"}),
        ({"init_connect": "set names utf8"}, {"init_connect": "SET NAMES utf8"}),
    ],
)
def test_what_nobody_set_or_set_otherwise_differs(found, desired):
    assert not same_values(found, desired)


def test_user_values_are_those_with_a_value():
    assert user_values({"a": {"ParameterValue": "1"}, "b": {}}) == {"a": "1"}


def test_only_what_differs_is_set_dynamic_at_once_and_static_at_the_restart():
    calls = []

    class Aws:
        def call(self, service, operation, **parameters):
            calls.append((operation, parameters))

    set_values(
        Aws(),
        "modify_db_cluster_parameter_group",
        {"DBClusterParameterGroupName": "g"},
        {"same": "1"},
        {"same": "ON", "binlog_format": "ROW", "slow_query_log": True},
        lambda: {"binlog_format": {"ApplyType": "static"}, "slow_query_log": {"ApplyType": "dynamic"}},
    )
    [(operation, parameters)] = calls
    assert operation == "modify_db_cluster_parameter_group" and parameters["DBClusterParameterGroupName"] == "g"
    assert parameters["Parameters"] == [
        {"ParameterName": "binlog_format", "ParameterValue": "ROW", "ApplyMethod": "pending-reboot"},
        {"ParameterName": "slow_query_log", "ParameterValue": "1", "ApplyMethod": "immediate"},
    ]


def test_no_call_takes_more_parameters_than_rds_does():
    sizes = []

    class Aws:
        def call(self, service, operation, **parameters):
            sizes.append(len(parameters["Parameters"]))

    set_values(Aws(), "modify", {}, {}, {f"p{number}": number for number in range(45)}, dict)
    assert sizes == [20, 20, 5]


@pytest.mark.parametrize(
    ("value", "allowed", "form"),
    [
        (True, "ON,OFF", "ON"),
        (1, "ON,OFF", "ON"),
        ("OFF", "0,1", "0"),
        ("on", "ON,OFF", "ON"),
        (False, "ROW,STATEMENT,MIXED,OFF", "OFF"),
        (True, "OFF,OFF_PERMISSIVE,ON_PERMISSIVE,ON", "ON"),
        (True, "0,1", "1"),
        (1, "1-65535", "1"),
        (0.5, None, "0.5"),
        ("ROW", "ROW,OFF", "ROW"),
        ("sideways", "ON,OFF", "sideways"),
    ],
)
def test_a_value_is_given_in_a_form_that_rds_takes(value, allowed, form):
    assert allowed_form(value, allowed) == form


def test_parameters_that_depend_on_each_other_are_set_in_one_call():
    others = [f"p{number:02}" for number in range(25)]
    names = sorted(["gtid-mode", "enforce_gtid_consistency", "collation_server", "character_set_server", *others])
    batches = calls(names)
    assert sorted(name for batch in batches for name in batch) == names
    assert all(len(batch) <= 20 for batch in batches) and len(batches) == 2
    for family in ({"gtid-mode", "enforce_gtid_consistency"}, {"collation_server", "character_set_server"}):
        assert [bool(family & set(batch)) for batch in batches].count(True) == 1


class Rds:
    """One cluster parameter group; a parameter that is set to the engine's value stays the engine's."""

    defaults: ClassVar = {"require_secure_transport": "ON", "binlog_format": "OFF", "slow_query_log": "0"}

    def __init__(self):
        self.set, self.calls = {}, []

    def map(self, function, items):
        return [function(item) for item in items]

    def pages(self, service, operation, key, **wanted):
        if operation == "describe_db_cluster_parameter_groups":
            return [{**GROUP, "DBClusterParameterGroupName": wanted["DBClusterParameterGroupName"]}]
        rows = [
            {
                "ParameterName": name,
                "ParameterValue": self.set.get(name, default),
                "Source": "user" if self.set.get(name, default) != default else "system",
                "AllowedValues": "0,1" if name == "slow_query_log" else "ON,OFF",
                "ApplyType": "dynamic",
            }
            for name, default in self.defaults.items()
        ]
        names = next((one["Values"] for one in wanted.get("Filters", [])), list(self.defaults))
        return [row for row in rows if row["ParameterName"] in names and wanted.get("Source") in (None, row["Source"])]

    def call(self, service, operation, **sent):
        self.calls.append(operation)
        if operation == "list_tags_for_resource":
            return {"TagList": []}
        self.set |= {one["ParameterName"]: one["ParameterValue"] for one in sent["Parameters"]}
        return {}


GROUP = {"DBClusterParameterGroupArn": "arn:g", "DBParameterGroupFamily": "aurora-mysql8.4", "Description": "d"}


def converged(aws, **parameters):
    wish = {"name": "g", "family": "aurora-mysql8.4", "parameters": parameters}
    return converge(Context(aws=aws, strict=True), DB_CLUSTER_PARAMETER_GROUP, [wish], tags={})["changed"]


def test_a_value_that_is_the_engines_own_settles():
    aws = Rds()
    assert converged(aws, require_secure_transport=True, slow_query_log=True)
    assert aws.set == {"slow_query_log": "1"}, "what the engine has already is not set"
    assert not converged(aws, require_secure_transport=True, slow_query_log=True)
    assert converged(aws, slow_query_log=False), "set back to what the engine has"
    assert not converged(aws, slow_query_log=False)


def test_a_name_in_upper_case_is_refused_first():
    wish = {"name": "MyGroup", "family": "aurora-mysql8.0", "parameters": {}}
    assert "call it mygroup" in DB_CLUSTER_PARAMETER_GROUP.check(wish)[0]
