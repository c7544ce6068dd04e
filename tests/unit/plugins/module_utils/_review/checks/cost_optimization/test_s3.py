# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.cost_optimization import s3

DENIED = {"service": "s3", "code": "AccessDenied", "message": "no"}
LISTING = "list_bucket_intelligent_tiering_configurations"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"Lifecycle": [{"Status": "Enabled", "Transitions": [{"Days": 90}]}]}, "PASS"),
        ({"Lifecycle": [{"Status": "Enabled", "Expiration": {"Days": 30}}]}, "PASS"),
        ({"Lifecycle": [{"Status": "Enabled", "NoncurrentVersionExpiration": {"NoncurrentDays": 30}}]}, "PASS"),
        ({"Lifecycle": [{"Status": "Enabled", "Transitions": [{"Days": 91}]}]}, "FAIL"),
        ({"Lifecycle": [{"Status": "Disabled", "Transitions": [{"Days": 1}]}]}, "FAIL"),
        ({"Lifecycle": [{"Status": "Enabled", "AbortIncompleteMultipartUpload": {}}]}, "FAIL"),
        ({"Lifecycle": None, "IntelligentTiering": [{"Id": "all", "Status": "Enabled"}]}, "PASS"),
        ({"Lifecycle": None, "IntelligentTiering": [{"Id": "all", "Status": "Disabled"}]}, "FAIL"),
        ({"Lifecycle": None, "IntelligentTiering": []}, "FAIL"),
        ({"Errors": {"get_bucket_lifecycle_configuration": DENIED}}, "UNKNOWN"),
        ({"Lifecycle": None, "Errors": {LISTING: DENIED}}, "UNKNOWN"),
    ],
)
def test_lifecycle(judge, answer, status):
    assert judge(s3.s3_lifecycle, {"s3.buckets": [{"Arn": "arn:b", **answer}]}) == [status]


def test_denied_and_absent(judge):
    assert judge(s3.s3_lifecycle, {}, ("s3.buckets",)) == ["UNKNOWN"]
    assert judge(s3.s3_lifecycle, {}) == ["NOT_APPLICABLE"]
