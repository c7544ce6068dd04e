# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The knobs of a running emulator; ``POST /_local_aws/settings`` changes them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from local_aws.regions import partitions


@dataclasses.dataclass
class Settings:
    transition_seconds: float = 0.0  # how long a change of state lasts
    transition_polls: int = 0  # or for how many describe calls
    latency_seconds: float = 0.0  # added to every call
    default_encryption: bool = True  # False: new Aurora clusters as before 2026-02-18 (type none, not sse-rds)
    validate: bool = True  # parameters against botocore's model
    partition: str = "aws"  # whose account this is; its regions are the ones that there are
    address_quota: int = 5  # elastic IPs of an account in a region
    bucket_quota: int = 10_000  # buckets of an account: above this ListBuckets answers in pages only
    # What is created and then fails: {"action": "ec2:CreateNatGateway", "code": "...", "message": "..."}
    failing: list[dict[str, str]] = dataclasses.field(default_factory=list)
    # Where an endpoint service is offered, by its last name: {"email-smtp": ["us-east-1a"]}
    endpoint_zones: dict[str, list[str]] = dataclasses.field(default_factory=dict)

    def change(self, values: dict[str, Any]) -> None:
        fields = {field.name: field for field in dataclasses.fields(self)}
        unknown = sorted(set(values) - set(fields))
        if unknown:
            raise ValueError(f"unknown settings {', '.join(unknown)}; there are: {', '.join(fields)}")
        for name, value in values.items():
            setattr(self, name, _checked(name, value, getattr(self, name)))

    def failure(self, action: str) -> dict[str, str] | None:
        """Why what ``action`` (``ec2:CreateNatGateway``) creates is to fail; None where it is not."""
        return next((item for item in self.failing if item["action"] == action), None)

    def reset(self) -> None:
        self.__dict__.update(vars(Settings()))


def _checked(name: str, value: Any, known: Any) -> Any:
    """The value as the setting's type; ValueError where it is none."""
    check = _CHECKS.get(name)
    if check is not None:
        if not check(value):
            raise ValueError(f"{name} cannot be {value!r}")
        return value
    kind = type(known)
    if isinstance(value, bool) != (kind is bool) or not isinstance(value, (int, float)) or value < 0:
        raise ValueError(f"{name} must be a {kind.__name__} of at least 0, not {value!r}")
    return kind(value)


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
