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


RULE = {"scanFrequency": "SCAN_ON_PUSH", "repositoryFilters": [{"filter": "web*", "filterType": "WILDCARD"}]}


@pytest.mark.parametrize(
    ("scanned", "rules", "status"),
    [
        (True, [], "PASS"),
        (False, [], "FAIL"),
        (False, [RULE], "PASS"),
        (False, [{**RULE, "scanFrequency": "MANUAL"}], "FAIL"),
        (False, [{**RULE, "repositoryFilters": [{"filter": "other"}]}], "FAIL"),
    ],
)
def test_scanning(judge, scanned, rules, status):
    repository = {
        "repositoryArn": "arn:r", "repositoryName": "web-app", "imageScanningConfiguration": {"scanOnPush": scanned}
    }  # fmt: skip
    stack = {"ecr.repositories": [repository], "ecr.registry_scanning": [{"rules": rules}]}
    assert judge(ecr.ecr_scan_on_push, stack) == [status]


@pytest.mark.parametrize(
    ("mutability", "status"), [("IMMUTABLE", "PASS"), ("IMMUTABLE_WITH_EXCLUSION", "PASS"), ("MUTABLE", "FAIL")]
)
def test_tags(judge, mutability, status):
    repository = {"repositoryArn": "arn:r", "imageTagMutability": mutability}
    assert judge(ecr.ecr_tag_immutable, {"ecr.repositories": [repository]}) == [status]


@pytest.mark.parametrize(
    ("scan", "status"),
    [
        ({"Status": "COMPLETE", "FindingSeverityCounts": {"HIGH": 3}}, "PASS"),
        ({"Status": "ACTIVE", "FindingSeverityCounts": {"CRITICAL": 1}}, "FAIL"),
        ({"Status": None, "FindingSeverityCounts": {}}, "NOT_APPLICABLE"),
        (
            {
                "Status": None,
                "FindingSeverityCounts": {},
                "Errors": {"describe_image_scan_findings": {**DENIED}},
            },
            "UNKNOWN",
        ),
    ],
)
def test_vulnerabilities(judge, scan, status):
    stack = {"ecr.image_scans": [{"Image": "r/app:1", **scan}]}
    assert judge(ecr.ecr_no_critical_vulnerability, stack) == [status]
