#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: db_cluster
short_description: Manage encrypted Aurora clusters
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates Aurora clusters that are encrypted, and changes what RDS can change in place.
  - What RDS cannot change in place (encryption, key, subnet group, administrator) is set at creation only;
    RV(migrations) says what of the encryption differs.
  - Never deletes or replaces a cluster.
  - Own module because the stock rds_cluster has neither ManageMasterUserPassword nor Performance Insights
    nor Database Insights, and changes something on every run.
options:
  clusters:
    description:
      - The clusters to converge. What is left out is not compared.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name, in lower case as RDS keeps it.
        type: str
        required: true
      engine:
        description:
          - Database engine.
        type: str
        default: aurora-mysql
      engine_version:
        description:
          - Engine version of a new cluster, such as C(8.0.mysql_aurora.3.10.0).
          - A cluster on a newer version keeps it; one on an older version keeps it with a warning unless
            O(clusters[].engine_upgrade). Another major version is never upgraded to.
        type: str
      engine_upgrade:
        description:
          - Whether an existing cluster on an older version is upgraded, which is an outage.
        type: bool
        default: false
      database_name:
        description:
          - Database made at creation.
        type: str
      master_username:
        description:
          - Administrator, set at creation only.
        type: str
        default: dbadmin
      manage_master_password:
        description:
          - V(true) lets RDS make, keep and rotate the password in Secrets Manager; an existing cluster keeps its
            password with a warning unless O(clusters[].master_password_takeover).
          - V(false) leaves the password of an existing cluster alone.
        type: bool
      master_password_takeover:
        description:
          - Whether RDS may take over the password of an existing cluster, which makes the old one void at once and
            cuts off whoever logs in with it.
        type: bool
        default: false
      master_secret_kms_key:
        description:
          - Alias, id or ARN of the KMS key of the secret that RDS manages; set together with the secret only.
        type: str
      master_secret:
        description:
          - Name or ARN of a secret with the key C(password), for a cluster whose password RDS cannot manage.
          - It is read by CloudFormation at creation, never by this module.
        type: str
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
          - Name of the cluster parameter group.
        type: str
      port:
        description:
          - Port, set at creation only.
        type: int
      kms_key:
        description:
          - Alias, id or ARN of the KMS key of the storage, set at creation only.
        type: str
      backup_retention_days:
        description:
          - Days that automated backups are kept, 1 to 35.
        type: int
      preferred_backup_window:
        description:
          - Daily backup window in UTC, such as C(03:00-04:00).
        type: str
      preferred_maintenance_window:
        description:
          - Weekly maintenance window in UTC, such as C(sun:05:00-sun:06:00).
        type: str
      deletion_protection:
        description:
          - Whether RDS refuses to delete the cluster.
        type: bool
      copy_tags_to_snapshot:
        description:
          - Whether snapshots get the tags of the cluster.
        type: bool
      iam_authentication:
        description:
          - Whether database users may authenticate with IAM.
        type: bool
      log_exports:
        description:
          - Logs that go to CloudWatch Logs.
        type: list
        elements: str
        choices:
          - audit
          - error
          - general
          - instance
          - slowquery
          - iam-db-auth-error
      insights_mode:
        description:
          - V(off) has no Performance Insights, V(standard) keeps 7 days unless told otherwise, V(advanced)
            keeps 465.
          - Instances inherit the mode.
        type: str
        choices:
          - 'off'
          - standard
          - advanced
      insights_retention_days:
        description:
          - Days that Performance Insights keeps.
        type: int
      backtrack_seconds:
        description:
          - Backtrack window in seconds; it can only be turned on at creation.
        type: int
      storage_type:
        description:
          - V(aurora-iopt1) is I/O-Optimized, where I/O costs nothing and storage and instances cost more; AWS takes a
            change to it once in 30 days.
        type: str
        choices:
          - aurora
          - aurora-iopt1
      serverless_capacity:
        description:
          - Capacity of instances of the class C(db.serverless).
        type: dict
        suboptions:
          min:
            description:
              - Least capacity in ACUs, in halves; V(0) lets instances pause.
            type: float
          max:
            description:
              - Most capacity in ACUs, in halves.
            type: float
          pause_seconds:
            description:
              - Seconds without a connection after which an instance pauses.
            type: int
      engine_lifecycle_support:
        description:
          - V(open-source-rds-extended-support), which is AWS's default, goes on with a major version after its
            standard support, at a price; with V(open-source-rds-extended-support-disabled) AWS upgrades it then.
        type: str
        choices:
          - open-source-rds-extended-support
          - open-source-rds-extended-support-disabled
      auto_minor_version_upgrade:
        description:
          - Whether RDS upgrades minor versions by itself, which it does where the instances allow it, too.
        type: bool
      associated_roles:
        description:
          - Names or ARNs of IAM roles that the database may use, for S3 or Lambda; others that are there stay.
        type: list
        elements: str
      global_cluster:
        description:
          - Name of the global database that a new secondary cluster joins.
        type: str
      replication_source:
        description:
          - Name or ARN of the cluster that a new cross-region replica follows.
        type: str
      replication_source_region:
        description:
          - Region of O(clusters[].replication_source), or of the primary of O(clusters[].global_cluster).
        type: str
      apply_immediately:
        description:
          - Whether changes that RDS can defer are made at once instead of in the maintenance window. Changes that it
            cannot defer leave what somebody else has deferred to the window.
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
- name: The cluster of the stack
  wellarchitected.webapp.db_cluster:
    region: us-east-1
    clusters:
      - name: mywebapp-prod-aurora
        engine_version: 8.0.mysql_aurora.3.10.0
        database_name: mywebapp
        manage_master_password: true
        subnet_group: mywebapp-prod-db-subnet-group
        security_groups: [mywebapp-prod-aurora-sg]
        kms_key: mywebapp-prod-aurora
        backup_retention_days: 30
        deletion_protection: true
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The clusters after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-aurora:
      name: mywebapp-prod-aurora
      status: available
      encryption: sse-kms
      engine_version: 8.0.mysql_aurora.3.10.0
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: db_cluster
      name: mywebapp-prod-aurora
      action: update
      fields:
        - backup_retention_days
        - deletion_protection
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - rds:DescribeDBClusters
    - rds:ModifyDBCluster
migrations:
  description: What of the encryption differs and needs a migration, by cluster; empty when nothing does.
  returned: success
  type: dict
  sample:
    mywebapp-prod-aurora:
      - its storage is not encrypted (StorageEncryptionType none)
pending_reboot:
  description: Members of the clusters where static parameters wait for a restart.
  returned: success
  type: list
  elements: str
  sample:
    - mywebapp-prod-aurora-1
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.rds.db_cluster import DB_CLUSTER
from ..module_utils._resources.rds.db_cluster_state import encryption_report

ARGUMENT_SPEC = aws_spec(
    **bulk(
        clusters={
            "name": {"type": "str", "required": True},
            "engine": {"type": "str", "default": "aurora-mysql"},
            "engine_version": {"type": "str"},
            "engine_upgrade": {"type": "bool", "default": False},
            "database_name": {"type": "str"},
            "master_username": {"type": "str", "default": "dbadmin"},
            "manage_master_password": {"type": "bool", "no_log": False},
            "master_password_takeover": {"type": "bool", "default": False, "no_log": False},
            "master_secret_kms_key": {"type": "str", "no_log": False},
            "master_secret": {"type": "str", "no_log": False},
            "subnet_group": {"type": "str"},
            "security_groups": {"type": "list", "elements": "str"},
            "parameter_group": {"type": "str"},
            "port": {"type": "int"},
            "kms_key": {"type": "str", "no_log": False},
            "backup_retention_days": {"type": "int"},
            "preferred_backup_window": {"type": "str"},
            "preferred_maintenance_window": {"type": "str"},
            "deletion_protection": {"type": "bool"},
            "copy_tags_to_snapshot": {"type": "bool"},
            "iam_authentication": {"type": "bool"},
            "log_exports": {
                "type": "list",
                "elements": "str",
                "choices": ["audit", "error", "general", "instance", "slowquery", "iam-db-auth-error"],
            },
            "insights_mode": {"type": "str", "choices": ["off", "standard", "advanced"]},
            "insights_retention_days": {"type": "int"},
            "backtrack_seconds": {"type": "int"},
            "storage_type": {"type": "str", "choices": ["aurora", "aurora-iopt1"]},
            "serverless_capacity": {
                "type": "dict",
                "options": {
                    "min": {"type": "float"},
                    "max": {"type": "float"},
                    "pause_seconds": {"type": "int"},
                },
            },
            "engine_lifecycle_support": {
                "type": "str",
                "choices": ["open-source-rds-extended-support", "open-source-rds-extended-support-disabled"],
            },
            "auto_minor_version_upgrade": {"type": "bool"},
            "associated_roles": {"type": "list", "elements": "str"},
            "global_cluster": {"type": "str"},
            "replication_source": {"type": "str"},
            "replication_source_region": {"type": "str"},
            "apply_immediately": {"type": "bool", "default": True},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    result = converge(
        context, DB_CLUSTER, items(params, "clusters"), tags=params["tags"], purge_tags=params["purge_tags"]
    )
    return {**result, **encryption_report(result["resources"])}


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
