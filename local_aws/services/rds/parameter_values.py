# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What groups of clusters and of instances share: which parameters may be set to what, and how they are listed.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBClusterParameterGroup.html and
https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBParameterGroup.html. A parameter that is set to
its default keeps its source: https://github.com/hashicorp/terraform-provider-aws/issues/23335.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from local_aws.services.rds import catalogue, common
from local_aws.services.rds.catalogue_parameters import FIXED_PARAMETERS, PARAMETERS, default

_RANGE = re.compile(r"(\d+)-(\d+)")
_SOURCES = ("user", "system", "engine-default")
_PER_CALL = 20
_OTHER_ENGINES = (
    "aurora-postgresql",
    "custom-",
    "db2-",
    "docdb",
    "mariadb",
    "mysql",
    "neptune",
    "oracle-",
    "postgres",
    "sqlserver-",
)


def check_family(family: str) -> None:
    if family not in catalogue.VERSIONS.values() and not family.startswith(_OTHER_ENGINES):
        raise common.value(f"ParameterGroupFamily {family} is not a valid parameter group family")


def is_ours(family: str) -> bool:
    return family.startswith("aurora-mysql")


def check(parameters: Sequence[Mapping[str, Any]], known: Collection[str], with_value: bool) -> None:
    if len(parameters) > _PER_CALL:
        raise common.value(f"A maximum of {_PER_CALL} parameters can be modified in a single request.")
    for parameter in parameters:
        _check_one(parameter, known, with_value)


def _check_one(parameter: Mapping[str, Any], known: Collection[str], with_value: bool) -> None:
    name, method = str(parameter.get("ParameterName")), parameter.get("ApplyMethod")
    if name in FIXED_PARAMETERS:
        raise common.value(f"The parameter {name} cannot be modified.")
    if name not in known:
        raise common.value(f"Could not find parameter with name: {name}")
    if method not in ("immediate", "pending-reboot"):
        raise common.combination("ApplyMethod must be immediate or pending-reboot.")
    _unused, allowed, static = PARAMETERS[name]
    if static and method == "immediate":
        raise common.combination(f"Cannot use immediate apply method for static parameter: {name}")
    if not with_value:
        return
    value = parameter.get("ParameterValue")
    if value is None:
        raise common.combination(f"A value is needed for parameter {name}.")
    if isinstance(allowed, tuple) and value not in allowed and value.upper() not in allowed:
        raise common.value(f"Invalid parameter value: {value} for: {name} allowed values are: {','.join(allowed)}")
    if isinstance(allowed, str):
        low, high = (int(bound) for bound in _RANGE.fullmatch(allowed).groups())  # type: ignore[union-attr]
        if not re.fullmatch(r"\d+(\.\d+)?", value) or not low <= float(value) <= high:
            raise common.value(f"Invalid parameter value: {value} for: {name} allowed values are: {allowed}")


def listed(
    rows: Sequence[dict[str, Any]],
    source: str | None,
    filters: Sequence[Mapping[str, Any]] | None,
    max_records: int,
    marker: str | None,
) -> dict[str, Any]:
    """The answer of a Describe: by source, by the only filter there is, parameter-name, and page by page."""
    if source not in (None, *_SOURCES):
        raise common.value(f"Invalid source {source}. Valid values are {', '.join(_SOURCES)}.")
    if not 20 <= max_records <= 100:
        raise common.value(f"Invalid value {max_records} for MaxRecords. Must be between 20 and 100")
    found = [row for row in rows if source in (None, row["Source"])]
    for wanted in filters or []:
        if wanted["Name"] != "parameter-name":
            raise common.value(f"Unrecognized filter name: {wanted['Name']}")
        found = [row for row in found if row["ParameterName"] in wanted["Values"]]
    first = int(marker or 0)
    answer: dict[str, Any] = {"Parameters": found[first : first + max_records]}
    if first + max_records < len(found):
        answer["Marker"] = str(first + max_records)
    return answer


def rows(
    family: str, values: Mapping[str, Any], known: Collection[str], fixed: Collection[str]
) -> list[dict[str, Any]]:
    """Each parameter as Describe shows it; values is what was set, by name."""
    if not is_ours(family):
        return [{"ParameterName": name, "Source": "user", **dict(item)} for name, item in values.items()]
    shown = [_row(name, default(family, name), values.get(name)) for name in sorted(known)]
    return shown + [_fixed_row(name) for name in sorted(fixed)]


def _fixed_row(name: str) -> dict[str, Any]:
    return {
        "ParameterName": name,
        "ParameterValue": FIXED_PARAMETERS[name],
        "Source": "system",
        "ApplyType": "static",
        "DataType": "string",
        "IsModifiable": False,
        "ApplyMethod": "pending-reboot",
    }


def _row(name: str, unset: str | None, changed: Mapping[str, Any] | None) -> dict[str, Any]:
    _unused, allowed, static = PARAMETERS[name]
    value = changed["ParameterValue"] if changed else unset
    same = _same(value, unset, allowed)
    source = "engine-default" if unset is None else "system"
    row = {
        "ParameterName": name,
        "ParameterValue": value,
        "Source": source if same else "user",
        "ApplyType": "static" if static else "dynamic",
        "ApplyMethod": changed["ApplyMethod"] if changed else "pending-reboot",
        "DataType": _data_type(allowed),
        "IsModifiable": True,
        "SupportedEngineModes": ["provisioned"],
    }
    if allowed:
        row["AllowedValues"] = allowed if isinstance(allowed, str) else ",".join(allowed)
    return {key: item for key, item in row.items() if item is not None}


def _same(value: str | None, unset: str | None, allowed: Any) -> bool:
    if value is None or unset is None or not isinstance(allowed, tuple):
        return value == unset
    return value.upper() == unset.upper()


def _data_type(allowed: Any) -> str:
    if allowed == ("0", "1"):
        return "boolean"
    return "integer" if isinstance(allowed, str) else "string"
