# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What somebody may have changed by hand: put in by boto3, seen by --check, repaired by the role."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Boto = Callable[..., Any]
Names = Mapping[str, str]

NAMES = {
    "key": "alias/mywebapp-prod-aurora",
    "logs_key": "alias/mywebapp-prod-logs",
    "secret": "mywebapp/prod/app",
    "parameter": "/mywebapp/prod/region",
    "bucket": "mywebapp-prod-terraform-state-123456789012",
    "dr_region": "us-west-2",
}
KEYS, SECRETS, PARAMETERS, BUCKET = (
    "One key for each purpose",
    "Secrets with their policy and replicas",
    "Configuration of the environment",
    "Close, encrypt and version the bucket of the Terraform state",
)
TLS_SID = "DenyInsecureTransport"


@dataclass(frozen=True)
class Drift:
    """put_in(boto, names) makes it; repaired(boto, names) is true when it is gone; task: the one that sees it."""

    name: str
    task: str
    put_in: Callable[[Boto, Names], Any]
    repaired: Callable[[Boto, Names], bool]


def key_id(boto: Boto, alias: str) -> str:
    return boto("kms").describe_key(KeyId=alias)["KeyMetadata"]["KeyId"]


def key_policy(boto: Boto, alias: str) -> dict[str, Any]:
    return json.loads(boto("kms").get_key_policy(KeyId=key_id(boto, alias), PolicyName="default")["Policy"])


def widen_key_policy(boto: Boto, names: Names) -> None:
    policy = key_policy(boto, names["logs_key"])
    for statement in policy["Statement"]:
        statement.pop("Condition", None)
    boto("kms").put_key_policy(KeyId=key_id(boto, names["logs_key"]), PolicyName="default", Policy=json.dumps(policy))


def rotation(boto: Boto, names: Names) -> dict[str, Any]:
    return boto("kms").get_key_rotation_status(KeyId=key_id(boto, names["key"]))


def key_tags(boto: Boto, names: Names) -> dict[str, str]:
    answer = boto("kms").list_resource_tags(KeyId=key_id(boto, names["key"]))
    return {tag["TagKey"]: tag["TagValue"] for tag in answer["Tags"]}


def lose_alias(boto: Boto, names: Names) -> None:
    """As a run leaves it that broke off between CreateKey and CreateAlias."""
    boto("kms").delete_alias(AliasName=names["key"])


def has_alias_and_no_double(boto: Boto, names: Names) -> bool:
    kms, name = boto("kms"), names["key"].removeprefix("alias/")
    tags = [kms.list_resource_tags(KeyId=key["KeyId"])["Tags"] for key in kms.list_keys()["Keys"]]
    named = [one for one in tags if {"TagKey": "Name", "TagValue": name} in one]
    return len(named) == 1 and bool(key_id(boto, names["key"]))


def secret(boto: Boto, names: Names) -> dict[str, Any]:
    return boto("secretsmanager").describe_secret(SecretId=names["secret"])


def secret_policy(boto: Boto, names: Names) -> str:
    return boto("secretsmanager").get_resource_policy(SecretId=names["secret"]).get("ResourcePolicy") or ""


def lose_replica(boto: Boto, names: Names) -> None:
    boto("secretsmanager").remove_regions_from_replication(
        SecretId=names["secret"], RemoveReplicaRegions=[names["dr_region"]]
    )


def parameter(boto: Boto, names: Names) -> dict[str, Any]:
    return boto("ssm").get_parameter(Name=names["parameter"])["Parameter"]


def put_parameter(boto: Boto, names: Names, **changes: str) -> None:
    values = {"Value": "us-east-1", "Description": "Region that the stack runs in", **changes}
    boto("ssm").put_parameter(Name=names["parameter"], Type="String", Overwrite=True, **values)


def description(boto: Boto, names: Names) -> str:
    wanted = [{"Key": "Name", "Option": "Equals", "Values": [names["parameter"]]}]
    return boto("ssm").describe_parameters(ParameterFilters=wanted)["Parameters"][0].get("Description", "")


def parameter_tags(boto: Boto, names: Names) -> dict[str, str]:
    found = boto("ssm").list_tags_for_resource(ResourceType="Parameter", ResourceId=names["parameter"])
    return {tag["Key"]: tag["Value"] for tag in found["TagList"]}


def open_bucket(boto: Boto, names: Names) -> None:
    """A bucket of the name, where Terraform made none yet, that anybody may be let into."""
    s3 = boto("s3")
    if names["bucket"] not in {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}:
        s3.create_bucket(Bucket=names["bucket"])
    s3.delete_public_access_block(Bucket=names["bucket"])


def encryption(boto: Boto, names: Names) -> dict[str, Any]:
    answer = boto("s3").get_bucket_encryption(Bucket=names["bucket"])
    return answer["ServerSideEncryptionConfiguration"]["Rules"][0]


def encrypt(boto: Boto, names: Names, *, bucket_key: bool, **by_default: str) -> None:
    rule = {"ApplyServerSideEncryptionByDefault": by_default, "BucketKeyEnabled": bucket_key}
    boto("s3").put_bucket_encryption(Bucket=names["bucket"], ServerSideEncryptionConfiguration={"Rules": [rule]})


def statements(boto: Boto, names: Names) -> dict[str, Any]:
    policy = json.loads(boto("s3").get_bucket_policy(Bucket=names["bucket"])["Policy"])
    return {statement["Sid"]: statement for statement in policy["Statement"]}


def replace_policy(boto: Boto, names: Names) -> None:
    """A statement of somebody else's in the place of the one that demands TLS."""
    other = {
        "Sid": "Theirs",
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{names['bucket']}/*",
    }
    policy = {"Version": "2012-10-17", "Statement": [other]}
    boto("s3").put_bucket_policy(Bucket=names["bucket"], Policy=json.dumps(policy))


def narrow_policy(boto: Boto, names: Names) -> None:
    """TLS for the bucket, and none for its objects."""
    found = statements(boto, names)
    found[TLS_SID]["Resource"] = f"arn:aws:s3:::{names['bucket']}"
    policy = {"Version": "2012-10-17", "Statement": list(found.values())}
    boto("s3").put_bucket_policy(Bucket=names["bucket"], Policy=json.dumps(policy))


def rules(boto: Boto, names: Names) -> dict[str, Any]:
    found = boto("s3").get_bucket_lifecycle_configuration(Bucket=names["bucket"])["Rules"]
    return {rule["ID"]: rule for rule in found}


def put_rules(boto: Boto, names: Names, *wanted: dict[str, Any]) -> None:
    boto("s3").put_bucket_lifecycle_configuration(
        Bucket=names["bucket"], LifecycleConfiguration={"Rules": list(wanted)}
    )


def replace_rules(boto: Boto, names: Names) -> None:
    theirs = {"ID": "theirs", "Status": "Enabled", "Filter": {"Prefix": "old/"}, "Expiration": {"Days": 10}}
    put_rules(boto, names, theirs)


def disable_rule(boto: Boto, names: Names) -> None:
    put_rules(boto, names, *({**rule, "Status": "Disabled"} for rule in rules(boto, names).values()))


def bucket_tags(boto: Boto, names: Names) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in boto("s3").get_bucket_tagging(Bucket=names["bucket"])["TagSet"]}


def blocks(boto: Boto, names: Names) -> dict[str, bool]:
    return boto("s3").get_public_access_block(Bucket=names["bucket"])["PublicAccessBlockConfiguration"]


DRIFTS = [
    Drift(
        "a key does not rotate",
        KEYS,
        lambda boto, names: boto("kms").disable_key_rotation(KeyId=key_id(boto, names["key"])),
        lambda boto, names: rotation(boto, names)["KeyRotationEnabled"],
    ),
    Drift(
        "a key rotates seldom",
        KEYS,
        lambda boto, names: boto("kms").enable_key_rotation(
            KeyId=key_id(boto, names["key"]), RotationPeriodInDays=2560
        ),
        lambda boto, names: rotation(boto, names)["RotationPeriodInDays"] == 365,
    ),
    Drift(
        "a key policy without its condition",
        KEYS,
        widen_key_policy,
        lambda boto, names: all(
            "Condition" in one
            for one in key_policy(boto, names["logs_key"])["Statement"]
            if "Service" in one["Principal"]
        ),
    ),
    Drift(
        "a key's description",
        KEYS,
        lambda boto, names: boto("kms").update_key_description(
            KeyId=key_id(boto, names["key"]), Description="something"
        ),
        lambda boto, names: (
            boto("kms").describe_key(KeyId=names["key"])["KeyMetadata"]["Description"]
            == "Storage and master secret of the database"
        ),
    ),
    Drift(
        "a key's tag",
        KEYS,
        lambda boto, names: boto("kms").untag_resource(KeyId=key_id(boto, names["key"]), TagKeys=["Owner"]),
        lambda boto, names: key_tags(boto, names)["Owner"] == "platform-team",
    ),
    Drift("a key without its alias", KEYS, lose_alias, has_alias_and_no_double),
    Drift(
        "a secret's key",
        SECRETS,
        lambda boto, names: boto("secretsmanager").update_secret(
            SecretId=names["secret"], KmsKeyId=key_id(boto, names["key"])
        ),
        lambda boto, names: secret(boto, names)["KmsKeyId"].endswith(key_id(boto, "alias/mywebapp-prod-secrets")),
    ),
    Drift(
        "a secret's description",
        SECRETS,
        lambda boto, names: boto("secretsmanager").update_secret(SecretId=names["secret"], Description="something"),
        lambda boto, names: secret(boto, names)["Description"] == "What the application signs its sessions with",
    ),
    Drift(
        "a secret without policy",
        SECRETS,
        lambda boto, names: boto("secretsmanager").delete_resource_policy(SecretId=names["secret"]),
        lambda boto, names: "NobodyOfAnotherAccount" in secret_policy(boto, names),
    ),
    Drift(
        "a secret without replica",
        SECRETS,
        lose_replica,
        lambda boto, names: [one["Status"] for one in secret(boto, names)["ReplicationStatus"]] == ["InSync"],
    ),
    Drift(
        "a secret's tag",
        SECRETS,
        lambda boto, names: boto("secretsmanager").untag_resource(SecretId=names["secret"], TagKeys=["Project"]),
        lambda boto, names: {"Key": "Project", "Value": "mywebapp"} in secret(boto, names)["Tags"],
    ),
    Drift(
        "a parameter's value",
        PARAMETERS,
        lambda boto, names: put_parameter(boto, names, Value="eu-west-1"),
        lambda boto, names: parameter(boto, names)["Value"] == "us-east-1",
    ),
    Drift(
        "a parameter's description",
        PARAMETERS,
        lambda boto, names: put_parameter(boto, names, Description="something"),
        lambda boto, names: description(boto, names) == "Region that the stack runs in",
    ),
    Drift(
        "a parameter's tag",
        PARAMETERS,
        lambda boto, names: boto("ssm").remove_tags_from_resource(
            ResourceType="Parameter", ResourceId=names["parameter"], TagKeys=["Environment"]
        ),
        lambda boto, names: parameter_tags(boto, names)["Environment"] == "prod",
    ),
    Drift(
        "a parameter is gone",
        PARAMETERS,
        lambda boto, names: boto("ssm").delete_parameter(Name=names["parameter"]),
        lambda boto, names: parameter(boto, names)["Value"] == "us-east-1",
    ),
    Drift(
        "the bucket is open",
        BUCKET,
        open_bucket,
        lambda boto, names: all(blocks(boto, names).values()),
    ),
    Drift(
        "the bucket takes ACLs",
        BUCKET,
        lambda boto, names: boto("s3").put_bucket_ownership_controls(
            Bucket=names["bucket"], OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
        ),
        lambda boto, names: (
            boto("s3").get_bucket_ownership_controls(Bucket=names["bucket"])["OwnershipControls"]["Rules"]
            == [{"ObjectOwnership": "BucketOwnerEnforced"}]
        ),
    ),
    Drift(
        "the bucket is not versioned",
        BUCKET,
        lambda boto, names: boto("s3").put_bucket_versioning(
            Bucket=names["bucket"], VersioningConfiguration={"Status": "Suspended"}
        ),
        lambda boto, names: boto("s3").get_bucket_versioning(Bucket=names["bucket"])["Status"] == "Enabled",
    ),
    Drift(
        "the bucket is encrypted with S3's key",
        BUCKET,
        lambda boto, names: encrypt(boto, names, bucket_key=False, SSEAlgorithm="AES256"),
        lambda boto, names: encryption(boto, names)["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms",
    ),
    Drift(
        "the bucket has no bucket key",
        BUCKET,
        lambda boto, names: encrypt(
            boto, names, bucket_key=False, **encryption(boto, names)["ApplyServerSideEncryptionByDefault"]
        ),
        lambda boto, names: encryption(boto, names)["BucketKeyEnabled"],
    ),
    Drift(
        "the bucket's policy is somebody else's",
        BUCKET,
        replace_policy,
        lambda boto, names: set(statements(boto, names)) == {"Theirs", TLS_SID},
    ),
    Drift(
        "TLS for the bucket only",
        BUCKET,
        narrow_policy,
        lambda boto, names: (
            len(statements(boto, names)[TLS_SID]["Resource"]) == 2 and "Theirs" in statements(boto, names)
        ),
    ),
    Drift(
        "the bucket's lifecycle is somebody else's",
        BUCKET,
        replace_rules,
        lambda boto, names: set(rules(boto, names)) == {"theirs", "expire-noncurrent-versions"},
    ),
    Drift(
        "the bucket's lifecycle is off",
        BUCKET,
        disable_rule,
        lambda boto, names: rules(boto, names)["expire-noncurrent-versions"]["Status"] == "Enabled",
    ),
    Drift(
        "the bucket's tags are others",
        BUCKET,
        lambda boto, names: boto("s3").put_bucket_tagging(
            Bucket=names["bucket"], Tagging={"TagSet": [{"Key": "Team", "Value": "theirs"}]}
        ),
        lambda boto, names: {"Team": "theirs", "Project": "mywebapp"}.items() <= bucket_tags(boto, names).items(),
    ),
]
