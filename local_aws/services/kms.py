# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""KMS: key policies that keep the key manageable, rotation periods, replicas."""

from __future__ import annotations

from typing import Any

from local_aws import policies
from local_aws.refusal import Refusal
from local_aws.regions import is_region
from local_aws.service import Service

aws = Service("kms")


def _key(call: Any, name: str) -> Any:
    """moto's key, by id, ARN, alias name or alias ARN."""
    metadata = call.ask("kms", "DescribeKey", KeyId=name)["KeyMetadata"]
    return call.backend().keys[metadata["KeyId"]]


@aws.before("CreateKey", "PutKeyPolicy", "ReplicateKey")
def policy_rule(call: Any) -> None:
    document = call.params.get("Policy")
    if document is None:
        return
    try:
        statements = policies.statements(document)
    except ValueError as error:
        raise Refusal("MalformedPolicyDocumentException", str(error), 400) from error
    for statement in statements:
        if not (statement.get("Principal") or statement.get("NotPrincipal")) or not statement.get("Resource"):
            raise Refusal(
                "MalformedPolicyDocumentException", "Policy contains a statement with no principal or resource", 400
            )
    if policies.names_deleted(document):
        raise Refusal(
            "MalformedPolicyDocumentException",
            "Policy contains a statement with one or more invalid principals.",
            400,
        )
    if not call.params.get("BypassPolicyLockoutSafetyCheck") and not _manageable(statements, call.account):
        raise Refusal(
            "MalformedPolicyDocumentException",
            "The new key policy will not allow you to update the key policy in the future.",
            400,
        )


def _manageable(statements: list[dict[str, Any]], account: str) -> bool:
    """Whether somebody of the account may put the next policy (the lockout safety check)."""
    for statement in statements:
        if statement["Effect"] != "Allow":
            continue
        named = [
            name
            for name in policies.principals(statement)
            if name in ("*", account) or f":{account}:" in name or f"::{account}:" in name
        ]
        actions = {str(action).lower() for action in policies.as_list(statement.get("Action"))}
        if named and actions & {"*", "kms:*", "kms:put*", "kms:putkeypolicy"}:
            return True
    return False


@aws.before("PutKeyPolicy", "EnableKeyRotation", "DisableKeyRotation", "ScheduleKeyDeletion", "DisableKey")
def managed_key_rule(call: Any) -> None:
    key = _key(call, call.params["KeyId"])
    if key.key_manager == "AWS":
        raise Refusal("AccessDeniedException", f"{call.operation} is not allowed on the AWS managed key {key.arn}", 400)


# What a key's state forbids: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
_USES = (
    "CreateGrant", "Encrypt", "Decrypt", "ReEncrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext",
    "GenerateMac", "Sign", "Verify", "VerifyMac",
)  # fmt: skip
_NOT_DISABLED = ("EnableKeyRotation", "DisableKeyRotation", "ReplicateKey", *_USES)
_NOT_LEAVING = (
    *_NOT_DISABLED, "CreateAlias", "DisableKey", "EnableKey", "ScheduleKeyDeletion", "TagResource", "UntagResource",
    "UpdateAlias", "UpdateKeyDescription",
)  # fmt: skip


@aws.after("CreateKey", when=lambda call: call.params.get("Origin") == "EXTERNAL")
def waits_for_material(call: Any, answer: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-create-cmk.html"""
    key = call.backend().keys[answer["KeyMetadata"]["KeyId"]]
    key.key_state, key.enabled = "PendingImport", False
    answer["KeyMetadata"].update(KeyState=key.key_state, Enabled=False)


@aws.before(*_NOT_LEAVING)
def state_rule(call: Any) -> None:
    name = call.params.get("KeyId") or call.params.get("TargetKeyId") or call.params.get("SourceKeyId")
    if not name:
        return
    key = _key(call, name)
    if call.operation in ("DisableKey", "EnableKey", "ScheduleKeyDeletion"):
        call.change(KeyId=key.id)  # moto knows ids only
    if key.key_state == "PendingDeletion":
        raise Refusal("KMSInvalidStateException", f"{key.arn} is pending deletion.", 400)
    if key.key_state == "PendingImport" and call.operation in _USES:
        raise Refusal("KMSInvalidStateException", f"{key.arn} is pending import.", 400)
    if key.key_state == "Disabled" and call.operation in _NOT_DISABLED:
        raise Refusal("DisabledException", f"{key.arn} is disabled.", 400)


@aws.before("EnableKeyRotation", "DisableKeyRotation", "GetKeyRotationStatus")
def rotation_rule(call: Any) -> None:
    """Symmetric keys of KMS's own material rotate, replicas as their primary does.

    https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html
    """
    key = _key(call, call.params["KeyId"])
    replica = key.multi_region and key.multi_region_configuration["MultiRegionKeyType"] == "REPLICA"
    rotates = key.key_spec == "SYMMETRIC_DEFAULT" and key.origin == "AWS_KMS"
    if not rotates or (replica and call.operation != "GetKeyRotationStatus"):
        raise Refusal("UnsupportedOperationException", f"{key.arn} does not support {call.operation}.", 400)


@aws.after("EnableKeyRotation")
def rotation_enabled(call: Any, answer: dict[str, Any]) -> None:
    key = _key(call, call.params["KeyId"])
    key.rotation_period = call.params.get("RotationPeriodInDays", getattr(key, "rotation_period", 365))


@aws.after("GetKeyRotationStatus")
def rotation_status(call: Any, answer: dict[str, Any]) -> None:
    key = _key(call, call.params["KeyId"])
    answer["KeyId"] = key.arn
    if key.multi_region:  # rotation is the primary's, shown by each of the keys
        key = call.backend(region=key.multi_region_configuration["PrimaryKey"]["Region"]).keys.get(key.id, key)
        answer["KeyRotationEnabled"] = key.key_rotation_status
    if key.key_state == "PendingDeletion":
        answer["KeyRotationEnabled"] = False
    if key.key_manager == "AWS":
        answer.update(KeyRotationEnabled=True, RotationPeriodInDays=365)
    elif answer.get("KeyRotationEnabled"):
        answer["RotationPeriodInDays"] = getattr(key, "rotation_period", 365)


@aws.before("ReplicateKey")
def replicate_rule(call: Any) -> None:
    key, region = _key(call, call.params["KeyId"]), call.params["ReplicaRegion"]
    if not key.multi_region:
        raise Refusal("UnsupportedOperationException", f"{key.arn} is not a multi-Region key.", 400)
    if key.multi_region_configuration["PrimaryKey"]["Region"] != call.region:
        raise Refusal("UnsupportedOperationException", f"{key.arn} is not a primary key.", 400)
    if not is_region(region, call.partition) or region == call.region:
        raise Refusal("ValidationException", f"Invalid replica region {region}", 400)
    if key.id in call.backend(region=region).keys:
        raise Refusal("AlreadyExistsException", f"A replica of {key.id} already exists in {region}.", 400)


@aws.after("ReplicateKey")
def replicated(call: Any, answer: dict[str, Any]) -> None:
    """A replica has its own description, tags, policy and configuration; moto's shares the primary's."""
    region = call.params["ReplicaRegion"]
    primary = _key(call, call.params["KeyId"])
    replica = call.backend(region=region).keys[primary.id]
    replica.multi_region_configuration = {**primary.multi_region_configuration, "MultiRegionKeyType": "REPLICA"}
    replica.description = call.params.get("Description", "")
    replica.policy = call.params.get("Policy") or replica.generate_default_policy()
    replica.aliases, replica.grants = {}, {}
    answer["ReplicaKeyMetadata"] = call.ask("kms", "DescribeKey", region=region, KeyId=primary.id)["KeyMetadata"]


@aws.before("CreateAlias", "UpdateAlias")
def alias_rule(call: Any) -> None:
    name = call.params["AliasName"]
    if name.startswith("alias/aws/"):
        raise Refusal("NotAuthorizedException", "Aliases that begin with alias/aws/ are reserved.", 400)
    if not name.startswith("alias/"):
        raise Refusal("ValidationException", "Invalid identifier: an alias must start with alias/", 400)
    if call.params["TargetKeyId"].startswith("alias/"):
        raise Refusal("ValidationException", "Aliases must refer to keys. Not aliases", 400)
