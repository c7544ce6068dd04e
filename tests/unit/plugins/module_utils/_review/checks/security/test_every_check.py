# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What holds for every check of the pillar: a denied call is UNKNOWN, an empty account FAILs for its guards."""

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.registry import all_checks

CHECKS = [pytest.param(one, id=one.id) for one in all_checks() if one.judge.__module__.split(".")[-2] == "security"]
# Guards that every workload needs: their absence is the finding.
GUARDS = {
    "cloudtrail_multi_region_enabled",
    "config_recorder_enabled",
    "config_rules_present",
    "guardduty_enabled",
    "security_hub_enabled",
}


@pytest.mark.parametrize("check", CHECKS)
def test_denied_is_never_a_verdict(judge, check):
    assert judge(check, {}, check.needs) == ["UNKNOWN"]


@pytest.mark.parametrize("check", CHECKS)
def test_an_empty_account_fails_for_its_guards_alone(judge, check):
    assert judge(check, {}) == ["FAIL" if check.id in GUARDS else "NOT_APPLICABLE"]
