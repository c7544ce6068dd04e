# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""S3: old versions, copies in another region, backups."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, not_applicable, passed, value
from ..backup_selection import covers_plan
from ..common import fact, listed, verdict

_GUIDE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide"
_HUB = "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html"


@check(
    id="s3_versioning",
    pillar="reliability",
    best_practice="REL09-BP03",
    severity="medium",
    resource_type="AwsS3Bucket",
    title="Buckets keep old versions",
    needs=("s3.buckets",),
    role="edge",
    item="REL-3",
    cost="raises",
    recommendation="Run the edge role: it switches versioning on, which replication needs, and expires old versions.",
    source=f"{_GUIDE}/Versioning.html",
)
def s3_versioning(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Versioning is Enabled."""

    def judge(bucket: Item) -> Result:
        status = value(bucket, "Versioning", "get_bucket_versioning")
        return verdict(status == "Enabled", bucket["Arn"], fact("Versioning", status))

    yield from each(_data(stack), "Arn", judge)


@check(
    id="s3_cross_region_replication",
    pillar="reliability",
    best_practice="REL13-BP02",
    severity="medium",
    resource_type="AwsS3Bucket",
    title="Buckets are replicated to another region",
    needs=("s3.buckets",),
    role="edge",
    item="REL-3",
    cost="raises",
    recommendation="Set stack_dr_region and run the edge role: it replicates the bucket to one there.",
    source=f"{_HUB}#s3-7",
)
def s3_cross_region_replication(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """An enabled rule to a bucket that is not known to be in the same region."""

    def judge(bucket: Item) -> Result:
        if not parameters.cross_region:
            return not_applicable("the parameter cross_region is false", bucket["Arn"])
        place = value(bucket, "Location", "get_bucket_location")
        if place != stack.region:
            return not_applicable(f"Location is {place}, not the stack's region", bucket["Arn"])
        return _replicated(stack, bucket)

    yield from each(_data(stack), "Arn", judge)


@check(
    id="s3_in_backup_or_replicated",
    pillar="reliability",
    best_practice="REL09-BP01",
    severity="medium",
    resource_type="AwsS3Bucket",
    title="Buckets are backed up or replicated",
    needs=("s3.buckets", "backup.plans"),
    role="edge",
    item="REL-3",
    cost="raises",
    recommendation="Run the edge role, which replicates the bucket, or let the backup role's plan select it.",
    source=f"{_GUIDE}/backup-for-s3.html",
)
def s3_in_backup_or_replicated(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A backup plan covers the bucket, or a replication rule is enabled."""

    def judge(bucket: Item) -> Result:
        arn, tags = bucket["Arn"], bucket.get("Tags") or {}
        place = value(bucket, "Location", "get_bucket_location")
        if place != stack.region:
            return not_applicable(f"Location is {place}, not the stack's region", arn)
        targets = _targets(bucket)
        if targets:
            return passed(arn, f"replicated to {listed(targets)}")
        plans = [one.get("BackupPlanName") for one in stack.items("backup.plans") if covers_plan(one, arn, tags)]
        return verdict(bool(plans), arn, f"no enabled replication rule; backup plans that cover it: {listed(plans)}")

    yield from each(_data(stack), "Arn", judge)


def _data(stack: Stack) -> list[Item]:
    """Buckets that hold data; those for logs can be missed, and artifacts of a pipeline be made again."""
    return [one for one in stack.items("s3.buckets") if not {"logs", "artifacts"} & set(one["Name"].split("-"))]


def _targets(bucket: Item) -> list[str]:
    """ARNs of the buckets that enabled rules replicate to. Errors: Unavailable where the rules were denied."""
    rules = (value(bucket, "Replication", "get_bucket_replication") or {}).get("Rules") or ()
    return [one["Destination"]["Bucket"] for one in rules if one.get("Status") == "Enabled"]


def _replicated(stack: Stack, bucket: Item) -> Result:
    here = {one["Arn"] for one in stack.items("s3.buckets") if one.get("Location") == stack.region}
    targets = _targets(bucket)
    away = [arn for arn in targets if arn not in here]
    evidence = f"replicated to {listed(away)}" if away else f"enabled rules to another region: none of {len(targets)}"
    return verdict(bool(away), bucket["Arn"], evidence)
