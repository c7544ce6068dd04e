# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rules of security groups: a description is no part of what makes two rules the same, and every peer keeps its own."""

from __future__ import annotations

from typing import Any

from local_aws.services.ec2 import aws

_DIRECTIONS = {"Ingress": "IpPermissions", "Egress": "IpPermissionsEgress"}
_WRITES = [f"AuthorizeSecurityGroup{way}" for way in _DIRECTIONS]
_DESCRIBES = [f"UpdateSecurityGroupRuleDescriptions{way}" for way in _DIRECTIONS]
_REVOKES = [f"RevokeSecurityGroup{way}" for way in _DIRECTIONS]


def _key(rule: Any) -> tuple[Any, ...]:
    peers = rule.ip_range, rule.source_group
    addresses = [peers[0].get("CidrIp"), peers[0].get("CidrIpv6"), peers[1].get("GroupId"), rule.prefix_list_id]
    return rule.ip_protocol, rule.from_port, rule.to_port, *addresses


@aws.before(*_WRITES, *_DESCRIBES, *_REVOKES)
def compared_by_peer(call: Any) -> None:
    """moto compares source groups with their descriptions, so that it neither describes nor revokes them."""
    from moto.ec2.models.security_groups import SecurityGroupRule

    SecurityGroupRule.__eq__ = lambda one, other: _key(one) == _key(other)


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
    return permission.get("IpProtocol"), permission.get("FromPort"), permission.get("ToPort")


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
