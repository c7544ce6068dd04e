# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.elbv2.conditions import (
    condition_reasons,
    condition_state,
    conditions_to_send,
    same_conditions,
)

PATH = {"field": "path-pattern", "values": ["/a/*", "/b/*"]}
HEADER = {"field": "http-header", "header_name": "X-Origin", "header_values": ["secret"]}
QUERY = {"field": "query-string", "values": ["version=1", "beta"]}


def states(*conditions):
    return [condition_state(one) for one in conditions_to_send(conditions)]


@pytest.mark.parametrize("condition", [PATH, HEADER, QUERY, {"field": "source-ip", "values": ["10.0.0.0/8"]}])
def test_what_is_sent_is_read_back(condition):
    assert same_conditions(states(condition), [condition])


def test_neither_order_nor_letters_count():
    turned = [{**HEADER, "header_name": "x-origin"}, {**PATH, "values": ["/b/*", "/a/*"]}]
    assert same_conditions(states(PATH, HEADER), turned)
    assert not same_conditions(states(PATH, HEADER), [PATH])
    assert not same_conditions(states(PATH, HEADER), [PATH, {**HEADER, "header_values": ["other"]}])


def test_the_value_of_a_header_is_not_in_the_state():
    (state,) = states(HEADER)
    assert "secret" not in str(state) and state["header_values"][0].startswith("sha256:")


def test_query_strings_have_keys():
    (sent,) = conditions_to_send([QUERY])
    assert sent["QueryStringConfig"]["Values"] == [{"Key": "version", "Value": "1"}, {"Value": "beta"}]


def test_the_old_form_of_a_path_is_read():
    assert condition_state({"Field": "path-pattern", "Values": ["/*"]}) == {"field": "path-pattern", "values": ["/*"]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "path-pattern"},
        {"field": "path-pattern", "values": ["/"], "header_name": "X"},
        {"field": "http-header", "header_values": ["a"]},
        {"field": "http-header", "header_name": "X", "values": ["a"]},
    ],
)
def test_options_that_do_not_go_together(wrong):
    assert "and these alone" in condition_reasons([wrong])[0]


def test_a_rule_needs_a_condition():
    assert "a rule needs a condition" in condition_reasons([])[0]
    assert condition_reasons([PATH, HEADER, QUERY]) == []
