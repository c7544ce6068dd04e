# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Aurora MySQL: unencrypted, two db.r6g.large in two zones, backups of 7 days, no protection, no insights."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from local_aws.control import Control
from local_aws.stacks.as_reviewed.building import ZONES, Building

ENGINE_VERSION = "8.0.mysql_aurora.3.10.0"
INSTANCE_CLASS = "db.r6g.large"
USER = "dbadmin"
DATABASE = "mywebapp"


def build(stack: Building) -> None:
    rds = stack.aws.rds
    subnet_group, cluster = stack.name("db-subnet-group"), stack.name("aurora")
    rds.create_db_subnet_group(
        DBSubnetGroupName=subnet_group,
        DBSubnetGroupDescription="Database subnets of mywebapp-prod",
        SubnetIds=stack.ids["subnets"]["database"],
        Tags=[{"Key": "Name", "Value": subnet_group}],
    )
    with before_default_encryption(stack.aws.endpoint_url):
        made = rds.create_db_cluster(
            DBClusterIdentifier=cluster,
            Engine="aurora-mysql",
            EngineVersion=ENGINE_VERSION,
            DatabaseName=DATABASE,
            MasterUsername=USER,
            MasterUserPassword=stack.password,
            DBSubnetGroupName=subnet_group,
            VpcSecurityGroupIds=[stack.ids["security_groups"]["aurora"]],
            AvailabilityZones=list(ZONES),
            BackupRetentionPeriod=7,
            PreferredBackupWindow="03:00-04:00",
            StorageEncrypted=False,
            DeletionProtection=False,
            CopyTagsToSnapshot=False,
            Tags=[{"Key": "Name", "Value": cluster}],
        )["DBCluster"]
    instances = []
    for number, zone in enumerate(ZONES, 1):
        name = stack.name("aurora", number)
        rds.create_db_instance(
            DBInstanceIdentifier=name,
            DBClusterIdentifier=cluster,
            DBInstanceClass=INSTANCE_CLASS,
            Engine="aurora-mysql",
            AvailabilityZone=zone,
            AutoMinorVersionUpgrade=True,
            PubliclyAccessible=False,
            Tags=[{"Key": "Name", "Value": name}],
        )
        instances.append(name)
    waiter = rds.get_waiter("db_instance_available")
    for name in instances:
        waiter.wait(DBInstanceIdentifier=name, WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    stack.ids.update(
        cluster=cluster,
        cluster_endpoint=made["Endpoint"],
        database_user=USER,
        db_instances=instances,
        db_subnet_group=subnet_group,
    )


@contextlib.contextmanager
def before_default_encryption(endpoint_url: str) -> Iterator[None]:
    """Clusters made in here are as old as the review, and have no encryption at all.

    Since 2026-02-18 AWS gives a cluster that asks for no encryption a key of its own (StorageEncryptionType
    sse-rds); the emulator's setting default_encryption takes that back. Plain moto, which knows neither,
    makes such a cluster anyway.
    """
    known = _set_default_encryption(endpoint_url, False)
    try:
        yield
    finally:
        if known:
            _set_default_encryption(endpoint_url, True)


def _set_default_encryption(endpoint_url: str, value: bool) -> bool:
    try:
        Control(endpoint_url).settings(default_encryption=value)
    except (OSError, ValueError, KeyError, TypeError):  # no such endpoint, or one that answers something else
        return False
    return True
