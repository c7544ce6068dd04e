# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What watches the account: GuardDuty, Security Hub, AWS Config."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import failed, passed
from ..common import fact, listed, verdict


@check(
    id="guardduty_enabled",
    pillar="security",
    best_practice="SEC04-BP03",
    severity="high",
    resource_type="AwsGuardDutyDetector",
    title="GuardDuty watches the region",
    needs=("guardduty.detectors",),
    role="governance",
    item="SEC-8",
    cost="raises",
    recommendation="Run the governance role: it makes the region's detector.",
    source="https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_settingup.html",
)
def guardduty_enabled(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A detector whose Status is ENABLED."""
    found = stack.items("guardduty.detectors")
    for detector in found:
        arn = f"arn:{stack.partition}:guardduty:{stack.region}:{stack.account_id}:detector/{detector['DetectorId']}"
        yield verdict(detector.get("Status") == "ENABLED", arn, fact("Status", detector.get("Status")))
    if not found:
        yield failed("", f"DetectorIds in {stack.region}: none")


@check(
    id="security_hub_enabled",
    pillar="security",
    best_practice="SEC04-BP04",
    severity="medium",
    resource_type="AwsSecurityHub",
    title="Security Hub collects the region's findings",
    needs=("securityhub.hubs",),
    role="governance",
    item="SEC-8",
    cost="raises",
    recommendation="Run the governance role: it enables Security Hub and its foundational standard.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-settingup.html",
)
def security_hub_enabled(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Security Hub CSPM (DescribeHub) or the new Security Hub (DescribeSecurityHubV2)."""
    found = stack.items("securityhub.hubs")
    for hub in found:
        yield passed(str(hub.get("HubArn") or hub.get("HubV2Arn") or ""), f"enabled: {hub.get('Product')}")
    if not found:
        yield failed("", f"neither DescribeHub nor DescribeSecurityHubV2 finds a hub in {stack.region}")


@check(
    id="config_recorder_enabled",
    pillar="security",
    best_practice="SEC04-BP04",
    severity="medium",
    resource_type="AwsConfig",
    title="AWS Config records all supported resources",
    needs=("config.recorders",),
    role="governance",
    item="SEC-9",
    cost="raises",
    recommendation="Run the governance role: it makes the recorder with its delivery channel and starts it.",
    source="https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html",
)
def config_recorder_enabled(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Status.recording and recordingGroup.allSupported of the recorder."""
    found = stack.items("config.recorders")
    for recorder in found:
        group = recorder.get("recordingGroup") or {}
        recording = bool((recorder.get("Status") or {}).get("recording"))
        every = bool(group.get("allSupported"))
        evidence = f"{fact('recording', recording)}, {fact('allSupported', every)}"
        yield verdict(recording and every, str(recorder.get("arn") or recorder["name"]), evidence)
    if not found:
        yield failed("", f"ConfigurationRecorders in {stack.region}: none")


@check(
    id="config_rules_present",
    pillar="security",
    best_practice="SEC04-BP04",
    severity="low",
    resource_type="AwsConfig",
    title="AWS Config judges what it records",
    needs=("config.rules", "config.conformance_packs"),
    role="governance",
    item="SEC-9",
    cost="raises",
    recommendation="Run the governance role: it makes the Config rules.",
    source="https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config.html",
)
def config_rules_present(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """An active rule, or a conformance pack; packs are asked where there is no rule."""
    states = [one.get("ConfigRuleState") for one in stack.items("config.rules")]
    active = states.count("ACTIVE")
    if active:
        yield passed("", f"ConfigRuleState is ACTIVE for {active} of {len(states)} rules")
        return
    packs = [one["ConformancePackName"] for one in stack.items("config.conformance_packs")]
    yield verdict(bool(packs), "", f"active ConfigRules: none, ConformancePackDetails: {listed(packs)}")
