# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ECR: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/"""

from __future__ import annotations

import json

from .._engine.aws import Aws
from .reading import Item, further


def repositories(aws: Aws) -> list[Item]:
    """Every repository as the list gives it."""
    return aws.pages("ecr", "describe_repositories", "repositories")


def complete(aws: Aws, repository: Item) -> Item:
    """A repository with Policy and LifecyclePolicy, documents or None."""
    name = {"repositoryName": repository["repositoryName"]}
    policy = further(aws, repository, "ecr", "get_repository_policy", {"RepositoryPolicyNotFoundException"}, **name)
    repository["Policy"] = json.loads(policy["policyText"]) if policy else None
    lifecycle = further(aws, repository, "ecr", "get_lifecycle_policy", {"LifecyclePolicyNotFoundException"}, **name)
    repository["LifecyclePolicy"] = json.loads(lifecycle["lifecyclePolicyText"]) if lifecycle else None
    return repository
