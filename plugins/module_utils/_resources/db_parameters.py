# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Parameters of DB parameter groups, the same for clusters and instances.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_WorkingWithParamGroups.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .._engine.aws import Aws

PER_CALL = 20
_WORDS = {"ON": "1", "OFF": "0", "TRUE": "1", "FALSE": "0"}


def user_values(parameters: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Name to value of the parameters that someone has set."""
    return {name: str(item["ParameterValue"]) for name, item in parameters.items() if "ParameterValue" in item}


def same_values(found: Mapping[str, str] | None, desired: Mapping[str, Any]) -> bool:
    """Only what is asked for is compared; ON and 1 are the same, so is the order of a list."""
    values = found or {}
    return all(name in values and _normal(values[name]) == _normal(value) for name, value in desired.items())


def _normal(value: Any) -> Any:
    text = as_text(value).strip()
    text = _WORDS.get(text.upper(), text)
    if "," in text:
        return sorted(part.strip().upper() for part in text.split(","))
    try:
        return float(text)
    except ValueError:
        return text.upper()


def as_text(value: Any) -> str:
    """RDS's form of a value; YAML's booleans become 1 and 0."""
    return str(int(value)) if isinstance(value, bool) else str(value)


def set_values(
    aws: Aws,
    operation: str,
    group: Mapping[str, str],
    found: Mapping[str, str],
    desired: Mapping[str, Any],
    applicable: Callable[[], dict[str, str]],
) -> None:
    """Set the parameters that differ, at most PER_CALL a call. applicable() gives each one's ApplyType.

    A static parameter can only be set pending-reboot; a dynamic one is set at once.
    """
    wanted = {name: as_text(value) for name, value in desired.items() if not same_values(found, {name: value})}
    types = applicable()
    changes = [
        {
            "ParameterName": name,
            "ParameterValue": value,
            "ApplyMethod": "immediate" if types.get(name) == "dynamic" else "pending-reboot",
        }
        for name, value in sorted(wanted.items())
    ]
    for start in range(0, len(changes), PER_CALL):
        aws.call("rds", operation, **group, Parameters=changes[start : start + PER_CALL])
