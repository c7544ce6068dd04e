# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.cost_optimization import tags

ALL = {"Project": "mywebapp", "Environment": "prod", "Owner": "platform"}
DENIED = {"list_tags": {"service": "kms", "operation": "list_tags", "code": "AccessDenied", "message": "no"}}


def resource(**changes):
    return {"ResourceARN": "arn:r", "Collector": "kms.keys", **changes}


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (resource(Tags=ALL), "PASS"),
        (resource(Tags={**ALL, "Owner": ""}), "FAIL"),
        (resource(Tags={"Name": "one"}), "FAIL"),
        (resource(Tags=None, Errors=DENIED), "UNKNOWN"),
        (resource(Tags=None, Errors=DENIED, ResourceARN=""), "UNKNOWN"),
    ],
)
def test_required_tags(judge, found, status):
    assert judge(tags.required_tags_present, {"resourcegroupstaggingapi.resources": [found]}) == [status]


def test_required_tags_are_the_users(judge):
    found = {"resourcegroupstaggingapi.resources": [resource(Tags={"Team": "a"})]}
    assert judge(tags.required_tags_present, found, required_tags=("Team",)) == ["PASS"]


@pytest.mark.parametrize(
    ("known", "status"),
    [
        (dict.fromkeys(ALL, "Active"), "PASS"),
        ({**dict.fromkeys(ALL, "Active"), "Owner": "Inactive"}, "FAIL"),
        ({"Project": "Active"}, "FAIL"),
        ({}, "FAIL"),
    ],
)
def test_cost_allocation_tags(judge, known, status):
    found = [{"TagKey": key, "Status": seen} for key, seen in known.items()]
    assert judge(tags.cost_allocation_tags_active, {"costexplorer.cost_allocation_tags": found}) == [status]


@pytest.mark.parametrize(
    ("check", "absent"),
    [(tags.required_tags_present, "NOT_APPLICABLE"), (tags.cost_allocation_tags_active, "FAIL")],
)
def test_denied_and_absent(judge, check, absent):
    assert judge(check, {}, check.needs) == ["UNKNOWN"]
    assert judge(check, {}) == [absent]
