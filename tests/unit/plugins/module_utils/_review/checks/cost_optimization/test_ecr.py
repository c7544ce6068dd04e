# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.cost_optimization import ecr

DENIED = {"service": "ecr", "code": "AccessDenied", "message": "no"}


@pytest.mark.parametrize(
    ("repository", "status"),
    [
        ({"LifecyclePolicy": {"rules": [{"rulePriority": 1}]}}, "PASS"),
        ({"LifecyclePolicy": None}, "FAIL"),
        ({"LifecyclePolicy": None, "Errors": {"get_lifecycle_policy": DENIED}}, "UNKNOWN"),
    ],
)
def test_lifecycle(judge, repository, status):
    assert judge(ecr.ecr_lifecycle_policy, {"ecr.repositories": [{"repositoryArn": "arn:r", **repository}]}) == [status]
