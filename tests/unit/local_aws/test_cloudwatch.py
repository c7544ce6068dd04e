# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Alarms: the first state, tags of an alarm that exists, and what cannot be evaluated."""

from __future__ import annotations

import pytest

ALARM = {
    "AlarmName": "a",
    "Namespace": "n",
    "MetricName": "m",
    "Statistic": "Sum",
    "Period": 60,
    "EvaluationPeriods": 3,
    "Threshold": 1,
    "ComparisonOperator": "GreaterThanThreshold",
}
MATH = {key: ALARM[key] for key in ("AlarmName", "EvaluationPeriods", "Threshold", "ComparisonOperator")}
STAT = {"Metric": {"Namespace": "n", "MetricName": "m"}, "Period": 60, "Stat": "Sum"}


@pytest.fixture
def cloudwatch(client):
    return client("cloudwatch")


def state(cloudwatch):
    return cloudwatch.describe_alarms(AlarmNames=["a"])["MetricAlarms"][0]["StateValue"]


def test_a_change_keeps_the_state_and_the_tags(cloudwatch):
    cloudwatch.put_metric_alarm(**ALARM, Tags=[{"Key": "a", "Value": "b"}])
    assert state(cloudwatch) == "INSUFFICIENT_DATA"
    cloudwatch.set_alarm_state(AlarmName="a", StateValue="ALARM", StateReason="tried")
    cloudwatch.put_metric_alarm(**{**ALARM, "Threshold": 2}, Tags=[{"Key": "c", "Value": "d"}])
    found = cloudwatch.describe_alarms(AlarmNames=["a"])["MetricAlarms"][0]
    assert (found["StateValue"], found["Threshold"]) == ("ALARM", 2)
    tags = cloudwatch.list_tags_for_resource(ResourceARN=found["AlarmArn"])["Tags"]
    assert tags == [{"Key": "a", "Value": "b"}]


@pytest.mark.parametrize(
    "wrong",
    [
        {"Period": 45},
        {"Period": 3600, "EvaluationPeriods": 200},
        {"DatapointsToAlarm": 4},
        {"ExtendedStatistic": "p99"},
        {"Metrics": [{"Id": "x", "MetricStat": STAT}]},
    ],
)
def test_alarms_that_aws_does_not_take(cloudwatch, refused, wrong):
    assert refused(cloudwatch.put_metric_alarm, **{**ALARM, **wrong}) == "ValidationError"


@pytest.mark.parametrize(
    "metrics",
    [
        [{"Id": "x", "MetricStat": STAT}, {"Id": "y", "MetricStat": STAT}],
        [{"Id": "x", "MetricStat": STAT, "ReturnData": False}],
        [{"Id": "x"}],
    ],
)
def test_expressions_that_aws_does_not_take(cloudwatch, refused, metrics):
    assert refused(cloudwatch.put_metric_alarm, **MATH, Metrics=metrics) == "ValidationError"
    good = [{"Id": "x", "MetricStat": STAT, "ReturnData": False}, {"Id": "all", "Expression": "x * 2"}]
    cloudwatch.put_metric_alarm(**MATH, Metrics=good)
