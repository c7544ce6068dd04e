# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Instances one after the other where a change restarts them: readers first, the writer after a failover.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import rds
from ..._engine.context import Context
from ..._engine.converge import converge, joined
from ..._engine.errors import WaitTimeout
from .db_instance import DB_INSTANCE, DISRUPTIVE

FAILOVER_SECONDS = 600.0


def converge_rolling(context: Context, items: Sequence[Mapping[str, Any]], **common: Any) -> dict[str, Any]:
    """As converge; at any moment at most one instance of the list is being restarted.

    A warning names the instances whose static parameters still wait for a restart.
    """
    result = _converged(context, items, **common)
    waiting = sorted(name for name, state in result["resources"].items() if state["pending_reboot"])
    if waiting and not context.check_mode:
        said = f"{', '.join(waiting)}: static parameters wait for a restart; aurora_reboot_when_pending: true does it"
        return {**result, "warnings": [*result["warnings"], said]}
    return result


def _converged(context: Context, items: Sequence[Mapping[str, Any]], **common: Any) -> dict[str, Any]:
    """First everything else, then the restarts, since a new parameter group makes an instance wait for one."""
    restartable = {item["name"] for item in items if item.get("pending_reboot") is False}
    if context.check_mode or not restartable:
        return _rolled(context, items, **common)
    first = _rolled(context, [{**item, "pending_reboot": None} for item in items], **common)
    if not any(first["resources"][name]["pending_reboot"] for name in restartable):
        return first
    return joined(first, _rolled(context, items, **common))


def _rolled(context: Context, items: Sequence[Mapping[str, Any]], **common: Any) -> dict[str, Any]:
    """One converge of the list, where a restart takes one instance at a time."""
    if context.check_mode:
        return converge(context, DB_INSTANCE, items, **common)
    foreseen = converge(dataclasses.replace(context, check_mode=True), DB_INSTANCE, items, **common)
    foreseen["planned"] = {}
    if not foreseen["changed"]:
        return foreseen
    found = foreseen["resources"]
    restarted = [
        change["name"]
        for change in foreseen["changes"]
        if change["action"] == "update" and DISRUPTIVE & set(change["fields"])
    ]
    by_name = {item["name"]: item for item in items}
    if not all(by_name[name].get("apply_immediately", True) for name in restarted):
        restarted = []
    order = sorted(restarted, key=lambda name: (found[name]["writer"], name))
    rest = [item for item in items if item["name"] not in restarted]
    warnings = list(converge(context, DB_INSTANCE, rest, **common)["warnings"]) if rest else []
    for name in order:
        cluster, waiting = by_name[name]["cluster"], order[order.index(name) :]
        finished = [
            other
            for other, item in by_name.items()
            if item["cluster"] == cluster and item.get("state") != "absent" and other not in waiting
        ]
        _hand_over(context, cluster, name, finished)
        warnings += converge(context, DB_INSTANCE, [by_name[name]], **common)["warnings"]
    return {
        **foreseen,
        "resources": DB_INSTANCE.read(context.aws, [dict(item) for item in items]),
        "warnings": warnings,
    }


def _hand_over(context: Context, cluster: str, name: str, finished: Sequence[str]) -> None:
    """When the instance writes and a finished one can write instead, fail over to that one and wait for it."""
    if not finished or _writer(context, cluster) != name:
        return
    context.say(f"failover of {cluster} from {name} to {finished[0]}")
    target = {"DBClusterIdentifier": cluster, "TargetDBInstanceIdentifier": finished[0]}
    context.aws.call("rds", "failover_db_cluster", **target)
    deadline, pause = time.monotonic() + FAILOVER_SECONDS, 0.2
    while _writer(context, cluster) == name:
        if time.monotonic() > deadline:
            raise WaitTimeout(f"db_cluster {cluster}: {name} still writes {FAILOVER_SECONDS:.0f} s after the failover")
        time.sleep(pause)
        pause = min(pause * 1.6, 5)


def _writer(context: Context, cluster: str) -> str | None:
    clusters = rds.db_clusters(context.aws, names=[cluster])
    members = [member for found in clusters for member in found.get("DBClusterMembers", [])]
    return next((member["DBInstanceIdentifier"] for member in members if member.get("IsClusterWriter")), None)
