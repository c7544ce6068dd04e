# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the review says to the shell. See docs/decisions/review-exit-status.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from .model import RANKS, Finding, Severity, Status

OK, FINDINGS, UNKNOWN = 0, 2, 4
FAIL_ON = ("critical", "high", "medium", "low", "none")


@dataclass(frozen=True)
class Exit:
    """status: ok, findings or unknown; code: what ansible-playbook ends with; text: why, in one sentence."""

    status: str
    code: int
    text: str

    def as_dict(self) -> dict[str, Any]:
        """JSON."""
        return asdict(self)


def exit_of(findings: Iterable[Finding], fail_on: str) -> Exit:
    """unknown where anything could not be judged, whatever fail_on is; else findings where one is as grave as it."""
    every = list(findings)
    failed = [one for one in every if one.status is Status.FAIL]
    blind = [one for one in every if one.status is Status.UNKNOWN]
    grave = [one for one in failed if fail_on != "none" and RANKS[one.severity] <= RANKS[Severity(fail_on)]]
    said = f"findings: {len(failed)}, of which {len(grave)} at or above fail_on={fail_on}"
    if blind:
        return Exit("unknown", UNKNOWN, f"not judged because calls failed: {len(blind)}; {said}")
    if grave:
        return Exit("findings", FINDINGS, said)
    return Exit("ok", OK, said)
