# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Parameter groups of instances: the same rules as those of clusters, for fewer parameters."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.rds import aws, catalogue, common, parameter_values, states
from local_aws.services.rds.catalogue_parameters import FIXED_INSTANCE_PARAMETERS, INSTANCE_PARAMETERS


def _groups(call: Any) -> Any:
    """moto's groups, with the defaults that every account has."""
    from moto.rds.models import DBParameterGroup

    groups = call.backend().db_parameter_groups
    for family in dict.fromkeys(catalogue.VERSIONS.values()):
        name = f"default.{family}"
        if name not in groups:
            groups[name] = DBParameterGroup(call.backend(), name, f"Default parameter group for {family}", family)
    return groups


def _group(call: Any, name: str) -> Any:
    found = _groups(call).get(name)
    if found is None:
        raise Refusal("DBParameterGroupNotFound", f"DBParameterGroup not found: {name}", 404)
    return found


@aws.before("CreateDBParameterGroup")
def create_rule(call: Any) -> None:
    """The name is stored as a lowercase string, and an identifier (API reference)."""
    name = call.params["DBParameterGroupName"]
    parameter_values.check_family(call.params["DBParameterGroupFamily"])
    if parameter_values.is_ours(call.params["DBParameterGroupFamily"]):
        common.check_identifier(name, "DBParameterGroupName", longest=255)
    call.change(DBParameterGroupName=name.lower())


@aws.before("DescribeDBParameterGroups")
def with_defaults(call: Any) -> None:
    _groups(call)


@aws.before("ModifyDBParameterGroup", "ResetDBParameterGroup")
def modify_rule(call: Any) -> None:
    group = _group(call, call.params["DBParameterGroupName"])
    if group.name.startswith("default."):
        raise Refusal(
            "InvalidDBParameterGroupState", f"{group.name} is a default parameter group: it can't be modified.", 400
        )
    if parameter_values.is_ours(group.family):
        changes = call.params.get("Parameters", [])
        parameter_values.check(changes, INSTANCE_PARAMETERS, with_value=call.operation.startswith("Modify"))


@aws.after("ModifyDBParameterGroup")
def modified(call: Any, answer: dict[str, Any]) -> None:
    group = _group(call, call.params["DBParameterGroupName"])
    if any(parameter.get("ApplyMethod") == "pending-reboot" for parameter in call.params["Parameters"]):
        _pend(call, group)


def _pend(call: Any, group: Any) -> None:
    for database in call.backend().databases.values():
        if database.db_parameter_group_name == group.name:
            states.awaiting_restart(call, "group_pending_reboot")[database.db_instance_identifier] = group.name


@aws.adds
def reset_db_parameter_group(
    call: Any,
    *,
    db_parameter_group_name: str,
    reset_all_parameters: bool = False,
    parameters: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    group = _group(call, db_parameter_group_name)
    if reset_all_parameters == bool(parameters):
        raise common.combination("Specify either ResetAllParameters or Parameters.")
    for name in (
        list(group.parameters) if reset_all_parameters else [item["ParameterName"] for item in parameters or []]
    ):
        group.parameters.pop(name, None)
    _pend(call, group)
    return {"DBParameterGroupName": group.name}


@aws.before("DeleteDBParameterGroup")
def delete_rule(call: Any) -> None:
    group = _group(call, call.params["DBParameterGroupName"])
    if group.name.startswith("default.") or any(
        database.db_parameter_group_name == group.name for database in call.backend().databases.values()
    ):
        raise Refusal(
            "InvalidDBParameterGroupState", f"One or more database instances are still members of {group.name}.", 400
        )


@aws.adds
def describe_db_parameters(
    call: Any,
    *,
    db_parameter_group_name: str,
    source: str | None = None,
    filters: list[dict[str, Any]] | None = None,
    max_records: int = 100,
    marker: str | None = None,
) -> dict[str, Any]:
    group = _group(call, db_parameter_group_name)
    rows = parameter_values.rows(group.family, group.parameters, INSTANCE_PARAMETERS, FIXED_INSTANCE_PARAMETERS)
    return parameter_values.listed(rows, source, filters, max_records, marker)


@aws.after("DescribeDBInstances", when=lambda call: bool(call.state("group_pending_reboot")))
def group_states(call: Any, answer: dict[str, Any]) -> None:
    """A static parameter that was changed shows until the restart."""
    pending = states.awaiting_restart(call, "group_pending_reboot")
    for instance in answer["DBInstances"]:
        for group in instance.get("DBParameterGroups", []):
            if pending.get(instance["DBInstanceIdentifier"]) == group["DBParameterGroupName"]:
                group["ParameterApplyStatus"] = "pending-reboot"


@aws.after("DeleteDBInstance")
def deleted(call: Any, answer: dict[str, Any]) -> None:
    call.state("group_pending_reboot").pop(call.params["DBInstanceIdentifier"], None)
