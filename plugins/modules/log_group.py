#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: log_group
short_description: Manage CloudWatch Logs groups
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates log groups and keeps their retention, key and tags; never deletes one.
  - Own module because the stock one replaces a group to change its key, and takes one group a task.
options:
  log_groups:
    description: The log groups to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the log group.
        type: str
        required: true
      retention_in_days:
        description: Days that events are kept, one of the periods that CloudWatch Logs offers.
        type: int
        choices:
          [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]
      kms_key:
        description:
          - Alias, with or without C(alias/), id or ARN of the key that encrypts new events.
          - The key policy must admit CloudWatch Logs.
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
- name: Log group of the flow logs
  wellarchitected.webapp.log_group:
    region: us-east-1
    log_groups:
      - name: /aws/vpc/flow-logs/mywebapp-prod
        retention_in_days: 400
        kms_key: mywebapp-prod-logs
"""

RETURN = r"""
resources:
  description: The log groups after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {/aws/vpc/flow-logs/mywebapp-prod: {retention_in_days: 400}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: log_group, name: /aws/vpc/flow-logs/mywebapp-prod, action: update, fields: [retention_in_days]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["logs:DescribeLogGroups"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.logs.log_group import LOG_GROUP, RETENTION_DAYS

ARGUMENT_SPEC = aws_spec(
    **bulk(
        log_groups={
            "name": {"type": "str", "required": True},
            "retention_in_days": {
                "type": "int",
                "choices": list(RETENTION_DAYS),
            },
            "kms_key": {"type": "str", "no_log": False},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context, LOG_GROUP, items(params, "log_groups"), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
