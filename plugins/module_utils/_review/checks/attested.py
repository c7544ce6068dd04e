# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What people attest, and whether it still counts."""

from __future__ import annotations

from typing import NamedTuple

from ..engine import Stack
from ..parameters import Parameters


class Attested(NamedTuple):
    """fresh: somebody attested it, at most dr_test_days ago."""

    fresh: bool
    evidence: str


def attestation(stack: Stack, parameters: Parameters, name: str) -> Attested:
    """The attestation of that name, as of the review's date."""
    said, days = parameters.attestations.get(name), parameters.dr_test_days
    if said is None:
        return Attested(False, f"the attestation {name} is not given")
    fresh = parameters.attested(name, stack.today, days) is not None
    end = "" if fresh else f", more than {days} days ago"
    return Attested(fresh, f"{name} was attested by {said.by} on {said.date.isoformat()}{end}: {said.reference}")
