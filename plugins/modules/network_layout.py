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
  - Says which subnets, NAT gateways, route tables and endpoints a network of three tiers needs, in the shape of the
    modules that make them.
  - Refuses, before anything is made, ranges that overlap, lie outside the VPC or meet subnets that it has already, too
    few or unknown zones, ids that name nothing and names that two things bear, endpoints that AWS does not offer there,
    rules that AWS does not take, public subnets too small for a load balancer, and private subnets without any way to
    what tasks need. Everything that is wrong is said at once.
  - Changes nothing.
options:
  prefix:
    description: What all names start with, such as C(mywebapp-prod).
    type: str
    required: true
  vpc:
    description: Name or id of the VPC; without it the prefix and C(-vpc).
    type: str
  vpc_cidr:
    description: IPv4 range of the VPC.
    type: str
    required: true
  secondary_cidrs:
    description: Further IPv4 ranges that it is to have. Those that it has count without being named.
    type: list
    elements: str
    default: []
  availability_zones:
    description:
      - Two or three zones of the region, by name or id.
      - Without them the zones of the subnets that there are, and the region's first ones, two at least.
    type: list
    elements: str
    default: []
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
  subnet_names:
    description:
      - Names or ids of the subnets by tier (V(public), V(private), V(database)), in the order of the zones.
      - A tier without them is called as the prefix says.
    type: dict
    default: {}
  route_table_names:
    description: Names or ids of the route tables by tier, likewise. Several subnets may use one.
    type: dict
    default: {}
  internet_gateway:
    description: Name or id of the internet gateway; without it the one that the VPC has, or the prefix and C(-igw).
    type: str
  nat_mode:
    description: How many NAT gateways there are to be.
    type: str
    choices: [per_az, single, regional, none]
    default: per_az
  nat_allocations:
    description: Allocation ids of elastic IPs of yours for the zonal gateways, in the order of the zones.
    type: list
    elements: str
    default: []
  gateway_endpoints:
    description: Short names of the services that get a gateway endpoint.
    type: list
    elements: str
    default: [s3]
  interface_endpoints:
    description: Short names of the services that get an interface endpoint.
    type: list
    elements: str
    default: []
  own_endpoints:
    description: Further endpoints in the shape of M(wellarchitected.webapp.vpc_endpoint); the service is enough.
    type: list
    elements: dict
    default: []
  endpoint_policies:
    description: Policy documents of endpoints, by V(interface), V(s3) and V(dynamodb).
    type: dict
    default: {}
  endpoint_groups:
    description: Names or ids of the security groups of the interfaces.
    type: list
    elements: str
    default: []
  app_egress_cidrs:
    description: Ranges that the tasks may reach; without any they need endpoints.
    type: list
    elements: str
    default: [0.0.0.0/0]
  public_addresses:
    description: Whether what starts in a public subnet gets a public address without asking for it.
    type: bool
    default: false
  security_groups:
    description:
      - The security groups that are to be made, as M(wellarchitected.webapp.security_group) takes them.
      - They are held against what AWS takes, and their rules against the account's quota.
    type: list
    elements: dict
    default: []
  network_acls:
    description: The network ACLs that are to be made, as M(wellarchitected.webapp.network_acl) takes them, likewise.
    type: list
    elements: dict
    default: []
  flow_log_role:
    description: Name of the role that writes flow logs, which is held against what IAM takes.
    type: str
  flow_log_group:
    description: Name of their log group, which is held against what CloudWatch Logs takes.
    type: str
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
zones:
  description: The zones by name.
  returned: success
  type: list
  elements: str
  sample: [us-east-1a, us-east-1b]
ranges:
  description: All IPv4 ranges of the VPC.
  returned: success
  type: list
  elements: str
  sample: [10.0.0.0/16]
ipv6_ranges:
  description: The IPv6 ranges that the VPC has.
  returned: success
  type: list
  elements: str
  sample: []
is_own:
  description: Whether the VPC is still to be made or was made by this collection; else it is adopted.
  returned: success
  type: bool
  sample: true
internet_gateway:
  description: What the internet gateway is to be called, or the id of the one that the VPC has.
  returned: success
  type: str
  sample: mywebapp-prod-igw
endpoints:
  description: The endpoints, and those that are to be absent.
  returned: success
  type: list
  elements: dict
  sample: [{name: mywebapp-prod-s3, service: s3, type: gateway, route_tables: [mywebapp-prod-private-1-rt]}]
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

from ..module_utils._engine.context import Context
from ..module_utils._engine.errors import Refusal
from ..module_utils._engine.module import aws_spec, run_module
from ..module_utils._resources.ec2.network_checks import TIERS
from ..module_utils._resources.ec2.network_found import Found, look_around, unknown_ids
from ..module_utils._resources.ec2.network_layout import NAT_MODES, layout
from ..module_utils._resources.ec2.network_limits import limit_reasons

LIST = {"type": "list", "elements": "str"}

ARGUMENT_SPEC = aws_spec(
    prefix={"type": "str", "required": True},
    vpc={"type": "str"},
    vpc_cidr={"type": "str", "required": True},
    secondary_cidrs={**LIST, "default": []},
    availability_zones={**LIST, "default": []},
    **{f"{tier}_cidrs": {**LIST, "required": True} for tier in TIERS},
    subnet_names={"type": "dict", "default": {}},
    route_table_names={"type": "dict", "default": {}},
    internet_gateway={"type": "str"},
    nat_mode={"type": "str", "choices": list(NAT_MODES), "default": "per_az"},
    nat_allocations={**LIST, "default": []},
    gateway_endpoints={**LIST, "default": ["s3"]},
    interface_endpoints={**LIST, "default": []},
    own_endpoints={"type": "list", "elements": "dict", "default": []},
    endpoint_policies={"type": "dict", "default": {}},
    endpoint_groups={**LIST, "default": []},
    app_egress_cidrs={**LIST, "default": ["0.0.0.0/0"]},
    public_addresses={"type": "bool", "default": False},
    security_groups={"type": "list", "elements": "dict", "default": []},
    network_acls={"type": "list", "elements": "dict", "default": []},
    flow_log_role={"type": "str"},
    flow_log_group={"type": "str"},
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    own = [one["service"] for one in params["own_endpoints"] if one.get("service")]
    vpc = params["vpc"] or f"{params['prefix']}-vpc"
    found = look_around(context.aws, vpc, {*params["interface_endpoints"], *own})
    wrong = list(limit_reasons(context.aws, params))
    wrong += unknown_ids(context.aws, found, params["internet_gateway"] or "", params["nat_allocations"])
    try:
        made = _layout(context.aws.region, params, found, vpc)
    except Refusal as refusal:
        raise Refusal([*refusal.reasons, *wrong]) from refusal
    if wrong:
        raise Refusal(wrong)
    return {"changed": False, **made}


def _layout(region: str, params: Mapping[str, Any], found: Found, vpc: str) -> dict[str, Any]:
    same = (
        *("prefix", "vpc_cidr", "secondary_cidrs", "nat_mode", "nat_allocations", "interface_endpoints"),
        *("gateway_endpoints", "own_endpoints", "endpoint_policies", "endpoint_groups", "app_egress_cidrs"),
        *("public_addresses", "subnet_names", "route_table_names"),
    )
    return layout(
        region=region,
        vpc=vpc,
        zones=params["availability_zones"],
        known_zones=list(found.zones),
        cidrs={tier: params[f"{tier}_cidrs"] for tier in TIERS},
        internet_gateway=params["internet_gateway"] or "",
        found=found,
        **{name: params[name] for name in same},
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
