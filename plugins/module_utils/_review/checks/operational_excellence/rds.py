# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Aurora's versions: supported, and kept current."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import passed
from ..common import fact, verdict

_GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide"
# Aurora MySQL's lines with long-term support: AWS advises against automatic upgrades there.
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.Updates.LTS.html
_LONG_TERM = re.compile(r"mysql_aurora\.3\.(04|10)\.")
# The last day of standard support; from then on Extended Support is billed for each vCPU.
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html
_STANDARD_UNTIL = {
    ("aurora-mysql", "5.7"): date(2024, 10, 31),
    ("aurora-mysql", "8.0"): date(2028, 4, 30),
    ("aurora-postgresql", "11"): date(2024, 2, 29),
    ("aurora-postgresql", "12"): date(2025, 2, 28),
    ("aurora-postgresql", "13"): date(2026, 2, 28),
    ("aurora-postgresql", "14"): date(2027, 2, 28),
    ("aurora-postgresql", "15"): date(2028, 2, 29),
    ("aurora-postgresql", "16"): date(2029, 2, 28),
}


@check(
    id="aurora_engine_supported",
    pillar="operational_excellence",
    best_practice="OPS05-BP05",
    severity="high",
    resource_type="AwsRdsDbCluster",
    title="Aurora runs a version in standard support",
    needs=("rds.db_clusters", "rds.engine_versions"),
    role="aurora",
    downtime=True,
    recommendation="Set aurora_engine_version to a current one (3.10 has long-term support); try it on a clone.",
    source=f"{_GUIDE}/extended-support.html",
)
def aurora_engine_supported(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """AWS offers the version (Status available), and its major version is in standard support."""
    offered = {(one["Engine"], one["EngineVersion"]): one for one in stack.items("rds.engine_versions")}
    for cluster in stack.items("rds.db_clusters"):
        engine, version = cluster["Engine"], cluster["EngineVersion"]
        known = offered.get((engine, version))
        status = known.get("Status", "available") if known else "not offered any more"
        end = _STANDARD_UNTIL.get((engine, _major(engine, version)))
        support = f", standard support ends on {end.isoformat()}" if end else ""
        good = status == "available" and (end is None or stack.today <= end)
        yield verdict(good, cluster["DBClusterArn"], f"EngineVersion is {version}, Status is {status}{support}")


@check(
    id="aurora_auto_minor_upgrade",
    pillar="operational_excellence",
    best_practice="OPS05-BP05",
    severity="medium",
    resource_type="AwsRdsDbInstance",
    title="Aurora gets its minor versions",
    needs=("rds.db_instances",),
    role="aurora",
    recommendation="Set aurora_auto_minor_version_upgrade, or take a version with long-term support (3.10), where it is"
    " rightly off.",
    source=f"{_GUIDE}/AuroraMySQL.Updates.AMVU.html",
)
def aurora_auto_minor_upgrade(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """AutoMinorVersionUpgrade; a version with long-term support is upgraded by its owner."""
    for instance in stack.items("rds.db_instances"):
        arn, automatic = instance["DBInstanceArn"], bool(instance.get("AutoMinorVersionUpgrade"))
        version = str(instance.get("EngineVersion"))
        evidence = f"{fact('AutoMinorVersionUpgrade', automatic)}, EngineVersion is {version}"
        if _LONG_TERM.search(version):
            yield passed(arn, f"{evidence}, which has long-term support")
        else:
            yield verdict(automatic, arn, evidence)


def _major(engine: str, version: str) -> str:
    parts = version.split(".")
    return ".".join(parts[:2]) if engine == "aurora-mysql" else parts[0]
