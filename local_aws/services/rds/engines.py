# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What can be ordered: engine versions and instance classes."""

from __future__ import annotations

from typing import Any

from local_aws.regions import zones
from local_aws.services.rds import aws, catalogue, common


@aws.adds
def describe_db_engine_versions(
    call: Any,
    *,
    engine: str | None = None,
    engine_version: str | None = None,
    db_parameter_group_family: str | None = None,
    default_only: bool = False,
    include_all: bool = False,
    list_supported_character_sets: bool = False,
    max_records: int = 100,
    marker: str | None = None,
    filters: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    versions = catalogue.VERSIONS if engine in (None, catalogue.ENGINE) else {}
    names = [
        name
        for name in versions
        if not engine_version or name == engine_version or name.startswith(f"{engine_version}.")
    ]
    if db_parameter_group_family:
        names = [name for name in names if versions[name] == db_parameter_group_family]
    if default_only:
        names = [name for name in names if name == catalogue.DEFAULT_VERSION]
    for wanted in filters or []:
        if wanted["Name"] == "engine-mode":
            names = names if "provisioned" in wanted["Values"] else []
        elif wanted["Name"] != "status":
            raise common.value(f"Unrecognized filter name: {wanted['Name']}")
    return {"DBEngineVersions": [_version(name) for name in names]}


def _version(name: str) -> dict[str, Any]:
    return {
        "Engine": catalogue.ENGINE,
        "EngineVersion": name,
        "DBParameterGroupFamily": catalogue.VERSIONS[name],
        "DBEngineDescription": "Aurora MySQL",
        "DBEngineVersionDescription": f"Aurora MySQL {name.rpartition('_aurora.')[2]}",
        "ValidUpgradeTarget": catalogue.upgrade_targets(name),
        "ExportableLogTypes": list(catalogue.LOG_TYPES),
        "SupportsLogExportsToCloudwatchLogs": True,
        "SupportsReadReplica": True,
        "SupportedEngineModes": ["provisioned"],
        "SupportedFeatureNames": [],
        "Status": "available",
        "SupportsParallelQuery": True,
        "SupportsGlobalDatabases": True,
        "SupportedCACertificateIdentifiers": ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"],
    }


@aws.adds
def describe_orderable_db_instance_options(
    call: Any,
    *,
    engine: str,
    engine_version: str | None = None,
    db_instance_class: str | None = None,
    license_model: str | None = None,
    vpc: bool | None = None,
    max_records: int = 100,
    marker: str | None = None,
) -> dict[str, Any]:
    if engine != catalogue.ENGINE:
        return {"OrderableDBInstanceOptions": []}
    versions = [name for name in catalogue.VERSIONS if engine_version in (None, name)]
    classes = [name for name in catalogue.CLASSES if db_instance_class in (None, name)]
    options = [_option(call.region, version, name) for version in versions for name in classes]
    start = int(marker or 0)
    page = options[start : start + max_records]
    answer: dict[str, Any] = {"OrderableDBInstanceOptions": page}
    if start + max_records < len(options):
        answer["Marker"] = str(start + max_records)
    return answer


def _option(region: str, version: str, instance_class: str) -> dict[str, Any]:
    return {
        "Engine": catalogue.ENGINE,
        "EngineVersion": version,
        "DBInstanceClass": instance_class,
        "LicenseModel": "general-public-license",
        "AvailabilityZones": [{"Name": zone} for zone in zones(region)],
        "Vpc": True,
        "SupportsStorageEncryption": True,
        "StorageType": "aurora",
        "SupportsEnhancedMonitoring": True,
        "SupportsIAMDatabaseAuthentication": True,
        "SupportsPerformanceInsights": catalogue.has_performance_insights(instance_class),
        "SupportedEngineModes": ["provisioned"],
        "SupportsGlobalDatabases": not catalogue.is_burstable(instance_class),
        "SupportsClusters": True,
    }
