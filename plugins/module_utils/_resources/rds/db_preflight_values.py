# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Values that RDS would refuse in mid-run: names, days, windows, zones. Pure.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

INSIGHTS_DAYS = frozenset({7, 731, *(31 * months for months in range(1, 24))})
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_BACKTRACK = 259_200
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
MOST_READERS = 15
DAY, WEEK, SHORTEST = 1440, 7 * 1440, 30
_TIME = r"([01]\d|2[0-3]):([0-5]\d)"
_DAY_TIME = rf"({'|'.join(DAYS)}):{_TIME}"


def wrong_values(params: Mapping[str, Any]) -> list[str]:
    """params: instances, backup_retention_days, insights_retention_days, backup_window, maintenance_window,
    backtrack_seconds, port, readers_max; what is None is not asked for."""
    reasons = []
    if not params["instances"]:
        reasons.append("aurora_instances is empty and a cluster without an instance serves nobody; name at least one")
    days = params.get("backup_retention_days")
    if days is not None and not 1 <= days <= 35:
        reasons.append(f"aurora_backup_retention_days is {days}; RDS keeps backups for 1 to 35 days")
    days = params.get("insights_retention_days")
    if days is not None and days not in INSIGHTS_DAYS:
        reasons.append(f"aurora_insights_retention_days is {days}; it can be 7, 731, or 31 times 1 to 23")
    seconds = params.get("backtrack_seconds") or 0
    if not 0 <= seconds <= MOST_BACKTRACK:
        reasons.append(f"aurora_backtrack_hours is {seconds / 3600:g}; Aurora goes back 72 hours at most")
    port = params.get("port")
    if port is not None and not 1150 <= port <= 65535:
        reasons.append(f"aurora_port is {port}; it can be 1150 to 65535")
    readers = params.get("readers_max")
    if readers is not None and not 0 <= readers <= MOST_READERS:
        reasons.append(f"aurora_readers_max is {readers}; a cluster has up to {MOST_READERS} readers")
    return reasons + wrong_windows(params.get("backup_window"), params.get("maintenance_window"))


def wrong_names(params: Mapping[str, Any], to_make: bool = True) -> list[str]:
    """Of the names that this run makes, those that AWS does not take.

    params: cluster, instances, names (a dictionary of the role's variable to its name), enhanced_monitoring; and where
    cross_region copies the cluster dr_instances, dr_cluster and global_cluster.
    to_make: the cluster does not exist yet, so that its database and user are made, too.
    """
    reasons = []
    for variable, name in _made_names(params, to_make):
        rule = next((rule for rule in _NAMES if variable.startswith(rule)), "aurora_cluster_name")
        pattern, longest, words = _NAMES[rule]
        if len(name) > longest:
            words = f"{words}, {longest} at most, and these are {len(name)}"
        elif re.fullmatch(pattern, name):
            continue
        else:
            words = f"{words}, {longest} at most"
        reasons.append(f"{variable} is {name}, and AWS takes {words}; set another name")
    return reasons


def _made_names(params: Mapping[str, Any], to_make: bool) -> Iterator[tuple[str, str]]:
    """Where each name comes from, and the name."""
    mode = params.get("cross_region")
    yield "aurora_cluster_name", params["cluster"]
    if mode in COPIES and params.get("dr_cluster"):
        yield "aurora_cluster_name, for the cluster in the other region,", params["dr_cluster"]
    if mode == "global" and params.get("global_cluster"):
        yield "aurora_cluster_name, for the global database,", params["global_cluster"]
    for variable, name in (params.get("names") or {}).items():
        if (to_make or variable not in _AT_CREATION) and (variable != _MONITORING or params.get("enhanced_monitoring")):
            yield variable, name
    instances = {"aurora_instances": params["instances"]}
    if mode in COPIES:
        instances["aurora_dr_instances"] = params.get("dr_instances") or []
    for variable, items in instances.items():
        yield from ((f"{variable} ({item['name']})", item["name"]) for item in items)


COPIES = frozenset({"replica", "global"})
"""The modes in which a cluster is made in the other region."""

_MONITORING = "aurora_monitoring_role"
_AT_CREATION = frozenset({"aurora_database_name", "aurora_master_username"})
_IDENTIFIER = r"[a-z](?:-?[a-z0-9])*"
_IDENTIFIER_WORDS = "small letters, digits and single hyphens between them, a letter first"
# Variable -> pattern, length and words: the API reference of the calls that create them. A global database is held to
# what it says of its new name: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyGlobalCluster.html
_NAMES = {
    "aurora_cluster_name": (_IDENTIFIER, 63, _IDENTIFIER_WORDS),
    "aurora_instances": (_IDENTIFIER, 63, _IDENTIFIER_WORDS),
    "aurora_dr_instances": (_IDENTIFIER, 63, _IDENTIFIER_WORDS),
    "aurora_parameter_group": (_IDENTIFIER, 255, _IDENTIFIER_WORDS),
    "aurora_subnet_group": (r"[a-z][a-z0-9._ -]*", 255, "small letters, digits, periods, underscores and hyphens"),
    "aurora_database_name": (r"[A-Za-z][A-Za-z0-9_]*", 64, "letters and digits, a letter first"),
    "aurora_master_username": (
        r"(?!rdsadmin$)[A-Za-z][A-Za-z0-9]*",
        16,
        "letters and digits, a letter first, no reserved word",
    ),
    _MONITORING: (r"[\w+=,.@-]+", 64, "letters, digits and +=,.@-_"),
    "aurora_events_topic": (r"[A-Za-z0-9_-]+", 256, "letters, digits, hyphens and underscores"),
}


def wrong_windows(backup: str | None, maintenance: str | None) -> list[str]:
    """Windows that are malformed, too short or in each other's way."""
    reasons, spans = [], []
    for variable, window, pattern, example, cycle in (
        ("aurora_backup_window", backup, f"{_TIME}-{_TIME}", "03:00-04:00", DAY),
        ("aurora_maintenance_window", maintenance, f"{_DAY_TIME}-{_DAY_TIME}", "sun:05:00-sun:06:00", WEEK),
    ):
        if window is None:
            continue
        if not re.fullmatch(pattern, window.lower()):
            reasons.append(f"{variable} is {window}; it looks like {example} (UTC)")
            continue
        start, end = (_minute(part) for part in window.lower().split("-"))
        length = (end - start) % cycle
        if not SHORTEST <= length <= DAY:
            reasons.append(f"{variable} {window} is {length} minutes long; RDS takes 30 minutes to a day")
        spans.append((start, length))
    if not reasons and len(spans) == 2 and _overlap(*spans):
        reasons.append(f"aurora_backup_window {backup} and aurora_maintenance_window {maintenance} overlap; part them")
    return reasons


def _minute(time: str) -> int:
    """Minutes since midnight, or since Monday's where a day is named."""
    *day, hours, minutes = time.split(":")
    return (DAYS.index(day[0]) * DAY if day else 0) + int(hours) * 60 + int(minutes)


def _overlap(daily: tuple[int, int], weekly: tuple[int, int]) -> bool:
    starts = [daily[0] + day * DAY for day in range(7)]
    return any((start - weekly[0]) % WEEK < weekly[1] or (weekly[0] - start) % WEEK < daily[1] for start in starts)


def uncovered_zones(asked: Mapping[str, str | None], subnets: Mapping[str, str | None]) -> list[str]:
    """Zones of instances to be made (name to zone) that no subnet (name to zone, None where not known) lies in."""
    zones = sorted(zone for zone in subnets.values() if zone)
    outside = sorted({zone for zone in asked.values() if zone and zone not in zones})
    if not outside or len(zones) < len(subnets):
        return []
    names = ", ".join(sorted(name for name, zone in asked.items() if zone in outside))
    return [
        f"aurora_instances asks for {', '.join(outside)} ({names}), and aurora_subnets lie in "
        f"{', '.join(dict.fromkeys(zones))}; name a zone of these, or subnets there"
    ]


def instances_to_make(zones: Mapping[str, str | None], existing: Sequence[Mapping[str, Any]]) -> dict[str, str | None]:
    """An instance that is there keeps its zone, whatever is asked for."""
    there = {instance["DBInstanceIdentifier"] for instance in existing}
    return {name: zone for name, zone in zones.items() if name not in there}
