# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Load balancers: names, zones, attributes, and the minutes until one is active."""

from __future__ import annotations

from typing import Any

from local_aws import transitions
from local_aws.refusal import Refusal
from local_aws.services.elbv2 import aws
from local_aws.services.elbv2.common import check_name, invalid

# As AWS gives them back for an application load balancer:
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
ATTRIBUTES = {
    "access_logs.s3.enabled": "false",
    "access_logs.s3.bucket": "",
    "access_logs.s3.prefix": "",
    "client_keep_alive.seconds": "3600",
    "connection_logs.s3.enabled": "false",
    "connection_logs.s3.bucket": "",
    "connection_logs.s3.prefix": "",
    "deletion_protection.enabled": "false",
    "health_check_logs.s3.enabled": "false",
    "health_check_logs.s3.bucket": "",
    "health_check_logs.s3.prefix": "",
    "idle_timeout.timeout_seconds": "60",
    "ipv6.deny_all_igw_traffic": "false",
    "load_balancing.cross_zone.enabled": "true",
    "routing.http.desync_mitigation_mode": "defensive",
    "routing.http.drop_invalid_header_fields.enabled": "false",
    "routing.http.preserve_host_header.enabled": "false",
    "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
    "routing.http.xff_client_port.enabled": "false",
    "routing.http.xff_header_processing.mode": "append",
    "routing.http2.enabled": "true",
    "waf.fail_open.enabled": "false",
    "zonal_shift.config.enabled": "false",
}
_CHOICES = {
    "routing.http.desync_mitigation_mode": ("monitor", "defensive", "strictest"),
    "routing.http.xff_header_processing.mode": ("append", "preserve", "remove"),
}
_RANGES = {"idle_timeout.timeout_seconds": (1, 4000), "client_keep_alive.seconds": (60, 604800)}
# https://docs.aws.amazon.com/general/latest/gr/elb.html
_ZONES = {
    "us-east-1": "Z35SXDOTRQ7X7K",
    "us-east-2": "Z3AADJGX6KTTL2",
    "us-west-1": "Z368ELLRRE2KJ0",
    "us-west-2": "Z1H1FL5HABSF5",
    "eu-central-1": "Z215JYRZR1TBD5",
    "eu-west-1": "Z32O12XQLNTSW2",
    "eu-west-2": "ZHURV8PSTC4K8",
}

transitions.add(
    transitions.Kind(
        service="elbv2", describe="DescribeLoadBalancers", items="LoadBalancers", id="LoadBalancerName",
        status="State.Code", asks="Names", names="Name", starts={"CreateLoadBalancer": "provisioning"},
    ),
)  # fmt: skip


@aws.before("CreateLoadBalancer")
def new_load_balancer(call: Any) -> dict[str, Any] | None:
    """Repeated with the same settings it answers with the one that is there."""
    params = call.params
    name, kind = params["Name"], params.get("Type", "application")
    check_name("load balancer", name)
    if name.startswith("internal-"):
        raise invalid(f"The load balancer name '{name}' cannot begin with 'internal-'")
    scheme = params.get("Scheme", "internet-facing")
    call.change(Scheme=scheme)
    subnets = [*params.get("Subnets", []), *(one["SubnetId"] for one in params.get("SubnetMappings", []))]
    there = next((one for one in call.backend().load_balancers.values() if one.name == name), None)
    if there is not None:
        if {one.id for one in there.subnets} == set(subnets) and (there.scheme, there.type) == (scheme, kind):
            return {"LoadBalancers": call.moto("DescribeLoadBalancers", LoadBalancerArns=[there.arn])["LoadBalancers"]}
        raise Refusal("DuplicateLoadBalancerName", "A load balancer with the specified name already exists.", 400)
    vpc = _check_subnets(call, subnets, kind)
    if scheme == "internet-facing":
        _check_gateway(call, vpc)
    for group in params.get("SecurityGroups", []):
        _check_group(call, group, vpc)
    return None


def _check_subnets(call: Any, subnets: list[str], kind: str) -> str:
    """Their VPC, which is one; each in a zone of its own, and at least two for an application load balancer."""
    try:
        found = call.ask("ec2", "DescribeSubnets", SubnetIds=subnets)["Subnets"] if subnets else []
    except Refusal as refused:
        raise Refusal("SubnetNotFound", f"The subnet ID '{subnets[0]}' does not exist", 400) from refused
    zones = [one["AvailabilityZone"] for one in found]
    if len(set(zones)) != len(zones):
        message = "A load balancer cannot be attached to multiple subnets in the same Availability Zone"
        raise Refusal("InvalidConfigurationRequest", message, 400)
    if kind == "application" and len(zones) < 2:
        raise invalid("At least two subnets in two different Availability Zones must be specified")
    vpcs = {one["VpcId"] for one in found}
    if len(vpcs) > 1:
        raise Refusal("InvalidConfigurationRequest", "All subnets must belong to the same VPC", 400)
    return str(next(iter(vpcs), ""))


def _check_gateway(call: Any, vpc: str) -> None:
    attached = [{"Name": "attachment.vpc-id", "Values": [vpc]}]
    if vpc and not call.ask("ec2", "DescribeInternetGateways", Filters=attached)["InternetGateways"]:
        raise Refusal("InvalidSubnet", f"VPC {vpc} has no internet gateway", 400)


def _check_group(call: Any, group: str, vpc: str) -> None:
    try:
        (found,) = call.ask("ec2", "DescribeSecurityGroups", GroupIds=[group])["SecurityGroups"]
    except Refusal as refused:
        raise Refusal("InvalidSecurityGroup", f"Security group '{group}' does not exist", 400) from refused
    if vpc and found["VpcId"] != vpc:
        message = f"One or more security groups are invalid: '{group}' is not in the VPC '{vpc}'"
        raise Refusal("InvalidConfigurationRequest", message, 400)


@aws.after("CreateLoadBalancer")
def made_load_balancer(call: Any, answer: dict[str, Any]) -> None:
    for shown in answer["LoadBalancers"]:
        balancer = call.backend().load_balancers[shown["LoadBalancerArn"]]
        if balancer.scheme == "internal" and not balancer.dns_name.startswith("internal-"):
            balancer.dns_name = f"internal-{balancer.dns_name}"
        balancer.canonical_hosted_zone_id = _ZONES.get(call.region, balancer.canonical_hosted_zone_id)
        shown["DNSName"], shown["CanonicalHostedZoneId"] = balancer.dns_name, balancer.canonical_hosted_zone_id
        if balancer.type == "application" and len(balancer.attrs) < len(ATTRIBUTES):
            balancer.attrs = dict(ATTRIBUTES)


@aws.before("ModifyLoadBalancerAttributes")
def attribute_rule(call: Any) -> None:
    balancer = call.backend().load_balancers.get(call.params["LoadBalancerArn"])
    if balancer is None or balancer.type != "application":
        return
    for one in call.params["Attributes"]:
        key, text = one["Key"], one.get("Value", "")
        if key not in ATTRIBUTES:
            raise invalid(f"Load balancer attribute key '{key}' is not recognized")
        if key.endswith(".enabled") and text not in ("true", "false"):
            raise invalid(f"Load balancer attribute '{key}' must be one of [true, false]")
        if key in _CHOICES and text not in _CHOICES[key]:
            raise invalid(f"Load balancer attribute '{key}' must be one of [{', '.join(_CHOICES[key])}]")
        if key in _RANGES and not (text.isdecimal() and _RANGES[key][0] <= int(text) <= _RANGES[key][1]):
            raise invalid(f"'{key}' value '{text}' must be between '{_RANGES[key][0]}-{_RANGES[key][1]}' inclusive")


@aws.before("SetSubnets")
def subnet_rule(call: Any) -> None:
    balancer = call.backend().load_balancers.get(call.params["LoadBalancerArn"])
    subnets = [*call.params.get("Subnets", []), *(one["SubnetId"] for one in call.params.get("SubnetMappings", []))]
    if balancer is not None and _check_subnets(call, subnets, balancer.type) != balancer.vpc_id:
        message = f"The subnets must belong to the VPC '{balancer.vpc_id}' of the load balancer"
        raise Refusal("InvalidConfigurationRequest", message, 400)


@aws.before("SetSecurityGroups")
def group_rule(call: Any) -> None:
    balancer = call.backend().load_balancers.get(call.params["LoadBalancerArn"])
    for group in call.params["SecurityGroups"] if balancer is not None else ():
        _check_group(call, group, balancer.vpc_id)


@aws.before("DeleteLoadBalancer")
def protected(call: Any) -> None:
    balancer = call.backend().load_balancers.get(call.params["LoadBalancerArn"])
    if balancer is not None and balancer.attrs.get("deletion_protection.enabled") == "true":
        message = f"Load balancer '{balancer.arn}' cannot be deleted because deletion protection is enabled"
        raise Refusal("OperationNotPermitted", message, 400)
