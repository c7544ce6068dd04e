# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Buckets, secured: https://docs.aws.amazon.com/AmazonS3/latest/API/

Policy, lifecycle and tags are S3's to replace as a whole: what others put there is read first and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._describe import s3
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State
from ..._engine.policies import as_text
from ..._engine.tags import to_list
from ..kms.kms_key import KMS_KEY

PARTS = ("PublicAccessBlock", "Policy", "Versioning", "Encryption", "Lifecycle", "Ownership", "Tags")
BLOCKS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
TLS_SID = "DenyInsecureTransport"
EXPIRY_ID = "expire-noncurrent-versions"


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """The buckets of this region: names are global, and a bucket takes no key of another region."""
    found = s3.buckets(aws, names={item["name"] for item in items}, parts=PARTS)
    return {bucket["Name"]: _state(bucket) for bucket in found if bucket["BucketRegion"] == aws.region}


def _state(bucket: dict[str, Any]) -> State:
    block = bucket["PublicAccessBlock"] or {}
    rule = (bucket["Encryption"] or [{}])[0]
    encryption = rule.get("ApplyServerSideEncryptionByDefault") or {}
    expiry: dict[str, Any] = next((rule for rule in bucket["Lifecycle"] or [] if _is_expiry(rule)), {})
    return {
        "name": bucket["Name"],
        "id": bucket["Name"],
        "arn": bucket["Arn"],
        "block_public_access": all(block.get(name) for name in BLOCKS),
        "versioning": bucket["Versioning"] == "Enabled",
        "kms_key": encryption.get("KMSMasterKeyID"),
        "bucket_key": bool(rule.get("BucketKeyEnabled")),
        "object_ownership": bucket["Ownership"],
        "tls_only": any(_denies_plain_http(one, bucket["Arn"]) for one in _statements(bucket)),
        "noncurrent_days": (expiry.get("NoncurrentVersionExpiration") or {}).get("NoncurrentDays"),
        "policy_statements": _statements(bucket),
        "lifecycle_rules": bucket["Lifecycle"] or [],
        "tags": bucket["Tags"],
    }


def _statements(bucket: dict[str, Any]) -> list[dict[str, Any]]:
    """A policy's statements; a single one may stand without its list."""
    statements = (bucket["Policy"] or {}).get("Statement", [])
    return [statements] if isinstance(statements, dict) else statements


def _is_expiry(rule: dict[str, Any]) -> bool:
    """The rule of this kind, in force for the whole bucket."""
    filtered = rule.get("Filter") or {}
    return rule.get("ID") == EXPIRY_ID and rule.get("Status") == "Enabled" and filtered in ({}, {"Prefix": ""})


def _denies_plain_http(statement: dict[str, Any], arn: str) -> bool:
    """The statement refuses every request to the bucket and its objects that came without TLS."""
    condition = (statement.get("Condition") or {}).get("Bool") or {}
    everyone = statement.get("Principal") in ("*", {"AWS": "*"}, {"AWS": ["*"]})
    resource = statement.get("Resource")
    covered = {resource} if isinstance(resource, str) else set(resource or [])
    whole = "*" in covered or covered >= {arn, f"{arn}/*"} or f"{arn}*" in covered
    refused = str(condition.get("aws:SecureTransport", "")).lower() == "false"
    return (
        statement.get("Effect") == "Deny"
        and everyone
        and refused
        and whole
        and statement.get("Action") in ("s3:*", ["s3:*"], "*")
    )


def create(aws: Aws, desired: State) -> None:
    options: dict[str, Any] = {"Bucket": desired["name"], "ObjectOwnership": "BucketOwnerEnforced"}
    if aws.region != "us-east-1":
        options["CreateBucketConfiguration"] = {"LocationConstraint": aws.region}
    aws.call_once("s3", "create_bucket", **options)


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """One call a setting; each may be repeated."""
    wanted = {"kms_key" if field == "bucket_key" else field for field in fields}
    for field, (operation, parameters) in _calls(found, desired).items():
        if field in wanted:
            aws.call("s3", operation, Bucket=found["name"], **parameters)


def _calls(found: State, desired: State) -> dict[str, tuple[str, dict[str, Any]]]:
    """What sets each field, in the order in which it is safe: closed first."""
    blocked = dict.fromkeys(BLOCKS, bool(desired.get("block_public_access")))
    owner = {"Rules": [{"ObjectOwnership": desired.get("object_ownership")}]}
    by_key = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": desired.get("kms_key")}
    encryption = {
        "Rules": [{"ApplyServerSideEncryptionByDefault": by_key, "BucketKeyEnabled": desired.get("bucket_key", True)}]
    }
    versioning = {"Status": "Enabled" if desired.get("versioning") else "Suspended"}
    return {
        "block_public_access": ("put_public_access_block", {"PublicAccessBlockConfiguration": blocked}),
        "object_ownership": ("put_bucket_ownership_controls", {"OwnershipControls": owner}),
        "kms_key": ("put_bucket_encryption", {"ServerSideEncryptionConfiguration": encryption}),
        "versioning": ("put_bucket_versioning", {"VersioningConfiguration": versioning}),
        "tls_only": ("put_bucket_policy", {"Policy": as_text(_policy(found, desired))}),
        "noncurrent_days": (
            "put_bucket_lifecycle_configuration",
            {"LifecycleConfiguration": {"Rules": _lifecycle(found, desired)}},
        ),
    }


def _policy(found: State, desired: State) -> dict[str, Any]:
    """The bucket's policy with the statement that refuses plain HTTP, or without any such."""
    others = [
        one
        for one in found["policy_statements"]
        if not _denies_plain_http(one, found["arn"]) and one.get("Sid") != TLS_SID
    ]
    refusal = {
        "Sid": TLS_SID,
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [found["arn"], f"{found['arn']}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return {"Version": "2012-10-17", "Statement": [*others, *([refusal] if desired.get("tls_only") else [])]}


def _lifecycle(found: State, desired: State) -> list[dict[str, Any]]:
    others = [rule for rule in found["lifecycle_rules"] if rule.get("ID") != EXPIRY_ID]
    rule = {
        "ID": EXPIRY_ID,
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "NoncurrentVersionExpiration": {"NoncurrentDays": desired.get("noncurrent_days")},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
    }
    return [*others, rule]


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    """PutBucketTagging replaces all tags, so those of others are sent along."""
    tags = {key: value for key, value in {**found["tags"], **to_set}.items() if key not in to_remove}
    aws.call("s3", "put_bucket_tagging", Bucket=found["name"], Tagging={"TagSet": to_list(tags)})


S3_BUCKET = Kind(
    name="s3_bucket",
    role="secrets",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={"kms_key": Reference(KMS_KEY, "arn")},
)
