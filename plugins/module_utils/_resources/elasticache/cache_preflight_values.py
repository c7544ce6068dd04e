# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Values that ElastiCache would refuse in mid-run: names, users, numbers, windows. Pure.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from . import cache_user
from .cache_replication_group import MOST_NODES
from .engine_versions import IAM_SINCE, family, numbers

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY, WEEK, SHORTEST = 1440, 7 * 1440, 60
MOST_SNAPSHOT_DAYS = 35
MOST_USERS = 100
_TIME = r"([01]\d|2[0-3]):([0-5]\d)"
_DAY_TIME = rf"({'|'.join(DAYS)}):{_TIME}"
_IDENTIFIER = re.compile(r"[a-z](?:-?[a-z0-9])*")
# Variable -> longest name.
_LONGEST = {"cache_replication_group": 40, "cache_user_group": 40}


def wrong_values(params: Mapping[str, Any]) -> list[str]:
    """params: engine, engine_version, parameter_family, node_type, num_cache_clusters, automatic_failover, multi_az,
    snapshot_retention_limit, snapshot_window, maintenance_window, port."""
    reasons = []
    nodes, days, port = params["num_cache_clusters"], params["snapshot_retention_limit"], params["port"]
    if not 1 <= nodes <= MOST_NODES:
        reasons.append(f"cache_num_cache_clusters is {nodes}; a primary and its replicas are 1 to {MOST_NODES} nodes")
    elif nodes == 1 and params["automatic_failover"]:
        reasons.append(
            "cache_automatic_failover needs a second node; set cache_num_cache_clusters: 2, or, for a single node, "
            "cache_automatic_failover: false and cache_multi_az: false"
        )
    if params["multi_az"] and not params["automatic_failover"]:
        reasons.append("cache_multi_az needs cache_automatic_failover: true; set it, or cache_multi_az: false")
    if not re.fullmatch(r"cache\.[a-z0-9]+\.[a-z0-9]+", params["node_type"]):
        reasons.append(f"cache_node_type is {params['node_type']}; it looks like cache.t4g.small")
    if not 0 <= days <= MOST_SNAPSHOT_DAYS:
        reasons.append(f"cache_snapshot_retention_days is {days}; ElastiCache keeps snapshots 0 to 35 days")
    if not 1 <= port <= 65535:
        reasons.append(f"cache_port is {port}; it can be 1 to 65535")
    return reasons + _wrong_version(params) + wrong_windows(params["snapshot_window"], params["maintenance_window"])


def _wrong_version(params: Mapping[str, Any]) -> list[str]:
    engine, version = params["engine"], params["engine_version"]
    if not re.fullmatch(r"\d+(\.\d+){0,2}", version):
        return [f"cache_engine_version is {version}; it looks like 8.0"]
    if numbers(version) < IAM_SINCE[engine]:
        least = ".".join(map(str, IAM_SINCE[engine]))
        return [f"cache_engine_version {version} has no IAM authentication; {engine} has it from {least} on"]
    right = family(engine, version)
    if params["parameter_family"] == right:
        return []
    return [
        f"cache_parameter_family {params['parameter_family']} does not go with {engine} {version}; set it to {right}, "
        "with a cache_parameter_group of its own where the group of that name has another family"
    ]


def wrong_names(params: Mapping[str, Any]) -> list[str]:
    """params: replication_group, names (a dictionary of the role's variable to its name)."""
    reasons = []
    for variable, name in {"cache_replication_group": params["replication_group"], **params["names"]}.items():
        longest = _LONGEST.get(variable, 255)
        if len(name) > longest or not _IDENTIFIER.fullmatch(name):
            reasons.append(
                f"{variable} is {name}, and AWS takes small letters, digits and single hyphens between them, a letter "
                f"first, {longest} at most; set another name"
            )
    return reasons


def wrong_users(params: Mapping[str, Any]) -> list[str]:
    """params: users (each name, access_string), engine."""
    users = params["users"]
    names = [user.get("name", "") for user in users]
    reasons = [f"cache_users names {name} twice" for name in sorted({one for one in names if names.count(one) > 1})]
    if not 1 <= len(users) <= MOST_USERS:
        reasons.append(f"cache_users has {len(users)} users; a user group has 1 to {MOST_USERS}")
    for user in users:
        whole = {"engine": params["engine"], "authentication": "iam", "access_string": "", **user}
        reasons += [f"cache_users ({whole.get('name')}): {reason}" for reason in cache_user.check(whole)]
    return reasons


def wrong_windows(snapshot: str, maintenance: str) -> list[str]:
    """Windows that are malformed or too short."""
    reasons = []
    for variable, window, pattern, example, cycle in (
        ("cache_snapshot_window", snapshot, f"{_TIME}-{_TIME}", "03:00-04:00", DAY),
        ("cache_maintenance_window", maintenance, f"{_DAY_TIME}-{_DAY_TIME}", "sun:05:00-sun:06:00", WEEK),
    ):
        if not re.fullmatch(pattern, window.lower()):
            reasons.append(f"{variable} is {window}; it looks like {example} (UTC)")
            continue
        start, end = (_minute(part) for part in window.lower().split("-"))
        length = (end - start) % cycle
        if length < SHORTEST:
            reasons.append(f"{variable} {window} is {length} minutes long; ElastiCache takes an hour at least")
    return reasons


def _minute(time: str) -> int:
    """Minutes since midnight, or since Monday's where a day is named."""
    *day, hours, minutes = time.split(":")
    return (DAYS.index(day[0]) * DAY if day else 0) + int(hours) * 60 + int(minutes)
