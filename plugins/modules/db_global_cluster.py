#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: db_global_cluster
short_description: Manage Aurora global databases
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Makes an existing cluster the primary of a global database and keeps its deletion protection.
  - Which cluster writes is never changed, since a switchover or failover may have moved it.
  - Never deletes a global database.
  - Own module because no stock module knows global databases.
options:
  global_clusters:
    description:
      - The global databases to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name, in lower case as RDS keeps it.
        type: str
        required: true
      source:
        description:
          - Name or ARN of the cluster that becomes the primary, at creation only.
          - Required here or in O(defaults).
        type: str
      deletion_protection:
        description:
          - Whether RDS refuses to delete the global database.
        type: bool
        default: true
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: A global database around the cluster
  wellarchitected.webapp.db_global_cluster:
    region: us-east-1
    global_clusters:
      - name: mywebapp-prod-global
        source: mywebapp-prod-aurora
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The global databases after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-global:
      name: mywebapp-prod-global
      status: available
      writer: arn:aws:rds:us-east-1:123456789012:cluster:mywebapp-prod-aurora
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: db_global_cluster
      name: mywebapp-prod-global
      action: create
      fields: []
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - rds:DescribeGlobalClusters
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.rds.global_cluster import GLOBAL_CLUSTER

NEEDS = ("source",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        global_clusters={
            "name": {"type": "str", "required": True},
            "source": {"type": "str"},
            "deletion_protection": {"type": "bool", "default": True},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context,
        GLOBAL_CLUSTER,
        items(params, "global_clusters", NEEDS),
        tags=params["tags"],
        purge_tags=params["purge_tags"],
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
