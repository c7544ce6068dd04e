# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ECR: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/"""

from __future__ import annotations

import json
from collections.abc import Collection

from .._engine.aws import Aws
from .._engine.errors import AwsError
from .._engine.tags import to_dict
from .reading import Item, further


def repositories(aws: Aws) -> list[Item]:
    """Every repository as the list gives it."""
    return aws.pages("ecr", "describe_repositories", "repositories")


def named_repositories(aws: Aws, *, names: Collection[str]) -> list[Item]:
    """The repositories of these names, with LifecyclePolicy (document or None) and Tags; unknown ones are absent."""

    def one(name: str) -> list[Item]:
        try:
            answer = aws.call("ecr", "describe_repositories", repositoryNames=[name])
        except AwsError as error:
            if error.code == "RepositoryNotFoundException":
                return []
            raise
        repository: Item = answer["repositories"][0]
        repository["Tags"] = to_dict(
            aws.call("ecr", "list_tags_for_resource", resourceArn=repository["repositoryArn"]).get("tags")
        )
        try:
            text = aws.call("ecr", "get_lifecycle_policy", repositoryName=name)["lifecyclePolicyText"]
        except AwsError as error:
            if error.code != "LifecyclePolicyNotFoundException":
                raise
            text = "null"
        repository["LifecyclePolicy"] = json.loads(text)
        return [repository]

    return [found for answer in aws.map(one, sorted(names)) for found in answer]


def complete(aws: Aws, repository: Item) -> Item:
    """A repository with Policy and LifecyclePolicy, documents or None."""
    name = {"repositoryName": repository["repositoryName"]}
    policy = further(aws, repository, "ecr", "get_repository_policy", {"RepositoryPolicyNotFoundException"}, **name)
    repository["Policy"] = json.loads(policy["policyText"]) if policy else None
    lifecycle = further(aws, repository, "ecr", "get_lifecycle_policy", {"LifecyclePolicyNotFoundException"}, **name)
    repository["LifecyclePolicy"] = json.loads(lifecycle["lifecyclePolicyText"]) if lifecycle else None
    return repository


def registry_scanning(aws: Aws) -> list[Item]:
    """One item: the registry's scanningConfiguration (scanType, rules), which may stand in for scanOnPush."""
    return [aws.call("ecr", "get_registry_scanning_configuration")["scanningConfiguration"]]


def image_scan(aws: Aws, image: str) -> Item:
    """What the last scan of one image (REGISTRY/REPOSITORY:TAG or @DIGEST) found.

    Image, Status (imageScanStatus or None where it was never scanned) and FindingSeverityCounts ({} or per severity).
    """
    registry, _unused, path = image.partition("/")
    found: Item = {"Image": image, "Status": None, "FindingSeverityCounts": {}}
    name, separator, digest = path.partition("@")
    name, _unused, tag = name.partition(":")
    wanted = {
        "registryId": registry.split(".")[0],
        "repositoryName": name,
        "imageId": {"imageDigest": digest} if separator else {"imageTag": tag or "latest"},
        "maxResults": 1,
    }
    absent = {"ScanNotFoundException", "ImageNotFoundException"}
    answer = further(aws, found, "ecr", "describe_image_scan_findings", absent, **wanted)
    if answer:
        found["Status"] = answer.get("imageScanStatus")
        found["FindingSeverityCounts"] = answer.get("imageScanFindings", {}).get("findingSeverityCounts", {})
    return found
