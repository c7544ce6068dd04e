#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: internet_gateway
short_description: Manage internet gateways by name
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates internet gateways, attaches them to their VPC and keeps their tags.
  - Finds one by its C(Name) tag, or as the one that the VPC has already.
  - Never detaches or deletes one.
  - Own module because the stock one cannot plan for a VPC that does not exist yet.
options:
  internet_gateways:
    description: The internet gateways to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Value of the C(Name) tag, or the id of an existing gateway, which keeps the name that it has.
        type: str
        required: true
      vpc:
        description:
          - Name or id of the VPC that it is attached to.
          - Required here or in O(defaults).
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
- name: The way to the internet
  wellarchitected.webapp.internet_gateway:
    region: us-east-1
    internet_gateways:
      - name: mywebapp-prod-igw
        vpc: mywebapp-prod-vpc
"""

RETURN = r"""
resources:
  description: The internet gateways after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-igw: {id: igw-0a1b2c3d, vpc: vpc-0a1b2c3d}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: internet_gateway, name: mywebapp-prod-igw, action: create, fields: []}
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ec2:DescribeInternetGateways"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ec2.internet_gateway import INTERNET_GATEWAY

NEEDS = ("vpc",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        internet_gateways={
            "name": {"type": "str", "required": True},
            "vpc": {"type": "str"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context,
        INTERNET_GATEWAY,
        items(params, "internet_gateways", NEEDS),
        tags=params["tags"],
        purge_tags=params["purge_tags"],
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
