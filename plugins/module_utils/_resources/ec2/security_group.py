# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Security groups with their rules: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html

A rule here has one peer: {protocol, from_port, to_port, cidr | security_group | prefix_list, description}.
AWS gathers the peers of one protocol and port range in one permission; both ways are converted below.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State
from ..._engine.pending import pending_fields
from ..._engine.tags import specifications
from .common import by_name, not_visible, tag
from .prefix_list import PREFIX_LIST
from .vpc import VPC

Rule = Mapping[str, Any]
PEERS = ("cidr", "security_group", "prefix_list")
ALL = "-1"
_KEY = ("protocol", "from_port", "to_port", *PEERS)
# AWS's members of a permission by our peer: (list, member); IPv6 ranges stand in a list of their own.
_MEMBERS = {
    "cidr": ("IpRanges", "CidrIp"),
    "security_group": ("UserIdGroupPairs", "GroupId"),
    "prefix_list": ("PrefixListIds", "PrefixListId"),
}
_IPV6 = ("Ipv6Ranges", "CidrIpv6")


def rule(given: Rule) -> dict[str, Any]:
    """A rule of the options in the form in which rules are compared: no empty members, CIDRs as AWS writes them."""
    protocol = ALL if given["protocol"] == "all" else given["protocol"]
    made = {**given, "protocol": protocol}
    if protocol == ALL:
        made["from_port"] = made["to_port"] = None
    elif made.get("to_port") is None:
        made["to_port"] = made.get("from_port")
    if made.get("cidr"):
        made["cidr"] = canonical(made["cidr"])
    return {key: value for key, value in made.items() if value is not None}


def canonical(cidr: str) -> str:
    """A CIDR without host bits, as AWS keeps it; what is no CIDR stays as it is and is refused by check()."""
    try:
        return str(ipaddress.ip_network(cidr, strict=False))
    except ValueError:
        return cidr


def rules(permissions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """AWS's permissions as rules, in a stable order."""
    return sorted((rule(one) for permission in permissions for one in _peers(permission)), key=_sortable)


def _peers(permission: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    ports = {
        "protocol": permission["IpProtocol"],
        "from_port": permission.get("FromPort"),
        "to_port": permission.get("ToPort"),
    }
    for peer, (members, member) in [*_MEMBERS.items(), ("cidr", _IPV6)]:
        for one in permission.get(members) or []:
            yield {**ports, peer: one.get(member), "description": one.get("Description") or None}


def permission(one: Rule) -> dict[str, Any]:
    """A rule as a permission of AWS."""
    peer = next(name for name in PEERS if one.get(name))
    members, member = _IPV6 if peer == "cidr" and ":" in one["cidr"] else _MEMBERS[peer]
    entry = {member: one[peer], **({"Description": one["description"]} if one.get("description") else {})}
    ports = {} if one["protocol"] == ALL else {"FromPort": one["from_port"], "ToPort": one["to_port"]}
    return {"IpProtocol": one["protocol"], **ports, members: [entry]}


def key(one: Rule) -> tuple[Any, ...]:
    """What makes a rule the same rule: all but its description."""
    return tuple(one.get(name) for name in _KEY)


def _sortable(one: Rule) -> str:
    return repr([str(part) for part in key(one)])


def same_rules(found: Sequence[Rule] | None, desired: Sequence[Rule] | None) -> bool:
    """The same rules whatever their order; descriptions count where one is asked for."""
    there, wanted = _by_key(found or []), _by_key(desired or [])
    return set(there) == set(wanted) and not [one for one in wanted.values() if _renamed(there, one)]


def _by_key(given: Sequence[Rule]) -> dict[tuple[Any, ...], Rule]:
    return {key(one): one for one in given}


def _renamed(there: Mapping[tuple[Any, ...], Rule], one: Rule) -> bool:
    wanted = one.get("description")
    return key(one) in there and wanted is not None and (there[key(one)].get("description") or "") != wanted


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Groups by their group name, which is unique in a VPC; the items' VPCs tell equal names apart."""
    known = [item for item in items if not pending_fields({"vpc": item.get("vpc")})]
    names = [item["name"] for item in known]
    vpcs = sorted({item["vpc"] for item in known if item.get("vpc")}) if all(i.get("vpc") for i in known) else None
    groups = ec2.security_groups(aws, group_names=names, vpc_id=vpcs) if names else []
    named = [{**group, "Tags": {"Name": group["GroupName"]}, "Own": group["Tags"]} for group in groups]
    return {
        name: {
            "name": name,
            "id": group["GroupId"],
            "vpc": group.get("VpcId"),
            "description": group.get("Description"),
            "ingress": rules(group.get("IpPermissions") or []),
            "egress": rules(group.get("IpPermissionsEgress") or []),
            "tags": group["Own"],
        }
        for name, group in by_name("security_group", named, "GroupId").items()
    }


def create(aws: Aws, desired: State) -> None:
    """Without rules: they may name groups that are made at the same time."""
    aws.call_once(
        "ec2",
        "create_security_group",
        GroupName=desired["name"],
        Description=desired["description"],
        VpcId=desired["vpc"],
        TagSpecifications=specifications("security-group", desired["tags"]),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """New rules first, then what is not wanted any more: connections that both allow go on."""
    for direction in sorted(fields & {"ingress", "egress"}):
        there, wanted = _by_key(found[direction]), _by_key(desired[direction])
        for operation, changed in (
            (f"authorize_security_group_{direction}", [one for k, one in wanted.items() if k not in there]),
            (
                f"update_security_group_rule_descriptions_{direction}",
                [o for o in wanted.values() if _renamed(there, o)],
            ),
            (f"revoke_security_group_{direction}", [_bare(one) for k, one in there.items() if k not in wanted]),
        ):
            if changed:
                permissions = [permission(one) for one in changed]
                aws.call_once("ec2", operation, GroupId=found["id"], IpPermissions=permissions)


def _bare(one: Rule) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != "description"}


def check(desired: State) -> list[str]:
    reasons = []
    for direction in ("ingress", "egress"):
        for one in desired.get(direction) or []:
            peers = [name for name in PEERS if one.get(name)]
            if len(peers) != 1:
                reasons.append(f"a rule of {direction} needs exactly one of {', '.join(PEERS)}, not {peers or 'none'}")
            if one["protocol"] != ALL and one.get("from_port") is None:
                reasons.append(f"a rule of {direction} for {one['protocol']} needs from_port")
            if one.get("cidr") and not _is_cidr(one["cidr"]):
                reasons.append(f"{one['cidr']!r} in {direction} is no CIDR; write it as 10.0.0.0/16")
    return reasons


def _is_cidr(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return "/" in text


SECURITY_GROUP = Kind(
    name="security_group",
    role="network",
    read=read,
    create=create,
    update=update,
    tag=tag,
    name_tag=True,
    resolved="sg-",
    references={
        "vpc": Reference(VPC),
        "ingress.security_group": Reference(None),
        "egress.security_group": Reference(None),
        "ingress.prefix_list": Reference(PREFIX_LIST),
        "egress.prefix_list": Reference(PREFIX_LIST),
    },
    unchangeable={"vpc": "a security group keeps its VPC; give another name to make another group"},
    initial=frozenset({"description"}),
    equal={"ingress": same_rules, "egress": same_rules},
    eventual=not_visible,
    check=check,
)
