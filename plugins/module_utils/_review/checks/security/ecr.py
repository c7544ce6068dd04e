# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ECR: who may pull and push the workload's images, and whether these are looked at and stay what they are."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, not_applicable, value
from ..common import fact, listed, verdict
from ..policies import public_statements, titles


@check(
    id="ecr_not_public",
    pillar="security",
    best_practice="SEC03-BP07",
    severity="critical",
    resource_type="AwsEcrRepository",
    title="No repository is for everybody",
    needs=("ecr.repositories",),
    recommendation="Name the accounts or roles in the repository's policy, or remove it: without one the account's own"
    " IAM policies decide.",
    source="https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",
)
def ecr_not_public(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """No statement of the repository's policy lets everybody in."""

    def judge(repository: Item) -> Result:
        opened = public_statements(value(repository, "Policy", "get_repository_policy"))
        evidence = f"Policy statements for everybody: {titles(opened) or 'none'}"
        return verdict(not opened, repository["repositoryArn"], evidence)

    yield from each(stack.items("ecr.repositories"), "repositoryArn", judge)


@check(
    id="ecr_scan_on_push",
    pillar="security",
    best_practice="SEC06-BP01",
    severity="medium",
    resource_type="AwsEcrRepository",
    title="Images are scanned",
    needs=("ecr.repositories", "ecr.registry_scanning"),
    role="ecs_service",
    recommendation="Run the ecs_service role: it has the repository scan each image when it is pushed.",
    source="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html",
)
def ecr_scan_on_push(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """scanOnPush of the repository, or a rule of the registry for its name."""
    rules = [rule for one in stack.items("ecr.registry_scanning") for rule in one.get("rules") or ()]
    for repository in stack.items("ecr.repositories"):
        own = bool((repository.get("imageScanningConfiguration") or {}).get("scanOnPush"))
        name = repository["repositoryName"]
        patterns = [
            str(wanted.get("filter"))
            for rule in rules
            if rule.get("scanFrequency") in ("SCAN_ON_PUSH", "CONTINUOUS_SCAN")
            for wanted in rule.get("repositoryFilters") or ()
            if _matches(str(wanted.get("filter")), name)
        ]
        evidence = f"{fact('scanOnPush', own)}, the registry's scanning rules for it: {listed(patterns)}"
        yield verdict(own or bool(patterns), repository["repositoryArn"], evidence)


def _matches(pattern: str, name: str) -> bool:
    """A wildcard filter of the registry; one without an asterisk is any part of the name.

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
    """
    return fnmatch.fnmatchcase(name, pattern if "*" in pattern else f"*{pattern}*")


@check(
    id="ecr_tag_immutable",
    pillar="security",
    best_practice="SEC06-BP04",
    severity="low",
    resource_type="AwsEcrRepository",
    title="A tag stays with its image",
    needs=("ecr.repositories",),
    role="ecs_service",
    recommendation="Run the ecs_service role: it makes tags immutable. The pipeline gives each image a tag of its own.",
    source="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
)
def ecr_tag_immutable(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """imageTagMutability, with or without exclusions."""
    for repository in stack.items("ecr.repositories"):
        mutability = str(repository.get("imageTagMutability", "MUTABLE"))
        evidence = fact("imageTagMutability", mutability)
        yield verdict(mutability.startswith("IMMUTABLE"), repository["repositoryArn"], evidence)


@check(
    id="ecr_no_critical_vulnerability",
    pillar="security",
    best_practice="SEC06-BP01",
    severity="high",
    resource_type="AwsEcrImage",
    title="No image in service has a critical vulnerability",
    needs=("ecr.image_scans",),
    role="delivery",
    recommendation="Build the image anew on a base that has the fix, and deploy it.",
    source="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-basic.html",
)
def ecr_no_critical_vulnerability(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """findingSeverityCounts of the last scan of each image that a task definition in force names."""

    def judge(image: Item) -> Result:
        counts = value(image, "FindingSeverityCounts", "describe_image_scan_findings")
        if image["Status"] not in ("COMPLETE", "ACTIVE"):
            return not_applicable(
                f"the image was not scanned ({fact('imageScanStatus', image['Status'])})", image["Image"]
            )
        found = ", ".join(f"{number} {severity}" for severity, number in sorted(counts.items())) or "none"
        return verdict(not counts.get("CRITICAL"), image["Image"], f"findings of the last scan: {found}")

    yield from each(stack.items("ecr.image_scans"), "Image", judge)
