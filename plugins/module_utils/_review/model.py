# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The words of the review: checks, what they yield, what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from .best_practices import BEST_PRACTICES, BestPractice


class Pillar(StrEnum):
    """The six pillars, in the order of the framework and of the report."""

    OPERATIONAL_EXCELLENCE = "operational_excellence"
    SECURITY = "security"
    RELIABILITY = "reliability"
    PERFORMANCE_EFFICIENCY = "performance_efficiency"
    COST_OPTIMIZATION = "cost_optimization"
    SUSTAINABILITY = "sustainability"

    @property
    def label(self) -> str:
        """As people write it: Operational Excellence."""
        return self.value.replace("_", " ").title()

    @property
    def url(self) -> str:
        """The pillar's whitepaper."""
        name = self.value.replace("_", "-")
        page = "sustainability-pillar" if self is Pillar.SUSTAINABILITY else "welcome"
        return f"https://docs.aws.amazon.com/wellarchitected/latest/{name}-pillar/{page}.html"


class Severity(StrEnum):
    """How much it matters, gravest first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"


class Status(StrEnum):
    """What was found, in the order of the report."""

    FAIL = "FAIL"
    UNKNOWN = "UNKNOWN"  # a call was denied or failed; never a pass
    MANUAL = "MANUAL"  # only people can judge it
    WAIVED = "WAIVED"
    PASS = "PASS"
    NOT_APPLICABLE = "NOT_APPLICABLE"


class Cost(StrEnum):
    """What the fix does to the monthly bill."""

    NONE = "none"
    RAISES = "raises"
    LOWERS = "lowers"
    EITHER = "either"  # depends on the option that is chosen


RANKS: dict[StrEnum, int] = {
    member: rank for enum in (Pillar, Severity, Status, Cost) for rank, member in enumerate(enum)
}
_PREFIXES = {
    "OPS": Pillar.OPERATIONAL_EXCELLENCE,
    "SEC": Pillar.SECURITY,
    "REL": Pillar.RELIABILITY,
    "PERF": Pillar.PERFORMANCE_EFFICIENCY,
    "COST": Pillar.COST_OPTIMIZATION,
    "SUS": Pillar.SUSTAINABILITY,
}


@dataclass(frozen=True)
class Result:
    """What a check says of one resource.

    resource: its ARN (or id, where AWS has no ARN for it; empty for the account or the stack as a whole).
    evidence: the fact that was seen, with the API's own field names and values; never the value of an
    environment variable, a secret or a parameter. monthly_usd: by how much the fix changes the monthly
    bill (negative saves), where the check can tell. error: the failed call of an UNKNOWN.
    """

    status: Status
    resource: str
    evidence: str
    monthly_usd: float | None = None
    error: dict[str, str] | None = None


@dataclass(frozen=True)
class Check:
    """A check function and what the report says about it; see check()."""

    id: str
    pillar: Pillar
    best_practice: BestPractice
    severity: Severity
    resource_type: str
    title: str
    needs: tuple[str, ...]
    role: str
    item: str
    downtime: bool
    cost: Cost
    recommendation: str
    source: str
    tag: str
    judge: Callable[[Any, Any], Iterable[Result]]


@dataclass(frozen=True)
class Finding:
    """One result of one check, with all that a reader needs to act on it."""

    check_id: str
    status: Status
    severity: Severity
    pillar: Pillar
    best_practice: BestPractice
    title: str
    resource_type: str
    resource: str
    evidence: str
    recommendation: str
    role: str
    tag: str
    item: str
    downtime: bool
    cost: Cost
    monthly_usd: float | None
    source: str
    error: dict[str, str] | None = None
    waiver: dict[str, str] | None = None

    @classmethod
    def of(cls, check: Check, result: Result) -> Finding:
        """The finding of a result."""
        shared = {name: getattr(check, name) for name in _FROM_CHECK}
        return cls(check_id=check.id, **shared, **vars(result))

    def waived(self, waiver: dict[str, str]) -> Finding:
        """The same finding under a waiver; its error and evidence stay readable."""
        return replace(self, status=Status.WAIVED, waiver=waiver)

    def as_dict(self) -> dict[str, Any]:
        """JSON: best_practice as {id, title, url}, enums as their words."""
        return {**vars(self), "best_practice": self.best_practice._asdict()}


_FROM_CHECK = (
    "severity",
    "pillar",
    "best_practice",
    "title",
    "resource_type",
    "recommendation",
    "role",
    "tag",
    "item",
    "downtime",
    "cost",
    "source",
)


def check(
    *,
    id: str,  # noqa: A002 - the word that check authors read in the report
    pillar: str,
    best_practice: str,
    severity: str,
    resource_type: str,
    title: str,
    needs: Iterable[str],
    recommendation: str,
    role: str = "",
    item: str = "",
    downtime: bool = False,
    cost: str = "none",
    source: str = "",
    tag: str = "",
) -> Callable[[Callable[[Any, Any], Iterable[Result]]], Check]:
    """Make a check of a function (stack, parameters) -> results.

    best_practice: id of best_practices.py, of the same pillar. resource_type: the ASFF name ("AwsRdsDbCluster").
    title: the good state, said so that it reads well with PASS. needs: the collectors that it reads; reading
    another one is an error. recommendation: what to do, naming the variable or playbook. role: the role that
    fixes it, empty where people or another tool do. tag: the tag to run it with, the role's name unless given.
    item: the review document's item that it serves ("SEC-1"). downtime: the fix interrupts the service.
    cost: "none", "raises", "lowers" or "either". source: the page that the rule stands on, the best practice's
    own unless given. Errors: ValueError at import for what does not fit.
    """
    practice = BEST_PRACTICES.get(best_practice)
    if practice is None:
        raise ValueError(f"check {id}: {best_practice} is not a best practice of the framework")
    if _PREFIXES[best_practice.split("-")[0].rstrip("0123456789")] is not Pillar(pillar):
        raise ValueError(f"check {id}: {best_practice} does not belong to the pillar {pillar}")
    if isinstance(needs, str) or not all(needs):
        raise ValueError(f"check {id}: needs is a tuple of collector ids")

    def decorate(judge: Callable[[Any, Any], Iterable[Result]]) -> Check:
        if judge.__name__ != id:
            raise ValueError(f"check {id}: the function is called {judge.__name__}")
        return Check(
            id=id,
            pillar=Pillar(pillar),
            best_practice=practice,
            severity=Severity(severity),
            resource_type=resource_type,
            title=title,
            needs=tuple(needs),
            role=role,
            item=item,
            downtime=downtime,
            cost=Cost(cost),
            recommendation=recommendation,
            source=source or practice.url,
            tag=tag or role,
            judge=judge,
        )

    return decorate
