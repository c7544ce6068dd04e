# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CodePipeline: what a structure must be, roles that can be assumed, states and transitions.

https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html. A new pipeline begins an
execution at once, which fails in a source whose connection is not AVAILABLE; all others succeed at once, as moto's do.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from local_aws import trust
from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("codepipeline")

# Category and provider of AWS's own actions, and the configuration that each must have:
# https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html
_ACTIONS: dict[tuple[str, str], tuple[str, ...]] = {
    ("Source", "CodeStarSourceConnection"): ("ConnectionArn", "FullRepositoryId", "BranchName"),
    ("Source", "S3"): ("S3Bucket", "S3ObjectKey"),
    ("Source", "ECR"): ("RepositoryName",),
    ("Source", "CodeCommit"): ("RepositoryName", "BranchName"),
    ("Build", "CodeBuild"): ("ProjectName",),
    ("Build", "ECRBuildAndPublish"): ("ECRRepositoryName",),
    ("Test", "CodeBuild"): ("ProjectName",),
    ("Approval", "Manual"): (),
    ("Compute", "Commands"): (),
    ("Invoke", "Lambda"): ("FunctionName",),
    ("Deploy", "ECS"): ("ClusterName", "ServiceName"),
    ("Deploy", "CodeDeployToECS"): ("ApplicationName", "DeploymentGroupName"),
    ("Deploy", "S3"): ("BucketName", "Extract"),
    ("Deploy", "CloudFormation"): ("ActionMode",),
}
_SOURCE = ("Source", "CodeStarSourceConnection")


def _structure(message: str) -> Refusal:
    return Refusal("InvalidStructureException", message, 400)


def _action(message: str) -> Refusal:
    return Refusal("InvalidActionDeclarationException", message, 400)


def _actions(pipeline: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for stage in pipeline["stages"]:
        yield from stage["actions"]


def _type(action: dict[str, Any]) -> tuple[str, str]:
    return action["actionTypeId"]["category"], action["actionTypeId"]["provider"]


@aws.before("CreatePipeline")
def name_in_use(call: Any) -> None:
    name = call.params["pipeline"]["name"]
    if name in call.backend().pipelines:
        message = f"A pipeline with the name '{name}' already exists in account '{call.account}'"
        raise Refusal("PipelineNameInUseException", message, 400)


@aws.before("CreatePipeline", "UpdatePipeline")
def filled_in(call: Any) -> None:
    """What AWS gives back of what was left out."""
    pipeline = copy.deepcopy(call.params["pipeline"])
    found = call.backend().pipelines.get(pipeline["name"])
    for name, default in (("pipelineType", "V2"), ("executionMode", "SUPERSEDED")):
        pipeline.setdefault(name, found.pipeline.get(name, default) if found else default)
    call.change(pipeline=pipeline)


@aws.before("CreatePipeline", "UpdatePipeline")
def structure_rule(call: Any) -> None:
    pipeline = call.params["pipeline"]
    stages = pipeline["stages"]
    if len(stages) < 2:
        raise _structure(
            f"Pipeline has only {len(stages)} stage(s). There should be a minimum of 2 stages in a pipeline"
        )
    if ("artifactStore" in pipeline) == ("artifactStores" in pipeline):
        raise _structure("You must include either artifactStore or artifactStores in your pipeline, but not both")
    _names_differ([stage["name"] for stage in stages], "stage")
    for number, stage in enumerate(stages):
        if not stage["actions"]:
            message = f"Stage {stage['name']} has no actions"
            raise Refusal("InvalidStageDeclarationException", message, 400)
        _names_differ([action["name"] for action in stage["actions"]], "action")
        for action in stage["actions"]:
            if (_type(action)[0] == "Source") != (number == 0):
                raise _structure("Source actions stand in the first stage, and no other actions do")
    for action in _actions(pipeline):
        _check_action(action)
    _check_artifacts(stages)
    _check_triggers(pipeline)


def _names_differ(names: list[str], what: str) -> None:
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise _structure(f"Found more than one {what} with the name '{doubles[0]}'")


def _check_action(action: dict[str, Any]) -> None:
    kind, configuration = _type(action), action.get("configuration", {})
    if action["actionTypeId"]["owner"] != "AWS":
        return
    if kind not in _ACTIONS or action["actionTypeId"]["version"] != "1":
        provider = "', provider: '".join(kind)
        raise _action(
            f"ActionType (Category: '{provider}', owner: 'AWS') in action '{action['name']}' is not available"
        )
    missing = [name for name in _ACTIONS[kind] if not configuration.get(name)]
    if missing:
        raise _action(
            f"Action configuration for action '{action['name']}' is missing required configuration '{missing[0]}'"
        )
    if kind == ("Deploy", "ECS") and not 1 <= int(configuration.get("DeploymentTimeout", 60)) <= 60:
        raise _action(f"DeploymentTimeout of action '{action['name']}' is 1 to 60 minutes")


def _check_artifacts(stages: list[dict[str, Any]]) -> None:
    """An artifact is made once, and before it is used."""
    made: set[str] = set()
    for stage in stages:
        for action in sorted(stage["actions"], key=lambda one: one.get("runOrder", 1)):
            for artifact in action.get("inputArtifacts", []):
                if artifact["name"] not in made:
                    raise _action(
                        f"Input Artifact Bundle {artifact['name']} in action {action['name']} is not declared as an "
                        "output artifact before"
                    )
            for artifact in action.get("outputArtifacts", []):
                if artifact["name"] in made:
                    raise _action(f"Output Artifact Bundle name must be unique within the pipeline: {artifact['name']}")
                made.add(artifact["name"])


def _check_triggers(pipeline: dict[str, Any]) -> None:
    sources = {action["name"] for action in _actions(pipeline) if _type(action) == _SOURCE}
    for trigger in pipeline.get("triggers", []):
        if pipeline["pipelineType"] != "V2":
            raise _structure("Triggers are supported for pipelines of the type V2 only")
        name = trigger["gitConfiguration"]["sourceActionName"]
        if name not in sources:
            raise _structure(f"Trigger names the source action {name}, which is no action of a connection")


@aws.before("CreatePipeline", "UpdatePipeline")
def roles_rule(call: Any) -> None:
    """The words for an action's role: https://github.com/hashicorp/terraform/pull/14263"""
    pipeline = call.params["pipeline"]
    role = pipeline["roleArn"]
    if not trust.assumable_by_service(call, role, "codepipeline.amazonaws.com"):
        raise _structure(f"CodePipeline is not authorized to perform AssumeRole on role {role}")
    for action in _actions(pipeline):
        own = action.get("roleArn")
        if own and not trust.assumable_by_role(call, own, by=role):
            raise _structure(f"Pipeline role {role} is not authorized to perform AssumeRole on action role {own}")


@aws.after("CreatePipeline")
def begins_at_once(call: Any, answer: dict[str, Any]) -> None:
    call.moto("StartPipelineExecution", name=answer["pipeline"]["name"])
    _outcome(call, answer["pipeline"]["name"])


@aws.after("StartPipelineExecution")
def ends_at_its_source(call: Any, answer: dict[str, Any]) -> None:
    _outcome(call, call.params["name"])


def _outcome(call: Any, name: str) -> None:
    found = call.backend().pipelines[name]
    arns = [one["configuration"]["ConnectionArn"] for one in _actions(found.pipeline) if _type(one) == _SOURCE]
    if not all(_is_available(call, arn) for arn in arns):
        list(found.executions.values())[-1].status = "Failed"


def _is_available(call: Any, arn: str) -> bool:
    if arn.split(":")[2:5] != ["codeconnections", call.region, call.account]:
        return True
    try:
        found = call.ask("codeconnections", "GetConnection", ConnectionArn=arn)
    except Refusal:
        return False
    return bool(found["Connection"]["ConnectionStatus"] == "AVAILABLE")


def _pipeline(call: Any, name: str) -> Any:
    found = call.backend().pipelines.get(name)
    if found is None:
        message = f"Account '{call.account}' does not have a pipeline with name '{name}'"
        raise Refusal("PipelineNotFoundException", message, 400)
    return found


@aws.adds
def get_pipeline_state(call: Any, *, name: str) -> dict[str, Any]:
    found = _pipeline(call, name)
    last = list(found.executions.values())[-1:]
    disabled = call.state("transitions").get(name, {})
    states = []
    for number, stage in enumerate(found.pipeline["stages"]):
        state: dict[str, Any] = {
            "stageName": stage["name"],
            "inboundTransitionState": {"enabled": stage["name"] not in disabled, **disabled.get(stage["name"], {})},
            "actionStates": [{"actionName": action["name"]} for action in stage["actions"]],
        }
        for one in last:
            if one.status != "Failed" or number == 0:
                state["latestExecution"] = {"pipelineExecutionId": one.pipeline_execution_id, "status": one.status}
        states.append(state)
    return {
        "pipelineName": name,
        "pipelineVersion": found.pipeline["version"],
        "stageStates": states,
        "created": found.metadata["created"],
        "updated": found.metadata["updated"],
    }


def _stage(call: Any, pipeline: str, stage: str) -> None:
    if stage not in {one["name"] for one in _pipeline(call, pipeline).pipeline["stages"]}:
        raise Refusal("StageNotFoundException", f"Pipeline '{pipeline}' does not have a stage '{stage}'", 400)


@aws.adds
def disable_stage_transition(
    call: Any, *, pipeline_name: str, stage_name: str, transition_type: str, reason: str
) -> dict[str, Any]:
    _stage(call, pipeline_name, stage_name)
    if transition_type == "Inbound":
        call.state("transitions").setdefault(pipeline_name, {})[stage_name] = {"disabledReason": reason}
    return {}


@aws.adds
def enable_stage_transition(call: Any, *, pipeline_name: str, stage_name: str, transition_type: str) -> dict[str, Any]:
    _stage(call, pipeline_name, stage_name)
    if transition_type == "Inbound":
        call.state("transitions").get(pipeline_name, {}).pop(stage_name, None)
    return {}


@aws.before("DeletePipeline")
def forgets_transitions(call: Any) -> None:
    call.state("transitions").pop(call.params["name"], None)
