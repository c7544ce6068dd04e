#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudfront_origin_access_control
short_description: Manage origin access controls of CloudFront
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Makes origin access controls, by which CloudFront signs its requests, so that a bucket can admit a distribution
    alone.
  - CloudFront is one for all regions; the region says only where the call is signed. Never deletes one.
  - Own module because no stock module knows them.
options:
  origin_access_controls:
    description: The origin access controls to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name, unique in the account.
        type: str
        required: true
      description:
        description: What it is for.
        type: str
      signing_behavior:
        description: Which requests are signed.
        type: str
        choices: [always, never, no-override, always-amz-auth]
        default: always
      origin_type:
        description: What the origin is. It cannot change.
        type: str
        choices: [s3, lambda, mediastore, mediapackagev2]
        default: s3
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: CloudFront signs what it asks of buckets
  wellarchitected.webapp.cloudfront_origin_access_control:
    region: us-east-1
    origin_access_controls:
      - name: mywebapp-prod-static
"""

RETURN = r"""
resources:
  description: The origin access controls after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-static: {name: mywebapp-prod-static, id: E1ABCDEFGHIJKL, signing_behavior: always, origin_type: s3}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: cloudfront_origin_access_control, name: mywebapp-prod-static, action: create, fields: []}
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["cloudfront:ListOriginAccessControls"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import aws_spec, bulk, items, run_module
from ..module_utils._resources.cloudfront.origin_access_control import ORIGIN_ACCESS_CONTROL

ARGUMENT_SPEC = aws_spec(
    **bulk(
        origin_access_controls={
            "name": {"type": "str", "required": True},
            "description": {"type": "str"},
            "signing_behavior": {
                "type": "str",
                "choices": ["always", "never", "no-override", "always-amz-auth"],
                "default": "always",
            },
            "origin_type": {
                "type": "str",
                "choices": ["s3", "lambda", "mediastore", "mediapackagev2"],
                "default": "s3",
            },
        },
    ),
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(context, ORIGIN_ACCESS_CONTROL, items(params, "origin_access_controls"))


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
