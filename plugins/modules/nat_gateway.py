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
  - Creates NAT gateways with an elastic IP of their own, and keeps their tags; finds one by its C(Name) tag. The
    address is made first; a free one that is named like the gateway is taken.
  - Deletes one that is to be absent, and then releases the address of that name that it has served, or that bears the
    tags of O(tags) and no others. Any other address stays, with a warning. One that routes still lead to is not
    deleted.
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
      owner_tags:
        description:
          - With O(nat_gateways[].state=absent), tags that prove it to be the caller's.
          - One that does not bear them stays, with a warning.
        type: dict
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
      allocation:
        description:
          - Name or allocation id of an elastic IP of yours for a zonal gateway. It gets no tags and is never released.
          - A gateway that is there keeps the address that it has, with a warning where that is another one.
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
  - wellarchitected.webapp.bulk.wait
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
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ec2.nat_gateways import converge_nat_gateways

ARGUMENT_SPEC = aws_spec(
    **bulk(
        nat_gateways={
            "name": {"type": "str", "required": True},
            "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
            "owner_tags": {"type": "dict"},
            "availability_mode": {"type": "str", "choices": ["zonal", "regional"], "default": "zonal"},
            "subnet": {"type": "str"},
            "allocation": {"type": "str"},
            "vpc": {"type": "str"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge_nat_gateways(
        context, items(params, "nat_gateways"), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
