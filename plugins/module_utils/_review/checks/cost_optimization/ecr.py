# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ECR: images that nobody needs any more."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, value
from ..common import verdict


@check(
    id="ecr_lifecycle_policy",
    pillar="cost_optimization",
    best_practice="COST04-BP05",
    severity="low",
    resource_type="AwsEcrRepository",
    title="Repositories let old images go",
    needs=("ecr.repositories",),
    role="ecs_service",
    cost="lowers",
    recommendation="Run the ecs_service role: untagged images expire, and so do those beyond the number that is kept.",
    source="https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html",
)
def ecr_lifecycle_policy(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A lifecycle policy with a rule."""

    def judge(repository: Item) -> Result:
        rules = (value(repository, "LifecyclePolicy", "get_lifecycle_policy") or {}).get("rules") or ()
        return verdict(bool(rules), repository["repositoryArn"], f"the lifecycle policy has {len(rules)} rules")

    yield from each(stack.items("ecr.repositories"), "repositoryArn", judge)
