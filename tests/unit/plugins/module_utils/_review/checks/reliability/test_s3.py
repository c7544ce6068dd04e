# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.reliability import s3

DENIED = {"service": "s3", "code": "AccessDenied", "message": "no"}
PLAN = {"BackupPlanName": "daily", "Selections": [{"Resources": ["arn:aws:s3:::*"]}]}


def bucket(name="static", **changes):
    return {"Name": name, "Arn": f"arn:aws:s3:::{name}", "Location": "us-east-1", **changes}


def replication(target="replica", status="Enabled"):
    return {"Rules": [{"Status": status, "Destination": {"Bucket": f"arn:aws:s3:::{target}"}}]}


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (bucket(Versioning="Enabled"), "PASS"),
        (bucket(Versioning="Suspended"), "FAIL"),
        (bucket(Versioning="Off"), "FAIL"),
        (bucket(Versioning=None, Errors={"get_bucket_versioning": DENIED}), "UNKNOWN"),
        (bucket("mywebapp-prod-logs-1", Versioning="Off"), "NOT_APPLICABLE"),
        (bucket("mywebapp-prod-artifacts-1", Versioning="Off"), "NOT_APPLICABLE"),
    ],
)
def test_versioning(judge, found, status):
    assert judge(s3.s3_versioning, {"s3.buckets": [found]}) == [status]


@pytest.mark.parametrize(
    ("found", "replicated", "safe"),
    [
        (bucket(Replication=replication()), "PASS", "PASS"),
        (bucket(Replication=replication("neighbour")), "FAIL", "PASS"),
        (bucket(Replication=replication(status="Disabled")), "FAIL", "FAIL"),
        (bucket(Replication=None), "FAIL", "FAIL"),
        (bucket(Replication=None, Location="us-west-2"), "NOT_APPLICABLE", "NOT_APPLICABLE"),
        (bucket(Replication=None, Errors={"get_bucket_replication": DENIED}), "UNKNOWN", "UNKNOWN"),
        (bucket(Location=None, Errors={"get_bucket_location": DENIED}), "UNKNOWN", "UNKNOWN"),
    ],
)
def test_replication(judge, found, replicated, safe):
    neighbour = bucket("neighbour", Replication=replication())
    collections = {"s3.buckets": [found, neighbour]}
    others = ["PASS"]
    assert sorted(judge(s3.s3_cross_region_replication, collections)) == sorted([replicated, *others])
    assert sorted(judge(s3.s3_in_backup_or_replicated, collections)) == sorted([safe, *others])
    assert judge(s3.s3_cross_region_replication, collections, cross_region=False) == ["NOT_APPLICABLE"] * 2


def test_backed_up(judge):
    collections = {"s3.buckets": [bucket(Replication=None)], "backup.plans": [PLAN]}
    assert judge(s3.s3_in_backup_or_replicated, collections) == ["PASS"]
    denied = {**PLAN, "Selections": None, "Errors": {"list_backup_selections": DENIED}}
    assert judge(s3.s3_in_backup_or_replicated, {**collections, "backup.plans": [denied]}) == ["UNKNOWN"]


@pytest.mark.parametrize("check", [s3.s3_versioning, s3.s3_cross_region_replication, s3.s3_in_backup_or_replicated])
def test_denied_and_absent(judge, check):
    assert judge(check, {"s3.buckets": [bucket(Replication=None)]}, (check.needs[-1],)) == ["UNKNOWN"]
    assert judge(check, {}) == ["NOT_APPLICABLE"]
