# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Collectors of the network: the workload's VPCs and what is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .._describe import ec2
from .membership import values
from .source import Collector, Item, Source


def _vpcs(source: Source) -> Iterable[Item]:
    return [vpc for vpc in ec2.vpcs(source.aws) if source.workload.owns(vpc)]


def _in_vpcs(read: Callable[..., list[Item]]) -> Collector:
    """Things that AWS can list by VPC."""

    def collect(source: Source) -> Iterable[Item]:
        vpcs = values(source.items("ec2.vpcs"), "VpcId")
        return read(source.aws, vpc_id=vpcs) if vpcs else []

    return Collector("network", collect)


def _flow_logs(source: Source) -> Iterable[Item]:
    vpcs = values(source.items("ec2.vpcs"), "VpcId")
    return ec2.flow_logs(source.aws, resource_id=vpcs) if vpcs else []


def _addresses(source: Source) -> Iterable[Item]:
    """Elastic IPs that are named like the workload or serve its NAT gateways."""
    serving = values(source.items("ec2.nat_gateways"), "NatGatewayAddresses", "AllocationId")
    found = ec2.addresses(source.aws)
    return [one for one in found if one.get("AllocationId") in serving or source.workload.owns(one)]


COLLECTORS = {
    "ec2.vpcs": Collector("network", _vpcs),
    "ec2.subnets": _in_vpcs(ec2.subnets),
    "ec2.route_tables": _in_vpcs(ec2.route_tables),
    "ec2.internet_gateways": _in_vpcs(ec2.internet_gateways),
    "ec2.nat_gateways": _in_vpcs(ec2.nat_gateways),
    "ec2.addresses": Collector("network", _addresses),
    "ec2.security_groups": _in_vpcs(ec2.security_groups),
    "ec2.network_acls": _in_vpcs(ec2.network_acls),
    "ec2.vpc_endpoints": _in_vpcs(ec2.vpc_endpoints),
    "ec2.network_interfaces": _in_vpcs(ec2.network_interfaces),
    "ec2.flow_logs": Collector("network", _flow_logs),
}
