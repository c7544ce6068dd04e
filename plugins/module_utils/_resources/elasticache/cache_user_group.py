# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""User groups: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUserGroup.html

A group has the users of the list and no others: one more is one more who may use the cache.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._describe import elasticache
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State, Wait, same_members
from ..._engine.tags import to_list
from .cache_user import CACHE_USER
from .common import busy, eventual, lookup, lower_case, tag


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    return {
        group["UserGroupId"]: {
            "name": group["UserGroupId"],
            "arn": group["ARN"],
            "engine": group["Engine"].lower(),
            "users": sorted(group["UserIds"]),
            "replication_groups": sorted(group.get("ReplicationGroups") or []),
            "status": group["Status"],
            "tags": group["Tags"],
        }
        for group in elasticache.user_groups(aws, names=[item["name"] for item in items])
    }


def create(aws: Aws, desired: State) -> None:
    aws.call_once(
        "elasticache",
        "create_user_group",
        UserGroupId=desired["name"],
        Engine=desired["engine"],
        UserIds=desired["users"],
        Tags=to_list(desired["tags"]),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """One call for everything: the members are wrong in no moment."""
    changes: dict[str, object] = {}
    if "users" in fields:
        before, after = set(found["users"]), set(desired["users"])
        for parameter, users in (("UserIdsToAdd", after - before), ("UserIdsToRemove", before - after)):
            if users:
                changes[parameter] = sorted(users)
    if "engine" in fields:
        changes["Engine"] = desired["engine"]
    aws.call("elasticache", "modify_user_group", UserGroupId=found["name"], **changes)


def check(desired: State) -> list[str]:
    reasons = lower_case(desired["name"])
    if not desired["users"]:
        reasons.append("a user group has a user at least; name one")
    return reasons


CACHE_USER_GROUP = Kind(
    name="cache_user_group",
    role="cache",
    read=read,
    create=create,
    update=update,
    tag=tag,
    lookup=lookup("describe_user_groups", "UserGroups", "UserGroupId"),
    references={"users": Reference(CACHE_USER, "name")},
    equal={"users": same_members},
    wait=Wait(ready=frozenset({"active"}), timeout=600),
    eventual=eventual,
    busy=busy,
    check=check,
)
