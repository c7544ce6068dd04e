# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The knobs of a running emulator; ``POST /_local_aws/settings`` changes them."""

from __future__ import annotations

import dataclasses
from typing import Any


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

    def change(self, values: dict[str, Any]) -> None:
        fields = {field.name: field for field in dataclasses.fields(self)}
        unknown = sorted(set(values) - set(fields))
        if unknown:
            raise ValueError(f"unknown settings {', '.join(unknown)}; there are: {', '.join(fields)}")
        for name, value in values.items():
            kind = type(getattr(self, name))
            if isinstance(value, bool) != (kind is bool) or not isinstance(value, (int, float)) or value < 0:
                raise ValueError(f"{name} must be a {kind.__name__} of at least 0, not {value!r}")
            setattr(self, name, kind(value))

    def reset(self) -> None:
        for field in dataclasses.fields(self):
            setattr(self, field.name, field.default)
