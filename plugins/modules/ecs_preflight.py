#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: ecs_preflight
short_description: Refuse what a service on Fargate cannot become
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Says, before anything is changed, which sizes, containers, names and certificates AWS would refuse, all at once.
  - Changes nothing.
  - Own module because no stock module knows the sizes of Fargate.
options:
  expect:
    description:
      - Names of what must exist, or what an earlier task of a check mode run would have made, in a list for each
        kind.
    type: dict
    default: {}
  http_kept:
    description: Whether HTTP goes on to the target group past the production rule.
    type: bool
    default: false
  deployment_strategy:
    description: Strategy as M(wellarchitected.webapp.ecs_service) takes it.
    type: str
    default: ROLLING
  load_balancer:
    description: Name of the load balancer.
    type: str
    required: true
  target_groups:
    description: Names of its target groups.
    type: list
    elements: str
    required: true
  certificate:
    description: Domain name of the certificate of its HTTPS listener, which must be issued.
    type: str
    required: true
  cpu:
    description: CPU units of a task.
    type: int
    required: true
  memory:
    description: Memory of a task in MiB.
    type: int
    required: true
  containers:
    description: Containers as M(wellarchitected.webapp.ecs_task_definition) takes them.
    type: list
    elements: dict
    required: true
  capacity_provider_strategy:
    description: Strategy as M(wellarchitected.webapp.ecs_service) takes it.
    type: list
    elements: dict
    default: []
  min_capacity:
    description: Least number of tasks.
    type: int
    required: true
  max_capacity:
    description: Most tasks.
    type: int
    required: true
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - wellarchitected.webapp.aws
attributes:
  check_mode:
    description: Reads only, in check mode as otherwise.
    support: full
  diff_mode:
    description: Changes nothing, so there is no difference to show.
    support: none
  idempotent:
    description: Changes nothing.
    support: full
"""

EXAMPLES = r"""
- name: Check the service
  wellarchitected.webapp.ecs_preflight:
    region: us-east-1
    load_balancer: mywebapp-prod-alb
    target_groups: [mywebapp-prod-tg]
    certificate: app.example.com
    cpu: 1024
    memory: 2048
    containers: [{name: app, image: "app:1"}]
    min_capacity: 4
    max_capacity: 10
"""

RETURN = r"""
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["acm:ListCertificates"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.module import aws_spec, run_module
from ..module_utils._resources.ecs.ecs_preflight import preflight

ARGUMENT_SPEC = aws_spec(
    expect={"type": "dict", "default": {}},
    http_kept={"type": "bool", "default": False},
    deployment_strategy={"type": "str", "default": "ROLLING"},
    load_balancer={"type": "str", "required": True},
    target_groups={"type": "list", "elements": "str", "required": True},
    certificate={"type": "str", "required": True},
    cpu={"type": "int", "required": True},
    memory={"type": "int", "required": True},
    containers={"type": "list", "elements": "dict", "required": True},
    capacity_provider_strategy={"type": "list", "elements": "dict", "default": []},
    min_capacity={"type": "int", "required": True},
    max_capacity={"type": "int", "required": True},
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    preflight(context, params)
    return {"changed": False}


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
