# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Projects that CodePipeline runs: https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html

UpdateProject replaces each member that it is sent as a whole, so what others set in one is read first and kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import codebuild
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.fingerprint import fingerprint
from ..._engine.kind import Kind, Reference, State
from ..._engine.tags import to_list
from ..iam.iam_role import IAM_ROLE
from ..kms.key_names import with_key_arns
from ..kms.kms_key import KMS_KEY

PIPELINE = "CODEPIPELINE"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{1,149}")
_TIMEOUT, _QUEUED = (5, 2160), (5, 480)
# Option -> member of the environment.
_ENVIRONMENT = {
    "environment_type": "type",
    "image": "image",
    "compute_type": "computeType",
    "privileged_mode": "privilegedMode",
}
# Option -> parameter of both calls.
_SIMPLE = {
    "description": "description",
    "service_role": "serviceRole",
    "kms_key": "encryptionKey",
    "timeout_in_minutes": "timeoutInMinutes",
    "queued_timeout_in_minutes": "queuedTimeoutInMinutes",
}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    found = {one["name"]: _state(one) for one in codebuild.projects(aws, names={item["name"] for item in items})}
    return with_key_arns(aws, items, found)


def _state(project: Mapping[str, Any]) -> State:
    environment = project["environment"]
    logs = (project.get("logsConfig") or {}).get("cloudWatchLogs") or {}
    return {
        "name": project["name"],
        "id": project["name"],
        "arn": project["arn"],
        "source_type": project["source"]["type"],
        "buildspec": project["source"].get("buildspec"),
        "log_group": logs.get("groupName") if logs.get("status") == "ENABLED" else None,
        "environment_variables": {one["name"]: _shown(one) for one in environment.get("environmentVariables") or ()},
        **{option: environment.get(member) for option, member in _ENVIRONMENT.items()},
        **{option: project.get(member) for option, member in _SIMPLE.items()},
        "tags": project["Tags"],
    }


def _shown(variable: Mapping[str, Any]) -> str:
    """What stands for a variable's value, which may be a secret; it tells whether two are the same."""
    return f"{variable.get('type') or 'PLAINTEXT'} {fingerprint(str(variable['value']))}"


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """Variables in the form in which they are compared; a variable that is not asked for is somebody else's."""
    given = desired.get("environment_variables")
    if found is None or given is None:
        return desired, []
    compared = {one["name"]: _shown(one) for one in given}
    return {**desired, "environment_variables": {**found["environment_variables"], **compared}}, []


def _to_send(variables: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"name": one["name"], "value": str(one["value"]), "type": one.get("type") or "PLAINTEXT"} for one in variables
    ]


def create(aws: Aws, desired: State) -> None:
    environment = {
        member: desired[option] for option, member in _ENVIRONMENT.items() if desired.get(option) is not None
    }
    environment["environmentVariables"] = _to_send(desired.get("environment_variables") or ())
    source = {"type": PIPELINE, **({"buildspec": desired["buildspec"]} if desired.get("buildspec") else {})}
    options = {member: desired[option] for option, member in _SIMPLE.items() if desired.get(option) is not None}
    if desired.get("log_group"):
        options["logsConfig"] = {"cloudWatchLogs": _logs(desired)}
    aws.call_once(
        "codebuild",
        "create_project",
        name=desired["name"],
        source=source,
        artifacts={"type": PIPELINE},
        environment=environment,
        tags=to_list(desired["tags"], "key", "value"),
        **options,
    )


def _logs(desired: State) -> dict[str, Any]:
    return {"status": "ENABLED", "groupName": desired["log_group"]}


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    [project] = codebuild.projects(aws, names=[found["name"]])
    options = {member: desired[option] for option, member in _SIMPLE.items() if option in fields}
    if "buildspec" in fields:
        options["source"] = {**project["source"], "buildspec": desired["buildspec"]}
    if "log_group" in fields:
        options["logsConfig"] = {**(project.get("logsConfig") or {}), "cloudWatchLogs": _logs(desired)}
    if fields & {*_ENVIRONMENT, "environment_variables"}:
        options["environment"] = _environment(project["environment"], desired, fields)
    aws.call("codebuild", "update_project", name=found["name"], **options)


def _environment(found: Mapping[str, Any], desired: State, fields: frozenset[str]) -> dict[str, Any]:
    changed = {member: desired[option] for option, member in _ENVIRONMENT.items() if option in fields}
    ours = _to_send(desired.get("environment_variables") or ())
    names = {one["name"] for one in ours}
    others = [one for one in found.get("environmentVariables") or () if one["name"] not in names]
    return {**found, **changed, "environmentVariables": [*others, *ours]}


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    """UpdateProject takes the whole list; AWS's own tags stay without being sent."""
    tags = {key: value for key, value in {**found["tags"], **to_set}.items() if key not in to_remove}
    aws.call("codebuild", "update_project", name=found["name"], tags=to_list(tags, "key", "value"))


def eventual(error: AwsError) -> bool:
    """A role made a moment ago: https://github.com/hashicorp/terraform-provider-aws/issues/4233"""
    return error.code == "InvalidInputException" and "not authorized to perform: sts:AssumeRole" in error.message


def check(desired: State) -> list[str]:
    reasons = []
    if not _NAME.fullmatch(desired["name"]):
        reasons.append("the name of a project has 2 to 150 letters, digits, hyphens and underscores")
    limits = {"timeout_in_minutes": _TIMEOUT, "queued_timeout_in_minutes": _QUEUED}
    for option, (least, most) in limits.items():
        value = desired.get(option)
        if value is not None and not least <= value <= most:
            reasons.append(f"{option} is {value}; CodeBuild takes {least} to {most}")
    return reasons


CODEBUILD_PROJECT = Kind(
    name="codebuild_project",
    role="delivery",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={
        "service_role": Reference(IAM_ROLE, "arn"),
        "kms_key": Reference(KMS_KEY, "arn"),
    },
    unchangeable={"source_type": "it is run by something else; give another name to make another project"},
    eventual=eventual,
    keeps=keeps,
    check=check,
)
