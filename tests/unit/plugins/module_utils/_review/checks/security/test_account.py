# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import account


@pytest.mark.parametrize(
    ("check", "summary", "status"),
    [
        (account.root_mfa_enabled, {"AccountMFAEnabled": 1}, "PASS"),
        (account.root_mfa_enabled, {"AccountMFAEnabled": 0}, "FAIL"),
        (account.root_mfa_enabled, {}, "FAIL"),
        (account.root_access_key_absent, {"AccountAccessKeysPresent": 0}, "PASS"),
        (account.root_access_key_absent, {"AccountAccessKeysPresent": 1}, "FAIL"),
    ],
)
def test_root(judge, check, summary, status):
    assert judge(check, {"iam.account_summary": [summary]}) == [status]
