# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""User groups: who may be in which, and which replication groups they are given to.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html: a group of the engine redis has a user
named default; one of the engine valkey has only users that authenticate, of either engine; a replication group of
Redis OSS takes groups of the engine redis only.
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.elasticache import aws, common, users
from local_aws.services.elasticache.tags import put

_MOST_USERS = 100


def _every(call: Any) -> dict[str, common.Thing]:
    return call.state("user_groups")


def find(call: Any, name: str) -> common.Thing:
    found = _every(call).get(name.lower())
    if found is None:
        raise Refusal("UserGroupNotFound", f"User group {name} not found.", 404)
    return found


def _check(call: Any, engine: str, ids: list[str]) -> None:
    members = [users.find(call, name).shape for name in ids]
    names = [user["UserName"] for user in members]
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise Refusal("DuplicateUserName", f"User name {doubles[0]} is in the user group already.", 400)
    if len(ids) > _MOST_USERS:
        raise common.value(f"A user group has at most {_MOST_USERS} users.")
    if engine == "redis":
        if "default" not in names:
            raise Refusal("DefaultUserRequired", "User group needs to contain a user with the user name default.", 400)
        strangers = [user["UserId"] for user in members if user["Engine"] != "redis"]
    else:
        strangers = [user["UserId"] for user in members if user["Authentication"]["Type"] == "no-password"]
    if strangers:
        raise common.combination(f"Users {', '.join(strangers)} cannot be in a user group of the engine {engine}.")


def shown(call: Any, thing: common.Thing) -> dict[str, Any]:
    given_to = [
        name
        for name, group in sorted(call.backend().replication_groups.items())
        if thing.id in group.shape["UserGroupIds"]
    ]
    return {**thing.shape, "ReplicationGroups": given_to}


@aws.adds
def create_user_group(
    call: Any,
    *,
    user_group_id: str,
    engine: str,
    user_ids: list[str] | None = None,
    tags: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    name = common.check_identifier(user_group_id, "UserGroupId", 40)
    if engine.lower() not in ("redis", "valkey"):
        raise common.value(f"Invalid engine {engine}. Valid values are redis and valkey.")
    if name in _every(call):
        raise Refusal("UserGroupAlreadyExists", f"User group {name} already exists.", 400)
    ids = sorted(one.lower() for one in user_ids or [])
    _check(call, engine.lower(), ids)
    shape: dict[str, Any] = {
        "UserGroupId": name,
        "Status": "active",
        "Engine": engine.lower(),
        "UserIds": ids,
        "MinimumEngineVersion": "7.2" if engine.lower() == "valkey" else "6.0",
        "ReplicationGroups": [],
        "ARN": common.arn(call, "usergroup", name),
    }
    _every(call)[name] = common.Thing(name, shape)
    put(call, shape["ARN"], tags)
    return shape


@aws.adds
def describe_user_groups(
    call: Any, *, user_group_id: str | None = None, max_records: int | None = None, marker: str | None = None
) -> dict[str, Any]:
    if user_group_id:
        return {"UserGroups": [shown(call, find(call, user_group_id))]}
    found = [shown(call, thing) for _name, thing in sorted(_every(call).items())]
    return common.page(found, "UserGroups", max_records, marker)


@aws.adds
def modify_user_group(
    call: Any,
    *,
    user_group_id: str,
    user_ids_to_add: list[str] | None = None,
    user_ids_to_remove: list[str] | None = None,
    engine: str | None = None,
) -> dict[str, Any]:
    thing = find(call, user_group_id)
    before = list(thing.shape["UserIds"])
    added = [one.lower() for one in user_ids_to_add or []]
    removed = [one.lower() for one in user_ids_to_remove or []]
    known = sorted(set(added) & set(before))
    absent = sorted(set(removed) - set(before))
    if known or absent:
        raise common.combination(f"In the user group already: {known}; not in it: {absent}.")
    wanted = (engine or thing.shape["Engine"]).lower()
    if wanted not in ("redis", "valkey") or (thing.shape["Engine"], wanted) == ("valkey", "redis"):
        raise common.value(f"The engine of a user group can change from redis to valkey only, not to {engine}.")
    after = sorted((set(before) | set(added)) - set(removed))
    _check(call, wanted, after)
    thing.shape |= {"UserIds": after, "Engine": wanted}
    return shown(call, thing)


@aws.adds
def delete_user_group(call: Any, *, user_group_id: str) -> dict[str, Any]:
    thing = find(call, user_group_id)
    answer = shown(call, thing)
    if answer["ReplicationGroups"]:
        raise Refusal("InvalidUserGroupState", f"User group {thing.id} is given to replication groups.", 400)
    del _every(call)[thing.id]
    return {**answer, "Status": "deleting"}
