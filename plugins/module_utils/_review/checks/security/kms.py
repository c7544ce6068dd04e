# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""KMS: rotation, deletion and who may use the workload's keys."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, not_applicable, value
from ..common import fact, verdict
from ..policies import public_statements, titles

_GUIDE = "https://docs.aws.amazon.com/kms/latest/developerguide"
_DELETING = frozenset({"PendingDeletion", "PendingReplicaDeletion"})


@check(
    id="kms_rotation_enabled",
    pillar="security",
    best_practice="SEC08-BP01",
    severity="medium",
    resource_type="AwsKmsKey",
    title="Keys rotate",
    needs=("kms.keys",),
    role="secrets",
    cost="raises",
    recommendation="Run the secrets role: it rotates its keys every secrets_kms_rotation_days.",
    source=f"{_GUIDE}/rotate-keys.html",
)
def kms_rotation_enabled(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """KeyRotationEnabled of symmetric keys whose material is KMS's own; no other kind rotates by itself."""

    def judge(key: Item) -> Result:
        origin, spec = key.get("Origin", "AWS_KMS"), key.get("KeySpec", "SYMMETRIC_DEFAULT")
        if key.get("KeyState") in _DELETING:
            return not_applicable(fact("KeyState", key.get("KeyState")), key["Arn"])
        if origin != "AWS_KMS" or spec != "SYMMETRIC_DEFAULT":
            reason = f"{fact('KeySpec', spec)}, {fact('Origin', origin)}: KMS does not rotate it"
            return not_applicable(reason, key["Arn"])
        rotation = value(key, "Rotation", "get_key_rotation_status") or {}
        enabled = bool(rotation.get("KeyRotationEnabled"))
        return verdict(enabled, key["Arn"], fact("KeyRotationEnabled", enabled))

    yield from each(stack.items("kms.keys"), "Arn", judge)


@check(
    id="kms_not_pending_deletion",
    pillar="security",
    best_practice="SEC08-BP01",
    severity="high",
    resource_type="AwsKmsKey",
    title="No key in use is about to be deleted",
    needs=("kms.keys",),
    recommendation="Take the deletion back before its day (aws kms cancel-key-deletion) and enable the key: what it"
    " encrypts is lost with it.",
    source=f"{_GUIDE}/deleting-keys.html",
)
def kms_not_pending_deletion(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """KeyState of the keys with an alias of the workload or used by its database and secrets."""
    for key in stack.items("kms.keys"):
        state, day = key.get("KeyState"), key.get("DeletionDate")
        evidence = fact("KeyState", state) + (f", {fact('DeletionDate', day)}" if day else "")
        yield verdict(state not in _DELETING, key["Arn"], evidence)


@check(
    id="kms_key_not_public",
    pillar="security",
    best_practice="SEC03-BP07",
    severity="critical",
    resource_type="AwsKmsKey",
    title="No key is for everybody to use",
    needs=("kms.keys",),
    role="secrets",
    recommendation="Name the principals in the key's policy (secrets_kms_keys) or hold it by kms:CallerAccount.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-5",
)
def kms_key_not_public(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """No statement of the key's policy lets everybody in."""

    def judge(key: Item) -> Result:
        if key.get("KeyState") in _DELETING:
            return not_applicable(fact("KeyState", key.get("KeyState")), key["Arn"])
        opened = public_statements(value(key, "Policy", "get_key_policy"))
        return verdict(not opened, key["Arn"], f"Policy statements for everybody: {titles(opened) or 'none'}")

    yield from each(stack.items("kms.keys"), "Arn", judge)
