# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""docs/snapshot.md is what checks are written against."""

from __future__ import annotations

import re
from pathlib import Path

from ansible_collections.wellarchitected.webapp.plugins.module_utils._stack.collectors import COLLECTORS

DOCUMENT = (Path(__file__).parents[5] / "docs/snapshot.md").read_text()
IAM_PREFIX = {"elbv2": "elasticloadbalancing", "resourcegroupstaggingapi": "tag", "s3control": "s3"}
# Where IAM's action is not called like the operation.
IAM_ACTION = {
    "s3:ListBuckets": "s3:ListAllMyBuckets",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:GetPublicAccessBlock": "s3:GetAccountPublicAccessBlock",
    "budgets:DescribeBudgets": "budgets:ViewBudget",
}


def documented():
    """Collector -> (group, scope)."""
    found = {}
    for part in re.split(r"^### ", DOCUMENT, flags=re.MULTILINE)[1:]:
        group = part.split()[0]
        for row in re.findall(r"^\| `([a-z0-9_.]+)` \| (\w+) \|", part, flags=re.MULTILINE):
            found[row[0]] = (group, row[1])
    return found


def test_every_collector_is_documented_as_it_is():
    actual = {name: (one.group, "workload" if one.workload else "account") for name, one in COLLECTORS.items()}
    assert documented() == actual


def test_every_call_is_documented(whole):
    _snapshot, calls = whole
    missing = set()
    for call in {call for call in calls if not call.startswith("sts:")}:
        service, operation = call.split(":")
        action = f"{IAM_PREFIX.get(service, service)}:{operation}"
        named = IAM_ACTION.get(action, action) in DOCUMENT
        if not named and not (service == "s3" and operation.startswith(("GetBucket", "ListBucketIntelligent"))):
            missing.add(call)
    assert missing == set()
