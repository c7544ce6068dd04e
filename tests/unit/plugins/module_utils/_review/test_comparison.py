# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.comparison import compare


def report(day, cost, *findings, not_run=()):
    rows = [
        {"check_id": check, "resource": resource, "status": status, "severity": "high", "title": check}
        for check, resource, status in findings
    ]
    return {"reviewed_on": day, "cost": {"total_usd": cost}, "findings": rows, "not_run": list(not_run)}


def test_closed_new_and_cost():
    before = report("2026-02-18", 876.0, ("a", "x", "FAIL"), ("a", "y", "FAIL"), ("b", "", "PASS"))
    after = report("2026-03-18", 500.5, ("a", "x", "PASS"), ("a", "y", "FAIL"), ("b", "z", "FAIL"))
    since = compare(before, after)
    assert since["reviewed_on"] == "2026-02-18"
    assert [(one["check_id"], one["resource"]) for one in since["closed"]] == [("a", "x")]
    assert [(one["check_id"], one["resource"]) for one in since["new"]] == [("b", "z")]
    assert (since["cost_before_usd"], since["cost_after_usd"], since["cost_change_usd"]) == (876.0, 500.5, -375.5)


def test_what_cannot_be_judged_any_more_is_not_closed():
    before = report("2026-02-18", 1.0, ("a", "x", "FAIL"), ("b", "x", "FAIL"), ("c", "x", "FAIL"), ("d", "x", "FAIL"))
    after = report("2026-03-18", 1.0, ("a", "", "UNKNOWN"), ("b", "x", "WAIVED"), not_run=["c"])
    assert [one["check_id"] for one in compare(before, after)["closed"]] == ["d"]
