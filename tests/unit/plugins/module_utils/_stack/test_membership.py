# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._stack.membership import Workload, values

OURS = {"Project": "mywebapp", "Environment": "prod"}


@pytest.mark.parametrize(
    "name",
    [
        "mywebapp-prod",
        "mywebapp-prod-vpc",
        "/ecs/mywebapp-prod-app",
        "/aws/rds/cluster/mywebapp-prod-aurora/error",
        "/mywebapp/prod/db/host",
        "/mywebapp/prod",
        "arn:aws:rds:us-east-1:111122223333:cluster:mywebapp-prod-aurora",
    ],
)
def test_names_of_the_workload(name):
    assert Workload("mywebapp", "prod").owns({}, name)
    assert Workload("mywebapp", "prod").owns({"Tags": {"Name": name}})
    assert Workload("mywebapp", "prod").owns({"Tags": {"Owner": "team"}}, name)


@pytest.mark.parametrize(
    "name",
    ["mywebapp", "mywebapp-production", "mywebapp-prod2-vpc", "notmywebapp-prod", "/mywebapp/production/x", "", None],
)
def test_names_of_others(name):
    assert not Workload("mywebapp", "prod").owns({}, name)


def test_tags_decide_before_the_name():
    workload = Workload("mywebapp", "prod")
    assert workload.owns({"Tags": OURS}, "anything")
    assert not workload.owns({"Tags": {**OURS, "Environment": "dev"}}, "mywebapp-prod-vpc")
    assert not workload.owns({"Tags": {**OURS, "Project": "other"}}, "mywebapp-prod-vpc")


def test_half_the_tags_leave_it_to_the_name():
    assert Workload("mywebapp", "prod").owns({"Tags": {"Project": "mywebapp"}}, "mywebapp-prod-vpc")
    assert not Workload("mywebapp", "prod").owns({"Tags": {"Project": "mywebapp"}}, "other")


def test_values_walk_lists_and_leave_out_what_is_missing():
    items = [{"a": [{"b": "2"}, {"b": "1"}, {}]}, {"a": None}, {"a": {"b": ["1", "3"]}}, {"a": {"b": ""}}]
    assert values(items, "a", "b") == ["1", "2", "3"]
    assert values([], "a") == []
