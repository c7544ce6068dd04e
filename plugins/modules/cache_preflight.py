#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: cache_preflight
short_description: Refuse what a replication group of ElastiCache cannot become
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Says, before anything is changed, which options AWS would refuse, and which cache serves the application now.
  - Looks at the versions on offer only when a replication group is to be created.
  - Changes nothing.
  - Own module because no stock module knows what Valkey and Redis OSS can be asked for.
options:
  replication_group:
    description:
      - Id of the replication group.
    type: str
    required: true
  existing:
    description:
      - Id of a cluster, or of another replication group, that may have served the application before.
    type: str
  migration:
    description:
      - What is done where O(existing) is there. V(keep) leaves it in service and makes nothing beside it, V(prepare)
        makes the replication group beside it, V(switch) leads the application to the replication group.
    type: str
    choices:
      - keep
      - prepare
      - switch
    default: keep
  expect:
    description:
      - What other roles make and this one builds on; empty names are passed over.
    type: dict
    default: {}
    suboptions:
      kms_key:
        description: Aliases of keys.
        type: list
        elements: str
        default: []
      security_group:
        description: Names of security groups.
        type: list
        elements: str
        default: []
      subnet:
        description: Names of subnets.
        type: list
        elements: str
        default: []
  names:
    description:
      - Further names that AWS is to take, by the variable that they come from.
    type: dict
    default: {}
  engine:
    description:
      - Engine.
    type: str
    choices:
      - redis
      - valkey
    default: valkey
  engine_version:
    description:
      - Version of a new group.
    type: str
    required: true
  engine_upgrade:
    description:
      - Whether an existing group is upgraded.
    type: bool
    default: false
  takeover:
    description:
      - Whether an existing group may require TLS and users.
    type: bool
    default: false
  parameter_family:
    description:
      - Family of the parameter group, held against the version.
    type: str
    required: true
  node_type:
    description:
      - Type of the nodes.
    type: str
    required: true
  num_cache_clusters:
    description:
      - Number of the nodes.
    type: int
    required: true
  automatic_failover:
    description:
      - Whether a replica takes over when the primary fails.
    type: bool
    default: true
  multi_az:
    description:
      - Whether the nodes stand in several zones.
    type: bool
    default: true
  subnets:
    description:
      - Names of the subnets.
    type: list
    elements: str
    default: []
  users:
    description:
      - The users, each with C(name) and C(access_string).
    type: list
    elements: dict
    default: []
  port:
    description:
      - Port.
    type: int
    default: 6379
  snapshot_retention_limit:
    description:
      - Days that snapshots are kept.
    type: int
    required: true
  snapshot_window:
    description:
      - Daily snapshot window in UTC.
    type: str
    required: true
  maintenance_window:
    description:
      - Weekly maintenance window in UTC.
    type: str
    required: true
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - wellarchitected.webapp.aws
"""

EXAMPLES = r"""
- name: Nothing impossible is begun
  wellarchitected.webapp.cache_preflight:
    region: us-east-1
    replication_group: mywebapp-prod-cache
    existing: mywebapp-prod-redis
    engine_version: "8.0"
    parameter_family: valkey8
    node_type: cache.t4g.small
    num_cache_clusters: 2
    users:
      - name: mywebapp-prod-app
        access_string: on ~* +@all -@dangerous
    snapshot_retention_limit: 7
    snapshot_window: "03:00-04:00"
    maintenance_window: sun:05:00-sun:06:00
"""

RETURN = r"""
makes:
  description: Whether the replication group is there or is to be made.
  returned: success
  type: bool
  sample: true
serving:
  description: Where to write (C(primary)) and to read (C(reader)) where O(existing) stays in service; else empty.
  returned: success
  type: dict
  sample:
    primary: redis://mywebapp-prod-redis.a1b2c3.0001.use1.cache.amazonaws.com:6379
    reader: redis://mywebapp-prod-redis.a1b2c3.0001.use1.cache.amazonaws.com:6379
gaps:
  description: What the cache that stays in service lacks, and the next step, as sentences.
  returned: success
  type: list
  elements: str
  sample:
    - 'mywebapp-prod-redis serves the application with no encryption at rest; set cache_migration: prepare'
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - elasticache:DescribeReplicationGroups
    - elasticache:DescribeCacheClusters
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.module import aws_spec, run_module
from ..module_utils._resources.elasticache.cache_preflight import preflight

_NAMES = {"type": "list", "elements": "str", "default": []}

ARGUMENT_SPEC = aws_spec(
    replication_group={"type": "str", "required": True},
    existing={"type": "str"},
    migration={"type": "str", "choices": ["keep", "prepare", "switch"], "default": "keep"},
    expect={
        "type": "dict",
        "default": {},
        "options": {"kms_key": {**_NAMES, "no_log": False}, "security_group": _NAMES, "subnet": _NAMES},
    },
    names={"type": "dict", "default": {}},
    engine={"type": "str", "choices": ["redis", "valkey"], "default": "valkey"},
    engine_version={"type": "str", "required": True},
    engine_upgrade={"type": "bool", "default": False},
    takeover={"type": "bool", "default": False},
    parameter_family={"type": "str", "required": True},
    node_type={"type": "str", "required": True},
    num_cache_clusters={"type": "int", "required": True},
    automatic_failover={"type": "bool", "default": True},
    multi_az={"type": "bool", "default": True},
    subnets={"type": "list", "elements": "str", "default": []},
    users={"type": "list", "elements": "dict", "default": []},
    port={"type": "int", "default": 6379},
    snapshot_retention_limit={"type": "int", "required": True},
    snapshot_window={"type": "str", "required": True},
    maintenance_window={"type": "str", "required": True},
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return preflight(context, params)


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
