# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.cloudwatch.metric_alarm import (
    METRIC_ALARM,
    create,
    read,
    update,
)
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2, tags

ALARM = {
    "AlarmName": "a",
    "AlarmArn": "arn:alarm",
    "AlarmDescription": "of somebody",
    "ActionsEnabled": True,
    "OKActions": [],
    "AlarmActions": ["arn:topic"],
    "InsufficientDataActions": [],
    "StateValue": "OK",
    "MetricName": "CPUUtilization",
    "Namespace": "AWS/ECS",
    "Statistic": "Average",
    "Dimensions": [{"Name": "ServiceName", "Value": "s"}, {"Name": "ClusterName", "Value": "c"}],
    "Period": 60,
    "EvaluationPeriods": 3,
    "Threshold": 80.0,
    "ComparisonOperator": "GreaterThanThreshold",
    "TreatMissingData": "missing",
}
WISH = {
    "name": "a",
    "namespace": "AWS/ECS",
    "metric_name": "CPUUtilization",
    "dimensions": {"ClusterName": "c", "ServiceName": "s"},
    "statistic": "Average",
    "period": 60,
    "threshold": 80,
    "evaluation_periods": 3,
    "comparison_operator": "GreaterThanThreshold",
    "tags": {"a": "b"},
}
SUM = [
    {"id": "all", "expression": "blue + green", "return_data": True},
    {"id": "blue", "namespace": "n", "metric_name": "m", "period": 60, "statistic": "Sum", "return_data": False},
]


def aws(**alarm):
    answers = {
        "describe_alarms": {"MetricAlarms": [{**ALARM, **alarm}]},
        "list_tags_for_resource": {"Tags": tags(a="b")},
    }
    return Ec2(answers)


def found(**alarm):
    return read(aws(**alarm), [WISH])["a"]


def put(before, wish):
    calls = aws()
    update(calls, before, wish, plan(METRIC_ALARM, before, wish).fields)
    ((_operation, sent),) = [one for one in calls.sent if one[0] == "put_metric_alarm"]
    return sent


def test_neither_the_order_of_dimensions_nor_what_was_not_asked_for_counts():
    assert not plan(METRIC_ALARM, found(), WISH).needed


def test_a_change_sends_back_what_was_not_asked_for():
    sent = put(found(Threshold=99.0), WISH)
    assert sent["Threshold"] == 80 and sent["AlarmDescription"] == "of somebody"
    assert sent["AlarmActions"] == ["arn:topic"] and sent["TreatMissingData"] == "missing"
    assert "Tags" not in sent and "StateValue" not in sent


def test_one_metric_becomes_an_expression():
    rest = ("namespace", "metric_name", "dimensions", "statistic", "period")
    wish = {key: value for key, value in WISH.items() if key not in rest}
    sent = put(found(), {**wish, "metrics": SUM})
    assert not {"MetricName", "Namespace", "Period", "Statistic", "Dimensions"} & set(sent)
    assert {one["Id"] for one in sent["Metrics"]} == {"all", "blue"}
    state = found(Metrics=sent["Metrics"], MetricName=None, Dimensions=[])
    assert not plan(METRIC_ALARM, state, {**wish, "metrics": list(reversed(SUM))}).needed
    assert "Metrics" not in put(state, WISH), "and back"


def test_a_percentile_takes_the_place_of_a_statistic():
    sent = put(
        found(), {**{key: value for key, value in WISH.items() if key != "statistic"}, "extended_statistic": "p99"}
    )
    assert sent["ExtendedStatistic"] == "p99" and "Statistic" not in sent


def test_names_of_balancers_become_dimensions():
    wish = {**WISH, "dimensions": None, "load_balancer": "app/alb/1", "target_group": "targetgroup/blue/2"}
    calls = aws()
    create(calls, wish)
    ((_operation, sent),) = calls.sent
    assert sent["Dimensions"] == [
        {"Name": "LoadBalancer", "Value": "app/alb/1"},
        {"Name": "TargetGroup", "Value": "targetgroup/blue/2"},
    ]
    assert sent["Tags"] == tags(a="b")
    assert not plan(METRIC_ALARM, found(Dimensions=sent["Dimensions"]), wish).needed


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"metrics": SUM}, "one metric (metric_name) or an expression"),
        ({"metric_name": None}, "one metric (metric_name) or an expression"),
        ({"period": 45}, "multiples of 60"),
        ({"period": None}, "has no period"),
        ({"statistic": None}, "needs a statistic, or an extended_statistic"),
        ({"threshold": None}, "give the threshold"),
        ({"datapoints_to_alarm": 4}, "it cannot be more"),
        ({"metric_name": None, "metrics": [SUM[1]]}, "one of the metrics is what the alarm watches"),
        ({"metric_name": None, "metrics": [{"id": "x"}]}, "neither a metric_name nor an expression"),
    ],
)
def test_what_aws_would_refuse(wrong, words):
    assert words in " ".join(METRIC_ALARM.check({**WISH, **wrong}))
