# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""VPC endpoints."""

from __future__ import annotations

from typing import Any

from local_aws import policies
from local_aws.refusal import Refusal
from local_aws.services.ec2 import aws, common

_GATEWAY = ("s3", "dynamodb")
_OPEN = (
    '{"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}'
)


@aws.before("CreateVpcEndpoint")
def endpoint_rule(call: Any) -> None:
    params = call.params
    kind = params.get("VpcEndpointType", "Gateway")
    vpc = common.vpc(call, params["VpcId"])
    _check_service(call, params.get("ServiceName", ""))
    _check_policy(params.get("PolicyDocument"))
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
        return
    if params.get("RouteTableIds"):
        raise Refusal("InvalidParameter", "Route table IDs are only supported for Gateway type VPC Endpoint.", 400)
    _one_subnet_each_zone(common.subnets(call, params.get("SubnetIds", [])), vpc)
    if params.get("PrivateDnsEnabled", True):
        _check_private_dns(call, vpc, params["ServiceName"])
    if not params.get("SecurityGroupIds"):
        call.change(SecurityGroupIds=[call.backend().get_default_security_group(vpc.id).id])
    _check_group_ids(call, call.params["SecurityGroupIds"])


def _check_service(call: Any, name: str) -> None:
    known = call.backend().describe_vpc_endpoint_services([], [], 1000, None, call.region)["serviceNames"]
    if name.startswith(f"com.amazonaws.{call.region}.") and name not in known and name.rpartition(".")[2] not in _MORE:
        raise Refusal("InvalidServiceName", f"The Vpc Endpoint Service '{name}' does not exist", 400)
    if name.startswith("com.amazonaws.") and not name.startswith(f"com.amazonaws.{call.region}."):
        raise Refusal("InvalidServiceName", f"The Vpc Endpoint Service '{name}' does not exist", 400)


# Services with endpoints that moto does not list.
_MORE = frozenset(
    [
        "api",
        "dkr",
        "logs",
        "monitoring",
        "secretsmanager",
        "ssm",
        "ssmmessages",
        "ec2messages",
        "sts",
        "kms",
        "xray",
        "events",
        "sqs",
        "sns",
        "elasticloadbalancing",
        "ecs",
        "ecs-agent",
        "ecs-telemetry",
        "rds",
        "rds-data",
        "backup",
        "execute-api",
        "elasticache",
        "elasticfilesystem",
        "application-autoscaling",
        "codebuild",
        "codedeploy",
        "codepipeline",
        "guardduty-data",
        "securityhub",
        "config",
        "cloudtrail",
        "ec2",
        "lambda",
        "autoscaling",
    ]
)


def _one_subnet_each_zone(subnets: list[Any], vpc: Any) -> None:
    if any(subnet.vpc_id != vpc.id for subnet in subnets):
        raise Refusal("InvalidParameter", f"The subnets must be in {vpc.id}.", 400)
    zones = [subnet.availability_zone for subnet in subnets]
    if len(set(zones)) != len(zones):
        raise Refusal("DuplicateSubnetsInSameZone", "Found another VPC endpoint subnet in the availability zone.", 400)


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
        if same and other.private_dns_enabled and other.state != "deleted" and other.id != but:
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


def _check_policy(document: str | None) -> None:
    if document:
        try:
            policies.statements(document)
        except ValueError as error:
            raise Refusal("InvalidPolicyDocument", f"The policy document is invalid: {error}", 400) from error


@aws.before("ModifyVpcEndpoint")
def modify_endpoint_rule(call: Any) -> None:
    params = call.params
    endpoint = call.backend().vpc_end_points.get(params["VpcEndpointId"])
    if endpoint is None or endpoint.state == "deleted":
        raise Refusal(
            "InvalidVpcEndpointId.NotFound", f"The Vpc Endpoint Id '{params['VpcEndpointId']}' does not exist", 400
        )
    _check_policy(params.get("PolicyDocument"))
    if params.get("ResetPolicy"):
        call.change(
            PolicyDocument=_OPEN,
            ResetPolicy=None,
        )
    vpc = common.vpc(call, endpoint.vpc_id)
    kept = [name for name in endpoint.subnet_ids or [] if name not in params.get("RemoveSubnetIds", [])]
    _one_subnet_each_zone(
        common.subnets(call, [*kept, *[n for n in params.get("AddSubnetIds", []) if n not in kept]]), vpc
    )
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
