#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: vpc
short_description: Manage VPCs by name
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates VPCs and keeps their DNS attributes and tags; finds an existing one by its C(Name) tag, or by its id.
  - Never deletes or replaces a VPC.
  - Own module because the stock one plans nothing that depends on a VPC which does not exist yet.
options:
  vpcs:
    description: The VPCs to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Value of the C(Name) tag, which must be unique in the region.
          - Or the id of an existing VPC, which keeps the name that it has.
        type: str
        required: true
      cidr_block:
        description:
          - IPv4 range, such as C(10.0.0.0/16). It cannot be changed afterwards.
          - Required here or in O(defaults).
        type: str
      secondary_cidr_blocks:
        description: Further IPv4 ranges. Those that the VPC has besides stay.
        type: list
        elements: str
      dns_support:
        description: Whether the Amazon DNS server answers in the VPC.
        type: bool
        default: true
      dns_hostnames:
        description: Whether instances get DNS names; interface endpoints with private DNS need it.
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
- name: The VPC of the stack
  wellarchitected.webapp.vpc:
    region: us-east-1
    vpcs:
      - name: mywebapp-prod
        cidr_block: 10.0.0.0/16
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The VPCs after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod: {name: mywebapp-prod, id: vpc-0a1b2c3d, cidr_block: 10.0.0.0/16, status: available}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: vpc, name: mywebapp-prod, action: create, fields: []}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ec2:DescribeVpcs"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ec2.vpc import VPC

NEEDS = ("cidr_block",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        vpcs={
            "name": {"type": "str", "required": True},
            "cidr_block": {"type": "str"},
            "secondary_cidr_blocks": {"type": "list", "elements": "str"},
            "dns_support": {"type": "bool", "default": True},
            "dns_hostnames": {"type": "bool", "default": True},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(context, VPC, items(params, "vpcs", NEEDS), tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
