#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: db_subnet_group
short_description: Manage RDS subnet groups
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates DB subnet groups over subnets that are named by their C(Name) tags, and keeps subnets and tags.
  - Never deletes a subnet group.
  - Own module because the stock one takes subnet ids, so it cannot plan before the subnets exist.
options:
  groups:
    description:
      - The subnet groups to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name, in lower case as RDS keeps it.
        type: str
        required: true
      description:
        description:
          - Description, set at creation only.
        type: str
        default: Managed by Ansible
      subnets:
        description:
          - Names or ids of the subnets, in at least two availability zones.
          - Required here or in O(defaults).
        type: list
        elements: str
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: Database subnets in two zones
  wellarchitected.webapp.db_subnet_group:
    region: us-east-1
    groups:
      - name: mywebapp-prod-db-subnet-group
        subnets: [mywebapp-prod-database-1, mywebapp-prod-database-2]
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The subnet groups after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-db-subnet-group:
      name: mywebapp-prod-db-subnet-group
      zones:
        - us-east-1a
        - us-east-1b
      status: Complete
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: db_subnet_group
      name: mywebapp-prod-db-subnet-group
      action: create
      fields: []
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - rds:DescribeDBSubnetGroups
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.rds.db_subnet_group import DB_SUBNET_GROUP

NEEDS = ("subnets",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        groups={
            "name": {"type": "str", "required": True},
            "description": {"type": "str", "default": "Managed by Ansible"},
            "subnets": {"type": "list", "elements": "str"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context, DB_SUBNET_GROUP, items(params, "groups", NEEDS), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
