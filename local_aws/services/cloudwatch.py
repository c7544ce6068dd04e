# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Alarms: a new one has no data yet, tags count for a new one alone, and what cannot be evaluated is refused.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("cloudwatch")

_SHORT_PERIODS = (10, 20, 30)
_DAY = 86400


def _invalid(message: str) -> Refusal:
    return Refusal("ValidationError", message, 400)


@aws.before("PutMetricAlarm")
def alarm_rule(call: Any) -> None:
    params = call.params
    metrics = params.get("Metrics") or []
    if bool(metrics) is bool(params.get("MetricName")):
        raise _invalid("Either the Metrics list or the MetricName must be specified, and not both")
    if metrics:
        _metrics_rule(metrics)
    elif not params.get("Namespace") or not params.get("Period"):
        raise _invalid("An alarm on a metric needs its Namespace and a Period")
    elif bool(params.get("Statistic")) is bool(params.get("ExtendedStatistic")):
        raise _invalid("One of Statistic and ExtendedStatistic must be specified")
    else:
        _period_rule(int(params["Period"]), int(params["EvaluationPeriods"]))
    if ("Threshold" in params) is ("ThresholdMetricId" in params):
        raise _invalid("Either Threshold or ThresholdMetricId must be specified, and not both")
    if params.get("DatapointsToAlarm", 0) > params["EvaluationPeriods"]:
        raise _invalid("DatapointsToAlarm must be at most EvaluationPeriods")


def _metrics_rule(metrics: list[dict[str, Any]]) -> None:
    if len([one for one in metrics if one.get("ReturnData", True)]) != 1:
        raise _invalid("Exactly one element of the metrics list should return data.")
    if len({one["Id"] for one in metrics}) != len(metrics):
        raise _invalid("The ids of the metrics list must be unique")
    for one in metrics:
        if bool(one.get("Expression")) is bool(one.get("MetricStat")):
            raise _invalid(f"The metric {one['Id']} needs either an Expression or a MetricStat")


def _period_rule(period: int, evaluations: int) -> None:
    if period not in _SHORT_PERIODS and (period < 60 or period % 60):
        raise _invalid("Period must be 10, 20, 30 or a multiple of 60")
    if period * evaluations > (7 * _DAY if period >= 3600 else _DAY):
        raise _invalid("Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400)")


@aws.before("PutMetricAlarm")
def existing_alarm(call: Any) -> None:
    """Of an alarm that exists, tags are ignored and its state stays."""
    call.existing = call.backend().alarms.get(call.params["AlarmName"])
    if call.existing is not None:
        call.existing_state = (call.existing.state_value, call.existing.state_reason)
        if "Tags" in call.params:
            call.change(Tags=None)


@aws.after("PutMetricAlarm")
def first_state(call: Any, answer: dict[str, Any]) -> None:
    alarm = call.backend().alarms[call.params["AlarmName"]]
    if call.existing is None:
        alarm.state_value = "INSUFFICIENT_DATA"
        alarm.state_reason = "Unchecked: Initial alarm creation"
    else:
        alarm.state_value, alarm.state_reason = call.existing_state
