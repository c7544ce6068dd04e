# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""AWS Config: https://docs.aws.amazon.com/config/latest/APIReference/"""

from __future__ import annotations

from .._engine.aws import Aws
from .reading import Item


def recorders(aws: Aws) -> list[Item]:
    """Configuration recorders with Status ({recording, lastStatus, ...} or None)."""
    found: list[Item] = aws.call("config", "describe_configuration_recorders")["ConfigurationRecorders"]
    if found:
        statuses = aws.call("config", "describe_configuration_recorder_status")["ConfigurationRecordersStatus"]
        by_name = {status["name"]: status for status in statuses}
        for recorder in found:
            recorder["Status"] = by_name.get(recorder["name"])
    return found


def delivery_channels(aws: Aws) -> list[Item]:
    """Delivery channels with Status ({configSnapshotDeliveryInfo, configHistoryDeliveryInfo, ...} or None)."""
    found: list[Item] = aws.call("config", "describe_delivery_channels")["DeliveryChannels"]
    if found:
        statuses = aws.call("config", "describe_delivery_channel_status")["DeliveryChannelsStatus"]
        by_name = {status["name"]: status for status in statuses}
        for channel in found:
            channel["Status"] = by_name.get(channel["name"])
    return found


def rules(aws: Aws) -> list[Item]:
    """Config rules."""
    return aws.pages("config", "describe_config_rules", "ConfigRules")


def conformance_packs(aws: Aws) -> list[Item]:
    """Conformance packs."""
    return aws.pages("config", "describe_conformance_packs", "ConformancePackDetails")
