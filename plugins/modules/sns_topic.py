#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: sns_topic
short_description: Manage SNS topics
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates topics and keeps their key, access policy and tags; subscriptions are left alone.
  - Own module because the stock one crashes in check mode for a topic that does not exist yet.
options:
  topics:
    description: The topics to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the topic.
        type: str
        required: true
      kms_key:
        description: Alias, with or without C(alias/), id or ARN of the key that encrypts messages.
        type: str
      policy:
        description:
          - Access policy of the topic; compared by meaning.
          - Statements of others in the policy of an existing topic are kept, as O(topics[].purge_policy) says.
        type: dict
      purge_policy:
        description:
          - Whether what others put into the policy of an existing topic is taken out. They are statements whose Sid the
            task does not name, and those without a Sid that are not word for word the task's.
          - Of effect only where the topic gets a policy.
        type: bool
        default: false
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: Where the database's events go
  wellarchitected.webapp.sns_topic:
    region: us-east-1
    topics:
      - name: mywebapp-prod-database-events
        kms_key: mywebapp-prod-notifications
"""

RETURN = r"""
resources:
  description: The topics after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {mywebapp-prod-database-events: {arn: "arn:aws:sns:us-east-1:111122223333:mywebapp-prod-database-events"}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: sns_topic, name: mywebapp-prod-database-events, action: update, fields: [kms_key]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["sns:GetTopicAttributes"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.sns.sns_topic import SNS_TOPIC

ARGUMENT_SPEC = aws_spec(
    **bulk(
        topics={
            "name": {"type": "str", "required": True},
            "kms_key": {"type": "str", "no_log": False},
            "policy": {"type": "dict"},
            "purge_policy": {"type": "bool", "default": False},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(context, SNS_TOPIC, items(params, "topics"), tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
