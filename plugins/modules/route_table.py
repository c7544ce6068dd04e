#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: route_table
short_description: Manage route tables by name
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates route tables, keeps their routes, the subnets that use them and their tags; finds one by its C(Name)
    tag, or by its id.
  - Moves a subnet from another table in one step. Routes of gateway endpoints and propagated ones are left alone.
  - Never deletes a route table.
  - Own module because the stock one takes ids, and one table a task, and removes the routes of endpoints.
options:
  route_tables:
    description: The route tables to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Value of the C(Name) tag, which must be unique in the region.
          - Or the id of an existing table, which keeps the name that it has.
        type: str
        required: true
      vpc:
        description:
          - Name or id of the VPC.
          - Required here or in O(defaults).
        type: str
      subnets:
        description: Names or ids of subnets that use the table. Further ones stay.
        type: list
        elements: str
      routes:
        description: The routes, each with exactly one target.
        type: list
        elements: dict
        suboptions:
          destination:
            description: IPv4 or IPv6 range, or id of a prefix list.
            type: str
            required: true
          internet_gateway:
            description: Name or id of an internet gateway.
            type: str
          nat_gateway:
            description: Name or id of a NAT gateway.
            type: str
          target:
            description: Id of another target, such as a peering connection or a transit gateway.
            type: str
      purge_routes:
        description:
          - Which routes that are not asked for are removed.
          - V(internet) removes those through internet, NAT and egress-only gateways.
          - V(internet_ipv4) removes their IPv4 ones, and leaves the others to who has given the subnets IPv6 ranges.
        type: str
        choices: [nothing, internet, internet_ipv4, all]
        default: nothing
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: A database without a way to the internet
  wellarchitected.webapp.route_table:
    region: us-east-1
    route_tables:
      - name: mywebapp-prod-database-rt
        vpc: mywebapp-prod-vpc
        subnets: [mywebapp-prod-database-1, mywebapp-prod-database-2]
        routes: []
        purge_routes: internet
"""

RETURN = r"""
resources:
  description: The route tables after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-database-rt: {id: rtb-0a1b2c3d, routes: [], subnets: [subnet-0a1b2c3d, subnet-1a2b3c4d]}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: route_table, name: mywebapp-prod-database-rt, action: create, fields: []}
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ec2:DescribeRouteTables"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ec2.route_table import ROUTE_TABLE

NEEDS = ("vpc",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        route_tables={
            "name": {"type": "str", "required": True},
            "vpc": {"type": "str"},
            "subnets": {"type": "list", "elements": "str"},
            "routes": {
                "type": "list",
                "elements": "dict",
                "options": {
                    "destination": {"type": "str", "required": True},
                    "internet_gateway": {"type": "str"},
                    "nat_gateway": {"type": "str"},
                    "target": {"type": "str"},
                },
            },
            "purge_routes": {
                "type": "str",
                "choices": ["nothing", "internet", "internet_ipv4", "all"],
                "default": "nothing",
            },
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context, ROUTE_TABLE, items(params, "route_tables", NEEDS), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
