#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: stack_info
short_description: Discover a stack by tags and names, and hold it to what a role expects
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Reads the resources of one stack in one concurrent pass and returns them as a snapshot.
  - Refuses the wrong account, which is the costliest mistake there is.
  - Refuses a stack that lacks what a role builds on, and names the role that makes each missing thing.
  - Refuses names and values that AWS does not take, before anything is made with them.
options:
  project:
    description: Value of the C(Project) tag; names start with it.
    type: str
    required: true
  environment:
    description: Value of the C(Environment) tag.
    type: str
    required: true
  dr_region:
    description: Region that the stack recovers in.
    type: str
  account_id:
    description: The account that the caller must be in. Without it any account will do.
    type: str
  gather:
    description:
      - Groups (such as V(network)) or collectors (such as V(rds.db_clusters)) to read.
      - V(all) reads everything; an empty list reads nothing but the caller's identity.
    type: list
    elements: str
    default: []
  expect:
    description:
      - Names, ids or ARNs of resources that must exist, or that an earlier task of a check mode run would have made,
        in a list for each kind. An ARN of another account is taken as it is, and an empty name is none.
      - In the first play of C(site.yml), before any role has made something, only those that are given by id or ARN;
        the others are looked for again when it is the role's turn.
    type: dict
    default: {}
    suboptions:
      acm_certificate:
        description: Certificates by domain name.
        type: list
        elements: str
        default: []
      ecr_repository:
        description: Repositories of images.
        type: list
        elements: str
        default: []
      ecs_cluster:
        description: Clusters of ECS.
        type: list
        elements: str
        default: []
      hosted_zone:
        description: Public hosted zones by domain name.
        type: list
        elements: str
        default: []
      kms_key:
        description: Keys by alias, key id or ARN.
        type: list
        elements: str
        default: []
      load_balancer:
        description: Load balancers.
        type: list
        elements: str
        default: []
      secret:
        description: Secrets.
        type: list
        elements: str
        default: []
      security_group:
        description: Security groups.
        type: list
        elements: str
        default: []
      subnet:
        description: Subnets.
        type: list
        elements: str
        default: []
      vpc:
        description: VPCs.
        type: list
        elements: str
        default: []
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.items
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
- name: The right account, and what the database builds on
  wellarchitected.webapp.stack_info:
    region: us-east-1
    project: mywebapp
    environment: prod
    account_id: "111122223333"
    expect:
      vpc: [mywebapp-prod-vpc]
      kms_key: [mywebapp-prod-aurora]

- name: Names and values that AWS takes
  wellarchitected.webapp.stack_info:
    region: us-east-1
    project: mywebapp
    environment: prod
    items:
      - kind: log_group
        items: [app, access]
        name_prefix: /ecs/mywebapp-prod/
        defaults:
          retention_in_days: 365

- name: All that belongs to the database
  wellarchitected.webapp.stack_info:
    region: us-east-1
    project: mywebapp
    environment: prod
    gather: [aurora]
  register: stack
"""

RETURN = r"""
account_id:
  description: The caller's account.
  returned: success
  type: str
  sample: "111122223333"
partition:
  description: The partition of the region.
  returned: success
  type: str
  sample: aws
snapshot:
  description: What was gathered; docs/snapshot.md describes it.
  returned: when gather is not empty
  type: dict
  contains:
    collections:
      description: Items by collector, in AWS's own shape with Tags as a dictionary.
      type: dict
      returned: success
    errors:
      description: Calls that were denied or failed, by collector.
      type: dict
      returned: success
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["sts:GetCallerIdentity"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.errors import Refusal
from ..module_utils._engine.module import aws_spec, run_module
from ..module_utils._resources.kinds import ITEMS, KINDS, missing, refused
from ..module_utils._stack.discovery import collect

# Names of things; those of the kinds kms_key and secret are no secrets either.
_NAMES = {"type": "list", "elements": "str", "default": [], "no_log": False}

ARGUMENT_SPEC = aws_spec(
    project={"type": "str", "required": True},
    environment={"type": "str", "required": True},
    dr_region={"type": "str"},
    account_id={"type": "str"},
    gather={"type": "list", "elements": "str", "default": []},
    expect={
        "type": "dict",
        "default": {},
        "options": dict.fromkeys(sorted(KINDS), _NAMES),
    },
    items=ITEMS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    account, wanted = context.aws.account_id, params["account_id"]
    if wanted and account != wanted:
        raise Refusal(f"these credentials are of account {account} and stack_account_id is {wanted}; check AWS_PROFILE")
    reasons = refused(params["items"]) + missing(context.aws, params["expect"], context.planned, context.awaited)
    if reasons:
        raise Refusal(reasons)
    result: dict[str, Any] = {"changed": False, "account_id": account, "partition": context.aws.partition}
    if params["gather"]:
        snapshot = collect(
            context.aws,
            project=params["project"],
            environment=params["environment"],
            dr_region=params["dr_region"],
            gather=None if "all" in params["gather"] else params["gather"],
        )
        result["snapshot"] = snapshot.to_dict()
    return result


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
