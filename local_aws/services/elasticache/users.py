# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Users: ids in lower case, how they authenticate, access strings as AWS writes them.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html and
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html#auth-iam-limits
"""

from __future__ import annotations

import re
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.elasticache import aws, common
from local_aws.services.elasticache.tags import put

_ID = re.compile(r"[a-zA-Z][a-zA-Z0-9\-]*")
_ENGINES = ("redis", "valkey")
_MODES = {"iam": "iam", "password": "password", "no-password-required": "no-password"}
_MOST = 1000


def every(call: Any) -> dict[str, common.Thing]:
    """All users, with the one that each account has."""
    users = call.backend().users
    if not isinstance(users.get("default"), common.Thing):
        shape = _shape(call, "default", "default", "redis", "on ~* +@all", {"Type": "no-password"})
        users["default"] = common.Thing("default", shape)
    found: dict[str, common.Thing] = users
    return found


def find(call: Any, name: str) -> common.Thing:
    found = every(call).get(name.lower())
    if found is None:
        raise Refusal("UserNotFound", f"User {name} not found.", 404)
    return found


def _shape(
    call: Any, user_id: str, name: str, engine: str, access: str, authentication: dict[str, Any]
) -> dict[str, Any]:
    return {
        "UserId": user_id,
        "UserName": name,
        "Status": "active",
        "Engine": engine,
        "MinimumEngineVersion": "7.2" if engine == "valkey" else "6.0",
        "AccessString": access,
        "UserGroupIds": [],
        "Authentication": authentication,
        "ARN": common.arn(call, "user", user_id),
    }


def rewritten(access: str) -> str:
    """The string as AWS gives it back: a rule that only adds commands begins with none."""
    words = access.split()
    commands = [word for word in words if word[:1] in "+-"]
    if commands and commands[0].startswith("+") and commands[0].lower() != "+@all":
        words.insert(words.index(commands[0]), "-@all")
    return " ".join(words)


def _check_access(access: str) -> str:
    for word in access.split():
        if word.startswith((">", "<", "#", "!")) or word in ("nopass", "resetpass", "reset"):
            raise common.value("Passwords cannot be given in the access string, and reset cannot either.")
        if not re.fullmatch(
            r"on|off|~.*|%[RW]+~.*|&.*|[+-].+|allkeys|allcommands|nocommands|allchannels|resetkeys"
            r"|resetchannels|clearselectors|\(.*|.*\)",
            word,
        ):
            raise common.value(f"Invalid access string: {word} is no rule.")
    return rewritten(access)


def _authentication(
    mode: dict[str, Any] | None, passwords: list[str] | None, no_password: bool, user_id: str, name: str, engine: str
) -> dict[str, Any]:
    if mode and (passwords or no_password):
        raise common.combination("Specify AuthenticationMode, or Passwords and NoPasswordRequired, not both.")
    wanted = mode or {"Type": "no-password-required" if no_password else "password", "Passwords": passwords or []}
    kind, given = wanted.get("Type"), wanted.get("Passwords") or []
    if kind not in _MODES:
        raise common.value(f"Invalid authentication type {kind}. Valid values are {', '.join(_MODES)}.")
    if (kind == "password") != bool(given):
        raise common.combination(f"Passwords go with the authentication type password, and only with it; found {kind}.")
    if len(given) > 2 or any(not 16 <= len(one) <= 128 for one in given):
        raise common.value("A user has one or two passwords of 16 to 128 characters.")
    if kind == "iam" and user_id != name:
        raise common.combination("The user name and the user id must be the same for a user that authenticates by IAM.")
    if kind == "no-password-required" and engine == "valkey":
        raise common.combination("Users of the engine valkey need an authentication mechanism: a password or IAM.")
    return {"Type": _MODES[kind], **({"PasswordCount": len(given)} if given else {})}


@aws.adds
def create_user(
    call: Any,
    *,
    user_id: str,
    user_name: str,
    engine: str,
    access_string: str,
    passwords: list[str] | None = None,
    no_password_required: bool = False,
    authentication_mode: dict[str, Any] | None = None,
    tags: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    if not _ID.fullmatch(user_id) or len(user_id) > 40:
        raise common.value(
            f"The user id {user_id} is not valid: a letter, then letters, digits and hyphens, at most 40."
        )
    name, users = user_id.lower(), every(call)
    if engine.lower() not in _ENGINES:
        raise common.value(f"Invalid engine {engine}. Valid values are redis and valkey.")
    if name in users:
        raise Refusal("UserAlreadyExists", f"User {name} already exists.", 400)
    if len(users) >= _MOST:
        raise Refusal("UserQuotaExceeded", f"An account has at most {_MOST} users in a region.", 400)
    authentication = _authentication(
        authentication_mode, passwords, no_password_required, name, user_name, engine.lower()
    )
    shape = _shape(call, name, user_name, engine.lower(), _check_access(access_string), authentication)
    users[name] = common.Thing(name, shape)
    put(call, shape["ARN"], tags)
    return shape


def shown(call: Any, thing: common.Thing) -> dict[str, Any]:
    groups = [name for name, group in sorted(call.state("user_groups").items()) if thing.id in group.shape["UserIds"]]
    return {**thing.shape, "UserGroupIds": groups}


@aws.adds
def describe_users(
    call: Any,
    *,
    engine: str | None = None,
    user_id: str | None = None,
    filters: list[dict[str, Any]] | None = None,
    max_records: int | None = None,
    marker: str | None = None,
) -> dict[str, Any]:
    if user_id:
        return {"Users": [shown(call, find(call, user_id))]}
    found = [shown(call, thing) for _name, thing in sorted(every(call).items())]
    for wanted in filters or []:
        if wanted["Name"] not in ("user-id", "user-name"):
            raise common.value(f"Unrecognized filter name: {wanted['Name']}")
        key = "UserId" if wanted["Name"] == "user-id" else "UserName"
        found = [user for user in found if user[key] in wanted["Values"]]
    return common.page([user for user in found if engine in (None, user["Engine"])], "Users", max_records, marker)


@aws.adds
def modify_user(
    call: Any,
    *,
    user_id: str,
    access_string: str | None = None,
    append_access_string: str | None = None,
    passwords: list[str] | None = None,
    no_password_required: bool | None = None,
    authentication_mode: dict[str, Any] | None = None,
    engine: str | None = None,
) -> dict[str, Any]:
    thing = find(call, user_id)
    if thing.id == "default":
        raise common.value("The default user cannot be modified.")
    if engine is not None:
        if engine.lower() not in _ENGINES or (thing.shape["Engine"], engine.lower()) == ("valkey", "redis"):
            raise common.value(f"The engine of a user can change from redis to valkey only, not to {engine}.")
        thing.shape["Engine"] = engine.lower()
    if authentication_mode or passwords or no_password_required:
        thing.shape["Authentication"] = _authentication(
            authentication_mode,
            passwords,
            bool(no_password_required),
            thing.id,
            thing.shape["UserName"],
            thing.shape["Engine"],
        )
    if access_string is not None:
        thing.shape["AccessString"] = _check_access(access_string)
    if append_access_string is not None:
        thing.shape["AccessString"] = _check_access(f"{thing.shape['AccessString']} {append_access_string}")
    return shown(call, thing)


@aws.adds
def delete_user(call: Any, *, user_id: str) -> dict[str, Any]:
    thing = find(call, user_id)
    if thing.id == "default":
        raise Refusal("DefaultUserAssociatedToUserGroup", "The default user cannot be deleted.", 400)
    answer = {**shown(call, thing), "Status": "deleting"}
    for group in call.state("user_groups").values():
        group.shape["UserIds"] = [name for name in group.shape["UserIds"] if name != thing.id]
    del every(call)[thing.id]
    return answer
