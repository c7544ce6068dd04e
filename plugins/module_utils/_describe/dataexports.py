# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Billing and Cost Management Data Exports, which a partition has once:
https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/"""

from __future__ import annotations

from .._engine.aws import Aws
from .partitions import at_home
from .reading import Item


def exports(aws: Aws) -> list[Item]:
    """Exports: ExportArn, ExportName, ExportStatus."""
    return at_home(aws).pages("bcm-data-exports", "list_exports", "Exports")
