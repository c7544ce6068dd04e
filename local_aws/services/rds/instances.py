# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Members of Aurora clusters: what is refused, and what they take from their cluster."""

from __future__ import annotations

import datetime
from typing import Any

from local_aws import data_plane
from local_aws.refusal import Refusal
from local_aws.regions import zones
from local_aws.services.rds import aws, catalogue, common, events, states

# Parameters that belong to the cluster.
_CLUSTERS = (
    "AllocatedStorage",
    "BackupRetentionPeriod",
    "CharacterSetName",
    "DBName",
    "DeletionProtection",
    "EnableIAMDatabaseAuthentication",
    "KmsKeyId",
    "ManageMasterUserPassword",
    "MasterUserPassword",
    "MasterUsername",
    "MultiAZ",
    "PreferredBackupWindow",
    "StorageEncrypted",
    "VpcSecurityGroupIds",
)
# The writer and 15 readers:
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Replication.html
_MEMBERS = 16
_CERTIFICATES = ("rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1")
# What waits for the maintenance window unless ApplyImmediately is set: parameter -> attribute of moto's instance.
_LATER = {"DBInstanceClass": "db_instance_class", "CACertificateIdentifier": "ca_certificate_identifier"}
_NO_CHANGES = ("AllowMajorVersionUpgrade", "ApplyImmediately", "CertificateRotationRestart", "DBInstanceIdentifier")
_ATTRIBUTES = {
    "EnablePerformanceInsights": "performance_insights_enabled",
    "PerformanceInsightsKMSKeyId": "performance_insights_kms_key_id",
    "DBParameterGroupName": "db_parameter_group_name",
}


@aws.before("CreateDBInstance")
def create_rule(call: Any) -> None:
    params = call.params
    if params["Engine"] != catalogue.ENGINE:
        return
    name = params["DBInstanceIdentifier"]
    common.check_identifier(name, "DBInstanceIdentifier")
    if name in call.backend().databases:
        raise Refusal("DBInstanceAlreadyExists", "DB instance already exists", 400)
    if not params.get("DBClusterIdentifier"):
        raise common.combination("Aurora DB instances must be a member of a DB cluster: set DBClusterIdentifier.")
    cluster = common.cluster(call, params["DBClusterIdentifier"])
    for parameter in _CLUSTERS:
        if params.get(parameter):
            raise common.combination(
                f"The requested DB Instance will be a member of a DB Cluster. Set {parameter} for the DB Cluster."
            )
    _check_cluster(call, cluster)
    catalogue.check_class(params["DBInstanceClass"], cluster.engine_version)
    _check_version(params, cluster)
    _check_class_use(params["DBInstanceClass"], cluster)
    _check_certificate(params)
    _check_performance_insights(params, params["DBInstanceClass"])
    common.check_insights(params, cluster if "DatabaseInsightsMode" not in params else None)
    if params.get("DBParameterGroupName"):
        common.instance_parameter_group(call, params["DBParameterGroupName"], cluster.engine_version)
    call.meanwhile = states.new_instance(bool(params.get("MonitoringInterval", cluster.monitoring_interval)))
    group = call.backend().subnet_groups.get(cluster.db_subnet_group_name)
    allowed = group_zones(group) or list(zones(call.region))
    zone = params.get("AvailabilityZone")
    if zone and zone not in allowed:
        raise Refusal(
            "InvalidVPCNetworkStateFault", f"The DB subnet group doesn't cover the Availability Zone {zone}.", 400
        )
    if not zone:
        taken = [member.availability_zone for member in cluster._members]
        zone = min(allowed, key=lambda candidate: (taken.count(candidate), candidate))
    call.change(
        AvailabilityZone=zone,
        EngineVersion=None,
        DBSubnetGroupName=None,
        MonitoringInterval=None,
        MonitoringRoleArn=None,
    )


def _check_cluster(call: Any, cluster: Any) -> None:
    """A cluster that is restored or a replica takes instances once it is available (API reference, User Guide)."""
    name = cluster.db_cluster_identifier
    copied = getattr(cluster, "is_restored", False) or cluster.replication_source_identifier
    if copied and states.of_cluster(call, name) == "creating":
        raise common.cluster_state(f"DbCluster {name} is in creating state but expected it to be one of available.")
    if len(cluster._members) >= _MEMBERS:
        raise Refusal(
            "InstanceQuotaExceeded", f"DB cluster {name} has {_MEMBERS} DB instances, the most it may have.", 400
        )


def _check_certificate(params: dict[str, Any]) -> None:
    name = params.get("CACertificateIdentifier")
    if name and name not in _CERTIFICATES:
        raise Refusal("CertificateNotFound", f"Certificate {name} not found.", 404)


def _check_performance_insights(params: dict[str, Any], instance_class: str) -> None:
    if params.get("EnablePerformanceInsights") and not catalogue.has_performance_insights(instance_class):
        raise common.combination("Performance Insights not supported for this configuration.")


def _check_version(params: dict[str, Any], cluster: Any) -> None:
    version = params.get("EngineVersion")
    if version and catalogue.resolve_version(version) != cluster.engine_version:
        raise common.combination(
            "The engine version that you requested for your DB instance does not match the DB cluster's."
        )
    group = params.get("DBSubnetGroupName")
    if group and group.lower() != cluster.db_subnet_group_name.lower():
        raise common.combination("The DB subnet group of the DB instance must be the DB cluster's.")


def _check_class_use(instance_class: str, cluster: Any) -> None:
    if instance_class == "db.serverless" and not cluster.serverless_v2_scaling_configuration:
        raise common.combination(
            "Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 "
            "DB instance."
        )
    if catalogue.is_burstable(instance_class) and cluster.global_cluster_identifier:
        raise common.combination(f"{instance_class} is not supported for clusters of an Aurora global database.")


def group_zones(group: Any) -> list[str]:
    if group is None:
        return []
    return sorted({subnet.availability_zone for subnet in group._subnets} if hasattr(group, "_subnets") else set())


@aws.after("CreateDBInstance", when=lambda call: call.front.settings.failing)
def creation_fails(call: Any, answer: dict[str, Any]) -> None:
    """The status says that it has failed, and an event says why.

    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Events.Messages.html
    """
    failure = call.front.settings.failure("rds:CreateDBInstance")
    if failure:
        database = common.instance(call, answer["DBInstance"]["DBInstanceIdentifier"])
        database.status = failure["code"]
        events.add(call, database, "db-instance", failure["message"], "failure")


@aws.after("CreateDBInstance")
def created(call: Any, answer: dict[str, Any]) -> None:
    database = common.instance(call, answer["DBInstance"]["DBInstanceIdentifier"])
    if not common.is_aurora(database):
        return
    cluster = database.cluster
    # the request's own, before the parameters that moto would not take were taken away
    asked = call.original
    database.default_db_parameter_group_details = lambda: default_group(database)
    database.dbi_resource_id = common.random_id("db-")
    database.publicly_accessible = bool(call.params.get("PubliclyAccessible", False))
    database.enable_iam_database_authentication = bool(cluster.iam_auth)
    database.enabled_cloudwatch_logs_exports = cluster.enabled_cloudwatch_logs_exports
    database.ca_certificate_identifier = call.params.get("CACertificateIdentifier", _CERTIFICATES[0])
    set_certificate(database)
    database.storage_encryption_type = getattr(cluster, "storage_encryption_type", "none")
    group = call.backend().subnet_groups.get(cluster.db_subnet_group_name)
    if group is not None:
        database.db_subnet_group_name = cluster.db_subnet_group_name
        database.db_subnet_group = group
    common.set_insights(call, database, asked, cluster)
    answer["DBInstance"] = shown(call, database, "creating")
    if len(cluster._members) == 1:
        states.first_backup(call, cluster.db_cluster_identifier)
    data_plane.current().instance_created(call.account, call.region, answer["DBInstance"])


def set_certificate(database: Any) -> None:
    """The server certificate is valid for a year from when it is made.

    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html
    """
    database.certificate_details = {
        "CAIdentifier": database.ca_certificate_identifier,
        "ValidTill": datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=365),
    }


def default_group(database: Any) -> tuple[str, str]:
    """moto makes the family of the whole version."""
    family = catalogue.family(database.engine_version)
    return family, f"default.{family}"


def shown(call: Any, database: Any, status: str | None = None) -> dict[str, Any]:
    answer = call.moto("DescribeDBInstances", DBInstanceIdentifier=database.db_instance_identifier)
    found: dict[str, Any] = answer["DBInstances"][0]
    if status:
        found["DBInstanceStatus"] = status
    return found


@aws.before("ModifyDBInstance")
def modify_rule(call: Any) -> None:
    params = call.params
    database = common.instance(call, params["DBInstanceIdentifier"])
    if not common.is_aurora(database):
        return
    for parameter in _CLUSTERS:
        if params.get(parameter):
            raise common.combination(
                f"The specified DB Instance is a member of a cluster. Modify {parameter} for the DB Cluster using the "
                "ModifyDBCluster API"
            )
    if params.get("DBInstanceClass"):
        catalogue.check_class(params["DBInstanceClass"], database.engine_version)
        _check_class_use(params["DBInstanceClass"], database.cluster)
    _check_certificate(params)
    _check_performance_insights(params, params.get("DBInstanceClass", database.db_instance_class))
    common.check_insights(params, database)
    if params.get("DBParameterGroupName"):
        common.instance_parameter_group(call, params["DBParameterGroupName"], database.engine_version)
    applied = _wait_for_window(call, database)
    shows = {name: getattr(database, attribute) for name, attribute in _LATER.items() if name in applied}
    if shows:
        shows["PendingModifiedValues"] = applied
    changed = {name for name in params if name not in (*_NO_CHANGES, *_LATER) and _differs(call, name, database)}
    call.meanwhile = states.change_of_instance({*changed, *applied}, shows)
    call.change(
        EnablePerformanceInsights=None,
        PerformanceInsightsKMSKeyId=None,
        PerformanceInsightsRetentionPeriod=None,
        DatabaseInsightsMode=None,
        MonitoringInterval=None,
        MonitoringRoleArn=None,
    )


def _wait_for_window(call: Any, database: Any) -> dict[str, Any]:
    """What is applied now; the rest of _LATER waits.

    "The modifications in this request and any pending modifications are asynchronously applied as soon as possible"
    (API reference of ModifyDBInstance, ApplyImmediately).
    """
    waiting = dict(getattr(database, "pending_modified_values", None) or {})
    for name, attribute in _LATER.items():
        if name in call.params:
            waiting.pop(name, None)
            if call.params[name] != getattr(database, attribute):
                waiting[name] = call.params[name]
            call.change(**{name: None})
    applied = waiting if call.params.get("ApplyImmediately") else {}
    call.waiting = {} if applied else waiting
    call.change(**applied)
    return applied


def _differs(call: Any, name: str, database: Any) -> bool:
    value = call.params[name]
    if name == "PerformanceInsightsKMSKeyId":
        value = common.key_arn(call, value)
    attribute = _ATTRIBUTES.get(name, common.snake(name))
    known = getattr(database, attribute, None)
    if name == "NewDBInstanceIdentifier":
        return str(value).lower() != database.db_instance_identifier
    if name == "DBParameterGroupName":
        known = database.db_parameter_groups()[0].name
    if name == "PreferredMaintenanceWindow":
        return value.lower() != str(known).lower()
    return value != bool(known) if isinstance(value, bool) else bool(value != known)


@aws.after("ModifyDBInstance")
def modified(call: Any, answer: dict[str, Any]) -> None:
    name = call.original.get("NewDBInstanceIdentifier") or call.original["DBInstanceIdentifier"]
    database = common.instance(call, name)
    if common.is_aurora(database):
        database.pending_modified_values = call.waiting
        if "CACertificateIdentifier" in call.params:
            set_certificate(database)
        common.set_insights(call, database, call.original)
        answer["DBInstance"] = shown(call, database)


@aws.before("DeleteDBInstance")
def delete_rule(call: Any) -> None:
    database = common.instance(call, call.params["DBInstanceIdentifier"])
    if common.is_aurora(database) and call.params.get("FinalDBSnapshotIdentifier"):
        raise common.combination("FinalDBSnapshotIdentifier can not be specified when deleting a cluster instance")


@aws.after("DeleteDBInstance")
def deleted(call: Any, answer: dict[str, Any]) -> None:
    call.state("pending_reboot").pop(call.params["DBInstanceIdentifier"], None)
    data_plane.current().instance_deleted(call.account, call.region, call.params["DBInstanceIdentifier"])


@aws.before("RebootDBInstance")
def reboot_rule(call: Any) -> None:
    common.instance(call, call.params["DBInstanceIdentifier"])


@aws.after("RebootDBInstance")
def rebooted(call: Any, answer: dict[str, Any]) -> None:
    database = common.instance(call, call.params["DBInstanceIdentifier"])
    call.state("pending_reboot").pop(database.db_instance_identifier, None)
    answer["DBInstance"]["DBInstanceStatus"] = "rebooting"
    events.add(call, database, "db-instance", "DB instance restarted", "availability")
    data_plane.current().instance_rebooted(call.account, call.region, database.db_instance_identifier)
