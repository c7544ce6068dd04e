# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The cache: that AWS patches it."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ..caches import CONTROLS, NEEDS, caches
from ..common import fact, verdict


@check(
    id="elasticache_auto_minor_upgrade",
    pillar="operational_excellence",
    best_practice="OPS05-BP05",
    severity="low",
    resource_type="AwsElastiCacheCacheCluster",
    title="The cache upgrades minor versions by itself",
    needs=NEEDS,
    role="cache",
    item="PERF-2",
    recommendation="Set cache_auto_minor_version_upgrade.",
    source=f"{CONTROLS}#elasticache-2",
)
def elasticache_auto_minor_upgrade(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """AutoMinorVersionUpgrade."""
    for one in caches(stack):
        upgrades = one.get("AutoMinorVersionUpgrade")
        yield verdict(bool(upgrades), one["ARN"], fact("AutoMinorVersionUpgrade", upgrades))
