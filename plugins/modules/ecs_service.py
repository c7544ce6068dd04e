#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: ecs_service
short_description: Manage ECS services on Fargate
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates services and keeps what is asked for; never deletes one.
  - What belongs to others is left to them, which is the count to the autoscaler and the weights of the production
    rule to the deployment.
  - A service is left alone while a deployment is under way; the task says so, or waits with
    O(services[].wait_for_deployment).
  - Own module because the stock ecs_service has no native blue/green deployments and no alarms, and sends the load
    balancer with each update.
options:
  services:
    description: The services to converge. What is left out is not compared.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the service.
        type: str
        required: true
      cluster:
        description:
          - Name or ARN of the cluster.
          - Required here or in O(defaults).
        type: str
      task_definition:
        description:
          - Revision to run, as family:revision or ARN.
          - Required here or in O(defaults).
        type: str
      desired_count:
        description: Number of tasks at creation. It belongs to the autoscaler afterwards.
        type: int
        default: 1
      capacity_provider_strategy:
        description:
          - Where tasks run. Another one replaces the running tasks, as AWS takes it only with a new deployment.
        type: list
        elements: dict
        suboptions:
          capacity_provider:
            description: Name of the capacity provider, such as C(FARGATE) or C(FARGATE_SPOT).
            type: str
            required: true
          weight:
            description: Share of the tasks beyond the base.
            type: int
            default: 1
          base:
            description: Tasks that run here first. One capacity provider of a strategy may have a base.
            type: int
            default: 0
      platform_version:
        description: Platform version of Fargate.
        type: str
        default: LATEST
      subnets:
        description:
          - Names or ids of the subnets.
          - Required here or in O(defaults).
        type: list
        elements: str
      security_groups:
        description:
          - Names or ids of the security groups.
          - Required here or in O(defaults).
        type: list
        elements: str
      assign_public_ip:
        description: Whether tasks get public addresses.
        type: bool
        default: false
      load_balancer:
        description: How requests reach the tasks. It is sent to AWS only where it differs.
        type: dict
        suboptions:
          target_group:
            description: Name or ARN of the target group.
            type: str
            required: true
          container:
            description: Container that takes the requests.
            type: str
            required: true
          port:
            description: Its port.
            type: int
            required: true
          alternate_target_group:
            description: Name or ARN of the other target group of blue/green, linear and canary deployments.
            type: str
          production_rule:
            description:
              - Listener rule whose weights such a deployment changes, as C(mywebapp-prod-alb:443/production).
            type: str
          test_rule:
            description: Listener rule of the test traffic.
            type: str
          role:
            description: Name or ARN of the role with which ECS changes the rule.
            type: str
      deployment_strategy:
        description: How a new revision replaces the old one.
        type: str
        default: ROLLING
        choices: [ROLLING, BLUE_GREEN, LINEAR, CANARY]
      bake_time_in_minutes:
        description: Minutes that the old tasks stay once all traffic has moved; not for V(ROLLING).
        type: int
        default: 5
      linear:
        description: Steps of V(LINEAR).
        type: dict
        suboptions:
          step_percent:
            description: Percent of the traffic in each step.
            type: float
          step_bake_time_in_minutes:
            description: Minutes between two steps.
            type: int
      canary:
        description: First step of V(CANARY).
        type: dict
        suboptions:
          percent:
            description: Percent of the traffic.
            type: float
          bake_time_in_minutes:
            description: Minutes until the rest follows.
            type: int
      minimum_healthy_percent:
        description: Percent of the tasks that always run; for V(ROLLING).
        type: int
        default: 100
      maximum_percent:
        description: Percent of the tasks that run at most; for V(ROLLING).
        type: int
        default: 200
      circuit_breaker:
        description: Whether a rolling deployment whose tasks fail is rolled back.
        type: bool
        default: true
      alarms:
        description: Names of alarms that roll a deployment back.
        type: list
        elements: str
      health_check_grace_period_seconds:
        description: Seconds in which a new task is not stopped for failing health checks.
        type: int
      enable_execute_command:
        description: Whether ECS Exec can open sessions in the tasks.
        type: bool
        default: false
      enable_ecs_managed_tags:
        description: Whether tasks are tagged with their cluster and service.
        type: bool
        default: true
      propagate_tags:
        description: Where the tags of tasks come from.
        type: str
        default: SERVICE
        choices: [SERVICE, TASK_DEFINITION, NONE]
      availability_zone_rebalancing:
        description: Whether tasks are spread again where zones have become uneven.
        type: str
        default: ENABLED
        choices: [ENABLED, DISABLED]
      force_new_deployment:
        description:
          - V(true) starts one deployment in each run, which brings to all tasks what otherwise only new ones get.
        type: bool
        default: false
      wait_for_deployment:
        description:
          - Whether to wait for a deployment that is under way, and for the one that the change starts. One that is
            rolled back is then an error.
        type: bool
        default: false
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: Service with blue/green deployments
  wellarchitected.webapp.ecs_service:
    region: us-east-1
    services:
      - name: mywebapp-prod-service
        cluster: mywebapp-prod-cluster
        task_definition: mywebapp-prod-app:7
        desired_count: 4
        subnets: [mywebapp-prod-private-1, mywebapp-prod-private-2]
        security_groups: [mywebapp-prod-ecs-sg]
        deployment_strategy: BLUE_GREEN
        load_balancer:
          target_group: mywebapp-prod-tg
          alternate_target_group: mywebapp-prod-tg-alternate
          production_rule: mywebapp-prod-alb:443/production
          role: mywebapp-prod-ecs-deployment
          container: app
          port: 80
"""

RETURN = r"""
resources:
  description: The services after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {mywebapp-prod-service: {deploying: false, running_count: 4, task_definition: "mywebapp-prod-app:7"}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: ecs_service, name: mywebapp-prod-service, action: update, fields: [task_definition]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ecs:DescribeServices", "ecs:UpdateService"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ecs.ecs_service import converge_services

NEEDS = ("cluster", "task_definition", "subnets", "security_groups")

ARGUMENT_SPEC = aws_spec(
    **bulk(
        services={
            "name": {"type": "str", "required": True},
            "cluster": {"type": "str"},
            "task_definition": {"type": "str"},
            "desired_count": {"type": "int", "default": 1},
            "capacity_provider_strategy": {
                "type": "list",
                "elements": "dict",
                "options": {
                    "capacity_provider": {"type": "str", "required": True},
                    "weight": {"type": "int", "default": 1},
                    "base": {"type": "int", "default": 0},
                },
            },
            "platform_version": {"type": "str", "default": "LATEST"},
            "subnets": {"type": "list", "elements": "str"},
            "security_groups": {"type": "list", "elements": "str"},
            "assign_public_ip": {"type": "bool", "default": False},
            "load_balancer": {
                "type": "dict",
                "options": {
                    "target_group": {"type": "str", "required": True},
                    "container": {"type": "str", "required": True},
                    "port": {"type": "int", "required": True},
                    "alternate_target_group": {"type": "str"},
                    "production_rule": {"type": "str"},
                    "test_rule": {"type": "str"},
                    "role": {"type": "str"},
                },
            },
            "deployment_strategy": {
                "type": "str",
                "default": "ROLLING",
                "choices": ["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"],
            },
            "bake_time_in_minutes": {"type": "int", "default": 5},
            "linear": {
                "type": "dict",
                "options": {"step_percent": {"type": "float"}, "step_bake_time_in_minutes": {"type": "int"}},
            },
            "canary": {
                "type": "dict",
                "options": {"percent": {"type": "float"}, "bake_time_in_minutes": {"type": "int"}},
            },
            "minimum_healthy_percent": {"type": "int", "default": 100},
            "maximum_percent": {"type": "int", "default": 200},
            "circuit_breaker": {"type": "bool", "default": True},
            "alarms": {"type": "list", "elements": "str"},
            "health_check_grace_period_seconds": {"type": "int"},
            "enable_execute_command": {"type": "bool", "default": False},
            "enable_ecs_managed_tags": {"type": "bool", "default": True},
            "propagate_tags": {"type": "str", "default": "SERVICE", "choices": ["SERVICE", "TASK_DEFINITION", "NONE"]},
            "availability_zone_rebalancing": {"type": "str", "default": "ENABLED", "choices": ["ENABLED", "DISABLED"]},
            "force_new_deployment": {"type": "bool", "default": False},
            "wait_for_deployment": {"type": "bool", "default": False},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge_services(
        context, items(params, "services", NEEDS), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
