#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: load_balancer
short_description: Manage application load balancers
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates application load balancers, or adopts existing ones, and keeps their subnets, security groups, attributes
    and tags. Attributes that are not asked for stay as they are. Never deletes one.
  - Own module because the stock one takes ids alone, knows some of the attributes only, and replaces all listeners and
    rules with those of its list.
options:
  load_balancers:
    description: The load balancers to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the load balancer, at most 32 letters, digits and hyphens.
          - Neither begins nor ends with a hyphen, and does not begin with C(internal-).
        type: str
        required: true
      scheme:
        description:
          - Whether it is reached from the internet. It can never change.
          - Without it an existing one keeps its own, and a new one is V(internal).
        type: str
        choices: [internal, internet-facing]
      vpc:
        description: Name or id of the VPC that an existing one must be in. AWS takes the one of the subnets.
        type: str
      subnets:
        description:
          - Names or ids of its subnets, one for each of at least two zones.
          - Required here or in O(defaults).
        type: list
        elements: str
      security_groups:
        description:
          - Names or ids of its security groups.
          - Required here or in O(defaults).
        type: list
        elements: str
      ip_address_type:
        description: Addresses that clients may use. Without it an existing one keeps its own, and a new one has IPv4.
        type: str
        choices: [ipv4, dualstack, dualstack-without-public-ipv4]
      attributes:
        description:
          - Attributes by AWS's keys, as C(deletion_protection.enabled). Only these are compared and set.
          - A bucket that C(access_logs.s3.bucket) names must take ELB's objects before. ELB tries it with one, and
            encrypts with S3's own keys alone.
        type: dict
  wait:
    description:
      - Whether to wait until a new load balancer is active, which takes some minutes.
      - Listeners, rules and target groups do not need that.
    type: bool
    default: true
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: The load balancer of the application
  wellarchitected.webapp.load_balancer:
    region: us-east-1
    load_balancers:
      - name: mywebapp-prod-alb
        subnets: [mywebapp-prod-private-1, mywebapp-prod-private-2]
        security_groups: [mywebapp-prod-alb]
        attributes:
          deletion_protection.enabled: true
          routing.http.drop_invalid_header_fields.enabled: true
"""

RETURN = r"""
resources:
  description: The load balancers after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {mywebapp-prod-alb: {arn: "arn:aws:elasticloadbalancing:...", status: active}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: load_balancer, name: mywebapp-prod-alb, action: create, fields: []}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["elbv2:DescribeLoadBalancers"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.elbv2.load_balancer import LOAD_BALANCER, STARTED_LOAD_BALANCER

NEEDS = ("subnets", "security_groups")

ARGUMENT_SPEC = aws_spec(
    **bulk(
        load_balancers={
            "name": {"type": "str", "required": True},
            "scheme": {"type": "str", "choices": ["internal", "internet-facing"]},
            "vpc": {"type": "str"},
            "subnets": {"type": "list", "elements": "str"},
            "security_groups": {"type": "list", "elements": "str"},
            "ip_address_type": {"type": "str", "choices": ["ipv4", "dualstack", "dualstack-without-public-ipv4"]},
            "attributes": {"type": "dict"},
        },
    ),
    wait={"type": "bool", "default": True},
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    kind = LOAD_BALANCER if params["wait"] else STARTED_LOAD_BALANCER
    balancers = items(params, "load_balancers", NEEDS)
    return converge(context, kind, balancers, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
