# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import cloudtrail

DENIED = {"service": "cloudtrail", "code": "AccessDenied", "message": "no"}
MANAGEMENT = {"EventSelectors": [{"IncludeManagementEvents": True, "ReadWriteType": "All"}]}
CATEGORY = {"Field": "eventCategory", "Equals": ["Management"]}
READ_ONLY = {"Field": "readOnly", "Equals": ["false"]}


def trail(**changes):
    return {
        "Name": "trail",
        "TrailARN": "arn:t",
        "IsMultiRegionTrail": True,
        "Status": {"IsLogging": True},
        "EventSelectors": MANAGEMENT,
        **changes,
    }


UNREAD = trail(Status=None, Errors={"get_trail_status": DENIED})


@pytest.mark.parametrize(
    ("trails", "statuses"),
    [
        ([trail()], ["PASS"]),
        ([], ["FAIL"]),
        ([trail(IsMultiRegionTrail=False)], ["FAIL"]),
        ([trail(Status={"IsLogging": False})], ["FAIL"]),
        ([trail(EventSelectors={"EventSelectors": [{"IncludeManagementEvents": False}]})], ["FAIL"]),
        (
            [
                trail(
                    EventSelectors={"EventSelectors": [{"IncludeManagementEvents": True, "ReadWriteType": "WriteOnly"}]}
                )
            ],
            ["FAIL"],
        ),
        ([trail(EventSelectors={"AdvancedEventSelectors": [{"FieldSelectors": [CATEGORY]}]})], ["PASS"]),
        ([trail(EventSelectors={"AdvancedEventSelectors": [{"FieldSelectors": [CATEGORY, READ_ONLY]}]})], ["FAIL"]),
        ([UNREAD], ["UNKNOWN"]),
        ([trail(IsMultiRegionTrail=False), UNREAD], ["UNKNOWN"]),
        ([trail(IsMultiRegionTrail=False), UNREAD, trail()], ["PASS"]),
    ],
)
def test_multi_region(judge, trails, statuses):
    assert judge(cloudtrail.cloudtrail_multi_region_enabled, {"cloudtrail.trails": trails}) == statuses


@pytest.mark.parametrize(
    ("trails", "status"),
    [
        ([trail()], "PASS"),
        ([trail(Status={"IsLogging": True, "LatestDeliveryError": ""})], "PASS"),
        ([trail(Status={"IsLogging": True, "LatestDeliveryError": "AccessDenied"})], "FAIL"),
        ([trail(Status={"IsLogging": False})], "FAIL"),
        ([UNREAD], "UNKNOWN"),
        ([], "NOT_APPLICABLE"),
    ],
)
def test_logging(judge, trails, status):
    assert judge(cloudtrail.cloudtrail_logging_active, {"cloudtrail.trails": trails}) == [status]


@pytest.mark.parametrize(
    ("bucket", "status"),
    [
        ({"PolicyStatus": {"IsPublic": False}, "Acl": []}, "PASS"),
        ({"PolicyStatus": {"IsPublic": True}, "Acl": []}, "FAIL"),
        ({"PolicyStatus": None, "Errors": {"get_bucket_policy_status": DENIED}}, "UNKNOWN"),
    ],
)
def test_bucket(judge, bucket, status):
    collections = {"s3.trail_buckets": [{"Arn": "arn:b", **bucket}]}
    assert judge(cloudtrail.cloudtrail_bucket_not_public, collections) == [status]
