#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: cache_user
short_description: Manage users of ElastiCache
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates users of Valkey and Redis OSS that authenticate by IAM, and keeps what they may do.
  - Takes no passwords, which would pass through Ansible. Never deletes a user.
  - Own module because there is no stock one.
options:
  users:
    description:
      - The users to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Id of the user, in lower case as ElastiCache keeps it.
        type: str
        required: true
      user_name:
        description:
          - Name of the user, which IAM authentication wants to be the id; without it it is.
        type: str
      engine:
        description:
          - Engine. A user of Redis OSS may become one of Valkey, and not back.
        type: str
        choices:
          - redis
          - valkey
        default: valkey
      access_string:
        description:
          - What the user may do, such as C(on ~* +@all -@dangerous). The order of the rules counts.
          - Required here or in O(defaults).
        type: str
      authentication:
        description:
          - V(no-password) is for the user named default that a user group of Redis OSS must have; switch it off.
        type: str
        choices:
          - iam
          - no-password
        default: iam
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: The application's user
  wellarchitected.webapp.cache_user:
    region: us-east-1
    users:
      - name: mywebapp-prod-app
        access_string: on ~* +@all -@dangerous
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The users after the run, by id; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-app:
      name: mywebapp-prod-app
      access_string: on ~* +@all -@dangerous
      authentication: iam
      status: active
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: cache_user
      name: mywebapp-prod-app
      action: update
      fields:
        - access_string
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - elasticache:DescribeUsers
    - elasticache:ModifyUser
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.elasticache.cache_user import CACHE_USER

NEEDS = ("access_string",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        users={
            "name": {"type": "str", "required": True},
            "user_name": {"type": "str"},
            "engine": {"type": "str", "choices": ["redis", "valkey"], "default": "valkey"},
            "access_string": {"type": "str"},
            "authentication": {"type": "str", "choices": ["iam", "no-password"], "default": "iam"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context, CACHE_USER, items(params, "users", NEEDS), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
