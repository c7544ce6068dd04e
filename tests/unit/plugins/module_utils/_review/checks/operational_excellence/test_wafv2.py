# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.operational_excellence import wafv2

ON, OFF = ({"VisibilityConfig": {"CloudWatchMetricsEnabled": seen}} for seen in (True, False))


@pytest.mark.parametrize(
    ("acl", "status"),
    [
        ({**ON, "Rules": [{"Name": "a", **ON}]}, "PASS"),
        ({**ON, "Rules": [{"Name": "a", **ON}, {"Name": "b", **OFF}]}, "FAIL"),
        ({**OFF, "Rules": []}, "FAIL"),
    ],
)
def test_metrics(judge, acl, status):
    assert judge(wafv2.waf_metrics_enabled, {"wafv2.web_acls": [{"ARN": "arn:acl", **acl}]}) == [status]
