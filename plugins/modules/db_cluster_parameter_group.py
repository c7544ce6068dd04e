#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: db_cluster_parameter_group
short_description: Manage DB cluster parameter groups
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates DB cluster parameter groups and sets parameters; only the parameters that are asked for are compared.
  - A static parameter is set to take effect at the next restart, which this module never does.
  - Never deletes a parameter group.
  - Own module because there is no stock module that compares only what is asked for and says what waits for
    a restart.
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
          - Name, in lower case as RDS keeps it.
        type: str
        required: true
      family:
        description:
          - Family, such as C(aurora-mysql8.0). It cannot be changed afterwards.
          - Required here or in O(defaults).
        type: str
      description:
        description:
          - Description, set at creation only.
        type: str
        default: Managed by Ansible
      parameters:
        description:
          - Parameters to set. V(ON), V(1) and V(true) are the same value, so are V(OFF), V(0) and V(false); each is
            given in the form that RDS allows the parameter to have.
          - Parameters that stand in the group and not here are left alone. To set one back give it the engine's value.
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
- name: Parameters
  wellarchitected.webapp.db_cluster_parameter_group:
    region: us-east-1
    groups:
      - name: mywebapp-prod-aurora
        family: aurora-mysql8.0
        parameters:
          require_secure_transport: "ON"
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
    mywebapp-prod-aurora:
      name: mywebapp-prod-aurora
      family: aurora-mysql8.0
      parameters:
        require_secure_transport: 'ON'
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: db_cluster_parameter_group
      name: mywebapp-prod-aurora
      action: update
      fields:
        - parameters
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - rds:DescribeDBClusterParameterGroups
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.rds.db_cluster_parameter_group import DB_CLUSTER_PARAMETER_GROUP

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
        DB_CLUSTER_PARAMETER_GROUP,
        items(params, "groups", NEEDS),
        tags=params["tags"],
        purge_tags=params["purge_tags"],
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
