# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Public hosted zones, found by their name.

A second zone of a name has other name servers, so that what is put into it is never seen: AWS makes it without a word.
https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import route53
from ..._engine.aws import Aws
from ..._engine.errors import AwsError, Refusal
from ..._engine.kind import Kind, State
from ..._engine.tags import to_list
from .names import plain


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    found = _found(aws, items)

    def state(name: str) -> State:
        one = route53.hosted_zone(aws, found[name]["Id"])
        return {
            "name": name,
            "id": one["Id"],
            "arn": f"arn:{aws.partition}:route53:::hostedzone/{one['Id']}",
            "comment": one.get("Config", {}).get("Comment", ""),
            "name_servers": sorted(one["NameServers"]),
            "tags": route53.tags(aws, one["Id"]),
        }

    return {one["name"]: one for one in aws.map(state, sorted(found))}


def lookup(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Ids alone."""
    return {name: {"id": one["Id"]} for name, one in _found(aws, items).items()}


def _found(aws: Aws, items: Sequence[State]) -> dict[str, Mapping[str, Any]]:
    """By name as the items write it, or id. Errors: Refusal where there are two public zones of a name."""
    zones = route53.hosted_zones(aws)
    public = [one for one in zones if not one.get("Config", {}).get("PrivateZone")]
    found: dict[str, Mapping[str, Any]] = {}
    for item in items:
        name = item["name"]
        named = [one for one in zones if one["Id"] == name] or [
            one for one in public if plain(one["Name"]) == plain(name)
        ]
        if len(named) > 1:
            ids = " and ".join(sorted(one["Id"] for one in named))
            raise Refusal(
                f"there are two public hosted zones {name}: {ids}; the domain's registrar names the servers of one of "
                "them: delete the other one, or give the id of the right one as the name"
            )
        if named:
            found[name] = named[0]
    return found


def create(aws: Aws, desired: State) -> None:
    """The reference is this task's own: a repeated call is refused, and makes no second zone."""
    reference = hashlib.sha256(f"{aws.task}/{plain(desired['name'])}".encode()).hexdigest()
    aws.call_once(
        "route53",
        "create_hosted_zone",
        Name=plain(desired["name"]),
        CallerReference=reference,
        HostedZoneConfig={"Comment": desired.get("comment") or ""},
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    aws.call("route53", "update_hosted_zone_comment", Id=found["id"], Comment=desired["comment"])


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    given: dict[str, Any] = {"AddTags": to_list(to_set)} if to_set else {}
    if to_remove:
        given["RemoveTagKeys"] = to_remove
    aws.call("route53", "change_tags_for_resource", ResourceType="hostedzone", ResourceId=found["id"], **given)


def check(desired: State) -> list[str]:
    if "." in desired["name"]:
        return []
    return ["it is neither the id of a zone that is there nor a domain name, as example.com"]


def busy(error: AwsError) -> bool:
    """Another change of the zone goes on."""
    return error.code in {"PriorRequestNotComplete", "ConcurrentModification"}


HOSTED_ZONE = Kind(
    name="hosted_zone",
    role="edge",
    read=read,
    lookup=lookup,
    create=create,
    update=update,
    tag=tag,
    busy=busy,
    doubles=True,
    check=check,
)
