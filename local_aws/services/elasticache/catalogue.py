# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Engine versions, node types and parameters: a chosen part of AWS's lists.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html,
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html and
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
"""

from __future__ import annotations

from dataclasses import dataclass

# Engine -> version that is asked for -> (family, version that the nodes show).
VERSIONS: dict[str, dict[str, tuple[str, str]]] = {
    "redis": {
        "6.2": ("redis6.x", "6.2.6"),
        "7.0": ("redis7", "7.0.7"),
        "7.1": ("redis7", "7.1.0"),
    },
    "valkey": {
        "7.2": ("valkey7", "7.2.6"),
        "8.0": ("valkey8", "8.0.1"),
        "8.1": ("valkey8", "8.1.0"),
        "8.2": ("valkey8", "8.2.0"),
    },
}
DEFAULT_VERSION = {"redis": "7.1", "valkey": "8.2"}
NODE_TYPES = tuple(
    f"cache.{family}.{size}"
    for family, sizes in {
        "t3": ("micro", "small", "medium"),
        "t4g": ("micro", "small", "medium"),
        "m6g": ("large", "xlarge", "2xlarge"),
        "m7g": ("large", "xlarge", "2xlarge"),
        "r6g": ("large", "xlarge", "2xlarge"),
        "r7g": ("large", "xlarge", "2xlarge"),
    }.items()
    for size in sizes
)


@dataclass(frozen=True)
class Parameter:
    default: str
    allowed: str
    kind: str = "string"
    change: str = "immediate"
    modifiable: bool = True


_POLICIES = "volatile-lru,allkeys-lru,volatile-lfu,allkeys-lfu,volatile-random,allkeys-random,volatile-ttl,noeviction"
PARAMETERS = {
    "activedefrag": Parameter("no", "yes,no"),
    "activerehashing": Parameter("yes", "yes,no", change="requires-reboot"),
    "appendonly": Parameter("no", "yes,no", modifiable=False),
    "cluster-enabled": Parameter("no", "yes,no", change="requires-reboot"),
    "databases": Parameter("16", "1-1200000", "integer", "requires-reboot"),
    "lazyfree-lazy-eviction": Parameter("yes", "yes,no"),
    "maxmemory-policy": Parameter("volatile-lru", _POLICIES),
    "maxmemory-samples": Parameter("3", "1-", "integer"),
    "notify-keyspace-events": Parameter("", "*"),
    "reserved-memory-percent": Parameter("25", "0-100", "integer"),
    "slowlog-log-slower-than": Parameter("10000", "-1-", "integer"),
    "slowlog-max-len": Parameter("128", "0-", "integer"),
    "tcp-keepalive": Parameter("300", "0-", "integer"),
    "timeout": Parameter("0", "0,20-", "integer"),
}


def version(engine: str, asked: str | None) -> str | None:
    """The version of the table that is asked for (8.0 or 8.0.1; 7 is the newest 7); None where there is none."""
    known = VERSIONS.get(engine, {})
    if not asked:
        return DEFAULT_VERSION.get(engine)
    matching = [
        name
        for name, (_family, shown) in known.items()
        if asked in (name, shown) or (asked.count(".") == 0 and name.startswith(f"{asked}."))
    ]
    return matching[-1] if matching else None


def family(engine: str, name: str) -> str:
    return VERSIONS[engine][name][0]


def families() -> set[str]:
    return {found for versions in VERSIONS.values() for found, _shown in versions.values()}


def numbers(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split("."))
