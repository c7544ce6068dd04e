# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What Aurora MySQL offers: engine versions, instance classes, parameters. Data, and look-ups in it."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal

ENGINE = "aurora-mysql"
# Version -> parameter group family; the last 8.0 LTS is the default.
VERSIONS = {
    "5.7.mysql_aurora.2.11.6": "aurora-mysql5.7",
    "5.7.mysql_aurora.2.12.5": "aurora-mysql5.7",
    "8.0.mysql_aurora.3.04.3": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.04.4": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.08.2": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.10.0": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.10.1": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.10.3": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.11.1": "aurora-mysql8.0",
    "8.4.mysql_aurora.4.0.0": "aurora-mysql8.4",
}
DEFAULT_VERSION = "8.0.mysql_aurora.3.10.3"
LOG_TYPES = ("audit", "error", "general", "iam-db-auth-error", "instance", "slowquery")

_SIZES = ("large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge")
_CLASSES = {
    "t3": ("medium", "large"),
    "t4g": ("medium", "large"),
    "r5": _SIZES,
    "r6i": (*_SIZES, "32xlarge"),
    "r6g": _SIZES[:-1],
    "r7g": _SIZES[:-1],
    "r7i": (*_SIZES, "48xlarge"),
    "r8g": (*_SIZES, "48xlarge"),
    "x2g": _SIZES[:-1],
}
CLASSES = ("db.serverless", *(f"db.{family}.{size}" for family, sizes in _CLASSES.items() for size in sizes))
# Classes that RDS has, but not for Aurora MySQL 2.12 and 3.
_OTHER = ("t2", "m4", "m5", "m6g", "m6i", "m7g", "m7i", "r3", "r4", "x1", "x1e", "x2iedn", "z1d")


def is_burstable(instance_class: str) -> bool:
    return instance_class.startswith("db.t")


def family(version: str) -> str:
    return VERSIONS.get(version, "aurora-mysql8.0")


def resolve_version(version: str | None) -> str:
    """A whole version; a partial one (``8.0``) is its newest, none the default."""
    if not version:
        return DEFAULT_VERSION
    if version in VERSIONS:
        return version
    if version == "8.0":
        return DEFAULT_VERSION
    partial = [known for known in VERSIONS if known.startswith(f"{version}.")]
    if partial:
        return partial[-1]
    raise Refusal("InvalidParameterCombination", f"Cannot find version {version} for {ENGINE}", 400)


def check_class(instance_class: str, version: str) -> None:
    if instance_class in CLASSES:
        return
    parts = instance_class.split(".")
    if len(parts) == 3 and parts[0] == "db" and parts[1] in (*_OTHER, *_CLASSES):
        raise Refusal(
            "InvalidParameterCombination",
            "RDS does not support creating a DB instance with the following combination: "
            f"DBInstanceClass={instance_class}, Engine={ENGINE}, EngineVersion={version}, "
            "LicenseModel=general-public-license. For supported combinations of instance class and database "
            "engine version, see the documentation.",
            400,
        )
    raise Refusal("InvalidParameterValue", f"Invalid DB Instance class: {instance_class}", 400)


def upgrade_targets(version: str) -> list[dict[str, Any]]:
    known = list(VERSIONS)
    return [
        {
            "Engine": ENGINE,
            "EngineVersion": target,
            "Description": f"Aurora MySQL {target.rpartition('_aurora.')[2]}",
            "AutoUpgrade": False,
            "IsMajorVersionUpgrade": family(target) != family(version),
            "SupportsGlobalDatabases": True,
        }
        for target in known[known.index(version) + 1 :]
    ]


# name: (default, values or a range, static)
_BINARY = ("0", "1")
_SWITCH = ("ON", "OFF")
PARAMETERS: dict[str, tuple[str | None, tuple[str, ...] | str | None, bool]] = {
    "activate_all_roles_on_login": ("0", _BINARY, False),
    "aurora_enhanced_binlog": ("0", _BINARY, True),
    "aurora_load_from_s3_role": (None, None, False),
    "aurora_parallel_query": ("OFF", _SWITCH, False),
    "aurora_replica_read_consistency": (None, ("EVENTUAL", "SESSION", "GLOBAL"), False),
    "aurora_select_into_s3_role": (None, None, False),
    "aws_default_lambda_role": (None, None, False),
    "aws_default_s3_role": (None, None, False),
    "binlog_backup": ("1", _BINARY, True),
    "binlog_checksum": ("NONE", ("NONE", "CRC32"), False),
    "binlog_format": ("OFF", ("ROW", "STATEMENT", "MIXED", "OFF"), True),
    "binlog_row_image": ("full", ("full", "minimal", "noblob"), False),
    "character_set_client": (None, None, False),
    "character_set_connection": (None, None, False),
    "character_set_database": (None, None, False),
    "character_set_results": (None, None, False),
    "character_set_server": ("utf8mb4", None, False),
    "collation_connection": (None, None, False),
    "collation_server": (None, None, False),
    "connect_timeout": ("10", "2-31536000", False),
    "default_password_lifetime": ("0", "0-65535", False),
    "enforce_gtid_consistency": ("OFF", ("OFF", "ON", "WARN"), True),
    "event_scheduler": ("ON", _SWITCH, False),
    "explicit_defaults_for_timestamp": ("1", _BINARY, True),
    "general_log": ("0", _BINARY, False),
    "gtid-mode": ("OFF_PERMISSIVE", ("OFF", "OFF_PERMISSIVE", "ON_PERMISSIVE", "ON"), True),
    "innodb_file_per_table": ("1", _BINARY, False),
    "innodb_flush_log_at_trx_commit": ("1", ("0", "1", "2"), False),
    "innodb_lock_wait_timeout": ("50", "1-1073741824", False),
    "innodb_print_all_deadlocks": ("0", _BINARY, False),
    "interactive_timeout": ("28800", "1-31536000", False),
    "log_bin_trust_function_creators": ("0", _BINARY, False),
    "log_output": ("FILE", ("FILE", "TABLE", "NONE"), False),
    "log_queries_not_using_indexes": ("0", _BINARY, False),
    "long_query_time": ("10", "0-31536000", False),
    "lower_case_table_names": ("0", _BINARY, True),
    "max_allowed_packet": ("67108864", "1024-1073741824", False),
    "max_connections": (
        "GREATEST({log(DBInstanceClassMemory/805306368)*45},{log(DBInstanceClassMemory/8187281408)*1000})",
        None,
        False,
    ),
    "performance_schema": ("0", _BINARY, True),
    "require_secure_transport": ("OFF", _SWITCH, False),
    "server_audit_events": (None, None, False),
    "server_audit_excl_users": (None, None, False),
    "server_audit_incl_users": (None, None, False),
    "server_audit_logging": ("0", _BINARY, False),
    "server_audit_logs_upload": ("0", _BINARY, False),
    "slow_query_log": ("0", _BINARY, False),
    "sql_mode": (None, None, False),
    "time_zone": ("UTC", None, False),
    "tls_version": ("TLSv1.2,TLSv1.3", None, True),
    "transaction_isolation": (None, ("READ-UNCOMMITTED", "READ-COMMITTED", "REPEATABLE-READ", "SERIALIZABLE"), False),
    "wait_timeout": ("28800", "1-31536000", False),
}
FIXED_PARAMETERS = {
    "basedir": "/rdsdbbin/oscar",
    "datadir": "/rdsdbdata/db",
    "port": "{EndPointPort}",
    "server_id": "{ServerId}",
    "socket": "/tmp/mysql.sock",
    "tmpdir": "/rdsdbdata/tmp/",
}
