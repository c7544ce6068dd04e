# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tags: on the things, and known to billing."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import failed, passed
from ..common import listed
from ..tagging import missing_tags


@check(
    id="required_tags_present",
    pillar="cost_optimization",
    best_practice="COST03-BP02",
    severity="medium",
    resource_type="AwsResource",
    title="Everything carries the tags that cost is attributed by",
    needs=("resourcegroupstaggingapi.resources",),
    item="COST-8",
    role="governance",
    recommendation="Run site.yml: every role tags what it manages with Project, Environment, Owner and CostCenter from"
    " stack_project, stack_environment, stack_owner and stack_cost_center.",
    source="https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
)
def required_tags_present(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """All of required_tags on each thing of the workload that can carry tags."""
    yield from missing_tags(stack.items("resourcegroupstaggingapi.resources"), parameters.required_tags)


@check(
    id="cost_allocation_tags_active",
    pillar="cost_optimization",
    best_practice="COST03-BP03",
    severity="medium",
    resource_type="AwsCostAllocationTag",
    title="The required tags are active cost allocation tags",
    needs=("costexplorer.cost_allocation_tags",),
    role="governance",
    item="COST-8",
    recommendation="Run the governance role in the payer's or a stand-alone account. A tag that has just been set can"
    " be activated after up to 24 hours.",
    source="https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html",
)
def cost_allocation_tags_active(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Status of each of required_tags."""
    known = {one.get("TagKey"): one.get("Status") for one in stack.items("costexplorer.cost_allocation_tags")}
    waiting = [f"{tag} ({known.get(tag, 'not known to billing')})" for tag in parameters.required_tags]
    inactive = [text for tag, text in zip(parameters.required_tags, waiting, strict=True) if known.get(tag) != "Active"]
    if parameters.required_tags:
        judged = failed if inactive else passed
        yield judged(stack.account_id, f"cost allocation tags whose Status is not Active: {listed(inactive)}")
