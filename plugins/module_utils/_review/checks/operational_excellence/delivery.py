# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Delivery and operation: the pipeline, configuration, runbooks, owners."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, failed, passed, value
from ..attested import attestation
from ..common import listed, verdict, workload
from ..tagging import missing_tags


@check(
    id="cicd_pipeline_present",
    pillar="operational_excellence",
    best_practice="OPS05-BP04",
    severity="medium",
    resource_type="AwsCodePipeline",
    title="A pipeline deploys the application",
    needs=("codepipeline.pipelines",),
    role="delivery",
    item="OPS-5",
    cost="raises",
    recommendation="Run the delivery role: it makes a pipeline that tests, builds and deploys; or name the one that"
    " deploys in delivery_external_pipeline and wa_review_parameters.external_pipeline.",
    source="https://docs.aws.amazon.com/codepipeline/latest/userguide/welcome.html",
)
def cicd_pipeline_present(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """external_pipeline, or a pipeline of the workload with an action of the category Deploy."""
    if parameters.external_pipeline:
        yield passed(workload(stack), f"external_pipeline is {parameters.external_pipeline}")
        return

    def judge(pipeline: Item) -> Result:
        stages = value(pipeline, "Stages", "get_pipeline") or ()
        deploying = [stage["name"] for stage in stages if _deploys(stage)]
        evidence = f"{len(stages)} stages, of them with an action of the category Deploy: {listed(deploying)}"
        return verdict(bool(deploying), _arn(stack, pipeline), evidence)

    found = stack.items("codepipeline.pipelines")
    yield from each(found, lambda one: _arn(stack, one), judge)
    if not found:
        yield failed(workload(stack), "no pipeline is named or tagged like the workload, external_pipeline is not set")


@check(
    id="parameter_store_used",
    pillar="operational_excellence",
    best_practice="OPS05-BP03",
    severity="low",
    resource_type="AwsSsmParameter",
    title="Configuration is kept in Parameter Store",
    needs=("ssm.parameters",),
    role="secrets",
    item="OPS-4",
    recommendation="List the configuration in secrets_parameters; tasks read it with ecs secrets (valueFrom).",
    source="https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html",
)
def parameter_store_used(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Parameters under /project/environment/."""
    names = [one["Name"] for one in stack.items("ssm.parameters")]
    path = f"/{stack.project}/{stack.environment}/"
    yield verdict(bool(names), workload(stack), f"{len(names)} parameters under {path}")


@check(
    id="runbooks_available",
    pillar="operational_excellence",
    best_practice="OPS07-BP03",
    severity="medium",
    resource_type="AwsSsmDocument",
    title="Runbooks exist and were read lately",
    needs=("ssm.documents",),
    item="OPS-6",
    recommendation="playbooks/runbooks holds incident, scaling and disaster recovery; try them and attest runbooks in"
    " wa_review_parameters, or keep them as Systems Manager documents named like the workload.",
    source="https://docs.aws.amazon.com/systems-manager/latest/userguide/documents.html",
)
def runbooks_available(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A fresh attestation, or documents that are named like the workload."""
    said = attestation(stack, parameters, "runbooks")
    if said.fresh:
        yield passed(workload(stack), said.evidence)
        return
    names = [one["Name"] for one in stack.items("ssm.documents")]
    yield verdict(bool(names), workload(stack), f"{said.evidence}; Systems Manager documents: {listed(names)}")


@check(
    id="resource_owner_tagged",
    pillar="operational_excellence",
    best_practice="OPS02-BP01",
    severity="low",
    resource_type="AwsResource",
    title="Everything names its owner",
    needs=("resourcegroupstaggingapi.resources",),
    role="governance",
    item="COST-8",
    recommendation="Set stack_owner and run site.yml: every role tags what it manages with Owner.",
    source="https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
)
def resource_owner_tagged(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The tag Owner on each thing of the workload that can carry tags."""
    yield from missing_tags(stack.items("resourcegroupstaggingapi.resources"), ("Owner",))


def _arn(stack: Stack, pipeline: Item) -> str:
    return f"arn:{stack.partition}:codepipeline:{stack.region}:{stack.account_id}:{pipeline['name']}"


def _deploys(stage: Item) -> bool:
    return any((one.get("actionTypeId") or {}).get("category") == "Deploy" for one in stage.get("actions") or ())
