# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reserved instances: none can be bought here."""

from __future__ import annotations

from typing import Any

from local_aws.services.rds import aws


@aws.adds
def describe_reserved_db_instances(call: Any, *, max_records: int = 100, marker: str = "") -> dict[str, Any]:
    return {"ReservedDBInstances": list(call.state("reserved_instances").values())}
