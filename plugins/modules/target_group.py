#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: target_group
short_description: Manage target groups of load balancers
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates target groups, or adopts existing ones, and keeps their health check, attributes and tags. Attributes that
    are not asked for, and the targets, stay as they are. Never deletes one.
  - Own module because the stock one says ok in check mode for a group that it would then create.
options:
  target_groups:
    description: The target groups to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the target group, at most 32 letters, digits and hyphens. Neither begins nor ends with a hyphen.
        type: str
        required: true
      vpc:
        description:
          - Name or id of the VPC of the targets. It can never change.
          - Required here or in O(defaults).
        type: str
      port:
        description:
          - Port of the targets. It can never change.
          - Required here or in O(defaults).
        type: int
      protocol:
        description: Protocol of the targets. It can never change.
        type: str
        choices: [HTTP, HTTPS]
        default: HTTP
      protocol_version:
        description:
          - Version of the protocol. It can never change.
          - Without it an existing group keeps its own, and a new one has AWS's default, V(HTTP1).
        type: str
        choices: [HTTP1, HTTP2, GRPC]
      target_type:
        description: What targets are registered by. It can never change; tasks on Fargate are registered by address.
        type: str
        choices: [ip, instance]
        default: ip
      health_check_path:
        description: Path that the health check asks for, AWS's default is V(/).
        type: str
      health_check_port:
        description: Port that the health check asks, AWS's default is V(traffic-port).
        type: str
      health_check_protocol:
        description: Protocol of the health check, AWS's default is V(HTTP).
        type: str
        choices: [HTTP, HTTPS]
      health_check_interval_seconds:
        description: Seconds between two health checks of a target, AWS's default is 30.
        type: int
      health_check_timeout_seconds:
        description: Seconds after which a target that does not answer has failed, AWS's default is 5.
        type: int
      healthy_threshold_count:
        description: Successes in a row after which a target is healthy, AWS's default is 5.
        type: int
      unhealthy_threshold_count:
        description: Failures in a row after which a target is unhealthy, AWS's default is 2.
        type: int
      matcher:
        description: Codes of a healthy target, as V(200) or V(200-299); AWS's default is V(200), or V(12) with GRPC.
        type: str
      attributes:
        description:
          - Attributes by AWS's keys, as C(deregistration_delay.timeout_seconds). Only these are compared and set.
        type: dict
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: The two target groups of blue/green deployments
  wellarchitected.webapp.target_group:
    region: us-east-1
    name_prefix: mywebapp-prod-
    target_groups: [blue, green]
    defaults:
      vpc: mywebapp-prod-vpc
      port: 8080
      health_check_path: /healthz
      attributes:
        deregistration_delay.timeout_seconds: 30
"""

RETURN = r"""
resources:
  description: The target groups after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {mywebapp-prod-blue: {arn: "arn:aws:elasticloadbalancing:...", port: 8080, target_type: ip}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: target_group, name: mywebapp-prod-blue, action: create, fields: []}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["elbv2:DescribeTargetGroups"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.elbv2.target_group import TARGET_GROUP

NEEDS = ("vpc", "port")

ARGUMENT_SPEC = aws_spec(
    **bulk(
        target_groups={
            "name": {"type": "str", "required": True},
            "vpc": {"type": "str"},
            "port": {"type": "int"},
            "protocol": {"type": "str", "choices": ["HTTP", "HTTPS"], "default": "HTTP"},
            "protocol_version": {"type": "str", "choices": ["HTTP1", "HTTP2", "GRPC"]},
            "target_type": {"type": "str", "choices": ["ip", "instance"], "default": "ip"},
            "health_check_path": {"type": "str"},
            "health_check_port": {"type": "str"},
            "health_check_protocol": {"type": "str", "choices": ["HTTP", "HTTPS"]},
            "health_check_interval_seconds": {"type": "int"},
            "health_check_timeout_seconds": {"type": "int"},
            "healthy_threshold_count": {"type": "int"},
            "unhealthy_threshold_count": {"type": "int"},
            "matcher": {"type": "str"},
            "attributes": {"type": "dict"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    groups = items(params, "target_groups", NEEDS)
    return converge(context, TARGET_GROUP, groups, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
