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


DETECTOR = {"DetectorId": "d", "Status": "ENABLED", "Features": [{"Name": "S3_DATA_EVENTS", "Status": "ENABLED"}]}
RULE = {
    "Arn": "arn:r",
    "State": "ENABLED",
    "EventPattern": {"source": ["aws.guardduty"]},
    "Targets": [{"Arn": "arn:s"}],
}


def test_features_of_the_detector(judge):
    detectors = {"guardduty.detectors": [DETECTOR]}
    assert judge(detection.guardduty_s3_protection, detectors) == ["PASS"]
    assert judge(detection.guardduty_rds_protection, detectors) == ["FAIL"]


@pytest.mark.parametrize(
    ("rules", "status"),
    [
        ([RULE], "PASS"),
        ([{**RULE, "Targets": []}], "FAIL"),
        ([{**RULE, "State": "DISABLED"}], "FAIL"),
        ([{**RULE, "EventPattern": None}], "FAIL"),
        ([], "FAIL"),
    ],
)
def test_findings_need_a_rule_with_a_target(judge, rules, status):
    collections = {"guardduty.detectors": [DETECTOR], "events.rules": rules}
    assert judge(detection.guardduty_findings_routed, collections) == [status]
    assert judge(detection.guardduty_findings_routed, {"events.rules": rules}) == ["NOT_APPLICABLE"]


def test_the_delivery_channel(judge):
    channel = {"name": "default", "Status": {"configHistoryDeliveryInfo": {"lastStatus": "SUCCESS"}}}
    failing = {"name": "default", "Status": {"configHistoryDeliveryInfo": {"lastStatus": "FAILURE"}}}
    check = detection.config_delivery_channel_healthy
    assert judge(check, {"config.delivery_channels": [channel]}) == ["PASS"]
    assert judge(check, {"config.delivery_channels": [failing]}) == ["FAIL"]
    assert judge(check, {"config.recorders": [RECORDER]}) == ["FAIL"]
    assert judge(check, {}) == ["NOT_APPLICABLE"]
