# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""S3: https://docs.aws.amazon.com/AmazonS3/latest/API/"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any

from .._engine.aws import Aws
from .._engine.errors import AwsError
from .._engine.tags import to_dict
from .reading import Item, existing, further

# Key on the bucket -> (operation, codes that say "not configured", what of the answer).
_PARTS: dict[str, tuple[str, frozenset[str], Callable[[Any], Any]]] = {
    "PublicAccessBlock": (
        "get_public_access_block",
        frozenset({"NoSuchPublicAccessBlockConfiguration"}),
        lambda answer: answer["PublicAccessBlockConfiguration"],
    ),
    "Policy": (
        "get_bucket_policy",
        frozenset({"NoSuchBucketPolicy"}),
        lambda answer: json.loads(answer["Policy"]),
    ),
    "PolicyStatus": (
        "get_bucket_policy_status",
        frozenset({"NoSuchBucketPolicy"}),
        lambda answer: answer["PolicyStatus"],
    ),
    "Acl": ("get_bucket_acl", frozenset(), lambda answer: answer.get("Grants", [])),
    "Versioning": ("get_bucket_versioning", frozenset(), lambda answer: answer.get("Status", "Off")),
    "Encryption": (
        "get_bucket_encryption",
        frozenset({"ServerSideEncryptionConfigurationNotFoundError"}),
        lambda answer: answer["ServerSideEncryptionConfiguration"]["Rules"],
    ),
    "Lifecycle": (
        "get_bucket_lifecycle_configuration",
        frozenset({"NoSuchLifecycleConfiguration"}),
        lambda answer: answer.get("Rules", []),
    ),
    "IntelligentTiering": (
        "list_bucket_intelligent_tiering_configurations",
        frozenset(),
        lambda answer: answer.get("IntelligentTieringConfigurationList", []),
    ),
    "Replication": (
        "get_bucket_replication",
        frozenset({"ReplicationConfigurationNotFoundError"}),
        lambda answer: answer["ReplicationConfiguration"],
    ),
    "Logging": ("get_bucket_logging", frozenset(), lambda answer: answer.get("LoggingEnabled")),
    "Ownership": (
        "get_bucket_ownership_controls",
        frozenset({"OwnershipControlsNotFoundError"}),
        lambda answer: answer["OwnershipControls"]["Rules"][0]["ObjectOwnership"],
    ),
    "Tags": ("get_bucket_tagging", frozenset({"NoSuchTagSet"}), lambda answer: to_dict(answer["TagSet"])),
    "Location": ("get_bucket_location", frozenset(), lambda answer: answer.get("LocationConstraint") or "us-east-1"),
}


def bucket_names(aws: Aws) -> list[Item]:
    """Every bucket of the account: Name and CreationDate only."""
    return aws.call("s3", "list_buckets")["Buckets"]


def buckets(
    aws: Aws, *, names: Collection[str], parts: Collection[str] = tuple(_PARTS), listed: bool = False
) -> list[Item]:
    """The named buckets that exist, with the asked parts (keys of _PARTS); None is "not configured".

    listed: the names come from bucket_names, so that nobody need ask whether they exist.
    """
    if listed:
        found = [_bucket(aws, name) for name in sorted(names)]
    else:
        found = [item for answer in aws.map(lambda name: _existing(aws, name), sorted(names)) for item in answer]
    answers = aws.map(lambda pair: _part(aws, *pair), [(bucket, part) for bucket in found for part in parts])
    for (bucket, part), answer in zip([(bucket, part) for bucket in found for part in parts], answers, strict=True):
        bucket[part] = answer
    for bucket in found:
        bucket["Tags"] = bucket.get("Tags") or {}
    return found


def _existing(aws: Aws, name: str) -> list[Item]:
    """A bucket that exists; one of another account's is a refusal of S3 (403), said as it comes."""

    def head() -> list[Item]:
        answer = aws.call("s3", "head_bucket", Bucket=name)
        return [{**_bucket(aws, name), "BucketRegion": answer.get("BucketRegion") or aws.region}]

    return existing(head)


def _bucket(aws: Aws, name: str) -> Item:
    return {"Name": name, "Arn": f"arn:{aws.partition}:s3:::{name}"}


def _part(aws: Aws, bucket: Item, part: str) -> Any:
    operation, absent, of = _PARTS[part]
    answer = further(aws, bucket, "s3", operation, absent, Bucket=bucket["Name"])
    return of(answer) if answer is not None else None


def account_public_access_block(aws: Aws) -> list[Item]:
    """One item: the account's four settings, all False where nothing is configured."""
    try:
        answer = aws.call("s3control", "get_public_access_block", AccountId=aws.account_id)
    except AwsError as error:
        if error.code != "NoSuchPublicAccessBlockConfiguration":
            raise
        return [
            dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), False)
        ]
    return [answer["PublicAccessBlockConfiguration"]]
