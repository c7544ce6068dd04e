# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Size by use: the roll-up of what runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, not_applicable
from ..common import verdict
from ..cost_optimization import ecs, rds
from ..sizing import use

_ROLLED_UP = (rds.aurora_oversized, ecs.ecs_oversized)
_SMALLEST_NODES = re.compile(r"^cache\.t\d+g?\.micro$")


@check(
    id="resources_not_oversized",
    pillar="sustainability",
    best_practice="SUS05-BP01",
    severity="medium",
    resource_type="AwsResource",
    title="Nothing runs that nobody uses",
    needs=(
        "rds.db_instances",
        "ecs.services",
        "ecs.task_definitions",
        "elasticache.cache_clusters",
        "cloudwatch.statistics",
    ),
    role="aurora",
    item="SUS-1",
    downtime=True,
    cost="lowers",
    recommendation="Right-size what aurora_oversized and ecs_oversized name, and the cache's nodes: the roles aurora,"
    " ecs_service and cache set the sizes.",
)
def resources_not_oversized(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """What aurora_oversized and ecs_oversized say, and the same of the cache; the savings are counted there."""
    for one in _ROLLED_UP:
        for result in one.judge(stack, parameters):
            yield replace(result, monthly_usd=None)
    for node in stack.items("elasticache.cache_clusters"):
        yield _node(stack, parameters, node)


def _node(stack: Stack, parameters: Parameters, node: Item) -> Result:
    statistics, kind = stack.items("cloudwatch.statistics"), str(node.get("CacheNodeType"))
    named = {"CacheClusterId": node["CacheClusterId"]}
    cpu = use(statistics, "CPUUtilization", **named).peak
    memory = use(statistics, "DatabaseMemoryUsagePercentage", **named).peak
    if cpu is None or memory is None:
        return not_applicable("CloudWatch has no use of the last 14 days", node["ARN"])
    idle = cpu < parameters.cpu_low_percent and memory < parameters.memory_low_percent
    evidence = (
        f"CacheNodeType is {kind}: CPUUtilization peaks at {cpu:.0f} %, DatabaseMemoryUsagePercentage at {memory:.0f} %"
    )
    return verdict(not idle or bool(_SMALLEST_NODES.match(kind)), node["ARN"], evidence)
