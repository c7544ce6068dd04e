# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudWatch Logs: how long logs are kept."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ..common import verdict


@check(
    id="log_retention_minimum",
    pillar="security",
    best_practice="SEC04-BP01",
    severity="medium",
    resource_type="AwsLogsLogGroup",
    title="Logs are kept long enough to look back",
    needs=("logs.log_groups",),
    role="observability",
    item="OPS-7",
    cost="raises",
    recommendation="Set the retention in the role that makes the log group: network_flow_log_retention_days,"
    " aurora_log_retention_days and those of the other roles.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16",
)
def log_retention_minimum(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """retentionInDays is at least log_retention_days; a group without one keeps its logs for ever."""
    wanted = parameters.log_retention_days
    for group in stack.items("logs.log_groups"):
        days = group.get("retentionInDays")
        seen = f"retentionInDays is {days} of {wanted} days" if days else "retentionInDays is not set: without end"
        yield verdict(not days or days >= wanted, group["logGroupArn"], seen)
