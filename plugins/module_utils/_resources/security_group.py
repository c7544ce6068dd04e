# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Security groups: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html

A rule is a dictionary {protocol, from_port, to_port, cidrs, ipv6_cidrs, groups, prefix_lists, description}; each of
its peers is a rule of its own at AWS. Lists of rules are compared without order and without descriptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .._describe import ec2
from .._engine.aws import Aws
from .._engine.errors import Refusal
from .._engine.kind import UNKNOWN_SUFFIX, Kind, Reference, State
from .._engine.tags import specifications
from .ec2_tags import by_name, tag
from .vpc import VPC

# Where a permission of AWS keeps the peers of a kind, and how it calls one peer.
_PEERS = {
    "cidrs": ("IpRanges", "CidrIp"),
    "ipv6_cidrs": ("Ipv6Ranges", "CidrIpv6"),
    "groups": ("UserIdGroupPairs", "GroupId"),
    "prefix_lists": ("PrefixListIds", "PrefixListId"),
}
_DIRECTIONS = {"ingress": "IpPermissions", "egress": "IpPermissionsEgress"}

Key = tuple[str, int, int, str, str]
"""One rule at AWS: protocol, from port, to port, kind of peer, peer; ports are -1 where all are meant."""


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Groups by Name tag, else by their own name; default: true is the group that AWS calls default."""
    found = _groups(aws, items)
    tagged = by_name("security_group", [group for group in found if _name(group) in _names(items)], "GroupId")
    untagged = {group["GroupName"]: group for group in found if not _name(group)}
    defaults = {group["VpcId"]: group for group in found if group["GroupName"] == "default"}
    states = {}
    for item in items:
        name = item["name"]
        group = defaults.get(item.get("vpc")) if item.get("default") else tagged.get(name) or untagged.get(name)
        if group:
            states[name] = _state(name, group)
    return states


def _groups(aws: Aws, items: Sequence[State]) -> list[dict[str, Any]]:
    """The groups of the VPCs where the items say in which; else those with the names."""
    vpcs = {item.get("vpc", UNKNOWN_SUFFIX) for item in items}
    if vpcs and not any(vpc.endswith(UNKNOWN_SUFFIX) for vpc in vpcs):
        return ec2.security_groups(aws, vpc_id=vpcs)
    names = _names([item for item in items if not item.get("default")])
    tagged = ec2.security_groups(aws, names=names)
    untagged = names - {_name(group) for group in tagged}
    return tagged + (ec2.security_groups(aws, group_names=untagged) if untagged else [])


def _names(items: Iterable[State]) -> set[str]:
    return {item["name"] for item in items}


def _name(group: Mapping[str, Any]) -> str | None:
    return group["Tags"].get("Name")


def _state(name: str, group: Mapping[str, Any]) -> State:
    return {
        "name": name,
        "id": group["GroupId"],
        "arn": group.get("SecurityGroupArn"),
        "group_name": group["GroupName"],
        "default": group["GroupName"] == "default",
        "description": group["Description"],
        "vpc": group["VpcId"],
        "tags": group["Tags"],
        **{
            direction: [_rule(permission) for permission in group.get(key) or []]
            for direction, key in _DIRECTIONS.items()
        },
    }


def _rule(permission: Mapping[str, Any]) -> dict[str, Any]:
    """AWS's permission in the shape of the module's options."""
    rule: dict[str, Any] = {"protocol": permission["IpProtocol"]}
    if permission["IpProtocol"] != "-1":
        rule.update(from_port=permission.get("FromPort", -1), to_port=permission.get("ToPort", -1))
    for field, (key, peer) in _PEERS.items():
        peers = sorted(entry[peer] for entry in permission.get(key) or [] if peer in entry)
        if peers:
            rule[field] = peers
    return rule


def keys(rules: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Key, str]]:
    """What AWS counts as rules, each with its description."""
    for rule in rules:
        protocol = str(rule.get("protocol") or "tcp")
        for field in _PEERS:
            for peer in rule.get(field) or []:
                yield (
                    (*_ports(protocol, rule.get("from_port"), rule.get("to_port")), field, peer),
                    str(rule.get("description") or ""),
                )


def _ports(protocol: str, first: int | None, last: int | None) -> tuple[str, int, int]:
    """One port is written as from_port alone; a protocol of -1 has no ports."""
    if protocol == "-1" or first is None:
        return protocol, -1, -1
    return protocol, first, first if last is None else last


def same_rules(found: Any, desired: Any) -> bool:
    return {key for key, _ in keys(found or [])} == {key for key, _ in keys(desired or [])}


def create(aws: Aws, desired: State) -> None:
    """The group; its rules follow in update(), since groups may name each other."""
    if desired.get("default"):
        raise Refusal(f"VPC {desired['vpc']} has no default security group; AWS makes one with each VPC")
    aws.call_once(
        "ec2",
        "create_security_group",
        GroupName=desired["name"],
        Description=desired["description"],
        VpcId=desired["vpc"],
        TagSpecifications=specifications("security-group", desired["tags"]),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """New rules come before old ones go, so that what may pass before and after passes all the time."""
    for direction in sorted(fields & set(_DIRECTIONS)):
        wanted = dict(keys(desired[direction]))
        present = {key for key, _ in keys(found[direction])}
        permissions = [_permission(key, text) for key, text in sorted(wanted.items()) if key not in present]
        if permissions:
            operation = f"authorize_security_group_{direction}"
            aws.call("ec2", operation, GroupId=found["id"], IpPermissions=permissions)
        if present - set(wanted):
            _revoke(aws, found["id"], direction, present - set(wanted))


def _permission(key: Key, description: str) -> dict[str, Any]:
    protocol, first, last, field, peer = key
    entry, name = _PEERS[field]
    ports = {} if protocol == "-1" else {"FromPort": first, "ToPort": last}
    text = {"Description": description} if description else {}
    return {"IpProtocol": protocol, **ports, entry: [{name: peer, **text}]}


def _revoke(aws: Aws, group: str, direction: str, unwanted: set[Key]) -> None:
    """By the rules' ids, which also reach rules for groups of other accounts."""
    rules = ec2.security_group_rules(aws, group_ids=[group])
    ids = [
        rule["SecurityGroupRuleId"]
        for rule in rules
        if rule["IsEgress"] == (direction == "egress") and _key(rule) in unwanted
    ]
    if ids:
        aws.call("ec2", f"revoke_security_group_{direction}", GroupId=group, SecurityGroupRuleIds=ids)


def _key(rule: Mapping[str, Any]) -> Key:
    peers = {
        "cidrs": rule.get("CidrIpv4"),
        "ipv6_cidrs": rule.get("CidrIpv6"),
        "groups": (rule.get("ReferencedGroupInfo") or {}).get("GroupId"),
        "prefix_lists": rule.get("PrefixListId"),
    }
    field, peer = next((field, peer) for field, peer in peers.items() if peer)
    return (*_ports(rule["IpProtocol"], rule.get("FromPort"), rule.get("ToPort")), field, peer)


def check(desired: State) -> list[str]:
    """A rule without a peer would say nothing; a rule with ports needs a protocol that has some."""
    return [
        f"a rule of {direction} names no peer; give it cidrs, ipv6_cidrs, groups or prefix_lists"
        for direction in _DIRECTIONS
        for rule in desired.get(direction) or []
        if not any(rule.get(field) for field in _PEERS)
    ]


SECURITY_GROUP = Kind(
    name="security_group",
    role="network",
    read=read,
    create=create,
    update=update,
    tag=tag,
    name_tag=True,
    resolved="sg-",
    references={"vpc": Reference(VPC), "ingress.groups": Reference(None), "egress.groups": Reference(None)},
    unchangeable={"vpc": "a security group stays in its VPC; name another group"},
    initial=frozenset({"description", "default"}),
    equal={"ingress": same_rules, "egress": same_rules},
    check=check,
)
