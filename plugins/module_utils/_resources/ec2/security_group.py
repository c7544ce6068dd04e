# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Security groups with their rules: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State
from ..._engine.pending import pending_fields
from ..._engine.tags import specifications
from .common import by_name, not_visible, tag
from .prefix_list import PREFIX_LIST
from .security_rules import (
    ALL,
    DIRECTIONS,
    Rule,
    by_key,
    is_renamed,
    permission,
    rules,
    same_rules,
    shown,
    wrong,
    wrong_text,
)
from .vpc import VPC


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
            "ingress": rules(group.get("IpPermissions") or [], group.get("OwnerId")),
            "egress": rules(group.get("IpPermissionsEgress") or [], group.get("OwnerId")),
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
        there, wanted = by_key(found[direction]), by_key(desired[direction])
        for operation, changed in (
            (f"authorize_security_group_{direction}", [one for k, one in wanted.items() if k not in there]),
            (
                f"update_security_group_rule_descriptions_{direction}",
                [o for o in wanted.values() if is_renamed(there, o)],
            ),
            (f"revoke_security_group_{direction}", [_bare(one) for k, one in there.items() if k not in wanted]),
        ):
            if changed:
                permissions = [permission(one) for one in changed]
                send = aws.call if operation.startswith("update_") else aws.call_once
                send("ec2", operation, GroupId=found["id"], IpPermissions=permissions)


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """Rules that are not asked for go; whose they are nobody knows, so that each is said."""
    if found is None:
        return desired, []
    extra = [
        f"{direction} {shown(one)}"
        for direction in DIRECTIONS
        if desired.get(direction) is not None
        for key, one in by_key(found[direction]).items()
        if key not in by_key(desired[direction]) and not _is_given(found, direction, one)
    ]
    if not extra:
        return desired, []
    return desired, [
        f"security_group {desired['name']} ({found['id']}) loses rules that are not asked for: {'; '.join(extra)}. To "
        "keep one, put it among the group's rules, for groups of the role network in network_extra_rules"
    ]


def _is_given(found: State, direction: str, one: Rule) -> bool:
    """AWS has put the rule into a VPC's default group: anything from the group itself, and out to everywhere."""
    peer = found["id"] if direction == "ingress" else "0.0.0.0/0"
    return (
        found["name"] == "default" and one["protocol"] == ALL and peer in (one.get("security_group"), one.get("cidr"))
    )


def _bare(one: Rule) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != "description"}


def check(desired: State) -> list[str]:
    """Names and rules that AWS refuses: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html"""
    reasons = [
        *wrong_text("name", desired.get("name", "")),
        *wrong_text("description", desired.get("description") or ""),
    ]
    if desired.get("name", "").startswith("sg-"):
        reasons.append("the name begins with sg-, which AWS keeps for ids; choose another one")
    for direction in DIRECTIONS:
        rules_there = desired.get(direction) or []
        reasons += dict.fromkeys(f"a rule of {direction}: {reason}" for one in rules_there for reason in wrong(one))
    return reasons


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
    keeps=keeps,
)
