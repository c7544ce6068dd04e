# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CodeBuild: projects as AWS fills them in and gives them back, with the role that must be assumable.

https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html. moto asks for the location of a
source that CodePipeline hands over, and cannot update. Builds are moto's, which succeed at once.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from moto.codebuild.models import CodeBuild

from local_aws import trust
from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("codebuild")

_PIPELINE = "CODEPIPELINE"
_MOST_VARIABLES = 200


def _invalid(message: str) -> Refusal:
    return Refusal("InvalidInputException", message, 400)


def _arn(call: Any, name: str) -> str:
    return f"arn:{call.partition}:codebuild:{call.region}:{call.account}:project/{name}"


def _check(call: Any, shape: dict[str, Any]) -> None:
    role = shape["serviceRole"]
    if not role.startswith(f"arn:{call.partition}:iam::{call.account}:role/"):
        raise _invalid("Invalid service role: Service role account ID does not match caller's account")
    if not trust.assumable_by_service(call, role, "codebuild.amazonaws.com"):
        raise _invalid(f"CodeBuild is not authorized to perform: sts:AssumeRole on {role}")
    source, artifacts = shape["source"], shape["artifacts"]
    if (source["type"] == _PIPELINE) != (artifacts["type"] == _PIPELINE):
        raise _invalid("Invalid artifacts: the type CODEPIPELINE goes with a source of the type CODEPIPELINE only")
    if source["type"] == _PIPELINE and source.get("location"):
        raise _invalid("Invalid project source: location must not be specified for the type CODEPIPELINE")
    if source["type"] not in (_PIPELINE, "NO_SOURCE") and not source.get("location"):
        raise _invalid("Project source location is required")
    if artifacts["type"] == "S3" and not artifacts.get("location"):
        raise _invalid("Invalid artifacts: location must be specified for the type S3")
    names = [one["name"] for one in shape["environment"]["environmentVariables"]]
    if len(names) != len(set(names)) or len(names) > _MOST_VARIABLES:
        raise _invalid("Invalid environment variables: names are unique, and 200 at most")


def _filled(call: Any, name: str, given: dict[str, Any]) -> dict[str, Any]:
    """What was given with all that AWS gives back beside it."""
    environment = given["environment"]
    variables = [{"type": "PLAINTEXT", **one} for one in environment.get("environmentVariables", [])]
    artifacts = {"encryptionDisabled": False, **given["artifacts"]}
    if artifacts["type"] == _PIPELINE:
        artifacts = {"name": name, "packaging": "NONE", **artifacts}
    return {
        "timeoutInMinutes": 60,
        "queuedTimeoutInMinutes": 480,
        "cache": {"type": "NO_CACHE"},
        "encryptionKey": f"arn:{call.partition}:kms:{call.region}:{call.account}:alias/aws/s3",
        "badge": {"badgeEnabled": False},
        "projectVisibility": "PRIVATE",
        **given,
        "source": {"insecureSsl": False, **given["source"]},
        "artifacts": artifacts,
        "environment": {
            "privilegedMode": False,
            "imagePullCredentialsType": "CODEBUILD",
            **environment,
            "environmentVariables": variables,
        },
        "lastModified": datetime.now(UTC).isoformat(),
    }


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """The parameters that were sent, under the API's names."""
    names = {
        "source_version": "sourceVersion",
        "service_role": "serviceRole",
        "timeout_in_minutes": "timeoutInMinutes",
        "queued_timeout_in_minutes": "queuedTimeoutInMinutes",
        "encryption_key": "encryptionKey",
        "vpc_config": "vpcConfig",
        "logs_config": "logsConfig",
        "concurrent_build_limit": "concurrentBuildLimit",
    }
    sent = {names.get(key, key): value for key, value in values.items() if value is not None}
    if sent.get("concurrentBuildLimit", 0) < 0:
        sent["concurrentBuildLimit"] = None
    return sent


def _put(call: Any, name: str, shape: dict[str, Any]) -> dict[str, Any]:
    shape = {key: value for key, value in shape.items() if value is not None}
    _check(call, shape)
    projects = call.backend().codebuild_projects
    if name not in projects:
        projects[name] = CodeBuild(
            call.account,
            call.region,
            project_name=name,
            description=None,
            project_source=shape["source"],
            artifacts=shape["artifacts"],
            environment=shape["environment"],
            serviceRole=shape["serviceRole"],
        )
        call.backend().build_history[name] = []
    projects[name].project_metadata = shape
    projects[name].service_role = shape["serviceRole"]
    return {"project": shape}


@aws.adds
def create_project(
    call: Any,
    *,
    name: str,
    source: dict[str, Any],
    artifacts: dict[str, Any],
    environment: dict[str, Any],
    service_role: str,
    description: str | None = None,
    source_version: str | None = None,
    cache: dict[str, Any] | None = None,
    timeout_in_minutes: int | None = None,
    queued_timeout_in_minutes: int | None = None,
    encryption_key: str | None = None,
    tags: list[dict[str, str]] | None = None,
    vpc_config: dict[str, Any] | None = None,
    logs_config: dict[str, Any] | None = None,
    concurrent_build_limit: int | None = None,
) -> dict[str, Any]:
    given = _given({key: value for key, value in locals().items() if key != "call"})
    if name in call.backend().codebuild_projects:
        raise Refusal("ResourceAlreadyExistsException", f"Project already exists: {_arn(call, name)}", 400)
    made = {"arn": _arn(call, name), "created": datetime.now(UTC).isoformat(), "tags": []}
    return _put(call, name, {**made, **_filled(call, name, given)})


@aws.adds
def update_project(
    call: Any,
    *,
    name: str,
    source: dict[str, Any] | None = None,
    artifacts: dict[str, Any] | None = None,
    environment: dict[str, Any] | None = None,
    service_role: str | None = None,
    description: str | None = None,
    source_version: str | None = None,
    cache: dict[str, Any] | None = None,
    timeout_in_minutes: int | None = None,
    queued_timeout_in_minutes: int | None = None,
    encryption_key: str | None = None,
    tags: list[dict[str, str]] | None = None,
    vpc_config: dict[str, Any] | None = None,
    logs_config: dict[str, Any] | None = None,
    concurrent_build_limit: int | None = None,
) -> dict[str, Any]:
    """What is sent takes the place of what was there, each member as a whole."""
    given = _given({key: value for key, value in locals().items() if key != "call"})
    found = call.backend().codebuild_projects.get(name)
    if found is None:
        raise Refusal("ResourceNotFoundException", f"Project cannot be found: {_arn(call, name)}", 400)
    return _put(call, name, _filled(call, name, {**found.project_metadata, **given}))


@aws.after("BatchGetProjects")
def not_found(call: Any, answer: dict[str, Any]) -> None:
    known = {value for one in answer["projects"] for value in (one["name"], one["arn"])}
    missing = [name for name in call.params["names"] if name not in known]
    if missing:
        answer["projectsNotFound"] = missing
