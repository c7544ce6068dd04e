# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""VPCs, subnets, addresses and security groups."""

from __future__ import annotations

import ipaddress
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.ec2 import aws, common


@aws.before("ReleaseAddress")
def release_rule(call: Any) -> None:
    allocation = call.params.get("AllocationId")
    for eip in call.backend().addresses:
        if eip.allocation_id == allocation and allocation and eip.association_id:
            raise Refusal("InvalidIPAddress.InUse", f"Address {eip.public_ip} is in use.", 400)


@aws.before("AllocateAddress")
def quota_rule(call: Any) -> None:
    """https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html: five, by default"""
    if len(call.backend().addresses) >= call.front.settings.address_quota:
        raise Refusal("AddressLimitExceeded", "The maximum number of addresses has been reached.", 400)


@aws.before(
    "CreateNetworkAclEntry", "CreateRoute", "CreateSubnet", "CreateVpc", "DeleteRoute", "ReplaceNetworkAclEntry",
    "ReplaceRoute",
)  # fmt: skip
def canonical_rule(call: Any) -> None:
    """AWS changes a block to its canonical form, without host bits."""
    for name in ("CidrBlock", "DestinationCidrBlock", "DestinationIpv6CidrBlock", "Ipv6CidrBlock"):
        block = call.params.get(name)
        if block and common.canonical(block) != block:
            call.change(**{name: common.canonical(block)})


@aws.before("CreateSubnet")
def subnet_rule(call: Any) -> None:
    block = call.params.get("CidrBlock")
    if not block:
        return
    try:
        network = ipaddress.IPv4Network(block)
    except ValueError as error:
        raise Refusal(
            "InvalidParameterValue", f"Value ({block}) for parameter cidrBlock is invalid. {error}", 400
        ) from error
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
        raise Refusal(
            "InvalidParameterValue", f"Value ({block}) for parameter cidrBlock is invalid. {error}", 400
        ) from error
    if not 16 <= network.prefixlen <= 28:
        raise Refusal("InvalidVpc.Range", f"The CIDR '{block}' is invalid.", 400)


@aws.before("DeleteSubnet")
def subnet_in_use(call: Any) -> None:
    name = call.params["SubnetId"]
    backend = call.backend()
    gateways = [
        g for g in backend.nat_gateways.values() if g.subnet_id == name and g.state not in ("deleted", "failed")
    ]
    endpoints = [e for e in backend.vpc_end_points.values() if name in (e.subnet_ids or []) and e.state != "deleted"]
    groups = (
        [g for g in call.backend("rds").subnet_groups.values() if any(s.id == name for s in g._subnets)]
        if common.used("rds")
        else []
    )
    users = list(call.backend("rds").databases.values()) if groups else []
    if gateways or endpoints or users or any(eni.subnet.id == name for eni in backend.enis.values()):
        raise Refusal("DependencyViolation", f"The subnet '{name}' has dependencies and cannot be deleted.", 400)


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
    if common.used("rds"):
        clusters = call.backend("rds").clusters.values()
        if any(name in (cluster.vpc_security_group_ids or []) for cluster in clusters):
            return True
    if common.used("elbv2"):
        balancers = call.backend("elbv2").load_balancers.values()
        if any(name in (balancer.security_groups or []) for balancer in balancers):
            return True
    for groups in backend.groups.values():
        for group in groups.values():
            if group.id == name:
                continue
            rules = [*group.ingress_rules, *group.egress_rules]
            if any((rule.source_group or {}).get("GroupId") == name for rule in rules):
                return True
    return False
