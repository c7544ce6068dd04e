# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.backup_selection import covers

ARN = "arn:aws:rds:us-east-1:111122223333:cluster:db"
TAGS = {"Backup": "daily", "Project": "mywebapp"}
DAILY = {"ConditionType": "STRINGEQUALS", "ConditionKey": "Backup", "ConditionValue": "daily"}


def condition(operator, key, wanted):
    return {operator: [{"ConditionKey": f"aws:ResourceTag/{key}", "ConditionValue": wanted}]}


@pytest.mark.parametrize(
    ("selection", "covered"),
    [
        ({}, True),
        ({"Resources": [ARN]}, True),
        ({"Resources": ["arn:aws:rds:*:*:cluster:*"]}, True),
        ({"Resources": ["*"], "NotResources": ["arn:aws:rds:*"]}, False),
        ({"Resources": ["arn:aws:s3:::*"]}, False),
        ({"ListOfTags": [DAILY]}, True),
        ({"ListOfTags": [{**DAILY, "ConditionValue": "weekly"}]}, False),
        ({"Resources": ["arn:aws:s3:::*"], "ListOfTags": [DAILY]}, True),
        ({"Resources": ["*"], "Conditions": condition("StringEquals", "Backup", "daily")}, True),
        ({"Resources": ["*"], "Conditions": condition("StringEquals", "Backup", "weekly")}, False),
        ({"Resources": ["*"], "Conditions": condition("StringLike", "Project", "my*")}, True),
        ({"Resources": ["*"], "Conditions": condition("StringNotEquals", "Backup", "daily")}, False),
        ({"Resources": ["*"], "Conditions": condition("StringNotLike", "Missing", "*")}, True),
        ({"Resources": ["*"], "Conditions": condition("StringEquals", "Missing", "any")}, False),
    ],
)
def test_covers(selection, covered):
    assert covers(selection, ARN, TAGS) is covered
