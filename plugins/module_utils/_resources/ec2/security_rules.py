# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rules of security groups: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html

A rule here has one peer: {protocol, from_port, to_port, cidr | security_group | prefix_list, description}.
AWS gathers the peers of one protocol and port range in one permission; both ways are converted below. Pure.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

Rule = Mapping[str, Any]
PEERS = ("cidr", "security_group", "prefix_list")
ALL = "-1"
DIRECTIONS = ("ingress", "egress")
# AWS answers with names where it has them, whatever was asked for.
_NAMES = {"all": ALL, "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}
_WITH_PORTS = ("tcp", "udp")
_ICMP = ("icmp", "icmpv6")
_ANY = -1
_KEY = ("protocol", "from_port", "to_port", *PEERS)
# AWS's members of a permission by our peer: (list, member); IPv6 ranges stand in a list of their own.
_MEMBERS = {
    "cidr": ("IpRanges", "CidrIp"),
    "security_group": ("UserIdGroupPairs", "GroupId"),
    "prefix_list": ("PrefixListIds", "PrefixListId"),
}
_IPV6 = ("Ipv6Ranges", "CidrIpv6")
_TEXT = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]*")
_LONGEST = 255
# https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html: how many rules a prefix
# list of AWS counts for, by the last part of its name. The account's own count for what their owner has set.
WEIGHTS = {
    "origin-facing": 55,
    "route53-healthchecks": 25,
    "vpc-lattice": 10,
    "s3express": 6,
    "groundstation": 5,
    "ec2-instance-connect": 2,
}


def expanded(given: Sequence[Rule]) -> list[dict[str, Any]]:
    """Rules with lists (ports, cidrs, security_groups, prefix_lists) as one rule for each port and peer."""
    made = []
    for one in given:
        single = {key: value for key, value in one.items() if key != "ports" and key.removesuffix("s") not in PEERS}
        single |= {peer: one.get(peer) for peer in PEERS}
        many = [{**dict.fromkeys(PEERS), peer: name} for peer in PEERS for name in one.get(f"{peer}s") or []]
        asked = [f"{peer}s" for peer in PEERS if one.get(f"{peer}s") is not None]
        peers = many if asked else [{}]
        ports = [{"from_port": port} for port in one["ports"]] if one.get("ports") is not None else [{}]
        made += [{**single, **port, **peer} for port, peer in product(ports, peers)]
    return made


def rule(given: Rule) -> dict[str, Any]:
    """A rule of the options in the form in which rules are compared: no empty members, protocols and CIDRs as AWS
    writes them. A peer "123456789012/sg-..." is a group of another account."""
    protocol = given["protocol"].lower()
    protocol = _NAMES.get(protocol, protocol)
    made = {**given, "protocol": protocol}
    if protocol in _ICMP:
        made["from_port"] = _ANY if made.get("from_port") is None else made["from_port"]
        made["to_port"] = _ANY if made.get("to_port") is None else made["to_port"]
    elif protocol not in _WITH_PORTS:
        made["from_port"] = made["to_port"] = None
    elif made.get("to_port") is None:
        made["to_port"] = made.get("from_port")
    if made.get("cidr"):
        made["cidr"] = canonical(made["cidr"])
    if made.get("security_group"):
        owner, _slash, group = made["security_group"].rpartition("/")
        made |= {"security_group": group, "owner": owner or made.get("owner")}
    return {key: value for key, value in made.items() if value is not None}


def compared(group: Mapping[str, Any]) -> dict[str, Any]:
    """A group of the options with its rules in the form in which they are compared."""
    given = {name: group[name] for name in DIRECTIONS if group.get(name) is not None}
    return {**group, **{name: [*map(rule, expanded(there))] for name, there in given.items()}}


def canonical(cidr: str) -> str:
    """A CIDR without host bits, as AWS keeps it; what is no CIDR stays as it is and is refused by check()."""
    try:
        return str(ipaddress.ip_network(cidr, strict=False)) if "/" in cidr else cidr
    except ValueError:
        return cidr


def is_cidr(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return "/" in text


def rules(permissions: Sequence[Mapping[str, Any]], account: str | None = None) -> list[dict[str, Any]]:
    """AWS's permissions as rules, in a stable order. account: whose group it is; peers of others keep their owner."""
    return sorted((rule(one) for permission in permissions for one in _peers(permission, account)), key=_sortable)


def _peers(permission: Mapping[str, Any], account: str | None) -> Iterator[dict[str, Any]]:
    ports = {
        "protocol": permission["IpProtocol"],
        "from_port": permission.get("FromPort"),
        "to_port": permission.get("ToPort"),
    }
    for peer, (members, member) in [*_MEMBERS.items(), ("cidr", _IPV6)]:
        for one in permission.get(members) or []:
            owner = one.get("UserId") if account and one.get("UserId") != account else None
            yield {**ports, peer: one.get(member), "owner": owner, "description": one.get("Description") or None}


def permission(one: Rule) -> dict[str, Any]:
    """A rule as a permission of AWS."""
    peer = next(name for name in PEERS if one.get(name))
    members, member = _IPV6 if peer == "cidr" and ":" in one["cidr"] else _MEMBERS[peer]
    owner = {"UserId": one["owner"]} if one.get("owner") else {}
    entry = {member: one[peer], **owner, **({"Description": one["description"]} if one.get("description") else {})}
    ports = {"FromPort": one["from_port"], "ToPort": one["to_port"]} if "from_port" in one else {}
    return {"IpProtocol": one["protocol"], **ports, members: [entry]}


def key(one: Rule) -> tuple[Any, ...]:
    """What makes a rule the same rule: all but its description."""
    return tuple(one.get(name) for name in _KEY)


def _sortable(one: Rule) -> str:
    return repr([str(part) for part in key(one)])


def same_rules(found: Sequence[Rule] | None, desired: Sequence[Rule] | None) -> bool:
    """The same rules whatever their order; descriptions count where one is asked for."""
    there, wanted = by_key(found or []), by_key(desired or [])
    return set(there) == set(wanted) and not [one for one in wanted.values() if is_renamed(there, one)]


def by_key(given: Sequence[Rule]) -> dict[tuple[Any, ...], Rule]:
    return {key(one): one for one in given}


def is_renamed(there: Mapping[tuple[Any, ...], Rule], one: Rule) -> bool:
    wanted = one.get("description")
    return key(one) in there and wanted is not None and (there[key(one)].get("description") or "") != wanted


def shown(one: Rule) -> str:
    """A rule for a person to recognise: "tcp 3306 10.1.0.0/16 (Reports)"."""
    ends = [one[end] for end in ("from_port", "to_port") if one.get(end) is not None]
    ports = "-".join(str(end) for end in dict.fromkeys(ends))
    peer = next(str(one[name]) for name in PEERS if one.get(name))
    owned = f"{one['owner']}/{peer}" if one.get("owner") else peer
    protocol = "all protocols" if one["protocol"] == ALL else one["protocol"]
    said = f"({one['description']})" if one.get("description") else ""
    return " ".join(part for part in (protocol, ports, owned, said) if part)


def weight(given: Sequence[Rule]) -> int:
    """How much a direction's rules count against the quota of rules per security group."""
    return sum(WEIGHTS.get((one.get("prefix_list") or "").rpartition(".")[2], 1) for one in given)


def wrong_text(what: str, text: str) -> Iterator[str]:
    """What AWS would say of a name or a description."""
    if not _TEXT.fullmatch(text) or len(text) > _LONGEST:
        yield f"{what} {text!r}: AWS takes up to {_LONGEST} of a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{{}}!$*"


def wrong_ports(one: Rule) -> Iterator[str]:
    first, last = one["from_port"], one.get("to_port", one["from_port"])
    if not (0 <= first <= 65535 and 0 <= last <= 65535):
        yield f"ports go from 0 to 65535, not {first} to {last}"
    elif last < first:
        yield f"to_port {last} is below from_port {first}"


def wrong(one: Rule) -> Iterator[str]:
    """All that is wrong with one rule, in the form that rule() gives."""
    protocol = one["protocol"]
    peers = [name for name in PEERS if one.get(name)]
    if len(peers) != 1:
        yield f"it needs exactly one of {', '.join(PEERS)}, not {peers or 'none'}"
    if protocol in _WITH_PORTS:
        yield from wrong_ports(one) if one.get("from_port") is not None else (f"{protocol} needs from_port",)
    elif protocol in _ICMP and one["from_port"] == _ANY and one["to_port"] != _ANY:
        yield "every type of ICMP (from_port -1) takes no code; leave to_port out"
    elif protocol not in _ICMP and protocol != ALL and not (protocol.isdigit() and int(protocol) <= 255):
        yield f"{protocol} is no protocol; AWS knows tcp, udp, icmp, icmpv6, all and the numbers 0 to 255"
    if one.get("cidr") and not is_cidr(one["cidr"]):
        yield f"{one['cidr']!r} is no CIDR; write it as 10.0.0.0/16"
    if one.get("owner") and not re.fullmatch("[0-9]{12}", one["owner"]):
        yield f"{one['owner']} is no account; write a group of another one as 123456789012/sg-0a1b2c3d"
    yield from wrong_text("description", one.get("description") or "")
