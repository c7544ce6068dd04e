# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""snapshot -> findings: pure, no API, no clock, no files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from .._describe.partitions import NOT_IN_PARTITION
from .._stack.snapshot import Snapshot, Unavailable
from .model import RANKS, Check, Finding, Result
from .parameters import Parameters
from .results import not_applicable, unknown
from .waivers import Waiver, apply_waivers


class Stack:
    """What one check may see of a snapshot: its facts, and the collections that the check says it needs.

    account_id, partition, region, dr_region, project, environment and collected_at (ISO 8601, UTC) as in
    the snapshot; today is the review's date. Errors of items(): Unavailable; LookupError for a collector
    that the check does not declare.
    """

    def __init__(self, snapshot: Snapshot, check: Check, today: date) -> None:
        self._snapshot = snapshot
        self._check = check
        self.today = today
        self.account_id = snapshot.account_id
        self.partition = snapshot.partition
        self.region = snapshot.region
        self.dr_region = snapshot.dr_region
        self.project = snapshot.project
        self.environment = snapshot.environment
        self.collected_at = snapshot.collected_at

    def items(self, collector: str) -> tuple[Mapping[str, Any], ...]:
        """A collector's items."""
        if collector not in self._check.needs:
            raise LookupError(f"{collector} is read but not in needs")
        return self._snapshot.items(collector)


def review(
    snapshot: Snapshot,
    parameters: Parameters,
    waivers: Sequence[Waiver],
    today: date,
    checks: Iterable[Check],
) -> list[Finding]:
    """All findings of the checks, sorted: pillar, status, severity, check, resource.

    Errors: whatever a check raises other than Unavailable is a bug of the check and comes out with a note
    that names it.
    """
    findings = [Finding.of(check, result) for check in checks for result in _run(check, snapshot, parameters, today)]
    return sorted(apply_waivers(findings, waivers, today), key=sort_key)


def sort_key(finding: Finding) -> tuple[Any, ...]:
    """The report's order."""
    return (
        RANKS[finding.pillar],
        RANKS[finding.status],
        RANKS[finding.severity],
        finding.check_id,
        finding.resource,
        finding.evidence,
    )


def split_by_gathered(checks: Iterable[Check], gathered: Iterable[str] | None) -> tuple[list[Check], list[Check]]:
    """(checks to run, checks that a narrowed gathering leaves out); None gathers all."""
    every = list(checks)
    if gathered is None:
        return every, []
    known = set(gathered)
    return [c for c in every if known.issuperset(c.needs)], [c for c in every if not known.issuperset(c.needs)]


def _run(check: Check, snapshot: Snapshot, parameters: Parameters, today: date) -> list[Result]:
    results: list[Result] = []
    with _Note(f"in the check {check.id}"):
        try:
            for result in check.judge(Stack(snapshot, check, today), parameters) or ():
                if not isinstance(result, Result):
                    raise TypeError(f"yielded {type(result).__name__} instead of a result")
                results.append(result)
        except Unavailable as missing:
            error = {"operation": missing.collector, **missing.error}
            absent = error.get("code") == NOT_IN_PARTITION
            results.append(not_applicable(error["message"]) if absent else unknown("", error))
    return results or [not_applicable(f"the stack has no {check.resource_type}")]


class _Note:
    """Adds a note to whatever error passes through, and lets it pass: a bug is never a finding."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None:
            error.add_note(self.text)
