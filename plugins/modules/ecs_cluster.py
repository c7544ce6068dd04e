#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: ecs_cluster
short_description: Manage ECS clusters
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates clusters and keeps Container Insights, capacity providers, the logging of ECS Exec and tags; never deletes
    one.
  - Capacity providers of others stay associated.
  - Own module because the stock ecs_cluster has no settings, no ECS Exec and no tags.
options:
  clusters:
    description: The clusters to converge. What is left out is not compared.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the cluster.
        type: str
        required: true
      container_insights:
        description: What Container Insights collects.
        type: str
        choices: [enhanced, enabled, disabled]
      capacity_providers:
        description: Capacity providers that the cluster has at least.
        type: list
        elements: str
      default_capacity_provider_strategy:
        description: Strategy of services and tasks that name none.
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
      execute_command:
        description: How sessions of ECS Exec are encrypted and logged.
        type: dict
        suboptions:
          logging:
            description:
              - V(OVERRIDE) logs to O(clusters[].execute_command.log_group), V(DEFAULT) to the log group of the task.
            type: str
            default: OVERRIDE
            choices: [NONE, DEFAULT, OVERRIDE]
          log_group:
            description: Name of the log group of the sessions.
            type: str
          encrypt_logs:
            description: Whether only an encrypted log group is written to.
            type: bool
            default: true
          kms_key:
            description: Alias (without C(alias/)) or ARN of the key that encrypts the session itself.
            type: str
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: Cluster for Fargate
  wellarchitected.webapp.ecs_cluster:
    region: us-east-1
    clusters:
      - name: mywebapp-prod-cluster
        container_insights: enhanced
        capacity_providers: [FARGATE, FARGATE_SPOT]
"""

RETURN = r"""
resources:
  description: The clusters after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {mywebapp-prod-cluster: {container_insights: enhanced}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: ecs_cluster, name: mywebapp-prod-cluster, action: update, fields: [container_insights]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ecs:DescribeClusters"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ecs.ecs_cluster import ECS_CLUSTER

ARGUMENT_SPEC = aws_spec(
    **bulk(
        clusters={
            "name": {"type": "str", "required": True},
            "container_insights": {"type": "str", "choices": ["enhanced", "enabled", "disabled"]},
            "capacity_providers": {"type": "list", "elements": "str"},
            "default_capacity_provider_strategy": {
                "type": "list",
                "elements": "dict",
                "options": {
                    "capacity_provider": {"type": "str", "required": True},
                    "weight": {"type": "int", "default": 1},
                    "base": {"type": "int", "default": 0},
                },
            },
            "execute_command": {
                "type": "dict",
                "options": {
                    "logging": {"type": "str", "default": "OVERRIDE", "choices": ["NONE", "DEFAULT", "OVERRIDE"]},
                    "log_group": {"type": "str"},
                    "encrypt_logs": {"type": "bool", "default": True},
                    "kms_key": {"type": "str", "no_log": False},
                },
            },
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context, ECS_CLUSTER, items(params, "clusters"), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
