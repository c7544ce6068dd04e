# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import logs

GROUPS = "logs.log_groups"


@pytest.mark.parametrize(
    ("days", "least", "status"), [(365, 365, "PASS"), (364, 365, "FAIL"), (None, 365, "PASS"), (90, 90, "PASS")]
)
def test_retention(judge, days, least, status):
    group = {"logGroupArn": "arn:g", "retentionInDays": days}
    assert judge(logs.log_retention_minimum, {GROUPS: [group]}, log_retention_days=least) == [status]


def test_denied_and_absent(judge):
    assert judge(logs.log_retention_minimum, {}, (GROUPS,)) == ["UNKNOWN"]
    assert judge(logs.log_retention_minimum, {}) == ["NOT_APPLICABLE"]
