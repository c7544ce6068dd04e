#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: cache_user_group
short_description: Manage user groups of ElastiCache
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates groups of users, which replication groups are given to, and keeps their members.
  - A user that is not named leaves the group. Never deletes a group.
  - Own module because there is no stock one.
options:
  groups:
    description:
      - The user groups to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Id of the group, in lower case as ElastiCache keeps it.
        type: str
        required: true
      engine:
        description:
          - Engine. A group of V(valkey) has only users that authenticate; one of V(redis) has a user named default.
        type: str
        choices:
          - redis
          - valkey
        default: valkey
      users:
        description:
          - Ids of the users, all of them.
          - Required here or in O(defaults).
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
- name: Who may use the cache
  wellarchitected.webapp.cache_user_group:
    region: us-east-1
    groups:
      - name: mywebapp-prod-cache
        users: [mywebapp-prod-app]
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The user groups after the run, by id; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-cache:
      name: mywebapp-prod-cache
      users:
        - mywebapp-prod-app
      status: active
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: cache_user_group
      name: mywebapp-prod-cache
      action: update
      fields:
        - users
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - elasticache:DescribeUserGroups
    - elasticache:ModifyUserGroup
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.elasticache.cache_user_group import CACHE_USER_GROUP

NEEDS = ("users",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        groups={
            "name": {"type": "str", "required": True},
            "engine": {"type": "str", "choices": ["redis", "valkey"], "default": "valkey"},
            "users": {"type": "list", "elements": "str"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context, CACHE_USER_GROUP, items(params, "groups", NEEDS), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
