# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Sets of addresses for rules of web ACLs: https://docs.aws.amazon.com/waf/latest/APIReference/API_IPSet.html"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from ..._describe import wafv2
from ..._engine.aws import Aws
from ..._engine.kind import Kind, State, same_members
from ..._engine.tags import to_list
from . import common

LIMIT = 10_000
_VERSIONS = {4: "IPV4", 6: "IPV6"}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """The sets by name. An item of nothing but a name, a reference, is looked for in the scopes that the region has."""
    wanted: dict[str, set[str]] = {}
    for item in items:
        for scope in [item["scope"]] if "scope" in item else wafv2.scopes_of(aws):
            wanted.setdefault(scope, set()).add(item["name"])
    found = [one for scope, names in wanted.items() for one in wafv2.ip_sets(aws, scope=scope, names=names)]
    return {
        one["Name"]: {
            "name": one["Name"],
            "id": one["Id"],
            "arn": one["ARN"],
            "scope": one["Scope"],
            "description": one.get("Description", ""),
            "ip_version": one["IPAddressVersion"],
            "addresses": one["Addresses"],
            "tags": one["Tags"],
        }
        for one in found
    }


def create(aws: Aws, desired: State) -> None:
    options: dict[str, Any] = {
        "Name": desired["name"],
        "Scope": desired["scope"],
        "IPAddressVersion": desired["ip_version"],
        "Addresses": desired.get("addresses", []),
    }
    if desired.get("description"):
        options["Description"] = desired["description"]
    if desired["tags"]:
        options["Tags"] = to_list(desired["tags"])
    aws.call_once("wafv2", "create_ip_set", **options)


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """UpdateIPSet replaces description and addresses, and wants the token of the state that it replaces."""
    named = {"Name": found["name"], "Scope": found["scope"], "Id": found["id"]}
    now = aws.call("wafv2", "get_ip_set", **named)
    description = desired.get("description", now["IPSet"].get("Description", ""))
    aws.call(
        "wafv2",
        "update_ip_set",
        **named,
        **({"Description": description} if description else {}),
        Addresses=desired.get("addresses", now["IPSet"]["Addresses"]),
        LockToken=now["LockToken"],
    )


def check(desired: State) -> list[str]:
    """https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateIPSet.html"""
    addresses, version = desired.get("addresses", []), desired["ip_version"]
    reasons = [f"addresses are {len(addresses)}, and WAF takes {LIMIT} in a set"] if len(addresses) > LIMIT else []
    for address in addresses:
        try:
            network = ipaddress.ip_network(address)
        except ValueError as error:
            reasons.append(
                f"{address} is no range of addresses ({error}); write 192.0.2.0/24, or 192.0.2.44/32 for one"
            )
            continue
        if "/" not in address:
            reasons.append(f"{address} has no prefix; write {network}")
        elif network.prefixlen == 0:
            reasons.append(f"{address} is every address, which WAF does not take")
        elif _VERSIONS[network.version] != version:
            reasons.append(f"{address} is no {version} range; a set holds one version")
    return reasons


IP_SET = Kind(
    name="ip_set",
    role="edge",
    read=read,
    create=create,
    update=update,
    tag=common.tag,
    unchangeable=dict.fromkeys(("scope", "ip_version"), "a set keeps it; give another name to make another set"),
    equal={"addresses": same_members},
    eventual=common.eventual,
    check=check,
)
