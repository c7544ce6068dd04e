# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Instance classes that an engine version does not have, or that lack what is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

NEAR = 8
SERVERLESS = "db.serverless"


def classes(params: Mapping[str, Any], instances: str = "instances") -> dict[str, str]:
    """The class asked for each instance, by its name. instances: the option that lists them."""
    return {item["name"]: item.get("instance_class") or params["instance_class"] for item in params[instances]}


def to_check(
    params: Mapping[str, Any], cluster: Mapping[str, Any] | None, existing: Sequence[Mapping[str, Any]]
) -> list[str]:
    """The classes asked for that are new here, are to run another version, or are to get what they do not have yet."""
    asked = classes(params)
    if cluster is None or cluster["EngineVersion"] != params["engine_version"]:
        return sorted(set(asked.values()))
    there = {instance["DBInstanceIdentifier"]: instance for instance in existing}
    return sorted({wanted for name, wanted in asked.items() if _is_news(params, there.get(name), wanted)})


def _is_news(params: Mapping[str, Any], found: Mapping[str, Any] | None, wanted: str) -> bool:
    if found is None or found["DBInstanceClass"] != wanted:
        return True
    insights = params["insights"] and not found.get("PerformanceInsightsEnabled")
    return bool(insights or (params["enhanced_monitoring"] and not found.get("MonitoringInterval")))


def without_capacity(params: Mapping[str, Any], cluster: Mapping[str, Any] | None) -> list[str]:
    """Serverless v2 instances need the capacity on their cluster first."""
    names = sorted(name for name, wanted in classes(params).items() if wanted == SERVERLESS)
    has = params.get("serverless") or (cluster or {}).get("ServerlessV2ScalingConfiguration")
    if not names or has:
        return []
    return [
        f"{', '.join(names)} of class {SERVERLESS} need a capacity; set aurora_serverless_capacity (min: 0.5, max: 8)"
    ]


def not_offered(params: Mapping[str, Any], options: Iterable[Mapping[str, Any]]) -> list[str]:
    """The class against DescribeOrderableDBInstanceOptions of the engine version."""
    asked: str = params["instance_class"]
    offers: dict[str, Mapping[str, Any]] = {}
    for option in options:
        offers.setdefault(option["DBInstanceClass"], option)
    version = params["engine_version"]
    if not offers:
        return [f"engine version {version} is not offered in this region; see aws rds describe-db-engine-versions"]
    if asked not in offers:
        near = ", ".join(nearest(asked, list(offers)))
        return [f"{asked} is no instance class of {params['engine']} {version} here; near it are {near}"]
    offer, reasons = offers[asked], []
    if params["insights"] and offer.get("SupportsPerformanceInsights") is False:
        reasons.append(f"{asked} has no Performance Insights; set aurora_insights_mode: 'off' or a larger class")
    if params["enhanced_monitoring"] and offer.get("SupportsEnhancedMonitoring") is False:
        reasons.append(f"{asked} has no enhanced monitoring; set aurora_monitoring_interval: 0")
    if params["cross_region"] == "global" and offer.get("SupportsGlobalDatabases") is False:
        reasons.append(f"{asked} cannot be in a global database; set aurora_cross_region or aurora_instance_class")
    return reasons


def nearest(asked: str, offered: Sequence[str]) -> list[str]:
    """The classes most like the one asked for: first the same size in near families, then the nearest family."""
    family, _unused, size = asked.removeprefix("db.").partition(".")

    def unlikeness(offer: str) -> tuple[float, str]:
        other_family, _unused, other_size = offer.removeprefix("db.").partition(".")
        alike = SequenceMatcher(None, family, other_family).ratio()
        return (-alike - SequenceMatcher(None, size, other_size).ratio(), offer)

    ordered = sorted(offered, key=unlikeness)
    same_size = [offer for offer in ordered if offer.endswith(f".{size}")]
    return list(dict.fromkeys([*same_size, *ordered]))[:NEAR]
