# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import detection

RECORDER = {"name": "default", "recordingGroup": {"allSupported": True}, "Status": {"recording": True}}


@pytest.mark.parametrize(
    ("check", "collector", "items", "status"),
    [
        (detection.guardduty_enabled, "guardduty.detectors", [{"DetectorId": "d", "Status": "ENABLED"}], "PASS"),
        (detection.guardduty_enabled, "guardduty.detectors", [{"DetectorId": "d", "Status": "DISABLED"}], "FAIL"),
        (detection.guardduty_enabled, "guardduty.detectors", [], "FAIL"),
        (detection.security_hub_enabled, "securityhub.hubs", [{"Product": "cspm", "HubArn": "arn:h"}], "PASS"),
        (detection.security_hub_enabled, "securityhub.hubs", [{"Product": "v2", "HubV2Arn": "arn:h"}], "PASS"),
        (detection.security_hub_enabled, "securityhub.hubs", [], "FAIL"),
        (detection.config_recorder_enabled, "config.recorders", [RECORDER], "PASS"),
        (detection.config_recorder_enabled, "config.recorders", [{**RECORDER, "Status": None}], "FAIL"),
        (detection.config_recorder_enabled, "config.recorders", [{**RECORDER, "recordingGroup": {}}], "FAIL"),
        (detection.config_recorder_enabled, "config.recorders", [], "FAIL"),
        (detection.config_rules_present, "config.rules", [{"ConfigRuleState": "ACTIVE"}], "PASS"),
        (detection.config_rules_present, "config.rules", [{"ConfigRuleState": "DELETING"}], "FAIL"),
        (detection.config_rules_present, "config.rules", [], "FAIL"),
        (detection.config_rules_present, "config.conformance_packs", [{"ConformancePackName": "p"}], "PASS"),
    ],
)
def test_detection(judge, check, collector, items, status):
    assert judge(check, {collector: items}) == [status]


def test_packs_matter_only_where_there_is_no_rule(judge):
    denied = ("config.conformance_packs",)
    rules = {"config.rules": [{"ConfigRuleState": "ACTIVE"}]}
    assert judge(detection.config_rules_present, rules, denied) == ["PASS"]
    assert judge(detection.config_rules_present, {}, denied) == ["UNKNOWN"]
