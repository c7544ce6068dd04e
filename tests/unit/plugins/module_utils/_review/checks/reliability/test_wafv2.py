# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.reliability import wafv2

GLOBAL = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/w/1"
REGIONAL = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/w/1"
ACLS, DISTRIBUTIONS = "wafv2.web_acls", "cloudfront.distributions"


def rule(limit=2000, action="Block", key="IP", **statement):
    rate = {"Limit": limit, "AggregateKeyType": key, **statement}
    return {"Name": "rate", "Action": {action: {}}, "Statement": {"RateBasedStatement": rate}}


@pytest.mark.parametrize(
    ("rules", "status"),
    [
        ([rule()], "PASS"),
        ([rule(400, EvaluationWindowSec=60)], "PASS"),
        ([rule(401, EvaluationWindowSec=60)], "FAIL"),
        ([rule(2001)], "FAIL"),
        ([rule(action="Count")], "FAIL"),
        ([{"Name": "managed", "Statement": {"ManagedRuleGroupStatement": {}}}], "FAIL"),
        ([], "FAIL"),
    ],
)
def test_limit(judge, rules, status):
    assert judge(wafv2.waf_rate_limit, {ACLS: [{"ARN": GLOBAL, "Rules": rules}], DISTRIBUTIONS: [{}]}) == [status]


@pytest.mark.parametrize(
    ("rules", "distributions", "status"),
    [
        ([rule()], [], "PASS"),
        ([], [], "FAIL"),
        ([], [{}], "NOT_APPLICABLE"),
        ([rule()], [{}], "FAIL"),
        ([rule(key="FORWARDED_IP")], [{}], "PASS"),
    ],
)
def test_behind_cloudfront(judge, rules, distributions, status):
    collections = {ACLS: [{"ARN": REGIONAL, "Rules": rules}], DISTRIBUTIONS: distributions}
    assert judge(wafv2.waf_rate_limit, collections) == [status]


@pytest.mark.parametrize("denied", [ACLS, DISTRIBUTIONS])
def test_denied_and_absent(judge, denied):
    assert judge(wafv2.waf_rate_limit, {ACLS: [{"ARN": REGIONAL, "Rules": []}]}, (denied,)) == ["UNKNOWN"]
    assert judge(wafv2.waf_rate_limit, {}) == ["NOT_APPLICABLE"]
