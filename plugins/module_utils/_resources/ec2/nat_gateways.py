# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""NAT gateways with the addresses of their own: made before them, released after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._engine.context import Context
from ..._engine.converge import converge, joined, tag_text
from ..._engine.kind import State
from ..._engine.wait import look
from .elastic_ip import ELASTIC_IP, releasable
from .nat_gateway import NAT_GATEWAY, ZONAL, lookup


def _texts(tags: Mapping[str, Any] | None) -> dict[str, str]:
    return {str(key): tag_text(value) for key, value in (tags or {}).items()}


def converge_nat_gateways(
    context: Context, gateways: Sequence[State], *, tags: Mapping[str, Any] | None, purge_tags: bool
) -> dict[str, Any]:
    """The module's result. An address of its own has each new zonal gateway that is given none."""
    there = look(context, lookup, gateways)
    own = [
        one["name"]
        for one in gateways
        if one["state"] != "absent"
        and one["availability_mode"] == ZONAL
        and not one.get("allocation")
        and one["name"] not in there
    ]
    absent = [one["name"] for one in gateways if one["state"] == "absent"]
    kept = [one["allocation"] for one in gateways if one.get("allocation")]
    releases, stays = releasable(context.aws, absent, _texts(tags), kept) if absent else ({}, {})
    addresses = converge(context, ELASTIC_IP, [{"name": name} for name in own], tags=tags, purge_tags=purge_tags)
    after = replace(context, planned={**context.planned, **addresses["planned"]})
    wanted = [{**one, "address": one["name"] if one["name"] in own else None} for one in gateways]
    made = converge(after, NAT_GATEWAY, wanted, tags=tags, purge_tags=purge_tags)
    deleted = {change["name"] for change in made["changes"] if change["action"] == "delete"}
    gone = [name for name in absent if name in deleted or name not in made["resources"]]
    freed = [{"name": one, "state": "absent"} for name in gone for one in releases.get(name, [])]
    result = joined(addresses, made, converge(context, ELASTIC_IP, freed))
    said = [sentence for name in gone for sentence in stays.get(name, [])]
    return {**result, "resources": made["resources"], "warnings": [*result["warnings"], *said]}
