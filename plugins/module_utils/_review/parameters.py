# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the review holds the stack to: thresholds, choices and what people attest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from .._engine.errors import Refusal
from .dates import parse_date

NAT_POLICIES = ("ha", "single", "regional", "none")
ATTESTATIONS = ("runbooks", "dr_test", "rto_rpo", "carbon", "failure_test")


@dataclass(frozen=True)
class Attestation:
    """What no API can tell: done on date by somebody, with where to read it (address or path)."""

    date: date
    by: str
    reference: str


@dataclass(frozen=True)
class Parameters:
    """All thresholds. Days, minutes and percent are whole numbers; the defaults are those of the review document."""

    # Recovery
    backup_retention_days: int = 30  # Aurora's automated backups and the plan's daily rule
    weekly_backup_retention_days: int = 90
    rto_minutes: int = 60
    rpo_minutes: int = 15
    dr_test_days: int = 92  # a drill, restore test or runbook review each quarter
    cross_region: bool = True  # backups, bucket and database must exist in a second region
    # Security
    waf_rate_limit: int = 2000  # requests from one address in five minutes
    geo_restriction: bool = False  # whether the policy asks for one
    certificate_days: int = 30
    secret_rotation_days: int = 90
    credential_days: int = 90  # age of access keys, and unused credentials
    log_retention_days: int = 365  # at least; Security Hub's CloudWatch.16
    # Performance and size
    cpu_low_percent: int = 20  # 14-day peak below: oversized
    cpu_high_percent: int = 80  # 14-day peak above: undersized
    memory_low_percent: int = 20
    memory_high_percent: int = 80
    scaling_target_low_percent: int = 40
    scaling_target_high_percent: int = 80
    min_tasks: int = 4
    max_tasks: int = 10
    pi_retention_days: int = 7
    cache_hit_percent: int = 80
    # Network
    nat_policy: str = "ha"  # ha: one in each zone; single; regional; none
    # Cost
    required_tags: tuple[str, ...] = ("Project", "Environment", "Owner")
    budget_monthly_usd: int = 1000
    budget_threshold_percent: int = 80
    savings_coverage_percent: int = 70
    lifecycle_days: int = 90  # objects move to a cheaper class by then
    # What lives elsewhere
    external_pipeline: str = ""  # name or address of the pipeline that deploys, where it is not CodePipeline
    attestations: Mapping[str, Attestation] = field(default_factory=dict)  # runbooks, dr_test, rto_rpo, carbon ...

    def attested(self, name: str, today: date, days: int) -> Attestation | None:
        """The attestation, if it is at most days old."""
        found = self.attestations.get(name)
        return found if found and (today - found.date).days <= days else None

    def as_dict(self) -> dict[str, Any]:
        """JSON."""
        attestations = {
            name: {**asdict(said), "date": said.date.isoformat()} for name, said in sorted(self.attestations.items())
        }
        return {**asdict(self), "required_tags": list(self.required_tags), "attestations": attestations}


def parse_parameters(given: Mapping[str, Any]) -> Parameters:
    """Parameters from a user's dictionary; what it lacks keeps its default. Errors: Refusal with all reasons."""
    kinds = {one.name: one.type for one in fields(Parameters)}
    reasons = [f"parameters has no {name}; known are {', '.join(kinds)}" for name in given if name not in kinds]
    values: dict[str, Any] = {}
    for name in (name for name in kinds if given.get(name) is not None):
        try:
            values[name] = _READERS[str(kinds[name])](given[name])
        except ValueError as error:
            reasons.append(f"parameters.{name}: {error}")
    if not reasons:
        reasons = _contradictions(Parameters(**values))
    if reasons:
        raise Refusal(reasons)
    return Parameters(**values)


def _contradictions(parameters: Parameters) -> list[str]:
    reasons = [
        f"parameters.{low} must be below parameters.{high}"
        for low, high in (
            ("cpu_low_percent", "cpu_high_percent"),
            ("memory_low_percent", "memory_high_percent"),
            ("scaling_target_low_percent", "scaling_target_high_percent"),
            ("min_tasks", "max_tasks"),
        )
        if getattr(parameters, low) >= getattr(parameters, high)
    ]
    reasons += [
        f"parameters.{name} must be at most 100" for name, value in asdict(parameters).items() if _percent(name, value)
    ]
    if parameters.nat_policy not in NAT_POLICIES:
        reasons.append(f"parameters.nat_policy is {parameters.nat_policy!r}; known are {', '.join(NAT_POLICIES)}")
    return reasons


def _percent(name: str, value: Any) -> bool:
    return name.endswith("_percent") and value > 100


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not str(value).isdigit() or int(value) < 1:
        raise ValueError(f"{value!r} is not a whole number above 0")
    return int(value)


def _yes(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither true nor false")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a text")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one for one in value):
        raise ValueError(f"{value!r} is not a list of names")
    return tuple(value)


def _attestations(value: Any) -> dict[str, Attestation]:
    if not isinstance(value, Mapping):
        raise ValueError("is not a dictionary of attestations")
    return {key: _attestation(key, said) for key, said in value.items()}


def _attestation(key: str, said: Any) -> Attestation:
    if key not in ATTESTATIONS:
        raise ValueError(f"{key} cannot be attested; known are {', '.join(ATTESTATIONS)}")
    wanted = {one.name for one in fields(Attestation)}
    if not isinstance(said, Mapping) or set(said) != wanted or not all(said.values()):
        raise ValueError(f"{key} needs exactly {', '.join(sorted(wanted))}")
    return Attestation(parse_date(said["date"]), str(said["by"]), str(said["reference"]))


_READERS = {
    "int": _whole,
    "bool": _yes,
    "str": _text,
    "tuple[str, ...]": _texts,
    "Mapping[str, Attestation]": _attestations,
}
