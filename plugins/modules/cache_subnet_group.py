#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: cache_subnet_group
short_description: Manage ElastiCache subnet groups
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates cache subnet groups over subnets that are named by their C(Name) tags, and keeps subnets and tags.
  - Never deletes a subnet group.
  - Own module because the stock one takes subnet ids, so it cannot plan before the subnets exist, and no tags.
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
          - Name, in lower case as ElastiCache keeps it.
        type: str
        required: true
      description:
        description:
          - Description, set at creation only.
        type: str
        default: Managed by Ansible
      subnets:
        description:
          - Names or ids of the subnets.
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
- name: Subnets of the cache in two zones
  wellarchitected.webapp.cache_subnet_group:
    region: us-east-1
    groups:
      - name: mywebapp-prod-cache
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
    mywebapp-prod-cache:
      name: mywebapp-prod-cache
      zones:
        - us-east-1a
        - us-east-1b
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: cache_subnet_group
      name: mywebapp-prod-cache
      action: create
      fields: []
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - elasticache:DescribeCacheSubnetGroups
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.elasticache.cache_subnet_group import CACHE_SUBNET_GROUP

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
        context,
        CACHE_SUBNET_GROUP,
        items(params, "groups", NEEDS),
        tags=params["tags"],
        purge_tags=params["purge_tags"],
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
