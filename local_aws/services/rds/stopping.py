# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Clusters that are stopped and started, and what cannot be done to a stopped one.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-cluster-stop-start.html
"""

from __future__ import annotations

import datetime
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.rds import aws, common, states


@aws.before("StopDBCluster")
def stop_rule(call: Any) -> None:
    """Members of a global database and either side of a cross-Region replication cannot be stopped."""
    cluster = common.cluster(call, call.params["DBClusterIdentifier"])
    if cluster.global_cluster_identifier:
        raise common.cluster_state("A DB cluster of an Aurora global database can't be stopped.")
    if cluster.replication_source_identifier or cluster.read_replica_identifiers:
        raise common.cluster_state("A DB cluster that has or is a cross-Region read replica can't be stopped.")


@aws.after("StopDBCluster")
def stopped(call: Any, answer: dict[str, Any]) -> None:
    """Pending changes are removed by it, those of parameter groups excepted; after seven days it starts by itself."""
    cluster = common.cluster(call, call.params["DBClusterIdentifier"])
    cluster.automatic_restart_time = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=7)
    cluster.pending_modified_values = None
    for member in cluster._members:
        member.status, member.pending_modified_values = "stopped", {}
        states.member_of_cluster(call, member.db_instance_identifier, "stopping")
    answer["DBCluster"]["Status"] = "stopping"


@aws.before("StartDBCluster")
def start_rule(call: Any) -> None:
    common.cluster(call, call.params["DBClusterIdentifier"])


@aws.after("StartDBCluster")
def started(call: Any, answer: dict[str, Any]) -> None:
    cluster = common.cluster(call, call.params["DBClusterIdentifier"])
    cluster.automatic_restart_time = None
    for member in cluster._members:
        member.status = "available"
        states.member_of_cluster(call, member.db_instance_identifier, "starting")
    answer["DBCluster"]["Status"] = "starting"


@aws.before("FailoverDBCluster", "AddRoleToDBCluster", "RemoveRoleFromDBCluster", "CreateDBClusterEndpoint")
def cluster_rule(call: Any) -> None:
    cluster = common.cluster(call, call.params["DBClusterIdentifier"])
    if cluster.status == "stopped":
        name = cluster.db_cluster_identifier
        raise common.cluster_state(f"DbCluster {name} is in stopped state but expected it to be one of available.")


@aws.before("CreateDBInstance")
def new_member_rule(call: Any) -> None:
    name = call.params.get("DBClusterIdentifier")
    if name and common.cluster(call, name).status == "stopped":
        raise common.cluster_state(f"DB instances can't be added to the stopped DB cluster {name}.")


@aws.before("ModifyDBInstance", "RebootDBInstance", "DeleteDBInstance")
def member_rule(call: Any) -> None:
    database = common.instance(call, call.params["DBInstanceIdentifier"])
    if common.is_aurora(database) and database.status == "stopped":
        raise Refusal(
            "InvalidDBInstanceState", f"Instance {database.db_instance_identifier} is not in available state.", 400
        )
