# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Instances one after the other where a change restarts them: readers first, the writer after a failover.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import rds
from ..._engine.context import Context
from ..._engine.converge import converge, joined
from ..._engine.errors import AwsError
from ..._engine.wait import Progress, change_timeout, failures, on_the_way
from .common import busy
from .db_instance import DB_INSTANCE, DISRUPTIVE, WINDOW


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
    found = foreseen["resources"]
    if not foreseen["changed"]:
        is_settled = not (on_the_way(DB_INSTANCE, found) or failures(DB_INSTANCE, found))
        return foreseen if is_settled else converge(context, DB_INSTANCE, items, **common)
    by_name = {item["name"]: item for item in items}
    restarted = [
        change["name"]
        for change in foreseen["changes"]
        if change["action"] == "update" and _restarts(context, change["fields"], by_name, found[change["name"]])
    ]
    order = sorted(restarted, key=lambda name: (found[name]["writer"], name))
    rest = [item for item in items if item["name"] not in restarted]
    warnings = list(converge(context, DB_INSTANCE, rest, **common)["warnings"]) if rest else []
    for name in order:
        cluster, waiting = by_name[name]["cluster"], order[order.index(name) :]
        finished = [
            item
            for other, item in by_name.items()
            if item["cluster"] == cluster and item.get("state") != "absent" and other not in waiting
        ]
        _hand_over(context, by_name[name], finished)
        warnings += converge(context, DB_INSTANCE, [by_name[name]], **common)["warnings"]
    return {
        **foreseen,
        "resources": DB_INSTANCE.read(context.aws, [dict(item) for item in items]),
        "warnings": warnings,
    }


def _restarts(
    context: Context, fields: Sequence[str], by_name: Mapping[str, Mapping[str, Any]], found: Mapping[str, Any]
) -> bool:
    """The change takes the instance away from its clients now. A restart itself knows no maintenance window."""
    disruptive = DISRUPTIVE & set(fields)
    if not by_name[found["name"]].get("apply_immediately", True):
        disruptive -= WINDOW
    if disruptive == {"ca_certificate"}:
        return not _rotates_in_place(context, found)
    return bool(disruptive)


def _rotates_in_place(context: Context, found: Mapping[str, Any]) -> bool:
    """https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBEngineVersion.html"""
    versions = rds.engine_versions(context.aws, engine=found["engine"], version=found["engine_version"])
    return any(version.get("SupportsCertificateRotationWithoutRestart") for version in versions)


def _hand_over(context: Context, item: Mapping[str, Any], finished: Sequence[Mapping[str, Any]]) -> None:
    """When the instance writes and a finished one can write instead, fail over to that one and wait for it."""
    cluster, name = item["cluster"], item["name"]
    if not finished or _writer(context, cluster) != name:
        return
    states = DB_INSTANCE.read(context.aws, [dict(other) for other in finished])
    target = failover_target(states, item.get("instance_class"))
    if target is None:
        context.say(f"{name} writes and no other instance of {cluster} is available: it restarts without a failover")
        return
    context.say(f"failover of {cluster} from {name} to {target}")
    asked = {"DBClusterIdentifier": cluster, "TargetDBInstanceIdentifier": target}
    progress = Progress(context, "failover", change_timeout(context, DB_INSTANCE))
    sent = False
    while _writer(context, cluster) == name:
        if not sent:
            try:
                context.aws.call_once("rds", "failover_db_cluster", **asked)
                sent = True
            except AwsError as error:
                if not (busy(error) or error.ambiguous):
                    raise
        progress.tick({cluster: f"still written by {name}"})


def failover_target(states: Mapping[str, Mapping[str, Any]], wanted_class: str | None) -> str | None:
    """As Aurora chooses: the lowest promotion tier, then the writer's class, then the largest; None where none can.

    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
    """
    able = [state for state in states.values() if state["status"] == "available" and not state["pending_reboot"]]

    def order(state: Mapping[str, Any]) -> tuple[Any, ...]:
        size = _size(state["instance_class"])
        return (state["promotion_tier"], state["instance_class"] != wanted_class, -size, state["name"])

    return str(min(able, key=order)["name"]) if able else None


def _size(instance_class: str) -> float:
    """Of an instance class, in units of large."""
    size = instance_class.rpartition(".")[2]
    small = {"micro": 0.1, "small": 0.25, "medium": 0.5, "large": 1.0, "xlarge": 2.0}
    number = size.removesuffix("xlarge")
    return 2.0 * int(number) if number.isdigit() else small.get(size, 0.0)


def _writer(context: Context, cluster: str) -> str | None:
    clusters = rds.db_clusters(context.aws, names=[cluster])
    members = [member for found in clusters for member in found.get("DBClusterMembers", [])]
    return next((member["DBInstanceIdentifier"] for member in members if member.get("IsClusterWriter")), None)
