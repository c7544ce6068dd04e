# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Cache parameter groups: twenty parameters a call, the engine's own groups unchangeable.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyCacheParameterGroup.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.elasticache import aws, catalogue, common
from local_aws.services.elasticache.tags import put

_PER_CALL = 20
_RANGE = re.compile(r"(-?\d+)-(\d*)")
_SOURCES = ("user", "system", "engine-default")


def _own(call: Any) -> dict[str, common.Thing]:
    return call.state("parameter_groups")


def _defaults(call: Any) -> dict[str, common.Thing]:
    found = {}
    for family in sorted(catalogue.families()):
        name = f"default.{family}"
        found[name] = common.Thing(name, _shape(call, name, family, f"Default parameter group for {family}"), values={})
    return found


def _shape(call: Any, name: str, family: str, description: str) -> dict[str, Any]:
    return {
        "CacheParameterGroupName": name,
        "CacheParameterGroupFamily": family,
        "Description": description,
        "IsGlobal": False,
        "ARN": common.arn(call, "parametergroup", name),
    }


def find(call: Any, name: str) -> common.Thing:
    found = {**_defaults(call), **_own(call)}.get(name.lower())
    if found is None:
        raise Refusal("CacheParameterGroupNotFound", f"CacheParameterGroup not found: {name}", 404)
    return found


def for_engine(call: Any, name: str | None, engine: str, version: str) -> str:
    """The name of a group that suits the version; its family's default without a name."""
    family = catalogue.family(engine, version)
    if not name:
        return f"default.{family}"
    thing = find(call, name)
    if thing.shape["CacheParameterGroupFamily"] != family:
        found = thing.shape["CacheParameterGroupFamily"]
        raise common.combination(f"Expected a parameter group of family {family}, but found one of family {found}")
    if thing.hidden["values"].get("cluster-enabled") == "yes":
        raise common.combination(f"{thing.id} enables cluster mode, and the replication group does not.")
    return thing.id


@aws.adds
def create_cache_parameter_group(
    call: Any,
    *,
    cache_parameter_group_name: str,
    cache_parameter_group_family: str,
    description: str,
    tags: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    name = common.check_identifier(cache_parameter_group_name, "CacheParameterGroupName", 255)
    if cache_parameter_group_family not in catalogue.families():
        raise common.value(f"CacheParameterGroupFamily {cache_parameter_group_family} is not a valid family")
    if name in _own(call):
        raise Refusal("CacheParameterGroupAlreadyExists", f"Cache parameter group {name} already exists.", 400)
    shape = _shape(call, name, cache_parameter_group_family, description)
    _own(call)[name] = common.Thing(name, shape, values={})
    put(call, shape["ARN"], tags)
    return {"CacheParameterGroup": shape}


@aws.adds
def describe_cache_parameter_groups(
    call: Any,
    *,
    cache_parameter_group_name: str | None = None,
    max_records: int | None = None,
    marker: str | None = None,
) -> dict[str, Any]:
    if cache_parameter_group_name:
        return {"CacheParameterGroups": [find(call, cache_parameter_group_name).shape]}
    every = [thing.shape for _name, thing in sorted({**_defaults(call), **_own(call)}.items())]
    return common.page(every, "CacheParameterGroups", max_records, marker)


@aws.adds
def describe_cache_parameters(
    call: Any,
    *,
    cache_parameter_group_name: str,
    source: str | None = None,
    max_records: int | None = None,
    marker: str | None = None,
) -> dict[str, Any]:
    thing = find(call, cache_parameter_group_name)
    if source not in (None, *_SOURCES):
        raise common.value(f"Invalid source {source}. Valid values are {', '.join(_SOURCES)}.")
    rows = [_row(name, thing.hidden["values"]) for name in sorted(catalogue.PARAMETERS)]
    return common.page([row for row in rows if source in (None, row["Source"])], "Parameters", max_records, marker)


def _row(name: str, values: Mapping[str, str]) -> dict[str, Any]:
    """A parameter that is set to its default is not among the user's."""
    known = catalogue.PARAMETERS[name]
    shown = values.get(name, known.default)
    return {
        "ParameterName": name,
        "ParameterValue": shown,
        "Description": f"{name} of the engine",
        "Source": "system" if shown == known.default else "user",
        "DataType": known.kind,
        "AllowedValues": known.allowed,
        "IsModifiable": known.modifiable,
        "MinimumEngineVersion": "5.0.0",
        "ChangeType": known.change,
    }


def _changeable(call: Any, name: str) -> common.Thing:
    thing = find(call, name)
    if thing.id.startswith("default."):
        raise Refusal(
            "InvalidCacheParameterGroupState", f"{thing.id} is a default parameter group: it can't be modified.", 400
        )
    return thing


def _check(one: Mapping[str, Any], *, with_value: bool) -> None:
    name, wanted = str(one.get("ParameterName")), one.get("ParameterValue")
    known = catalogue.PARAMETERS.get(name)
    if known is None:
        raise common.value(f"Could not find parameter with name: {name}")
    if not known.modifiable:
        raise common.value(f"The parameter {name} cannot be modified.")
    if with_value and not _allowed(known, wanted):
        raise common.value(f"Invalid parameter value: {wanted} for: {name} allowed values are: {known.allowed}")


def _allowed(known: catalogue.Parameter, wanted: Any) -> bool:
    if wanted is None:
        return False
    if known.allowed == "*" or wanted in known.allowed.split(","):
        return True
    ranges = [found for part in known.allowed.split(",") if (found := _RANGE.fullmatch(part))]
    if not re.fullmatch(r"-?\d+", wanted):
        return False
    return any(int(one[1]) <= int(wanted) and (not one[2] or int(wanted) <= int(one[2])) for one in ranges)


@aws.adds
def modify_cache_parameter_group(
    call: Any, *, cache_parameter_group_name: str, parameter_name_values: list[dict[str, Any]]
) -> dict[str, Any]:
    thing = _changeable(call, cache_parameter_group_name)
    if len(parameter_name_values) > _PER_CALL:
        raise common.value(f"A maximum of {_PER_CALL} parameters can be modified in a single request.")
    for one in parameter_name_values:
        _check(one, with_value=True)
    thing.hidden["values"].update({one["ParameterName"]: one["ParameterValue"] for one in parameter_name_values})
    return {"CacheParameterGroupName": thing.id}


@aws.adds
def reset_cache_parameter_group(
    call: Any,
    *,
    cache_parameter_group_name: str,
    reset_all_parameters: bool = False,
    parameter_name_values: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    thing = _changeable(call, cache_parameter_group_name)
    if reset_all_parameters == bool(parameter_name_values):
        raise common.combination("Specify either ResetAllParameters or ParameterNameValues.")
    if len(parameter_name_values or []) > _PER_CALL:
        raise common.value(f"A maximum of {_PER_CALL} parameters can be reset in a single request.")
    for one in parameter_name_values or []:
        _check(one, with_value=False)
    names = list(thing.hidden["values"]) if reset_all_parameters else parameter_name_values or []
    for one in names:
        thing.hidden["values"].pop(one if isinstance(one, str) else one["ParameterName"], None)
    return {"CacheParameterGroupName": thing.id}


@aws.adds
def delete_cache_parameter_group(call: Any, *, cache_parameter_group_name: str) -> dict[str, Any]:
    thing = _changeable(call, cache_parameter_group_name)
    backend = call.backend()
    used = {one.hidden["parameter_group"] for one in backend.replication_groups.values()}
    used |= {one.shape["CacheParameterGroup"]["CacheParameterGroupName"] for one in backend.cache_clusters.values()}
    if thing.id in used:
        raise Refusal("InvalidCacheParameterGroupState", f"One or more cache clusters use {thing.id}.", 400)
    del _own(call)[thing.id]
    return {}
