# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudTrail: that a trail records everywhere, delivers, and keeps its bucket closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...._stack.snapshot import Unavailable
from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, failed, not_applicable, passed, unknown, value
from ..common import fact, verdict
from .s3 import public_access

_GUIDE = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide"


@check(
    id="cloudtrail_multi_region_enabled",
    pillar="security",
    best_practice="SEC04-BP01",
    severity="high",
    resource_type="AwsCloudTrailTrail",
    title="A trail records the management events of all regions",
    needs=("cloudtrail.trails",),
    role="governance",
    item="SEC-6",
    cost="raises",
    recommendation="Run the governance role: it makes a multi-region trail with its bucket.",
    source=f"{_GUIDE}/receive-cloudtrail-log-files-from-multiple-regions.html",
)
def cloudtrail_multi_region_enabled(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """One trail that is multi-region, logs, and records management events; it suffices whatever the others are."""
    reasons, errors = [], []
    for trail in stack.items("cloudtrail.trails"):
        try:
            lacks = _lacks(trail)
        except Unavailable as missing:
            errors.append(unknown(trail["TrailARN"], missing.error))
            continue
        if not lacks:
            yield passed(trail["TrailARN"], "IsMultiRegionTrail and IsLogging are true, management events are recorded")
            return
        reasons.append(f"{trail['Name']}: {lacks}")
    yield from errors or [failed("", "; ".join(reasons) or "trailList is empty")]


@check(
    id="cloudtrail_logging_active",
    pillar="security",
    best_practice="SEC04-BP01",
    severity="high",
    resource_type="AwsCloudTrailTrail",
    title="Each trail logs and delivers",
    needs=("cloudtrail.trails",),
    role="governance",
    item="SEC-6",
    recommendation="Run the governance role: it starts logging and lets CloudTrail write to the bucket and key.",
    source=f"{_GUIDE}/cloudtrail-turning-off-logging.html",
)
def cloudtrail_logging_active(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Status.IsLogging, and no LatestDeliveryError."""

    def judge(trail: Item) -> Result:
        status = value(trail, "Status", "get_trail_status") or {}
        logging, error = bool(status.get("IsLogging")), status.get("LatestDeliveryError")
        evidence = f"{fact('IsLogging', logging)}, {fact('LatestDeliveryError', error)}"
        return verdict(logging and not error, trail["TrailARN"], evidence)

    yield from each(stack.items("cloudtrail.trails"), "TrailARN", judge)


@check(
    id="cloudtrail_bucket_not_public",
    pillar="security",
    best_practice="SEC03-BP07",
    severity="critical",
    resource_type="AwsS3Bucket",
    title="The bucket of a trail is not public",
    needs=("s3.trail_buckets", "s3control.public_access_block"),
    role="governance",
    recommendation="Block public access to the bucket; the governance role does it for the one that it makes.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-6",
)
def cloudtrail_bucket_not_public(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Neither policy nor ACL opens it, or a block takes that back."""
    buckets = stack.items("s3.trail_buckets")
    yield from each(buckets, "Arn", lambda bucket: public_access(bucket, stack))
    if not buckets:
        yield not_applicable("no trail has a bucket that this account can see")


def _lacks(trail: Item) -> str:
    """What keeps the trail from recording all regions' management events, empty for nothing."""
    if not trail.get("IsMultiRegionTrail"):
        return fact("IsMultiRegionTrail", False)
    if not (value(trail, "Status", "get_trail_status") or {}).get("IsLogging"):
        return fact("IsLogging", False)
    selectors = value(trail, "EventSelectors", "get_event_selectors") or {}
    return "" if _management(selectors) else "no selector records all management events"


def _management(selectors: Mapping[str, Any]) -> bool:
    """Reads and writes of the management plane are recorded, by either form of selectors."""
    basic = any(
        one.get("IncludeManagementEvents") and one.get("ReadWriteType", "All") == "All"
        for one in selectors.get("EventSelectors") or ()
    )
    return basic or any(_all_management(one) for one in selectors.get("AdvancedEventSelectors") or ())


def _all_management(selector: Mapping[str, Any]) -> bool:
    fields = {one["Field"]: one for one in selector.get("FieldSelectors") or ()}
    return "Management" in (fields.get("eventCategory", {}).get("Equals") or ()) and "readOnly" not in fields
