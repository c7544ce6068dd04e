# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.operational_excellence import (
    dashboards,
)

DASHBOARDS = "cloudwatch.dashboards"


def dashboard(*namespaces):
    widgets = [{"type": "metric", "properties": {"metrics": [[one, "Metric"]]}} for one in namespaces]
    return {"DashboardName": "mywebapp-prod", "Body": {"widgets": widgets}}


@pytest.mark.parametrize(
    ("found", "exists", "covers"),
    [
        ([dashboard("AWS/ApplicationELB", "AWS/ECS", "AWS/RDS")], "PASS", "PASS"),
        ([dashboard("AWS/ApplicationELB", "ECS/ContainerInsights", "AWS/RDS")], "PASS", "PASS"),
        ([dashboard("AWS/ApplicationELB", "AWS/ECS")], "PASS", "FAIL"),
        ([dashboard()], "PASS", "FAIL"),
        ([], "FAIL", "NOT_APPLICABLE"),
    ],
)
def test_dashboards(judge, found, exists, covers):
    assert judge(dashboards.dashboard_exists, {DASHBOARDS: found}) == [exists]
    assert judge(dashboards.dashboard_covers_tiers, {DASHBOARDS: found}) == [covers]


def test_tiers_of_several_dashboards(judge):
    found = [dashboard("AWS/ApplicationELB", "AWS/ECS"), dashboard("AWS/RDS")]
    assert judge(dashboards.dashboard_covers_tiers, {DASHBOARDS: found}) == ["PASS"]


@pytest.mark.parametrize("check", [dashboards.dashboard_exists, dashboards.dashboard_covers_tiers])
def test_denied(judge, check):
    assert judge(check, {}, (DASHBOARDS,)) == ["UNKNOWN"]
