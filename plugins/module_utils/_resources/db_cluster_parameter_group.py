# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""DB cluster parameter groups: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBClusterParameterGroup.html"""

from __future__ import annotations

from collections.abc import Sequence

from .._describe import rds
from .._engine.aws import Aws
from .._engine.kind import Kind, State
from .._engine.tags import to_list
from .db_parameters import same_values, set_values, user_values
from .rds_common import lookup, tag

CANNOT_CHANGE = "a parameter group keeps its family; give the new engine version a group of another name"


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    groups = rds.db_cluster_parameter_groups(aws, names=[item["name"] for item in items])
    return {
        group["DBClusterParameterGroupName"]: {
            "name": group["DBClusterParameterGroupName"],
            "arn": group["DBClusterParameterGroupArn"],
            "family": group["DBParameterGroupFamily"],
            "description": group["Description"],
            "parameters": user_values(group["Parameters"]),
            "tags": group["Tags"],
        }
        for group in groups
    }


def create(aws: Aws, desired: State) -> None:
    aws.call_once(
        "rds",
        "create_db_cluster_parameter_group",
        DBClusterParameterGroupName=desired["name"],
        DBParameterGroupFamily=desired["family"],
        Description=desired["description"],
        Tags=to_list(desired["tags"]),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    def applicable() -> dict[str, str]:
        every = rds.db_cluster_parameters(aws, found["name"])
        return {item["ParameterName"]: item.get("ApplyType", "static") for item in every}

    group = {"DBClusterParameterGroupName": found["name"]}
    set_values(aws, "modify_db_cluster_parameter_group", group, found["parameters"], desired["parameters"], applicable)


DB_CLUSTER_PARAMETER_GROUP = Kind(
    name="db_cluster_parameter_group",
    role="aurora",
    read=read,
    create=create,
    update=update,
    tag=tag,
    lookup=lookup("db_cluster_parameter_group"),
    unchangeable={"family": CANNOT_CHANGE},
    initial=frozenset({"description"}),
    equal={"parameters": same_values},
)
