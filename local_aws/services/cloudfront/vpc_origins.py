# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""VPC origins: a load balancer in a VPC with an internet gateway, minutes until Deployed, fixed while in use.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html. With the first one
of a VPC, CloudFront makes the security group of its interfaces there.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from local_aws import transitions
from local_aws.refusal import Refusal
from local_aws.services.cloudfront import aws, common

NAME = "vpc_origins"
STATES = "GetVpcOrigin"
SERVICE_GROUP = "CloudFront-VPCOrigins-Service-SG"
_IN_USE = (
    "The specified VPC origin is currently associated with one or more distributions. Please disassociate the VPC "
    "origin from all distributions before updating or deleting"
)


def found(call: Any, identifier: str) -> dict[str, Any]:
    one = common.store(call, NAME).get(identifier)
    if one is None:
        raise Refusal("EntityNotFound", "The specified VPC origin does not exist.", 404)
    return one


def status(call: Any, identifier: str) -> str:
    """As it is just now, which is no look at it."""
    return call.front.transitions.state(call, STATES, identifier) or "Deployed"


def _shown(call: Any, identifier: str, one: dict[str, Any]) -> dict[str, Any]:
    return {
        "Id": identifier,
        "Arn": common.arn(call, f"vpcorigin/{identifier}"),
        "AccountId": call.account,
        "Status": call.front.transitions.seen(call, STATES, identifier) or "Deployed",
        "CreatedTime": one["created"],
        "LastModifiedTime": one["modified"],
        "VpcOriginEndpointConfig": one["config"],
    }


def _put(call: Any, identifier: str, config: dict[str, Any]) -> dict[str, Any]:
    common.count(config)
    origins = common.store(call, NAME)
    if any(one["config"]["Name"] == config["Name"] and name != identifier for name, one in origins.items()):
        raise Refusal("EntityAlreadyExists", "The entity already exists. You must provide a unique entity.", 409)
    _check_endpoint(call, config["Arn"])
    default = {"OriginSslProtocols": {"Quantity": 2, "Items": ["SSLv3", "TLSv1"]}, "IpAddressType": "ipv4"}
    now = datetime.now(UTC)
    created = origins.get(identifier, {}).get("created", now)
    origins[identifier] = {
        "config": {**default, **config},
        "etag": common.new_id(),
        "created": created,
        "modified": now,
    }
    call.front.transitions.begin(call, STATES, identifier, transitions.Meanwhile(("Deploying",)))
    shown = _shown(call, identifier, origins[identifier])
    return {"VpcOrigin": shown, "ETag": origins[identifier]["etag"]}


def _check_endpoint(call: Any, arn: str) -> None:
    parts = arn.split(":")
    if len(parts) < 6 or parts[2] != "elasticloadbalancing" or "loadbalancer/" not in parts[5]:
        return
    region = parts[3]
    try:
        answer = call.ask("elbv2", "DescribeLoadBalancers", region=region, LoadBalancerArns=[arn])
    except Refusal as refused:
        message = "The parameter Arn contains an invalid value: the load balancer does not exist."
        raise Refusal("InvalidArgument", message, 400) from refused
    vpc = answer["LoadBalancers"][0]["VpcId"]
    gateways = call.ask(
        "ec2",
        "DescribeInternetGateways",
        region=region,
        Filters=[{"Name": "attachment.vpc-id", "Values": [vpc]}],
    )
    if not gateways["InternetGateways"]:
        message = f"The VPC {vpc} has no internet gateway, which a VPC origin needs."
        raise Refusal("InvalidArgument", message, 400)
    _service_group(call, region, vpc)


def _service_group(call: Any, region: str, vpc: str) -> None:
    """It is CloudFront's: made past the rules that refuse tags of AWS to everybody else."""
    backend = call.backend("ec2", region)
    if not any(group.name == SERVICE_GROUP for group in backend.groups[vpc].values()):
        tags = {"aws.cloudfront.vpcorigin": "enabled"}
        backend.create_security_group(SERVICE_GROUP, "Used by CloudFront VPC origins", vpc_id=vpc, tags=tags)


@aws.adds
def create_vpc_origin(
    call: Any, *, vpc_origin_endpoint_config: dict[str, Any], tags: dict[str, Any] | None = None
) -> dict[str, Any]:
    identifier = common.new_mixed_id("vo_", 22)
    answer = _put(call, identifier, vpc_origin_endpoint_config)
    arn = answer["VpcOrigin"]["Arn"]
    call.backend().tagger.tag_resource(arn, (tags or {}).get("Items") or [])
    location = f"https://cloudfront.amazonaws.com/2020-05-31/vpc-origin/{identifier}"
    return {**answer, "Location": location}


@aws.adds
def update_vpc_origin(
    call: Any, *, vpc_origin_endpoint_config: dict[str, Any], id: str, if_match: str = ""
) -> dict[str, Any]:
    common.match(if_match, found(call, id))
    _refuse_in_use(call, id, "CannotUpdateEntityWhileInUse")
    return _put(call, id, vpc_origin_endpoint_config)


@aws.adds
def get_vpc_origin(call: Any, *, id: str) -> dict[str, Any]:
    one = found(call, id)
    return {"VpcOrigin": _shown(call, id, one), "ETag": one["etag"]}


@aws.adds
def list_vpc_origins(call: Any, *, marker: str = "", max_items: str = "") -> dict[str, Any]:
    items = []
    for identifier, one in common.store(call, NAME).items():
        shown = _shown(call, identifier, one)
        config = shown.pop("VpcOriginEndpointConfig")
        endpoint = {"Name": config["Name"], "OriginEndpointArn": config["Arn"]}
        items.append({**shown, **endpoint, "IpAddressType": config["IpAddressType"]})
    return {"VpcOriginList": common.page(items, marker, max_items)}


@aws.adds
def delete_vpc_origin(call: Any, *, id: str, if_match: str = "") -> dict[str, Any]:
    one = found(call, id)
    common.match(if_match, one)
    _refuse_in_use(call, id, "CannotDeleteEntityWhileInUse")
    shown = _shown(call, id, one)
    del common.store(call, NAME)[id]
    return {"VpcOrigin": shown, "ETag": one["etag"]}


def _refuse_in_use(call: Any, identifier: str, code: str) -> None:
    if common.in_use(call, ("Origins", "Items", "VpcOriginConfig", "VpcOriginId"), identifier):
        raise Refusal(code, _IN_USE, 409)
