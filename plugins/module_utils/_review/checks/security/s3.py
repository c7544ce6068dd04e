# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""S3: who may read and write the buckets, encryption, and Terraform's state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, not_applicable, value
from ..common import fact, listed, verdict
from ..policies import actions, allows, public_statements, requires_tls, titles

BLOCKS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
_EVERYBODY = (
    "http://acs.amazonaws.com/groups/global/AllUsers",
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
)
_WRITES = ("s3:PutObject", "s3:DeleteObject", "s3:PutObjectAcl", "s3:PutBucketPolicy", "s3:PutBucketAcl")
_BLOCK_PAGE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"


@check(
    id="s3_account_public_access_block",
    pillar="security",
    best_practice="SEC03-BP07",
    severity="high",
    resource_type="AwsAccount",
    title="The account blocks public access to S3",
    needs=("s3control.public_access_block",),
    role="edge",
    item="SEC-3",
    recommendation="Run the edge role: it switches on the account's four settings. First see that no bucket of"
    " another workload is meant to be public.",
    source=_BLOCK_PAGE,
)
def s3_account_public_access_block(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """All four settings of the account."""
    for block in stack.items("s3control.public_access_block"):
        yield _blocked(block, stack.account_id)


@check(
    id="s3_bucket_public_access_block",
    pillar="security",
    best_practice="SEC03-BP07",
    severity="high",
    resource_type="AwsS3Bucket",
    title="Each bucket blocks public access",
    needs=("s3.buckets",),
    role="edge",
    item="SEC-3",
    recommendation="Run the edge role: it sets the bucket's four settings, after CloudFront reads it by an origin"
    " access control.",
    source=_BLOCK_PAGE,
)
def s3_bucket_public_access_block(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """All four settings of each bucket."""

    def judge(bucket: Item) -> Result:
        return _blocked(value(bucket, "PublicAccessBlock", "get_public_access_block") or {}, bucket["Arn"])

    yield from each(stack.items("s3.buckets"), "Arn", judge)


@check(
    id="s3_bucket_not_public",
    pillar="security",
    best_practice="SEC03-BP07",
    severity="critical",
    resource_type="AwsS3Bucket",
    title="No bucket is public",
    needs=("s3.buckets", "s3control.public_access_block"),
    role="edge",
    item="SEC-3",
    recommendation="Run the edge role: CloudFront reads the bucket by an origin access control,"
    " the public policy goes.",
    source=_BLOCK_PAGE,
)
def s3_bucket_not_public(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Neither policy nor ACL opens it, or a block of the bucket or of the account takes that back."""
    yield from each(stack.items("s3.buckets"), "Arn", lambda bucket: public_access(bucket, stack))


@check(
    id="s3_bucket_no_public_write",
    pillar="security",
    best_practice="SEC03-BP07",
    severity="critical",
    resource_type="AwsS3Bucket",
    title="Nobody unknown writes to a bucket",
    needs=("s3.buckets", "s3control.public_access_block"),
    role="edge",
    item="SEC-3",
    recommendation="Run the edge role: it blocks public access; take the write from the bucket's policy and ACL.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-3",
)
def s3_bucket_no_public_write(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """No statement of the policy and no grant of the ACL lets everybody write, or a block takes it back."""

    def judge(bucket: Item) -> Result:
        policy = value(bucket, "Policy", "get_bucket_policy")
        writing = [one for one in public_statements(policy) if any(allows(one, action) for action in _WRITES)]
        if writing and not _in_force("RestrictPublicBuckets", bucket, stack):
            return verdict(False, bucket["Arn"], f"Policy lets everybody write: {titles(writing)}")
        grants = [one for one in _public_grants(bucket) if one not in {"READ", "READ_ACP"}]
        if grants and not _in_force("IgnorePublicAcls", bucket, stack):
            return verdict(False, bucket["Arn"], f"the ACL grants everybody {listed(grants)}")
        return verdict(True, bucket["Arn"], "neither policy nor ACL in force lets everybody write")

    yield from each(stack.items("s3.buckets"), "Arn", judge)


@check(
    id="s3_default_encryption",
    pillar="security",
    best_practice="SEC08-BP02",
    severity="low",
    resource_type="AwsS3Bucket",
    title="Buckets encrypt by default",
    needs=("s3.buckets",),
    role="edge",
    item="SEC-3",
    recommendation="Run the edge role: it sets default encryption on the buckets.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html",
)
def s3_default_encryption(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A default encryption rule."""
    yield from each(stack.items("s3.buckets"), "Arn", lambda bucket: verdict(*_encryption(bucket)))


@check(
    id="tfstate_bucket_secured",
    pillar="security",
    best_practice="SEC02-BP03",
    severity="critical",
    resource_type="AwsS3Bucket",
    title="Terraform's state is locked away and holds no password",
    needs=("s3.terraform_states", "s3.buckets"),
    role="secrets",
    item="SEC-2",
    recommendation="Run the secrets role: it secures the bucket (secrets_state_bucket). A password leaves the state"
    " when the resource manages it in Secrets Manager (aurora_manage_master_password) and old versions have expired.",
    source="https://developer.hashicorp.com/terraform/language/manage-sensitive-data",
)
def tfstate_bucket_secured(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The bucket: public access blocked, versioned, encrypted, TLS only. Each state: no attribute with a password."""
    states = stack.items("s3.terraform_states")
    names = {one["Bucket"] for one in states}
    yield from each((one for one in stack.items("s3.buckets") if one["Name"] in names), "Arn", _state_bucket)

    def arn(state: Item) -> str:
        return f"arn:{stack.partition}:s3:::{state['Bucket']}/{state['Key']}"

    def judge(state: Item) -> Result:
        held = value(state, "PlaintextAttributes", "get_object") or ()
        return verdict(not held, arn(state), f"attributes with a secret in plain text: {listed(held)}")

    yield from each(states, arn, judge)


@check(
    id="s3_bucket_policy_no_wildcard",
    pillar="security",
    best_practice="SEC03-BP02",
    severity="high",
    resource_type="AwsS3Bucket",
    title="No bucket policy lets everybody do everything",
    needs=("s3.buckets",),
    role="edge",
    item="SEC-3",
    recommendation="Name in the bucket's policy who may do what; the edge role names the distribution that reads it.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6",
)
def s3_bucket_policy_no_wildcard(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """No statement allows every action to every principal, without a condition that keeps it to somebody."""

    def judge(bucket: Item) -> Result:
        policy = value(bucket, "Policy", "get_bucket_policy")
        wide = [one for one in public_statements(policy) if {"*", "s3:*"} & set(actions(one))]
        return verdict(
            not wide, bucket["Arn"], f"statements that allow everything to everybody: {titles(wide) or 'none'}"
        )

    yield from each(stack.items("s3.buckets"), "Arn", judge)


@check(
    id="s3_acl_disabled",
    pillar="security",
    best_practice="SEC08-BP04",
    severity="medium",
    resource_type="AwsS3Bucket",
    title="Buckets have no ACLs",
    needs=("s3.buckets",),
    role="edge",
    item="SEC-3",
    recommendation="Run the edge role: it switches ACLs off, so that policies alone decide.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
)
def s3_acl_disabled(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """ObjectOwnership is BucketOwnerEnforced; a bucket that says nothing has ACLs."""

    def judge(bucket: Item) -> Result:
        owner = value(bucket, "Ownership", "get_bucket_ownership_controls")
        return verdict(owner == "BucketOwnerEnforced", bucket["Arn"], fact("ObjectOwnership", owner))

    yield from each(stack.items("s3.buckets"), "Arn", judge)


@check(
    id="s3_tls_only",
    pillar="security",
    best_practice="SEC09-BP02",
    severity="medium",
    resource_type="AwsS3Bucket",
    title="Buckets are reached by TLS only",
    needs=("s3.buckets",),
    role="edge",
    item="SEC-3",
    recommendation="Run the edge role: its statement in the bucket's policy refuses requests without TLS.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5",
)
def s3_tls_only(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A statement denies everybody what comes without TLS."""

    def judge(bucket: Item) -> Result:
        held = requires_tls(value(bucket, "Policy", "get_bucket_policy"))
        return verdict(held, bucket["Arn"], f"Policy {'refuses' if held else 'admits'} requests without TLS")

    yield from each(stack.items("s3.buckets"), "Arn", judge)


@check(
    id="s3_kms_encryption",
    pillar="security",
    best_practice="SEC08-BP01",
    severity="info",
    resource_type="AwsS3Bucket",
    title="Buckets of what is not public have a key of their own",
    needs=("s3.buckets", "cloudfront.distributions"),
    role="edge",
    item="SEC-3",
    cost="raises",
    recommendation="Name a KMS key for the bucket (secrets_state_kms_key, edge_static_kms_key), whose policy says who"
    " may read it.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
)
def s3_kms_encryption(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """SSE-KMS. Not asked of what CloudFront shows to everybody, nor of logs: S3's and Elastic Load Balancing's own
    delivery takes no KMS key."""
    shown = {name for one in stack.items("cloudfront.distributions") for name in _origin_buckets(one)}

    def judge(bucket: Item) -> Result:
        if is_of_logs(bucket, stack):
            return not_applicable("it takes logs, which AWS delivers to SSE-S3", bucket["Arn"])
        if bucket["Name"] in shown or (replicated_from(bucket, stack) & shown):
            return not_applicable("CloudFront shows what is in it to everybody", bucket["Arn"])
        _encrypted, arn, evidence = _encryption(bucket)
        return verdict("aws:kms" in evidence, arn, evidence)

    yield from each(stack.items("s3.buckets"), "Arn", judge)


@check(
    id="s3_access_logging",
    pillar="security",
    best_practice="SEC04-BP01",
    severity="medium",
    resource_type="AwsS3Bucket",
    title="Buckets log who reads them",
    needs=("s3.buckets",),
    role="edge",
    item="OPS-7",
    cost="raises",
    recommendation="Run the edge role: it has the access logs written to a bucket for logs. The bucket of Terraform's"
    " state has secrets_state_access_log_bucket.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html",
)
def s3_access_logging(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Server access logging. A bucket that takes logs would log its own logs."""

    def judge(bucket: Item) -> Result:
        if is_of_logs(bucket, stack):
            return not_applicable("it takes logs itself", bucket["Arn"])
        target = (value(bucket, "Logging", "get_bucket_logging") or {}).get("TargetBucket")
        return verdict(bool(target), bucket["Arn"], fact("LoggingEnabled.TargetBucket", target))

    yield from each(stack.items("s3.buckets"), "Arn", judge)


def is_of_logs(bucket: Item, stack: Stack) -> bool:
    """Another bucket logs to it, or its name says so."""
    targets = {(one.get("Logging") or {}).get("TargetBucket") for one in stack.items("s3.buckets")}
    return bucket["Name"] in targets or "logs" in bucket["Name"].split("-")


def replicated_from(bucket: Item, stack: Stack) -> set[str]:
    """Names of the buckets whose rules replicate to this one."""
    return {
        one["Name"]
        for one in stack.items("s3.buckets")
        for rule in (one.get("Replication") or {}).get("Rules") or ()
        if rule["Destination"]["Bucket"] == bucket["Arn"]
    }


def _origin_buckets(distribution: Item) -> Iterator[str]:
    """Names of the buckets that are origins: NAME.s3.us-east-1.amazonaws.com."""
    for origin in distribution["DistributionConfig"].get("Origins", {}).get("Items") or ():
        name, found, _rest = origin.get("DomainName", "").partition(".s3")
        if found:
            yield name


def public_access(bucket: Item, stack: Stack) -> Result:
    """Whether policy or ACL opens the bucket to everybody. The account's block is asked only where it matters."""
    status = value(bucket, "PolicyStatus", "get_bucket_policy_status") or {}
    if status.get("IsPublic") and not _in_force("RestrictPublicBuckets", bucket, stack):
        return verdict(False, bucket["Arn"], "PolicyStatus.IsPublic is true and RestrictPublicBuckets is false")
    grants = _public_grants(bucket)
    if grants and not _in_force("IgnorePublicAcls", bucket, stack):
        return verdict(False, bucket["Arn"], f"the ACL grants everybody {listed(grants)}, IgnorePublicAcls is false")
    return verdict(
        True, bucket["Arn"], f"{fact('PolicyStatus.IsPublic', bool(status.get('IsPublic')))}, no ACL in force"
    )


def _blocked(block: Mapping[str, Any], resource: str) -> Result:
    return verdict(
        all(block.get(name) for name in BLOCKS),
        resource,
        ", ".join(fact(name, bool(block.get(name))) for name in BLOCKS),
    )


def _in_force(setting: str, bucket: Item, stack: Stack) -> bool:
    """A setting of the bucket's block, or else of the account's."""
    own = value(bucket, "PublicAccessBlock", "get_public_access_block") or {}
    return bool(own.get(setting)) or any(one.get(setting) for one in stack.items("s3control.public_access_block"))


def _public_grants(bucket: Item) -> list[str]:
    """What the ACL grants to the two groups that are everybody."""
    grants = value(bucket, "Acl", "get_bucket_acl") or ()
    return sorted({one["Permission"] for one in grants if one.get("Grantee", {}).get("URI") in _EVERYBODY})


def _encryption(bucket: Item) -> tuple[bool, str, str]:
    rules = value(bucket, "Encryption", "get_bucket_encryption") or ()
    kinds = [(one.get("ApplyServerSideEncryptionByDefault") or {}).get("SSEAlgorithm") for one in rules]
    used = next((one for one in kinds if one), None)
    return bool(used), bucket["Arn"], fact("SSEAlgorithm", used)


def _state_bucket(bucket: Item) -> Result:
    block = value(bucket, "PublicAccessBlock", "get_public_access_block") or {}
    versioning = value(bucket, "Versioning", "get_bucket_versioning")
    encrypted, arn, encryption = _encryption(bucket)
    gaps = [fact(name, False) for name in BLOCKS if not block.get(name)]
    gaps += [] if versioning == "Enabled" else [fact("Versioning", versioning)]
    gaps += [] if encrypted else [encryption]
    gaps += [] if requires_tls(value(bucket, "Policy", "get_bucket_policy")) else ["Policy admits requests without TLS"]
    return verdict(not gaps, arn, ", ".join(gaps) or "public access is blocked, versioned, encrypted, TLS only")
