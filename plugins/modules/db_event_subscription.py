#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: db_event_subscription
short_description: Manage RDS event subscriptions
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Sends events of RDS sources to an SNS topic.
  - Never deletes a subscription.
  - Own module because no stock module knows event subscriptions.
options:
  subscriptions:
    description:
      - The subscriptions to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the subscription.
        type: str
        required: true
      topic:
        description:
          - Name or ARN of the SNS topic.
          - Required here or in O(defaults).
        type: str
      source_type:
        description:
          - What the events are about.
          - Required here or in O(defaults).
        type: str
        choices:
          - db-cluster
          - db-instance
          - db-cluster-snapshot
          - db-parameter-group
          - db-security-group
          - db-snapshot
      sources:
        description:
          - Names of the sources; left out, all sources of the type in the region.
        type: list
        elements: str
      categories:
        description:
          - Categories of events, such as C(failover).
          - Required here or in O(defaults).
        type: list
        elements: str
      enabled:
        description:
          - Whether events are sent.
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
- name: Failovers and failures by mail
  wellarchitected.webapp.db_event_subscription:
    region: us-east-1
    subscriptions:
      - name: mywebapp-prod-aurora-cluster-events
        topic: mywebapp-prod-database-events
        source_type: db-cluster
        sources: [mywebapp-prod-aurora]
        categories: [failover, failure]
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The subscriptions after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-aurora-cluster-events:
      name: mywebapp-prod-aurora-cluster-events
      status: active
      enabled: true
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: db_event_subscription
      name: mywebapp-prod-aurora-cluster-events
      action: update
      fields:
        - categories
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - rds:DescribeEventSubscriptions
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.rds.event_subscription import EVENT_SUBSCRIPTION

NEEDS = ("topic", "source_type", "categories")

ARGUMENT_SPEC = aws_spec(
    **bulk(
        subscriptions={
            "name": {"type": "str", "required": True},
            "topic": {"type": "str"},
            "source_type": {
                "type": "str",
                "choices": [
                    "db-cluster",
                    "db-instance",
                    "db-cluster-snapshot",
                    "db-parameter-group",
                    "db-security-group",
                    "db-snapshot",
                ],
            },
            "sources": {"type": "list", "elements": "str"},
            "categories": {"type": "list", "elements": "str"},
            "enabled": {"type": "bool", "default": True},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context,
        EVENT_SUBSCRIPTION,
        items(params, "subscriptions", NEEDS),
        tags=params["tags"],
        purge_tags=params["purge_tags"],
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
