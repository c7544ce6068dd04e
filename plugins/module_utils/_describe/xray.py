# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""X-Ray: https://docs.aws.amazon.com/xray/latest/api/"""

from __future__ import annotations

from datetime import datetime, timedelta

from .._engine.aws import Aws
from .reading import Item


def service_graph(aws: Aws, *, end: datetime) -> list[Item]:
    """Services that traces of the last six hours (the API's most) went through: Name, Type, Edges."""
    period = {"StartTime": end - timedelta(hours=6), "EndTime": end}
    return aws.pages("xray", "get_service_graph", "Services", **period)
