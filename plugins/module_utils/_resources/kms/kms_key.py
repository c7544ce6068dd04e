# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Customer managed keys, known by their alias: https://docs.aws.amazon.com/kms/latest/APIReference/"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from ..._describe import kms
from ..._engine.apply import LOOK_SECONDS
from ..._engine.aws import Aws
from ..._engine.errors import AwsError, Refusal
from ..._engine.kind import Kind, State, Wait
from ..._engine.policies import advising, as_text, same_policy
from ..._engine.tags import to_list
from ..._engine.wait import VISIBLE_SECONDS
from .key_names import ALIAS, KEY_ARN, is_key_id, known_as, lookup
from .key_policy import POLICY

ROTATION_DAYS = range(90, 2561)
NAME = re.compile(r"(?!aws/|alias/)[A-Za-z0-9/_-]{1,250}")
# What no role undoes by itself: somebody wanted it so.
_ADVICE = {
    "PendingDeletion": "is scheduled for deletion; keep it (kms:CancelKeyDeletion, then kms:EnableKey), or give its "
    "alias to another key",
    "PendingReplicaDeletion": "is scheduled for deletion once its replicas are gone; keep it (kms:CancelKeyDeletion, "
    "then kms:EnableKey), or give its alias to another key",
    "Disabled": "is disabled; enable it (kms:EnableKey), or give its alias to another key",
}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Keys by alias. Errors: Refusal for keys that are disabled or scheduled for deletion."""
    names = {item["name"] for item in items}
    found = {
        alias.removeprefix(ALIAS): _state(alias.removeprefix(ALIAS), key)
        for key in kms.keys(aws, names=names)
        for alias in key["AliasNames"]
        if alias.removeprefix(ALIAS) in names
    }
    _refuse_unusable(found.values())
    return found


def _refuse_unusable(keys: Iterable[State]) -> None:
    """Errors: Refusal that says what to do about each key that encrypts nothing any more."""
    reasons = [
        f"kms_key {key['name']} ({key['id']}) {_ADVICE[key['status']]}" for key in keys if key["status"] in _ADVICE
    ]
    if reasons:
        raise Refusal(reasons)


def _state(name: str, key: dict[str, Any]) -> State:
    rotation = key.get("Rotation") or {}
    return {
        "name": name,
        "id": key["KeyId"],
        "arn": key["Arn"],
        "description": key.get("Description", ""),
        "policy": key.get("Policy"),
        "rotation": rotation.get("KeyRotationEnabled"),
        "rotation_period_in_days": rotation.get("RotationPeriodInDays"),
        "rotates": _rotates(key),
        "multi_region": key.get("MultiRegion", False),
        "status": key["KeyState"],
        "tags": key["Tags"],
    }


def _rotates(key: dict[str, Any]) -> bool:
    """KMS rotates symmetric keys of its own material, and replicas as it does their primary.

    https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html
    """
    place = (key.get("MultiRegionConfiguration") or {}).get("MultiRegionKeyType")
    return (
        key.get("KeySpec", "SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT"
        and key.get("Origin", "AWS_KMS") == "AWS_KMS"
        and place != "REPLICA"
    )


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """What others put into the policy stays, and a key that cannot rotate is taken as it is."""
    kept, said = POLICY.keeps("kms_key", desired, found)
    kept, warned = _rotating(kept, found)
    return kept, said + warned


def _rotating(desired: State, found: State | None) -> tuple[State, list[str]]:
    asked = desired.get("rotation") or desired.get("rotation_period_in_days")
    if found is None or found["rotates"]:
        return desired, []
    kept = {key: value for key, value in desired.items() if key not in ("rotation", "rotation_period_in_days")}
    if not asked or found["rotation"]:
        return kept, []
    return kept, [
        f"kms_key {desired['name']} ({found['id']}) cannot rotate by itself: KMS rotates symmetric keys of its own "
        "material only, and replicas with their primary; rotation: false for this key says that this is meant"
    ]


def create(aws: Aws, desired: State) -> None:
    """A key and its alias. CreateKey takes no name: a key that a broken run left is found by its Name tag.

    Those are asked for once for all keys of the task, and anew by one whose creation may have been carried out.
    """
    made: dict[str, str] = aws.known("kms keys that this task made", dict)
    name = desired["name"]
    key_id = made.get(name)
    if not key_id:
        every = (
            kms.untitled_keys(aws)
            if name in made
            else aws.known("kms keys without an alias", partial(kms.untitled_keys, aws))
        )
        left = _enabled(aws, every.get(name, []))
        made[name] = ""
        key_id = left[0] if left else _create_key(aws, desired)
        made[name] = key_id
    deadline = time.monotonic() + VISIBLE_SECONDS
    while True:
        try:
            aws.call_once("kms", "create_alias", AliasName=ALIAS + name, TargetKeyId=key_id)
            return
        except AwsError as error:
            # Not visible everywhere yet; from the start again would make a second key.
            if not error.missing or time.monotonic() > deadline:
                raise
        time.sleep(1)


def _create_key(aws: Aws, desired: State) -> str:
    options: dict[str, Any] = {
        "Description": desired.get("description", ""),
        "Tags": to_list(desired["tags"], "TagKey", "TagValue"),
    }
    if desired.get("policy"):
        options["Policy"] = as_text(desired["policy"])
    if desired.get("multi_region"):
        options["MultiRegion"] = True
    try:
        return str(aws.call_once("kms", "create_key", **options)["KeyMetadata"]["KeyId"])
    except AwsError as error:
        if not error.ambiguous:
            raise
        left = _wait_for_left(aws, desired["name"])
        if not left:
            raise
        return left[0]


def _enabled(aws: Aws, key_ids: Sequence[str]) -> list[str]:
    """Of the keys those that encrypt."""
    found = aws.map(lambda key_id: kms.key(aws, key_id), key_ids)
    return [key["KeyId"] for key in found if key["KeyState"] == "Enabled"]


def _wait_for_left(aws: Aws, name: str) -> list[str]:
    """The key that a call without an answer may have made, looked for until it would be visible: KMS takes "less than
    a few seconds", https://docs.aws.amazon.com/kms/latest/developerguide/programming-eventual-consistency.html
    """
    deadline = time.monotonic() + LOOK_SECONDS
    while True:
        left = _enabled(aws, kms.untitled_keys(aws).get(name, []))
        if left or time.monotonic() > deadline:
            return left
        time.sleep(1)


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """The policy first: it decides who may make the other calls."""
    key = {"KeyId": found["id"]}
    if "policy" in fields:
        policy = POLICY.after(found, desired)
        with advising(policy):
            aws.call("kms", "put_key_policy", **key, PolicyName="default", Policy=as_text(policy))
        yield frozenset({"policy"})
    rotation = fields & {"rotation", "rotation_period_in_days"}
    if rotation:
        _rotate(aws, key, desired)
        yield rotation
    if "description" in fields:
        aws.call("kms", "update_key_description", **key, Description=desired["description"])
        yield frozenset({"description"})


def _rotate(aws: Aws, key: dict[str, str], desired: State) -> None:
    if desired.get("rotation"):
        days = desired.get("rotation_period_in_days")
        aws.call("kms", "enable_key_rotation", **key, **({"RotationPeriodInDays": days} if days else {}))
    else:
        aws.call("kms", "disable_key_rotation", **key)


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    if to_set:
        aws.call("kms", "tag_resource", KeyId=found["id"], Tags=to_list(to_set, "TagKey", "TagValue"))
    if to_remove:
        aws.call("kms", "untag_resource", KeyId=found["id"], TagKeys=to_remove)


def eventual(error: AwsError) -> bool:
    """A new key is not found at first and then disabled for a moment; one that stays disabled is refused by read.

    https://docs.aws.amazon.com/kms/latest/developerguide/programming-eventual-consistency.html
    """
    return error.service == "kms" and error.code in {"NotFoundException", "DisabledException"}


def check(desired: State) -> list[str]:
    reasons = []
    if not NAME.fullmatch(desired["name"]) or is_key_id(desired["name"]):
        reasons.append(
            "the name of a key is its alias without alias/: letters, digits, / _ -, at most 250, not aws/ before it, "
            "and no key's id"
        )
    reasons += POLICY.check(desired.get("policy"))
    days = desired.get("rotation_period_in_days")
    if days is None:
        return reasons
    if days not in ROTATION_DAYS:
        reasons.append(f"rotation_period_in_days is {days}; KMS takes {ROTATION_DAYS[0]} to {ROTATION_DAYS[-1]}")
    if not desired.get("rotation"):
        reasons.append("rotation_period_in_days without rotation; leave one of them out")
    return reasons


KMS_KEY = Kind(
    name="kms_key",
    role="secrets",
    read=read,
    create=create,
    update=update,
    tag=tag,
    name_tag=True,
    initial=frozenset({"purge_policy"}),
    unchangeable={"multi_region": "a key stays single- or multi-Region; give another name to make another key"},
    equal={"policy": same_policy},
    lookup=lookup,
    ids=KEY_ARN,
    known_as=known_as,
    check=check,
    keeps=keeps,
    eventual=eventual,
    wait=Wait(
        ready=frozenset({"Enabled"}),
        failed=frozenset({"Disabled", "PendingDeletion", "PendingReplicaDeletion", "Unavailable"}),
    ),
)
