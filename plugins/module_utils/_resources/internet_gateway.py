# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Internet gateways: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html"""

from __future__ import annotations

from collections.abc import Sequence

from .._describe import ec2
from .._engine.aws import Aws
from .._engine.errors import Refusal
from .._engine.kind import Kind, Reference, State
from .._engine.tags import specifications
from .ec2_tags import by_name, tag
from .vpc import VPC


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    gateways = ec2.internet_gateways(aws, names=[item["name"] for item in items])
    return {
        name: {
            "name": name,
            "id": gateway["InternetGatewayId"],
            "vpc": next((one["VpcId"] for one in gateway.get("Attachments", [])), None),
            "tags": gateway["Tags"],
        }
        for name, gateway in by_name("internet_gateway", gateways, "InternetGatewayId").items()
    }


def create(aws: Aws, desired: State) -> None:
    tags = specifications("internet-gateway", desired["tags"])
    aws.call_once("ec2", "create_internet_gateway", TagSpecifications=tags)


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """Attach it; one that serves another VPC is left there."""
    if found["vpc"]:
        raise Refusal(
            f"internet_gateway {found['name']} is attached to {found['vpc']}, not to {desired['vpc']}: "
            "detach it there, or give another name to make another one"
        )
    aws.call("ec2", "attach_internet_gateway", InternetGatewayId=found["id"], VpcId=desired["vpc"])


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
)
