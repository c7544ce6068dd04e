# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Security groups and their rules: names, descriptions, protocols, and what makes two rules the same.

What is allowed and how AWS writes it is that of CreateSecurityGroup and IpPermission in the API reference,
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html. A description is no part of what makes two
rules the same, and every peer keeps its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.ec2 import aws, common

_DIRECTIONS = {"Ingress": "IpPermissions", "Egress": "IpPermissionsEgress"}
_WRITES = [f"AuthorizeSecurityGroup{way}" for way in _DIRECTIONS]
_DESCRIBES = [f"UpdateSecurityGroupRuleDescriptions{way}" for way in _DIRECTIONS]
_REVOKES = [f"RevokeSecurityGroup{way}" for way in _DIRECTIONS]

_SET = "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*"
_TEXT = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}")
_NAMED = {"1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6", "all": "-1"}
_WITH_PORTS = ("tcp", "udp", "icmp", "icmpv6")
_PEERS = {
    "IpRanges": "CidrIp",
    "Ipv6Ranges": "CidrIpv6",
    "UserIdGroupPairs": "GroupId",
    "PrefixListIds": "PrefixListId",
}


def _invalid(message: str) -> Refusal:
    return Refusal("InvalidParameterValue", message, 400)


@aws.before("CreateSecurityGroup")
def group_rule(call: Any) -> None:
    """Names differ by more than case, and none is ``default`` or like an id."""
    name, text = call.params["GroupName"], call.params["Description"]
    for parameter, value in (("GroupName", name), ("GroupDescription", text)):
        if not value.isascii():
            raise _invalid(
                f"Value ({value}) for parameter {parameter} is invalid. Character sets beyond ASCII are not supported."
            )
    if not _TEXT.fullmatch(text):
        raise _invalid(
            f"Invalid security group description. Valid descriptions are strings less than 256 characters from the "
            f"following set:  {_SET}"
        )
    if not _TEXT.fullmatch(name) or name.startswith("sg-"):
        raise _invalid(f"Value ({name}) for parameter GroupName is invalid. Valid characters:  {_SET}, not sg-*")
    if name.lower() == "default":
        raise _invalid(f"Cannot use reserved security group name: {name}")
    backend = call.backend()
    vpc = call.params.get("VpcId") or getattr(backend.default_vpc, "id", None)
    if any(group.name.lower() == name.lower() for group in backend.groups[vpc].values()):
        raise Refusal("InvalidGroup.Duplicate", f"The security group '{name}' already exists for VPC '{vpc}'", 400)


def _key(rule: Any) -> tuple[Any, ...]:
    peers = rule.ip_range, rule.source_group
    addresses = [peers[0].get("CidrIp"), peers[0].get("CidrIpv6"), peers[1].get("GroupId"), rule.prefix_list_id]
    ports = (rule.from_port, rule.to_port) if rule.ip_protocol in _WITH_PORTS else ()
    return rule.ip_protocol, *ports, *addresses


@aws.before(*_WRITES, *_DESCRIBES, *_REVOKES)
def compared_by_peer(call: Any) -> None:
    """moto compares source groups with their descriptions, so that it neither describes nor revokes them."""
    from moto.ec2.models.security_groups import SecurityGroupRule

    SecurityGroupRule.__eq__ = lambda one, other: _key(one) == _key(other)
    if call.params.get("IpPermissions"):
        call.change(IpPermissions=[_normal(permission) for permission in call.params["IpPermissions"]])


def _normal(permission: dict[str, Any]) -> dict[str, Any]:
    """The permission as AWS keeps it: the protocol's name, ports where it has some, addresses in their canonical form.

    moto wants ports whatever the protocol: ``without_ports`` takes away those that are none.
    """
    protocol = str(permission.get("IpProtocol", "")).lower()
    protocol = _NAMED.get(protocol, protocol)
    if protocol not in (*_WITH_PORTS, "-1") and not (protocol.isdigit() and int(protocol) <= 255):
        raise _invalid(f"Invalid value '{permission.get('IpProtocol')}' for IP protocol. Unknown protocol.")
    if protocol not in _WITH_PORTS or (protocol == "icmpv6" and "FromPort" not in permission):
        ports = (-1, -1)
    else:
        ports = _ports_of(protocol, permission)
    return {
        **permission,
        "IpProtocol": protocol,
        "FromPort": ports[0],
        "ToPort": ports[1],
        **{kind: [_peer(kind, peer) for peer in permission[kind]] for kind in _PEERS if permission.get(kind)},
    }


def _ports_of(protocol: str, permission: dict[str, Any]) -> tuple[int, int]:
    if "FromPort" not in permission or "ToPort" not in permission:
        kinds = "TCP/UDP" if protocol in ("tcp", "udp") else "ICMP"
        raise _invalid(f"Invalid value 'Must specify both from and to ports with {kinds}.' for portRange.")
    first, last = int(permission["FromPort"]), int(permission["ToPort"])
    if protocol in ("icmp", "icmpv6") and first == -1 and last != -1:
        raise _invalid(f"Invalid value '{last}' for ICMP code: all types have all codes.")
    return first, last


def _peer(kind: str, peer: dict[str, Any]) -> dict[str, Any]:
    if not _TEXT.fullmatch(peer.get("Description", "")):
        raise _invalid(
            f"Invalid rule description. Valid descriptions are strings less than 256 characters from the following "
            f"set:  {_SET}"
        )
    if kind in ("IpRanges", "Ipv6Ranges"):
        return {**peer, _PEERS[kind]: common.canonical(peer[_PEERS[kind]])}
    return peer


@aws.before(*_WRITES)
def rules_once(call: Any) -> None:
    seen = list(_each(call.params.get("IpPermissions", [])))
    if len(set(seen)) != len(seen):
        raise _invalid("The same permission must not appear multiple times")


def _each(permissions: list[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for permission in permissions:
        for kind, key in _PEERS.items():
            for peer in permission.get(kind, []):
                yield *_ports(permission), kind, peer.get(key)


@aws.after(*_WRITES)
def without_ports(call: Any, answer: dict[str, Any]) -> None:
    """Protocols other than TCP, UDP and ICMP have none, whatever was asked for."""
    group = call.backend().get_security_group_from_id(call.params.get("GroupId", ""))
    for rule in [*group.ingress_rules, *group.egress_rules] if group else []:
        if rule.ip_protocol not in _WITH_PORTS:
            rule.from_port = rule.to_port = None


@aws.after(*_WRITES, *_DESCRIBES)
def prefix_lists_described(call: Any, answer: dict[str, Any]) -> None:
    """moto forgets what is said of a prefix list."""
    members = _DIRECTIONS["Egress" if call.operation.endswith("Egress") else "Ingress"]
    texts = _texts(call.backend())
    for permission in call.params.get("IpPermissions", []):
        for peer in permission.get("PrefixListIds", []):
            texts[(call.params.get("GroupId"), members, *_ports(permission), peer["PrefixListId"])] = peer.get(
                "Description"
            )


def _texts(backend: Any) -> dict[tuple[Any, ...], str | None]:
    if not hasattr(backend, "prefix_list_texts"):
        backend.prefix_list_texts = {}
    texts: dict[tuple[Any, ...], str | None] = backend.prefix_list_texts
    return texts


def _ports(permission: dict[str, Any]) -> tuple[Any, ...]:
    protocol = permission.get("IpProtocol")
    ports = (permission.get("FromPort"), permission.get("ToPort")) if protocol in _WITH_PORTS else (None, None)
    return protocol, *ports


@aws.after("DescribeSecurityGroups", when=lambda call: _texts(call.backend()))
def prefix_lists_shown(call: Any, answer: dict[str, Any]) -> None:
    texts = _texts(call.backend())
    for group in answer["SecurityGroups"]:
        for members in _DIRECTIONS.values():
            for permission in group.get(members) or []:
                for peer in permission.get("PrefixListIds") or []:
                    text = texts.get((group["GroupId"], members, *_ports(permission), peer["PrefixListId"]))
                    if text:
                        peer["Description"] = text
