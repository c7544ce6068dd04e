# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What watches the account: GuardDuty, Security Hub, AWS Config."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, failed, not_applicable, passed, value
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
        arn = _detector_arn(stack, detector)
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


@check(
    id="guardduty_s3_protection",
    pillar="security",
    best_practice="SEC08-BP03",
    severity="medium",
    resource_type="AwsGuardDutyDetector",
    title="GuardDuty watches what is done to objects",
    needs=("guardduty.detectors",),
    role="governance",
    item="SEC-8",
    cost="raises",
    recommendation="Run the governance role: it switches S3 protection on.",
    source="https://docs.aws.amazon.com/guardduty/latest/ug/s3-protection.html",
)
def guardduty_s3_protection(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The feature S3_DATA_EVENTS of the detector."""
    yield from _feature(stack, "S3_DATA_EVENTS")


@check(
    id="guardduty_rds_protection",
    pillar="security",
    best_practice="SEC08-BP03",
    severity="medium",
    resource_type="AwsGuardDutyDetector",
    title="GuardDuty watches who logs in to Aurora",
    needs=("guardduty.detectors",),
    role="governance",
    item="SEC-8",
    cost="raises",
    recommendation="Run the governance role: it switches RDS protection on.",
    source="https://docs.aws.amazon.com/guardduty/latest/ug/rds-protection.html",
)
def guardduty_rds_protection(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The feature RDS_LOGIN_EVENTS of the detector."""
    yield from _feature(stack, "RDS_LOGIN_EVENTS")


@check(
    id="guardduty_findings_routed",
    pillar="security",
    best_practice="SEC04-BP03",
    severity="medium",
    resource_type="AwsEventsRule",
    title="GuardDuty's findings reach somebody",
    needs=("guardduty.detectors", "events.rules"),
    role="governance",
    item="SEC-8",
    recommendation="Run the governance role: it makes an EventBridge rule with a topic behind it.",
    source="https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html",
)
def guardduty_findings_routed(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """An enabled EventBridge rule for the source aws.guardduty with a target."""
    if not stack.items("guardduty.detectors"):
        yield not_applicable("there is no detector")
        return
    rules = [
        one
        for one in stack.items("events.rules")
        if "aws.guardduty" in ((one.get("EventPattern") or {}).get("source") or ()) and one.get("State") == "ENABLED"
    ]
    yield from each(rules, "Arn", _has_target)
    if not rules:
        yield failed("", "no enabled rule has the source aws.guardduty")


@check(
    id="config_delivery_channel_healthy",
    pillar="security",
    best_practice="SEC04-BP02",
    severity="low",
    resource_type="AwsConfig",
    title="What AWS Config records is delivered",
    needs=("config.recorders", "config.delivery_channels"),
    role="governance",
    item="SEC-9",
    recommendation="Run the governance role: it makes the channel and lets AWS Config write to its bucket.",
    source="https://docs.aws.amazon.com/config/latest/developerguide/manage-delivery-channel.html",
)
def config_delivery_channel_healthy(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A channel whose last history delivery did not fail."""
    channels = stack.items("config.delivery_channels")
    for channel in channels:
        history = (channel.get("Status") or {}).get("configHistoryDeliveryInfo") or {}
        status = history.get("lastStatus")
        yield verdict(status != "FAILURE", channel["name"], fact("lastStatus", status))
    if not channels and stack.items("config.recorders"):
        yield failed("", "DeliveryChannels: none")


def _detector_arn(stack: Stack, detector: Item) -> str:
    """The ARN that GetDetector does not give."""
    return f"arn:{stack.partition}:guardduty:{stack.region}:{stack.account_id}:detector/{detector['DetectorId']}"


def _feature(stack: Stack, name: str) -> Iterator[Result]:
    """Whether each detector has the feature enabled."""
    for detector in stack.items("guardduty.detectors"):
        features = {one.get("Name"): one.get("Status") for one in detector.get("Features") or ()}
        arn = _detector_arn(stack, detector)
        yield verdict(features.get(name) == "ENABLED", arn, fact(name, features.get(name)))


def _has_target(rule: Item) -> Result:
    targets = [one["Arn"] for one in value(rule, "Targets", "list_targets_by_rule") or ()]
    return verdict(bool(targets), rule["Arn"], f"Targets: {listed(targets)}")
