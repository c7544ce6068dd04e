# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""GuardDuty: https://docs.aws.amazon.com/guardduty/latest/APIReference/"""

from __future__ import annotations

from .._engine.aws import Aws
from .reading import Item


def detectors(aws: Aws) -> list[Item]:
    """The region's detector, at most one: DetectorId, Status, Features."""
    ids = aws.pages("guardduty", "list_detectors", "DetectorIds")
    return aws.map(lambda one: {"DetectorId": one, **aws.call("guardduty", "get_detector", DetectorId=one)}, ids)
