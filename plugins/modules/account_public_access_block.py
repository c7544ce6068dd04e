#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: account_public_access_block
short_description: Block public access to all buckets of the account
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Keeps the account's four settings, which hold for every bucket in every region, whatever the buckets' own say.
  - Buckets that are read by everybody are not any more; CloudFront with Origin Access Control still reads them.
  - Own module because there is no stock one.
options:
  block_public_acls:
    description: Whether new public ACLs are refused.
    type: bool
    default: true
  ignore_public_acls:
    description: Whether public ACLs have no effect.
    type: bool
    default: true
  block_public_policy:
    description: Whether new public policies of buckets are refused.
    type: bool
    default: true
  restrict_public_buckets:
    description: Whether buckets with a public policy are for AWS services and for this account only.
    type: bool
    default: true
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - wellarchitected.webapp.aws
attributes:
  check_mode:
    description: Predicts what would change, and changes nothing.
    support: full
  diff_mode:
    description: Shows the settings that change.
    support: full
  idempotent:
    description: A second run changes nothing.
    support: full
"""

EXAMPLES = r"""
- name: No public buckets in this account
  wellarchitected.webapp.account_public_access_block:
    region: us-east-1
"""

RETURN = r"""
resources:
  description: The settings after the run, by the account's id; in check mode as they are now.
  returned: success
  type: dict
  sample: {"111122223333": {block_public_acls: true, block_public_policy: true}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: account_public_access_block, name: "111122223333", action: update, fields: [block_public_acls]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["s3control:GetPublicAccessBlock"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import aws_spec, run_module
from ..module_utils._resources.s3control.account_public_access_block import ACCOUNT_PUBLIC_ACCESS_BLOCK, SETTINGS

ARGUMENT_SPEC = aws_spec(**{name: {"type": "bool", "default": True} for name in SETTINGS})


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    wanted = {"name": context.aws.account_id, **{name: params[name] for name in SETTINGS}}
    return converge(context, ACCOUNT_PUBLIC_ACCESS_BLOCK, [wanted])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
