#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: cache_parameter_group
short_description: Manage ElastiCache parameter groups
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates cache parameter groups and sets the parameters that are asked for; others keep their values.
  - Static parameters wait for a restart of the nodes.
  - Never deletes a parameter group.
  - Own module because the stock one has no check mode and a fixed list of families without Valkey.
options:
  groups:
    description:
      - The parameter groups to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name, in lower case as ElastiCache keeps it.
        type: str
        required: true
      family:
        description:
          - Family, such as C(valkey8); a group keeps it.
          - Required here or in O(defaults).
        type: str
      description:
        description:
          - Description, set at creation only.
        type: str
        default: Managed by Ansible
      parameters:
        description:
          - Parameters and their values; only these are compared.
        type: dict
        default: {}
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: Parameters of the cache
  wellarchitected.webapp.cache_parameter_group:
    region: us-east-1
    groups:
      - name: mywebapp-prod-cache-valkey8
        family: valkey8
        parameters:
          maxmemory-policy: allkeys-lru
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The parameter groups after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-cache-valkey8:
      name: mywebapp-prod-cache-valkey8
      family: valkey8
      parameters:
        maxmemory-policy: allkeys-lru
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: cache_parameter_group
      name: mywebapp-prod-cache-valkey8
      action: update
      fields:
        - parameters
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - elasticache:DescribeCacheParameterGroups
    - elasticache:ModifyCacheParameterGroup
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.elasticache.cache_parameter_group import CACHE_PARAMETER_GROUP

NEEDS = ("family",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        groups={
            "name": {"type": "str", "required": True},
            "family": {"type": "str"},
            "description": {"type": "str", "default": "Managed by Ansible"},
            "parameters": {"type": "dict", "default": {}},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context,
        CACHE_PARAMETER_GROUP,
        items(params, "groups", NEEDS),
        tags=params["tags"],
        purge_tags=params["purge_tags"],
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
