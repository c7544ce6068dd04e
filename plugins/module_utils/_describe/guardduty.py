# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""GuardDuty: https://docs.aws.amazon.com/guardduty/latest/APIReference/"""

from __future__ import annotations

from .._engine.aws import Aws
from .reading import Item

FINDINGS = 50  # what GetFindings takes
_KEPT = ("Arn", "Id", "Type", "Severity", "Title", "CreatedAt", "UpdatedAt", "Resource")


def detectors(aws: Aws) -> list[Item]:
    """The region's detector, at most one: DetectorId, Status, Features."""
    ids = aws.pages("guardduty", "list_detectors", "DetectorIds")
    return aws.map(lambda one: {"DetectorId": one, **aws.call("guardduty", "get_detector", DetectorId=one)}, ids)


def high_findings(aws: Aws, *, detector: str) -> list[Item]:
    """The newest fifty unarchived findings of severity 7 (high) or more: Arn, Type, Severity, Title, Resource."""
    criteria = {"Criterion": {"severity": {"GreaterThanOrEqual": 7}, "service.archived": {"Equals": ["false"]}}}
    order = {"AttributeName": "updatedAt", "OrderBy": "DESC"}
    ids = aws.call(
        "guardduty",
        "list_findings",
        DetectorId=detector,
        FindingCriteria=criteria,
        SortCriteria=order,
        MaxResults=FINDINGS,
    )["FindingIds"]
    if not ids:
        return []
    found = aws.call("guardduty", "get_findings", DetectorId=detector, FindingIds=ids)["Findings"]
    return [{key: one[key] for key in _KEPT if key in one} for one in found]
