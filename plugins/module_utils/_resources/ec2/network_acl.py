# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Network ACLs: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State
from ..._engine.tags import specifications
from .common import by_name, client_token, contains, not_visible, tag
from .security_rules import canonical, is_cidr, wrong_ports
from .subnet import SUBNET
from .vpc import VPC

Rule = Mapping[str, Any]
# AWS answers with IANA's numbers.
PROTOCOLS = {"all": "-1", "icmp": "1", "tcp": "6", "udp": "17", "icmpv6": "58"}
_NAMES = {number: name for name, number in PROTOCOLS.items()}
LAST = 32766
# Any type, or any code, of ICMP.
ANY = -1
_DIRECTIONS = {"ingress": False, "egress": True}


def rule(given: Rule) -> dict[str, Any]:
    """A rule of the options in the form in which rules are compared; the form that entry() gives too."""
    protocol = given["protocol"].lower()
    made = {**given, "protocol": _NAMES.get(protocol, protocol), "cidr": canonical(given["cidr"] or "")}
    if made["protocol"] not in ("icmp", "icmpv6"):
        made["icmp_type"] = made["icmp_code"] = None
    elif made.get("icmp_type") is not None and made.get("icmp_code") is None:
        made["icmp_code"] = ANY
    if made["protocol"] not in ("tcp", "udp"):
        made["from_port"] = made["to_port"] = None
    elif made.get("to_port") is None:
        made["to_port"] = made.get("from_port")
    return {key: value for key, value in made.items() if value is not None}


def rules(entries: Sequence[Mapping[str, Any]], egress: bool) -> list[dict[str, Any]]:
    """AWS's entries of one direction, without the last one, which denies everything and cannot be changed."""
    chosen = [one for one in entries if bool(one["Egress"]) == egress and int(one["RuleNumber"]) <= LAST]
    return sorted(map(_rule, chosen), key=lambda one: one["number"])


def _rule(entry: Mapping[str, Any]) -> dict[str, Any]:
    ports, icmp = entry.get("PortRange") or {}, entry.get("IcmpTypeCode") or {}
    protocol = _NAMES.get(str(entry["Protocol"]), str(entry["Protocol"]))
    return rule(
        {
            "number": int(entry["RuleNumber"]),
            "protocol": protocol,
            "action": entry["RuleAction"],
            "cidr": entry.get("CidrBlock") or entry.get("Ipv6CidrBlock"),
            "from_port": ports.get("From"),
            "to_port": ports.get("To"),
            "icmp_type": icmp.get("Type") if protocol.startswith("icmp") else None,
            "icmp_code": icmp.get("Code") if protocol.startswith("icmp") else None,
        }
    )


def entry(one: Rule, egress: bool) -> dict[str, Any]:
    """A rule as the parameters of CreateNetworkAclEntry."""
    made: dict[str, Any] = {
        "RuleNumber": one["number"],
        "Protocol": PROTOCOLS.get(one["protocol"], one["protocol"]),
        "RuleAction": one["action"],
        "Egress": egress,
        "Ipv6CidrBlock" if ":" in one["cidr"] else "CidrBlock": one["cidr"],
    }
    if "from_port" in one:
        made["PortRange"] = {"From": one["from_port"], "To": one["to_port"]}
    if "icmp_type" in one:
        made["IcmpTypeCode"] = {"Type": one["icmp_type"], "Code": one.get("icmp_code", ANY)}
    return made


def same_rules(found: Sequence[Rule] | None, desired: Sequence[Rule] | None) -> bool:
    return _by_number(found) == _by_number(desired)


def _by_number(given: Sequence[Rule] | None) -> dict[int, Rule]:
    return {one["number"]: one for one in given or []}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    found = by_name("network_acl", ec2.network_acls(aws, names=[item["name"] for item in items]), "NetworkAclId")
    return {
        name: {
            "name": name,
            "id": acl["NetworkAclId"],
            "vpc": acl["VpcId"],
            "ingress": rules(acl.get("Entries", []), egress=False),
            "egress": rules(acl.get("Entries", []), egress=True),
            "subnets": sorted(one["SubnetId"] for one in acl.get("Associations", []) if one.get("SubnetId")),
            "tags": acl["Tags"],
        }
        for name, acl in found.items()
    }


def create(aws: Aws, desired: State) -> None:
    aws.call_once(
        "ec2",
        "create_network_acl",
        VpcId=desired["vpc"],
        TagSpecifications=specifications("network-acl", desired["tags"]),
        ClientToken=client_token(aws, "network_acl", desired["name"], desired["vpc"]),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """Rules before subnets: an ACL without rules denies everything."""
    for direction in sorted(fields & set(_DIRECTIONS)):
        _rules(aws, found, direction, desired[direction])
    if "subnets" in fields:
        _associate(aws, found, sorted(set(desired["subnets"]) - set(found["subnets"])))


def _rules(aws: Aws, found: State, direction: str, desired: Sequence[Rule]) -> None:
    acl, egress = {"NetworkAclId": found["id"]}, _DIRECTIONS[direction]
    there, wanted = _by_number(found[direction]), _by_number(desired)
    for number, one in wanted.items():
        if there.get(number) != one:
            send, verb = (aws.call, "replace") if number in there else (aws.call_once, "create")
            send("ec2", f"{verb}_network_acl_entry", **acl, **entry(one, egress))
    for number in sorted(set(there) - set(wanted)):
        aws.call_once("ec2", "delete_network_acl_entry", **acl, RuleNumber=number, Egress=egress)


def _associate(aws: Aws, found: State, subnets: Sequence[str]) -> None:
    """Every subnet has an ACL at any time, so it is replaced."""
    for acl in ec2.network_acls(aws, subnet_ids=subnets):
        for one in acl.get("Associations", []):
            if one.get("SubnetId") in subnets:
                association = one["NetworkAclAssociationId"]
                aws.call_once(
                    "ec2",
                    "replace_network_acl_association",
                    AssociationId=association,
                    NetworkAclId=found["id"],
                )


def expanded(given: Sequence[Rule]) -> list[dict[str, Any]]:
    """Rules with lists (cidrs, ports) as one rule for each range and port, numbered on from the rule's own number."""
    made = []
    for one in given:
        single = {key: value for key, value in one.items() if key not in ("cidrs", "ports")}
        ranges = [one.get("cidr")] if one.get("cidrs") is None else one["cidrs"]
        ports = [None] if one.get("ports") is None else one["ports"]
        for step, (cidr, port) in enumerate(product(ranges, ports)):
            port_option = {} if port is None else {"from_port": port}
            made.append({**single, **port_option, "number": one["number"] + step, "cidr": cidr})
    return made


def compared(acl: Mapping[str, Any]) -> dict[str, Any]:
    """An ACL of the options with its rules in the form in which they are compared."""
    given = {name: acl[name] for name in _DIRECTIONS if acl.get(name) is not None}
    return {**acl, **{name: [*map(rule, expanded(there))] for name, there in given.items()}}


def check(desired: State) -> list[str]:
    reasons = []
    for direction in _DIRECTIONS:
        given = desired.get(direction) or []
        numbers = [one["number"] for one in given]
        doubles = sorted({number for number in numbers if numbers.count(number) > 1})
        if doubles:
            reasons.append(f"{direction} has two rules with the number {', '.join(map(str, doubles))}")
        reasons += [f"{direction} rule {one['number']}: {reason}" for one in given for reason in _wrong(one)]
    return reasons


def _wrong(one: Rule) -> Iterator[str]:
    protocol = one["protocol"]
    if not 1 <= one["number"] <= LAST:
        yield f"numbers go from 1 to {LAST}"
    if protocol not in PROTOCOLS and not (protocol.isdigit() and int(protocol) <= 255):
        yield f"{protocol} is no protocol; name {', '.join(PROTOCOLS)} or a number from 0 to 255"
    if not is_cidr(one["cidr"]):
        yield f"{one['cidr']!r} is no CIDR; write it as 10.0.0.0/16"
    if protocol in ("tcp", "udp"):
        if "from_port" not in one:
            yield f"{protocol} needs from_port"
        else:
            yield from wrong_ports(one)
    if protocol.startswith("icmp") and "icmp_type" not in one:
        yield f"{protocol} needs icmp_type (-1 is any)"


NETWORK_ACL = Kind(
    name="network_acl",
    role="network",
    read=read,
    create=create,
    update=update,
    tag=tag,
    name_tag=True,
    resolved="acl-",
    references={"vpc": Reference(VPC), "subnets": Reference(SUBNET)},
    unchangeable={"vpc": "a network ACL keeps its VPC; give another name to make another one"},
    equal={"ingress": same_rules, "egress": same_rules, "subnets": contains},
    eventual=not_visible,
    check=check,
)
