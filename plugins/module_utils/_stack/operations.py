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
    sns,
    ssm,
    xray,
)
from .._describe.partitions import at_home, home_region
from .membership import values
from .source import Collector, Item, Source
from .tagging import owned_arns

# Metrics of which the last 14 days are read: collector, namespace, dimension, key of its value, metrics.
_METRICS = (
    (
        "rds.db_instances",
        "AWS/RDS",
        "DBInstanceIdentifier",
        "DBInstanceIdentifier",
        ("CPUUtilization", "FreeableMemory", "DatabaseConnections"),
    ),
    ("ec2.nat_gateways", "AWS/NATGateway", "NatGatewayId", "NatGatewayId", ("BytesOutToDestination",)),
    (
        "elasticache.cache_clusters",
        "AWS/ElastiCache",
        "CacheClusterId",
        "CacheClusterId",
        ("CPUUtilization", "DatabaseMemoryUsagePercentage"),
    ),
)
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
    """14 days of the metrics that sizing needs, in as few calls as possible."""
    queries: list[Item] = [
        {"Namespace": namespace, "MetricName": metric, "Dimensions": {dimension: name}}
        for collector, namespace, dimension, key, metrics in _METRICS
        for name in values(source.items(collector), key)
        for metric in metrics
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


def _alarms(source: Source) -> Iterable[Item]:
    """Alarms of the stack's region, and of the one that has those of CloudFront and of billing."""
    regions = sorted({source.aws.region, home_region(source.aws)})
    answers = source.aws.map(lambda region: cloudwatch.alarms(source.aws.in_region(region)), regions)
    return [alarm for answer in answers for alarm in answer]


def _topics(source: Source) -> Iterable[Item]:
    """Topics that alarms and database events of the workload notify, with Subscriptions."""
    alarms = [one for one in source.items("cloudwatch.alarms") if source.workload.owns(one, one["AlarmName"])]
    arns = {arn for key in ("AlarmActions", "OKActions") for arn in values(alarms, key)}
    arns |= set(values(source.items("rds.event_subscriptions"), "SnsTopicArn"))
    by_region: dict[str, set[str]] = {}
    for arn in arns:
        if arn.split(":")[2] == "sns":
            by_region.setdefault(arn.split(":")[3], set()).add(arn)
    answers = source.aws.map(
        lambda pair: sns.topics(source.aws.in_region(pair[0]), arns=pair[1], subscriptions=True), by_region.items()
    )
    return [topic for answer in answers for topic in answer]


def _rules(source: Source) -> Iterable[Item]:
    """Rules with Targets; those that AWS's own services manage without."""
    found = [{**one, "Targets": []} for one in events.rules(source.aws)]
    own = [one for one in found if not one.get("ManagedBy")]
    for rule, targets in zip(own, source.aws.map(lambda one: events.targets(source.aws, one), own), strict=True):
        rule["Targets"] = targets
    return found


def _metric_filters(source: Source) -> Iterable[Item]:
    """Metric filters on the log groups of the account's trails in this region."""
    arns = values(source.items("cloudtrail.trails"), "CloudWatchLogsLogGroupArn")
    groups = [arn.split(":")[6] for arn in arns if arn.split(":")[3:5] == [source.aws.region, source.aws.account_id]]
    answers = source.aws.map(lambda group: logs.metric_filters(source.aws, group=group), groups)
    return [one for answer in answers for one in answer]


def _deliveries(source: Source) -> Iterable[Item]:
    """Those of the region, and CloudFront's, which are at home."""
    places = {one.region: one for one in (source.aws, at_home(source.aws))}
    return [one for found in source.aws.map(logs.deliveries, places.values()) for one in found]


def _log_groups(source: Source) -> Iterable[Item]:
    """Log groups that are named like the workload or tagged so, with logGroupArn."""
    owned = owned_arns(source)
    found = [{"logGroupArn": one["arn"].removesuffix(":*"), **one} for one in logs.log_groups(source.aws)]
    return [one for one in found if one["logGroupArn"] in owned or source.workload.owns(one, one["logGroupName"])]


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
    "cloudwatch.alarms": Collector("observability", _alarms, workload=False),
    "cloudwatch.dashboards": Collector("observability", _dashboards),
    "cloudwatch.custom_metrics": Collector("observability", _custom_metrics),
    "cloudwatch.statistics": Collector("observability", _statistics),
    "events.rules": Collector("observability", _rules, workload=False),
    "sns.topics": Collector("observability", _topics),
    "logs.metric_filters": Collector("observability", _metric_filters, workload=False),
    "logs.deliveries": Collector("observability", _deliveries, workload=False),
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
