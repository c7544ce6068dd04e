# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Fourteen days of what AWS's services would have measured of this stack: it has little to do.

AWS itself refuses data in its own namespaces; an emulator takes them.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from typing import Any

from local_aws.stacks.as_reviewed.building import Building

DAYS = 14
GIB = 1024**3
BATCH = 1000  # the most that PutMetricData takes


def build(stack: Building) -> None:
    hour = datetime.datetime.now(datetime.UTC).replace(minute=0, second=0, microsecond=0)
    hours = [hour - datetime.timedelta(hours=back) for back in range(DAYS * 24 - 1, -1, -1)]
    for namespace, series in _namespaces(stack).items():
        data = [point for one in series for point in _points(hours, *one)]
        for start in range(0, len(data), BATCH):
            stack.aws.cloudwatch.put_metric_data(Namespace=namespace, MetricData=data[start : start + BATCH])


Series = tuple[str, dict[str, str], str, float, float]


def _namespaces(stack: Building) -> dict[str, list[Series]]:
    """Each series: metric, dimensions, unit, value at night and at the busiest hour."""
    ids = stack.ids
    service = {"ClusterName": ids["ecs_cluster"], "ServiceName": ids["ecs_service"]}
    writer, reader = ({"DBInstanceIdentifier": name} for name in ids["db_instances"])
    cluster = {"DBClusterIdentifier": ids["cluster"]}
    balancer = {"LoadBalancer": ids["load_balancer"].split("loadbalancer/", 1)[1]}
    group = {**balancer, "TargetGroup": ids["target_group"].rsplit(":", 1)[1]}
    return {
        # 2 vCPU and 4096 MB for each task, of which its container may use 256.
        "AWS/ECS": [
            ("CPUUtilization", service, "Percent", 3, 9),
            ("MemoryUtilization", service, "Percent", 4, 5),
        ],
        # 16 GiB and 2 vCPU for each instance. The application reads from the writer, too.
        "AWS/RDS": [
            ("CPUUtilization", writer, "Percent", 4, 11),
            ("CPUUtilization", reader, "Percent", 2, 4),
            ("CPUUtilization", cluster, "Percent", 4, 11),
            ("FreeableMemory", writer, "Bytes", 13.6 * GIB, 13.3 * GIB),
            ("FreeableMemory", reader, "Bytes", 14.2 * GIB, 14.1 * GIB),
            ("DatabaseConnections", writer, "Count", 8, 16),
            ("DatabaseConnections", reader, "Count", 0, 0),
        ],
        "AWS/ApplicationELB": [
            ("RequestCount", balancer, "Count", 400, 9000),
            ("HealthyHostCount", group, "Count", 4, 4),
        ],
        "AWS/NATGateway": [
            ("BytesOutToDestination", {"NatGatewayId": nat}, "Bytes", 2e6, 4e7) for nat in ids["nat_gateways"]
        ],
    }


def _points(
    hours: list[datetime.datetime], metric: str, dimensions: dict[str, str], unit: str, least: float, most: float
) -> Iterator[dict[str, Any]]:
    named = [{"Name": name, "Value": value} for name, value in dimensions.items()]
    for hour in hours:
        busy = (1 - math.cos(2 * math.pi * (hour.hour - 2) / 24)) / 2  # 0 at 02:00, 1 at 14:00
        if hour.weekday() >= 5:
            busy *= 0.6
        value = round(least + (most - least) * busy, 3)
        yield {"MetricName": metric, "Dimensions": named, "Timestamp": hour, "Value": value, "Unit": unit}
