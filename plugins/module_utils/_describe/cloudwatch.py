# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudWatch: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from .._engine.aws import Aws
from .._engine.tags import to_dict
from .reading import Item

DAYS = 14
PERIOD = 3600  # seconds; 336 points a query
QUERIES = 500  # what GetMetricData takes
NAMES = 100  # what DescribeAlarms takes


def alarms(aws: Aws) -> list[Item]:
    """Metric and composite alarms; composite ones have an AlarmRule."""
    paginator = aws.pages("cloudwatch", "describe_alarms", "MetricAlarms", AlarmTypes=["MetricAlarm"])
    return paginator + aws.pages("cloudwatch", "describe_alarms", "CompositeAlarms", AlarmTypes=["CompositeAlarm"])


def metric_alarms(aws: Aws, *, names: Sequence[str]) -> list[Item]:
    """Metric alarms of the names, with Tags."""
    batches = [names[start : start + NAMES] for start in range(0, len(names), NAMES)]
    answers = aws.map(
        lambda batch: aws.pages(
            "cloudwatch", "describe_alarms", "MetricAlarms", AlarmNames=batch, AlarmTypes=["MetricAlarm"]
        ),
        batches,
    )

    def tagged(alarm: Item) -> Item:
        answer = aws.call("cloudwatch", "list_tags_for_resource", ResourceARN=alarm["AlarmArn"])
        return {**alarm, "Tags": to_dict(answer.get("Tags"))}

    return aws.map(tagged, [alarm for answer in answers for alarm in answer])


def dashboard_names(aws: Aws) -> list[Item]:
    """Every dashboard: DashboardName only."""
    return aws.pages("cloudwatch", "list_dashboards", "DashboardEntries")


def dashboards(aws: Aws, *, names: Collection[str]) -> list[Item]:
    """Dashboards with Body, the document of widgets."""

    def one(name: str) -> Item:
        answer = aws.call("cloudwatch", "get_dashboard", DashboardName=name)
        return {"DashboardName": name, "Body": json.loads(answer["DashboardBody"])}

    return aws.map(one, sorted(names))


def metrics(aws: Aws, *, namespace: str) -> list[Item]:
    """Metrics of a namespace."""
    return aws.pages("cloudwatch", "list_metrics", "Metrics", Namespace=namespace)


def statistics(aws: Aws, queries: Sequence[Item], *, end: datetime) -> list[Item]:
    """Average and Maximum of the last 14 days for each query, up to 250 in one GetMetricData.

    queries: {Namespace, MetricName, Dimensions: {name: value}}. Each comes back with Average (of the hours'
    averages), Maximum (of the hours' maxima) and Points; None and 0 where there is no data.
    """
    wanted = [
        {
            "Id": f"q{number}{statistic[0].lower()}",
            "MetricStat": {
                "Metric": {
                    "Namespace": query["Namespace"],
                    "MetricName": query["MetricName"],
                    "Dimensions": [{"Name": name, "Value": value} for name, value in query["Dimensions"].items()],
                },
                "Period": PERIOD,
                "Stat": statistic,
            },
        }
        for number, query in enumerate(queries)
        for statistic in ("Average", "Maximum")
    ]
    period = {"StartTime": end - timedelta(days=DAYS), "EndTime": end}
    batches = [wanted[start : start + QUERIES] for start in range(0, len(wanted), QUERIES)]
    answers = aws.map(
        lambda batch: aws.pages(
            "cloudwatch", "get_metric_data", "MetricDataResults", MetricDataQueries=batch, **period
        ),
        batches,
    )
    values: dict[str, list[float]] = {}
    for result in (result for answer in answers for result in answer):
        values.setdefault(result["Id"], []).extend(result.get("Values", []))
    return [
        {
            **query,
            "Average": _mean(values.get(f"q{number}a", [])),
            "Maximum": max(values.get(f"q{number}m", []), default=None),
            "Points": len(values.get(f"q{number}m", [])),
        }
        for number, query in enumerate(queries)
    ]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
