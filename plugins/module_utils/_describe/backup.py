# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""AWS Backup: https://docs.aws.amazon.com/aws-backup/latest/devguide/api-reference.html"""

from __future__ import annotations

from datetime import datetime

from .._engine.aws import Aws
from .reading import Item, further


def plans(aws: Aws) -> list[Item]:
    """Backup plans with BackupPlan (the document with Rules) and Selections (each a BackupSelection document)."""
    found = aws.pages("backup", "list_backup_plans", "BackupPlansList")

    def add(plan: Item) -> None:
        named = {"BackupPlanId": plan["BackupPlanId"]}
        document = further(aws, plan, "backup", "get_backup_plan", **named)
        plan["BackupPlan"] = document["BackupPlan"] if document else None
        listed = further(aws, plan, "backup", "list_backup_selections", **named)
        if listed is None:
            plan["Selections"] = None
            return
        plan["Selections"] = []
        for selection in listed.get("BackupSelectionsList", []):
            answer = further(aws, plan, "backup", "get_backup_selection", **named, SelectionId=selection["SelectionId"])
            if answer:
                plan["Selections"].append(answer["BackupSelection"])

    aws.map(add, found)
    return found


def vaults(aws: Aws) -> list[Item]:
    """Backup vaults: BackupVaultName, BackupVaultArn, EncryptionKeyArn, NumberOfRecoveryPoints, Locked."""
    return aws.pages("backup", "list_backup_vaults", "BackupVaultList")


def recovery_points(aws: Aws, *, vault: str, resource: str) -> list[Item]:
    """Recovery points of one resource (ARN) in a vault, with IsEncrypted, EncryptionKeyArn and Region."""
    wanted = {"BackupVaultName": vault, "ByResourceArn": resource}
    found = aws.pages("backup", "list_recovery_points_by_backup_vault", "RecoveryPoints", **wanted)
    return [{**one, "Region": aws.region} for one in found]


def jobs(aws: Aws, *, since: datetime) -> list[Item]:
    """Backup jobs created since then: ResourceArn, State, CreationDate, CompletionDate, StatusMessage."""
    return aws.pages("backup", "list_backup_jobs", "BackupJobs", ByCreatedAfter=since)


def protected_resources(aws: Aws) -> list[Item]:
    """Resources that AWS Backup has backed up: ResourceArn, ResourceType, LastBackupTime."""
    return aws.pages("backup", "list_protected_resources", "Results")


def restore_jobs(aws: Aws) -> list[Item]:
    """Restore jobs with Status and CompletionDate."""
    return aws.pages("backup", "list_restore_jobs", "RestoreJobs")


def restore_testing_plans(aws: Aws) -> list[Item]:
    """Restore testing plans with LastExecutionTime."""
    return aws.pages("backup", "list_restore_testing_plans", "RestoreTestingPlans")
