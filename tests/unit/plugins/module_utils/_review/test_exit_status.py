# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.exit_status import exit_of
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.results import (
    failed,
    manual,
    passed,
    unknown,
)

ERROR = {"service": "s3", "operation": "list_buckets", "code": "AccessDenied", "message": "no"}


@pytest.mark.parametrize(
    ("fail_on", "status", "code"),
    [
        ("critical", "ok", 0),
        ("high", "findings", 2),
        ("medium", "findings", 2),
        ("low", "findings", 2),
        ("none", "ok", 0),
    ],
)
def test_a_high_finding(make_finding, fail_on, status, code):
    found = exit_of([make_finding(failed("arn:b", "seen"), severity="high")], fail_on)
    assert (found.status, found.code) == (status, code)


@pytest.mark.parametrize("fail_on", ["critical", "high", "none"])
def test_unknown_is_its_own_exit_whatever_fail_on_says(make_finding, fail_on):
    findings = [make_finding(unknown("", ERROR), severity="info"), make_finding(failed("arn:b", "seen"))]
    found = exit_of(findings, fail_on)
    assert (found.status, found.code) == ("unknown", 4)
    assert found.text.startswith("not judged because calls failed: 1; findings: 1")


def test_nothing_grave_is_ok(make_finding):
    findings = [make_finding(passed("arn:b", "seen")), make_finding(manual("ask"), severity="critical")]
    assert exit_of(findings, "low").status == "ok"
