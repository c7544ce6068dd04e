# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.reliability import backup

ARN = "arn:aws:rds:us-east-1:111122223333:cluster:db"
CLUSTERS = [{"DBClusterArn": ARN, "Tags": {"Backup": "daily"}}]
ALL = {"SelectionName": "all", "Resources": ["*"]}
NOTHING = {"SelectionName": "files", "Resources": ["arn:aws:elasticfilesystem:*"]}
DENIED = {"service": "backup", "code": "AccessDenied", "message": "no"}


def plan(*rules, name="mywebapp-prod", selections=(ALL,), **changes):
    return {
        "BackupPlanArn": "arn:p",
        "BackupPlanName": name,
        "Selections": list(selections),
        "BackupPlan": {"Rules": list(rules)},
        **changes,
    }


def rule(schedule, days, *vaults):
    lifecycle = {"DeleteAfterDays": days} if days else {}
    copies = [{"DestinationBackupVaultArn": f"arn:aws:backup:{region}:1:backup-vault:v"} for region in vaults]
    return {"ScheduleExpression": schedule, "Lifecycle": lifecycle, "CopyActions": copies}


DAILY, WEEKLY = "cron(0 5 ? * * *)", "cron(0 5 ? * SUN *)"
HIDDEN = plan(Selections=None, Errors={"list_backup_selections": DENIED})


@pytest.mark.parametrize(
    ("found", "exists", "selects", "covers"),
    [
        ([plan()], "PASS", "PASS", "PASS"),
        ([plan(name="company")], "PASS", "PASS", "PASS"),
        ([plan(selections=[NOTHING])], "PASS", "PASS", "FAIL"),
        ([plan(selections=[])], "PASS", "FAIL", "FAIL"),
        ([plan(name="company", selections=[NOTHING])], "FAIL", "NOT_APPLICABLE", "FAIL"),
        ([], "FAIL", "NOT_APPLICABLE", "FAIL"),
        ([HIDDEN], "PASS", "UNKNOWN", "UNKNOWN"),
    ],
)
def test_plans(judge, found, exists, selects, covers):
    collections = {"backup.plans": found, "rds.db_clusters": CLUSTERS}
    assert judge(backup.backup_plan_exists, collections) == [exists]
    assert judge(backup.backup_plan_has_selection, collections) == [selects]
    assert judge(backup.aurora_in_backup_plan, collections) == [covers]


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ([plan(rule(DAILY, 30), rule(WEEKLY, 90))], "PASS"),
        ([plan(rule(DAILY, 30)), plan(rule(WEEKLY, None))], "PASS"),
        ([plan(rule(DAILY, 90))], "PASS"),
        ([plan(rule(DAILY, 30))], "FAIL"),
        ([plan(rule(DAILY, 29), rule(WEEKLY, 90))], "FAIL"),
        ([plan(rule(WEEKLY, 90))], "FAIL"),
        ([plan()], "FAIL"),
        ([plan(BackupPlan=None, Errors={"get_backup_plan": DENIED})], "UNKNOWN"),
    ],
)
def test_frequency(judge, found, status):
    collections = {"backup.plans": found, "rds.db_clusters": CLUSTERS}
    assert judge(backup.backup_plan_frequency_retention, collections) == [status]


@pytest.mark.parametrize(
    ("vaults", "status"), [(["us-west-2"], "PASS"), (["us-east-1", "us-west-2"], "PASS"), (["us-east-1"], "FAIL")]
)
def test_copies(judge, vaults, status):
    collections = {"backup.plans": [plan(rule(DAILY, 30, *vaults))], "rds.db_clusters": CLUSTERS}
    assert judge(backup.backup_cross_region_copy, collections) == [status]
    assert judge(backup.backup_cross_region_copy, collections, cross_region=False) == ["NOT_APPLICABLE"]


def job(day="2026-01-10", status="COMPLETED", source=ARN):
    date = f"{day}T05:00:00Z"
    return {"RestoreJobId": "j", "Status": status, "CompletionDate": date, "SourceResourceArn": source}


def tried(day, name="mywebapp_prod_aurora"):
    return {"RestoreTestingPlanName": name, "LastExecutionTime": day and f"{day}T05:00:00Z"}


@pytest.mark.parametrize(
    ("jobs", "plans", "status"),
    [
        ([job()], [], "PASS"),
        ([job("2025-01-10"), job()], [], "PASS"),
        ([], [tried("2026-02-10")], "PASS"),
        ([job("2025-11-17")], [], "FAIL"),
        ([job(status="FAILED")], [], "FAIL"),
        ([job(source="arn:another")], [], "FAIL"),
        ([], [tried(None)], "FAIL"),
        ([], [tried("2026-02-10", "another")], "FAIL"),
        ([], [], "FAIL"),
    ],
)
def test_restores(judge, jobs, plans, status):
    collections = {
        "rds.db_clusters": CLUSTERS,
        "backup.restore_jobs": jobs,
        "backup.restore_testing_plans": plans,
    }
    assert judge(backup.backup_restore_tested, collections) == [status]


@pytest.mark.parametrize(
    ("check", "absent"),
    [
        (backup.backup_plan_exists, "FAIL"),
        (backup.backup_plan_has_selection, "NOT_APPLICABLE"),
        (backup.aurora_in_backup_plan, "NOT_APPLICABLE"),
        (backup.backup_plan_frequency_retention, "NOT_APPLICABLE"),
        (backup.backup_cross_region_copy, "NOT_APPLICABLE"),
        (backup.backup_restore_tested, "FAIL"),
    ],
)
def test_denied_and_absent(judge, check, absent):
    for denied in check.needs:
        assert judge(check, {"rds.db_clusters": CLUSTERS}, (denied,)) == ["UNKNOWN"]
    assert judge(check, {}) == [absent]
