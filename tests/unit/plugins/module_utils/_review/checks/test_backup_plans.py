# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.backup_plans import (
    FOREVER,
    days_kept,
    hours_between,
)


@pytest.mark.parametrize(
    ("schedule", "hours"),
    [
        (None, 24),
        ("cron(0 5 ? * * *)", 24),
        ("cron(0 5 * * ? *)", 24),
        ("cron(0 * * * ? *)", 1),
        ("cron(0 0/6 * * ? *)", 1),
        ("cron(0 5 ? * SUN *)", 168),
        ("cron(0 5 1 * ? *)", 744),
        ("cron(0 5 ? 1 * *)", 744),
        ("rate(12 hours)", 12),
        ("rate(7 days)", 168),
        ("rate(1 day)", 24),
        ("something else", 744),
    ],
)
def test_hours(schedule, hours):
    assert hours_between(schedule) == hours


def test_days():
    assert days_kept({"DeleteAfterDays": 30}) == 30
    assert days_kept({}) == days_kept(None) == FOREVER
