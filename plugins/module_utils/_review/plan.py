# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The priority action plan: what to do in which week, from severity, downtime and effort."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from .items import ITEMS
from .model import RANKS, Cost, Finding, Severity, Status

# The review document's form: four phases of five steps.
PHASES = (
    "Week 1 (Critical Issues)",
    "Week 2-3 (High Priority)",
    "Month 2 (Medium Priority)",
    "Month 3 (Long-term Improvements)",
)
STEPS_PER_PHASE = 5
LATER = "Later"
_EARLIEST = {Severity.CRITICAL: 0, Severity.HIGH: 1, Severity.MEDIUM: 2, Severity.LOW: 3, Severity.INFO: 3}


@dataclass(frozen=True)
class Step:
    """One piece of work: all failing checks of one item of the review, or one check that belongs to none."""

    number: int
    phase: str
    title: str
    item: str
    severity: Severity
    checks: tuple[str, ...]
    resources: int
    roles: tuple[str, ...]
    tags: tuple[str, ...]
    downtime: bool
    cost: Cost
    monthly_usd: float | None

    def as_dict(self) -> dict[str, Any]:
        """JSON."""
        return asdict(self)


def action_plan(findings: Iterable[Finding]) -> list[Step]:
    """The steps in their order.

    The gravest check of a step decides: critical belongs into the first week however much there is, high into the
    weeks after it, and so on; work that people do without a role, and work with downtime that is not critical,
    stands behind its equals. A phase holds five steps; what is over goes to the next one and in the end to Later.
    """
    failed = sorted((one for one in findings if one.status is Status.FAIL), key=_work)
    groups = sorted((list(group) for _work_id, group in groupby(failed, key=_work)), key=_rank)
    taken = [0] * len(PHASES)
    placed = [(_place(group, taken), group) for group in groups]
    placed.sort(key=lambda pair: pair[0])
    return [_step(number, phase, group) for number, (phase, group) in enumerate(placed, start=1)]


def _work(finding: Finding) -> str:
    return finding.item or finding.check_id


def _gravest(group: Sequence[Finding]) -> Severity:
    return min((one.severity for one in group), key=RANKS.__getitem__)


def _rank(group: Sequence[Finding]) -> tuple[Any, ...]:
    by_people = not any(one.role for one in group)
    downtime = any(one.downtime for one in group)
    return (RANKS[_gravest(group)], by_people, downtime, RANKS[group[0].pillar], _work(group[0]))


def _place(group: Sequence[Finding], taken: list[int]) -> int:
    phase = _EARLIEST[_gravest(group)]
    while phase > 0 and phase < len(PHASES) and taken[phase] >= STEPS_PER_PHASE:
        phase += 1
    if phase < len(PHASES):
        taken[phase] += 1
    return phase


def _step(number: int, phase: int, group: Sequence[Finding]) -> Step:
    amounts = [one.monthly_usd for one in group if one.monthly_usd is not None]
    return Step(
        number=number,
        phase=PHASES[phase] if phase < len(PHASES) else LATER,
        title=ITEMS.get(group[0].item) or group[0].title,
        item=group[0].item,
        severity=_gravest(group),
        checks=tuple(sorted({one.check_id for one in group})),
        resources=len({one.resource for one in group}),
        roles=tuple(sorted({one.role for one in group if one.role})),
        tags=tuple(sorted({one.tag for one in group if one.tag})),
        downtime=any(one.downtime for one in group),
        cost=_cost([one.cost for one in group]),
        monthly_usd=round(sum(amounts), 2) if amounts else None,
    )


def _cost(kinds: Iterable[Cost]) -> Cost:
    known = set(kinds) - {Cost.NONE}
    if not known:
        return Cost.NONE
    return known.pop() if len(known) == 1 else Cost.EITHER
