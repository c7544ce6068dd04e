#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: network_acl
short_description: Manage network ACLs with their rules
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates network ACLs, keeps their rules, the subnets behind them and their tags; finds one by its C(Name) tag.
  - The rules of a direction are exactly those given; a direction that is not given is left alone.
  - Rules are in place before a subnet moves behind them. Never deletes an ACL.
  - Own module because the stock one numbers the rules itself and takes ids.
options:
  network_acls:
    description: The network ACLs to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Value of the C(Name) tag, which must be unique in the region.
        type: str
        required: true
      vpc:
        description:
          - Name or id of the VPC.
          - Required here or in O(defaults).
        type: str
      subnets:
        description: Names or ids of subnets behind the ACL. Further ones stay.
        type: list
        elements: str
      ingress:
        description: Rules for what comes in.
        type: list
        elements: dict
        suboptions:
            number:
              description: Rules are evaluated by number, the lowest first, and the first that fits decides.
              type: int
              required: true
            protocol:
              description: V(tcp), V(udp), V(icmp), V(icmpv6), V(all) or a protocol's number.
              type: str
              default: tcp
            action:
              description: What happens to traffic that fits.
              type: str
              choices: [allow, deny]
              default: allow
            cidr:
              description: IPv4 or IPv6 range of the peer; this or O(network_acls[].ingress[].cidrs).
              type: str
            cidrs:
              description: Ranges; each is a rule of its own, numbered on from O(network_acls[].ingress[].number).
              type: list
              elements: str
            from_port:
              description: First port of TCP and UDP, and the only one where no last one is given.
              type: int
            to_port:
              description: Last port.
              type: int
            ports:
              description: Single ports instead of O(network_acls[].ingress[].from_port), likewise a rule each.
              type: list
              elements: int
            icmp_type:
              description: Type of ICMP; -1 is any.
              type: int
            icmp_code:
              description: Code of ICMP; -1 is any.
              type: int
      egress:
        description: Rules for what goes out.
        type: list
        elements: dict
        suboptions:
            number:
              description: Rules are evaluated by number, the lowest first, and the first that fits decides.
              type: int
              required: true
            protocol:
              description: V(tcp), V(udp), V(icmp), V(icmpv6), V(all) or a protocol's number.
              type: str
              default: tcp
            action:
              description: What happens to traffic that fits.
              type: str
              choices: [allow, deny]
              default: allow
            cidr:
              description: IPv4 or IPv6 range of the peer; this or O(network_acls[].egress[].cidrs).
              type: str
            cidrs:
              description: Ranges; each is a rule of its own, numbered on from O(network_acls[].egress[].number).
              type: list
              elements: str
            from_port:
              description: First port of TCP and UDP, and the only one where no last one is given.
              type: int
            to_port:
              description: Last port.
              type: int
            ports:
              description: Single ports instead of O(network_acls[].egress[].from_port), likewise a rule each.
              type: list
              elements: int
            icmp_type:
              description: Type of ICMP; -1 is any.
              type: int
            icmp_code:
              description: Code of ICMP; -1 is any.
              type: int
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: The database speaks with its VPC alone
  wellarchitected.webapp.network_acl:
    region: us-east-1
    network_acls:
      - name: mywebapp-prod-database-acl
        vpc: mywebapp-prod-vpc
        subnets: [mywebapp-prod-database-1, mywebapp-prod-database-2]
        ingress:
          - {number: 100, protocol: all, cidr: 10.0.0.0/16}
        egress:
          - {number: 100, protocol: all, cidr: 10.0.0.0/16}
"""

RETURN = r"""
resources:
  description: The network ACLs after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-database-acl:
      id: acl-0a1b2c3d
      ingress: [{number: 100, protocol: all, action: allow, cidr: 10.0.0.0/16}]
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: network_acl, name: mywebapp-prod-database-acl, action: create, fields: []}
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ec2:DescribeNetworkAcls"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ec2.network_acl import NETWORK_ACL, compared

RULES = {
    "type": "list",
    "elements": "dict",
    "options": {
        "number": {"type": "int", "required": True},
        "protocol": {"type": "str", "default": "tcp"},
        "action": {"type": "str", "choices": ["allow", "deny"], "default": "allow"},
        "cidr": {"type": "str"},
        "cidrs": {"type": "list", "elements": "str"},
        "from_port": {"type": "int"},
        "to_port": {"type": "int"},
        "ports": {"type": "list", "elements": "int"},
        "icmp_type": {"type": "int"},
        "icmp_code": {"type": "int"},
    },
}

NEEDS = ("vpc",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        network_acls={
            "name": {"type": "str", "required": True},
            "vpc": {"type": "str"},
            "subnets": {"type": "list", "elements": "str"},
            "ingress": RULES,
            "egress": RULES,
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    acls = [compared(acl) for acl in items(params, "network_acls", NEEDS)]
    return converge(context, NETWORK_ACL, acls, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
