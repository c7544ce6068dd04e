# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""NAT gateways, regional ones too, and those that fail."""

from __future__ import annotations

import time
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.ec2 import aws, common

SHOWN_SECONDS = 3600  # how long a failed gateway is described


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
    [subnet] = common.subnets(call, [params["SubnetId"]])
    if private and params.get("AllocationId"):
        raise Refusal("InvalidParameterCombination", "A private NAT gateway takes no AllocationId.", 400)
    if not private and not params.get("AllocationId"):
        raise Refusal("MissingParameter", "The request must contain the parameter AllocationId", 400)
    failure = _failure(call, subnet.vpc_id, params.get("AllocationId"))
    if failure:
        return _failed(call, subnet, failure)
    call.change(AvailabilityMode=None)
    return None


def _failure(call: Any, vpc_id: str, allocation: str | None) -> tuple[str, str] | None:
    """The code and the message of what goes wrong once the gateway has been created.

    FailureCode and FailureMessage of https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html
    """
    wanted = call.front.settings.failure("ec2:CreateNatGateway")
    if wanted:
        return wanted["code"], wanted["message"]
    if allocation is None:
        return None
    backend = call.backend()
    if not any(gateway.vpc and gateway.vpc.id == vpc_id for gateway in backend.internet_gateways.values()):
        return "Gateway.NotAttached", f"Network {vpc_id} has no Internet gateway attached"
    if any(eip.allocation_id == allocation and eip.association_id for eip in backend.addresses):
        return "Resource.AlreadyAssociated", f"Elastic IP address {allocation} is already associated"
    return None


def _failed(call: Any, subnet: Any, failure: tuple[str, str]) -> dict[str, Any]:
    """A gateway that takes neither its address nor a network interface."""
    from moto.ec2.models.nat_gateways import NatGateway

    backend, params = call.backend(), call.params
    allocation = params.get("AllocationId")
    if allocation:
        _address(backend, allocation)
    gateway = NatGateway(backend, subnet.id, None, _tags(params), params.get("ConnectivityType", "public"))
    backend.enis.pop(gateway._eni.id, None)
    gateway.address_set.append({"allocationId": allocation} if allocation else {})
    _fail(gateway, failure)
    backend.nat_gateways[gateway.id] = gateway
    return {"NatGateway": {"NatGatewayId": gateway.id}}


def _address(backend: Any, allocation: str) -> Any:
    for eip in backend.addresses:
        if eip.allocation_id == allocation:
            return eip
    raise Refusal("InvalidAllocationID.NotFound", f"The allocation ID '{allocation}' does not exist", 400)


def _fail(gateway: Any, failure: tuple[str, str]) -> None:
    gateway.state, (gateway.failure_code, gateway.failure_message) = "failed", failure
    gateway.failed_at = time.monotonic()


def _tags(params: dict[str, Any]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for given in params.get("TagSpecifications", []) for tag in given.get("Tags", [])}


@aws.before("DescribeNatGateways")
def nat_exists(call: Any) -> None:
    """What is not there is refused; a failed one is there for about an hour.

    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html
    """
    gateways = call.backend().nat_gateways
    for name, gateway in list(gateways.items()):
        if gateway.state == "failed" and time.monotonic() - gateway.failed_at > SHOWN_SECONDS:
            del gateways[name]
    for name in call.params.get("NatGatewayIds", []):
        if name not in gateways:
            raise Refusal("NatGatewayNotFound", f"NatGateway {name} was not found", 400)


@aws.after("CreateNatGateway")
def nat_created(call: Any, answer: dict[str, Any]) -> None:
    gateway = call.backend().nat_gateways[answer["NatGateway"]["NatGatewayId"]]
    for address in gateway.address_set:
        address.setdefault("isPrimary", True)
        address.setdefault("status", "succeeded" if gateway.state != "failed" else "failed")
    if not hasattr(gateway, "availability_mode"):
        gateway.availability_mode = "zonal"
    answer["NatGateway"] = _shown(call, gateway)
    if gateway.state == "failed":  # which shows only later
        answer["NatGateway"]["State"] = "pending"
        for name in ("FailureCode", "FailureMessage"):
            del answer["NatGateway"][name]


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
    vpc = common.vpc(call, params["VpcId"])
    backend = call.backend()
    subnets = [subnet for subnet in backend.describe_subnets() if subnet.vpc_id == vpc.id]
    if not subnets:
        raise Refusal("InvalidParameterValue", f"{vpc.id} has no subnet.", 400)
    gateway = NatGateway(backend, subnets[0].id, None, _tags(params), "public")
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
    failure = _failure(call, vpc.id, None)
    if failure:
        _fail(gateway, failure)
    backend.nat_gateways[gateway.id] = gateway
    return {"NatGateway": _shown(call, gateway)}


def _zone_address(call: Any, zone: dict[str, Any], allocation: str | None, number: int) -> dict[str, Any]:
    backend = call.backend()
    if allocation is None:
        eip = backend.allocate_address("vpc")
        backend.addresses.remove(eip)  # AWS's own, not the account's
    else:
        eip = _address(backend, allocation)
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


@aws.after(
    "DescribeNatGateways", when=lambda call: any(w["Name"].startswith("tag") for w in call.params.get("Filter", []))
)
def nat_tag_filters(call: Any, answer: dict[str, Any]) -> None:
    """moto ignores them."""
    for wanted in call.params["Filter"]:
        name, values = wanted["Name"], wanted.get("Values", [])
        if name.startswith("tag:"):
            key = name.removeprefix("tag:")
            kept = [
                g
                for g in answer["NatGateways"]
                if any(t["Key"] == key and common.fits(t["Value"], values) for t in g.get("Tags", []))
            ]
        elif name == "tag-key":
            kept = [g for g in answer["NatGateways"] if any(common.fits(t["Key"], values) for t in g.get("Tags", []))]
        else:
            continue
        answer["NatGateways"] = kept
