#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: cache_replication_group
short_description: Manage encrypted replication groups of ElastiCache
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates replication groups of Valkey or Redis OSS with cluster mode disabled, encrypted at rest and in transit, and
    changes what AWS can change in place, one change after the other.
  - What AWS cannot change in place (encryption at rest, key, subnet group, port) is set at creation only;
    RV(migrations) says what of it differs.
  - Never deletes or replaces a replication group.
  - Own module because the stock one knows single clusters only, without encryption and without check mode.
options:
  groups:
    description:
      - The replication groups to converge. What is left out is not compared.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Id, in lower case as ElastiCache keeps it.
        type: str
        required: true
      description:
        description:
          - Description.
        type: str
        default: Managed by Ansible
      engine:
        description:
          - Engine. Redis OSS becomes Valkey with O(groups[].engine_upgrade) only, and never the other way.
        type: str
        choices:
          - redis
          - valkey
        default: valkey
      engine_version:
        description:
          - Version of a new group, such as V(8.0), which any patch of it is.
          - A group on a newer version keeps it; one on an older version keeps it with a warning unless
            O(groups[].engine_upgrade).
        type: str
      engine_upgrade:
        description:
          - Whether an existing group is upgraded, or becomes one of Valkey, with a failover.
        type: bool
        default: false
      takeover:
        description:
          - Whether an existing group may require TLS and the users of O(groups[].user_group), which cuts off clients
            that do not use them yet. Without it such a group offers TLS and serves both.
        type: bool
        default: false
      node_type:
        description:
          - Type of the nodes, such as V(cache.t4g.small).
          - Required here or in O(defaults).
        type: str
      num_cache_clusters:
        description:
          - Nodes, the primary and its replicas, 1 to 6.
        type: int
      automatic_failover:
        description:
          - Whether a replica takes over when the primary fails.
        type: bool
      multi_az:
        description:
          - Whether the nodes stand in several zones; it goes with automatic failover only.
        type: bool
      subnet_group:
        description:
          - Name of the subnet group, set at creation only.
        type: str
      security_groups:
        description:
          - Names or ids of the security groups.
        type: list
        elements: str
      parameter_group:
        description:
          - Name of the parameter group.
        type: str
      port:
        description:
          - Port, set at creation only.
        type: int
      kms_key:
        description:
          - Alias, id or ARN of the KMS key of the storage, set at creation only.
        type: str
      transit_encryption_mode:
        description:
          - V(preferred) serves clients without TLS, too. A new group requires TLS without it.
        type: str
        choices:
          - preferred
          - required
      user_group:
        description:
          - Id of the user group; it takes the place of another one, or of an AUTH token.
        type: str
      snapshot_retention_limit:
        description:
          - Days that daily snapshots are kept, 0 to 35; V(0) makes none.
        type: int
      snapshot_window:
        description:
          - Daily snapshot window in UTC, such as C(03:00-04:00).
        type: str
      preferred_maintenance_window:
        description:
          - Weekly maintenance window in UTC, such as C(sun:05:00-sun:06:00).
        type: str
      auto_minor_version_upgrade:
        description:
          - Whether AWS upgrades minor versions by itself.
        type: bool
      log_deliveries:
        description:
          - Logs that go to CloudWatch Logs; others that somebody has set up stay.
        type: list
        elements: dict
        suboptions:
          type:
            description:
              - Which log.
            type: str
            required: true
            choices:
              - slow-log
              - engine-log
          log_group:
            description:
              - Name of the log group, which exists.
            type: str
            required: true
          format:
            description:
              - Form of the entries.
            type: str
            choices:
              - json
              - text
            default: json
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: The cache of the stack
  wellarchitected.webapp.cache_replication_group:
    region: us-east-1
    groups:
      - name: mywebapp-prod-cache
        engine_version: "8.0"
        node_type: cache.t4g.small
        num_cache_clusters: 2
        automatic_failover: true
        multi_az: true
        subnet_group: mywebapp-prod-cache
        security_groups: [mywebapp-prod-cache-sg]
        kms_key: mywebapp-prod-cache
        transit_encryption_mode: required
        user_group: mywebapp-prod-cache
        snapshot_retention_limit: 7
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The replication groups after the run, by id; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-cache:
      name: mywebapp-prod-cache
      status: available
      encryption: sse-kms
      engine_version: 8.0.1
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: cache_replication_group
      name: mywebapp-prod-cache
      action: update
      fields:
        - snapshot_retention_limit
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - elasticache:DescribeReplicationGroups
    - elasticache:ModifyReplicationGroup
endpoints:
  description: Where to write (C(primary)) and where to read (C(reader)), by id; with C(rediss) where TLS is on offer.
  returned: success
  type: dict
  sample:
    mywebapp-prod-cache:
      primary: rediss://master.mywebapp-prod-cache.a1b2c3.use1.cache.amazonaws.com:6379
      reader: rediss://replica.mywebapp-prod-cache.a1b2c3.use1.cache.amazonaws.com:6379
migrations:
  description: What differs and needs another replication group, by id; empty when nothing does.
  returned: success
  type: dict
  sample:
    mywebapp-prod-cache:
      - its storage is not encrypted (StorageEncryptionType none)
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.elasticache.cache_replication_group import CACHE_REPLICATION_GROUP
from ..module_utils._resources.elasticache.cache_replication_group_state import report

NEEDS = ("node_type",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        groups={
            "name": {"type": "str", "required": True},
            "description": {"type": "str", "default": "Managed by Ansible"},
            "engine": {"type": "str", "choices": ["redis", "valkey"], "default": "valkey"},
            "engine_version": {"type": "str"},
            "engine_upgrade": {"type": "bool", "default": False},
            "takeover": {"type": "bool", "default": False},
            "node_type": {"type": "str"},
            "num_cache_clusters": {"type": "int"},
            "automatic_failover": {"type": "bool"},
            "multi_az": {"type": "bool"},
            "subnet_group": {"type": "str"},
            "security_groups": {"type": "list", "elements": "str"},
            "parameter_group": {"type": "str"},
            "port": {"type": "int"},
            "kms_key": {"type": "str", "no_log": False},
            "transit_encryption_mode": {"type": "str", "choices": ["preferred", "required"]},
            "user_group": {"type": "str"},
            "snapshot_retention_limit": {"type": "int"},
            "snapshot_window": {"type": "str"},
            "preferred_maintenance_window": {"type": "str"},
            "auto_minor_version_upgrade": {"type": "bool"},
            "log_deliveries": {
                "type": "list",
                "elements": "dict",
                "options": {
                    "type": {"type": "str", "required": True, "choices": ["slow-log", "engine-log"]},
                    "log_group": {"type": "str", "required": True},
                    "format": {"type": "str", "choices": ["json", "text"], "default": "json"},
                },
            },
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    groups = items(params, "groups", NEEDS)
    result = converge(context, CACHE_REPLICATION_GROUP, groups, tags=params["tags"], purge_tags=params["purge_tags"])
    return {**result, **report(CACHE_REPLICATION_GROUP.name, [group["name"] for group in groups], result["resources"])}


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
