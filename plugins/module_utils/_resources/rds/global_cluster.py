# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Aurora global databases: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateGlobalCluster.html"""

from __future__ import annotations

from collections.abc import Sequence

from ..._describe import rds
from ..._engine.aws import Aws
from ..._engine.kind import Kind, Reference, State, Wait
from ..._engine.tags import to_list
from .common import busy, lower_case, tag
from .db_cluster import DB_CLUSTER


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    names = {item["name"] for item in items}
    found = {}
    for cluster in rds.global_clusters(aws, names=sorted(names)):
        if cluster["GlobalClusterIdentifier"] not in names:
            continue
        members = cluster.get("GlobalClusterMembers") or []
        found[cluster["GlobalClusterIdentifier"]] = {
            "name": cluster["GlobalClusterIdentifier"],
            "arn": cluster["GlobalClusterArn"],
            "status": cluster["Status"],
            "engine": cluster.get("Engine"),
            "engine_version": cluster.get("EngineVersion"),
            "deletion_protection": cluster.get("DeletionProtection", False),
            "writer": next((member["DBClusterArn"] for member in members if member.get("IsWriter")), None),
            "members": sorted(member["DBClusterArn"] for member in members),
            "tags": cluster["Tags"],
        }
    return found


def create(aws: Aws, desired: State) -> None:
    """Around the existing primary, whose engine, version and encryption it takes over."""
    aws.call_once(
        "rds",
        "create_global_cluster",
        GlobalClusterIdentifier=desired["name"],
        SourceDBClusterIdentifier=desired["source"],
        DeletionProtection=desired["deletion_protection"],
        Tags=to_list(desired["tags"]),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    aws.call(
        "rds",
        "modify_global_cluster",
        GlobalClusterIdentifier=found["name"],
        DeletionProtection=desired["deletion_protection"],
    )


# Which cluster writes is changed by a switchover or a failover, and is theirs afterwards: source is for creation.
GLOBAL_CLUSTER = Kind(
    name="db_global_cluster",
    role="aurora",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={"source": Reference(DB_CLUSTER, "arn")},
    initial=frozenset({"source"}),
    wait=Wait(ready=frozenset({"available"}), timeout=1800, poll=10),
    busy=busy,
    check=lambda desired: lower_case(desired["name"]),
)
