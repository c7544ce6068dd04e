# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudWatch's dashboards: there is one, and it shows each tier."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import failed, passed
from ..common import listed, verdict, workload

_GUIDE = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring"
# Tier -> namespaces of which one shows it.
_TIERS = {
    "load balancer": ("AWS/ApplicationELB",),
    "service": ("AWS/ECS", "ECS/ContainerInsights"),
    "database": ("AWS/RDS",),
}


@check(
    id="dashboard_exists",
    pillar="operational_excellence",
    best_practice="OPS08-BP05",
    severity="medium",
    resource_type="AwsCloudWatchDashboard",
    title="A dashboard shows the workload",
    needs=("cloudwatch.dashboards",),
    role="observability",
    item="OPS-2",
    cost="raises",
    recommendation="Run the observability role: it makes a dashboard of health, database, cost, latency and errors.",
    source=f"{_GUIDE}/CloudWatch_Dashboards.html",
)
def dashboard_exists(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A dashboard that is named like the workload."""
    names = [one["DashboardName"] for one in stack.items("cloudwatch.dashboards")]
    for name in names:
        yield passed(_arn(stack, name), f"DashboardName is {name}")
    if not names:
        yield failed(workload(stack), "no dashboard is named like the workload")


@check(
    id="dashboard_covers_tiers",
    pillar="operational_excellence",
    best_practice="OPS08-BP05",
    severity="low",
    resource_type="AwsCloudWatchDashboard",
    title="The dashboards show load balancer, service and database",
    needs=("cloudwatch.dashboards",),
    role="observability",
    item="OPS-2",
    recommendation="Run the observability role: its dashboard has widgets for each tier.",
    source=f"{_GUIDE}/create_dashboard.html",
)
def dashboard_covers_tiers(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The widgets of the workload's dashboards together name a namespace of each tier."""
    found = stack.items("cloudwatch.dashboards")
    if found:
        text = json.dumps([one.get("Body") for one in found])
        missing = [tier for tier, spaces in _TIERS.items() if not any(f'"{space}"' in text for space in spaces)]
        evidence = f"tiers that no widget shows: {listed(missing)}"
        yield verdict(not missing, _arn(stack, found[0]["DashboardName"]), evidence)


def _arn(stack: Stack, name: str) -> str:
    return f"arn:{stack.partition}:cloudwatch::{stack.account_id}:dashboard/{name}"
