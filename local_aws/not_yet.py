# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""New roles and keys that other services, or KMS itself, do not know yet.

``role_polls`` and ``role_seconds``: a role cannot be assumed after it was made, or its trust policy changed, nor do
its policies count at once ("changes that you make in IAM take time to become visible from all possible endpoints",
https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency).
``key_polls`` and ``key_seconds``: an operation on a new key is answered by NotFoundException for as long, then by
DisabledException for as long again where the operation has that error
(https://docs.aws.amazon.com/kms/latest/developerguide/programming-eventual-consistency.html,
https://github.com/hashicorp/terraform/pull/14029).
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from typing import Any

from local_aws.call import Answer, Call, read_answer
from local_aws.refusal import Refusal
from local_aws.settings import Settings

# What a write gives a role, and what a use of it needs: to be assumed, or to be allowed something as well.
_TRUST, _POLICIES = "trust", "policies"
_GIVEN = {
    "CreateRole": _TRUST,
    "UpdateAssumeRolePolicy": _TRUST,
    "PutRolePolicy": _POLICIES,
    "AttachRolePolicy": _POLICIES,
}


@dataclasses.dataclass(frozen=True)
class Use:
    """An operation that hands a role to a service, and how it is refused. parameter: its name, or a path to it."""

    service: str
    operation: str
    parameter: str
    needs: tuple[str, ...]
    code: str
    message: str
    status: int = 400


# The form of CreateFlowLogs's refusal, an error of the whole call:
# https://github.com/hashicorp/terraform-provider-aws/issues/29323. It does not look at the role's policies. The words
# of RDS: https://github.com/hashicorp/terraform-provider-aws/issues/315.
USES = (
    Use(
        "ec2", "CreateFlowLogs", "DeliverLogsPermissionArn", (_TRUST,),
        "InvalidParameter", "Unable to assume given IAM role: '{arn}'",
    ),
    # https://github.com/hashicorp/terraform-provider-aws/issues/4233
    *(
        Use(
            "codebuild", operation, "serviceRole", (_TRUST,), "InvalidInputException",
            "CodeBuild is not authorized to perform: sts:AssumeRole on {arn}",
        )
        for operation in ("CreateProject", "UpdateProject")
    ),
    # https://github.com/hashicorp/terraform/issues/19264; of an action's role: https://github.com/hashicorp/terraform/pull/14263
    *(
        use
        for operation in ("CreatePipeline", "UpdatePipeline")
        for use in (
            Use(
                "codepipeline", operation, "pipeline.roleArn", (_TRUST, _POLICIES), "InvalidStructureException",
                "CodePipeline is not authorized to perform AssumeRole on role {arn}",
            ),
            Use(
                "codepipeline", operation, "pipeline.stages.actions.roleArn", (_TRUST,), "InvalidStructureException",
                "Pipeline role is not authorized to perform AssumeRole on action role {arn}",
            ),
        )
    ),
    # https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html (ClientException)
    *(
        Use("ecs", "RegisterTaskDefinition", parameter, (_TRUST,), "ClientException", "Role is not valid")
        for parameter in ("executionRoleArn", "taskRoleArn")
    ),
    *(
        Use(
            "rds", operation, "MonitoringRoleArn", (_TRUST, _POLICIES), "InvalidParameterValue",
            "IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING",
        )
        for operation in ("CreateDBInstance", "ModifyDBInstance", "CreateDBCluster", "ModifyDBCluster")
    ),
    Use(
        "sts", "AssumeRole", "RoleArn", (_TRUST,), "AccessDenied",
        "User: arn:aws:iam::{account}:user/caller is not authorized to perform: sts:AssumeRole on resource: {arn}", 403,
    ),
)  # fmt: skip


@dataclasses.dataclass
class Fresh:
    until: float
    polls: int

    def refuses(self) -> bool:
        """Whether one more use comes too early; each call is a use."""
        early = self.polls > 0 or time.monotonic() < self.until
        self.polls -= 1
        return early


def _at(value: Any, path: list[str]) -> Iterator[str]:
    """The ARNs at a path of a request; lists on the way are walked."""
    if isinstance(value, list):
        for member in value:
            yield from _at(member, path)
    elif path and isinstance(value, dict):
        yield from _at(value.get(path[0]), path[1:])
    elif not path and str(value).count(":") >= 5:
        yield str(value)


class NotYet:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._fresh: dict[tuple[str, ...], Fresh] = {}

    def clear(self) -> None:
        self._fresh.clear()

    def active(self) -> bool:
        """Whether a knob is set; unset, everything is known at once."""
        settings = self._settings
        if settings.role_polls or settings.role_seconds or settings.key_polls or settings.key_seconds:
            return True
        self._fresh.clear()
        return False

    def check(self, call: Call) -> None:
        """Refuse a client's call that comes too early."""
        if not self._fresh:
            return
        for use in USES:
            if (use.service, use.operation) != (call.service, call.operation):
                continue
            for arn in _at(call.original, use.parameter.split(".")):
                role = (arn.split(":")[4], arn.rpartition("/")[2])
                if any(self._refuses("role", *role, need) for need in use.needs):
                    raise Refusal(use.code, use.message.format(arn=arn, account=call.account), use.status)
        if call.service == "kms":
            self._check_key(call)

    def _check_key(self, call: Call) -> None:
        name = str(call.original.get("KeyId") or call.original.get("TargetKeyId") or "")
        alias = name.rpartition(":")[2]
        if alias.startswith("alias/"):
            name = str(call.backend().get_key_id_from_alias(alias) or "")
        key_id = name.rpartition("/")[2]
        arn = f"arn:aws:kms:{call.region}:{call.account}:key/{key_id}"
        errors = {shape.name for shape in call.model.error_shapes}
        if "NotFoundException" in errors and self._refuses("key", call.account, call.region, key_id, "found"):
            raise Refusal("NotFoundException", f"Key '{arn}' does not exist", 400)
        if "DisabledException" in errors and self._refuses("key", call.account, call.region, key_id, "enabled"):
            raise Refusal("DisabledException", f"{arn} is disabled.", 400)

    def _refuses(self, *name: str) -> bool:
        fresh = self._fresh.get(name)
        return fresh is not None and fresh.refuses()

    def remember(self, call: Call, answer: Answer) -> None:
        """A client's call that was carried out, and may have made a role or key."""
        settings, now = self._settings, time.monotonic()
        if call.service == "iam" and call.operation in _GIVEN and (settings.role_polls or settings.role_seconds):
            role = ("role", call.account, str(call.original["RoleName"]), _GIVEN[call.operation])
            self._fresh[role] = Fresh(now + settings.role_seconds, settings.role_polls)
        makes = call.service == "kms" and call.operation in ("CreateKey", "ReplicateKey")
        if makes and (settings.key_polls or settings.key_seconds):
            made = read_answer(call, *answer)
            metadata: dict[str, Any] = made.get("KeyMetadata") or made["ReplicaKeyMetadata"]
            key = ("key", call.account, metadata["Arn"].split(":")[3], metadata["KeyId"])
            self._fresh[(*key, "found")] = Fresh(now + settings.key_seconds, settings.key_polls)
            self._fresh[(*key, "enabled")] = Fresh(now + 2 * settings.key_seconds, settings.key_polls)
