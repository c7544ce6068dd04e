# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""AWS Backup: selections, restore testing plans, and the lists of what has been restored and protected."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("backup")


def _plan(call: Any, plan_id: str) -> Any:
    plan = call.backend().plans.get(plan_id)
    if plan is None:
        raise Refusal("ResourceNotFoundException", f"Backup plan {plan_id} does not exist", 400)
    return plan


def _selections(call: Any, plan_id: str) -> dict[str, dict[str, Any]]:
    _plan(call, plan_id)
    selections: dict[str, dict[str, Any]] = call.state("selections").setdefault(plan_id, {})
    return selections


@aws.adds
def create_backup_selection(
    call: Any, *, backup_plan_id: str, backup_selection: dict[str, Any], creator_request_id: str = ""
) -> dict[str, Any]:
    selections = _selections(call, backup_plan_id)
    name = backup_selection["SelectionName"]
    if any(one["BackupSelection"]["SelectionName"] == name for one in selections.values()):
        raise Refusal("AlreadyExistsException", f"Backup selection with name {name} already exists", 400)
    made: dict[str, Any] = {
        "BackupPlanId": backup_plan_id,
        "SelectionId": str(uuid.uuid4()),
        "CreationDate": datetime.now(UTC),
    }
    selections[made["SelectionId"]] = {**made, "BackupSelection": backup_selection}
    return made


@aws.adds
def get_backup_selection(call: Any, *, backup_plan_id: str, selection_id: str) -> dict[str, Any]:
    found = _selections(call, backup_plan_id).get(selection_id)
    if found is None:
        raise Refusal("ResourceNotFoundException", f"Backup selection {selection_id} does not exist", 400)
    return found


@aws.adds
def list_backup_selections(
    call: Any, *, backup_plan_id: str, max_results: int = 1000, next_token: str = ""
) -> dict[str, Any]:
    return {
        "BackupSelectionsList": [
            {
                **{key: value for key, value in one.items() if key != "BackupSelection"},
                "SelectionName": one["BackupSelection"]["SelectionName"],
                "IamRoleArn": one["BackupSelection"]["IamRoleArn"],
            }
            for one in _selections(call, backup_plan_id).values()
        ]
    }


@aws.adds
def delete_backup_selection(call: Any, *, backup_plan_id: str, selection_id: str) -> dict[str, Any]:
    if _selections(call, backup_plan_id).pop(selection_id, None) is None:
        raise Refusal("ResourceNotFoundException", f"Backup selection {selection_id} does not exist", 400)
    return {}


@aws.adds
def create_restore_testing_plan(
    call: Any, *, restore_testing_plan: dict[str, Any], creator_request_id: str = "", tags: Any = None
) -> dict[str, Any]:
    name = restore_testing_plan["RestoreTestingPlanName"]
    plans = call.state("restore_testing_plans")
    if name in plans:
        raise Refusal("AlreadyExistsException", f"Restore testing plan {name} already exists", 400)
    made = {
        "RestoreTestingPlanName": name,
        "RestoreTestingPlanArn": (
            f"arn:{call.partition}:backup:{call.region}:{call.account}:restore-testing-plan:{name}"
        ),
        "CreationTime": datetime.now(UTC),
    }
    plans[name] = {**restore_testing_plan, **made}
    return made


@aws.adds
def get_restore_testing_plan(call: Any, *, restore_testing_plan_name: str) -> dict[str, Any]:
    found = call.state("restore_testing_plans").get(restore_testing_plan_name)
    if found is None:
        raise Refusal("ResourceNotFoundException", f"Restore testing plan {restore_testing_plan_name} not found", 400)
    return {"RestoreTestingPlan": found}


@aws.adds
def list_restore_testing_plans(call: Any, *, max_results: int = 1000, next_token: str = "") -> dict[str, Any]:
    listed = (
        *("CreationTime", "LastExecutionTime", "RestoreTestingPlanArn"),
        *("RestoreTestingPlanName", "ScheduleExpression"),
    )
    plans = call.state("restore_testing_plans").values()
    return {"RestoreTestingPlans": [{key: plan[key] for key in listed if key in plan} for plan in plans]}


@aws.adds
def list_restore_jobs(
    call: Any, *, by_status: str = "", max_results: int = 1000, next_token: str = ""
) -> dict[str, Any]:
    """Jobs come with StartRestoreJob, which is not emulated yet."""
    jobs = call.state("restore_jobs").values()
    return {"RestoreJobs": [job for job in jobs if by_status in ("", job["Status"])]}


@aws.adds
def list_protected_resources(call: Any, *, max_results: int = 1000, next_token: str = "") -> dict[str, Any]:
    """Resources with a recovery point; recovery points come with StartBackupJob, which is not emulated yet."""
    return {"Results": list(call.state("protected_resources").values())}


@aws.adds
def list_backup_jobs(
    call: Any, *, by_created_after: datetime | None = None, max_results: int = 1000, next_token: str = ""
) -> dict[str, Any]:
    """Jobs come with StartBackupJob, which is not emulated yet."""
    jobs = call.state("backup_jobs").values()
    return {"BackupJobs": [job for job in jobs if by_created_after is None or job["CreationDate"] >= by_created_after]}
