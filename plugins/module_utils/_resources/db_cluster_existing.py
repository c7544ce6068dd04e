# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a cluster that is in use already keeps unless it is asked for by name: its engine version, its password."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .._describe import rds
from .._engine.context import Context
from .._engine.converge import converge
from .db_cluster import DB_CLUSTER


def converge_clusters(context: Context, items: Sequence[Mapping[str, Any]], **common: Any) -> dict[str, Any]:
    """converge(), with what existing clusters keep taken out of what is asked for and said in warnings."""
    names = sorted(item["name"] for item in items)
    found = {cluster["DBClusterIdentifier"]: cluster for cluster in rds.db_clusters(context.aws, names=names)}
    asked, warnings = [], []
    for item in items:
        wanted, said = without_kept(item, found.get(item["name"]))
        asked.append(wanted)
        warnings += said
    result = converge(context, DB_CLUSTER, asked, **common)
    return {**result, "warnings": [*warnings, *result["warnings"]]}


def without_kept(item: Mapping[str, Any], cluster: Mapping[str, Any] | None) -> tuple[dict[str, Any], list[str]]:
    """The item without what the cluster (None: not there) keeps, and what is to be said of that. Pure."""
    wanted = {key: value for key, value in item.items() if key not in {"engine_upgrade", "master_password_takeover"}}
    if cluster is None:
        return wanted, []
    name, warnings = item["name"], []
    version, kept = item.get("engine_version"), cluster["EngineVersion"]
    if version:
        wanted["engine_version"] = version_after(kept, version, bool(item.get("engine_upgrade")))
    if version and ((older(kept, version) and not item.get("engine_upgrade")) or branch(kept) > branch(version)):
        remedy = "; set aurora_engine_upgrade: true to upgrade it, with an outage" if older(kept, version) else ""
        warnings.append(f"{name} is left on engine version {kept}, {version} is asked for{remedy}")
    takes_over = item.get("manage_master_password") and not cluster.get("MasterUserSecret")
    if takes_over and not item.get("master_password_takeover"):
        wanted["manage_master_password"] = None
        warnings.append(
            f"{name} keeps its master password, which RDS does not manage: to hand it to RDS makes the password void "
            "at once and cuts off whoever logs in with it; set aurora_master_password_takeover: true when nobody does"
        )
    return wanted, warnings


def version_after(found: str, asked: str, upgrade: bool) -> str:
    """The engine version of an existing cluster after a run: never older, and newer only where an upgrade may be."""
    return asked if upgrade and older(found, asked) else found


def older(one: str, other: str) -> bool:
    return _numbers(one) < _numbers(other)


def branch(version: str) -> tuple[int, ...]:
    """The database's own version, which the parameter groups' family goes with: 8.0 of 8.0.mysql_aurora.3.10.0."""
    return _numbers(version)[:2]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
