# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import ecr

DENIED = {"service": "ecr", "code": "AccessDenied", "message": "no"}


def policy(principal):
    return {"Statement": [{"Effect": "Allow", "Principal": principal, "Action": "ecr:BatchGetImage"}]}


@pytest.mark.parametrize(
    ("repository", "status"),
    [
        ({"Policy": None}, "PASS"),
        ({"Policy": policy({"AWS": "arn:aws:iam::444455556666:root"})}, "PASS"),
        ({"Policy": policy("*")}, "FAIL"),
        ({"Policy": None, "Errors": {"get_repository_policy": DENIED}}, "UNKNOWN"),
    ],
)
def test_policy(judge, repository, status):
    assert judge(ecr.ecr_not_public, {"ecr.repositories": [{"repositoryArn": "arn:r", **repository}]}) == [status]
