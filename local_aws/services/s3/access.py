# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What new buckets have had since 2023, the public access that is then refused, and the keys of objects."""

from __future__ import annotations

import ipaddress
import json
import re
from functools import partial
from typing import Any

from local_aws import policies
from local_aws.refusal import Refusal
from local_aws.services.s3 import aws

_NAME = re.compile(
    r"(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])(?<!-s3alias)(?<!--ol-s3)(?<!\.mrap)(?<!--x-s3)"
)
_PRIVATE = ("private", "bucket-owner-full-control")
_ENCRYPTED = {"Rule": {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}}


def _bucket(call: Any) -> Any:
    from moto.s3.exceptions import MissingBucket

    try:
        return call.backend(region="aws").get_bucket(call.params["Bucket"])
    except MissingBucket as error:
        raise Refusal("NoSuchBucket", "The specified bucket does not exist", 404) from error


def _is_name(name: str) -> bool:
    if not (3 <= len(name) <= 63 and _NAME.fullmatch(name)) or ".." in name:
        return False
    try:
        ipaddress.IPv4Address(name)
        return False
    except ValueError:
        return True


@aws.before("CreateBucket")
def create_rule(call: Any) -> None:
    if not _is_name(call.params["Bucket"]):
        raise Refusal("InvalidBucketName", "The specified bucket is not valid.", 400)
    acl, owner = call.params.get("ACL", "private"), call.params.get("ObjectOwnership", "BucketOwnerEnforced")
    if acl not in _PRIVATE and owner == "BucketOwnerEnforced":
        raise Refusal(
            "InvalidBucketAclWithObjectOwnership",
            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
            400,
        )


def _allowed(bucket: Any, action: str, resource: str) -> Any:
    """The policy's word on an action. Every request counts as TLS, and moto's engine ignores conditions, so
    statements about requests without TLS are left out."""
    from moto.iam.access_control import IAMPolicy, PermissionResult

    statements = json.loads(bucket.policy)["Statement"] if bucket.policy else []
    bearing = [one for one in statements if "aws:SecureTransport" not in json.dumps(one.get("Condition", {}))]
    if not bearing:
        return PermissionResult.NEUTRAL
    document = json.dumps({"Version": "2012-10-17", "Statement": bearing})
    return IAMPolicy(document).is_action_permitted(action, resource)


@aws.after("CreateBucket")
def created(call: Any, answer: dict[str, Any]) -> None:
    as_new(_bucket(call), call.params.get("ObjectOwnership"))


def as_new(bucket: Any, ownership: str | None = None) -> None:
    """Public access blocked, ACLs off, encrypted: the defaults since January and April 2023, where nothing is said."""
    from moto.s3.models import PublicAccessBlock

    bucket.public_access_block = bucket.public_access_block or PublicAccessBlock(True, True, True, True)
    bucket.ownership_rule = ownership or bucket.ownership_rule or "BucketOwnerEnforced"
    bucket.encryption = bucket.encryption or dict(_ENCRYPTED)
    bucket.get_permission = partial(_allowed, bucket)


@aws.before("PutObject", "CreateMultipartUpload", "CopyObject")
def key_rule(call: Any) -> None:
    """PutBucketEncryption does not look at the key; the first object does, in the bucket's region.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html
    """
    bucket = _bucket(call)
    rules = bucket.encryption.get("Rule") if bucket.encryption else None
    rule = rules[0] if isinstance(rules, list) else rules or {}
    default = rule.get("ApplyServerSideEncryptionByDefault") or {}
    asked = call.params.get("ServerSideEncryption")
    key = call.params.get("SSEKMSKeyId") or (default.get("KMSMasterKeyID") if asked != "AES256" else None)
    arn = key.split(":") if key and key.startswith("arn:") else []
    if not key or (arn and arn[4] != call.account):
        return
    if arn and arn[3] != bucket.region_name:
        raise Refusal("KMS.NotFoundException", f"Invalid arn {arn[3]}", 400)
    try:
        found = call.ask("kms", "DescribeKey", region=bucket.region_name, KeyId=key)["KeyMetadata"]
    except Refusal as refused:
        raise Refusal("KMS.NotFoundException", refused.message, 400) from refused
    if found["KeyState"] == "Disabled":
        raise Refusal("KMS.DisabledException", f"{found['Arn']} is disabled.", 400)
    if found["KeyState"] != "Enabled":
        raise Refusal("KMS.KMSInvalidStateException", f"{found['Arn']} is {found['KeyState']}.", 400)


@aws.after("DeleteBucketEncryption")
def default_encryption(call: Any, answer: dict[str, Any]) -> None:
    _bucket(call).encryption = dict(_ENCRYPTED)


def _blocks(call: Any, bucket: Any, name: str) -> bool:
    if getattr(bucket.public_access_block, name, False):
        return True
    account = call.backend("s3control", region="aws").public_access_block
    return bool(getattr(account, name, False))


@aws.before("PutBucketPolicy")
def policy_rule(call: Any) -> None:
    document = call.params["Policy"]
    try:
        if not policies.statements(document):
            raise ValueError("Could not parse the policy: Statement is empty!")
        public = policies.is_public(document)
        resources = [
            str(name) for item in policies.statements(document) for name in policies.as_list(item.get("Resource"))
        ]
    except ValueError as error:
        raise Refusal("MalformedPolicy", str(error), 400) from error
    bucket = _bucket(call)
    own = f"arn:{call.partition}:s3:::{bucket.name}"
    if any(name != own and not name.startswith(f"{own}/") for name in resources):
        raise Refusal("MalformedPolicy", "Policy has invalid resource", 400)
    if public and _blocks(call, bucket, "block_public_policy"):
        raise Refusal(
            "AccessDenied",
            f"User is not authorized to perform: s3:PutBucketPolicy on resource: {own} because public policies are "
            "blocked by the BlockPublicPolicy block public access setting.",
            403,
        )


@aws.adds
def get_bucket_policy_status(call: Any, *, bucket: str, expected_bucket_owner: str | None = None) -> dict[str, Any]:
    kept = _bucket(call)
    if kept.policy is None:
        raise Refusal("NoSuchBucketPolicy", "The bucket policy does not exist", 404)
    return {"PolicyStatus": {"IsPublic": policies.is_public(kept.policy)}}


_GRANTS = ("GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP")


@aws.before("PutBucketAcl", "PutObjectAcl", "PutObject", "CreateMultipartUpload", "CopyObject")
def acl_rule(call: Any) -> None:
    acl, params = call.params.get("ACL"), call.params
    given = [name for name in _GRANTS if params.get(name)]
    if acl is None and not given and "AccessControlPolicy" not in params:
        return
    bucket = _bucket(call)
    if bucket.ownership_rule == "BucketOwnerEnforced" and (given or (acl and acl not in _PRIVATE)):
        raise Refusal("AccessControlListNotSupported", "The bucket does not allow ACLs", 400)
    if acl and acl.startswith("public-") and _blocks(call, bucket, "block_public_acls"):
        raise Refusal(
            "AccessDenied", "Public ACLs are blocked by the BlockPublicAcls block public access setting.", 403
        )
