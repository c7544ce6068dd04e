#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: vpc_endpoint
short_description: Manage VPC endpoints by name
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates gateway and interface endpoints, keeps their policy, private DNS, places and tags; finds one by its C(Name)
    tag, or as the one that the VPC has for the service, since AWS allows no second one beside it.
  - Deletes one that is to be absent.
  - Own module because the stock one changes neither subnets nor groups nor private DNS of an endpoint.
options:
  vpc_endpoints:
    description: The endpoints to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Value of the C(Name) tag.
        type: str
        required: true
      state:
        description: Whether there is to be one.
        type: str
        choices: [present, absent]
        default: present
      owner_tags:
        description:
          - With O(vpc_endpoints[].state=absent), tags that prove it to be the caller's.
          - One that does not bear them stays, with a warning.
        type: dict
      vpc:
        description:
          - Name or id of the VPC.
          - Required here or in O(defaults).
        type: str
      service:
        description:
          - AWS's short name of the service in this region, such as V(s3) or V(ecr.api), or a full name.
          - Required here or in O(defaults).
        type: str
      type:
        description: Type of the endpoint. Gateways are free of charge; only S3 and DynamoDB have them.
        type: str
        choices: [gateway, interface]
        default: interface
      route_tables:
        description: Names or ids of route tables that lead to a gateway. Further ones stay.
        type: list
        elements: str
      subnets:
        description: Names or ids of subnets with an interface, one for each zone.
        type: list
        elements: str
      security_groups:
        description: Names or ids of the security groups of the interfaces.
        type: list
        elements: str
      private_dns:
        description: Whether the service's own name leads to the interfaces.
        type: bool
        default: true
      policy:
        description: Policy document; without it what is there stays, and AWS admits everything to a new endpoint.
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
- name: S3 without the NAT gateway
  wellarchitected.webapp.vpc_endpoint:
    region: us-east-1
    vpc_endpoints:
      - name: mywebapp-prod-s3
        vpc: mywebapp-prod-vpc
        service: s3
        type: gateway
        route_tables: [mywebapp-prod-private-1-rt, mywebapp-prod-private-2-rt]
"""

RETURN = r"""
resources:
  description: The endpoints after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-s3: {id: vpce-0a1b2c3d, service: com.amazonaws.us-east-1.s3, type: gateway, status: available}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: vpc_endpoint, name: mywebapp-prod-s3, action: create, fields: []}
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ec2:DescribeVpcEndpoints"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ec2.vpc_endpoint import VPC_ENDPOINT, service_name

NEEDS = ("vpc", "service")

ARGUMENT_SPEC = aws_spec(
    **bulk(
        vpc_endpoints={
            "name": {"type": "str", "required": True},
            "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
            "owner_tags": {"type": "dict"},
            "vpc": {"type": "str"},
            "service": {"type": "str"},
            "type": {"type": "str", "choices": ["gateway", "interface"], "default": "interface"},
            "route_tables": {"type": "list", "elements": "str"},
            "subnets": {"type": "list", "elements": "str"},
            "security_groups": {"type": "list", "elements": "str"},
            "private_dns": {"type": "bool", "default": True},
            "policy": {"type": "dict"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    endpoints = [
        {
            **endpoint,
            "service": service_name(context.aws, endpoint["service"], endpoint["type"]),
            "private_dns": endpoint["private_dns"] if endpoint["type"] == "interface" else None,
        }
        for endpoint in items(params, "vpc_endpoints", NEEDS)
    ]
    return converge(context, VPC_ENDPOINT, endpoints, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
