# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Elastic IPs of NAT gateways: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-eips.html

A gateway's own address is named like it and made before it. Others stand on somebody's list, and an address that was
released does not come back: so one is only released when it has served the gateway that is gone, or bears the caller's
own tags and no others.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, State
from ..._engine.names import is_id
from ..._engine.tags import specifications
from .common import keep_name, not_visible, tag

RELEASE_SECONDS = 60.0
# What EC2 says of an address that a gateway has not let go of; the second is what it says of interfaces of its own.
_IN_USE = frozenset({"InvalidIPAddress.InUse", "AuthFailure"})


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """By id; by name the one that serves the NAT gateway of that name, else a free one. One that serves something
    else is somebody's, and counts as none."""
    names = [item["name"] for item in items]
    gateways = ec2.nat_gateways(aws, names=[name for name in names if not is_id(ELASTIC_IP, name)])
    chosen = {}
    for name, addresses in _called(aws, names).items():
        serving = _served(gateways, name)
        usable = [one for one in addresses if one["AllocationId"] in serving] + list(filter(_is_free, addresses))
        if is_id(ELASTIC_IP, name) or usable:
            chosen[name] = _state(name, (usable or addresses)[0])
    return chosen


def lookup(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """By id or name, free ones first, whatever they serve."""
    return {
        name: _state(name, min(addresses, key=lambda one: not _is_free(one)))
        for name, addresses in _called(aws, [item["name"] for item in items]).items()
    }


def _called(aws: Aws, names: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The addresses that go by each name or id, in the order of their ids; names that none has are left out."""
    ids = [name for name in names if is_id(ELASTIC_IP, name)]
    found = [*ec2.addresses(aws, names=[name for name in names if name not in ids]), *_with_ids(aws, ids)]
    in_vpc = sorted((one for one in found if one.get("AllocationId")), key=lambda one: str(one["AllocationId"]))
    called = {name: [one for one in in_vpc if name in (one["AllocationId"], one["Tags"].get("Name"))] for name in names}
    return {name: addresses for name, addresses in called.items() if addresses}


def _with_ids(aws: Aws, ids: Sequence[str]) -> list[dict[str, Any]]:
    return ec2.addresses(aws, ids=ids) if ids else []


def _is_free(address: Mapping[str, Any]) -> bool:
    return not address.get("AssociationId")


def _served(gateways: Sequence[Mapping[str, Any]], name: str) -> set[str | None]:
    named = [gateway for gateway in gateways if gateway["Tags"].get("Name") == name]
    return {one.get("AllocationId") for gateway in named for one in gateway.get("NatGatewayAddresses", [])}


def _state(name: str, address: Mapping[str, Any]) -> State:
    return {"name": name, "id": address["AllocationId"], "public_ip": address["PublicIp"], "tags": address["Tags"]}


def releasable(
    aws: Aws, gateways: Collection[str], tags: Mapping[str, str], kept: Collection[str]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What goes with NAT gateways that are to be absent: by gateway the ids of addresses, and a sentence on each that
    stays.

    Addresses that are named like a gateway and have served it (AWS shows a deleted one for about an hour), or that
    bear the given tags, a name and nothing else. kept: ids or names of those that stay without a word.
    """
    ended = ec2.nat_gateways(aws, names=gateways, ended=True)
    ids: dict[str, list[str]] = {}
    stays: dict[str, list[str]] = {}
    for name, addresses in _called(aws, sorted(gateways)).items():
        serving = _served(ended, name)
        for one in addresses:
            allocation = str(one["AllocationId"])
            if {allocation, one["Tags"].get("Name")} & set(kept):
                continue
            if allocation in serving or (_is_free(one) and bool(tags) and one["Tags"] == {**tags, "Name": name}):
                ids.setdefault(name, []).append(allocation)
            else:
                stays.setdefault(name, []).append(
                    f"elastic_ip {name}: {one['PublicIp']} ({allocation}) stays, as it has not served the NAT gateway "
                    "of that name; release it yourself if nobody needs it"
                )
    return ids, stays


def allocate(aws: Aws, desired: State) -> None:
    tags = specifications("elastic-ip", desired["tags"])
    aws.call_once("ec2", "allocate_address", Domain="vpc", TagSpecifications=tags)


def release(aws: Aws, found: State) -> None:
    """The gateway lets go of it some moments after it is gone."""
    deadline = time.monotonic() + RELEASE_SECONDS
    while True:
        try:
            aws.call("ec2", "release_address", AllocationId=found["id"])
            return
        except AwsError as error:
            if error.code not in _IN_USE or time.monotonic() > deadline:
                raise
        time.sleep(2)


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    return keep_name(ELASTIC_IP, desired, found), []


ELASTIC_IP = Kind(
    name="elastic_ip",
    role="network",
    read=read,
    create=allocate,
    delete=release,
    tag=tag,
    name_tag=True,
    lookup=lookup,
    resolved="eipalloc-",
    eventual=not_visible,
    doubles=True,
    keeps=keeps,
)
