# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta


def test_the_graph_shows_who_has_sent_segments_in_the_period(client, refused):
    xray, now = client("xray"), datetime.now(UTC)
    hours = {"today": 1, "yesterday": 24}
    for number, (name, ago) in enumerate(hours.items()):
        began = time.time() - ago * 3600
        segment = {
            "name": name,
            "id": f"53995c3f42cd8ad{number}",
            "trace_id": f"1-{int(began):x}-a006649127e371903a2de979",
            "start_time": began,
            "end_time": began + 1,
        }
        xray.put_trace_segments(TraceSegmentDocuments=[json.dumps(segment)])
    found = xray.get_service_graph(StartTime=now - timedelta(hours=6), EndTime=now)["Services"]
    assert [one["Name"] for one in found] == ["today"]
    longer = {"StartTime": now - timedelta(hours=7), "EndTime": now}
    assert refused(xray.get_service_graph, **longer) == "InvalidRequestException"
