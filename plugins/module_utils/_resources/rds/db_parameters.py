# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""DB parameter groups and their parameters, the same for clusters and instances.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_WorkingWithParamGroups.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..._engine.aws import Aws
from ..._engine.kind import Kind, State
from ..._engine.tags import to_list
from .common import lookup, tag

CANNOT_CHANGE = "a parameter group keeps its family; give the new engine version a group of another name"
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


def parameter_group(
    kind: str,
    shape: str,
    groups: Callable[..., list[dict[str, Any]]],
    parameters: Callable[[Aws, str], list[dict[str, Any]]],
) -> Kind:
    """A kind of parameter group.

    kind: "db_parameter_group", as in boto3's operations; shape: "DBParameterGroup", as in the API's names of its
    fields; groups, parameters: what reads the groups, and every parameter of the group of a name.
    """
    group_name = f"{shape}Name"

    def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
        return {
            group[group_name]: {
                "name": group[group_name],
                "arn": group[f"{shape}Arn"],
                "family": group["DBParameterGroupFamily"],
                "description": group["Description"],
                "parameters": user_values(group["Parameters"]),
                "tags": group["Tags"],
            }
            for group in groups(aws, names=[item["name"] for item in items])
        }

    def create(aws: Aws, desired: State) -> None:
        aws.call_once(
            "rds",
            f"create_{kind}",
            **{group_name: desired["name"]},
            DBParameterGroupFamily=desired["family"],
            Description=desired["description"],
            Tags=to_list(desired["tags"]),
        )

    def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
        def applicable() -> dict[str, str]:
            every = parameters(aws, found["name"])
            return {item["ParameterName"]: item.get("ApplyType", "static") for item in every}

        named = {group_name: found["name"]}
        set_values(aws, f"modify_{kind}", named, found["parameters"], desired["parameters"], applicable)

    return Kind(
        name=kind,
        role="aurora",
        read=read,
        create=create,
        update=update,
        tag=tag,
        lookup=lookup(kind),
        unchangeable={"family": CANNOT_CHANGE},
        initial=frozenset({"description"}),
        equal={"parameters": same_values},
    )
