# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Users of the cache: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html

They authenticate by IAM, or not at all; a password would pass through Ansible:
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..._describe import elasticache
from ..._engine.aws import Aws
from ..._engine.kind import Kind, State, Wait
from ..._engine.tags import to_list
from .common import busy, eventual, lookup, lower_case, tag

LONGEST = 40
_ID = re.compile(r"[a-z](?:-?[a-z0-9])*", re.IGNORECASE)
# What a password, or the lack of one, begins with in an access string, which does not take them.
_PASSWORD = re.compile(r"[<>#!].*|nopass|resetpass|reset")
_MODES = {"iam": "iam", "no-password": "no-password-required"}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    return {
        user["UserId"]: {
            "name": user["UserId"],
            "arn": user["ARN"],
            "user_name": user["UserName"],
            "engine": user["Engine"].lower(),
            "access_string": user["AccessString"],
            "authentication": user["Authentication"]["Type"],
            "user_groups": sorted(user.get("UserGroupIds") or []),
            "status": user["Status"],
            "tags": user["Tags"],
        }
        for user in elasticache.users(aws, names=[item["name"] for item in items])
    }


def create(aws: Aws, desired: State) -> None:
    aws.call_once(
        "elasticache",
        "create_user",
        UserId=desired["name"],
        UserName=desired.get("user_name") or desired["name"],
        Engine=desired["engine"],
        AccessString=desired["access_string"],
        AuthenticationMode={"Type": _MODES[desired["authentication"]]},
        Tags=to_list(desired["tags"]),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    changes: dict[str, object] = {}
    if "access_string" in fields:
        changes["AccessString"] = desired["access_string"]
    if "authentication" in fields:
        changes["AuthenticationMode"] = {"Type": _MODES[desired["authentication"]]}
    if "engine" in fields:
        changes["Engine"] = desired["engine"]
    aws.call("elasticache", "modify_user", UserId=found["name"], **changes)


def same_access(found: str | None, desired: str) -> bool:
    """AWS puts -@all before rules that only add commands, and gives that back."""
    return _normal(found or "") == _normal(desired)


def _normal(access: str) -> list[str]:
    """The rules in their order, which matters, without a -@all before all other rules for commands."""
    words = access.split()
    first = next((index for index, word in enumerate(words) if word[:1] in "+-"), None)
    if first is not None and words[first].lower() == "-@all":
        del words[first]
    return words


def check(desired: State) -> list[str]:
    name = desired["name"]
    by_iam = desired["authentication"] == "iam"
    reasons = lower_case(name)
    if name == "default":
        reasons.append("the user of the id default is AWS's own; give yours another id, and user_name: default")
    if not _ID.fullmatch(name) or len(name) > LONGEST:
        reasons.append(
            f"the id of a user is of small letters, digits and single hyphens, a letter first, {LONGEST} at most"
        )
    if by_iam and (desired.get("user_name") or name) != name:
        reasons.append(
            f"IAM authentication wants user_name and id to be the same; leave user_name out or set it {name}"
        )
    if not by_iam and desired["engine"] == "valkey":
        reasons.append("a user of the engine valkey must authenticate; set authentication: iam")
    secret = [word for word in desired["access_string"].split() if _PASSWORD.fullmatch(word)]
    if secret:
        reasons.append("the access string sets a password or none, which AWS takes elsewhere and this collection never")
    return reasons


CACHE_USER = Kind(
    name="cache_user",
    role="cache",
    read=read,
    create=create,
    update=update,
    tag=tag,
    lookup=lookup("describe_users", "Users", "UserId"),
    unchangeable={"user_name": "a user keeps its name; give another id to make another user"},
    equal={"access_string": same_access},
    wait=Wait(ready=frozenset({"active"}), timeout=600),
    eventual=eventual,
    busy=busy,
    check=check,
)
