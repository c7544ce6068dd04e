# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The engine versions on offer."""

from __future__ import annotations

from typing import Any

from local_aws.services.elasticache import aws, catalogue, common


@aws.adds
def describe_cache_engine_versions(
    call: Any,
    *,
    engine: str | None = None,
    engine_version: str | None = None,
    cache_parameter_group_family: str | None = None,
    default_only: bool = False,
    max_records: int | None = None,
    marker: str | None = None,
) -> dict[str, Any]:
    found = [
        {
            "Engine": name,
            "EngineVersion": version,
            "CacheParameterGroupFamily": family,
            "CacheEngineDescription": name.capitalize(),
            "CacheEngineVersionDescription": f"{name} version {shown}",
        }
        for name, versions in catalogue.VERSIONS.items()
        for version, (family, shown) in versions.items()
        if engine in (None, name)
        and engine_version in (None, version)
        and cache_parameter_group_family in (None, family)
        and (not default_only or catalogue.DEFAULT_VERSION[name] == version)
    ]
    return common.page(found, "CacheEngineVersions", max_records, marker)
