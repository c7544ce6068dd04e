#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: listener
short_description: Manage listeners of application load balancers
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates listeners, or adopts existing ones, and keeps their certificates, TLS policy, default action, attributes and
    tags. Rules, further certificates, and attributes that are not asked for stay as they are. Never deletes one.
  - A certificate that is not issued is refused before anything is changed, with the records that it waits for.
  - A certificate that stops being the default one stays in the list of the listener and serves its own names.
  - Own module because the stock one replaces all listeners of a load balancer with those of its list.
options:
  listeners:
    description: The listeners to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: The name of the load balancer, a colon and the port, as V(mywebapp-prod-alb:443).
        type: str
        required: true
      protocol:
        description: What the listener speaks.
        type: str
        choices: [HTTP, HTTPS]
        default: HTTPS
      certificates:
        description:
          - Domain names or ARNs of certificates of ACM, the default one first. HTTPS needs one.
          - They must be of the load balancer's region.
        type: list
        elements: str
      ssl_policy:
        description: TLS policy of an HTTPS listener. Without it V(ELBSecurityPolicy-TLS13-1-2-2021-06).
        type: str
      default_action:
        description:
          - What is done with requests that no rule takes; one of the three.
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
      attributes:
        description:
          - Attributes by AWS's keys, as C(routing.http.response.server.enabled). Only these are compared and set.
        type: dict
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: HTTPS, and HTTP that leads there
  wellarchitected.webapp.listener:
    region: us-east-1
    listeners:
      - name: mywebapp-prod-alb:443
        certificates: [app.example.com]
        default_action: {fixed_response: {status_code: "404"}}
      - name: mywebapp-prod-alb:80
        protocol: HTTP
        default_action: {redirect: {}}
"""

RETURN = r"""
resources:
  description: The listeners after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {"mywebapp-prod-alb:443": {arn: "arn:aws:elasticloadbalancing:...", protocol: HTTPS, port: 443}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: listener, name: "mywebapp-prod-alb:443", action: create, fields: []}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["elbv2:DescribeListeners"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.elbv2.actions import ACTION
from ..module_utils._resources.elbv2.listener import HTTPS, LISTENER, TLS_POLICY, place

NEEDS = ("default_action",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        listeners={
            "name": {"type": "str", "required": True},
            "protocol": {"type": "str", "choices": ["HTTP", "HTTPS"], "default": "HTTPS"},
            "certificates": {"type": "list", "elements": "str"},
            "ssl_policy": {"type": "str"},
            "default_action": ACTION,
            "attributes": {"type": "dict"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    listeners = [
        {
            **listener,
            "load_balancer": place(listener["name"])[0],
            "ssl_policy": listener["ssl_policy"] or (TLS_POLICY if listener["protocol"] == HTTPS else None),
        }
        for listener in items(params, "listeners", NEEDS)
    ]
    return converge(context, LISTENER, listeners, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
