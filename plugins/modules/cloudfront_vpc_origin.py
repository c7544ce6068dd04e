#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudfront_vpc_origin
short_description: Manage VPC origins of CloudFront
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Makes VPC origins, by which CloudFront reaches an internal load balancer. The VPC must have an internet gateway,
    which carries none of it.
  - It takes AWS up to a quarter of an hour. AWS makes a security group of its own in the VPC, called
    C(CloudFront-VPCOrigins-Service-SG). Never deletes a VPC origin.
  - A VPC origin that a distribution uses cannot change. Make another one, switch the distribution, delete the first.
  - Own module because no stock module knows them.
options:
  vpc_origins:
    description: The VPC origins to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name, unique in the account.
        type: str
        required: true
      load_balancer:
        description:
          - Name or ARN of the load balancer.
          - Required here or in O(defaults).
        type: str
      protocol_policy:
        description: How CloudFront speaks with it.
        type: str
        choices: [https-only, http-only, match-viewer]
        default: https-only
      http_port:
        description: Port for HTTP.
        type: int
        default: 80
      https_port:
        description: Port for HTTPS.
        type: int
        default: 443
      ssl_protocols:
        description: Versions of TLS that CloudFront may use.
        type: list
        elements: str
        choices: [SSLv3, TLSv1, TLSv1.1, TLSv1.2]
        default: [TLSv1.2]
  wait:
    description:
      - Whether to wait until the VPC origins are deployed. M(wellarchitected.webapp.cloudfront_distribution) waits for
        those that it names.
      - It does not wait in check mode.
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
- name: CloudFront reaches the internal load balancer
  wellarchitected.webapp.cloudfront_vpc_origin:
    region: us-east-1
    wait: false
    vpc_origins:
      - name: mywebapp-prod-alb
        load_balancer: mywebapp-prod-alb
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The VPC origins after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-alb: {name: mywebapp-prod-alb, id: vo_AbCdEfGhIjKlMnOpQrStUv, status: Deployed, https_port: 443}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: cloudfront_vpc_origin, name: mywebapp-prod-alb, action: create, fields: []}
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["cloudfront:ListVpcOrigins"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.cloudfront.vpc_origin import STARTED_VPC_ORIGIN, VPC_ORIGIN

NEEDS = ("load_balancer",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        vpc_origins={
            "name": {"type": "str", "required": True},
            "load_balancer": {"type": "str"},
            "protocol_policy": {
                "type": "str",
                "choices": ["https-only", "http-only", "match-viewer"],
                "default": "https-only",
            },
            "http_port": {"type": "int", "default": 80},
            "https_port": {"type": "int", "default": 443},
            "ssl_protocols": {
                "type": "list",
                "elements": "str",
                "choices": ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"],
                "default": ["TLSv1.2"],
            },
        },
    ),
    wait={"type": "bool", "default": True},
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    kind = VPC_ORIGIN if params["wait"] else STARTED_VPC_ORIGIN
    origins = items(params, "vpc_origins", NEEDS)
    return converge(context, kind, origins, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
