# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Task definitions: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html

A task definition is called as its family, and a change of it registers a new revision. Images belong to the pipeline,
which registers a copy of the revision in force with another image
(https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html): so they are taken from the
revision that the service runs, everything else from the options. Tags are given to what is registered here; a copy of
the pipeline's is left as it is. A revision that an ended run has registered, and that
the service does not run yet, is taken instead of registering it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._describe import ecs, rds
from ..._engine.aws import Aws
from ..._engine.context import Context
from ..._engine.converge import converge, tag_text
from ..._engine.errors import Refusal
from ..._engine.kind import Kind, Reference, State, Wait
from ..._engine.pending import Pending, pending_fields
from ..._engine.plan import plan
from ..iam.iam_role import IAM_ROLE
from ..logs.log_group import LOG_GROUP
from ..rds.db_cluster import DB_CLUSTER
from ..secretsmanager.secret import SECRET
from ..ssm.ssm_parameter import SSM_PARAMETER
from . import common
from .container import canonical, container_reasons, definition, known_texts
from .fargate import size_reasons

_ROLES = {"execution_role": "executionRoleArn", "task_role": "taskRoleArn"}
_STEERING = frozenset({"service", "cluster", "region", "wait_for_deployment"})
_COMPARED = frozenset(
    {
        "family",
        "cpu",
        "memory",
        "cpu_architecture",
        "ephemeral_storage_gib",
        "network_mode",
        "launch_types",
        "volumes",
        "fault_injection",
        "container_definitions",
        "others",
        *_ROLES,
    }
)
# Members of an answer that no caller has sent, or that stand elsewhere in the state.
_OF_AWS = frozenset(
    {
        "taskDefinitionArn",
        "revision",
        "status",
        "requiresAttributes",
        "compatibilities",
        "registeredAt",
        "registeredBy",
        "deregisteredAt",
        "deleteRequestedAt",
        "family",
        "containerDefinitions",
        "cpu",
        "memory",
        "executionRoleArn",
        "taskRoleArn",
        "runtimePlatform",
        "volumes",
        "ephemeralStorage",
        "networkMode",
        "requiresCompatibilities",
        "enableFaultInjection",
        "Tags",
    }
)


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    found = {item["name"]: one for item, one in zip(items, aws.map(lambda item: _read(aws, item), items), strict=True)}
    return {name: state for name, state in found.items() if state is not None}


def _read(aws: Aws, item: State) -> State | None:
    """The revision in force, or the family's newest where that is as wanted, or where nothing is in force."""
    known = known_texts(_definitions(item, {}))
    service = _service(aws, item)
    in_force = ecs.revision(aws, service["taskDefinition"], known) if service else None
    newest = ecs.revision(aws, item["name"], known)
    if in_force is None:
        return _state(newest, item, service, newest) if newest else None
    state = _state(in_force, item, service, in_force)
    if newest is None or newest["taskDefinitionArn"] == in_force["taskDefinitionArn"]:
        return state
    registered = _state(newest, item, service, in_force)
    if plan(ECS_TASK_DEFINITION, state, item).needed and not plan(ECS_TASK_DEFINITION, registered, item).needed:
        return registered
    return state


def _service(aws: Aws, item: State) -> Mapping[str, Any] | None:
    if not item.get("service") or pending_fields(item.get("cluster")):
        return None
    found = ecs.named_services(aws, cluster=item["cluster"], names=[item["service"]])
    if not found:
        return None
    service = found[0]
    current = service.get("currentServiceDeployment")
    states = {one["status"] for one in ecs.service_deployments(aws, arns=[current] if current else [])}
    return {**service, "UnderWay": under_way(service, states)}


def under_way(service: Mapping[str, Any], states: set[str]) -> bool:
    """A deployment goes on: of a service as DescribeServices shows it, and the states of its service deployment."""
    rollouts = {one.get("rolloutState") for one in service.get("deployments") or []}
    return bool(states & common.UNDER_WAY) or "IN_PROGRESS" in rollouts or len(service.get("deployments") or []) > 1


def _state(
    revision: Mapping[str, Any], item: State, service: Mapping[str, Any] | None, in_force: Mapping[str, Any]
) -> State:
    platform = revision.get("runtimePlatform") or {}
    deploying = bool(service and service["UnderWay"])
    state = {
        "name": item["name"],
        "arn": revision["taskDefinitionArn"],
        "task_definition": revision["taskDefinitionArn"].rpartition("/")[2],
        "status": "DEPLOYING" if deploying and item.get("wait_for_deployment") else "ACTIVE",
        "deploying": deploying,
        "images": {one["name"]: one["image"] for one in in_force["containerDefinitions"]},
        "family": revision["family"],
        "cpu": int(revision.get("cpu") or 0),
        "memory": int(revision.get("memory") or 0),
        "cpu_architecture": platform.get("cpuArchitecture", "X86_64"),
        "ephemeral_storage_gib": (revision.get("ephemeralStorage") or {}).get("sizeInGiB", 0),
        "network_mode": revision.get("networkMode"),
        "launch_types": revision.get("requiresCompatibilities") or [],
        "volumes": sorted(map(_volume, revision.get("volumes") or [])),
        "fault_injection": bool(revision.get("enableFaultInjection")),
        "container_definitions": revision["containerDefinitions"],
        "others": {
            name: value for name, value in revision.items() if name not in _OF_AWS and value not in (None, [], {}, "")
        },
        "tags": revision["Tags"],
    }
    return {**state, **{name: revision.get(member, "") for name, member in _ROLES.items()}}


def _volume(volume: Mapping[str, Any]) -> str:
    """The name, and what else it is than storage of the task's own."""
    kinds = [member for member, value in volume.items() if member != "name" and value]
    return " ".join([volume["name"], *sorted(kinds)])


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """In AWS's terms, with the images in force; while a deployment goes on nothing is registered."""
    if "containers" not in desired:
        return desired, []
    whole = _whole(desired, found)
    if not found or not found["deploying"] or desired.get("wait_for_deployment"):
        return whole, []
    differs = sorted(name for name in whole if name in _COMPARED and not _same(name, found[name], whole[name]))
    if not differs:
        return whole, []
    said = (
        f"ecs_task_definition {desired['name']}: a deployment of {desired['service']} is under way, so "
        f"{', '.join(differs)} stays for now; run again when it has ended, or have the run wait for it "
        "(wait_for_deployment)"
    )
    return {"name": desired["name"]}, [said]


def _whole(desired: State, found: State | None) -> State:
    rest = {name: value for name, value in desired.items() if name != "containers"}
    return {
        **rest,
        "family": desired["name"],
        "network_mode": "awsvpc",
        "launch_types": ["FARGATE"],
        "cpu_architecture": desired.get("cpu_architecture") or "ARM64",
        "volumes": sorted(desired.get("volumes") or []),
        "ephemeral_storage_gib": desired.get("ephemeral_storage_gib") or 0,
        "fault_injection": bool(desired.get("fault_injection")),
        "execution_role": desired.get("execution_role") or "",
        "task_role": desired.get("task_role") or "",
        "container_definitions": _definitions(desired, found["images"] if found else {}),
        "others": {},
    }


def _same(name: str, found: Any, wanted: Any) -> bool:
    return same_containers(found, wanted) if name == "container_definitions" else bool(found == wanted)


def same_containers(found: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]) -> bool:
    """By name, in one form: sets as sets, AWS's defaults known."""

    def forms(containers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        return {one["name"]: canonical(one) for one in containers}

    return forms(found) == forms(wanted)


def _definitions(item: State, images: Mapping[str, str]) -> list[dict[str, Any]]:
    """In AWS's shape; an item that has been through keeps() has them so."""
    if "container_definitions" in item:
        made: list[dict[str, Any]] = item["container_definitions"]
        return made
    region = item.get("region", "")
    return [definition(one, _image(one, images), region) for one in item.get("containers") or []]


def _image(option: Mapping[str, Any], images: Mapping[str, str]) -> str:
    kept = images.get(option["name"]) if option.get("keep_image", True) else None
    return kept or str(option["image"])


def create(aws: Aws, desired: State) -> None:
    """desired: as keeps() leaves it. Errors: Refusal where a secret that it names is not there after all."""
    if pending_fields(desired["container_definitions"]):
        raise Refusal(
            f"ecs_task_definition {desired['name']} takes a secret of a database that has none: let RDS keep the "
            "password (manage_master_password), or name a secret"
        )
    parameters: dict[str, Any] = {
        "family": desired["name"],
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": str(desired["cpu"]),
        "memory": str(desired["memory"]),
        "runtimePlatform": {"cpuArchitecture": desired["cpu_architecture"], "operatingSystemFamily": "LINUX"},
        "volumes": [{"name": name} for name in desired["volumes"]],
        "containerDefinitions": desired["container_definitions"],
    }
    if desired["ephemeral_storage_gib"]:
        parameters["ephemeralStorage"] = {"sizeInGiB": desired["ephemeral_storage_gib"]}
    parameters |= {member: desired[name] for name, member in _ROLES.items() if desired.get(name)}
    if desired.get("fault_injection"):
        parameters["enableFaultInjection"] = True
    aws.call_once("ecs", "register_task_definition", **parameters, **common.given_tags(desired))


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """A new revision with all of it."""
    create(aws, _whole(desired, found))


def check(desired: State) -> list[str]:
    """desired: the item as keeps() leaves it."""
    if "container_definitions" not in desired:
        return []
    reasons = common.name_reasons(desired["name"]) + size_reasons(desired["cpu"], desired["memory"])
    return reasons + container_reasons(desired["container_definitions"], desired["memory"])


def _master_secrets(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """The secret that RDS keeps for each cluster; known after apply where a run is yet to have it made."""
    found = rds.db_clusters(aws, names=sorted(item["name"] for item in items))
    return {
        cluster["DBClusterIdentifier"]: {
            "master_secret": (cluster.get("MasterUserSecret") or {}).get("SecretArn")
            or Pending.of("secret of db_cluster", cluster["DBClusterIdentifier"])
        }
        for cluster in found
    }


ECS_TASK_DEFINITION = Kind(
    name="ecs_task_definition",
    role="ecs_service",
    read=read,
    create=create,
    update=update,
    references={
        "execution_role": Reference(IAM_ROLE, "arn"),
        "task_role": Reference(IAM_ROLE, "arn"),
        "containers.log_group": Reference(LOG_GROUP, "name"),
        "containers.secrets.secret": Reference(SECRET, "arn"),
        "containers.secrets.parameter": Reference(SSM_PARAMETER, "arn"),
        "containers.secrets.database": Reference(replace(DB_CLUSTER, lookup=_master_secrets), "master_secret"),
    },
    initial=_STEERING,
    equal={"container_definitions": same_containers},
    eventual=common.role_not_seen,
    wait=Wait(ready=frozenset({"ACTIVE"}), timeout=3600, poll=10),
    keeps=keeps,
    check=check,
)


def converge_task_definitions(
    context: Context, items: Sequence[Mapping[str, Any]], tags: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """As converge(). resources[family]["task_definition"] is the revision to run, family:revision; in check mode, where
    one would be registered, a text that stands for it.
    """
    wanted = [
        {
            **item,
            "region": context.aws.region,
            "tags": {str(key): tag_text(value) for key, value in (tags or {}).items()},
        }
        for item in items
    ]
    result = converge(context, ECS_TASK_DEFINITION, wanted)
    if not context.check_mode:
        return result
    unknown = {
        change["name"]: {"task_definition": Pending.of("ecs_task_definition", change["name"])}
        for change in result["changes"]
        if change["action"] == "create" or change["fields"]
    }
    resources = {name: {**result["resources"].get(name, {}), **state} for name, state in unknown.items()}
    return {**result, "resources": {**result["resources"], **resources}}
