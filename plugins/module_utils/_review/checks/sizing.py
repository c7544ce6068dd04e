# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Sizes: what was used of them in 14 days, which of them exist, what a smaller one saves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..cost import spot_share
from ..prices import SPOT_FACTOR, monthly

Item = Mapping[str, Any]
GIB = 1024**3

# GiB of memory of each family's "large"; within a family it doubles with the size.
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Summary.html
_LARGE_GIB = {"t2": 8, "t3": 8, "t4g": 8, "r5": 16, "r6g": 16, "r6i": 16, "r7g": 16, "r7i": 16, "r8g": 16, "x2g": 32}
_TIMES = {"small": 0.25, "medium": 0.5, "large": 1.0, "xlarge": 2.0}
SMALLEST_CLASS = "db.t4g.medium"

# Task CPU units -> (least, most, step) of memory in MiB.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
_FARGATE = {
    512: (1024, 4096, 1024),
    1024: (2048, 8192, 1024),
    2048: (4096, 16384, 1024),
    4096: (8192, 30720, 1024),
    8192: (16384, 61440, 4096),
    16384: (32768, 122880, 8192),
}


class Use(NamedTuple):
    """Of the last 14 days; None where CloudWatch has no data."""

    average: float | None
    peak: float | None


def use(statistics: Iterable[Item], metric: str, **dimensions: str) -> Use:
    """What CloudWatch saw of a metric for exactly these dimensions."""
    for one in statistics:
        if one["MetricName"] == metric and one["Dimensions"] == dimensions:
            return Use(one.get("Average"), one.get("Maximum"))
    return Use(None, None)


def service_use(statistics: Iterable[Item], service: Item, metric: str) -> Use:
    """What CloudWatch saw of an ECS service's metric, in percent of what its tasks have."""
    cluster = str(service["clusterArn"]).rsplit("/", 1)[-1]
    return use(statistics, metric, ClusterName=cluster, ServiceName=service["serviceName"])


def memory_gib(instance_class: str) -> float | None:
    """Memory of a database class ("db.r6g.large": 16), None for one that is not known."""
    _unused, family, size = (*instance_class.split("."), "", "")[:3]
    times = _TIMES.get(size) or (int(size.removesuffix("xlarge")) * 2 if size[:1].isdigit() else None)
    return _LARGE_GIB[family] * times if times and family in _LARGE_GIB else None


def smaller_class(instance_class: str) -> str | None:
    """The next smaller class: of the same family where that is priced, else the smallest; None for that one."""
    _unused, family, size = (*instance_class.split("."), "", "")[:3]
    sizes = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"]
    if size in sizes[1:]:
        return f"db.{family}.{sizes[sizes.index(size) - 1]}"
    return None if instance_class in {SMALLEST_CLASS, "db.t4g.small", "db.t3.small", "db.t3.medium"} else SMALLEST_CLASS


def difference(old: str, new: str) -> float | None:
    """USD a month between two price keys, None where one has no price."""
    before, after = monthly(old), monthly(new)
    return None if before is None or after is None else round(after - before, 2)


def fargate_pair(cpu: int, memory: int) -> bool:
    """AWS has this task size. A CPU that is not on the list is newer than it and taken for good."""
    if cpu == 256:
        return memory in {512, 1024, 2048}
    if cpu not in _FARGATE:
        return True
    least, most, step = _FARGATE[cpu]
    return least <= memory <= most and memory % step == 0


def fitting(cpu: float, memory: float) -> tuple[int, int]:
    """The smallest task size, from 512/1024 on, that holds so many CPU units and MiB."""
    for units, (least, most, step) in _FARGATE.items():
        if units >= cpu and most >= memory:
            return units, max(least, -int(-memory // step) * step)
    return 16384, 122880


def fargate_usd(service: Item, definition: Item, cpu: int, memory: int) -> float | None:
    """USD a month for the service with tasks of this size."""
    architecture = ((definition.get("runtimePlatform") or {}).get("cpuArchitecture") or "X86_64").lower()
    count = int(service.get("desiredCount", 0))
    factor = 1 - spot_share(service.get("capacityProviderStrategy") or (), count) * (1 - SPOT_FACTOR)
    vcpu = monthly(f"fargate.{architecture}.vcpu", count * factor * cpu / 1024)
    gb = monthly(f"fargate.{architecture}.gb", count * factor * memory / 1024)
    return None if vcpu is None or gb is None else round(vcpu + gb, 2)
