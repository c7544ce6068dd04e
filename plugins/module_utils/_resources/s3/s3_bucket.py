# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Buckets, secured: https://docs.aws.amazon.com/AmazonS3/latest/API/

Policy, lifecycle and tags are S3's to replace as a whole: what others put there is read first and kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..._describe import s3
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, Reference, State
from ..._engine.policies import as_text
from ..._engine.tags import to_list
from ..iam.iam_role import IAM_ROLE
from ..kms.kms_key import KMS_KEY
from . import lifecycle, replication
from .bucket_policy import for_everybody, has_statements, is_open, requires_kms, statements, tls_only, with_ours

PARTS = ("PublicAccessBlock", "Policy", "Versioning", "Encryption", "Lifecycle", "Ownership", "Tags")
BLOCKS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
_ENFORCED = "BucketOwnerEnforced"
_EVERYBODY = ("/global/AllUsers", "/global/AuthenticatedUsers")


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """The buckets, each with its region: names are global, and a bucket takes no key of another region."""
    found = s3.buckets(aws, names={item["name"] for item in items}, parts=PARTS)
    logged = {item["name"] for item in items if item.get("access_log_bucket")}
    replicated = {item["name"] for item in items if item.get("replicate_to")}
    here = [bucket for bucket in found if bucket["BucketRegion"] == aws.region]
    further = [(bucket, "PolicyStatus") for bucket in here if for_everybody(bucket["Policy"])]
    further += [(bucket, "Acl") for bucket in here if bucket["Ownership"] != _ENFORCED]
    further += [(bucket, "Logging") for bucket in here if bucket["Name"] in logged]
    further += [(bucket, "Replication") for bucket in here if bucket["Name"] in replicated]
    s3.add_parts(aws, further)
    return {bucket["Name"]: _state(bucket, aws.region) for bucket in found}


def lookup(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """What refers to a bucket wants no more than its ARN."""
    found = s3.buckets(aws, names={item["name"] for item in items}, parts=())
    return {one["Name"]: {"name": one["Name"], "id": one["Name"], "arn": one["Arn"]} for one in found}


def _state(bucket: dict[str, Any], region: str) -> State:
    block = bucket["PublicAccessBlock"] or {}
    rule = (bucket["Encryption"] or [{}])[0]
    encryption = rule.get("ApplyServerSideEncryptionByDefault") or {}
    logging = bucket.get("Logging") or {}
    return {
        "name": bucket["Name"],
        "id": bucket["Name"],
        "arn": bucket["Arn"],
        "elsewhere": bucket["BucketRegion"] if bucket["BucketRegion"] != region else None,
        "block_public_access": all(block.get(name) for name in BLOCKS),
        "versioning": bucket["Versioning"] == "Enabled",
        "mfa_delete": bucket.get("MFADelete") == "Enabled",
        "kms_key": encryption.get("KMSMasterKeyID"),
        "bucket_key": bool(rule.get("BucketKeyEnabled")),
        "blocked_encryption": rule.get("BlockedEncryptionTypes"),
        "object_ownership": bucket["Ownership"],
        "grants": _foreign_grants(bucket),
        "tls_only": tls_only(bucket["Policy"], bucket["Arn"]),
        "require_kms": requires_kms(bucket["Policy"], bucket["Arn"]),
        "policy": bucket["Policy"],
        "public_policy": bool((bucket.get("PolicyStatus") or {}).get("IsPublic")),
        "statements": statements(bucket["Policy"]),
        "public_statements": is_open(bucket["Policy"]),
        **lifecycle.state(bucket["Lifecycle"] or []),
        "lifecycle_rules": bucket["Lifecycle"] or [],
        "least_size": bucket.get("TransitionDefaultMinimumObjectSize"),
        "access_log_bucket": logging.get("TargetBucket"),
        "access_log_prefix": logging.get("TargetPrefix"),
        "access_log_target": logging,
        **replication.state(bucket.get("Replication")),
        "tags": bucket["Tags"],
        "system_tags": bucket.get("SystemTags") or [],
    }


def _foreign_grants(bucket: dict[str, Any]) -> list[dict[str, Any]]:
    """What the ACL grants to others than the owner."""
    owner = bucket.get("AclOwner")
    return [one for one in bucket.get("Acl") or [] if not owner or (one.get("Grantee") or {}).get("ID") != owner]


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """What S3 would refuse of a bucket with a life behind it is left as it is, and said.

    A bucket that is open stays so where the item is not to close it yet: something still reads it that way.
    """
    close, name = desired.get("close", True), desired["name"]
    desired = {key: value for key, value in desired.items() if key != "close"}
    if found is None:
        return desired, []
    if not close and not found["block_public_access"]:
        desired = {
            key: value for key, value in desired.items() if key not in ("block_public_access", "public_statements")
        }
    if found["elsewhere"]:
        rest = {key: value for key, value in desired.items() if key in ("name", "create")}
        return rest, [f"s3_bucket {name} is in {found['elsewhere']} and left alone; a run for that region secures it"]
    dropped: set[str] = set() if desired.get("kms_key") else {"bucket_key"}
    said = []
    if _is_refused_policy(found, desired):
        dropped |= {"tls_only", "require_kms", "statements"}
        said.append(
            f"s3_bucket {name}: its policy is public and S3 takes it no more while public access is blocked, so that "
            f"nothing can be added to it; take out {', '.join(for_everybody(found['policy']))} and run again"
        )
    held = _held_grants(found)
    if held and desired.get("object_ownership") == _ENFORCED and found["object_ownership"] != _ENFORCED:
        dropped.add("object_ownership")
        said.append(
            f"s3_bucket {name}: its ACL grants {', '.join(held)}, and S3 does not switch ACLs off over that; admit "
            "them by the bucket's policy, remove the grants and run again"
        )
    if found["mfa_delete"]:
        refused = {key for key in ("versioning", *lifecycle.FIELDS) if desired.get(key) not in (None, found[key])}
        dropped |= refused
        if refused:
            said.append(
                f"s3_bucket {name} has MFA delete, with which S3 takes no lifecycle and no change of versioning "
                f"without a code of the device; {' and '.join(sorted(refused))} stay as they are"
            )
    held_replication = replication.held(desired, found)
    if held_replication:
        dropped |= replication.FIELDS
        said.append(f"s3_bucket {name}: {held_replication}")
    return {key: value for key, value in desired.items() if key not in dropped}, said


def _is_refused_policy(found: State, desired: State) -> bool:
    """A change of a public policy that the block would refuse; without a block it is put before the block is."""
    changes = any(desired.get(key) not in (None, found[key]) for key in ("tls_only", "require_kms"))
    changes = changes or not has_statements(found["statements"], desired.get("statements"))
    stays = not (desired.get("public_statements") is False and found["public_statements"])
    return changes and stays and found["public_policy"] and found["block_public_access"]


def _held_grants(found: State) -> list[str]:
    """Grants to somebody in particular, as text; those to everybody are of no effect once public access is blocked."""
    grantees = [(one.get("Grantee") or {}, one.get("Permission")) for one in found["grants"]]
    return [
        f"{permission} to {grantee.get('URI') or grantee.get('DisplayName') or grantee.get('ID')}"
        for grantee, permission in grantees
        if not str(grantee.get("URI", "")).endswith(_EVERYBODY)
    ]


def create(aws: Aws, desired: State) -> None:
    options: dict[str, Any] = {"Bucket": desired["name"], "ObjectOwnership": _ENFORCED}
    if aws.region != "us-east-1":
        options["CreateBucketConfiguration"] = {"LocationConstraint": aws.region}
    aws.call_once("s3", "create_bucket", **options)


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """One setting after the other; each may be repeated. What S3 refuses of one does not keep the others from being
    made: the first refusal is raised when all have been tried.
    """
    desired, _said = keeps(desired, found)
    refusal: AwsError | None = None
    for setting, calls in _settings(found, desired):
        wanted = setting & fields
        if not wanted:
            continue
        try:
            for operation, parameters in calls:
                aws.call("s3", operation, Bucket=found["name"], **parameters)
        except AwsError as error:
            if error.ambiguous or eventual(error) or busy(error):
                raise
            refusal = refusal or error
        else:
            yield wanted
    if refusal:
        raise refusal


Setting = tuple[frozenset[str], list[tuple[str, dict[str, Any]]]]


def _settings(found: State, desired: State) -> Iterator[Setting]:
    """Fields and the calls that set them, in the order in which it is safe: closed first, described last.

    A public policy is the exception: S3 takes none any more once the bucket is closed.
    """
    policy = _policy(found, desired)
    if found["public_policy"]:
        yield policy
    blocked = dict.fromkeys(BLOCKS, bool(desired.get("block_public_access")))
    yield (
        frozenset({"block_public_access"}),
        [("put_public_access_block", {"PublicAccessBlockConfiguration": blocked})],
    )
    yield _ownership(found, desired)
    yield frozenset({"kms_key", "bucket_key"}), [("put_bucket_encryption", _encryption(found, desired))]
    versioning = {"Status": "Enabled" if desired.get("versioning") else "Suspended"}
    yield frozenset({"versioning"}), [("put_bucket_versioning", {"VersioningConfiguration": versioning})]
    if not found["public_policy"]:
        yield policy
    yield lifecycle.FIELDS, [("put_bucket_lifecycle_configuration", lifecycle.configuration(found, desired))]
    yield _logging(found, desired)
    yield replication.FIELDS, [("put_bucket_replication", replication.configuration(found, desired))]


def _ownership(found: State, desired: State) -> Setting:
    """Grants to everybody are taken back first, as S3 does not switch ACLs off over grants.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html
    """
    wanted = desired.get("object_ownership")
    owner = {"OwnershipControls": {"Rules": [{"ObjectOwnership": wanted}]}}
    emptied: list[tuple[str, dict[str, Any]]] = [("put_bucket_acl", {"ACL": "private"})]
    before = emptied if wanted == _ENFORCED and found["grants"] else []
    return frozenset({"object_ownership"}), [*before, ("put_bucket_ownership_controls", owner)]


def _encryption(found: State, desired: State) -> dict[str, Any]:
    """What the bucket refuses of encryption by clients is sent back, as the call replaces it, too."""
    by_key = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": desired.get("kms_key")}
    rule = {"ApplyServerSideEncryptionByDefault": by_key, "BucketKeyEnabled": desired.get("bucket_key", True)}
    blocked = found["blocked_encryption"]
    rules = [{**rule, **({"BlockedEncryptionTypes": blocked} if blocked else {})}]
    return {"ServerSideEncryptionConfiguration": {"Rules": rules}}


def _policy(found: State, desired: State) -> Setting:
    fields = frozenset({"tls_only", "require_kms", "statements", "public_statements"})
    document = with_ours(
        found["policy"],
        found["arn"],
        desired.get("tls_only"),
        desired.get("require_kms"),
        desired.get("statements") or (),
        public=desired.get("public_statements") is not False,
    )
    if document is None:
        return fields, [("delete_bucket_policy", {})]
    return fields, [("put_bucket_policy", {"Policy": as_text(document)})]


def _logging(found: State, desired: State) -> Setting:
    """What else the bucket's logging has (grants, the form of keys) stays."""
    wanted = {"TargetBucket": desired.get("access_log_bucket"), "TargetPrefix": desired.get("access_log_prefix")}
    asked = {key: value for key, value in wanted.items() if value is not None}
    enabled = {"TargetPrefix": "", **found["access_log_target"], **asked}
    return (
        frozenset({"access_log_bucket", "access_log_prefix"}),
        [("put_bucket_logging", {"BucketLoggingStatus": {"LoggingEnabled": enabled}})],
    )


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    """PutBucketTagging replaces all tags, so those of others and AWS's own are sent along.

    A bucket whose tags decide on access (ABAC) refuses it, and takes tags one by one:
    https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html
    """
    tags = {key: value for key, value in {**found["tags"], **to_set}.items() if key not in to_remove}
    every = [*found.get("system_tags", []), *to_list(tags)]
    try:
        aws.call("s3", "put_bucket_tagging", Bucket=found["name"], Tagging={"TagSet": every})
    except AwsError as error:
        if error.status not in (400, 405, 409) or busy(error):
            raise
        _tag_one_by_one(aws, found, to_set, to_remove)


def _tag_one_by_one(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    bucket = {"AccountId": aws.account_id, "ResourceArn": found["arn"]}
    if to_set:
        aws.call("s3control", "tag_resource", **bucket, Tags=to_list(to_set))
    if to_remove:
        aws.call("s3control", "untag_resource", **bucket, TagKeys=to_remove)


def eventual(error: AwsError) -> bool:
    """A bucket of a moment ago: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html, "consistency".

    Or versioning of the bucket that replicas go to, which has been switched on just before.
    """
    unversioned = error.operation == "put_bucket_replication" and "ersioning" in error.message
    return error.code == "NoSuchBucket" or (error.code == "InvalidRequest" and unversioned)


def busy(error: AwsError) -> bool:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"""
    return error.code == "OperationAborted"


def check(desired: State) -> list[str]:
    reasons = []
    if desired.get("require_kms") and not desired.get("kms_key"):
        reasons.append("require_kms without kms_key; name the key of the bucket's default encryption, too")
    if desired.get("access_log_prefix") and not desired.get("access_log_bucket"):
        reasons.append("access_log_prefix without access_log_bucket; name the bucket that takes the logs")
    return [*reasons, *lifecycle.check(desired), *replication.check(desired)]


S3_BUCKET = Kind(
    name="s3_bucket",
    role="",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={
        "kms_key": Reference(KMS_KEY, "arn"),
        "replicate_to": Reference(None, "arn"),
        "replication_role": Reference(IAM_ROLE, "arn"),
    },
    equal={"statements": has_statements},
    lookup=lookup,
    eventual=eventual,
    busy=busy,
    check=check,
    keeps=keeps,
)
