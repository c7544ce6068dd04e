# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Secrets Manager: policies, replicas that are whole, secrets that belong to other services."""

from __future__ import annotations

import re
from typing import Any

from local_aws import policies
from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("secretsmanager")
_NAME = re.compile(r"[A-Za-z0-9/_+=.@!-]+")


def _secret(call: Any, name: str) -> Any:
    secret = call.backend().secrets.get(name)
    if secret is None:
        raise Refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret.", 400)
    return secret


@aws.before("CreateSecret")
def name_rule(call: Any) -> None:
    """https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html"""
    if not _NAME.fullmatch(call.params["Name"]):
        raise Refusal(
            "ValidationException",
            "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
            400,
        )


@aws.before("CreateSecret", "UpdateSecret")
def key_rule(call: Any) -> None:
    key = call.params.get("KmsKeyId")
    if key:
        try:
            found = call.ask("kms", "DescribeKey", KeyId=key)["KeyMetadata"]
        except Refusal as refused:
            raise Refusal("EncryptionFailure", f"The KMS key {key} cannot be used: {refused.message}", 400) from refused
        if found["KeyState"] != "Enabled":
            raise Refusal("EncryptionFailure", f"The KMS key {key} is {found['KeyState']}.", 400)
    if call.params.get("SecretString") is not None and call.params.get("SecretBinary") is not None:
        raise Refusal("InvalidParameterException", "Specify either SecretString or SecretBinary, not both.", 400)


@aws.before("PutSecretValue", "UpdateSecret", "DeleteSecret")
def owned_rule(call: Any) -> None:
    """A secret that a service manages is changed by that service."""
    secret = _secret(call, call.params["SecretId"])
    name = getattr(secret, "name", "")
    if "!" in name and name.split("!")[0] == "rds":
        raise Refusal("InvalidRequestException", "You can't perform this operation on a secret that RDS manages.", 400)
    if call.operation != "DeleteSecret" and getattr(secret, "deleted_date", None):
        raise Refusal(
            "InvalidRequestException",
            "You can't perform this operation on the secret because it was marked for deletion.",
            400,
        )


@aws.before("DeleteSecret")
def delete_rule(call: Any) -> None:
    secret = _secret(call, call.params["SecretId"])
    if getattr(secret, "replicas", None):
        raise Refusal("InvalidRequestException", "You can't delete a secret that still has replicas.", 400)


@aws.before("PutResourcePolicy", "ValidateResourcePolicy")
def policy_rule(call: Any) -> None:
    try:
        public = policies.is_public(call.params["ResourcePolicy"])
    except ValueError as error:
        raise Refusal(
            "MalformedPolicyDocumentException", f"This resource policy contains a syntax error: {error}", 400
        ) from error
    if call.operation == "PutResourcePolicy":
        _secret(call, call.params["SecretId"])
        if policies.names_deleted(call.params["ResourcePolicy"]):
            raise Refusal(
                "MalformedPolicyDocumentException", "This resource policy contains an unsupported principal.", 400
            )
        if public and call.params.get("BlockPublicPolicy"):
            raise Refusal("PublicPolicyException", "The resource policy grants broad access to the secret.", 400)


@aws.adds
def validate_resource_policy(call: Any, *, resource_policy: str, secret_id: str | None = None) -> dict[str, Any]:
    public = policies.is_public(resource_policy)
    errors = [{"CheckName": "PublicPolicy", "ErrorMessage": "The policy grants broad access."}] if public else []
    return {"PolicyValidationPassed": not public, "ValidationErrors": errors}


@aws.before("RotateSecret")
def rotate_rule(call: Any) -> None:
    secret = _secret(call, call.params["SecretId"])
    managed = "!" in getattr(secret, "name", "")
    lambda_arn = call.params.get("RotationLambdaARN") or getattr(secret, "rotation_lambda_arn", "")
    if not lambda_arn and not managed:
        raise Refusal(
            "InvalidRequestException",
            "No Lambda rotation function ARN is associated with this secret.",
            400,
        )


@aws.after("DescribeSecret")
def own_key_is_not_named(call: Any, answer: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html, KmsKeyId"""
    key = call.backend("kms").keys.get(str(answer.get("KmsKeyId")).rpartition("/")[2])
    if answer.get("KmsKeyId") == "alias/aws/secretsmanager" or (key and key.key_manager == "AWS"):
        del answer["KmsKeyId"]


@aws.after("ReplicateSecretToRegions", "RemoveRegionsFromReplication", "StopReplicationToReplica")
def whole_arn(call: Any, answer: dict[str, Any]) -> None:
    """moto gives back what it was asked with."""
    secret = call.backend().secrets.get(call.params["SecretId"])
    if secret is not None:
        answer["ARN"] = secret.arn
