#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: db_preflight
short_description: Refuse what an Aurora cluster cannot become
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Says, before anything is changed, which options AWS would refuse together, and which recovery point a
    choice across regions gives.
  - Looks at the instance classes on offer only when an instance is to be created or its class or engine version
    changes.
  - Changes nothing.
  - Own module because no stock module knows the limits of Aurora across regions.
options:
  cluster:
    description:
      - Name of the cluster.
    type: str
    required: true
  instances:
    description:
      - The instances, each with C(name) and what of C(instance_class) and C(availability_zone) is its own; an
        availability zone that no subnet of O(subnets) lies in is refused.
    type: list
    elements: dict
    required: true
  dr_instances:
    description:
      - The instances in the other region, in the same form.
    type: list
    elements: dict
    default: []
  dr_cluster:
    description:
      - Name of the cluster in the other region, where O(cross_region) makes one there.
    type: str
  global_cluster:
    description:
      - Name of the global database, where O(cross_region) makes one.
    type: str
  expect:
    description:
      - What other roles make and this one builds on, by name, id or ARN; empty ones are passed over, and an ARN of
        another account is taken as it is.
      - In the first play of C(site.yml), before any role has made something, only what is given by id or ARN is looked
        for.
    type: dict
    default: {}
    suboptions:
      kms_key:
        description: Keys, by alias or ARN.
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
  dr_expect:
    description:
      - The same as O(expect) in the other region, looked for where O(cross_region) makes a cluster there.
    type: dict
    default: {}
    suboptions:
      kms_key:
        description: Keys, by alias or ARN.
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
  names:
    description:
      - Further names that AWS is to take, by the variable that they come from.
    type: dict
    default: {}
  parameter_family:
    description:
      - Family of the parameter groups, held against the engine version.
    type: str
  engine:
    description:
      - Database engine.
    type: str
    default: aurora-mysql
  engine_version:
    description:
      - Engine version of a new cluster.
    type: str
    required: true
  engine_upgrade:
    description:
      - Whether an existing cluster on an older version is upgraded.
    type: bool
    default: false
  subnets:
    description:
      - Names of the subnets of the cluster.
    type: list
    elements: str
    default: []
  backup_retention_days:
    description:
      - Days that backups are kept.
    type: int
  insights_retention_days:
    description:
      - Days that Performance Insights keeps.
    type: int
  backup_window:
    description:
      - Daily backup window in UTC.
    type: str
  maintenance_window:
    description:
      - Weekly maintenance window in UTC.
    type: str
  instance_class:
    description:
      - Instance class of all instances that have none of their own.
    type: str
    required: true
  cross_region:
    description:
      - How the database survives the loss of its region.
    type: str
    default: none
    choices:
      - none
      - backup_copy
      - replica
      - global
  dr_region:
    description:
      - The other region.
    type: str
  manage_master_password:
    description:
      - Whether RDS manages the password of the administrator.
    type: bool
    default: true
  master_secret:
    description:
      - The secret that a new cluster takes its password from where RDS does not manage it.
    type: str
  binlog_format:
    description:
      - The binlog_format that is asked for.
    type: str
  backtrack_seconds:
    description:
      - Backtrack window in seconds.
    type: int
    default: 0
  port:
    description:
      - Port of the cluster.
    type: int
  readers_max:
    description:
      - The most readers that auto scaling may make.
    type: int
  storage_type:
    description:
      - Storage type that is asked for.
    type: str
  serverless:
    description:
      - Whether the cluster is given a Serverless v2 capacity.
    type: bool
    default: false
  insights:
    description:
      - Whether Performance Insights is asked for.
    type: bool
    default: true
  enhanced_monitoring:
    description:
      - Whether enhanced monitoring is asked for.
    type: bool
    default: true
  reboot_when_pending:
    description:
      - Whether the run may restart instances.
    type: bool
    default: false
  copy_hours:
    description:
      - Hours between two backup copies, for the recovery point.
    type: int
    default: 24
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.items
"""

EXAMPLES = r"""
- name: Nothing impossible is begun
  wellarchitected.webapp.db_preflight:
    region: us-east-1
    cluster: mywebapp-prod-aurora
    instances:
      - name: mywebapp-prod-aurora-1
        availability_zone: us-east-1a
      - name: mywebapp-prod-aurora-2
        availability_zone: us-east-1b
    engine_version: 8.0.mysql_aurora.3.10.0
    instance_class: db.r6g.large
    cross_region: backup_copy
    dr_region: us-west-2
"""

RETURN = r"""
recovery_point:
  description: What the loss of the region would cost.
  returned: success
  type: str
  sample: 'cross-region global: RPO about a second (AuroraGlobalDBReplicationLag)'
engine_version:
  description: The engine version that the cluster has after the run.
  returned: success
  type: str
  sample: 8.0.mysql_aurora.3.10.0
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - rds:DescribeDBClusters
    - rds:DescribeDBInstances
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.module import aws_spec, run_module
from ..module_utils._resources.kinds import ITEMS
from ..module_utils._resources.rds.db_preflight import preflight

_NAMES = {"type": "list", "elements": "str", "default": []}
_EXPECT = {
    "type": "dict",
    "default": {},
    "options": {"kms_key": {**_NAMES, "no_log": False}, "secret": {**_NAMES, "no_log": False}}
    | dict.fromkeys(("security_group", "subnet"), _NAMES),
}

ARGUMENT_SPEC = aws_spec(
    cluster={"type": "str", "required": True},
    instances={"type": "list", "elements": "dict", "required": True},
    dr_instances={"type": "list", "elements": "dict", "default": []},
    dr_cluster={"type": "str"},
    global_cluster={"type": "str"},
    expect=_EXPECT,
    dr_expect=_EXPECT,
    names={"type": "dict", "default": {}},
    parameter_family={"type": "str"},
    engine={"type": "str", "default": "aurora-mysql"},
    engine_version={"type": "str", "required": True},
    engine_upgrade={"type": "bool", "default": False},
    subnets={"type": "list", "elements": "str", "default": []},
    backup_retention_days={"type": "int"},
    insights_retention_days={"type": "int"},
    backup_window={"type": "str"},
    maintenance_window={"type": "str"},
    instance_class={"type": "str", "required": True},
    cross_region={"type": "str", "default": "none", "choices": ["none", "backup_copy", "replica", "global"]},
    dr_region={"type": "str"},
    manage_master_password={"type": "bool", "default": True, "no_log": False},
    master_secret={"type": "str", "no_log": False},
    binlog_format={"type": "str"},
    backtrack_seconds={"type": "int", "default": 0},
    port={"type": "int"},
    readers_max={"type": "int"},
    storage_type={"type": "str"},
    serverless={"type": "bool", "default": False},
    insights={"type": "bool", "default": True},
    enhanced_monitoring={"type": "bool", "default": True},
    reboot_when_pending={"type": "bool", "default": False},
    copy_hours={"type": "int", "default": 24},
    items=ITEMS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return preflight(context, params)


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
