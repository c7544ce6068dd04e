# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_parameters import (
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
        ({"a": "row", "b": "5"}, {"a": "ROW"}),
        ({"b": "5"}, {}),
    ],
)
def test_the_same_value_in_another_form_is_the_same(found, desired):
    assert same_values(found, desired)


@pytest.mark.parametrize(("found", "desired"), [({}, {"a": "1"}), ({"a": "0"}, {"a": "1"}), (None, {"a": 1})])
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
        lambda: {"binlog_format": "static", "slow_query_log": "dynamic"},
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
