# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Cache parameter groups and what is set in them.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyCacheParameterGroup.html: twenty parameters
a call. A parameter that is set to the engine's default may not be among the user's, so that what is missing there is
looked up among all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import elasticache
from ..._engine.aws import Aws
from ..._engine.kind import Kind, State
from ..._engine.tags import to_list
from .common import eventual, lookup, lower_case, tag

PER_CALL = 20


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    wanted = {item["name"]: item.get("parameters") or {} for item in items}
    return {
        group["CacheParameterGroupName"]: {
            "name": group["CacheParameterGroupName"],
            "arn": group["ARN"],
            "family": group["CacheParameterGroupFamily"],
            "description": group["Description"],
            "parameters": _values(aws, group, wanted.get(group["CacheParameterGroupName"], {})),
            "tags": group["Tags"],
        }
        for group in elasticache.parameter_groups(aws, names=sorted(wanted))
    }


def _values(aws: Aws, group: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, str]:
    """What users have set, and of what is wanted also the engine's own values."""
    found = {name: str(one["ParameterValue"]) for name, one in group["Parameters"].items() if "ParameterValue" in one}
    others = set(wanted) - set(found)
    if not others:
        return found
    every = elasticache.parameters(aws, group["CacheParameterGroupName"])
    defaults = {
        one["ParameterName"]: str(one["ParameterValue"])
        for one in every
        if one["ParameterName"] in others and "ParameterValue" in one
    }
    return {**defaults, **found}


def as_text(value: Any) -> str:
    """ElastiCache's form of a value; YAML makes booleans of yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def same_values(found: Mapping[str, str] | None, desired: Mapping[str, Any]) -> bool:
    """Only what is asked for is compared."""
    values = found or {}
    return all(values.get(name) == as_text(value) for name, value in desired.items())


def create(aws: Aws, desired: State) -> None:
    aws.call_once(
        "elasticache",
        "create_cache_parameter_group",
        CacheParameterGroupName=desired["name"],
        CacheParameterGroupFamily=desired["family"],
        Description=desired["description"],
        Tags=to_list(desired["tags"]),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """The parameters that differ; those that are static wait for a restart of the nodes."""
    wanted = {name: as_text(value) for name, value in desired["parameters"].items()}
    names = sorted(name for name, value in wanted.items() if found["parameters"].get(name) != value)
    for start in range(0, len(names), PER_CALL):
        changes = [{"ParameterName": name, "ParameterValue": wanted[name]} for name in names[start : start + PER_CALL]]
        aws.call(
            "elasticache",
            "modify_cache_parameter_group",
            CacheParameterGroupName=found["name"],
            ParameterNameValues=changes,
        )


def check(desired: State) -> list[str]:
    reasons = lower_case(desired["name"])
    if desired["name"].startswith("default."):
        reasons.append("the groups named default. are AWS's own and cannot be changed; give it another name")
    return reasons


CACHE_PARAMETER_GROUP = Kind(
    name="cache_parameter_group",
    role="cache",
    read=read,
    create=create,
    update=update,
    tag=tag,
    lookup=lookup("describe_cache_parameter_groups", "CacheParameterGroups", "CacheParameterGroupName"),
    unchangeable={"family": "a parameter group keeps its family; give the new one a group of another name"},
    initial=frozenset({"description"}),
    equal={"parameters": same_values},
    eventual=eventual,
    check=check,
)
