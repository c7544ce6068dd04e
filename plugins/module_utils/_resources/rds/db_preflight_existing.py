# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What an existing cluster cannot become, and upgrades that AWS would refuse, before anything is changed. Pure.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Updates.Patching.ModifyEngineVersion.html
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-upgrade.html
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-cluster-stop-start.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from .db_cluster_existing import MAJOR_UPGRADE, branch, older

OPTIMIZED = "aurora-iopt1"


def unchangeable(params: Mapping[str, Any], cluster: Mapping[str, Any]) -> list[str]:
    """cluster: in AWS's shape."""
    name, reasons = cluster["DBClusterIdentifier"], []
    if cluster["Status"] in {"stopped", "stopping"}:
        reasons.append(
            f"{name} is {cluster['Status']}, and AWS changes no stopped cluster; start it first "
            f"(aws rds start-db-cluster --db-cluster-identifier {name})"
        )
    if params.get("backtrack_seconds") and not cluster.get("BacktrackWindow"):
        reasons.append(
            f"{name} was made without backtrack, which cannot be turned on later; set aurora_backtrack_hours: 0"
        )
    again = cluster.get("IOOptimizedNextAllowedModificationTime")
    switches = params.get("storage_type") == OPTIMIZED and cluster.get("StorageType") != OPTIMIZED
    if switches and again and datetime.fromisoformat(again) > datetime.now(UTC):
        reasons.append(
            f"AWS lets {name} have {OPTIMIZED} again on {again}; leave aurora_storage_type as it was until then"
        )
    return reasons


def upgrade_refused(
    params: Mapping[str, Any], cluster: Mapping[str, Any], copies: Sequence[Mapping[str, Any]]
) -> list[str]:
    """An upgrade that is asked for and that AWS carries out otherwise. copies: replicas, and members of the same
    global database, in AWS's shape."""
    name, found, asked = cluster["DBClusterIdentifier"], cluster["EngineVersion"], params["engine_version"]
    if not params["engine_upgrade"] or not older(found, asked):
        return []
    if branch(found) != branch(asked):
        return [f"aurora_engine_upgrade cannot take {name} from {found} to {asked}: {MAJOR_UPGRADE}"]
    behind = [copy for copy in copies if older(copy["EngineVersion"], asked)]
    if not behind:
        return []
    if cluster.get("GlobalClusterIdentifier") and _minor(found) != _minor(asked):
        return [
            f"{name} is in the global database {cluster['GlobalClusterIdentifier']}, where a minor version is not "
            f"changed in place: remove its secondaries ({_names(behind)}) from it (aws rds remove-from-global-cluster) "
            "and delete them, run with aurora_cross_region: none, then again with global to make them anew"
        ]
    commands = "; ".join(
        f"aws rds modify-db-cluster --region {copy['DBClusterArn'].split(':')[3]} "
        f"--db-cluster-identifier {copy['DBClusterIdentifier']} --engine-version {asked} --apply-immediately"
        for copy in behind
    )
    return [f"the copies of {name} must have {asked} before it: {commands}; run again when they have it"]


def _names(clusters: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(cluster["DBClusterArn"] for cluster in clusters)


def _minor(version: str) -> list[str]:
    """8, 0, 3 and 10 of 8.0.mysql_aurora.3.10.0."""
    return re.findall(r"\d+", version)[:4]


def wrong_family(params: Mapping[str, Any]) -> list[str]:
    """The parameter groups' family against the engine version that the cluster has after the run."""
    family, version = params.get("parameter_family"), params["engine_version"]
    right = f"aurora-mysql{'.'.join(map(str, branch(version)))}"
    if not family or not family.startswith("aurora-mysql") or family == right:
        return []
    return [
        f"aurora_parameter_family {family} does not go with engine version {version}; set it to {right}, with an "
        "aurora_parameter_group of its own where the group of that name has another family"
    ]
