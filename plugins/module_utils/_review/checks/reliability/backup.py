# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""AWS Backup: the plan, what it covers, how long it keeps, copies, tried restores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, failed, not_applicable, passed
from ..backup_plans import FOREVER, days_kept, hours_between, plans_of, rules_of
from ..backup_selection import covers_plan, selections
from ..common import listed, verdict, workload

_GUIDE = "https://docs.aws.amazon.com/aws-backup/latest/devguide"
_DAY, _WEEK = 24, 168  # hours
_RUN = "Run the backup role: it makes a plan with a daily and a weekly rule that selects by the workload's tags."


@check(
    id="backup_plan_exists",
    pillar="reliability",
    best_practice="REL09-BP03",
    severity="high",
    resource_type="AwsBackupPlan",
    title="A backup plan exists for the workload",
    needs=("backup.plans", "rds.db_clusters"),
    role="backup",
    item="REL-1",
    cost="raises",
    recommendation=_RUN,
    source=f"{_GUIDE}/about-backup-plans.html",
)
def backup_plan_exists(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A plan that is named like the workload or covers its database."""
    found = _plans(stack)
    for plan in found:
        yield passed(plan["BackupPlanArn"], f"BackupPlanName is {plan.get('BackupPlanName')}")
    if not found:
        count = len(stack.items("backup.plans"))
        yield failed(workload(stack), f"none of {count} backup plans is named like the workload or covers its database")


@check(
    id="backup_plan_has_selection",
    pillar="reliability",
    best_practice="REL09-BP03",
    severity="high",
    resource_type="AwsBackupPlan",
    title="The backup plan selects something",
    needs=("backup.plans", "rds.db_clusters"),
    role="backup",
    item="REL-1",
    cost="raises",
    recommendation=_RUN,
    source=f"{_GUIDE}/assigning-resources.html",
)
def backup_plan_has_selection(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Selections of each plan of the workload."""

    def judge(plan: Item) -> Result:
        names = [one.get("SelectionName") for one in selections(plan)]
        return verdict(bool(names), plan["BackupPlanArn"], f"selections: {listed(names)}")

    yield from each(_plans(stack), "BackupPlanArn", judge)


@check(
    id="aurora_in_backup_plan",
    pillar="reliability",
    best_practice="REL09-BP03",
    severity="high",
    resource_type="AwsRdsDbCluster",
    title="A backup plan covers Aurora",
    needs=("rds.db_clusters", "backup.plans"),
    role="backup",
    item="REL-1",
    cost="raises",
    recommendation=_RUN,
    source=f"{_GUIDE}/assigning-resources.html",
)
def aurora_in_backup_plan(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A selection covers the cluster by its ARN or its tags."""
    for cluster in stack.items("rds.db_clusters"):
        arn, tags = cluster["DBClusterArn"], cluster.get("Tags") or {}
        names = [one.get("BackupPlanName") for one in stack.items("backup.plans") if covers_plan(one, arn, tags)]
        yield verdict(bool(names), arn, f"plans with a selection that covers it: {listed(names)}")


@check(
    id="backup_plan_frequency_retention",
    pillar="reliability",
    best_practice="REL09-BP03",
    severity="medium",
    resource_type="AwsBackupPlan",
    title="Backups are made daily and weekly and kept long enough",
    needs=("backup.plans", "rds.db_clusters"),
    role="backup",
    item="REL-1",
    cost="raises",
    recommendation=_RUN,
    source=f"{_GUIDE}/API_BackupRule.html",
)
def backup_plan_frequency_retention(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The rules of the workload's plans together; a daily rule that keeps as long as the weekly one does for both."""
    rules = [
        (hours_between(rule.get("ScheduleExpression")), days_kept(rule.get("Lifecycle")))
        for plan in _plans(stack)
        for rule in rules_of(plan)
    ]
    if not _plans(stack):
        return
    daily = max((days for hours, days in rules if hours <= _DAY), default=0)
    weekly = max((days for hours, days in rules if hours <= _WEEK), default=0)
    wanted = parameters.backup_retention_days, parameters.weekly_backup_retention_days
    evidence = (
        f"DeleteAfterDays is {_days(daily)} for what runs daily (wanted {wanted[0]}),"
        f" {_days(weekly)} for what runs weekly (wanted {wanted[1]})"
    )
    yield verdict(daily >= wanted[0] and weekly >= wanted[1], workload(stack), evidence)


@check(
    id="backup_cross_region_copy",
    pillar="reliability",
    best_practice="REL13-BP02",
    severity="high",
    resource_type="AwsBackupPlan",
    title="Backups are copied to another region",
    needs=("backup.plans", "rds.db_clusters"),
    role="backup",
    item="REL-3",
    cost="raises",
    recommendation="Set stack_dr_region and run the backup role: its rules copy to a vault there.",
    source=f"{_GUIDE}/cross-region-backup.html",
)
def backup_cross_region_copy(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A rule of one of the workload's plans has a CopyAction to a vault in another region."""
    plans = _plans(stack)
    if not parameters.cross_region:
        yield not_applicable("the parameter cross_region is false")
        return
    vaults = sorted({arn for plan in plans for rule in rules_of(plan) for arn in _copies(rule)})
    away = [arn for arn in vaults if arn.split(":")[3] != stack.region]
    if plans:
        yield verdict(bool(away), workload(stack), f"DestinationBackupVaultArn in another region: {listed(away)}")


@check(
    id="backup_restore_tested",
    pillar="reliability",
    best_practice="REL09-BP04",
    severity="medium",
    resource_type="AwsBackupRestore",
    title="A restore was tried lately",
    needs=("backup.restore_jobs", "backup.restore_testing_plans", "rds.db_clusters"),
    role="backup",
    item="REL-7",
    cost="raises",
    recommendation="Run playbooks/dr_drill.yml, or let the backup role make a restore testing plan.",
    source=f"{_GUIDE}/restore-testing.html",
)
def backup_restore_tested(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A completed restore of the workload's database, or a run of its restore testing plan, in dr_test_days."""
    days = parameters.dr_test_days
    arns = {one["DBClusterArn"] for one in stack.items("rds.db_clusters")}
    restores = [
        (one["CompletionDate"][:10], f"the restore job {one['RestoreJobId']}")
        for one in stack.items("backup.restore_jobs")
        if one.get("Status") == "COMPLETED" and one.get("CompletionDate") and one.get("SourceResourceArn") in arns
    ]
    tests = [
        (one["LastExecutionTime"][:10], f"the restore testing plan {one['RestoreTestingPlanName']}")
        for one in stack.items("backup.restore_testing_plans")
        if one.get("LastExecutionTime") and _is_named(one["RestoreTestingPlanName"], workload(stack))
    ]
    if not restores + tests:
        yield failed(workload(stack), "no restore of the workload's database is known")
        return
    last, what = max(restores + tests)
    age = (stack.today - date.fromisoformat(last)).days
    yield verdict(age <= days, workload(stack), f"the last was {what} of {last}, {age} days ago (wanted {days})")


def _plans(stack: Stack) -> list[Item]:
    return plans_of(workload(stack), stack.items("backup.plans"), stack.items("rds.db_clusters"))


def _copies(rule: Item) -> list[str]:
    return [one["DestinationBackupVaultArn"] for one in rule.get("CopyActions") or ()]


def _days(days: int) -> str:
    return "without end" if days == FOREVER else str(days)


def _is_named(name: str, prefix: str) -> bool:
    """Names of restore testing plans have underscores where others have hyphens."""
    name, prefix = name.replace("-", "_"), prefix.replace("-", "_")
    return name == prefix or name.startswith(f"{prefix}_")
