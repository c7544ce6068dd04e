# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which alarms watch a thing's metric, directly or within a metric expression."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ..model import Result
from ..results import Item
from .common import listed, verdict


def watched(arn: str, alarms: Iterable[Item], metrics: Collection[str], *wanted: Mapping[str, str]) -> Result:
    """PASS where an alarm watches one of the metrics with one of the sets of dimensions; further ones are no matter."""
    names = [alarm["AlarmName"] for alarm in alarms if _watches(alarm, metrics, wanted)]
    return verdict(bool(names), arn, f"alarms on {listed(sorted(metrics))}: {listed(names)}")


def _watches(alarm: Item, metrics: Collection[str], wanted: Collection[Mapping[str, str]]) -> bool:
    return any(
        name in metrics and any(one.items() <= dimensions.items() for one in wanted)
        for name, dimensions in _metrics(alarm)
    )


def _metrics(alarm: Item) -> Iterator[tuple[str, dict[str, str]]]:
    """(MetricName, dimensions) of the alarm, of each metric in its expression too."""
    found = [alarm] if alarm.get("MetricName") else []
    found += [one["MetricStat"]["Metric"] for one in alarm.get("Metrics") or () if one.get("MetricStat")]
    for metric in found:
        yield str(metric["MetricName"]), {one["Name"]: one["Value"] for one in metric.get("Dimensions") or ()}
