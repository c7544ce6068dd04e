#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: security_group
short_description: Manage security groups with their rules
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates security groups and keeps their rules and tags; finds one by its own name in its VPC.
  - The rules of a direction are exactly those given; a direction that is not given is left alone. A rule that somebody
    else has put into it is removed, and named in a warning, in check mode too; to keep one, give it among the rules,
    as the role network does with C(network_extra_rules).
  - New rules come before old ones go, so that an adopted group keeps working. Never deletes a group.
  - Name V(default) is the group that AWS makes with each VPC.
  - Own module because the stock one cannot make groups that name each other, and takes one group a task.
options:
  security_groups:
    description: The security groups to converge; their rules may name each other.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the group.
        type: str
        required: true
      vpc:
        description:
          - Name or id of the VPC.
          - Required here or in O(defaults).
        type: str
      description:
        description: Set at creation; AWS does not change it afterwards.
        type: str
        default: Managed by Ansible
      ingress:
        description:
          - What may come in, each rule with exactly one kind of peer.
          - Other rules of the direction are removed, whoever has made them; without this option all stay.
        type: list
        elements: dict
        suboptions:
            protocol:
              description: V(tcp), V(udp), V(icmp), V(icmpv6), V(all) or a protocol's number.
              type: str
              default: tcp
            from_port:
              description: First port, and the only one where no last one is given; the type for ICMP, where none is
                any. Other protocols have no ports.
              type: int
            to_port:
              description: Last port; the code for ICMP, where none is any.
              type: int
            ports:
              description: Single ports instead of O(security_groups[].ingress[].from_port); each is a rule of its own.
              type: list
              elements: int
            cidr:
              description: IPv4 or IPv6 range of the peer.
              type: str
            cidrs:
              description: Ranges, likewise; each is a rule of its own.
              type: list
              elements: str
            security_group:
              description: Name or id of the security group of the peer, or 123456789012/sg-0a1b2c3d of another account.
              type: str
            security_groups:
              description: Security groups, likewise; each is a rule of its own.
              type: list
              elements: str
            prefix_list:
              description: Name or id of a prefix list, such as V(com.amazonaws.global.cloudfront.origin-facing).
              type: str
            prefix_lists:
              description: Prefix lists, likewise; each is a rule of its own.
              type: list
              elements: str
            description:
              description: What the rule is for.
              type: str
      egress:
        description: What may go out, each rule with exactly one kind of peer.
        type: list
        elements: dict
        suboptions:
            protocol:
              description: V(tcp), V(udp), V(icmp), V(icmpv6), V(all) or a protocol's number.
              type: str
              default: tcp
            from_port:
              description: First port, and the only one where no last one is given; the type for ICMP, where none is
                any. Other protocols have no ports.
              type: int
            to_port:
              description: Last port; the code for ICMP, where none is any.
              type: int
            ports:
              description: Single ports instead of O(security_groups[].egress[].from_port); each is a rule of its own.
              type: list
              elements: int
            cidr:
              description: IPv4 or IPv6 range of the peer.
              type: str
            cidrs:
              description: Ranges, likewise; each is a rule of its own.
              type: list
              elements: str
            security_group:
              description: Name or id of the security group of the peer, or 123456789012/sg-0a1b2c3d of another account.
              type: str
            security_groups:
              description: Security groups, likewise; each is a rule of its own.
              type: list
              elements: str
            prefix_list:
              description: Name or id of a prefix list, such as V(com.amazonaws.global.cloudfront.origin-facing).
              type: str
            prefix_lists:
              description: Prefix lists, likewise; each is a rule of its own.
              type: list
              elements: str
            description:
              description: What the rule is for.
              type: str
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: The database answers the tasks, and speaks to nobody
  wellarchitected.webapp.security_group:
    region: us-east-1
    security_groups:
      - name: mywebapp-prod-aurora-sg
        vpc: mywebapp-prod-vpc
        description: "Database: MySQL from the tasks"
        ingress:
          - from_port: 3306
            security_group: mywebapp-prod-ecs-sg
            description: MySQL from the tasks
        egress: []
      - name: mywebapp-prod-alb-sg
        vpc: mywebapp-prod-vpc
        description: Load balancer
        ingress:
          - ports: [80, 443]
            cidrs: [192.0.2.0/24, "2001:db8::/32"]
            description: The office
"""

RETURN = r"""
resources:
  description: The security groups after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-aurora-sg:
      id: sg-0a1b2c3d
      ingress: [{protocol: tcp, from_port: 3306, to_port: 3306, security_group: sg-1a2b3c4d}]
      egress: []
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: security_group, name: mywebapp-prod-aurora-sg, action: create, fields: []}
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ec2:DescribeSecurityGroups"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ec2.security_group import SECURITY_GROUP
from ..module_utils._resources.ec2.security_rules import compared

RULES = {
    "type": "list",
    "elements": "dict",
    "options": {
        "protocol": {"type": "str", "default": "tcp"},
        "from_port": {"type": "int"},
        "to_port": {"type": "int"},
        "ports": {"type": "list", "elements": "int"},
        "cidr": {"type": "str"},
        "cidrs": {"type": "list", "elements": "str"},
        "security_group": {"type": "str"},
        "security_groups": {"type": "list", "elements": "str"},
        "prefix_list": {"type": "str"},
        "prefix_lists": {"type": "list", "elements": "str"},
        "description": {"type": "str"},
    },
}

NEEDS = ("vpc",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        security_groups={
            "name": {"type": "str", "required": True},
            "vpc": {"type": "str"},
            "description": {"type": "str", "default": "Managed by Ansible"},
            "ingress": RULES,
            "egress": RULES,
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    groups = [compared(group) for group in items(params, "security_groups", NEEDS)]
    return converge(context, SECURITY_GROUP, groups, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
