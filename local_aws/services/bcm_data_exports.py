# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Data Exports."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from local_aws.service import Service

aws = Service("bcm-data-exports")


@aws.adds
def create_export(call: Any, *, export: dict[str, Any], resource_tags: Any = None) -> dict[str, Any]:
    arn = f"arn:aws:bcm-data-exports:us-east-1:{call.account}:export/{export['Name']}-{call.request_id}"
    now = datetime.now(UTC)
    call.state("exports")[arn] = {
        "ExportArn": arn,
        "ExportName": export["Name"],
        "ExportStatus": {"StatusCode": "HEALTHY", "CreatedAt": now, "LastUpdatedAt": now},
    }
    return {"ExportArn": arn}


@aws.adds
def list_exports(call: Any, *, max_results: int = 100, next_token: str = "") -> dict[str, Any]:
    return {"Exports": list(call.state("exports").values())}
