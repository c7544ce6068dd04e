# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The knobs of a running emulator; ``POST /_local_aws/settings`` changes them."""

from __future__ import annotations

import dataclasses
import fnmatch
import math
from collections.abc import Callable
from typing import Any

from local_aws.lag.tables import READS
from local_aws.regions import partitions


@dataclasses.dataclass
class Settings:
    transition_seconds: float = 0.0  # how long a change of state lasts
    transition_polls: int = 0  # or for how many describe calls
    pending_seconds: float = 0.0  # how long a change of RDS waits before it begins, shown as pending meanwhile
    pending_polls: int = 0  # or for how many describe calls
    backing_up: bool = False  # every cluster is found in its backup once, for as long as a transition
    scaling_polls: int = 0  # so many policies of a new scalable target are refused, as it is not there yet
    scaling_conflicts: int = 0  # so many changes of scalable targets and policies collide with another
    latency_seconds: float = 0.0  # added to every call
    default_encryption: bool = True  # False: new Aurora clusters as before 2026-02-18 (type none, not sse-rds)
    validate: bool = True  # parameters against botocore's model
    lag_seconds: float = 0.0  # how long reads do not see what was written
    lag_polls: int = 0  # or how many reads of it
    lag_stagger: bool = False  # each read lags 0.5 to 1.5 times as long, by its name
    lag_flicker: bool = False  # the second read that could see it is stale again, once
    lag_writes: bool = False  # EC2's writes do not know ids that reads do not show yet
    lag_actions: tuple[str, ...] = ("*",)  # globs over service:Operation of the reads that lag
    tag_seconds: float = 0.0  # how much later than the thing the tags of its creation are seen
    role_seconds: float = 0.0  # how long a new role cannot be assumed
    role_polls: int = 0  # or how many uses of it are refused
    key_seconds: float = 0.0  # how long a new KMS key is not found, and as long again disabled
    key_polls: int = 0  # or for how many operations on it
    partition: str = "aws"  # whose account this is; its regions are the ones that there are
    handshakes: bool = False  # somebody completes the handshake of every connection of CodeConnections
    address_quota: int = 5  # elastic IPs of an account in a region
    bucket_quota: int = 10_000  # buckets of an account: above this ListBuckets answers in pages only
    # What is created and then fails: {"action": "ec2:CreateNatGateway", "code": "...", "message": "..."}
    failing: list[dict[str, str]] = dataclasses.field(default_factory=list)
    # Where an endpoint service is offered, by its last name: {"email-smtp": ["us-east-1a"]}
    endpoint_zones: dict[str, list[str]] = dataclasses.field(default_factory=dict)

    def change(self, values: dict[str, Any]) -> None:
        """All of the values, or none of them where one is wrong (ValueError)."""
        fields = {field.name: field for field in dataclasses.fields(self)}
        unknown = sorted(set(values) - set(fields))
        if unknown:
            raise ValueError(f"unknown settings {', '.join(unknown)}; there are: {', '.join(fields)}")
        initial = Settings()
        checked = {name: _checked(name, value, getattr(initial, name)) for name, value in values.items()}
        for name, value in checked.items():
            setattr(self, name, value)

    def failure(self, action: str) -> dict[str, str] | None:
        """Why what ``action`` (``ec2:CreateNatGateway``) creates is to fail; None where it is not."""
        return next((item for item in self.failing if item["action"] == action), None)

    def reset(self) -> None:
        self.__dict__.update(vars(Settings()))


def _checked(name: str, value: Any, default: Any) -> Any:
    check = _CHECKS.get(name)
    if check is not None:
        if not check(value):
            raise ValueError(f"{name} cannot be {value!r}")
        return value
    if isinstance(default, tuple):
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) and item for item in value):
            raise ValueError(f"{name} must be a list of texts, not {value!r}")
        unknown = [item for item in value if not fnmatch.filter(READS, item)]
        if unknown:
            raise ValueError(f"{name}: no read that lags is called {unknown[0]!r}; there are: {', '.join(READS)}")
        return tuple(value)
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise ValueError(f"{name} must be true or false, not {value!r}")
        return value
    whole = isinstance(default, int)
    fits = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
    if not fits or value < 0 or not math.isfinite(value):
        raise ValueError(f"{name} must be a {'whole number' if whole else 'number'} of at least 0, not {value!r}")
    return type(default)(value)


def _is_failing(value: Any) -> bool:
    wanted = {"action", "code", "message"}
    return isinstance(value, list) and all(isinstance(item, dict) and set(item) == wanted for item in value)


def _are_zones(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(zones, list) for zones in value.values())


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "partition": lambda value: value in partitions(),
    "failing": _is_failing,
    "endpoint_zones": _are_zones,
}
