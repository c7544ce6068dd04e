# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What region and account have of a network that is to be planned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.errors import Refusal
from ..._engine.names import is_id
from .common import by_name_or_id
from .internet_gateway import INTERNET_GATEWAY
from .vpc import MADE, VPC
from .vpc_endpoint import service_name

Item = Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """zones: names of the region's Availability Zones to their ids. vpc and what is in it: in AWS's shape, empty where
    there is no VPC yet. services: short names of endpoint services to what AWS says of their interfaces; None where
    nothing was asked."""

    zones: Mapping[str, str] = field(default_factory=dict)
    vpc: Item | None = None
    subnets: Sequence[Item] = ()
    route_tables: Sequence[Item] = ()
    internet_gateway: Item | None = None
    acl_names: Collection[str] = ()
    services: Mapping[str, Item] | None = None

    @property
    def further_ranges(self) -> list[str]:
        """The VPC's IPv4 ranges but its first, which it keeps."""
        first = (self.vpc or {}).get("CidrBlock")
        return [block for block in _associated(self.vpc, "CidrBlockAssociationSet", "CidrBlock") if block != first]

    @property
    def ipv6_ranges(self) -> list[str]:
        return _associated(self.vpc, "Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock")

    def is_own(self, acl: str) -> bool:
        """The VPC is still to be made, was made by this collection, or has had its ACL before."""
        return self.vpc is None or MADE in self.vpc["Tags"] or acl in self.acl_names


def _associated(vpc: Item | None, key: str, block: str) -> list[str]:
    given = (vpc or {}).get(key) or []
    return sorted(one[block] for one in given if one[f"{block}State"]["State"] in {"associating", "associated"})


def look_around(aws: Aws, vpc: str, services: Collection[str]) -> Found:
    """vpc: name or id. services: short or full names of endpoint services. Errors: Refusal where the id is none."""
    full = {service: service_name(aws, service) for service in services}

    def zones() -> dict[str, str]:
        return {zone["ZoneName"]: zone["ZoneId"] for zone in ec2.availability_zones(aws)}

    def details() -> dict[str, Item]:
        known = {
            one["ServiceName"]: one
            for one in ec2.vpc_endpoint_services(aws, names=set(full.values()))
            if "Interface" in {kind["ServiceType"] for kind in one.get("ServiceType", [])}
        }
        return {short: known[name] for short, name in full.items() if name in known}

    def there() -> Item | None:
        found = by_name_or_id(VPC, [vpc], "VpcId", lambda **wanted: ec2.vpcs(aws, attributes=False, **wanted))
        if not found and is_id(VPC, vpc):
            raise Refusal(f"vpc {vpc} does not exist in region {aws.region}; check the id and the account")
        return found.get(vpc)

    looks: list[Callable[[], Any]] = [zones, details, there]
    answers = aws.map(lambda look: look(), looks)
    around: dict[str, Any] = {"zones": answers[0], "services": answers[1], "vpc": answers[2]}
    return Found(**around, **_inside(aws, answers[2]))


def _inside(aws: Aws, vpc: Item | None) -> dict[str, Any]:
    if vpc is None:
        return {}
    describes: list[Callable[..., list[Any]]] = [ec2.subnets, ec2.route_tables, ec2.internet_gateways, ec2.network_acls]
    subnets, tables, gateways, acls = aws.map(lambda describe: describe(aws, vpc_id=vpc["VpcId"]), describes)
    return {
        "subnets": subnets,
        "route_tables": tables,
        "internet_gateway": next(iter(gateways), None),
        "acl_names": [acl["Tags"]["Name"] for acl in acls if acl["Tags"].get("Name")],
    }


def unknown_ids(aws: Aws, found: Found, gateway: str, allocations: Sequence[str]) -> list[str]:
    """Ids in the options that name nothing in the region, one sentence each; asked for only where they are of use."""
    reasons = []
    asked = found.internet_gateway is None and is_id(INTERNET_GATEWAY, gateway)
    if asked and not ec2.internet_gateways(aws, ids=[gateway]):
        reasons.append(f"network_internet_gateway is {gateway}, which does not exist in region {aws.region}")
    if allocations:
        there = {one.get("AllocationId") for one in ec2.addresses(aws, ids=allocations)}
        reasons += [
            f"network_nat_allocation_ids names {one}, which does not exist in region {aws.region}"
            for one in allocations
            if one not in there
        ]
    return [f"{reason}; check the id and the account" for reason in reasons]
