# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Repositories for images: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..._describe import ecr
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, Reference, State
from ..._engine.tags import to_list
from ..kms.kms_key import KMS_KEY

NAME = re.compile(r"(?=.{2,256}$)[a-z0-9]+(?:[._-][a-z0-9]+)*(?:/[a-z0-9]+(?:[._-][a-z0-9]+)*)*")


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    return {
        repository["repositoryName"]: {
            "name": repository["repositoryName"],
            "arn": repository["repositoryArn"],
            "uri": repository["repositoryUri"],
            "image_tag_mutability": repository.get("imageTagMutability", "MUTABLE"),
            "scan_on_push": (repository.get("imageScanningConfiguration") or {}).get("scanOnPush", False),
            "kms_key": (repository.get("encryptionConfiguration") or {}).get("kmsKey"),
            "lifecycle_rules": (repository["LifecyclePolicy"] or {}).get("rules", []),
            "tags": repository["Tags"],
        }
        for repository in ecr.named_repositories(aws, names={item["name"] for item in items})
    }


def create(aws: Aws, desired: State) -> None:
    key = desired.get("kms_key")
    encryption = {"encryptionConfiguration": {"encryptionType": "KMS", "kmsKey": key}} if key else {}
    aws.call_once(
        "ecr",
        "create_repository",
        repositoryName=desired["name"],
        imageTagMutability=desired.get("image_tag_mutability", "IMMUTABLE"),
        imageScanningConfiguration={"scanOnPush": desired.get("scan_on_push", True)},
        tags=to_list(desired["tags"]),
        **encryption,
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    repository = {"repositoryName": found["name"]}
    if "image_tag_mutability" in fields:
        wanted = desired["image_tag_mutability"]
        aws.call("ecr", "put_image_tag_mutability", **repository, imageTagMutability=wanted)
        yield frozenset({"image_tag_mutability"})
    if "scan_on_push" in fields:
        scanning = {"scanOnPush": desired["scan_on_push"]}
        aws.call("ecr", "put_image_scanning_configuration", **repository, imageScanningConfiguration=scanning)
        yield frozenset({"scan_on_push"})
    if "lifecycle_rules" in fields:
        rules = merged_rules(found["lifecycle_rules"], desired["lifecycle_rules"])
        aws.call("ecr", "put_lifecycle_policy", **repository, lifecyclePolicyText=json.dumps({"rules": rules}))
        yield frozenset({"lifecycle_rules"})


def merged_rules(found: Sequence[Mapping[str, Any]], desired: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The desired rules, known by their descriptions, beside those of others; a taken priority moves to the next."""
    ours = {rule["description"] for rule in desired}
    rules = [dict(rule) for rule in found if rule.get("description") not in ours]
    taken = {rule["rulePriority"] for rule in rules}
    for rule in desired:
        priority = rule["rulePriority"]
        while priority in taken:
            priority += 1
        taken.add(priority)
        rules.append({**rule, "rulePriority": priority})
    return sorted(rules, key=lambda rule: int(rule["rulePriority"]))


def same_rules(found: Sequence[Mapping[str, Any]], desired: Sequence[Mapping[str, Any]]) -> bool:
    """The desired rules are there, whatever their priorities; others' rules are no difference."""
    there = [_without_priority(rule) for rule in found or []]
    return all(_without_priority(rule) in there for rule in desired)


def _without_priority(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in rule.items() if key != "rulePriority"}


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    if to_set:
        aws.call("ecr", "tag_resource", resourceArn=found["arn"], tags=to_list(to_set))
    if to_remove:
        aws.call("ecr", "untag_resource", resourceArn=found["arn"], tagKeys=to_remove)


def check(desired: State) -> list[str]:
    reasons = []
    if not NAME.fullmatch(desired["name"]):
        reasons.append("the name of a repository has 2 to 256 lower case letters, digits and ._-/, as team/app")
    nameless = [rule for rule in desired.get("lifecycle_rules") or () if not rule.get("description")]
    if nameless:
        reasons.append("a lifecycle rule is known by its description; give each one of its own")
    return reasons


def eventual(error: AwsError) -> bool:
    """A key made a moment ago: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_KmsException.html"""
    return error.code == "KmsException"


ECR_REPOSITORY = Kind(
    name="ecr_repository",
    role="ecs_service",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={"kms_key": Reference(KMS_KEY, "arn")},
    # The encryption of a repository is chosen when it is made and stays; one that is there keeps its own.
    initial=frozenset({"kms_key"}),
    equal={"lifecycle_rules": same_rules},
    eventual=eventual,
    check=check,
)
