# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""metric_alarm as a playbook: alarms of one metric, and of an expression over both target groups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.integration.tasks import play
from tests.playbook_run import LocalStack

TAGS = {"Project": "shop"}
ERRORS = {
    "name": "errors",
    "namespace": "AWS/ApplicationELB",
    "metric_name": "HTTPCode_Target_5XX_Count",
    "load_balancer": "shop-alb",
    "statistic": "Sum",
    "period": 60,
    "threshold": 10,
    "alarm_actions": ["shop-alarms"],
    "treat_missing_data": "notBreaching",
}
UNHEALTHY = {
    "name": "healthy",
    "metrics": [
        {"id": "all", "expression": "blue + green", "return_data": True, "label": "Healthy"},
        *(
            {
                "id": color,
                "namespace": "AWS/ApplicationELB",
                "metric_name": "HealthyHostCount",
                "load_balancer": "shop-alb",
                "target_group": f"shop-{color}",
                "statistic": "Minimum",
                "period": 60,
            }
            for color in ("blue", "green")
        ),
    ],
    "threshold": 1,
    "comparison_operator": "LessThanThreshold",
}
OPTIONS = {
    "name_prefix": "shop-",
    "alarms": [ERRORS, UNHEALTHY],
    "defaults": {"comparison_operator": "GreaterThanThreshold", "evaluation_periods": 3},
    "tags": TAGS,
}
TASKS = {"Alarms": ("metric_alarm", OPTIONS)}


@pytest.fixture
def account(stack: LocalStack) -> LocalStack:
    """A load balancer with two target groups, and a topic."""
    stack.control.reset()
    ec2, elb = stack.boto("ec2"), stack.boto("elbv2")
    subnets = [one["SubnetId"] for one in ec2.describe_subnets()["Subnets"][:2]]
    elb.create_load_balancer(Name="shop-alb", Subnets=subnets, Scheme="internal")
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    for color in ("blue", "green"):
        elb.create_target_group(Name=f"shop-{color}", Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")
    stack.boto("sns").create_topic(Name="shop-alarms")
    return stack


def alarms(stack: LocalStack) -> dict[str, dict[str, Any]]:
    return {one["AlarmName"]: one for one in stack.boto("cloudwatch").describe_alarms()["MetricAlarms"]}


def test_alarms_from_nothing(account: LocalStack, tmp_path: Path) -> None:
    assert play(account, tmp_path, TASKS, check=True).ok().changed_tasks == ["Alarms"]
    assert alarms(account) == {}
    play(account, tmp_path, TASKS).ok()
    assert play(account, tmp_path, TASKS, check=True).ok().recap["changed"] == 0
    assert play(account, tmp_path, TASKS).ok().recap["changed"] == 0
    found = alarms(account)
    (dimension,) = found["shop-errors"]["Dimensions"]
    assert dimension["Name"] == "LoadBalancer" and dimension["Value"].startswith("app/shop-alb/")
    assert found["shop-errors"]["StateValue"] == "INSUFFICIENT_DATA"
    queries = {one["Id"]: one for one in found["shop-healthy"]["Metrics"]}
    watched = {one["Name"]: one["Value"] for one in queries["green"]["MetricStat"]["Metric"]["Dimensions"]}
    assert watched["TargetGroup"].startswith("targetgroup/shop-green/")


@pytest.mark.parametrize("drift", ["threshold", "actions", "expression", "tags"])
def test_drift_is_repaired_and_the_rest_stays(account: LocalStack, tmp_path: Path, drift: str) -> None:
    play(account, tmp_path, TASKS).ok()
    cloudwatch, found = account.boto("cloudwatch"), alarms(account)
    errors, healthy = found["shop-errors"], found["shop-healthy"]
    kept = ("AlarmName", "Namespace", "MetricName", "Dimensions", "Statistic", "Period", "EvaluationPeriods",
            "ComparisonOperator", "TreatMissingData", "Threshold", "AlarmActions")  # fmt: skip
    base = {key: errors[key] for key in kept}
    if drift == "threshold":
        cloudwatch.put_metric_alarm(**{**base, "Threshold": 99.0, "AlarmDescription": "of somebody"})
    elif drift == "actions":
        cloudwatch.put_metric_alarm(**{**base, "AlarmActions": [], "AlarmDescription": "of somebody"})
    elif drift == "expression":
        metrics = [{**one, "Expression": "blue"} if one["Id"] == "all" else one for one in healthy["Metrics"]]
        wrong = {key: healthy[key] for key in ("AlarmName", "EvaluationPeriods", "ComparisonOperator", "Threshold")}
        cloudwatch.put_metric_alarm(**wrong, Metrics=metrics)
    else:
        cloudwatch.untag_resource(ResourceARN=errors["AlarmArn"], TagKeys=["Project"])
    cloudwatch.set_alarm_state(AlarmName="shop-errors", StateValue="ALARM", StateReason="tried")
    assert play(account, tmp_path, TASKS, check=True).ok().recap["changed"] == 1
    assert play(account, tmp_path, TASKS).ok().recap["changed"] == 1
    assert play(account, tmp_path, TASKS).ok().recap["changed"] == 0
    after = alarms(account)["shop-errors"]
    assert after["Threshold"] == 10 and after["StateValue"] == "ALARM"
    if drift in ("threshold", "actions"):
        assert after["AlarmDescription"] == "of somebody", "what nobody asked for stays"


REFUSED = {
    "both": ({"metrics": UNHEALTHY["metrics"]}, "one metric (metric_name) or an expression (metrics)"),
    "period": ({"period": 45}, "AWS takes 10, 20, 30 and multiples of 60 seconds"),
    "points": ({"datapoints_to_alarm": 5}, "datapoints_to_alarm is 5 and evaluation_periods 3"),
    "no threshold": ({"threshold": None}, "give the threshold"),
    "no such balancer": ({"load_balancer": "nobody"}, "load_balancer nobody does not exist; the role ecs_service"),
    "no such topic": ({"alarm_actions": ["nobody"]}, "sns_topic nobody does not exist"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_refused(account: LocalStack, tmp_path: Path, case: str) -> None:
    wrong, words = REFUSED[case]
    options = {**OPTIONS, "alarms": [{**ERRORS, **wrong}]}
    run = play(account, tmp_path, {"Alarms": ("metric_alarm", options)})
    assert run.rc != 0 and words in " ".join(run.stdout.split()) and alarms(account) == {}
