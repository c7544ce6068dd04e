# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudWatch Logs: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from .._engine.aws import Aws
from .._engine.tags import to_dict
from .reading import Item, further


def log_groups(aws: Aws, *, names: Collection[str] | None = None, prefix: str | None = None) -> list[Item]:
    """Log groups. names: exact names, with Tags; prefix: the start of names; neither: every group of the region."""
    if names is None:
        wanted = {"logGroupNamePrefix": prefix} if prefix else {}
        return aws.pages("logs", "describe_log_groups", "logGroups", **wanted)

    def one(name: str) -> list[Item]:
        found = aws.pages("logs", "describe_log_groups", "logGroups", logGroupNamePrefix=name)
        return [group for group in found if group["logGroupName"] == name]

    groups = [group for found in aws.map(one, sorted(names)) for group in found]
    aws.map(lambda group: _add_tags(aws, group), groups)
    return groups


def _add_tags(aws: Aws, group: Item) -> None:
    arn = group["arn"].removesuffix(":*")
    answer = further(aws, group, "logs", "list_tags_for_resource", resourceArn=arn)
    group["Tags"] = to_dict(answer["tags"]) if answer else {}


def metric_filters(aws: Aws, *, group: str) -> list[Item]:
    """Metric filters of one log group: filterName, filterPattern, metricTransformations, logGroupName."""
    return aws.pages("logs", "describe_metric_filters", "metricFilters", logGroupName=group)


def deliveries(aws: Aws) -> list[Item]:
    """Vended-log deliveries of the region (CloudFront's are in the partition's home) with Source, their delivery source
    ({name, resourceArns, service, logType} or None)."""
    found, sources = aws.map(
        lambda question: aws.pages("logs", *question),
        [("describe_deliveries", "deliveries"), ("describe_delivery_sources", "deliverySources")],
    )
    by_name = {source["name"]: source for source in sources}
    return [{**one, "Source": by_name.get(one["deliverySourceName"])} for one in found]


def delivery_parts(aws: Aws) -> dict[str, list[Item]]:
    """All that delivers vended logs in the region: sources, destinations and deliveries."""
    questions: dict[str, Any] = {
        "sources": ("describe_delivery_sources", "deliverySources"),
        "destinations": ("describe_delivery_destinations", "deliveryDestinations"),
        "deliveries": ("describe_deliveries", "deliveries"),
    }
    answers = aws.map(lambda question: aws.pages("logs", *question), questions.values())
    return dict(zip(questions, answers, strict=True))


def tags_of(aws: Aws, arn: str) -> dict[str, str]:
    """The tags of a source, a destination or a delivery."""
    return to_dict(aws.call("logs", "list_tags_for_resource", resourceArn=arn)["tags"])
