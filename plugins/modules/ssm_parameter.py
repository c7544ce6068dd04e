#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: ssm_parameter
short_description: Manage Systems Manager parameters
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates parameters and keeps their value, description and tags; each change is a new version.
  - Takes no SecureString, whose value would pass through Ansible; a secret belongs into Secrets Manager.
  - Own module because the stock one takes one parameter a task.
options:
  parameters:
    description: The parameters to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the parameter, a path such as C(/mywebapp/prod/region).
        type: str
        required: true
      value:
        description:
          - The value.
          - Required here or in O(defaults).
        type: str
      type:
        description: Type of the parameter. It cannot be changed afterwards.
        type: str
        choices: [String, StringList]
        default: String
      description:
        description: What the parameter is for.
        type: str
      tier:
        description:
          - V(Standard) holds 4 KB and costs nothing. V(Advanced) holds 8 KB and cannot become V(Standard) again.
          - Without it an existing parameter keeps its tier and a new one gets the account's default.
        type: str
        choices: [Standard, Advanced, Intelligent-Tiering]
      allowed_pattern:
        description: Regular expression that the value must match.
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
- name: Configuration of the environment
  wellarchitected.webapp.ssm_parameter:
    region: us-east-1
    parameters:
      - name: /mywebapp/prod/region
        value: us-east-1
"""

RETURN = r"""
resources:
  description: The parameters after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {/mywebapp/prod/region: {value: us-east-1, version: 1}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: ssm_parameter, name: /mywebapp/prod/region, action: update, fields: [value]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ssm:GetParameters"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ssm.ssm_parameter import SSM_PARAMETER

NEEDS = ("value",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        parameters={
            "name": {"type": "str", "required": True},
            "value": {"type": "str"},
            "type": {"type": "str", "choices": ["String", "StringList"], "default": "String"},
            "description": {"type": "str"},
            "tier": {"type": "str", "choices": ["Standard", "Advanced", "Intelligent-Tiering"]},
            "allowed_pattern": {"type": "str"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context, SSM_PARAMETER, items(params, "parameters", NEEDS), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
