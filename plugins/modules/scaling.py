#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: scaling
short_description: Manage Application Auto Scaling targets and target tracking policies
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Registers what may be scaled, between which bounds, and the metrics whose targets steer it.
  - Own module because the stock application_autoscaling_policy changes something on every run and handles
    one policy a task.
options:
  targets:
    description:
      - The scalable targets to converge.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description:
          - Resource id, such as C(cluster:mywebapp-prod-aurora) or C(service/CLUSTER/SERVICE).
        type: str
        required: true
      dimension:
        description:
          - Scalable dimension, such as C(rds:cluster:ReadReplicaCount); its first part is the service namespace.
        type: str
        required: true
      min_capacity:
        description:
          - Lower bound.
        type: int
        required: true
      max_capacity:
        description:
          - Upper bound.
        type: int
        required: true
      suspended:
        description:
          - Whether all scaling stands still.
        type: bool
        default: false
      state:
        description:
          - V(absent) removes it, which leaves the size of what is scaled as it is.
        type: str
        default: present
        choices: &id001
          - present
          - absent
  policies:
    description:
      - The target tracking policies to converge.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description:
          - Name of the policy, unique among the policies of the namespace that this task names.
        type: str
        required: true
      resource_id:
        description:
          - Resource id of the scalable target.
        type: str
        required: true
      dimension:
        description:
          - Scalable dimension of the target.
        type: str
        required: true
      metric:
        description:
          - Predefined metric, such as C(RDSReaderAverageCPUUtilization).
        type: str
        required: true
      resource_label:
        description:
          - Resource label, which C(ALBRequestCountPerTarget) needs.
        type: str
      target_value:
        description:
          - Value that the metric is held at.
        type: float
        required: true
      scale_in_cooldown:
        description:
          - Seconds between two steps down.
        type: int
      scale_out_cooldown:
        description:
          - Seconds between two steps up.
        type: int
      disable_scale_in:
        description:
          - Whether the policy only ever scales up.
        type: bool
        default: false
      state:
        description:
          - V(absent) removes it, which leaves the size of what is scaled as it is.
        type: str
        default: present
        choices: *id001
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: Readers by CPU
  wellarchitected.webapp.scaling:
    region: us-east-1
    targets:
      - name: cluster:mywebapp-prod-aurora
        dimension: rds:cluster:ReadReplicaCount
        min_capacity: 1
        max_capacity: 3
    policies:
      - name: mywebapp-prod-aurora-readers-cpu
        resource_id: cluster:mywebapp-prod-aurora
        dimension: rds:cluster:ReadReplicaCount
        metric: RDSReaderAverageCPUUtilization
        target_value: 70
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: Targets and policies after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    cluster:mywebapp-prod-aurora:
      name: cluster:mywebapp-prod-aurora
      min_capacity: 1
      max_capacity: 3
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: scalable_target
      name: cluster:mywebapp-prod-aurora
      action: create
      fields: []
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - application-autoscaling:DescribeScalableTargets
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge, joined
from ..module_utils._engine.module import TAGS, WAIT, aws_spec, run_module
from ..module_utils._resources.autoscaling.scalable_target import SCALABLE_TARGET
from ..module_utils._resources.autoscaling.scaling_policy import SCALING_POLICY

ARGUMENT_SPEC = aws_spec(
    targets={
        "type": "list",
        "elements": "dict",
        "default": [],
        "options": {
            "name": {"type": "str", "required": True},
            "dimension": {"type": "str", "required": True},
            "min_capacity": {"type": "int", "required": True},
            "max_capacity": {"type": "int", "required": True},
            "suspended": {"type": "bool", "default": False},
            "state": {"type": "str", "default": "present", "choices": ["present", "absent"]},
        },
    },
    policies={
        "type": "list",
        "elements": "dict",
        "default": [],
        "options": {
            "name": {"type": "str", "required": True},
            "resource_id": {"type": "str", "required": True},
            "dimension": {"type": "str", "required": True},
            "metric": {"type": "str", "required": True},
            "resource_label": {"type": "str"},
            "target_value": {"type": "float", "required": True},
            "scale_in_cooldown": {"type": "int"},
            "scale_out_cooldown": {"type": "int"},
            "disable_scale_in": {"type": "bool", "default": False},
            "state": {"type": "str", "default": "present", "choices": ["present", "absent"]},
        },
    },
    **WAIT,
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    tags = {"tags": params["tags"], "purge_tags": params["purge_tags"]}
    return joined(
        converge(context, SCALABLE_TARGET, params["targets"], **tags),
        converge(context, SCALING_POLICY, params["policies"]),
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
