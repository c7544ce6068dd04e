# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""EC2 networking: what AWS refuses and moto lets pass, and regional NAT gateways."""

from __future__ import annotations

import ipaddress
from typing import Any

from local_aws import policies, transitions
from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("ec2")


def _not_found(code: str, kind: str, name: str) -> Refusal:
    return Refusal(code, f"The {kind} '{name}' does not exist", 400)


def _subnets(call: Any, ids: list[str]) -> list[Any]:
    known = {subnet.id: subnet for subnet in call.backend("ec2").describe_subnets()}
    for subnet_id in ids:
        if subnet_id not in known:
            raise _not_found("InvalidSubnetID.NotFound", "subnet ID", subnet_id)
    return [known[subnet_id] for subnet_id in ids]


def _vpc(call: Any, name: str) -> Any:
    vpc = call.backend().vpcs.get(name)
    if vpc is None:
        raise _not_found("InvalidVpcID.NotFound", "vpc ID", name)
    return vpc


# NAT gateways


@aws.before("CreateNatGateway")
def nat_rule(call: Any) -> dict[str, Any] | None:
    params = call.params
    private = params.get("ConnectivityType") == "private"
    if params.get("AvailabilityMode") == "regional":
        return _regional(call)
    for name in ("VpcId", "AvailabilityZoneAddresses"):
        if params.get(name):
            raise Refusal("InvalidParameterCombination", f"{name} is for regional NAT gateways only.", 400)
    if not params.get("SubnetId"):
        raise Refusal("MissingParameter", "The request must contain the parameter subnetId", 400)
    _subnets(call, [params["SubnetId"]])
    if private and params.get("AllocationId"):
        raise Refusal("InvalidParameterCombination", "A private NAT gateway takes no AllocationId.", 400)
    if not private and not params.get("AllocationId"):
        raise Refusal("MissingParameter", "The request must contain the parameter AllocationId", 400)
    call.change(AvailabilityMode=None)
    return None


@aws.after("CreateNatGateway")
def nat_created(call: Any, answer: dict[str, Any]) -> None:
    gateway = call.backend().nat_gateways[answer["NatGateway"]["NatGatewayId"]]
    for address in gateway.address_set:
        address.setdefault("isPrimary", True)
        address.setdefault("status", "succeeded")
    if not hasattr(gateway, "availability_mode"):
        gateway.availability_mode = "zonal"
    answer["NatGateway"] = _shown(call, gateway)


def _shown(call: Any, gateway: Any) -> dict[str, Any]:
    found: dict[str, Any] = call.moto("DescribeNatGateways", NatGatewayIds=[gateway.id])["NatGateways"][0]
    return found


def _regional(call: Any) -> dict[str, Any]:
    """One gateway for a VPC, over all its zones; AWS brings the addresses unless the caller does."""
    from moto.ec2.models.nat_gateways import NatGateway

    params = call.params
    if not params.get("VpcId"):
        raise Refusal("MissingParameter", "The request must contain the parameter vpcId", 400)
    for name in ("SubnetId", "AllocationId", "PrivateIpAddress", "SecondaryAllocationIds"):
        if params.get(name):
            raise Refusal("InvalidParameterCombination", f"{name} can't be specified for a regional NAT gateway.", 400)
    if params.get("ConnectivityType") == "private":
        raise Refusal("InvalidParameterCombination", "A regional NAT gateway must be public.", 400)
    vpc = _vpc(call, params["VpcId"])
    backend = call.backend()
    subnets = [subnet for subnet in backend.describe_subnets() if subnet.vpc_id == vpc.id]
    if not subnets:
        raise Refusal("InvalidParameterValue", f"{vpc.id} has no subnet.", 400)
    tags = {tag["Key"]: tag["Value"] for given in params.get("TagSpecifications", []) for tag in given.get("Tags", [])}
    gateway = NatGateway(backend, subnets[0].id, None, tags, "public")
    backend.enis.pop(gateway._eni.id, None)
    gateway.subnet_id = None
    gateway.availability_mode = "regional"
    zones = [{subnet.availability_zone: subnet for subnet in subnets}]
    manual = params.get("AvailabilityZoneAddresses")
    gateway.auto_provision_zones = "disabled" if manual else "enabled"
    gateway.auto_scaling_ips = "disabled" if manual else "enabled"
    for zone in manual or [{"AvailabilityZone": zone} for zone in sorted(zones[0])]:
        for allocation in zone.get("AllocationIds") or [None]:
            gateway.address_set.append(_zone_address(call, zone, allocation, len(gateway.address_set)))
    backend.nat_gateways[gateway.id] = gateway
    return {"NatGateway": _shown(call, gateway)}


def _zone_address(call: Any, zone: dict[str, Any], allocation: str | None, number: int) -> dict[str, Any]:
    backend = call.backend()
    if allocation is None:
        eip = backend.allocate_address("vpc")
        backend.addresses.remove(eip)  # AWS's own, not the account's
    else:
        eip = backend.address_by_allocation([allocation])[0]
    return {
        "allocationId": eip.allocation_id,
        "publicIp": eip.public_ip,
        "availabilityZone": zone.get("AvailabilityZone"),
        "isPrimary": number == 0,
        "status": "succeeded",
    }


@aws.before("DeleteNatGateway")
def nat_must_exist(call: Any) -> None:
    if call.params["NatGatewayId"] not in call.backend().nat_gateways:
        raise Refusal("NatGatewayNotFound", f"The Nat Gateway {call.params['NatGatewayId']} was not found", 400)


@aws.after("DeleteNatGateway")
def nat_deleted(call: Any, answer: dict[str, Any]) -> None:
    """It lets go of its address and its network interface."""
    backend = call.backend()
    gateway = backend.nat_gateways[answer["NatGatewayId"]]
    backend.enis.pop(gateway._eni.id, None)
    for eip in backend.addresses:
        if eip.eni is gateway._eni:
            eip.eni, eip.association_id = None, None


@aws.before("DescribeNatGateways")
def nat_filters(call: Any) -> None:
    known = {"nat-gateway-id", "state", "subnet-id", "vpc-id", "tag-key"}
    for wanted in call.params.get("Filter", []):
        if wanted["Name"] not in known and not wanted["Name"].startswith("tag:"):
            raise Refusal("InvalidParameterValue", f"The filter '{wanted['Name']}' is invalid", 400)


@aws.after("DescribeNatGateways", when=lambda call: any(w["Name"].startswith("tag") for w in call.params.get("Filter", [])))
def nat_tag_filters(call: Any, answer: dict[str, Any]) -> None:
    """moto ignores them."""
    for wanted in call.params["Filter"]:
        name, values = wanted["Name"], wanted.get("Values", [])
        if name.startswith("tag:"):
            key = name.removeprefix("tag:")
            kept = [g for g in answer["NatGateways"] if any(t["Key"] == key and _fits(t["Value"], values) for t in g.get("Tags", []))]
        elif name == "tag-key":
            kept = [g for g in answer["NatGateways"] if any(_fits(t["Key"], values) for t in g.get("Tags", []))]
        else:
            continue
        answer["NatGateways"] = kept


def _fits(text: str, patterns: list[str]) -> bool:
    import fnmatch

    return any(fnmatch.fnmatchcase(text, pattern) for pattern in patterns)


# Addresses, subnets, VPCs


@aws.before("ReleaseAddress")
def release_rule(call: Any) -> None:
    allocation = call.params.get("AllocationId")
    for eip in call.backend().addresses:
        if eip.allocation_id == allocation and allocation and eip.association_id:
            raise Refusal("InvalidIPAddress.InUse", f"Address {eip.public_ip} is in use.", 400)


@aws.before("CreateSubnet")
def subnet_rule(call: Any) -> None:
    block = call.params.get("CidrBlock")
    if not block:
        return
    try:
        network = ipaddress.IPv4Network(block)
    except ValueError as error:
        raise Refusal("InvalidParameterValue", f"Value ({block}) for parameter cidrBlock is invalid. {error}", 400) from error
    if not 16 <= network.prefixlen <= 28:
        raise Refusal("InvalidSubnet.Range", f"The CIDR '{block}' is invalid.", 400)


@aws.before("CreateVpc")
def vpc_rule(call: Any) -> None:
    block = call.params.get("CidrBlock")
    if not block:
        return
    try:
        network = ipaddress.IPv4Network(block)
    except ValueError as error:
        raise Refusal("InvalidParameterValue", f"Value ({block}) for parameter cidrBlock is invalid. {error}", 400) from error
    if not 16 <= network.prefixlen <= 28:
        raise Refusal("InvalidVpc.Range", f"The CIDR '{block}' is invalid.", 400)


@aws.before("DeleteSubnet")
def subnet_in_use(call: Any) -> None:
    name = call.params["SubnetId"]
    backend = call.backend()
    gateways = [g for g in backend.nat_gateways.values() if g.subnet_id == name and g.state != "deleted"]
    endpoints = [e for e in backend.vpc_end_points.values() if name in (e.subnet_ids or []) and e.state != "deleted"]
    groups = [g for g in call.backend("rds").subnet_groups.values() if any(s.id == name for s in g._subnets)] if _used("rds") else []
    users = [db for db in call.backend("rds").databases.values()] if groups else []
    if gateways or endpoints or users or any(eni.subnet.id == name for eni in backend.enis.values()):
        raise Refusal("DependencyViolation", f"The subnet '{name}' has dependencies and cannot be deleted.", 400)


def _used(service: str) -> bool:
    """Whether moto's service has been imported at all: one that has not holds nothing."""
    import sys

    return f"moto.{service}.models" in sys.modules


# Security groups


@aws.before("DeleteSecurityGroup")
def group_in_use(call: Any) -> None:
    name = call.params.get("GroupId")
    if name and _group_users(call, name):
        raise Refusal("DependencyViolation", f"resource {name} has a dependent object", 400)


def _group_users(call: Any, name: str) -> bool:
    backend = call.backend()
    if any(name in (group.id for group in eni.group_set) for eni in backend.enis.values()):
        return True
    if any(name in e.security_group_ids and e.state != "deleted" for e in backend.vpc_end_points.values()):
        return True
    if _used("rds"):
        clusters = call.backend("rds").clusters.values()
        if any(name in (cluster.vpc_security_group_ids or []) for cluster in clusters):
            return True
    if _used("elbv2"):
        balancers = call.backend("elbv2").load_balancers.values()
        if any(name in (balancer.security_groups or []) for balancer in balancers):
            return True
    for groups in backend.groups.values():
        for group in groups.values():
            if group.id == name:
                continue
            for rule in [*group.ingress_rules, *group.egress_rules]:
                if any((source.get("GroupId") if isinstance(source, dict) else source) == name for source in rule.source_groups):
                    return True
    return False


# Endpoints

_GATEWAY = ("s3", "dynamodb")


@aws.before("CreateVpcEndpoint")
def endpoint_rule(call: Any) -> None:
    params = call.params
    kind = params.get("VpcEndpointType", "Gateway")
    vpc = _vpc(call, params["VpcId"])
    _check_service(call, params.get("ServiceName", ""))
    _check_policy(params.get("PolicyDocument"))
    if kind == "Gateway":
        if params["ServiceName"].rpartition(".")[2] not in _GATEWAY:
            raise Refusal("InvalidParameter", f"Endpoint type (Gateway) does not match available service types ([Interface]) of {params['ServiceName']}.", 400)
        for name in ("SubnetIds", "SecurityGroupIds"):
            if params.get(name):
                raise Refusal("InvalidParameter", f"{name} is not supported for Gateway endpoints.", 400)
        call.change(VpcEndpointType="Gateway", PrivateDnsEnabled=False)
        return
    if params.get("RouteTableIds"):
        raise Refusal("InvalidParameter", "Route table IDs are only supported for Gateway type VPC Endpoint.", 400)
    _one_subnet_each_zone(_subnets(call, params.get("SubnetIds", [])), vpc)
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
    "api dkr logs monitoring secretsmanager ssm ssmmessages ec2messages sts kms xray events sqs sns elasticloadbalancing "
    "ecs ecs-agent ecs-telemetry rds rds-data backup execute-api elasticache elasticfilesystem application-autoscaling "
    "codebuild codedeploy codepipeline guardduty-data securityhub config cloudtrail ec2 lambda autoscaling".split()
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
            raise Refusal("InvalidParameter", f"private-dns-enabled cannot be set because there is already a conflicting DNS domain in {vpc.id}", 400)


def _attribute(vpc: Any, name: str) -> bool:
    return str(getattr(vpc, name)).lower() == "true"


def _check_group_ids(call: Any, ids: list[str]) -> None:
    for group_id in ids:
        if call.backend().get_security_group_from_id(group_id) is None:
            raise _not_found("InvalidGroup.NotFound", "security group", group_id)


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
        raise Refusal("InvalidVpcEndpointId.NotFound", f"The Vpc Endpoint Id '{params['VpcEndpointId']}' does not exist", 400)
    _check_policy(params.get("PolicyDocument"))
    if params.get("ResetPolicy"):
        call.change(PolicyDocument='{"Version": "2008-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}', ResetPolicy=None)
    vpc = _vpc(call, endpoint.vpc_id)
    kept = [name for name in endpoint.subnet_ids or [] if name not in params.get("RemoveSubnetIds", [])]
    _one_subnet_each_zone(_subnets(call, [*kept, *[n for n in params.get("AddSubnetIds", []) if n not in kept]]), vpc)
    _check_group_ids(call, params.get("AddSecurityGroupIds", []))
    if "PrivateDnsEnabled" in params and endpoint.vpc_endpoint_type == "Interface":
        if params["PrivateDnsEnabled"]:
            _check_private_dns(call, vpc, endpoint.service_name, but=endpoint.id)
        endpoint.private_dns_enabled = params["PrivateDnsEnabled"]


# Flow logs


@aws.before("CreateFlowLogs")
def flow_log_rule(call: Any) -> None:
    params = call.params
    if params.get("MaxAggregationInterval", 600) not in (60, 600):
        raise Refusal("InvalidParameter", "MaxAggregationInterval must be 60 or 600.", 400)
    kind = params.get("LogDestinationType", "cloud-watch-logs")
    if kind != "cloud-watch-logs" and params.get("DeliverLogsPermissionArn"):
        raise Refusal("InvalidParameter", f"DeliverLogsPermissionArn isn't applicable for {kind} delivery", 400)
    role = params.get("DeliverLogsPermissionArn")
    if kind == "cloud-watch-logs" and role:
        name = role.rpartition("/")[2]
        if not any(known.name == name for known in call.backend("iam", region="aws").roles.values()):
            raise Refusal("InvalidParameter", f"LogDestination: the role {role} does not exist or cannot be assumed.", 400)


def _states() -> None:
    transitions.add(
        transitions.Kind(
            service="ec2", describe="DescribeNatGateways", items="NatGateways", id="NatGatewayId", status="State",
            asks="NatGatewayIds", one="NatGateway", starts={"CreateNatGateway": "pending", "DeleteNatGateway": "deleting"},
        ),
        transitions.Kind(
            service="ec2", describe="DescribeVpcEndpoints", items="VpcEndpoints", id="VpcEndpointId", status="State",
            asks="VpcEndpointIds", one="VpcEndpoint", starts={"CreateVpcEndpoint": "pending"},
        ),
    )  # fmt: skip


_states()
