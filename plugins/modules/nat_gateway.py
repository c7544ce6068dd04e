#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: nat_gateway
short_description: Manage NAT gateways with their addresses
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates NAT gateways with an elastic IP of their own, and keeps their tags; finds one by its C(Name) tag.
  - Deletes one that is to be absent, and then releases its address. One that routes still lead to is not deleted.
  - Own module because the stock one makes a second gateway where the first is still being made, knows no regional
    gateways, and leaves the addresses.
options:
  nat_gateways:
    description: The NAT gateways to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Value of the C(Name) tag, which the address bears too.
        type: str
        required: true
      state:
        description: Whether there is to be one.
        type: str
        choices: [present, absent]
        default: present
      availability_mode:
        description:
          - A V(zonal) gateway stands in one subnet.
          - A V(regional) gateway belongs to the VPC; AWS spreads it over the zones and brings the addresses.
        type: str
        choices: [zonal, regional]
        default: zonal
      subnet:
        description: Name or id of the public subnet of a zonal gateway.
        type: str
      vpc:
        description: Name or id of the VPC of a regional gateway.
        type: str
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
"""

EXAMPLES = r"""
- name: One gateway for all zones
  wellarchitected.webapp.nat_gateway:
    region: us-east-1
    nat_gateways:
      - name: mywebapp-prod-nat-1
        subnet: mywebapp-prod-public-1
      - name: mywebapp-prod-nat-2
        state: absent
"""

RETURN = r"""
resources:
  description: The NAT gateways after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-nat-1: {id: nat-0a1b2c3d, availability_mode: zonal, public_ips: [203.0.113.10], status: available}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: nat_gateway, name: mywebapp-prod-nat-1, action: create, fields: []}
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ec2:DescribeNatGateways"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge, joined
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ec2.nat_gateway import ELASTIC_IP, NAT_GATEWAY

ARGUMENT_SPEC = aws_spec(
    **bulk(
        nat_gateways={
            "name": {"type": "str", "required": True},
            "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
            "availability_mode": {"type": "str", "choices": ["zonal", "regional"], "default": "zonal"},
            "subnet": {"type": "str"},
            "vpc": {"type": "str"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    """Gateways, then the addresses of those that are gone; an interrupted run's too."""
    gateways = items(params, "nat_gateways")
    gone = [{"name": one["name"], "state": "absent"} for one in gateways if one["state"] == "absent"]
    return joined(
        converge(context, NAT_GATEWAY, gateways, tags=params["tags"], purge_tags=params["purge_tags"]),
        converge(context, ELASTIC_IP, gone),
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
