# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ECS: where tasks get their secrets from, and whether the internet can reach them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, failed, not_applicable, passed
from ..common import fact, listed, verdict
from ..policies import allows, statements

_GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide"
_SECRET = re.compile(
    r"passw(or)?d|passphrase|pwd|secret|token|credential|api_?key|private_?key|access_?key|signing_?key|auth_?key",
    re.IGNORECASE,
)
# The name says that the value is where or what, not the secret itself.
_WHERE = re.compile(
    r"(^|_)(arn|id|file|path|name|url|uri|host|hosts|endpoint|domain|bucket|queue|topic|region|version|days|seconds"
    r"|ttl|expiry|enabled|user|username|image|origin|origins|database)$",
    re.IGNORECASE,
)
_DATABASE = re.compile(r"(^|_)(db|database|mysql|aurora|rds|postgres)(_|$)", re.IGNORECASE)
# A random key of 20 to 128 characters has more bits a character than a name or an address.
_KEY_LENGTH, _KEY_ENTROPY = range(20, 129), 4.6


@check(
    id="ecs_no_plaintext_secrets",
    pillar="security",
    best_practice="SEC02-BP03",
    severity="critical",
    resource_type="AwsEcsTaskDefinition",
    title="No container has a secret in its environment",
    needs=("ecs.task_definitions",),
    role="ecs_service",
    item="SEC-2",
    recommendation="Move the value to Secrets Manager, name it under the container's secrets and deploy;"
    " then change the secret, since old task definitions keep it.",
    source=f"{_GUIDE}/specifying-sensitive-data.html",
)
def ecs_no_plaintext_secrets(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """By the variable's name, by a password in an address, by how random the value is; values are never read here."""
    for definition in stack.items("ecs.task_definitions"):
        found = [f"{container}.{name} ({why})" for container, name, why in _plaintext(definition)]
        yield verdict(not found, definition["taskDefinitionArn"], f"environment with secrets: {listed(found)}")


@check(
    id="ecs_no_privileged",
    pillar="security",
    best_practice="SEC06-BP02",
    severity="high",
    resource_type="AwsEcsTaskDefinition",
    title="No container is privileged or has further capabilities",
    needs=("ecs.task_definitions",),
    role="ecs_service",
    recommendation="Run the ecs_service role: its containers are not privileged and drop all capabilities.",
    source=f"{_GUIDE}/security-tasks-containers.html",
)
def ecs_no_privileged(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """privileged and linuxParameters.capabilities.add of each container."""
    for definition in stack.items("ecs.task_definitions"):
        containers = definition.get("containerDefinitions") or ()
        found = [f"{one['name']} (privileged)" for one in containers if one.get("privileged")]
        for one in containers:
            added = ((one.get("linuxParameters") or {}).get("capabilities") or {}).get("add") or ()
            found += [f"{one['name']} ({capability})" for capability in added]
        yield verdict(not found, definition["taskDefinitionArn"], f"containers with more rights: {listed(found)}")


@check(
    id="ecs_non_root_user",
    pillar="security",
    best_practice="SEC06-BP02",
    severity="medium",
    resource_type="AwsEcsTaskDefinition",
    title="Containers do not run as root",
    needs=("ecs.task_definitions",),
    role="ecs_service",
    recommendation="Run the ecs_service role with the user of the image in ecs_service_user.",
    source=f"{_GUIDE}/security-tasks-containers.html",
)
def ecs_non_root_user(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """user of each essential container; without one the image decides, which nobody can see here."""
    for definition in stack.items("ecs.task_definitions"):
        found = [
            f"{one['name']} ({fact('user', one.get('user'))})"
            for one in definition.get("containerDefinitions") or ()
            if one.get("essential", True) and str(one.get("user") or "root").partition(":")[0] in ("0", "root")
        ]
        evidence = f"essential containers that run as root or as their image says: {listed(found)}"
        yield verdict(not found, definition["taskDefinitionArn"], evidence)


@check(
    id="ecs_readonly_rootfs",
    pillar="security",
    best_practice="SEC06-BP02",
    severity="medium",
    resource_type="AwsEcsTaskDefinition",
    title="Containers cannot write to their root file system",
    needs=("ecs.task_definitions",),
    role="ecs_service",
    recommendation="Run the ecs_service role with what the application writes to in ecs_service_writable.",
    source=f"{_GUIDE}/security-tasks-containers.html",
)
def ecs_readonly_rootfs(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """readonlyRootFilesystem of each container."""
    for definition in stack.items("ecs.task_definitions"):
        containers = definition.get("containerDefinitions") or ()
        found = [one["name"] for one in containers if not one.get("readonlyRootFilesystem")]
        evidence = f"containers without readonlyRootFilesystem: {listed(found)}"
        yield verdict(not found, definition["taskDefinitionArn"], evidence)


@check(
    id="ecs_secrets_referenced",
    pillar="security",
    best_practice="SEC02-BP03",
    severity="high",
    resource_type="AwsEcsTaskDefinition",
    title="Tasks get the database's credential from a secret or from IAM",
    needs=("ecs.task_definitions", "rds.db_clusters", "iam.task_roles"),
    role="ecs_service",
    item="SEC-2",
    recommendation="Name it under the container's secrets, or let the task role connect by IAM: rds-db:connect.",
    source=f"{_GUIDE}/secrets-envvar-secrets-manager.html",
)
def ecs_secrets_referenced(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """secrets[], or a task role that may rds-db:connect; a database variable with a secret in it fails."""

    def judge(definition: Item) -> Result:
        arn = definition["taskDefinitionArn"]
        plain = [name for _container, name, _why in _plaintext(definition) if _DATABASE.search(name)]
        if plain:
            return failed(arn, f"the database's credential is in environment: {listed(plain)}")
        secrets = [one["name"] for container in _containers(definition) for one in container.get("secrets") or ()]
        if secrets:
            return passed(arn, f"secrets names {listed(secrets)}")
        if not stack.items("rds.db_clusters"):
            return not_applicable("the workload has no database", arn)
        if _connects_by_iam(definition, stack.items("iam.task_roles")):
            return passed(arn, f"taskRoleArn {definition['taskRoleArn']} may rds-db:connect")
        return failed(arn, "secrets is empty and the task role may not rds-db:connect")

    yield from each(stack.items("ecs.task_definitions"), "taskDefinitionArn", judge)


@check(
    id="ecs_service_no_public_ip",
    pillar="security",
    best_practice="SEC05-BP01",
    severity="high",
    resource_type="AwsEcsService",
    title="Tasks have no public address",
    needs=("ecs.services",),
    role="ecs_service",
    recommendation="Run the ecs_service role: it places tasks in private subnets with assignPublicIp DISABLED.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-2",
)
def ecs_service_no_public_ip(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """assignPublicIp; AWS's default without it is DISABLED."""
    for service in stack.items("ecs.services"):
        network = service.get("networkConfiguration", {}).get("awsvpcConfiguration")
        if network is None:
            yield not_applicable("the service has no awsvpcConfiguration", service["serviceArn"])
            continue
        assigned = network.get("assignPublicIp", "DISABLED")
        yield verdict(assigned != "ENABLED", service["serviceArn"], fact("assignPublicIp", assigned))


def _containers(definition: Item) -> Iterable[Item]:
    return definition.get("containerDefinitions") or ()


def _plaintext(definition: Item) -> list[tuple[str, str, str]]:
    """(container, variable, why it looks like a secret)"""
    return [
        (container.get("name", ""), variable["name"], why)
        for container in _containers(definition)
        for variable in container.get("environment") or ()
        if (why := _why(variable))
    ]


def _why(variable: Item) -> str:
    """Why a variable looks like a secret, empty where it does not."""
    if variable.get("UrlUserInfo"):
        return "an address with a password"
    if not variable.get("ValueLength") or _WHERE.search(variable["name"]):
        return ""
    if _SECRET.search(variable["name"]):
        return "by its name"
    random = variable.get("Entropy", 0) >= _KEY_ENTROPY and variable["ValueLength"] in _KEY_LENGTH
    return f"Entropy is {variable['Entropy']}" if random else ""


def _connects_by_iam(definition: Item, roles: Iterable[Item]) -> bool:
    own = [one for one in roles if one["Arn"] == definition.get("taskRoleArn")]
    return any(
        one.get("Effect") == "Allow" and allows(one, "rds-db:connect")
        for role in own
        for document in (role.get("InlinePolicies") or {}).values()
        for one in statements(document)
    )


@check(
    id="ecs_platform_version_latest",
    pillar="security",
    best_practice="SEC06-BP01",
    severity="medium",
    resource_type="AwsEcsService",
    title="Tasks run on the current Fargate platform",
    needs=("ecs.services",),
    role="ecs_service",
    recommendation="Set the platform version of the service to LATEST; the ecs_service role does it.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html",
)
def ecs_platform_version_latest(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """platformVersion is LATEST, or 1.4.0, which LATEST has meant on Linux since 2021."""
    for service in stack.items("ecs.services"):
        version = service.get("platformVersion")
        fargate = service.get("launchType") == "FARGATE" or bool(service.get("capacityProviderStrategy"))
        if not fargate:
            yield not_applicable(fact("launchType", service.get("launchType")), service["serviceArn"])
            continue
        yield verdict(version in {None, "LATEST", "1.4.0"}, service["serviceArn"], fact("platformVersion", version))
