#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: iam_role
short_description: Manage IAM roles and their policies
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates roles and keeps their trust policy, inline policies, attached policies, permissions boundary and tags.
  - Inline and attached policies that are not asked for are taken away where O(roles[].inline_policies) or
    O(roles[].managed_policy_arns) is given.
  - Own module because the stock one takes a process for each role and another for each policy.
options:
  roles:
    description: The roles to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the role.
        type: str
        required: true
      trust_policy:
        description:
          - Who may assume the role.
          - Required here or in O(defaults).
        type: dict
      description:
        description: What the role is for.
        type: str
      path:
        description: Path of the role. It cannot be changed afterwards.
        type: str
      inline_policies:
        description: Policy documents by name; all inline policies that the role shall have.
        type: dict
      managed_policy_arns:
        description: ARNs of all managed policies that shall be attached.
        type: list
        elements: str
      permissions_boundary:
        description: ARN of the policy that bounds what the role can be allowed.
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
- name: What the flow logs write with
  wellarchitected.webapp.iam_role:
    region: us-east-1
    roles:
      - name: mywebapp-prod-flow-logs
        trust_policy:
          Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Principal: {Service: vpc-flow-logs.amazonaws.com}
              Action: sts:AssumeRole
"""

RETURN = r"""
resources:
  description: The roles after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {mywebapp-prod-flow-logs: {arn: "arn:aws:iam::111122223333:role/mywebapp-prod-flow-logs"}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: iam_role, name: mywebapp-prod-flow-logs, action: update, fields: [trust_policy]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["iam:GetRole"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.iam.iam_role import IAM_ROLE

NEEDS = ("trust_policy",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        roles={
            "name": {"type": "str", "required": True},
            "trust_policy": {"type": "dict"},
            "description": {"type": "str"},
            "path": {"type": "str"},
            "inline_policies": {"type": "dict"},
            "managed_policy_arns": {"type": "list", "elements": "str"},
            "permissions_boundary": {"type": "str"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context, IAM_ROLE, items(params, "roles", NEEDS), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
