# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ECR: who may pull and push the workload's images."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, value
from ..common import verdict
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
