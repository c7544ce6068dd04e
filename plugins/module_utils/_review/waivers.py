# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Accepted risks: with a reason, an owner and a last day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from .._engine.errors import Refusal
from .dates import parse_date
from .model import Finding, Status


@dataclass(frozen=True)
class Waiver:
    """check_id on the resources that the glob matches is accepted by owner for reason, up to and with expires.

    unknown: accepts as well that the check cannot be judged (the payer's account denies the call); without it
    a waiver covers FAIL and MANUAL only, so that a denied call cannot hide behind an older waiver.
    """

    check_id: str
    reason: str
    owner: str
    expires: date
    resource: str = "*"
    unknown: bool = False

    def covers(self, finding: Finding) -> bool:
        """Whether it is about this finding, whatever the day."""
        statuses = {Status.FAIL, Status.MANUAL} | ({Status.UNKNOWN} if self.unknown else set())
        return (
            finding.check_id == self.check_id
            and finding.status in statuses
            and fnmatchcase(finding.resource, self.resource)
        )

    def expired(self, today: date) -> bool:
        """Its last day has passed."""
        return today > self.expires

    def as_dict(self) -> dict[str, Any]:
        """JSON."""
        return {one.name: getattr(self, one.name) for one in fields(self)} | {"expires": self.expires.isoformat()}


def parse_waivers(given: Iterable[Mapping[str, Any]], known_checks: Collection[str]) -> tuple[Waiver, ...]:
    """Waivers from a user's list. Errors: Refusal with every reason: missing words, bad dates, unknown checks."""
    waivers, reasons = [], []
    for number, entry in enumerate(given, start=1):
        try:
            waivers.append(_parse(entry, known_checks))
        except ValueError as error:
            reasons.append(f"waiver {number} ({entry.get('check_id') or 'without check_id'}): {error}")
    if reasons:
        raise Refusal(reasons)
    return tuple(waivers)


def apply_waivers(findings: Iterable[Finding], waivers: Sequence[Waiver], today: date) -> list[Finding]:
    """The findings, those under a waiver that has not expired as WAIVED."""
    valid = [waiver for waiver in waivers if not waiver.expired(today)]
    return [_apply(finding, valid) for finding in findings]


def _apply(finding: Finding, valid: Sequence[Waiver]) -> Finding:
    covering = next((waiver for waiver in valid if waiver.covers(finding)), None)
    return finding.waived(covering.as_dict()) if covering else finding


def expired_waivers(waivers: Iterable[Waiver], today: date) -> list[Waiver]:
    """Those that waive nothing any more."""
    return [waiver for waiver in waivers if waiver.expired(today)]


def unused_waivers(waivers: Iterable[Waiver], findings: Iterable[Finding], today: date) -> list[Waiver]:
    """Valid ones that no finding needed: the risk is gone, or the glob is wrong."""
    used = [finding.waiver for finding in findings if finding.waiver]
    return [waiver for waiver in waivers if not waiver.expired(today) and waiver.as_dict() not in used]


def _parse(entry: Mapping[str, Any], known_checks: Collection[str]) -> Waiver:
    known = [one.name for one in fields(Waiver)]
    strange = sorted(set(entry) - set(known))
    missing = [name for name in ("check_id", "reason", "owner", "expires") if not entry.get(name)]
    if strange or missing:
        said = ([f"does not know {', '.join(strange)}"] if strange else []) + (
            [f"lacks {', '.join(missing)}"] if missing else []
        )
        raise ValueError(" and ".join(said))
    if entry["check_id"] not in known_checks:
        raise ValueError("there is no check of this name")
    return Waiver(
        check_id=str(entry["check_id"]),
        reason=str(entry["reason"]),
        owner=str(entry["owner"]),
        expires=parse_date(entry["expires"]),
        resource=str(entry.get("resource") or "*"),
        unknown=bool(entry.get("unknown")),
    )
