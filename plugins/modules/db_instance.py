#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: db_instance
short_description: Manage the instances of Aurora clusters
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates instances in Aurora clusters and changes them in place.
  - 'Where a change restarts instances they are taken one after the other: readers first, then the writer
    after a failover to a finished reader, waiting for each.'
  - Instances that are not in the list, such as those that auto scaling added, are left alone.
  - Never deletes an instance.
  - Own module because the stock rds_instance knows no Database Insights, and changes all instances of a cluster
    at once.
options:
  instances:
    description:
      - The instances to converge. What is left out is not compared.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name, in lower case as RDS keeps it.
        type: str
        required: true
      cluster:
        description:
          - Name of the cluster.
          - Required here or in O(defaults).
        type: str
      engine:
        description:
          - Database engine.
        type: str
        default: aurora-mysql
      instance_class:
        description:
          - Instance class, such as C(db.r6g.large).
          - Required here or in O(defaults).
        type: str
      availability_zone:
        description:
          - Availability zone, set at creation only.
        type: str
      parameter_group:
        description:
          - Name of the DB parameter group.
        type: str
      promotion_tier:
        description:
          - Order of promotion in a failover, 0 first, 15 last.
        type: int
      publicly_accessible:
        description:
          - Whether the instance gets a public address.
        type: bool
        default: false
      auto_minor_version_upgrade:
        description:
          - Whether RDS upgrades minor versions by itself; V(false) on a long-term support version.
        type: bool
      preferred_maintenance_window:
        description:
          - Weekly maintenance window in UTC, such as C(sun:05:00-sun:06:00).
        type: str
      monitoring_interval:
        description:
          - Seconds between points of enhanced monitoring; V(0) turns it off.
        type: int
        choices:
          - 0
          - 1
          - 5
          - 10
          - 15
          - 30
          - 60
      monitoring_role:
        description:
          - Name or ARN of the IAM role of enhanced monitoring.
        type: str
      ca_certificate:
        description:
          - Identifier of the CA of the server certificate, such as C(rds-ca-rsa2048-g1). Another one restarts an
            instance whose engine version cannot rotate it in place, one instance after the other.
        type: str
      insights:
        description:
          - Whether Performance Insights is on, as on the cluster.
        type: bool
      insights_retention_days:
        description:
          - Days that Performance Insights keeps, as on the cluster.
        type: int
      pending_reboot:
        description:
          - V(false) restarts an instance that has static parameters waiting for it; left out, nothing is
            restarted.
        type: bool
      apply_immediately:
        description:
          - Whether a change of class or certificate is made at once instead of in the maintenance window. Other
            changes leave what somebody else has deferred to the window.
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
- name: Two instances in two zones
  wellarchitected.webapp.db_instance:
    region: us-east-1
    instances:
      - name: mywebapp-prod-aurora-1
        cluster: mywebapp-prod-aurora
        instance_class: db.r6g.large
        availability_zone: us-east-1a
      - name: mywebapp-prod-aurora-2
        cluster: mywebapp-prod-aurora
        instance_class: db.r6g.large
        availability_zone: us-east-1b
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The instances after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-aurora-1:
      name: mywebapp-prod-aurora-1
      status: available
      instance_class: db.r6g.large
      writer: true
      pending_reboot: false
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: db_instance
      name: mywebapp-prod-aurora-1
      action: update
      fields:
        - instance_class
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
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.rds.db_instance_rolling import converge_rolling

NEEDS = ("cluster", "instance_class")

ARGUMENT_SPEC = aws_spec(
    **bulk(
        instances={
            "name": {"type": "str", "required": True},
            "cluster": {"type": "str"},
            "engine": {"type": "str", "default": "aurora-mysql"},
            "instance_class": {"type": "str"},
            "availability_zone": {"type": "str"},
            "parameter_group": {"type": "str"},
            "promotion_tier": {"type": "int"},
            "publicly_accessible": {"type": "bool", "default": False},
            "auto_minor_version_upgrade": {"type": "bool"},
            "preferred_maintenance_window": {"type": "str"},
            "monitoring_interval": {"type": "int", "choices": [0, 1, 5, 10, 15, 30, 60]},
            "monitoring_role": {"type": "str"},
            "ca_certificate": {"type": "str"},
            "insights": {"type": "bool"},
            "insights_retention_days": {"type": "int"},
            "pending_reboot": {"type": "bool"},
            "apply_immediately": {"type": "bool", "default": True},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge_rolling(
        context, items(params, "instances", NEEDS), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
