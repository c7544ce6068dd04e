# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Application Signals: services are listed once discovery has started and one has sent telemetry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from local_aws.service import Service

aws = Service("application-signals")


@aws.adds
def start_discovery(call: Any) -> dict[str, Any]:
    call.state("discovery")["started"] = True
    return {}


@aws.adds
def list_services(
    call: Any, *, start_time: datetime, end_time: datetime, max_results: int = 50, next_token: str = ""
) -> dict[str, Any]:
    """Telemetry cannot be sent here, so there is no service to list, started or not."""
    return {"StartTime": start_time, "EndTime": end_time, "ServiceSummaries": list(call.state("services").values())}
