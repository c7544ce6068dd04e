# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ecr.ecr_repository import (
    check,
    merged_rules,
    same_rules,
)

OWN = {"rulePriority": 1, "description": "untagged", "selection": {"tagStatus": "untagged"}}
OTHER = {"rulePriority": 1, "description": "theirs", "selection": {"tagStatus": "tagged"}}


def test_rules_of_others_stay_with_their_priority():
    assert merged_rules([OTHER], [OWN]) == [OTHER, {**OWN, "rulePriority": 2}]
    assert merged_rules([{**OWN, "selection": {}}, {**OTHER, "rulePriority": 9}], [OWN]) == [
        OWN,
        {**OTHER, "rulePriority": 9},
    ]


def test_a_rule_is_the_same_whatever_its_priority():
    assert same_rules([OTHER, {**OWN, "rulePriority": 7}], [OWN])
    assert not same_rules([{**OWN, "selection": {"tagStatus": "any"}}], [OWN])
    assert not same_rules([], [OWN])


def test_names_and_rules_are_checked():
    assert check({"name": "team/app"}) == []
    assert "lower case" in check({"name": "App"})[0]
    assert "description" in check({"name": "app", "lifecycle_rules": [{"rulePriority": 1}]})[0]
