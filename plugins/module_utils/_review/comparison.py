# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What has changed since an earlier JSON report: closed and new findings, cost before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """{reviewed_on, closed, new: [{check_id, resource, severity, title, status}], cost_before_usd, cost_after_usd}.

    before and after are reports. closed: what failed and passes, does not apply, or is gone; what is UNKNOWN or
    WAIVED now is not closed.
    """
    failed_before, failed_after = _by_status(before, {"FAIL"}), _by_status(after, {"FAIL"})
    open_after = _by_status(after, {"FAIL", "UNKNOWN", "WAIVED", "MANUAL"})
    blind = {check for check, _resource in _by_status(after, {"UNKNOWN"})} | set(after["not_run"])
    return {
        "reviewed_on": before["reviewed_on"],
        "closed": [
            _short(finding) for key, finding in failed_before.items() if key not in open_after and key[0] not in blind
        ],
        "new": [_short(finding) for key, finding in failed_after.items() if key not in failed_before],
        "cost_before_usd": before["cost"]["total_usd"],
        "cost_after_usd": after["cost"]["total_usd"],
        "cost_change_usd": round(after["cost"]["total_usd"] - before["cost"]["total_usd"], 2),
    }


def _by_status(report: Mapping[str, Any], statuses: set[str]) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {(one["check_id"], one["resource"]): one for one in report["findings"] if one["status"] in statuses}


def _short(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {key: finding[key] for key in ("check_id", "resource", "severity", "title")}
