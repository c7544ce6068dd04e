# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Billing and Cost Management Data Exports, in us-east-1:
https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/"""

from __future__ import annotations

from .._engine.aws import Aws
from .reading import Item


def exports(aws: Aws) -> list[Item]:
    """Exports: ExportArn, ExportName, ExportStatus."""
    return aws.in_region("us-east-1").pages("bcm-data-exports", "list_exports", "Exports")
