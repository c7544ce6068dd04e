# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a bucket's own configuration forbids: ownership, tags, versions, lifecycle; and the list of buckets."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.s3 import aws

UNPAGED = 10_000  # the quota of buckets up to which ListBuckets answers without pages


def bucket_of(call: Any, name: str = "") -> Any:
    return call.backend("s3", region="aws").get_bucket(name or call.params["Bucket"])


@aws.before("PutBucketOwnershipControls")
def ownership_rule(call: Any) -> None:
    """ACLs are not switched off over grants to others.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html
    """
    from moto.s3.models import OWNER

    rules = call.params["OwnershipControls"]["Rules"]
    acl = bucket_of(call).acl
    grantees = [grantee for grant in acl.grants for grantee in grant.grantees] if acl else []
    foreign = any(grantee.uri or grantee.id != OWNER for grantee in grantees)
    if foreign and any(rule["ObjectOwnership"] == "BucketOwnerEnforced" for rule in rules):
        raise Refusal(
            "InvalidBucketAclWithObjectOwnership",
            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
            400,
        )


# Tags


def system_tags(bucket: Any) -> dict[str, str]:
    """The tags of AWS's own making, which nobody may change."""
    tags: dict[str, str] = getattr(bucket, "system_tags", {})
    return tags


def set_tags(call: Any, bucket: Any, tags: dict[str, str]) -> None:
    call.backend("s3", region="aws").put_bucket_tagging(bucket.name, {**system_tags(bucket), **tags})


@aws.before("PutBucketTagging", "DeleteBucketTagging")
def tagging_rule(call: Any) -> dict[str, Any] | None:
    """System tags stay as they are, and a bucket whose tags decide on access takes none this way.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html, which does not say with what code the
    latter is refused.
    """
    bucket = bucket_of(call)
    if getattr(bucket, "abac", "Disabled") == "Enabled":
        raise Refusal(
            "InvalidRequest", f"{call.operation} is not supported with ABAC: use TagResource or UntagResource.", 400
        )
    kept = system_tags(bucket)
    if not kept:
        return None
    wanted = {tag["Key"]: tag["Value"] for tag in call.params.get("Tagging", {}).get("TagSet", [])}
    if call.operation == "PutBucketTagging" and any(name not in wanted for name in kept):
        raise Refusal("InvalidTag", "System tags cannot be removed by requester", 400)
    if any(value != kept.get(name) for name, value in wanted.items() if name.startswith("aws:")):
        raise Refusal("InvalidTag", "System tags cannot be added/updated by requester", 400)
    set_tags(call, bucket, wanted)
    return {}


@aws.adds
def put_bucket_abac(call: Any, *, bucket: str, abac_status: dict[str, str], **_headers: Any) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAbac.html"""
    bucket_of(call, bucket).abac = abac_status.get("Status", "Disabled")


@aws.adds
def get_bucket_abac(call: Any, *, bucket: str, **_headers: Any) -> dict[str, Any]:
    return {"AbacStatus": {"Status": getattr(bucket_of(call, bucket), "abac", "Disabled")}}


# Versions and lifecycle


@aws.before("PutBucketVersioning")
def versioning_rule(call: Any) -> None:
    """A bucket with MFA delete changes its versions with the code of a device only, and has no lifecycle.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
    """
    bucket, wanted = bucket_of(call), call.params["VersioningConfiguration"].get("MFADelete")
    if not call.params.get("MFA") and "Enabled" in (wanted, getattr(bucket, "mfa_delete", "")):
        raise Refusal("AccessDenied", "Mfa Authentication must be used for this request", 403)
    if getattr(bucket, "replication", None) and call.params["VersioningConfiguration"].get("Status") == "Suspended":
        raise Refusal(
            "InvalidBucketState",
            "A replication configuration is present on this bucket, so the versioning state cannot be changed.",
            409,
        )
    if wanted == "Enabled" and bucket.rules:
        raise Refusal(
            "InvalidBucketState",
            "Mfa Authentication is not supported on a bucket with lifecycle configuration. Delete lifecycle "
            "configuration before enabling Mfa Authentication.",
            409,
        )


@aws.after("PutBucketVersioning")
def mfa_delete_kept(call: Any, answer: dict[str, Any]) -> None:
    bucket = bucket_of(call)
    bucket.mfa_delete = call.params["VersioningConfiguration"].get("MFADelete") or getattr(bucket, "mfa_delete", "")


@aws.after("GetBucketVersioning", when=lambda call: getattr(bucket_of(call), "mfa_delete", ""))
def mfa_delete_shown(call: Any, answer: dict[str, Any]) -> None:
    answer["MFADelete"] = bucket_of(call).mfa_delete


@aws.before("PutBucketLifecycleConfiguration")
def lifecycle_rule(call: Any) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-and-other-bucket-config.html"""
    if getattr(bucket_of(call), "mfa_delete", "") == "Enabled":
        raise Refusal(
            "InvalidBucketState", "Lifecycle configuration is not supported on a bucket with MFA delete.", 409
        )
    rules = (call.params.get("LifecycleConfiguration") or {}).get("Rules", [])
    forms = ["Filter" if "Filter" in rule else "Prefix" for rule in rules]
    if len(set(forms)) > 1:
        raise Refusal(
            "InvalidRequest",
            "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter."
            if forms[0] == "Filter"
            else "Filter element can only be used in Lifecycle V2.",
            400,
        )
    for rule in rules:
        _check_days(rule)
    names = [rule["ID"] for rule in rules if rule.get("ID")]
    if len(set(names)) != len(names):
        raise Refusal("InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule", 400)


def _check_days(rule: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html"""
    moves = [one.get("Days") or 0 for one in rule.get("Transitions", []) if one.get("StorageClass") in _RARELY]
    if any(days < LEAST_DAYS for days in moves if days):
        raise Refusal(
            "InvalidArgument",
            "'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'",
            400,
        )
    end = (rule.get("Expiration") or {}).get("Days")
    if end and any(days >= end for days in moves):
        raise Refusal(
            "InvalidArgument",
            "'Days' in the Expiration action must be greater than 'Days' in the Transition action",
            400,
        )


_RARELY = ("STANDARD_IA", "ONEZONE_IA")
LEAST_DAYS = 30


# The list


@aws.before("ListBuckets")
def pages(call: Any) -> dict[str, Any] | None:
    """Pages, which moto lacks; an account with a higher quota gets nothing without.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
    """
    size, token = call.params.get("MaxBuckets"), call.params.get("ContinuationToken", "")
    if not size and not token:
        if call.front.settings.bucket_quota > UNPAGED:
            raise Refusal("InvalidRequest", "Unpaginated ListBuckets requests are not supported: set MaxBuckets.", 400)
        return None
    asked = {name: call.params[name] for name in ("Prefix", "BucketRegion") if call.params.get(name)}
    answer = call.moto("ListBuckets", **asked)
    known = call.backend(region="aws").buckets
    rest = sorted((one for one in answer["Buckets"] if one["Name"] > token), key=lambda one: str(one["Name"]))
    shown = rest[: int(size or UNPAGED)]
    answer["Buckets"] = [{**one, "BucketRegion": known[one["Name"]].region_name} for one in shown]
    if len(rest) > len(shown):
        answer["ContinuationToken"] = shown[-1]["Name"]
    return answer
