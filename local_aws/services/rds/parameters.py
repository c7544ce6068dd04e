# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Cluster parameter groups: only known, modifiable parameters, static ones at the next reboot."""

from __future__ import annotations

import re
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.rds import aws, catalogue, common

_RANGE = re.compile(r"(\d+)-(\d+)")


def _group(call: Any, name: str) -> Any:
    found = common.groups(call).get(name)
    if found is None:
        raise Refusal("DBParameterGroupNotFound", f"DBClusterParameterGroup not found: {name}", 404)
    return found


def _is_mysql(group: Any) -> bool:
    return bool(group.db_parameter_group_family.startswith("aurora-mysql"))


@aws.before("CreateDBClusterParameterGroup")
def create_rule(call: Any) -> None:
    family = call.params["DBParameterGroupFamily"]
    if family.startswith("aurora-mysql") and family not in catalogue.VERSIONS.values():
        raise common.value(f"ParameterGroupFamily {family} is not a valid parameter group family")


@aws.before("DescribeDBClusterParameterGroups")
def with_defaults(call: Any) -> None:
    common.groups(call)


@aws.before("ModifyDBClusterParameterGroup", "ResetDBClusterParameterGroup")
def modify_rule(call: Any) -> None:
    group = _group(call, call.params["DBClusterParameterGroupName"])
    if group.name.startswith("default."):
        raise Refusal(
            "InvalidDBParameterGroupState", f"{group.name} is a default parameter group: it can't be modified.", 400
        )
    if len(call.params.get("Parameters", [])) > 20:
        raise common.value("A maximum of 20 parameters can be modified in a single request.")
    if _is_mysql(group):
        for parameter in call.params.get("Parameters", []):
            _check(parameter, group, with_value=call.operation.startswith("Modify"))


def _check(parameter: dict[str, Any], group: Any, with_value: bool) -> None:
    name, method = parameter.get("ParameterName"), parameter.get("ApplyMethod")
    if name in catalogue.FIXED_PARAMETERS:
        raise common.value(f"The parameter {name} cannot be modified.")
    if name not in catalogue.PARAMETERS:
        raise common.value(f"Could not find parameter with name: {name}")
    if method not in ("immediate", "pending-reboot"):
        raise common.combination("ApplyMethod must be immediate or pending-reboot.")
    _unused, allowed, static = catalogue.PARAMETERS[name]
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


@aws.after("ModifyDBClusterParameterGroup")
def modified(call: Any, answer: dict[str, Any]) -> None:
    group = _group(call, call.params["DBClusterParameterGroupName"])
    if any(parameter["ApplyMethod"] == "pending-reboot" for parameter in call.params["Parameters"]):
        _pend(call, group)


def _pend(call: Any, group: Any) -> None:
    for cluster in call.backend().clusters.values():
        if cluster.parameter_group == group.name:
            for member in cluster._members:
                call.state("pending_reboot")[member.db_instance_identifier] = cluster.db_cluster_identifier


@aws.adds
def reset_db_cluster_parameter_group(
    call: Any,
    *,
    db_cluster_parameter_group_name: str,
    reset_all_parameters: bool = False,
    parameters: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    group = _group(call, db_cluster_parameter_group_name)
    if reset_all_parameters == bool(parameters):
        raise common.combination("Specify either ResetAllParameters or Parameters.")
    for name in (
        list(group.parameters) if reset_all_parameters else [item["ParameterName"] for item in parameters or []]
    ):
        group.parameters.pop(name, None)
    _pend(call, group)
    return {"DBClusterParameterGroupName": group.name}


@aws.before("DeleteDBClusterParameterGroup")
def delete_rule(call: Any) -> None:
    group = _group(call, call.params["DBClusterParameterGroupName"])
    if group.name.startswith("default.") or any(
        cluster.parameter_group == group.name for cluster in call.backend().clusters.values()
    ):
        raise Refusal(
            "InvalidDBParameterGroupState", f"One or more clusters use the parameter group {group.name}.", 400
        )


@aws.adds
def describe_db_cluster_parameters(
    call: Any,
    *,
    db_cluster_parameter_group_name: str,
    source: str | None = None,
    filters: list[dict[str, Any]] | None = None,
    max_records: int = 100,
    marker: str | None = None,
) -> dict[str, Any]:
    group = _group(call, db_cluster_parameter_group_name)
    if source not in (None, "user", "system", "engine-default", "customer", "service"):
        raise common.value(f"Invalid source {source}")
    found = [item for item in _all(group) if source in (None, item["Source"])]
    for wanted in filters or []:
        if wanted["Name"] != "parameter-name":
            raise common.value(f"Unrecognized filter name: {wanted['Name']}")
        found = [item for item in found if item["ParameterName"] in wanted["Values"]]
    first = int(marker or 0)
    answer: dict[str, Any] = {"Parameters": found[first : first + max_records]}
    if first + max_records < len(found):
        answer["Marker"] = str(first + max_records)
    return answer


def _all(group: Any) -> list[dict[str, Any]]:
    if not _is_mysql(group):
        return [{"ParameterName": name, "Source": "user", **dict(values)} for name, values in group.parameters.items()]
    rows = []
    for name, (default, allowed, static) in sorted(catalogue.PARAMETERS.items()):
        changed = group.parameters.get(name)
        row = {
            "ParameterName": name,
            "ParameterValue": changed["ParameterValue"] if changed else default,
            "Source": "user" if changed else ("engine-default" if default is None else "system"),
            "ApplyType": "static" if static else "dynamic",
            "ApplyMethod": changed["ApplyMethod"] if changed else "pending-reboot",
            "DataType": "string",
            "IsModifiable": True,
            "SupportedEngineModes": ["provisioned"],
        }
        if allowed:
            row["AllowedValues"] = allowed if isinstance(allowed, str) else ",".join(allowed)
        rows.append({key: value for key, value in row.items() if value is not None})
    for name, value in catalogue.FIXED_PARAMETERS.items():
        rows.append(
            {
                "ParameterName": name,
                "ParameterValue": value,
                "Source": "system",
                "ApplyType": "static",
                "IsModifiable": False,
            }
        )
    return rows
