#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: listener_rule
short_description: Manage rules of listeners
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates rules of listeners and keeps their conditions, priority, action and tags. A rule that bears no C(Name) and
    has the same conditions is adopted. All other rules stay as they are. Never deletes one.
  - Of a rule that forwards it compares which target groups there are and never their weights, which are the
    deployment's. So it may be run in the middle of a blue/green deployment, and after it.
  - Own module because the stock one replaces all rules of a load balancer with those of its list.
options:
  listener_rules:
    description: The rules to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - The name of the listener, a slash and a word, as V(mywebapp-prod-alb:443/production).
          - It is the rule's C(Name) tag.
        type: str
        required: true
      priority:
        description:
          - Place among the rules of the listener, from 1 to 50000; each is taken once.
          - Required here or in O(defaults).
        type: int
      conditions:
        description:
          - What a request must have, all of it, for the rule to take it.
          - Required here or in O(defaults).
        type: list
        elements: dict
        suboptions:
          field:
            description: What is looked at.
            type: str
            required: true
            choices: [host-header, http-header, http-request-method, path-pattern, query-string, source-ip]
          values:
            description:
              - One of these is to be there. V(*) and V(?) stand for any characters in hosts, paths and queries.
              - For a query string V(key=value), or a value alone.
            type: list
            elements: str
          header_name:
            description: Name of the header, with V(http-header).
            type: str
          header_values:
            description:
              - One of these is to be the value of the header, with V(http-header).
              - They may be secrets, and are neither shown nor returned.
            type: list
            elements: str
      action:
        description:
          - What is done with the request; one of the three.
          - Required here or in O(defaults).
        type: dict
        suboptions:
          forward:
            description:
              - Names or ARNs of target groups that the requests go to.
              - The first gets them all when the action is made. The weights are the deployment's from then on, and are
                neither compared nor changed; a group that is missing is added without traffic.
            type: list
            elements: str
          redirect:
            description: Where requests are redirected.
            type: dict
            suboptions:
              protocol:
                description: Protocol of the new address.
                type: str
                default: HTTPS
              port:
                description: Port of the new address.
                type: str
                default: "443"
              host:
                description: Host of the new address, the same without it.
                type: str
              path:
                description: Path of the new address, the same without it.
                type: str
              query:
                description: Query of the new address, the same without it.
                type: str
              status_code:
                description: Whether browsers keep it in mind.
                type: str
                choices: [HTTP_301, HTTP_302]
                default: HTTP_301
          fixed_response:
            description: What is answered without asking a target.
            type: dict
            suboptions:
              status_code:
                description: Status of the answer, 2xx, 4xx or 5xx.
                type: str
                default: "404"
              content_type:
                description: Type of the body.
                type: str
              message_body:
                description: The body, at most 1024 characters.
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
- name: The rule whose weights a blue/green deployment swings
  wellarchitected.webapp.listener_rule:
    region: us-east-1
    listener_rules:
      - name: mywebapp-prod-alb:443/production
        priority: 100
        conditions:
          - field: path-pattern
            values: ["/*"]
        action:
          forward: [mywebapp-prod-blue, mywebapp-prod-green]
"""

RETURN = r"""
resources:
  description: The rules after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {"mywebapp-prod-alb:443/production": {arn: "arn:aws:elasticloadbalancing:...", priority: 100, weights: {}}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: listener_rule, name: "mywebapp-prod-alb:443/production", action: create, fields: []}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["elbv2:DescribeRules"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.elbv2.actions import ACTION
from ..module_utils._resources.elbv2.conditions import FIELDS
from ..module_utils._resources.elbv2.listener_rule import LISTENER_RULE, listener_of

NEEDS = ("priority", "conditions", "action")

ARGUMENT_SPEC = aws_spec(
    **bulk(
        listener_rules={
            "name": {"type": "str", "required": True},
            "priority": {"type": "int"},
            "conditions": {
                "type": "list",
                "elements": "dict",
                "options": {
                    "field": {"type": "str", "required": True, "choices": list(FIELDS)},
                    "values": {"type": "list", "elements": "str"},
                    "header_name": {"type": "str"},
                    "header_values": {"type": "list", "elements": "str", "no_log": True},
                },
            },
            "action": ACTION,
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    rules = [{**rule, "listener": listener_of(rule["name"])} for rule in items(params, "listener_rules", NEEDS)]
    return converge(context, LISTENER_RULE, rules, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
