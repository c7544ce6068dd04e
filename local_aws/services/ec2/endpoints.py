# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""VPC endpoints."""

from __future__ import annotations

from typing import Any

from local_aws import policies, transitions
from local_aws.refusal import Refusal
from local_aws.services.ec2 import aws, common

_GATEWAY = ("s3", "dynamodb")
# Zones, by their letter, in which a service is not offered: which they are differs by region, that there are some
# does not (https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html).
_NOT_IN = {"email-smtp": "c"}
# What China's regions offer under names of their own.
_CHINESE = frozenset(
    ["autoscaling", "cloudformation", "ec2", "ecr.api", "ecr.dkr", "execute-api", "lambda", "monitoring", "rds"]
)
_OPEN = (
    '{"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}'
)


@aws.before("CreateVpcEndpoint")
def endpoint_rule(call: Any) -> None:
    params = call.params
    kind = params.get("VpcEndpointType", "Gateway")
    vpc = common.vpc(call, params["VpcId"])
    _check_service(call, params.get("ServiceName", ""))
    _check_policy(call, params["ServiceName"], params.get("PolicyDocument"))
    if kind == "Gateway":
        if params["ServiceName"].rpartition(".")[2] not in _GATEWAY:
            raise Refusal(
                "InvalidParameter",
                "Endpoint type (Gateway) does not match available service types ([Interface]).",
                400,
            )
        for name in ("SubnetIds", "SecurityGroupIds"):
            if params.get(name):
                raise Refusal("InvalidParameter", f"{name} is not supported for Gateway endpoints.", 400)
        call.change(VpcEndpointType="Gateway", PrivateDnsEnabled=False)
        # Gateways are available at once, as they have no interfaces to be made.
        call.meanwhile = transitions.Meanwhile(())
        return
    if params.get("RouteTableIds"):
        raise Refusal("InvalidParameter", "Route table IDs are only supported for Gateway type VPC Endpoint.", 400)
    subnets = common.subnets(call, params.get("SubnetIds", []))
    _one_subnet_each_zone(subnets, vpc)
    _check_zones(call, params["ServiceName"], subnets)
    if params.get("PrivateDnsEnabled", True):
        _check_private_name(call, params["ServiceName"])
        _check_private_dns(call, vpc, params["ServiceName"])
    if not params.get("SecurityGroupIds"):
        call.change(SecurityGroupIds=[call.backend().get_default_security_group(vpc.id).id])
    _check_group_ids(call, call.params["SecurityGroupIds"])


def _offered(call: Any) -> list[dict[str, Any]]:
    """Every service of the region, as DescribeVpcEndpointServices shows it."""
    backend = call.backend()
    found: list[dict[str, Any]] = backend._collect_default_endpoint_services(call.account, call.region)
    for service in found:
        name = service["ServiceName"]
        if call.partition == "aws-cn" and name.removeprefix(f"com.amazonaws.{call.region}.") in _CHINESE:
            service["ServiceName"] = f"cn.{name}"
    return found


def _check_service(call: Any, name: str) -> None:
    known = {service["ServiceName"] for service in _offered(call)}
    if name not in known and name.removeprefix("cn.").startswith("com.amazonaws."):
        raise Refusal("InvalidServiceName", f"The Vpc Endpoint Service '{name}' does not exist", 400)


def _zones(call: Any, service: str, zones: list[str]) -> list[str]:
    """Those of the region's zones in which a service is offered."""
    name = service.removeprefix("cn.").removeprefix(f"com.amazonaws.{call.region}.")
    chosen: list[str] | None = call.front.settings.endpoint_zones.get(name)
    if chosen is not None:
        return [zone for zone in zones if zone in chosen]
    return [zone for zone in zones if zone[-1] not in _NOT_IN.get(name, "")]


def _check_zones(call: Any, service: str, subnets: list[Any]) -> None:
    for subnet in subnets:
        if not _zones(call, service, [subnet.availability_zone]):
            raise Refusal(
                "InvalidParameter",
                f"The VPC endpoint service {service} does not support the availability zone of the subnet: "
                f"{subnet.id}.",
                400,
            )


@aws.before("DescribeVpcEndpointServices")
def names_as_there(call: Any) -> None:
    _offered(call)


@aws.after("DescribeVpcEndpointServices")
def offered_zones(call: Any, answer: dict[str, Any]) -> None:
    for service in answer.get("ServiceDetails", []):
        service["AvailabilityZones"] = _zones(call, service["ServiceName"], service["AvailabilityZones"])


def _one_subnet_each_zone(subnets: list[Any], vpc: Any) -> None:
    if any(subnet.vpc_id != vpc.id for subnet in subnets):
        raise Refusal("InvalidParameter", f"The subnets must be in {vpc.id}.", 400)
    zones = [subnet.availability_zone for subnet in subnets]
    if len(set(zones)) != len(zones):
        raise Refusal("DuplicateSubnetsInSameZone", "Found another VPC endpoint subnet in the availability zone.", 400)


def _check_private_name(call: Any, service: str) -> None:
    same = [item for item in _offered(call) if item["ServiceName"] == service]
    if same and not any(item.get("PrivateDnsName") for item in same):
        raise Refusal(
            "InvalidParameter",
            f"Private DNS can't be enabled because the service {service} does not provide a private DNS name.",
            400,
        )


def _check_private_dns(call: Any, vpc: Any, service: str, but: str = "") -> None:
    if not (_attribute(vpc, "enable_dns_support") and _attribute(vpc, "enable_dns_hostnames")):
        raise Refusal(
            "InvalidParameter",
            "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for "
            f"{vpc.id}",
            400,
        )
    for other in call.backend().vpc_end_points.values():
        same = other.vpc_id == vpc.id and other.service_name == service and other.vpc_endpoint_type == "Interface"
        if same and other.private_dns_enabled and other.state not in ("deleted", "failed") and other.id != but:
            raise Refusal(
                "InvalidParameter",
                f"private-dns-enabled cannot be set because there is already a conflicting DNS domain in {vpc.id}",
                400,
            )


def _attribute(vpc: Any, name: str) -> bool:
    return str(getattr(vpc, name)).lower() == "true"


def _check_group_ids(call: Any, ids: list[str]) -> None:
    for group_id in ids:
        if call.backend().get_security_group_from_id(group_id) is None:
            raise common.not_found("InvalidGroup.NotFound", "security group", group_id)


def _check_policy(call: Any, service: str, document: str | None) -> None:
    """VpcEndpointPolicySupported of DescribeVpcEndpointServices says which services take one."""
    if document:
        same = [item for item in _offered(call) if item["ServiceName"] == service]
        if same and not any(item["VpcEndpointPolicySupported"] for item in same):
            raise Refusal("InvalidParameter", f"{service} does not support endpoint policies.", 400)
        try:
            policies.statements(document)
        except ValueError as error:
            raise Refusal("InvalidPolicyDocument", f"The policy document is invalid: {error}", 400) from error


@aws.after("CreateVpcEndpoint", when=lambda call: call.front.settings.failing)
def endpoint_fails(call: Any, answer: dict[str, Any]) -> None:
    """LastError of https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html says why."""
    failure = call.front.settings.failure("ec2:CreateVpcEndpoint")
    if failure:
        endpoint = call.backend().vpc_end_points[answer["VpcEndpoint"]["VpcEndpointId"]]
        endpoint.state = "failed"
        endpoint.last_error = {"Code": failure["code"], "Message": failure["message"]}
        answer["VpcEndpoint"]["State"] = "pending"


@aws.before("ModifyVpcEndpoint")
def modify_endpoint_rule(call: Any) -> None:
    params = call.params
    endpoint = call.backend().vpc_end_points.get(params["VpcEndpointId"])
    if endpoint is None or endpoint.state == "deleted":
        raise Refusal(
            "InvalidVpcEndpointId.NotFound", f"The Vpc Endpoint Id '{params['VpcEndpointId']}' does not exist", 400
        )
    _check_policy(call, endpoint.service_name, params.get("PolicyDocument"))
    if params.get("ResetPolicy"):
        call.change(
            PolicyDocument=_OPEN,
            ResetPolicy=None,
        )
    vpc = common.vpc(call, endpoint.vpc_id)
    kept = [name for name in endpoint.subnet_ids or [] if name not in params.get("RemoveSubnetIds", [])]
    subnets = common.subnets(call, [*kept, *[n for n in params.get("AddSubnetIds", []) if n not in kept]])
    _one_subnet_each_zone(subnets, vpc)
    _check_zones(call, endpoint.service_name, subnets)
    _check_group_ids(call, params.get("AddSecurityGroupIds", []))
    if "PrivateDnsEnabled" in params and endpoint.vpc_endpoint_type == "Interface":
        if params["PrivateDnsEnabled"]:
            _check_private_dns(call, vpc, endpoint.service_name, but=endpoint.id)
        endpoint.private_dns_enabled = params["PrivateDnsEnabled"]


@aws.after("DeleteVpcEndpoints")
def endpoints_deleted(call: Any, answer: dict[str, Any]) -> None:
    """moto shows them as deleted for ever."""
    for name in call.params["VpcEndpointIds"]:
        call.backend().vpc_end_points.pop(name, None)
