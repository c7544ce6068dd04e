# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Application Signals: https://docs.aws.amazon.com/applicationsignals/latest/APIReference/"""

from __future__ import annotations

from datetime import datetime, timedelta

from .._engine.aws import Aws
from .reading import Item


def services(aws: Aws, *, end: datetime) -> list[Item]:
    """Services that sent telemetry in the last day: KeyAttributes, MetricReferences."""
    period = {"StartTime": end - timedelta(days=1), "EndTime": end}
    return aws.pages("application-signals", "list_services", "ServiceSummaries", **period)
