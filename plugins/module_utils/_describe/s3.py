# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""S3: https://docs.aws.amazon.com/AmazonS3/latest/API/"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from .._engine.aws import Aws
from .._engine.errors import AwsError
from .._engine.tags import RESERVED_PREFIX, to_dict
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
# What the answer for a part has besides: kept under its own key where there is something.
_BESIDES: dict[str, dict[str, Callable[[Any], Any]]] = {
    "Acl": {"AclOwner": lambda answer: (answer.get("Owner") or {}).get("ID")},
    "Versioning": {"MFADelete": lambda answer: answer.get("MFADelete")},
    "Lifecycle": {
        "TransitionDefaultMinimumObjectSize": lambda answer: answer.get("TransitionDefaultMinimumObjectSize")
    },
    "Tags": {"SystemTags": lambda answer: system_tags(answer["TagSet"])},
}
PAGE = 1000
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, with what us-east-1 once allowed.
_POSSIBLE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]")


def system_tags(tags: Sequence[Item]) -> list[Item]:
    """AWS's own tags, as those of CloudFormation: S3 refuses a set of tags without them."""
    return [tag for tag in tags if tag["Key"].startswith(RESERVED_PREFIX)]


def bucket_names(aws: Aws) -> list[Item]:
    """Every bucket of the account: Name and CreationDate only. Accounts with a high quota get it in pages alone."""
    return aws.pages("s3", "list_buckets", "Buckets", MaxBuckets=PAGE)


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
    add_parts(aws, [(bucket, part) for bucket in found for part in parts])
    for bucket in found:
        bucket["Tags"] = bucket.get("Tags") or {}
    return found


def add_parts(aws: Aws, wanted: Sequence[tuple[Item, str]]) -> None:
    """Put further parts on buckets, all at once."""
    for (bucket, _part_name), answer in zip(wanted, aws.map(lambda pair: _part(aws, *pair), wanted), strict=True):
        bucket.update(answer)


def _existing(aws: Aws, name: str) -> list[Item]:
    """A bucket that exists; one of another account's is a refusal of S3 (403), said as it comes."""
    if not _POSSIBLE_NAME.fullmatch(name):
        return []

    def head() -> list[Item]:
        answer = aws.call("s3", "head_bucket", Bucket=name)
        return [{**_bucket(aws, name), "BucketRegion": answer.get("BucketRegion") or aws.region}]

    return existing(head)


def _bucket(aws: Aws, name: str) -> Item:
    return {"Name": name, "Arn": f"arn:{aws.partition}:s3:::{name}"}


def _part(aws: Aws, bucket: Item, part: str) -> Item:
    operation, absent, of = _PARTS[part]
    answer = further(aws, bucket, "s3", operation, absent, Bucket=bucket["Name"])
    if answer is None:
        return {part: None}
    besides = {name: read(answer) for name, read in _BESIDES.get(part, {}).items()}
    return {part: of(answer), **{name: value for name, value in besides.items() if value}}


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
