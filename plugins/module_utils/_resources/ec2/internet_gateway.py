# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Internet gateways: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.errors import AwsError, Refusal
from ..._engine.kind import Kind, Reference, State
from ..._engine.pending import UNKNOWN_SUFFIX
from ..._engine.tags import specifications
from .common import by_name_or_id, keep_name, not_visible, tag
from .vpc import VPC


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """By Name tag or id; else the one of the VPC, which cannot have two.

    Errors: Refusal where the one that is called so belongs to another VPC: it is not taken away from there.
    """
    vpcs = {item["vpc"] for item in items if "vpc" in item and not item["vpc"].endswith(UNKNOWN_SUFFIX)}
    attached = ec2.internet_gateways(aws, vpc_id=vpcs) if vpcs else []
    of_vpc = {_vpc(gateway): gateway for gateway in attached}
    others = {item["name"] for item in items if item.get("vpc") not in of_vpc}
    named = by_name_or_id(INTERNET_GATEWAY, others, "InternetGatewayId", partial(ec2.internet_gateways, aws))
    states = {}
    for item in items:
        gateway = of_vpc.get(item.get("vpc")) or named.get(item["name"])
        if gateway:
            _refuse_foreign(item, _vpc(gateway))
            states[item["name"]] = {
                "name": item["name"],
                "id": gateway["InternetGatewayId"],
                "vpc": _vpc(gateway),
                "tags": gateway["Tags"],
            }
    return states


def _refuse_foreign(item: State, there: str | None) -> None:
    if there and item.get("vpc", there) != there:
        raise Refusal(
            f"internet_gateway {item['name']} is attached to {there}, not to {item['vpc']}; "
            "detach it there, or give this one another name"
        )


def _vpc(gateway: Mapping[str, Any]) -> str | None:
    return next((attachment["VpcId"] for attachment in gateway["Attachments"]), None)


def create(aws: Aws, desired: State) -> None:
    """The gateway; update() attaches it."""
    tags = specifications("internet-gateway", desired["tags"])
    aws.call_once("ec2", "create_internet_gateway", TagSpecifications=tags)


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """Attaches what is attached to nothing: read has refused the rest."""
    aws.call_once("ec2", "attach_internet_gateway", InternetGatewayId=found["id"], VpcId=desired["vpc"])


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    return keep_name(INTERNET_GATEWAY, desired, found), []


def _attached_by_now(error: AwsError) -> bool:
    """What was not visible yet, or a repeated attachment that AWS does not show yet."""
    return not_visible(error) or (
        error.operation == "attach_internet_gateway" and error.code == "Resource.AlreadyAssociated"
    )


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
    eventual=_attached_by_now,
    doubles=True,
    keeps=keeps,
)
