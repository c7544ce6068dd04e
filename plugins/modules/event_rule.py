#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: event_rule
short_description: Manage rules of EventBridge that notify SNS topics
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Makes, or adopts, rules of the default event bus that send the events of a pattern to SNS topics.
  - The topic's policy must admit C(events.amazonaws.com); its key, too, where it is encrypted.
  - Targets of others stay. Never deletes a rule.
  - Own module because the stock one takes the ARNs of topics, so that nothing can be planned before they are there, and
    compares patterns as text.
options:
  rules:
    description:
      - The rules to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the rule, at most 64 characters.
        type: str
        required: true
      description:
        description:
          - What the rule is for.
        type: str
      event_pattern:
        description:
          - The events that it sends, as EventBridge takes patterns.
          - Required here or in O(defaults).
        type: dict
      enabled:
        description:
          - Whether the rule is in force.
        type: bool
        default: true
      targets:
        description:
          - Where the events go, five targets at most.
          - Required here or in O(defaults).
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - Id of the target in its rule.
            type: str
            required: true
          topic:
            description:
              - Name or ARN of the SNS topic.
            type: str
            required: true
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: Failures of the pipeline reach the team
  wellarchitected.webapp.event_rule:
    region: us-east-1
    rules:
      - name: mywebapp-prod-delivery-failed
        event_pattern:
          source: [aws.codepipeline]
          detail-type: [CodePipeline Pipeline Execution State Change]
          detail:
            pipeline: [mywebapp-prod]
            state: [FAILED]
        targets:
          - id: team
            topic: mywebapp-prod-delivery-events
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The rules after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-delivery-failed:
      name: mywebapp-prod-delivery-failed
      arn: arn:aws:events:us-east-1:111122223333:rule/mywebapp-prod-delivery-failed
      enabled: true
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: event_rule
      name: mywebapp-prod-delivery-failed
      action: update
      fields:
        - targets
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - events:DescribeRule
    - events:PutTargets
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.events.event_rule import EVENT_RULE

NEEDS = ("event_pattern", "targets")

_TARGET = {"id": {"type": "str", "required": True}, "topic": {"type": "str", "required": True}}

ARGUMENT_SPEC = aws_spec(
    **bulk(
        rules={
            "name": {"type": "str", "required": True},
            "description": {"type": "str"},
            "event_pattern": {"type": "dict"},
            "enabled": {"type": "bool", "default": True},
            "targets": {"type": "list", "elements": "dict", "options": _TARGET},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context, EVENT_RULE, items(params, "rules", NEEDS), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
