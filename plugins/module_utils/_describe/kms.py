# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""KMS: https://docs.aws.amazon.com/kms/latest/APIReference/"""

from __future__ import annotations

import json
from collections.abc import Collection

from .._engine.aws import Aws
from .._engine.errors import AwsError
from .._engine.tags import to_dict
from .reading import Item, further


def aliases(aws: Aws) -> list[Item]:
    """All aliases of the region, AWS's own (alias/aws/...) too."""
    return aws.pages("kms", "list_aliases", "Aliases")


def key(aws: Aws, key_id: str) -> Item:
    """One key as DescribeKey gives it. key_id: its id or ARN, or the ARN of an alias of it."""
    return dict(aws.call("kms", "describe_key", KeyId=key_id)["KeyMetadata"])


def keys(
    aws: Aws,
    *,
    names: Collection[str] | None = None,
    ids: Collection[str] | None = None,
    policies: bool = True,
    known: list[Item] | None = None,
) -> list[Item]:
    """Customer managed keys as DescribeKey gives them, with AliasNames, Policy (a document), Rotation and Tags.

    names: aliases without alias/; ids: key ids or ARNs. Neither: every key of the region.
    known: the region's aliases where the caller has read them.
    """
    known = [alias for alias in (aliases(aws) if known is None else known) if alias.get("TargetKeyId")]
    if names is not None:
        wanted = {f"alias/{name}" for name in names}
        targets = sorted({alias["TargetKeyId"] for alias in known if alias["AliasName"] in wanted})
    elif ids is not None:
        targets = sorted(ids)
    else:
        targets = [key["KeyId"] for key in aws.pages("kms", "list_keys", "Keys")]
    found = aws.map(lambda target: _key(aws, target, known, policies), targets)
    return [one for one in found if one["KeyManager"] == "CUSTOMER"]


def _key(aws: Aws, target: str, known: list[Item], policies: bool) -> Item:
    found = key(aws, target)
    found["AliasNames"] = sorted(alias["AliasName"] for alias in known if alias["TargetKeyId"] == found["KeyId"])
    found["Tags"] = {}
    if found["KeyManager"] != "CUSTOMER" or found["KeyState"] == "PendingDeletion":
        return found
    answer = further(aws, found, "kms", "list_resource_tags", KeyId=target)
    found["Tags"] = to_dict(answer["Tags"]) if answer else {}
    found["Rotation"] = further(
        aws, found, "kms", "get_key_rotation_status", {"UnsupportedOperationException"}, KeyId=target
    )
    if policies:
        policy = further(aws, found, "kms", "get_key_policy", KeyId=target, PolicyName="default")
        found["Policy"] = json.loads(policy["Policy"]) if policy else None
    return found


def untitled_keys(aws: Aws) -> dict[str, list[str]]:
    """Ids of customer keys without any alias by their Name tag: left by a run that broke off, in whatever state.

    One call for each key without an alias, as accounts may have hundreds. A key whose policy denies the caller is
    none of the caller's making; where every key does, it is the caller who may not ask: AwsError.
    """
    titled = {alias["TargetKeyId"] for alias in aliases(aws) if alias.get("TargetKeyId")}
    candidates = [key["KeyId"] for key in aws.pages("kms", "list_keys", "Keys") if key["KeyId"] not in titled]

    def tags(key_id: str) -> dict[str, str] | AwsError:
        try:
            return to_dict(aws.call("kms", "list_resource_tags", KeyId=key_id)["Tags"])
        except AwsError as error:
            if error.denied or error.missing:
                return error
            raise

    answers = aws.map(tags, candidates)
    denied = [answer for answer in answers if isinstance(answer, AwsError) and answer.denied]
    if denied and len(denied) == len(candidates):
        raise denied[0]
    found: dict[str, list[str]] = {}
    for key_id, answer in zip(candidates, answers, strict=True):
        if isinstance(answer, dict) and "Name" in answer:
            found.setdefault(answer["Name"], []).append(key_id)
    return found
