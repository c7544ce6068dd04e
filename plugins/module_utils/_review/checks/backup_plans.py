# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The workload's backup plans, how often their rules run and how long they keep."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from ..results import Item, value
from .backup_selection import covers_plan

FOREVER = 36500  # days; a rule without DeleteAfterDays
_DEFAULT_SCHEDULE = "cron(0 5 ? * * *)"
_HOURS = {"minute": 1 / 60, "hour": 1, "day": 24}
_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")


def plans_of(prefix: str, plans: Iterable[Item], clusters: Collection[Item]) -> list[Item]:
    """Plans that are named like the workload or cover one of its clusters. Errors: Unavailable."""
    return [
        one
        for one in plans
        if _named(one.get("BackupPlanName", ""), prefix)
        or any(covers_plan(one, cluster["DBClusterArn"], cluster.get("Tags") or {}) for cluster in clusters)
    ]


def rules_of(plan: Item) -> list[Item]:
    """The plan's rules. Errors: Unavailable where the plan was denied."""
    return list((value(plan, "BackupPlan", "get_backup_plan") or {}).get("Rules") or ())


def hours_between(schedule: str | None) -> float:
    """At most so many hours between two runs; a month where the expression says none of what is known here."""
    text = schedule or _DEFAULT_SCHEDULE
    rate = _RATE.fullmatch(text)
    if rate:
        return int(rate[1]) * _HOURS[rate[2]]
    fields = text.removeprefix("cron(").removesuffix(")").split()
    if len(fields) != 6:
        return 744
    hours, day, month, weekday = fields[1:5]
    if month not in {"*", "?"} or day not in {"*", "?", "*/1", "1/1"}:
        return 744
    if weekday not in {"*", "?"}:
        return 168
    return 1 if hours == "*" or "/" in hours else 24


def days_kept(lifecycle: Item | None) -> int:
    """DeleteAfterDays."""
    return int((lifecycle or {}).get("DeleteAfterDays") or FOREVER)


def _named(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}-")
