#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: vpc_subnet
short_description: Manage subnets by name
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates subnets and keeps whether they give public addresses, and their tags; finds one by its
    C(Name) tag, or by its id.
  - Never deletes or replaces a subnet.
  - Own module because the stock one finds a subnet by its range alone, and takes one subnet a task.
options:
  subnets:
    description: The subnets to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Value of the C(Name) tag, which must be unique in the region.
          - Or the id of an existing subnet, which keeps the name that it has.
        type: str
        required: true
      vpc:
        description:
          - Name or id of the VPC.
          - Required here or in O(defaults).
        type: str
      cidr_block:
        description:
          - IPv4 range inside that of the VPC. It cannot be changed afterwards.
          - Required here or in O(defaults).
        type: str
      availability_zone:
        description:
          - Zone of the region. It cannot be changed afterwards.
          - Required here or in O(defaults).
        type: str
      map_public_ip:
        description: Whether what starts in the subnet gets a public address without asking for it.
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
- name: Subnets of the database
  wellarchitected.webapp.vpc_subnet:
    region: us-east-1
    subnets:
      - name: mywebapp-prod-database-1
        vpc: mywebapp-prod-vpc
        cidr_block: 10.0.20.0/24
        availability_zone: us-east-1a
      - name: mywebapp-prod-database-2
        vpc: mywebapp-prod-vpc
        cidr_block: 10.0.21.0/24
        availability_zone: us-east-1b
"""

RETURN = r"""
resources:
  description: The subnets after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-database-1: {id: subnet-0a1b2c3d, cidr_block: 10.0.20.0/24, map_public_ip: false}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: subnet, name: mywebapp-prod-database-1, action: create, fields: []}
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ec2:DescribeSubnets"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ec2.subnet import SUBNET

NEEDS = ("vpc", "cidr_block", "availability_zone")

ARGUMENT_SPEC = aws_spec(
    **bulk(
        subnets={
            "name": {"type": "str", "required": True},
            "vpc": {"type": "str"},
            "cidr_block": {"type": "str"},
            "availability_zone": {"type": "str"},
            "map_public_ip": {"type": "bool", "default": False},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context, SUBNET, items(params, "subnets", NEEDS), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
