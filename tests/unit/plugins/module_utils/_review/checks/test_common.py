# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.common import fact, listed, verdict


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        (True, "Name is true"),
        (False, "Name is false"),
        (None, "Name is not set"),
        ("", "Name is not set"),
        (7, "Name is 7"),
    ],
)
def test_fact(seen, text):
    assert fact("Name", seen) == text


@pytest.mark.parametrize(
    ("values", "text"), [([], "none"), (["a"], "a"), (["a", "b"], "a and b"), ("abc", "a, b and c")]
)
def test_listed(values, text):
    assert listed(values) == text


@pytest.mark.parametrize(("good", "status"), [(True, "PASS"), (False, "FAIL")])
def test_verdict(good, status):
    assert verdict(good, "arn", "seen").status.value == status
