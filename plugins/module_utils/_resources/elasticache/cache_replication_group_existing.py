# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a replication group that is in use keeps unless it is asked for by name: its version, its clients. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .engine_versions import TLS_IN_PLACE_SINCE, family, numbers, older

_ASKED = frozenset({"engine_upgrade", "takeover"})


def without_kept(item: Mapping[str, Any], found: Mapping[str, Any] | None) -> tuple[dict[str, Any], list[str]]:
    """The item without what the group (None: not there) keeps, and what is to be said of that."""
    wanted = {key: value for key, value in item.items() if key not in _ASKED}
    if found is None or item.get("state") == "absent":
        return wanted, []
    # A member whose version AWS does not show yet is one that is being made.
    if not found.get("engine_version"):
        return wanted, []
    wanted["cluster_mode"] = "disabled"
    said = _version(wanted, item, found)
    if item.get("takeover"):
        return wanted, said
    return wanted, said + _clients(wanted, item, found)


def _version(wanted: dict[str, Any], item: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """Never older, newer and another engine only with engine_upgrade; the parameter group goes with the version."""
    engine, version = item.get("engine") or found["engine"], item.get("engine_version")
    if version is None:
        return []
    name, kept = item["name"], found["engine_version"]
    moves = (found["engine"], engine) == ("redis", "valkey")
    newer = engine == found["engine"] and older(kept, version)
    if item.get("engine_upgrade") and (moves or newer):
        return []
    wanted["engine"], wanted["engine_version"] = found["engine"], kept
    if family(engine, version) != family(found["engine"], kept):
        wanted["parameter_group"] = None
    if engine == found["engine"] and not newer:
        return []
    remedy = "; set cache_engine_upgrade: true to change it, with a failover" if moves or newer else ""
    return [f"{name} is left on {found['engine']} {kept}, {engine} {version} is asked for{remedy}"]


def _clients(wanted: dict[str, Any], item: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    """Clients without TLS, and those that do not authenticate as a user of the group, are not cut off."""
    name, mode, said = item["name"], found["transit_encryption_mode"], []
    if item.get("transit_encryption_mode") == "required" and mode != "required":
        in_place = numbers(found["engine_version"]) >= TLS_IN_PLACE_SINCE[found["engine"]]
        wanted["transit_encryption_mode"] = "preferred" if in_place else None
        said.append(
            f"{name} still serves clients without TLS"
            if in_place
            else f"{name} has no TLS, which {found['engine']} {found['engine_version']} cannot be given in place"
        )
    if item.get("user_group") and found["user_group"] != item["user_group"]:
        wanted["user_group"] = None
        said.append(f"{name} does not ask its clients for the users of {item['user_group']}")
    if said:
        said[-1] += "; set cache_takeover: true once every client uses TLS and authenticates by IAM"
    return said
