#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: metric_alarm
short_description: Manage metric alarms of CloudWatch
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates alarms on one metric or on an expression of several, and keeps their settings and tags. What is not asked
    for stays as it is, as does the state of an alarm. Never deletes one.
  - Own module because the stock one takes one alarm a task, shows no diff, and knows neither tags nor bands.
options:
  alarms:
    description: The alarms to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the alarm.
        type: str
        required: true
      description:
        description: What the alarm means and what to do about it.
        type: str
      namespace:
        description: Namespace of the metric, as V(AWS/ApplicationELB).
        type: str
      metric_name:
        description: The one metric that is watched. Excludes O(alarms[].metrics).
        type: str
      dimensions:
        description: Dimensions of the metric by name.
        type: dict
      load_balancer:
        description: Name of a load balancer, for the dimension C(LoadBalancer).
        type: str
      target_group:
        description: Name of a target group, for the dimension C(TargetGroup).
        type: str
      statistic:
        description: Statistic of the metric.
        type: str
        choices: [Average, Maximum, Minimum, SampleCount, Sum]
      extended_statistic:
        description: A percentile and the like in place of the statistic, as V(p99).
        type: str
      period:
        description: Seconds that one value is of.
        type: int
      unit:
        description: Unit of the values that count. Without it any unit counts.
        type: str
      metrics:
        description:
          - Metrics and expressions. One of them is watched, the one with O(alarms[].metrics[].return_data).
          - In blue/green deployments an expression over both target groups is what stays true.
        type: list
        elements: dict
        suboptions:
          id:
            description: What expressions call it.
            type: str
            required: true
          expression:
            description: An expression of others, as V(blue + green).
            type: str
          label:
            description: What people call it.
            type: str
          return_data:
            description: Whether this is what the alarm watches.
            type: bool
            default: false
          namespace:
            description: Namespace of the metric.
            type: str
          metric_name:
            description: The metric, where it is no expression.
            type: str
          dimensions:
            description: Dimensions of the metric by name.
            type: dict
          load_balancer:
            description: Name of a load balancer, for the dimension C(LoadBalancer).
            type: str
          target_group:
            description: Name of a target group, for the dimension C(TargetGroup).
            type: str
          statistic:
            description: Statistic of the metric, also a percentile as V(p99).
            type: str
          period:
            description: Seconds that one value is of.
            type: int
          unit:
            description: Unit of the values that count.
            type: str
      threshold:
        description: What values are compared with.
        type: float
      threshold_metric_id:
        description: The expression of a band that values are compared with, in place of the threshold.
        type: str
      comparison_operator:
        description:
          - How values are compared with it.
          - Required here or in O(defaults).
        type: str
        choices:
          - GreaterThanOrEqualToThreshold
          - GreaterThanThreshold
          - LessThanThreshold
          - LessThanOrEqualToThreshold
          - LessThanLowerOrGreaterThanUpperThreshold
          - LessThanLowerThreshold
          - GreaterThanUpperThreshold
      evaluation_periods:
        description:
          - How many values are looked at.
          - Required here or in O(defaults).
        type: int
      datapoints_to_alarm:
        description: How many of them must be on the wrong side. Without it all of them.
        type: int
      treat_missing_data:
        description:
          - What a value that is missing counts for. AWS's default is V(missing).
          - Metrics that are published only when there is something to count want V(notBreaching).
        type: str
        choices: [breaching, ignore, missing, notBreaching]
      actions_enabled:
        description: Whether the alarm acts. AWS's default is V(true).
        type: bool
      alarm_actions:
        description: Names or ARNs of topics, or ARNs of other actions, for when the alarm goes off.
        type: list
        elements: str
      ok_actions:
        description: The same for when it is over.
        type: list
        elements: str
      insufficient_data_actions:
        description: The same for when there is no data.
        type: list
        elements: str
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: What rolls a deployment back
  wellarchitected.webapp.metric_alarm:
    region: us-east-1
    name_prefix: mywebapp-prod-
    alarms:
      - name: target-errors
        description: Targets answer with 5xx.
        namespace: AWS/ApplicationELB
        metric_name: HTTPCode_Target_5XX_Count
        load_balancer: mywebapp-prod-alb
        statistic: Sum
        period: 60
        threshold: 10
        comparison_operator: GreaterThanThreshold
        evaluation_periods: 3
        treat_missing_data: notBreaching
"""

RETURN = r"""
resources:
  description: The alarms after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {mywebapp-prod-target-errors: {arn: "arn:aws:cloudwatch:...", state: OK, threshold: 10.0}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: metric_alarm, name: mywebapp-prod-target-errors, action: create, fields: []}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["cloudwatch:DescribeAlarms"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.cloudwatch.metric_alarm import METRIC_ALARM

NEEDS = ("comparison_operator", "evaluation_periods")

_METRIC = {
    "namespace": {"type": "str"},
    "metric_name": {"type": "str"},
    "dimensions": {"type": "dict"},
    "load_balancer": {"type": "str"},
    "target_group": {"type": "str"},
    "period": {"type": "int"},
    "unit": {"type": "str"},
}
_TOPICS = {"type": "list", "elements": "str"}

ARGUMENT_SPEC = aws_spec(
    **bulk(
        alarms={
            "name": {"type": "str", "required": True},
            "description": {"type": "str"},
            **_METRIC,
            "statistic": {"type": "str", "choices": ["Average", "Maximum", "Minimum", "SampleCount", "Sum"]},
            "extended_statistic": {"type": "str"},
            "metrics": {
                "type": "list",
                "elements": "dict",
                "options": {
                    "id": {"type": "str", "required": True},
                    "expression": {"type": "str"},
                    "label": {"type": "str"},
                    "return_data": {"type": "bool", "default": False},
                    **_METRIC,
                    "statistic": {"type": "str"},
                },
            },
            "threshold": {"type": "float"},
            "threshold_metric_id": {"type": "str"},
            "comparison_operator": {
                "type": "str",
                "choices": [
                    "GreaterThanOrEqualToThreshold",
                    "GreaterThanThreshold",
                    "LessThanThreshold",
                    "LessThanOrEqualToThreshold",
                    "LessThanLowerOrGreaterThanUpperThreshold",
                    "LessThanLowerThreshold",
                    "GreaterThanUpperThreshold",
                ],
            },
            "evaluation_periods": {"type": "int"},
            "datapoints_to_alarm": {"type": "int"},
            "treat_missing_data": {"type": "str", "choices": ["breaching", "ignore", "missing", "notBreaching"]},
            "actions_enabled": {"type": "bool"},
            "alarm_actions": _TOPICS,
            "ok_actions": _TOPICS,
            "insufficient_data_actions": _TOPICS,
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    alarms = items(params, "alarms", NEEDS)
    return converge(context, METRIC_ALARM, alarms, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
