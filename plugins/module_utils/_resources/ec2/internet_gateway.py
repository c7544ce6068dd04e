# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Internet gateways: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State
from ..._engine.pending import UNKNOWN_SUFFIX
from ..._engine.tags import specifications
from .common import by_name, not_visible, tag
from .vpc import VPC


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """By Name tag; else the one of the VPC, which cannot have two."""
    vpcs = {item["vpc"] for item in items if "vpc" in item and not item["vpc"].endswith(UNKNOWN_SUFFIX)}
    attached = ec2.internet_gateways(aws, vpc_id=vpcs) if vpcs else []
    of_vpc = {_vpc(gateway): gateway for gateway in attached}
    names = {item["name"] for item in items}
    named = by_name(
        "internet_gateway", [one for one in attached if one["Tags"].get("Name") in names], "InternetGatewayId"
    )
    others = names - set(named) - {item["name"] for item in items if item.get("vpc") in of_vpc}
    named.update(by_name("internet_gateway", ec2.internet_gateways(aws, names=others), "InternetGatewayId"))
    states = {}
    for item in items:
        gateway = named.get(item["name"]) or of_vpc.get(item.get("vpc"))
        if gateway:
            states[item["name"]] = {
                "name": item["name"],
                "id": gateway["InternetGatewayId"],
                "vpc": _vpc(gateway),
                "tags": gateway["Tags"],
            }
    return states


def _vpc(gateway: Mapping[str, Any]) -> str | None:
    return next((attachment["VpcId"] for attachment in gateway["Attachments"]), None)


def create(aws: Aws, desired: State) -> None:
    """The gateway; update() attaches it."""
    tags = specifications("internet-gateway", desired["tags"])
    aws.call_once("ec2", "create_internet_gateway", TagSpecifications=tags)


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """Attaches; AWS refuses to attach what another VPC has."""
    aws.call_once("ec2", "attach_internet_gateway", InternetGatewayId=found["id"], VpcId=desired["vpc"])


INTERNET_GATEWAY = Kind(
    name="internet_gateway",
    role="network",
    read=read,
    create=create,
    update=update,
    tag=tag,
    name_tag=True,
    resolved="igw-",
    references={"vpc": Reference(VPC)},
    eventual=not_visible,
)
