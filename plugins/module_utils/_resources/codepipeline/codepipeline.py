# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Pipelines: https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineDeclaration.html

UpdatePipeline replaces the whole declaration, so what others have in it is read first and sent back. A new pipeline
begins an execution at once. Transitions that people have disabled, and approvals, are theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..._describe import codepipeline
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, Reference, State
from ..._engine.tags import to_list
from ..codeconnections.codeconnections_connection import CODECONNECTIONS_CONNECTION
from ..iam.iam_role import IAM_ROLE
from ..kms.key_names import with_key_arns
from ..kms.kms_key import KMS_KEY
from .declaration import masked, merged, merged_triggers, same_stages, same_triggers, shown, shown_triggers, text

_NAME = re.compile(r"[A-Za-z0-9.@_-]{1,100}")
_REPOSITORY = re.compile(r"[^/\s]+(?:/[^/\s]+)+")
_LONGEST_VALUE = 1000
# https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html
_DEPLOYMENT_MINUTES = (1, 60)


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """The pipelines found, of each no more than the item asks for."""
    wanted = {item["name"]: item for item in items}
    found = codepipeline.declarations(aws, names=wanted)
    states = {one["name"]: _state(one, wanted[one["name"]], aws.region) for one in found}
    return with_key_arns(aws, items, states)


def _state(pipeline: Mapping[str, Any], item: State, region: str) -> State:
    store = _store(pipeline, region)
    names = {stage["name"] for stage in pipeline["stages"]}
    return {
        "name": pipeline["name"],
        "id": pipeline["name"],
        "arn": pipeline["Arn"],
        "role": pipeline["roleArn"],
        "pipeline_type": pipeline.get("pipelineType", "V1"),
        "execution_mode": pipeline.get("executionMode", "SUPERSEDED"),
        "artifact_bucket": store.get("location"),
        "kms_key": (store.get("encryptionKey") or {}).get("id"),
        "stages": shown(pipeline["stages"], item.get("stages") or ()),
        "remove_stages": [name for name in item.get("remove_stages") or () if name not in names],
        "triggers": shown_triggers(pipeline.get("triggers") or (), item.get("triggers") or ()),
        "masked": masked(merged(pipeline["stages"], item.get("stages") or (), item.get("remove_stages") or ())),
        "tags": pipeline["Tags"],
    }


def _store(pipeline: Mapping[str, Any], region: str) -> Mapping[str, Any]:
    """The store of this region; one whose actions run in several regions has a store in each."""
    store: Mapping[str, Any] = pipeline.get("artifactStore") or (pipeline.get("artifactStores") or {}).get(region) or {}
    return store


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """A pipeline with a secret of somebody else's is tagged and nothing more, as it cannot be sent back."""
    if found is None or not found["masked"]:
        return desired, []
    rest = {key: value for key, value in desired.items() if key in ("name", "create", "tags", "purge_tags")}
    said = (
        f"codepipeline {desired['name']} is left as it is: AWS does not show {', '.join(found['masked'])}, which a "
        "change would lose; have the action use a connection, or take it out, and run again"
    )
    return rest, [said]


def create(aws: Aws, desired: State) -> None:
    declaration = _declaration({"name": desired["name"], "stages": [], "triggers": []}, desired, aws.region)
    try:
        aws.call_once(
            "codepipeline", "create_pipeline", pipeline=declaration, tags=to_list(desired["tags"], "key", "value")
        )
    except AwsError as error:
        # It is there, only not seen yet.
        if error.code != "PipelineNameInUseException":
            raise


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    before = aws.call("codepipeline", "get_pipeline", name=found["name"])["pipeline"]
    aws.call("codepipeline", "update_pipeline", pipeline=_declaration(before, desired, aws.region))


def _declaration(found: Mapping[str, Any], desired: State, region: str) -> dict[str, Any]:
    """The declaration found with all that is asked for."""
    store: dict[str, Any] = {**_store(found, region), "type": "S3", "location": desired["artifact_bucket"]}
    if desired.get("kms_key"):
        store["encryptionKey"] = {"id": desired["kms_key"], "type": "KMS"}
    stores = found.get("artifactStores")
    removed = desired.get("remove_stages") or ()
    asked: dict[str, Any] = {
        "roleArn": desired["role"],
        "pipelineType": desired.get("pipeline_type"),
        "executionMode": desired.get("execution_mode"),
        "stages": merged(found["stages"], desired["stages"], removed),
        "triggers": merged_triggers(found.get("triggers") or (), desired.get("triggers") or ()) or None,
    }
    asked |= {"artifactStores": {**stores, region: store}} if stores else {"artifactStore": store}
    rest = {key: value for key, value in found.items() if key not in ("version", "triggers")}
    return {**rest, **{key: value for key, value in asked.items() if value is not None}}


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    arn = {"resourceArn": found["arn"]}
    if to_set:
        aws.call("codepipeline", "tag_resource", **arn, tags=to_list(to_set, "key", "value"))
    if to_remove:
        aws.call("codepipeline", "untag_resource", **arn, tagKeys=to_remove)


def eventual(error: AwsError) -> bool:
    """A role made a moment ago, or its policy: https://github.com/hashicorp/terraform/issues/19264,
    https://github.com/hashicorp/terraform/pull/14263"""
    return error.code == "InvalidStructureException" and "is not authorized to perform AssumeRole" in error.message


def busy(error: AwsError) -> bool:
    """https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_CreatePipeline.html"""
    return error.code == "ConcurrentModificationException"


def check(desired: State) -> list[str]:
    stages = desired.get("stages") or ()
    reasons = (
        [] if _NAME.fullmatch(desired["name"]) else ["the name of a pipeline has 1 to 100 letters, digits and .@_-"]
    )
    if "stages" in desired and len(stages) < 2:
        reasons.append(f"it has {len(stages)} stages; a pipeline has two at least")
    names = [stage["name"] for stage in stages]
    reasons += [
        f"the stage {name} stands more than once" for name in sorted({one for one in names if names.count(one) > 1})
    ]
    made: set[str] = set()
    for number, stage in enumerate(stages):
        for action in sorted(stage.get("actions") or (), key=lambda one: one.get("run_order") or 1):
            where = f"the action {action['name']} of the stage {stage['name']}"
            if (action.get("category") == "Source") != (number == 0):
                reasons.append(
                    f"{where} is out of place: the first stage, and no other, has the actions of the category Source"
                )
            missing = [name for name in action.get("input_artifacts") or () if name not in made]
            reasons += [f"{where} takes {name}, which no action before it makes" for name in missing]
            made |= set(action.get("output_artifacts") or ())
            reasons += [f"{where}: {reason}" for reason in _configuration_reasons(action)]
    return reasons


def _configuration_reasons(action: Mapping[str, Any]) -> Iterator[str]:
    configuration = {name: text(value) for name, value in (action.get("configuration") or {}).items()}
    for name, value in configuration.items():
        if name == "FullRepositoryId":
            if not _REPOSITORY.fullmatch(value):
                yield f"{name} is '{value}'; it looks like owner/repository"
        elif not value:
            yield f"{name} is empty"
        elif len(value) > _LONGEST_VALUE:
            yield f"{name} has {len(value)} characters; CodePipeline takes {_LONGEST_VALUE}"
    minutes = configuration.get("DeploymentTimeout")
    least, most = _DEPLOYMENT_MINUTES
    if minutes is not None and not (minutes.isdecimal() and least <= int(minutes) <= most):
        yield f"DeploymentTimeout is {minutes}; the action takes {least} to {most} minutes"


CODEPIPELINE = Kind(
    name="codepipeline",
    role="delivery",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={
        "role": Reference(IAM_ROLE, "arn"),
        "kms_key": Reference(KMS_KEY, "arn"),
        "stages.actions.role": Reference(IAM_ROLE, "arn"),
        "stages.actions.configuration.ConnectionArn": Reference(CODECONNECTIONS_CONNECTION, "arn"),
    },
    equal={"stages": same_stages, "triggers": same_triggers},
    eventual=eventual,
    busy=busy,
    keeps=keeps,
    check=check,
)
