# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""X-Ray's graph: the services that have sent segments.

https://docs.aws.amazon.com/xray/latest/api/API_GetServiceGraph.html
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("xray")
_LONGEST_SECONDS = 6 * 3600


@aws.adds
def get_service_graph(call: Any, *, start_time: datetime, end_time: datetime) -> dict[str, Any]:
    """One node for each name of a segment within the period, in the order of the first; without edges."""
    if (end_time - start_time).total_seconds() > _LONGEST_SECONDS:
        raise Refusal("InvalidRequestException", "Time range cannot be longer than 6 hours.", 400)
    names: dict[str, datetime] = {}
    for trace in call.backend()._segment_collection._traces.values():
        for segment in trace["segments"]:
            began = datetime.fromtimestamp(segment.start_time, UTC).replace(tzinfo=None)
            if start_time <= began <= end_time:
                names.setdefault(segment.name, began)
    services = [
        {"ReferenceId": number, "Name": name, "Names": [name], "StartTime": began, "EndTime": end_time, "Edges": []}
        for number, (name, began) in enumerate(names.items())
    ]
    return {"StartTime": start_time, "EndTime": end_time, "Services": services, "ContainsOldGroupVersions": False}
