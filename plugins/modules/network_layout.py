#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: network_layout
short_description: Plan a network from zones and ranges, and refuse what cannot work
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Says which subnets, NAT gateways and route tables a network of three tiers needs, in the shape of the modules that
    make them.
  - Refuses, before anything is made, ranges that overlap or lie outside the VPC, too few or unknown zones, and private
    subnets without any way to what tasks need. Everything that is wrong is said at once.
  - Changes nothing.
options:
  prefix:
    description: What all names start with, such as C(mywebapp-prod).
    type: str
    required: true
  vpc_cidr:
    description: IPv4 range of the VPC.
    type: str
    required: true
  availability_zones:
    description: Two or three zones of the region.
    type: list
    elements: str
    required: true
  public_cidrs:
    description: Ranges of the public subnets, one for each zone in their order. Further ones are kept for more zones.
    type: list
    elements: str
    required: true
  private_cidrs:
    description: Ranges of the private subnets, likewise.
    type: list
    elements: str
    required: true
  database_cidrs:
    description: Ranges of the database's subnets, likewise.
    type: list
    elements: str
    required: true
  nat_mode:
    description: How many NAT gateways there are to be.
    type: str
    choices: [per_az, single, regional, none]
    default: per_az
  interface_endpoints:
    description: Short names of the services that get an interface endpoint.
    type: list
    elements: str
    default: []
  public_addresses:
    description: Whether what starts in a public subnet gets a public address without asking for it.
    type: bool
    default: false
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - wellarchitected.webapp.aws
"""

EXAMPLES = r"""
- name: The plan of the network
  wellarchitected.webapp.network_layout:
    region: us-east-1
    prefix: mywebapp-prod
    vpc_cidr: 10.0.0.0/16
    availability_zones: [us-east-1a, us-east-1b]
    public_cidrs: [10.0.0.0/24, 10.0.1.0/24]
    private_cidrs: [10.0.10.0/24, 10.0.11.0/24]
    database_cidrs: [10.0.20.0/24, 10.0.21.0/24]
    nat_mode: single
  register: layout
"""

RETURN = r"""
names:
  description: Names of the subnets, by tier.
  returned: success
  type: dict
  sample: {public: [mywebapp-prod-public-1, mywebapp-prod-public-2]}
subnets:
  description: The subnets.
  returned: success
  type: list
  elements: dict
  sample:
    - name: mywebapp-prod-public-1
      vpc: mywebapp-prod-vpc
      cidr_block: 10.0.0.0/24
      availability_zone: us-east-1a
      map_public_ip: false
nat_gateways:
  description: The NAT gateways of the mode.
  returned: success
  type: list
  elements: dict
  sample: [{name: mywebapp-prod-nat-1, subnet: mywebapp-prod-public-1, availability_mode: zonal}]
superfluous_nat_gateways:
  description: The NAT gateways of the other modes, to be absent.
  returned: success
  type: list
  elements: dict
  sample: [{name: mywebapp-prod-nat-2, state: absent}]
route_tables:
  description: The route tables.
  returned: success
  type: list
  elements: dict
  sample: [{name: mywebapp-prod-database-rt, vpc: mywebapp-prod-vpc, routes: [], purge_routes: internet}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ec2:DescribeAvailabilityZones"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._describe import ec2
from ..module_utils._engine.context import Context
from ..module_utils._engine.module import aws_spec, run_module
from ..module_utils._resources.ec2.network_layout import NAT_MODES, TIERS, layout

ARGUMENT_SPEC = aws_spec(
    prefix={"type": "str", "required": True},
    vpc_cidr={"type": "str", "required": True},
    availability_zones={"type": "list", "elements": "str", "required": True},
    **{f"{tier}_cidrs": {"type": "list", "elements": "str", "required": True} for tier in TIERS},
    nat_mode={"type": "str", "choices": list(NAT_MODES), "default": "per_az"},
    interface_endpoints={"type": "list", "elements": "str", "default": []},
    public_addresses={"type": "bool", "default": False},
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    zones = ec2.availability_zones(context.aws)
    made = layout(
        prefix=params["prefix"],
        vpc_cidr=params["vpc_cidr"],
        zones=params["availability_zones"],
        region=context.aws.region,
        known_zones=[zone["ZoneName"] for zone in zones],
        cidrs={tier: params[f"{tier}_cidrs"] for tier in TIERS},
        nat_mode=params["nat_mode"],
        interface_endpoints=params["interface_endpoints"],
        public_addresses=params["public_addresses"],
    )
    return {"changed": False, **made}


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
