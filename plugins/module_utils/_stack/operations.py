# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Collectors of operation and cost: alarms, logs, traces, parameters, budgets."""

from __future__ import annotations

from collections.abc import Iterable

from .._describe import (
    applicationsignals,
    budgets,
    cloudwatch,
    costexplorer,
    dataexports,
    events,
    fis,
    logs,
    ssm,
    xray,
)
from .membership import values
from .source import Collector, Item, Source

# RDS and ECS metrics of which the last 14 days are read.
_INSTANCE_METRICS = ("CPUUtilization", "FreeableMemory", "DatabaseConnections")
_SERVICE_METRICS = ("CPUUtilization", "MemoryUtilization")


def _dashboards(source: Source) -> Iterable[Item]:
    names = [
        one["DashboardName"]
        for one in cloudwatch.dashboard_names(source.aws)
        if source.workload.owns({}, one["DashboardName"])
    ]
    return cloudwatch.dashboards(source.aws, names=names)


def _custom_metrics(source: Source) -> Iterable[Item]:
    """Metrics in namespaces of the workload's own name."""
    workload = source.workload
    namespaces = [workload.project, workload.prefix, f"{workload.project}/{workload.environment}"]
    answers = source.aws.map(lambda name: cloudwatch.metrics(source.aws, namespace=name), namespaces)
    return [metric for answer in answers for metric in answer]


def _statistics(source: Source) -> Iterable[Item]:
    """14 days of the metrics that sizing needs, all in one call."""
    queries: list[Item] = [
        {"Namespace": "AWS/RDS", "MetricName": metric, "Dimensions": {"DBInstanceIdentifier": name}}
        for name in values(source.items("rds.db_instances"), "DBInstanceIdentifier")
        for metric in _INSTANCE_METRICS
    ]
    for service in source.items("ecs.services"):
        dimensions = {
            "ClusterName": service["clusterArn"].rsplit("/", 1)[-1],
            "ServiceName": service["serviceName"],
        }
        queries += [
            {"Namespace": "AWS/ECS", "MetricName": metric, "Dimensions": dimensions} for metric in _SERVICE_METRICS
        ]
    return cloudwatch.statistics(source.aws, queries, end=source.now)


def _rules(source: Source) -> Iterable[Item]:
    """Rules with Targets."""
    found = events.rules(source.aws)
    for rule, targets in zip(found, source.aws.map(lambda one: events.targets(source.aws, one), found), strict=True):
        rule["Targets"] = targets
    return found


def _log_groups(source: Source) -> Iterable[Item]:
    return [one for one in logs.log_groups(source.aws) if source.workload.owns(one, one["logGroupName"])]


def _parameters(source: Source) -> Iterable[Item]:
    return ssm.parameters(source.aws, path=f"/{source.workload.project}/{source.workload.environment}/")


def _documents(source: Source) -> Iterable[Item]:
    return [one for one in ssm.documents(source.aws) if source.workload.owns(one, one["Name"])]


def _templates(source: Source) -> Iterable[Item]:
    return [one for one in fis.experiment_templates(source.aws) if source.workload.owns(one, one.get("description"))]


def _experiments(source: Source) -> Iterable[Item]:
    templates = set(values(source.items("fis.experiment_templates"), "id"))
    if not templates:
        return []
    return [one for one in fis.experiments(source.aws) if one.get("experimentTemplateId") in templates]


def _signals(source: Source) -> Iterable[Item]:
    return applicationsignals.services(source.aws, end=source.now)


def _graph(source: Source) -> Iterable[Item]:
    return xray.service_graph(source.aws, end=source.now)


def _savings_plans(source: Source) -> Iterable[Item]:
    return costexplorer.savings_plans_coverage(source.aws, today=source.now.date())


def _reservations(source: Source) -> Iterable[Item]:
    return costexplorer.reservation_coverage(source.aws, today=source.now.date())


COLLECTORS = {
    "cloudwatch.alarms": Collector("observability", lambda source: cloudwatch.alarms(source.aws), workload=False),
    "cloudwatch.dashboards": Collector("observability", _dashboards),
    "cloudwatch.custom_metrics": Collector("observability", _custom_metrics),
    "cloudwatch.statistics": Collector("observability", _statistics),
    "events.rules": Collector("observability", _rules, workload=False),
    "logs.log_groups": Collector("observability", _log_groups),
    "ssm.parameters": Collector("secrets", _parameters),
    "ssm.documents": Collector("observability", _documents),
    "fis.experiment_templates": Collector("observability", _templates),
    "fis.experiments": Collector("observability", _experiments),
    "applicationsignals.services": Collector("observability", _signals, workload=False),
    "xray.service_graph": Collector("observability", _graph, workload=False),
    "budgets.budgets": Collector("governance", lambda source: budgets.budgets(source.aws), workload=False),
    "costexplorer.cost_allocation_tags": Collector(
        "governance", lambda source: costexplorer.cost_allocation_tags(source.aws), workload=False
    ),
    "costexplorer.savings_plans_coverage": Collector("governance", _savings_plans, workload=False),
    "costexplorer.reservation_coverage": Collector("governance", _reservations, workload=False),
    "dataexports.exports": Collector("governance", lambda source: dataexports.exports(source.aws), workload=False),
}
