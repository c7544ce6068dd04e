# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Aurora: what is measured of it, slow queries, its readers, burstable classes."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, failed, not_applicable, passed
from ..common import fact, listed, verdict
from ..sizing import use

_GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide"
_ON = frozenset({"1", "ON", "on"})
# The name under which the role (and most people) put production.
_PRODUCTION = ("prod", "production", "prd", "live")


@check(
    id="aurora_performance_insights",
    pillar="performance_efficiency",
    best_practice="PERF03-BP03",
    severity="medium",
    resource_type="AwsRdsDbInstance",
    title="Performance Insights watches Aurora's queries",
    needs=("rds.db_instances",),
    role="aurora",
    item="PERF-3",
    recommendation="Set aurora_insights_mode; the standard mode keeps seven days and is free.",
    source=f"{_GUIDE}/USER_PerfInsights.html",
)
def aurora_performance_insights(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """PerformanceInsightsEnabled, which the advanced mode of Database Insights needs too."""
    for instance in stack.items("rds.db_instances"):
        enabled = bool(instance.get("PerformanceInsightsEnabled"))
        evidence = f"{fact('PerformanceInsightsEnabled', enabled)}, {_mode(instance)}"
        yield verdict(enabled, instance["DBInstanceArn"], evidence)


@check(
    id="aurora_pi_retention",
    pillar="performance_efficiency",
    best_practice="PERF03-BP03",
    severity="low",
    resource_type="AwsRdsDbInstance",
    title="Performance Insights keeps its data long enough",
    needs=("rds.db_instances",),
    role="aurora",
    item="PERF-3",
    cost="raises",
    recommendation="Set aurora_insights_mode to advanced for 465 days, or aurora_insights_retention_days.",
    source=f"{_GUIDE}/USER_PerfInsights.Overview.cost.html",
)
def aurora_pi_retention(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """PerformanceInsightsRetentionPeriod is at least pi_retention_days."""
    wanted = parameters.pi_retention_days
    for instance in stack.items("rds.db_instances"):
        arn, days = instance["DBInstanceArn"], instance.get("PerformanceInsightsRetentionPeriod") or 0
        if instance.get("PerformanceInsightsEnabled"):
            yield verdict(days >= wanted, arn, f"PerformanceInsightsRetentionPeriod is {days} of {wanted} days")
        else:
            yield not_applicable("PerformanceInsightsEnabled is false", arn)


@check(
    id="aurora_enhanced_monitoring",
    pillar="performance_efficiency",
    best_practice="PERF03-BP03",
    severity="low",
    resource_type="AwsRdsDbInstance",
    title="Enhanced Monitoring shows the operating system",
    needs=("rds.db_instances",),
    role="aurora",
    item="PERF-3",
    cost="raises",
    recommendation="Set aurora_monitoring_interval and aurora_monitoring_role.",
    source=f"{_GUIDE}/USER_Monitoring.OS.html",
)
def aurora_enhanced_monitoring(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """MonitoringInterval is not 0."""
    for instance in stack.items("rds.db_instances"):
        seconds = instance.get("MonitoringInterval") or 0
        yield verdict(seconds > 0, instance["DBInstanceArn"], f"MonitoringInterval is {seconds}")


@check(
    id="aurora_slow_query_log",
    pillar="performance_efficiency",
    best_practice="PERF03-BP04",
    severity="low",
    resource_type="AwsRdsDbClusterParameterGroup",
    title="Slow queries are logged and exported",
    needs=("rds.db_clusters", "rds.db_cluster_parameter_groups"),
    role="aurora",
    item="PERF-3",
    cost="raises",
    recommendation="Keep slow_query_log in aurora_cluster_parameters and slowquery in aurora_log_exports.",
    source=f"{_GUIDE}/AuroraMySQL.Integrating.CloudWatch.html",
)
def aurora_slow_query_log(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """slow_query_log is on and CloudWatch Logs gets the log; log_min_duration_statement with PostgreSQL."""
    groups = {one["DBClusterParameterGroupName"]: one for one in stack.items("rds.db_cluster_parameter_groups")}
    for cluster in stack.items("rds.db_clusters"):
        arn, group = cluster["DBClusterArn"], groups.get(cluster.get("DBClusterParameterGroup", ""), {})
        engine = cluster.get("Engine")
        if engine not in _SLOW:
            yield not_applicable(f"{fact('Engine', engine)}, not Aurora", arn)
            continue
        name, log = _SLOW[engine]
        setting = ((group.get("Parameters") or {}).get(name) or {}).get("ParameterValue")
        exports = cluster.get("EnabledCloudwatchLogsExports") or []
        logged = str(setting) in _ON if name == "slow_query_log" else str(setting or "-1") != "-1"
        evidence = f"{fact(name, setting)}, EnabledCloudwatchLogsExports are {listed(exports)}"
        yield verdict(logged and log in exports, arn, evidence)


@check(
    id="aurora_reader_used",
    pillar="performance_efficiency",
    best_practice="PERF03-BP04",
    severity="low",
    resource_type="AwsRdsDbInstance",
    title="Aurora's readers serve connections",
    needs=("rds.db_clusters", "rds.db_instances", "cloudwatch.statistics"),
    item="PERF-5",
    recommendation="Send read-only queries to the cluster's ReaderEndpoint; the application does that, no role can.",
    source=f"{_GUIDE}/Aurora.Endpoints.Reader.html",
)
def aurora_reader_used(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """DatabaseConnections of the readers in the last 14 days; a cluster of one instance has nothing to read from."""
    arns = {one["DBInstanceIdentifier"]: one["DBInstanceArn"] for one in stack.items("rds.db_instances")}
    for cluster in stack.items("rds.db_clusters"):
        readers = [one for one in cluster.get("DBClusterMembers") or () if not one.get("IsClusterWriter")]
        for name in (one["DBInstanceIdentifier"] for one in readers):
            statistics = stack.items("cloudwatch.statistics")
            peak = use(statistics, "DatabaseConnections", DBInstanceIdentifier=name).peak
            arn = arns.get(name, name)
            if peak is None:
                yield not_applicable("CloudWatch has no DatabaseConnections of the last 14 days", arn)
            else:
                yield verdict(peak > 0, arn, f"DatabaseConnections of the reader peak at {peak:.0f}")


@check(
    id="aurora_not_burstable_in_prod",
    pillar="performance_efficiency",
    best_practice="PERF02-BP02",
    severity="low",
    resource_type="AwsRdsDbInstance",
    title="Production does not run on burstable database classes unwatched",
    needs=("rds.db_instances", "cloudwatch.alarms"),
    role="aurora",
    item="COST-1",
    downtime=True,
    cost="raises",
    recommendation="Take a class of the r family in aurora_instance_class, or keep the cheaper db.t class and watch its"
    " credits with an alarm on CPUCreditBalance: AWS recommends T classes for development and test only.",
    source=f"{_GUIDE}/Concepts.DBInstanceClass.Types.html",
)
def aurora_not_burstable_in_prod(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """No db.t class in production, unless an alarm watches CPUCreditBalance or CPUSurplusCreditsCharged."""
    for instance in stack.items("rds.db_instances"):
        arn, kind = instance["DBInstanceArn"], instance["DBInstanceClass"]
        if not kind.startswith("db.t"):
            yield passed(arn, f"DBInstanceClass is {kind}")
        elif stack.environment.lower() not in _PRODUCTION:
            yield not_applicable(f"DBInstanceClass is {kind} in the environment {stack.environment}", arn)
        else:
            names = [one["AlarmName"] for one in stack.items("cloudwatch.alarms") if _watches(one, instance)]
            evidence = f"DBInstanceClass is {kind}, alarms on its CPU credits: {listed(names)}"
            yield passed(arn, evidence) if names else failed(arn, evidence)


# Engine -> (parameter that logs slow queries, log to export).
_SLOW = {
    "aurora-mysql": ("slow_query_log", "slowquery"),
    "aurora-postgresql": ("log_min_duration_statement", "postgresql"),
}


def _mode(instance: Item) -> str:
    return fact("DatabaseInsightsMode", instance.get("DatabaseInsightsMode"))


def _watches(alarm: Item, instance: Item) -> bool:
    dimensions = {one["Name"]: one["Value"] for one in alarm.get("Dimensions") or ()}
    return (
        alarm.get("MetricName") in {"CPUCreditBalance", "CPUSurplusCreditsCharged"}
        and dimensions.get("DBInstanceIdentifier") == instance["DBInstanceIdentifier"]
    )
