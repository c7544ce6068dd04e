#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: hosted_zone
short_description: Manage public hosted zones of Route 53
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Makes a public hosted zone where there is none of the name. A second one is never made, as the domain's registrar
    names the servers of the first. Two of a name are refused.
  - Private zones of the name are left alone. Never deletes a zone.
  - Route 53 is one for all regions; the region says only where the call is signed.
  - Own module because the name of the stock one's zone can be found neither in a plan nor by what follows.
options:
  hosted_zones:
    description: The hosted zones to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Domain name, as V(example.com); or the id of a zone that is there.
        type: str
        required: true
      comment:
        description: What it is for.
        type: str
      create:
        description: Whether to make it where it is not there. Without it, a zone that is there gets its tags alone.
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
- name: The zone of the domain
  wellarchitected.webapp.hosted_zone:
    region: us-east-1
    hosted_zones: [example.com]
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The hosted zones after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    example.com: {id: Z0123456789ABCDEFGHIJ, name_servers: [ns-1.awsdns-00.com, ns-2.awsdns-00.net]}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: hosted_zone, name: example.com, action: create, fields: []}
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["route53:ListHostedZones"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.route53.hosted_zone import HOSTED_ZONE

ARGUMENT_SPEC = aws_spec(
    **bulk(
        hosted_zones={
            "name": {"type": "str", "required": True},
            "comment": {"type": "str"},
            "create": {"type": "bool", "default": True},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    zones = items(params, "hosted_zones")
    return converge(context, HOSTED_ZONE, zones, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
