# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What cannot work in the plan of a network, one sentence each. Pure."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from ..._engine.names import is_id
from .network_acl import check as check_acl
from .network_acl import compared as compared_acl
from .network_found import Found, Item
from .route_table import INTERNET, ROUTE_TABLE, routes, target
from .security_group import check as check_group
from .security_rules import DIRECTIONS, compared, weight
from .subnet import SUBNET

TIERS = ("public", "private", "database")
ZONES = (2, 3)
SIZES = (16, 28)
# Without a way out, tasks reach their images, logs and secrets through these alone; the images' layers are in S3:
# https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
WITHOUT_WAY = ("ecr.api", "ecr.dkr", "logs", "secretsmanager")
LAYERS = "s3"
EVERYWHERE = "0.0.0.0/0"
# What a load balancer needs of each of its subnets to grow:
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
BALANCED_SIZE, BALANCED_FREE = 27, 8

Network = ipaddress.IPv4Network
Ranges = Mapping[str, Sequence[str]]


def called(thing: Item) -> set[str]:
    """What the options may call a subnet, a route table or an internet gateway."""
    ids = (thing.get(key) for key in ("SubnetId", "RouteTableId", "InternetGatewayId"))
    return {str(name) for name in (thing["Tags"].get("Name"), *ids) if name}


def zones(given: Sequence[str], region: str, known: Collection[str]) -> Iterator[str]:
    fewest, most = ZONES
    if not fewest <= len(set(given)) <= most or len(set(given)) < len(given):
        yield (
            f"network_availability_zones is {', '.join(given) or 'empty'}; name {fewest} or {most} different zones, "
            "so that the loss of one is survived"
        )
    for zone in given:
        if zone not in known:
            yield f"zone {zone} is none of region {region}; choose from {', '.join(sorted(known))}"


def ranges(
    vpc_cidr: str, secondary: Sequence[str], cidrs: Ranges, number: int, existing_ranges: Sequence[str]
) -> Iterator[str]:
    inside = {f"network_{tier}_cidrs[{i}]": text for tier in TIERS for i, text in enumerate(cidrs[tier][:number])}
    further = {f"network_secondary_cidrs[{i}]": text for i, text in enumerate(secondary)}
    networks: dict[str, Network] = {}
    for where, text in {"network_vpc_cidr": vpc_cidr, **further, **inside}.items():
        try:
            networks[where] = ipaddress.IPv4Network(text)
        except ValueError as error:
            yield f"{where} {text} is no IPv4 range ({error}); write it as 10.0.0.0/16"
    largest, smallest = SIZES
    for where, network in networks.items():
        if not largest <= network.prefixlen <= smallest:
            yield f"{where} {network} is a /{network.prefixlen}; AWS takes /{largest} to /{smallest}"
    for tier in TIERS:
        if len(cidrs[tier]) < number:
            yield f"network_{tier}_cidrs has {len(cidrs[tier])} ranges for {number} zones; give one for each zone"
    whole = [networks[where] for where in ("network_vpc_cidr", *further) if where in networks]
    whole += [ipaddress.IPv4Network(text) for text in existing_ranges]
    chosen = {where: network for where, network in networks.items() if where in inside}
    for where, network in chosen.items():
        if "network_vpc_cidr" in networks and not any(network.subnet_of(one) for one in whole):
            others = "".join(f" or {one}" for one in dict.fromkeys(whole[1:]) if one != whole[0])
            yield (
                f"{where} {network} is not inside network_vpc_cidr {whole[0]}{others}; choose it from there, or name a "
                "further range of the VPC in network_secondary_cidrs"
            )
    for (first, one), (second, other) in combinations(chosen.items(), 2):
        if one.overlaps(other):
            yield f"{first} {one} and {second} {other} overlap; choose ranges of their own"


def names(given: Mapping[str, Sequence[str]], number: int) -> Iterator[str]:
    for tier, those in given.items():
        if len(those) < number or len(set(those)) < len(those):
            yield (
                f"network_subnet_names.{tier} is {', '.join(those)}; "
                f"name a subnet of its own for each of {number} zones"
            )


def existing(given: Mapping[str, Sequence[str]], cidrs: Ranges, in_zones: Sequence[str], found: Found) -> Iterator[str]:
    """What the VPC's subnets have to say: those that are meant are as they are, others are not overlapped."""
    mine = {name for those in given.values() for name in those}
    others = [one for one in found.subnets if not called(one) & mine]
    for tier, those in given.items():
        for number, (name, zone, text) in enumerate(zip(those, in_zones, cidrs[tier], strict=False)):
            there = next((one for one in found.subnets if name in called(one)), None)
            where = f"network_{tier}_cidrs[{number}]"
            if there is None and is_id(SUBNET, name):
                yield f"network_subnet_names.{tier} names {name}, which VPC {(found.vpc or {}).get('VpcId')} has not"
            elif there and there.get("CidrBlock") != text:
                yield f"{where} is {text}, and subnet {name} keeps its {there.get('CidrBlock')}; set it to that"
            elif there and there["AvailabilityZone"] != zone:
                yield (
                    f"subnet {name} is in {there['AvailabilityZone']}, where it stays, and not in {zone}; "
                    "give network_availability_zones in the order of the subnets"
                )
            elif there is None:
                yield from _overlapped(where, text, others)


def _overlapped(where: str, text: str, others: Sequence[Item]) -> Iterator[str]:
    try:
        network = ipaddress.IPv4Network(text)
    except ValueError:
        return
    for one in others:
        if one.get("CidrBlock") and network.overlaps(ipaddress.IPv4Network(one["CidrBlock"])):
            name = one["Tags"].get("Name") or "without a name"
            yield (
                f"{where} {network} overlaps subnet {one['SubnetId']} ({name}, {one['CidrBlock']}), which the VPC has; "
                "adopt it by network_subnet_names, or choose another range"
            )


def doubles(given: Mapping[str, Sequence[str]], tables: Sequence[Mapping[str, Any]], found: Found) -> Iterator[str]:
    """Names that several things of the VPC bear, so that nobody knows which is meant."""
    subnets = [name for those in given.values() for name in those]
    for kind, names_of_kind, things, key in (
        ("subnet", subnets, found.subnets, "SubnetId"),
        ("route_table", [table["name"] for table in tables], found.route_tables, "RouteTableId"),
    ):
        for name in dict.fromkeys(names_of_kind):
            ids = sorted(one[key] for one in things if name in called(one))
            if len(ids) > 1:
                yield (
                    f"{len(ids)} things are called {kind} {name}: {', '.join(ids)}; rename or remove all but one, or "
                    f"give the id of the one that is meant in network_{kind}_names"
                )


def unknown_tables(given: Mapping[str, Sequence[str]], found: Found) -> Iterator[str]:
    there = {table["RouteTableId"] for table in found.route_tables}
    for tier, those in given.items():
        for name in dict.fromkeys(those):
            if is_id(ROUTE_TABLE, name) and name not in there:
                yield (
                    f"network_route_table_names.{tier} names {name}, which VPC {(found.vpc or {}).get('VpcId')} has not"
                )


def small(public: Sequence[str], cidrs: Sequence[str], found: Found) -> Iterator[str]:
    """Public subnets that are still to be made, and in which no load balancer could grow."""
    there = {name for one in found.subnets for name in called(one)}
    for number, (name, text) in enumerate(zip(public, cidrs, strict=False)):
        length = text.partition("/")[2]
        if name not in there and length.isdigit() and BALANCED_SIZE < int(length) <= SIZES[1]:
            yield (
                f"network_public_cidrs[{number}] {text} is too small for the load balancer, which needs a "
                f"/{BALANCED_SIZE} with {BALANCED_FREE} free addresses in each of its subnets; give a larger range"
            )


def full(public: Sequence[str], found: Found) -> Iterator[str]:
    """Public subnets that are there, keep their size, and may have a load balancer already."""
    for one in found.subnets:
        free = one.get("AvailableIpAddressCount")
        length = str(one.get("CidrBlock") or "").partition("/")[2]
        short = free is not None and free < BALANCED_FREE
        if called(one) & set(public) and (short or (length.isdigit() and int(length) > BALANCED_SIZE)):
            yield (
                f"public subnet {one['SubnetId']} ({one.get('CidrBlock')}, {free} addresses free) is too small for a "
                f"new load balancer, or for one to grow: AWS asks for a /{BALANCED_SIZE} with {BALANCED_FREE} free"
            )


def lost_routes(given: Mapping[str, Sequence[str]], tables: Sequence[Mapping[str, Any]], found: Found) -> Iterator[str]:
    """Routes of others that a subnet would lose with the table that it uses."""
    mine = {table["name"] for table in tables}
    for tier, those in given.items():
        ids = {one["SubnetId"] for one in found.subnets if called(one) & set(those)}
        for table in found.route_tables:
            using = ids & {link.get("SubnetId") for link in table.get("Associations", [])}
            kept = [route["destination"] for route in routes(table) if not target(route).startswith(INTERNET)]
            if using and kept and not called(table) & mine:
                yield (
                    f"subnet {', '.join(sorted(using))} uses route table {table['RouteTableId']} "
                    f"({table['Tags'].get('Name') or 'without a name'}), whose routes to {', '.join(kept)} it would "
                    f"lose; name that table in network_route_table_names.{tier}"
                )


def other_ways(tables: Sequence[Mapping[str, Any]], found: Found) -> dict[str, str]:
    """Planned route tables to what leads everywhere from them by now, such as a transit gateway of somebody else."""
    there = {name: table for table in found.route_tables for name in called(table)}
    leads = {
        table["name"]: target(route)
        for table in tables
        for route in routes(there.get(table["name"], {}))
        if route["destination"] == EVERYWHERE
    }
    return {name: to for name, to in leads.items() if not to.startswith(INTERNET)}


def replaced_ways(tables: Sequence[Mapping[str, Any]], found: Found) -> Iterator[str]:
    """A way out that is somebody's is not replaced by ours."""
    ours = {table["name"] for table in tables if any(one["destination"] == EVERYWHERE for one in table["routes"])}
    for name, to in other_ways(tables, found).items():
        if name in ours:
            yield (
                f"route table {name} leads everywhere through {to}, which would be replaced; set network_nat_mode to "
                "none, which leaves it, or remove that route"
            )


def ways_out(
    nat_mode: str, app_egress: Sequence[str], interfaces: Collection[str], gateways: Collection[str]
) -> Iterator[str]:
    missing = [service for service in WITHOUT_WAY if service not in interfaces]
    for closed, what in (
        (nat_mode == "none", "network_nat_mode none leaves the private subnets"),
        (not app_egress, "network_app_egress_cidrs [] leaves the tasks"),
    ):
        if closed and missing:
            yield f"{what} no way to {', '.join(missing)}; add them to network_interface_endpoints, or keep a way out"
        if closed and LAYERS not in gateways:
            yield (
                f"{what} no way to S3, where the layers of images are; add s3 to network_gateway_endpoints, or keep a "
                "way out"
            )


def addresses(nat_mode: str, allocations: Sequence[str], gateways: int) -> Iterator[str]:
    if allocations and nat_mode == "regional":
        yield "network_nat_allocation_ids is for zonal gateways: AWS brings a regional one's addresses; leave it empty"
    elif allocations and len(allocations) < gateways:
        yield (
            f"network_nat_allocation_ids has {len(allocations)} addresses for {gateways} gateways; "
            "give one for each, or none"
        )
    if len(set(allocations)) < len(allocations):
        yield "network_nat_allocation_ids names an address twice; each gateway has one of its own"


def endpoints(services: Sequence[str], in_zones: Sequence[str], found: Found, region: str) -> Iterator[str]:
    for service in services:
        if service in ("s3", "dynamodb"):
            yield (
                f"{service} is among network_interface_endpoints; a gateway endpoint costs nothing "
                f"(network_gateway_endpoints), and an interface one besides stands in network_endpoints with a name"
            )
    if found.services is None:
        return
    for service in services:
        detail = found.services.get(service)
        if detail is None:
            yield f"AWS has no interface endpoints for {service} in {region}; take it off network_interface_endpoints"
        elif not served(detail, in_zones):
            yield (
                f"the endpoint service {service} is in none of {', '.join(in_zones)}, but in "
                f"{', '.join(sorted(detail['AvailabilityZones']))}; "
                "take it off network_interface_endpoints, or choose other zones"
            )


def served(detail: Item | None, in_zones: Sequence[str]) -> list[str]:
    """Those of the zones in which a service is offered; all where that is not known."""
    offered = (detail or {}).get("AvailabilityZones")
    return [zone for zone in in_zones if offered is None or zone in offered]


def partly_served(services: Sequence[str], in_zones: Sequence[str], found: Found) -> Iterator[str]:
    for service in services:
        missing = sorted(set(in_zones) - set(served((found.services or {}).get(service), in_zones)))
        if missing:
            yield (
                f"AWS does not offer the endpoint service {service} in {', '.join(missing)}: it gets no interface "
                "there, and calls from there go to the other zones"
            )


def rules(
    groups: Sequence[Mapping[str, Any]], acls: Sequence[Mapping[str, Any]], group_quota: float, acl_quota: float
) -> Iterator[str]:
    """Security groups and network ACLs as their modules take them, held against what AWS takes."""
    for group in groups:
        made = compared(_with_protocols(group))
        yield from (f"security_group {group['name']}: {reason}" for reason in check_group(made))
        if any(one.get("to_port") == 0 for direction in DIRECTIONS for one in made.get(direction) or []):
            yield f"security_group {group['name']}: port 0 carries nothing; ports go from 1 to 65535"
        for direction in DIRECTIONS:
            count = weight(made.get(direction) or [])
            if count > group_quota:
                yield (
                    f"security_group {group['name']}: the rules of {direction} count for {count}, and the account's "
                    f"quota is {group_quota:.0f} (L-0EA8095F of vpc); a prefix list counts for many with "
                    "each port"
                )
    for acl in acls:
        made = compared_acl(_with_protocols(acl))
        yield from (f"network_acl {acl['name']}: {reason}" for reason in check_acl(made))
        for direction in DIRECTIONS:
            count = len(made.get(direction) or [])
            if count > acl_quota:
                yield (
                    f"network_acl {acl['name']}: {count} rules of {direction}, and the account's quota is "
                    f"{acl_quota:.0f} (L-2AEEBF1A of vpc); name larger ranges, or have it raised"
                )


def _with_protocols(given: Mapping[str, Any]) -> dict[str, Any]:
    """With the default of the modules' options."""
    there = {name: given[name] for name in DIRECTIONS if given.get(name) is not None}
    return {**given, **{name: [{"protocol": "tcp", **one} for one in those] for name, those in there.items()}}


def role_name(name: str) -> Iterator[str]:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html"""
    if not re.fullmatch(r"[\w+=,.@-]{1,64}", name, re.ASCII):
        yield f"role {name}: IAM takes up to 64 of letters, digits and _+=,.@-; set network_flow_log_role"


def log_group_name(name: str) -> Iterator[str]:
    """https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html"""
    if not re.fullmatch(r"[.\-_/#A-Za-z0-9]{1,512}", name):
        yield (
            f"log group {name}: CloudWatch Logs takes up to 512 of letters, digits and .-_/#; "
            "set network_flow_log_group"
        )
