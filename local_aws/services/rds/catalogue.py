# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What Aurora MySQL offers: engine versions, instance classes, parameters. Data, and look-ups in it."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal

ENGINE = "aurora-mysql"
# Version -> parameter group family, from the oldest on:
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.Updates.30Updates.html
VERSIONS = {
    "5.7.mysql_aurora.2.11.5": "aurora-mysql5.7",
    "5.7.mysql_aurora.2.11.6": "aurora-mysql5.7",
    "5.7.mysql_aurora.2.12.4": "aurora-mysql5.7",
    "5.7.mysql_aurora.2.12.5": "aurora-mysql5.7",
    "5.7.mysql_aurora.2.12.6": "aurora-mysql5.7",
    "8.0.mysql_aurora.3.04.0": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.04.1": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.04.2": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.04.3": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.04.4": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.04.6": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.08.0": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.08.1": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.08.2": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.09.0": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.10.0": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.10.1": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.10.2": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.10.3": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.10.4": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.11.1": "aurora-mysql8.0",
    "8.0.mysql_aurora.3.12.0": "aurora-mysql8.0",
    "8.4.mysql_aurora.8.4.7": "aurora-mysql8.4",
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


def has_performance_insights(instance_class: str) -> bool:
    """https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_PerfInsights.Overview.Engines.html"""
    return not instance_class.startswith(("db.t2.", "db.t3."))


def is_burstable(instance_class: str) -> bool:
    return instance_class.startswith("db.t")


def family(version: str) -> str:
    return VERSIONS.get(version, "aurora-mysql8.0")


def minor(version: str) -> tuple[int, ...]:
    """(3, 10) of 8.0.mysql_aurora.3.10.1; each minor version of Aurora MySQL 3 has a community MySQL of its own."""
    return tuple(int(part) for part in version.rpartition("_aurora.")[2].split(".")[:2])


def is_newer(version: str, other: str) -> bool:
    known = list(VERSIONS)
    return known.index(version) > known.index(other)


def can_upgrade(version: str, target: str) -> bool:
    """To any later version of the same major version, or of the next one."""
    families = list(dict.fromkeys(VERSIONS.values()))
    steps = families.index(family(target)) - families.index(family(version))
    return version in VERSIONS and is_newer(target, version) and steps <= 1


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
    return [
        {
            "Engine": ENGINE,
            "EngineVersion": target,
            "Description": f"Aurora MySQL {target.rpartition('_aurora.')[2]}",
            "AutoUpgrade": False,
            "IsMajorVersionUpgrade": family(target) != family(version),
            "SupportsGlobalDatabases": True,
        }
        for target in VERSIONS
        if can_upgrade(version, target)
    ]
