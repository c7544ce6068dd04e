# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Custom endpoints of Aurora clusters.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBClusterEndpoint.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._describe import rds
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State, Wait, same_members
from ..._engine.tags import to_list
from .common import busy, lower_case, tag
from .db_cluster import DB_CLUSTER

_TYPES = {"any": "ANY", "reader": "READER"}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    names = [item["name"] for item in items]
    return {
        endpoint["DBClusterEndpointIdentifier"]: {
            "name": endpoint["DBClusterEndpointIdentifier"],
            "arn": endpoint["DBClusterEndpointArn"],
            "cluster": endpoint["DBClusterIdentifier"],
            "endpoint": endpoint.get("Endpoint"),
            "type": (endpoint.get("CustomEndpointType") or "").lower(),
            "members": sorted(endpoint.get("StaticMembers") or []),
            "excluded_members": sorted(endpoint.get("ExcludedMembers") or []),
            "status": endpoint["Status"],
            "tags": endpoint["Tags"],
        }
        for endpoint in rds.db_cluster_endpoints(aws, names=names)
    }


def create(aws: Aws, desired: State) -> None:
    aws.call_once(
        "rds",
        "create_db_cluster_endpoint",
        DBClusterEndpointIdentifier=desired["name"],
        DBClusterIdentifier=desired["cluster"],
        **_settings(desired),
        Tags=to_list(desired["tags"]),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """A list of members is given whole and takes the place of the one before."""
    aws.call("rds", "modify_db_cluster_endpoint", DBClusterEndpointIdentifier=found["name"], **_settings(desired))


def _settings(desired: State) -> dict[str, Any]:
    settings: dict[str, Any] = {"EndpointType": _TYPES[desired["type"]]}
    if desired.get("members"):
        settings["StaticMembers"] = desired["members"]
    elif desired.get("excluded_members"):
        settings["ExcludedMembers"] = desired["excluded_members"]
    return settings


def check(desired: State) -> list[str]:
    reasons = lower_case(desired["name"])
    if desired.get("members") and desired.get("excluded_members"):
        reasons.append("give members or excluded_members, not both")
    return reasons


DB_CLUSTER_ENDPOINT = Kind(
    name="db_cluster_endpoint",
    role="aurora",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={"cluster": Reference(DB_CLUSTER, "name")},
    unchangeable={"cluster": "an endpoint keeps its cluster; give the new one another name"},
    equal={"members": same_members, "excluded_members": same_members},
    wait=Wait(ready=frozenset({"available", "inactive"}), timeout=600),
    busy=busy,
    check=check,
)
