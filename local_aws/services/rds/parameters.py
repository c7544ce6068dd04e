# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Cluster parameter groups: only known, modifiable parameters, static ones at the next reboot."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.rds import aws, common, parameter_values, states
from local_aws.services.rds.catalogue_parameters import FIXED_PARAMETERS, PARAMETERS


def _group(call: Any, name: str) -> Any:
    found = common.groups(call).get(name)
    if found is None:
        raise Refusal("DBParameterGroupNotFound", f"DBClusterParameterGroup not found: {name}", 404)
    return found


@aws.before("CreateDBClusterParameterGroup")
def create_rule(call: Any) -> None:
    """The name is stored as a lowercase string (API reference)."""
    parameter_values.check_family(call.params["DBParameterGroupFamily"])
    call.change(DBClusterParameterGroupName=call.params["DBClusterParameterGroupName"].lower())


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
    if parameter_values.is_ours(group.db_parameter_group_family):
        changes = call.params.get("Parameters", [])
        parameter_values.check(changes, PARAMETERS, with_value=call.operation.startswith("Modify"))


@aws.after("ModifyDBClusterParameterGroup")
def modified(call: Any, answer: dict[str, Any]) -> None:
    group = _group(call, call.params["DBClusterParameterGroupName"])
    if any(parameter["ApplyMethod"] == "pending-reboot" for parameter in call.params["Parameters"]):
        _pend(call, group)


def _pend(call: Any, group: Any) -> None:
    for cluster in call.backend().clusters.values():
        if cluster.parameter_group == group.name:
            pending = states.awaiting_restart(call, "pending_reboot")
            for member in cluster._members:
                pending[member.db_instance_identifier] = cluster.db_cluster_identifier


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
    rows = parameter_values.rows(group.db_parameter_group_family, group.parameters, PARAMETERS, FIXED_PARAMETERS)
    return parameter_values.listed(rows, source, filters, max_records, marker)
