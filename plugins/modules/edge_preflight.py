#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: edge_preflight
short_description: Refuse web ACLs and certificates that cannot stand before an application
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Says, before anything is changed, what WAF would refuse of the rules of web ACLs, their capacity too, and whether
    CloudFront can serve with a certificate.
  - Changes nothing.
  - Own module because no stock module knows what the rules of a web ACL take of its capacity.
options:
  web_acls:
    description:
      - Web ACLs with O(ignore:name), O(ignore:scope), O(ignore:rules) and O(ignore:log_destination) as
        M(wellarchitected.webapp.web_acl) takes them. Those of CloudFront are looked at in the region that keeps them.
    type: list
    elements: dict
    default: []
  certificate:
    description: ARN of a certificate for CloudFront, which must be issued.
    type: str
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - wellarchitected.webapp.aws
attributes:
  check_mode:
    description: Reads only, in check mode as otherwise.
    support: full
  diff_mode:
    description: Changes nothing, so there is no difference to show.
    support: none
  idempotent:
    description: Changes nothing.
    support: full
"""

EXAMPLES = r"""
- name: Check what stands before the application
  wellarchitected.webapp.edge_preflight:
    region: us-east-1
    web_acls:
      - name: mywebapp-prod-cdn
        scope: CLOUDFRONT
        rules:
          - {name: core, managed_rule_group: AWSManagedRulesCommonRuleSet}
          - {name: rate, rate_limit: 2000}
    certificate: arn:aws:acm:us-east-1:111122223333:certificate/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111
"""

RETURN = r"""
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["wafv2:DescribeManagedRuleGroup"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.module import aws_spec, run_module
from ..module_utils._resources.cloudfront.edge_preflight import preflight

ARGUMENT_SPEC = aws_spec(
    web_acls={"type": "list", "elements": "dict", "default": []},
    certificate={"type": "str"},
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    preflight(context, params)
    return {"changed": False}


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
