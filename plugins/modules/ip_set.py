#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: ip_set
short_description: Manage WAF's sets of addresses
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates sets of addresses for the rules of web ACLs, and keeps their addresses, description and tags.
  - Never deletes a set.
options:
  ip_sets:
    description: The sets to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the set. It cannot be changed.
        type: str
        required: true
      scope:
        description:
          - The scope of the ACLs that use the set. It cannot be changed.
          - V(CLOUDFRONT) is kept in us-east-1 whatever the stack's region, so that is the region of the task then.
        type: str
        choices: [REGIONAL, CLOUDFRONT]
        default: REGIONAL
      description:
        description: What the set is for.
        type: str
      ip_version:
        description: Version of the addresses. It cannot be changed.
        type: str
        choices: [IPV4, IPV6]
        default: IPV4
      addresses:
        description:
          - The ranges that the set holds, these and no others, as V(192.0.2.0/24).
          - Without it a set keeps what it has, as one that something else fills; a new one is empty.
        type: list
        elements: str
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: Addresses that are never let in
  wellarchitected.webapp.ip_set:
    region: us-east-1
    ip_sets:
      - name: mywebapp-prod-blocked
        scope: CLOUDFRONT
        addresses: [192.0.2.0/24]
"""

RETURN = r"""
resources:
  description: The sets after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {mywebapp-prod-blocked: {id: a1b2c3d4-5678-90ab-cdef-EXAMPLE22222, addresses: [192.0.2.0/24]}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: ip_set, name: mywebapp-prod-blocked, action: update, fields: [addresses]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["wafv2:ListIPSets"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.wafv2.common import SCOPES, in_their_place
from ..module_utils._resources.wafv2.ip_set import IP_SET

ARGUMENT_SPEC = aws_spec(
    **bulk(
        ip_sets={
            "name": {"type": "str", "required": True},
            "scope": {"type": "str", "choices": list(SCOPES), "default": "REGIONAL"},
            "description": {"type": "str"},
            "ip_version": {"type": "str", "choices": ["IPV4", "IPV6"], "default": "IPV4"},
            "addresses": {"type": "list", "elements": "str"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    wanted = items(params, "ip_sets")
    in_their_place(context.aws, IP_SET.name, wanted)
    return converge(context, IP_SET, wanted, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
