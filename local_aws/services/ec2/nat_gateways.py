# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""NAT gateways, regional ones too."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.ec2 import aws, common


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
    common.subnets(call, [params["SubnetId"]])
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
    vpc = common.vpc(call, params["VpcId"])
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
