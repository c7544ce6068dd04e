# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the RDS rules share: finding things, refusing what cannot be found, encryption and insights."""

from __future__ import annotations

import re
import secrets
import string
from typing import Any

from botocore import xform_name

from local_aws.refusal import Refusal
from local_aws.services.rds import catalogue

_IDENTIFIER = re.compile(r"[a-zA-Z](?:-?[a-zA-Z0-9])*")


def is_aurora(thing: Any) -> bool:
    return bool(thing.engine == catalogue.ENGINE)


def cluster(call: Any, name: str, region: str | None = None) -> Any:
    """moto's cluster, by identifier or ARN."""
    if name.startswith("arn:"):
        region, name = name.split(":")[3], name.rpartition(":")[2]
    clusters = call.backend(region=region).clusters
    if name not in clusters:
        raise Refusal("DBClusterNotFoundFault", f"DBCluster {name} not found.", 404)
    return clusters[name]


def instance(call: Any, name: str) -> Any:
    databases = call.backend().databases
    if name not in databases:
        raise Refusal("DBInstanceNotFound", f"DBInstance {name} not found.", 404)
    return databases[name]


def combination(message: str) -> Refusal:
    return Refusal("InvalidParameterCombination", message, 400)


def value(message: str) -> Refusal:
    return Refusal("InvalidParameterValue", message, 400)


def cluster_state(message: str) -> Refusal:
    return Refusal("InvalidDBClusterStateFault", message, 400)


def snake(parameter: str) -> str:
    """moto's attribute for a parameter of the API."""
    name: str = xform_name(parameter)
    return name


def check_identifier(name: str, parameter: str, longest: int = 63) -> None:
    if not _IDENTIFIER.fullmatch(name) or len(name) > longest:
        raise value(
            f"The parameter {parameter} is not a valid identifier. Identifiers must begin with a letter; must contain "
            "only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive "
            "hyphens."
        )


def subnet_group(call: Any, name: str | None) -> Any:
    """moto's subnet group; the default one is made of the default VPC's subnets, None without such a VPC."""
    groups = call.backend().subnet_groups
    if not name or name.lower() == "default":
        return groups.get("default") or _default_subnet_group(call)
    if name not in groups:
        raise Refusal("DBSubnetGroupNotFoundFault", f"DB subnet group '{name}' does not exist.", 404)
    return groups[name]


def _default_subnet_group(call: Any) -> Any:
    from moto.rds.models import DBSubnetGroup

    vpc = call.backend("ec2").default_vpc
    subnets = [subnet for subnet in call.backend("ec2").describe_subnets() if vpc and subnet.vpc_id == vpc.id]
    if not subnets:
        return None
    group = DBSubnetGroup(call.backend(), "default", "default", subnets, [])
    call.backend().subnet_groups["default"] = group
    return group


def check_groups(call: Any, ids: list[str] | None, group: Any = None) -> None:
    for group_id in ids or []:
        found = call.backend("ec2").get_security_group_from_id(group_id)
        if found is None:
            raise value(f"Invalid security group , groupId= {group_id}, groupName=.")
        if group is not None and found.vpc_id != group.vpc_id:
            raise Refusal(
                "InvalidVPCNetworkStateFault",
                f"The DB instance and EC2 security group are in different VPCs. The DB instance is in {group.vpc_id} "
                f"and the EC2 security group is in {found.vpc_id}",
                400,
            )


def key_arn(call: Any, key: str, region: str | None = None) -> str:
    """The ARN of a usable key; RDS refuses the others."""
    wrong = Refusal(
        "KMSKeyNotAccessibleFault",
        f"The specified KMS key [{key}] does not exist, is not enabled or you do not have permissions to access it.",
        400,
    )
    if key.startswith("arn:") and key.split(":")[3] != (region or call.region):
        raise wrong
    try:
        found = call.ask("kms", "DescribeKey", region=region, KeyId=key)["KeyMetadata"]
    except Refusal as refused:
        raise wrong from refused
    if found["KeyState"] != "Enabled":
        raise wrong
    return str(found["Arn"])


def parameter_group(call: Any, name: str | None, version: str) -> str:
    """The name of a cluster parameter group that suits the version; its family's default without a name."""
    family = catalogue.family(version)
    if not name:
        return f"default.{family}"
    group = groups(call).get(name)
    if group is None:
        raise Refusal("DBClusterParameterGroupNotFound", f"DBClusterParameterGroup not found: {name}", 404)
    if group.db_parameter_group_family != family:
        raise combination(
            f"The Parameter Group {name} with DBParameterGroupFamily {group.db_parameter_group_family} cannot be used "
            f"for this instance. Please use a Parameter Group with DBParameterGroupFamily {family}"
        )
    return str(group.name)


def instance_parameter_group(call: Any, name: str, version: str) -> None:
    """Refuse a group of instances that is not there, or of another family than the version."""
    family = catalogue.family(version)
    if name == f"default.{family}":
        return
    group = call.backend().db_parameter_groups.get(name)
    if group is None:
        raise Refusal("DBParameterGroupNotFound", f"DBParameterGroup not found: {name}", 404)
    if group.family != family:
        raise combination(
            f"The parameter group {name} with DBParameterGroupFamily {group.family} can't be used for this instance. "
            f"Please use a parameter group with DBParameterGroupFamily {family}."
        )


def groups(call: Any) -> Any:
    """Cluster parameter groups, with the defaults that every account has."""
    from moto.rds.models import DBClusterParameterGroup

    backend = call.backend()
    for family in dict.fromkeys(catalogue.VERSIONS.values()):
        name = f"default.{family}"
        if name not in backend.db_cluster_parameter_groups:
            backend.db_cluster_parameter_groups[name] = DBClusterParameterGroup(
                backend, name, f"Default cluster parameter group for {family}", family
            )
    return backend.db_cluster_parameter_groups


def check_logs(types: list[str] | None) -> None:
    unknown = sorted(set(types or []) - set(catalogue.LOG_TYPES))
    if unknown:
        raise combination(
            f"You cannot use the log types '{', '.join(unknown)}' with engine version {catalogue.ENGINE}."
        )


def check_insights(params: dict[str, Any], current: Any = None) -> None:
    """Performance Insights, Database Insights and enhanced monitoring that go together."""
    enabled = params.get("EnablePerformanceInsights", getattr(current, "performance_insights_enabled", False))
    kept = params.get(
        "PerformanceInsightsRetentionPeriod", getattr(current, "performance_insights_retention_period", None)
    )
    mode = params.get("DatabaseInsightsMode", getattr(current, "database_insights_mode", None))
    allowed = {7, 465, 731, *(31 * month for month in range(1, 24))}
    if "PerformanceInsightsRetentionPeriod" in params:
        if not enabled:
            raise combination("To set the Performance Insights retention period, enable Performance Insights.")
        if kept not in allowed:
            raise value(
                f"Invalid Performance Insights retention period {kept}. Valid values are 7, month * 31, or 731."
            )
    if mode == "advanced" and not (enabled and (kept or 7) >= 465):
        raise combination(
            "To enable the Advanced mode of Database Insights, you must enable Performance Insights and set the "
            "Performance Insights retention period to at least 465 days."
        )
    interval = params.get("MonitoringInterval", getattr(current, "monitoring_interval", 0) or 0)
    role = params.get("MonitoringRoleArn", getattr(current, "monitoring_role_arn", None))
    if interval not in (0, 1, 5, 10, 15, 30, 60):
        raise value(f"Invalid monitoring interval {interval}. Valid values are 0, 1, 5, 10, 15, 30, 60.")
    if interval and not role:
        raise combination(
            "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0."
        )
    if role and not interval and "MonitoringRoleArn" in params:
        raise combination(
            "You must specify a MonitoringInterval value other than 0 when you specify a MonitoringRoleARN value."
        )


def set_insights(call: Any, thing: Any, params: dict[str, Any], source: Any = None) -> None:
    """Write them on moto's cluster or instance; what is not said comes from source.

    An instance with enhanced monitoring names the log stream of its metrics (API reference of DBInstance).
    """
    source = source or thing
    enabled = params.get("EnablePerformanceInsights", getattr(source, "performance_insights_enabled", False))
    thing.performance_insights_enabled = bool(enabled)
    thing.database_insights_mode = params.get(
        "DatabaseInsightsMode", getattr(source, "database_insights_mode", "standard")
    )
    thing.monitoring_interval = params.get("MonitoringInterval", getattr(source, "monitoring_interval", 0) or 0)
    thing.monitoring_role_arn = params.get("MonitoringRoleArn", getattr(source, "monitoring_role_arn", None))
    if not thing.monitoring_interval:
        thing.monitoring_role_arn = None
    if hasattr(thing, "dbi_resource_id"):
        stream = f"arn:aws:logs:{call.region}:{call.account}:log-group:RDSOSMetrics:log-stream:{thing.dbi_resource_id}"
        thing.enhanced_monitoring_resource_arn = stream if thing.monitoring_interval else None
    if enabled:
        kept = params.get(
            "PerformanceInsightsRetentionPeriod", getattr(source, "performance_insights_retention_period", None)
        )
        thing.performance_insights_retention_period = kept or 7
        key = params.get("PerformanceInsightsKMSKeyId") or getattr(source, "performance_insights_kms_key_id", None)
        thing.performance_insights_kms_key_id = key_arn(call, key or "alias/aws/rds")
    else:
        thing.performance_insights_retention_period = None
        thing.performance_insights_kms_key_id = None


def encryption(encrypted: bool, default: str) -> str:
    return "sse-kms" if encrypted else default


def password() -> str:
    letters = string.ascii_letters + string.digits + "!#$%&()*+,-.:;<=>?[]^_{|}~"
    return "".join(secrets.choice(letters) for _unused in range(28))


def random_id(prefix: str) -> str:
    return prefix + "".join(secrets.choice(string.ascii_uppercase + string.digits) for _unused in range(26))
