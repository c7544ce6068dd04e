#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: db_cluster_endpoint
short_description: Manage custom endpoints of Aurora clusters
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Makes endpoints that lead to a part of a cluster's instances, such as the large ones for reports.
  - Never deletes an endpoint.
  - Own module because no stock module knows custom endpoints.
options:
  endpoints:
    description:
      - The endpoints to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name, in lower case as RDS keeps it.
        type: str
        required: true
      cluster:
        description:
          - Name of the cluster.
          - Required here or in O(defaults).
        type: str
      type:
        description:
          - V(reader) leads to readers only, V(any) to all.
        type: str
        default: reader
        choices:
          - any
          - reader
      members:
        description:
          - Names of the instances that it leads to.
        type: list
        elements: str
      excluded_members:
        description:
          - Names of the instances that it does not lead to, where O(endpoints[].members) is not given.
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
- name: An endpoint for reports
  wellarchitected.webapp.db_cluster_endpoint:
    region: us-east-1
    endpoints:
      - name: mywebapp-prod-reports
        cluster: mywebapp-prod-aurora
        members: [mywebapp-prod-aurora-2]
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The endpoints after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-reports:
      name: mywebapp-prod-reports
      endpoint: mywebapp-prod-reports.cluster-custom-example.us-east-1.rds.amazonaws.com
      members:
        - mywebapp-prod-aurora-2
      status: available
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: db_cluster_endpoint
      name: mywebapp-prod-reports
      action: update
      fields:
        - members
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - rds:DescribeDBClusterEndpoints
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.rds.db_cluster_endpoint import DB_CLUSTER_ENDPOINT

NEEDS = ("cluster",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        endpoints={
            "name": {"type": "str", "required": True},
            "cluster": {"type": "str"},
            "type": {"type": "str", "default": "reader", "choices": ["any", "reader"]},
            "members": {"type": "list", "elements": "str"},
            "excluded_members": {"type": "list", "elements": "str"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    endpoints = items(params, "endpoints", NEEDS)
    return converge(context, DB_CLUSTER_ENDPOINT, endpoints, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
