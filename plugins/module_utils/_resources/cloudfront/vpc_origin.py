# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""VPC origins, by which CloudFront reaches an internal load balancer.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._describe import cloudfront
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, Reference, State, Wait, same_members
from ..._engine.tags import to_list
from ..elbv2.load_balancer import LOAD_BALANCER
from .common import counted, outdated, tag, uncounted

DEPLOYED, DEPLOYING = "Deployed", "Deploying"
_FIELDS = {
    "load_balancer": "Arn",
    "http_port": "HTTPPort",
    "https_port": "HTTPSPort",
    "protocol_policy": "OriginProtocolPolicy",
}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """By name, which is unique in the account, or id."""
    named = _named(aws, items)

    def state(name: str) -> State:
        one = cloudfront.vpc_origin(aws, named[name]["Id"])
        config = one["VpcOriginEndpointConfig"]
        return {
            "name": name,
            "id": one["Id"],
            "arn": one["Arn"],
            **{option: config.get(member) for option, member in _FIELDS.items()},
            "ssl_protocols": sorted(uncounted(config.get("OriginSslProtocols"))),
            "status": one["Status"],
            "tags": cloudfront.tags(aws, one["Arn"]),
        }

    return {one["name"]: one for one in aws.map(state, sorted(named))}


def _named(aws: Aws, items: Sequence[State]) -> dict[str, Mapping[str, Any]]:
    names = {item["name"] for item in items}
    found = cloudfront.vpc_origin_list(aws)
    return {name: one for one in found for name in names.intersection((one["Name"], one["Id"]))}


def lookup(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Ids and states alone."""
    found = _named(aws, items)
    return {name: {"name": name, "id": one["Id"], "status": one["Status"]} for name, one in found.items()}


def create(aws: Aws, desired: State) -> None:
    tags = {"Tags": {"Items": to_list(desired["tags"])}} if desired["tags"] else {}
    config = {"Name": desired["name"], **_settings(desired)}
    aws.call_once("cloudfront", "create_vpc_origin", VpcOriginEndpointConfig=config, **tags)


def _settings(desired: State) -> dict[str, Any]:
    settings = {member: desired[option] for option, member in _FIELDS.items() if desired.get(option) is not None}
    if desired.get("ssl_protocols"):
        settings["OriginSslProtocols"] = counted(desired["ssl_protocols"])
    return settings


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    whole = cloudfront.vpc_origin(aws, found["id"])
    config = {**whole["VpcOriginEndpointConfig"], **_settings(desired)}
    try:
        aws.call(
            "cloudfront", "update_vpc_origin", Id=found["id"], IfMatch=whole["ETag"], VpcOriginEndpointConfig=config
        )
    except AwsError as error:
        if error.code != "CannotUpdateEntityWhileInUse":
            raise
        advice = (
            f"{', '.join(sorted(fields))} cannot change while a distribution uses it: make a VPC origin of another "
            "name, give the distribution's origin that one, then delete this one"
        )
        raise AwsError(
            error.service, error.operation, error.code, f"{error.message} ({advice})", status=error.status,
            request_id=error.request_id,
        ) from error  # fmt: skip


# AWS says up to a quarter of an hour; more has been seen:
# https://github.com/terraform-aws-modules/terraform-aws-cloudfront/issues/163
VPC_ORIGIN = Kind(
    name="cloudfront_vpc_origin",
    role="edge",
    read=read,
    lookup=lookup,
    create=create,
    update=update,
    tag=tag,
    references={"load_balancer": Reference(LOAD_BALANCER, "arn")},
    equal={"ssl_protocols": same_members},
    wait=Wait(ready=frozenset({DEPLOYED}), failed=frozenset({"Failed"}), timeout=2400, poll=15),
    eventual=outdated,
)

# What needs it deployed waits for it later.
STARTED_VPC_ORIGIN = replace(
    VPC_ORIGIN, wait=Wait(ready=frozenset({DEPLOYED, DEPLOYING}), failed=frozenset({"Failed"}))
)
