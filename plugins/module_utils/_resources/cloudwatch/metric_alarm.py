# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Metric alarms: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html

PutMetricAlarm replaces the whole alarm, so what is not asked for is sent back as it was. The state of the alarm is
kept: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import cloudwatch
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State, same_members
from ..._engine.tags import to_list
from ..elbv2.load_balancer import LOAD_BALANCER
from ..elbv2.target_group import TARGET_GROUP
from ..sns.sns_topic import SNS_TOPIC

_ALARM = {
    "description": "AlarmDescription",
    "actions_enabled": "ActionsEnabled",
    "ok_actions": "OKActions",
    "alarm_actions": "AlarmActions",
    "insufficient_data_actions": "InsufficientDataActions",
    "evaluation_periods": "EvaluationPeriods",
    "datapoints_to_alarm": "DatapointsToAlarm",
    "threshold": "Threshold",
    "threshold_metric_id": "ThresholdMetricId",
    "comparison_operator": "ComparisonOperator",
    "treat_missing_data": "TreatMissingData",
    "evaluate_low_sample_count_percentile": "EvaluateLowSampleCountPercentile",
}
_METRIC = {
    "namespace": "Namespace",
    "metric_name": "MetricName",
    "statistic": "Statistic",
    "extended_statistic": "ExtendedStatistic",
    "period": "Period",
    "unit": "Unit",
}
# Dimensions whose value is part of an ARN: options that name the thing instead.
_NAMED = {"load_balancer": "LoadBalancer", "target_group": "TargetGroup"}
_SHORT_PERIODS = (10, 20, 30)


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    found = cloudwatch.metric_alarms(aws, names=sorted({item["name"] for item in items}))
    return {one["AlarmName"]: _state(one) for one in found}


def _state(alarm: Mapping[str, Any]) -> State:
    metrics = alarm.get("Metrics") or []
    return {
        "name": alarm["AlarmName"],
        "arn": alarm["AlarmArn"],
        **{name: alarm.get(key) for name, key in {**_ALARM, **_METRIC}.items()},
        "dimensions": _dimensions(alarm) if alarm.get("MetricName") else None,
        "metrics": [_metric_state(one) for one in metrics] or None,
        "state": alarm.get("StateValue"),
        "tags": alarm["Tags"],
    }


def _dimensions(metric: Mapping[str, Any]) -> dict[str, str]:
    return {one["Name"]: one["Value"] for one in metric.get("Dimensions") or []}


def _metric_state(query: Mapping[str, Any]) -> dict[str, Any]:
    stat = query.get("MetricStat") or {}
    metric = stat.get("Metric") or {}
    return {
        "id": query["Id"],
        "expression": query.get("Expression"),
        "label": query.get("Label"),
        "return_data": query.get("ReturnData", True),
        "account_id": query.get("AccountId"),
        "namespace": metric.get("Namespace"),
        "metric_name": metric.get("MetricName"),
        "dimensions": _dimensions(metric) if metric else None,
        "period": stat.get("Period") or query.get("Period"),
        "statistic": stat.get("Stat"),
        "unit": stat.get("Unit"),
    }


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """With the load balancers and target groups that it names among the dimensions."""
    return with_dimensions(desired), []


def with_dimensions(desired: State) -> State:
    """An alarm whose options name things, and those of its metrics, with AWS's dimensions for them."""
    alarm = _folded(desired)
    if alarm.get("metrics"):
        alarm["metrics"] = [_folded(one) for one in alarm["metrics"]]
    return alarm


def _folded(options: Mapping[str, Any]) -> dict[str, Any]:
    named = {key: options[name] for name, key in _NAMED.items() if options.get(name)}
    rest = {key: value for key, value in options.items() if key not in _NAMED}
    if named or rest.get("dimensions") is not None:
        rest["dimensions"] = {**{key: str(value) for key, value in (rest.get("dimensions") or {}).items()}, **named}
    return rest


def _put(desired: State) -> dict[str, Any]:
    alarm = {key: desired[name] for name, key in _ALARM.items() if desired.get(name) is not None}
    if desired.get("metrics"):
        return {**alarm, "Metrics": [_query(one) for one in desired["metrics"]]}
    metric = {key: desired[name] for name, key in _METRIC.items() if desired.get(name) is not None}
    return {**alarm, **metric, "Dimensions": to_list(desired.get("dimensions") or {}, key="Name")}


def _query(options: Mapping[str, Any]) -> dict[str, Any]:
    query = {
        "Id": options["id"],
        "Expression": options.get("expression"),
        "Label": options.get("label"),
        "ReturnData": options.get("return_data", True),
        "AccountId": options.get("account_id"),
    }
    if options.get("metric_name"):
        stat = {"Period": options["period"], "Stat": options["statistic"], "Unit": options.get("unit")}
        dimensions = to_list(options.get("dimensions") or {}, key="Name")
        metric = {"Namespace": options["namespace"], "MetricName": options["metric_name"], "Dimensions": dimensions}
        query["MetricStat"] = {"Metric": metric, **_said(stat)}
    else:
        query["Period"] = options.get("period")
    return _said(query)


def _said(options: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in options.items() if value is not None}


def create(aws: Aws, desired: State) -> None:
    """May be repeated: it makes or replaces. Tags count for a new alarm alone."""
    tags = {"Tags": to_list(desired["tags"])} if desired.get("tags") else {}
    aws.call("cloudwatch", "put_metric_alarm", AlarmName=desired["name"], **_put(with_dimensions(desired)), **tags)


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """What was not asked for is sent back; a single metric and an expression of several exclude one another."""
    wanted = with_dimensions(desired)
    before = dict(found)
    if wanted.get("metrics"):
        before = {key: value for key, value in before.items() if key not in {*_METRIC, "dimensions"}}
    elif wanted.get("metric_name"):
        before.pop("metrics")
    for one, other in (("statistic", "extended_statistic"), ("threshold", "threshold_metric_id")):
        for asked, dropped in ((one, other), (other, one)):
            if wanted.get(asked) is not None:
                before.pop(dropped, None)
    aws.call("cloudwatch", "put_metric_alarm", AlarmName=desired["name"], **_put({**before, **wanted}))


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    """TagResource and UntagResource; both may be repeated."""
    if to_set:
        aws.call("cloudwatch", "tag_resource", ResourceARN=found["arn"], Tags=to_list(to_set))
    if to_remove:
        aws.call("cloudwatch", "untag_resource", ResourceARN=found["arn"], TagKeys=to_remove)


def same_metrics(found: Any, desired: Any) -> bool:
    """The same queries, whatever their order; of each only what is asked for is compared."""
    there = {one["id"]: one for one in found or ()}
    wanted = {one["id"]: _said(one) for one in desired or ()}
    return there.keys() == wanted.keys() and all(
        there[name].get(key) == value for name, options in wanted.items() for key, value in options.items()
    )


def check(desired: State) -> list[str]:
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"""
    reasons = []
    metrics = desired.get("metrics") or []
    if bool(metrics) is bool(desired.get("metric_name")):
        reasons.append("an alarm watches one metric (metric_name) or an expression (metrics); give one of the two")
    if metrics and len([one for one in metrics if one.get("return_data", True)]) != 1:
        reasons.append("one of the metrics is what the alarm watches; give all others return_data: false")
    for one in metrics or [desired]:
        reasons += _metric_reasons(one, "statistic" if metrics else None)
    if (desired.get("threshold") is None) is (desired.get("threshold_metric_id") is None):
        reasons.append("give the threshold, or threshold_metric_id for a band")
    points, periods = desired.get("datapoints_to_alarm"), desired["evaluation_periods"]
    if points is not None and points > periods:
        reasons.append(f"datapoints_to_alarm is {points} and evaluation_periods {periods}; it cannot be more")
    return reasons


def _metric_reasons(options: Mapping[str, Any], statistic: str | None) -> list[str]:
    if not options.get("metric_name"):
        return [] if options.get("expression") or statistic is None else [
            f"metric {options['id']} has neither a metric_name nor an expression"
        ]  # fmt: skip
    name, period = options["metric_name"], options.get("period")
    reasons = [f"{name} has no {need}" for need in ("namespace", "period") if options.get(need) is None]
    given = [one for one in ("statistic", "extended_statistic") if options.get(one)]
    if len(given) != 1:
        reasons.append(f"{name} needs a statistic" + ("" if statistic else ", or an extended_statistic"))
    if period is not None and period not in _SHORT_PERIODS and (period < 60 or period % 60):
        reasons.append(f"the period of {name} is {period}; AWS takes 10, 20, 30 and multiples of 60 seconds")
    return reasons


METRIC_ALARM = Kind(
    name="metric_alarm",
    role="",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={
        "ok_actions": Reference(SNS_TOPIC, "arn"),
        "alarm_actions": Reference(SNS_TOPIC, "arn"),
        "insufficient_data_actions": Reference(SNS_TOPIC, "arn"),
        "load_balancer": Reference(LOAD_BALANCER, "dimension"),
        "target_group": Reference(TARGET_GROUP, "dimension"),
        "metrics.load_balancer": Reference(LOAD_BALANCER, "dimension"),
        "metrics.target_group": Reference(TARGET_GROUP, "dimension"),
    },
    equal={
        "ok_actions": same_members,
        "alarm_actions": same_members,
        "insufficient_data_actions": same_members,
        "metrics": same_metrics,
    },
    check=check,
    keeps=keeps,
)
