#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: kms_key
short_description: Manage customer managed KMS keys by alias
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates keys with an alias, keeps their description, key policy, rotation and tags.
  - Never disables or deletes a key. A key that an interrupted run left without its alias is found again.
  - Own module because the stock one plans nothing in check mode for what a key that does not exist yet encrypts,
    and takes one key a task.
options:
  keys:
    description: The keys to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Alias without C(alias/).
        type: str
        required: true
      description:
        description: What the key is for.
        type: str
      policy:
        description:
          - The key policy, in the place of the one that is made of the options below.
          - Statements of others in the policy of an existing key are kept, as O(keys[].purge_policy) says.
          - Without any of them a key keeps its policy, and a new one gets the policy that KMS gives by default.
          - Compared by meaning, not by text.
        type: dict
      purge_policy:
        description:
          - Whether what others put into the policy of an existing key is taken out. They are statements whose Sid this
            module does not make and the task does not name, and those without a Sid that are not word for word the
            task's.
          - Of effect only where the key gets a policy.
        type: bool
        default: false
      admits:
        description:
          - Services that use the key by themselves. V(logs) is CloudWatch Logs for log groups of this account,
            V(notifications) are O(keys[].notification_services). An empty list is nobody.
          - This or one of the next four gives the key a policy in which IAM policies of the account decide, and in
            which only those are admitted besides that are named here, or in statements of others.
        type: list
        elements: str
        choices: [logs, notifications]
      notification_services:
        description:
          - Services that publish to topics with this key, where it admits V(notifications). They are held to this
            account, but for EventBridge, which says no source.
          - Without it RDS events, CloudWatch alarms and EventBridge.
        type: list
        elements: str
      administrators:
        description: ARNs of principals that may administer the key, whatever their IAM policies say. They must exist.
        type: list
        elements: str
      users:
        description: ARNs of principals that may use the key, and let AWS services use it for them. They must exist.
        type: list
        elements: str
      policy_statements:
        description:
          - Statements of yours that are added to the policy. One with a Sid replaces the one of that Sid.
          - A statement that is no longer named here stays in the policy of the key, as somebody else's would.
        type: list
        elements: dict
      deletion_window_in_days:
        description: Least number of days, 7 to 30, that anybody must wait who schedules the deletion of the key.
        type: int
      rotation:
        description: Whether KMS makes new key material each period.
        type: bool
        default: true
      rotation_period_in_days:
        description: Days between rotations, 90 to 2560.
        type: int
      multi_region:
        description: Whether the key can be replicated to other Regions. It cannot be changed afterwards.
        type: bool
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: One key for each purpose
  wellarchitected.webapp.kms_key:
    region: us-east-1
    keys:
      - name: mywebapp-prod-aurora
        description: Storage of the database
        rotation_period_in_days: 365
        admits: []
      - name: mywebapp-prod-logs
        description: Log groups
        admits: [logs]
        administrators: [arn:aws:iam::111122223333:role/security]
    tags:
      Project: mywebapp
"""

RETURN = r"""
resources:
  description: The keys after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {mywebapp-prod-aurora: {id: 1234abcd-12ab-34cd-56ef-1234567890ab, rotation: true, status: Enabled}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: kms_key, name: mywebapp-prod-aurora, action: update, fields: [rotation]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["kms:ListAliases"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.kms.key_policy import ADMITTED, with_policies
from ..module_utils._resources.kms.kms_key import KMS_KEY

ARGUMENT_SPEC = aws_spec(
    **bulk(
        keys={
            "name": {"type": "str", "required": True},
            "description": {"type": "str"},
            "policy": {"type": "dict"},
            "purge_policy": {"type": "bool", "default": False},
            "admits": {"type": "list", "elements": "str", "choices": list(ADMITTED)},
            "notification_services": {"type": "list", "elements": "str"},
            "administrators": {"type": "list", "elements": "str"},
            "users": {"type": "list", "elements": "str"},
            "policy_statements": {"type": "list", "elements": "dict"},
            "deletion_window_in_days": {"type": "int"},
            "rotation": {"type": "bool", "default": True},
            "rotation_period_in_days": {"type": "int"},
            "multi_region": {"type": "bool"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    keys = with_policies(context.aws, items(params, "keys"))
    return converge(context, KMS_KEY, keys, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
