# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Secrets whose value AWS generates and no part of Ansible ever sees.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/
CreateSecret takes a value and GetRandomPassword gives one, both through the caller; CloudFormation's
GenerateSecretString makes it on AWS's side. docs/decisions/secrets-generation.md has the reasons.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256
from typing import Any

from ..._describe import secretsmanager
from ..._engine.aws import Aws
from ..._engine.errors import AwsError, Refusal
from ..._engine.kind import Kind, Reference, State, Wait
from ..._engine.policies import advising, as_text, for_everybody, same_policy
from ..._engine.tags import to_list
from ..cloudformation.retained_stack import create_retained, lets_go_of_its_stack
from ..kms.key_names import with_key_arns
from ..kms.kms_key import KMS_KEY
from .secret_policy import POLICY

SERVICE = "secretsmanager"
# DescribeSecret names no key where it is this one.
AWS_KEY = "alias/aws/secretsmanager"
TIMEOUT = 600.0
NAME = re.compile(r"[A-Za-z0-9/_+=.@!-]{1,512}")
# What MySQL clients, URLs and shells trip over.
EXCLUDED = "\"'`\\/@:;%&?#$ "


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Secrets by name. Errors: Refusal for one that is scheduled for deletion."""
    policies = any(item.get("policy") for item in items)
    found = secretsmanager.secrets(aws, names={item["name"] for item in items}, policies=policies)
    dying = sorted(secret["Name"] for secret in found if secret.get("DeletedDate"))
    if dying:
        raise Refusal(
            f"secret {', '.join(dying)} is scheduled for deletion; restore it (RestoreSecret) or name another"
        )
    states = {
        secret["Name"]: {
            **_state(secret),
            "replica_of": secret["PrimaryRegion"] if secretsmanager.is_replica(aws, secret) else None,
        }
        for secret in found
    }
    changeable = [item for item in items if not states.get(item["name"], {}).get("replica_of")]
    return with_key_arns(aws, changeable, states)


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """What others put into the policy stays. A replica is as its primary makes it: only that can be changed, in its
    region."""
    primary = found and found["replica_of"]
    if not primary:
        return POLICY.keeps("secret", desired, found)
    rest = {key: value for key, value in desired.items() if key == "name"}
    return rest, [
        f"secret {desired['name']} is a replica of {primary}'s and left alone; a run for {primary} changes it"
    ]


def _state(secret: dict[str, Any]) -> State:
    replicas = secret.get("ReplicationStatus") or []
    statuses = {replica.get("Status") for replica in replicas}
    failed = sorted(replica["Region"] for replica in replicas if replica.get("Status") == "Failed")
    rotation = secret.get("RotationRules") or {}
    return {
        "name": secret["Name"],
        "id": secret["ARN"],
        "arn": secret["ARN"],
        "description": secret.get("Description", ""),
        "kms_key": secret.get("KmsKeyId") or AWS_KEY,
        "policy": secret.get("ResourcePolicy"),
        "replica_regions": sorted({replica["Region"] for replica in replicas} - set(failed)),
        "failed_regions": failed,
        "rotation_lambda_arn": secret.get("RotationLambdaARN") if secret.get("RotationEnabled") else None,
        "rotation_days": rotation.get("AutomaticallyAfterDays"),
        "rotation_schedule": rotation.get("ScheduleExpression"),
        "rotation_window": rotation.get("Duration"),
        "status_reason": "; ".join(
            f"{replica['Region']}: {replica['StatusMessage']}" for replica in replicas if replica.get("StatusMessage")
        ),
        "status": "replication failed"
        if "Failed" in statuses
        else "replicating"
        if "InProgress" in statuses
        else "ready",
        "tags": secret["Tags"],
    }


def create(aws: Aws, desired: State) -> None:
    """Make the secret with a value of AWS's own making."""
    create_retained(aws, stack_name(desired["name"]), "AWS::SecretsManager::Secret", properties(desired), TIMEOUT)


def stack_name(secret: str) -> str:
    """The name of the stack that makes a secret: letters, digits and hyphens, at most 128, one for each secret."""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", secret).strip("-")[:90]
    return f"secret-{readable}-{sha256(secret.encode()).hexdigest()[:12]}"


def properties(desired: State) -> dict[str, Any]:
    """Properties of AWS::SecretsManager::Secret."""
    generated: dict[str, Any] = {
        "PasswordLength": desired.get("length") or 32,
        "ExcludeCharacters": EXCLUDED,
        "SecretStringTemplate": json.dumps(desired.get("template") or {}),
        "GenerateStringKey": desired.get("generate_key") or "password",
    }
    wanted = {
        "Name": desired["name"],
        "Description": desired.get("description"),
        "KmsKeyId": desired.get("kms_key"),
        "GenerateSecretString": generated,
        "Tags": to_list(desired["tags"]),
    }
    return {key: value for key, value in wanted.items() if value}


ROTATION = frozenset({"rotation_lambda_arn", "rotation_days", "rotation_schedule", "rotation_window"})


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """The policy first, and the value is never touched. What cannot be done twice is not repeated by botocore."""
    secret = {"SecretId": found["arn"]}
    if "policy" in fields:
        _put_policy(aws, found, desired)
        yield frozenset({"policy"})
    about = {"description": "Description", "kms_key": "KmsKeyId"}
    changed = fields & set(about)
    if changed:
        aws.call(SERVICE, "update_secret", **secret, **{about[field]: desired[field] for field in changed})
        yield changed
    if "replica_regions" in fields:
        _replicate(aws, found, desired["replica_regions"])
        yield frozenset({"replica_regions"})
    if fields & ROTATION:
        aws.call_once(SERVICE, "rotate_secret", **secret, **_rotation(found, desired))
        yield fields & ROTATION


def _put_policy(aws: Aws, found: State, desired: State) -> None:
    """Secrets Manager is asked to refuse a policy that admits the public, unless it is others' statements that do:
    those stay, and ours beside them close the secret to other accounts.

    https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
    """
    policy = POLICY.after(found, desired)
    put = partial(aws.call, SERVICE, "put_resource_policy", SecretId=found["arn"], ResourcePolicy=as_text(policy))
    with advising(policy):
        try:
            put(BlockPublicPolicy=True)
        except AwsError as error:
            if error.code != "PublicPolicyException" or for_everybody(desired["policy"]):
                raise
            put(BlockPublicPolicy=False)


def _rotation(found: State, desired: State) -> dict[str, Any]:
    """RotateSecret takes days or an expression, and replaces what it is not given; so what is there is sent along.

    https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html
    """
    schedule, days = desired.get("rotation_schedule"), desired.get("rotation_days")
    if not schedule and not days:
        schedule, days = found.get("rotation_schedule"), found.get("rotation_days")
    rules = {"ScheduleExpression": schedule} if schedule else {"AutomaticallyAfterDays": days or 30}
    window = desired.get("rotation_window") or found.get("rotation_window")
    function = desired.get("rotation_lambda_arn") or found.get("rotation_lambda_arn")
    return {
        **({"RotationLambdaARN": function} if function else {}),
        "RotationRules": {**rules, **({"Duration": window} if window else {})},
        "RotateImmediately": bool(desired.get("rotate_immediately")),
    }


def check(desired: State) -> list[str]:
    """What the API reference says of CreateSecret and of RotationRulesType."""
    reasons = []
    if not NAME.fullmatch(desired["name"]):
        reasons.append("the name of a secret is of letters, digits and /_+=.@-, at most 512")
    reasons += POLICY.check(desired.get("policy"))
    days = desired.get("rotation_days")
    if days is not None and not 1 <= days <= 1000:
        reasons.append(f"rotation_days is {days}; Secrets Manager takes 1 to 1000")
    schedule = desired.get("rotation_schedule")
    if schedule and not re.fullmatch(r"(rate|cron)\([0-9A-Za-z#?*/, -]+\)", schedule):
        reasons.append(f"rotation_schedule is {schedule}; give rate(10 days) or a cron(...) expression, in UTC")
    window = desired.get("rotation_window")
    if window and not re.fullmatch(r"[0-9]{1,2}h", window):
        reasons.append(f"rotation_window is {window}; give hours, such as 3h")
    return reasons


def _replicate(aws: Aws, found: State, regions: Sequence[str]) -> None:
    """Add the missing replicas; one that failed is given up first. Its Region may hold a secret of the same name,
    which is never overwritten.
    https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets_troubleshoot.html
    """
    missing = sorted(set(regions) - set(found["replica_regions"]))
    failed = sorted(set(missing) & set(found["failed_regions"]))
    if failed:
        aws.call_once(SERVICE, "remove_regions_from_replication", SecretId=found["arn"], RemoveReplicaRegions=failed)
    added = [{"Region": region} for region in missing]
    aws.call_once(SERVICE, "replicate_secret_to_regions", SecretId=found["arn"], AddReplicaRegions=added)


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    if to_set:
        aws.call(SERVICE, "tag_resource", SecretId=found["arn"], Tags=to_list(to_set))
    if to_remove:
        aws.call(SERVICE, "untag_resource", SecretId=found["arn"], TagKeys=to_remove)


def _covers(found: list[str] | None, desired: list[str]) -> bool:
    """Replicas that somebody else added stay."""
    return set(desired) <= set(found or [])


_SECRET = Kind(
    name="secret",
    role="secrets",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={"kms_key": Reference(KMS_KEY, "arn")},
    initial=frozenset({"length", "template", "generate_key", "purge_policy", "rotate_immediately"}),
    equal={"policy": same_policy, "replica_regions": _covers},
    check=check,
    keeps=keeps,
    wait=Wait(ready=frozenset({"ready"}), failed=frozenset({"replication failed"})),
)
SECRET = lets_go_of_its_stack(_SECRET, lambda desired: stack_name(desired["name"]))
