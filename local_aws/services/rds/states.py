# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How long changes of clusters, instances and snapshots show (``local_aws.transitions``)."""

from __future__ import annotations

from local_aws import transitions

transitions.add(
    transitions.Kind(
        service="rds",
        describe="DescribeDBClusters",
        items="DBClusters",
        id="DBClusterIdentifier",
        status="Status",
        asks="DBClusterIdentifier",
        one="DBCluster",
        starts={
            "CreateDBCluster": "creating",
            "RestoreDBClusterFromSnapshot": "creating",
            "RestoreDBClusterToPointInTime": "creating",
            "ModifyDBCluster": "modifying",
            "DeleteDBCluster": "deleting",
            "FailoverDBCluster": "failing-over",
            "StartDBCluster": "starting",
            "StopDBCluster": "stopping",
            "PromoteReadReplicaDBCluster": "promoting",
        },
        refuses=(
            "ModifyDBCluster",
            "DeleteDBCluster",
            "FailoverDBCluster",
            "StartDBCluster",
            "StopDBCluster",
            "CreateDBClusterSnapshot",
            "PromoteReadReplicaDBCluster",
        ),
        refusal="InvalidDBClusterStateFault",
        message="DbCluster {id} is in {state} state but expected it to be one of available.",
    ),
    transitions.Kind(
        service="rds",
        describe="DescribeDBInstances",
        items="DBInstances",
        id="DBInstanceIdentifier",
        status="DBInstanceStatus",
        asks="DBInstanceIdentifier",
        one="DBInstance",
        starts={
            "CreateDBInstance": "creating",
            "ModifyDBInstance": "modifying",
            "RebootDBInstance": "rebooting",
            "DeleteDBInstance": "deleting",
        },
        refuses=("ModifyDBInstance", "RebootDBInstance", "DeleteDBInstance"),
        refusal="InvalidDBInstanceState",
        message="Instance {id} is in {state} state, not available.",
    ),
    transitions.Kind(
        service="rds",
        describe="DescribeDBClusterSnapshots",
        items="DBClusterSnapshots",
        id="DBClusterSnapshotIdentifier",
        status="Status",
        asks="DBClusterSnapshotIdentifier",
        one="DBClusterSnapshot",
        starts={"CreateDBClusterSnapshot": "creating", "CopyDBClusterSnapshot": "copying"},
        refuses=("DeleteDBClusterSnapshot", "CopyDBClusterSnapshot"),
        refusal="InvalidDBClusterSnapshotStateFault",
    ),
)
