# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How long changes of clusters, instances and snapshots show (``local_aws.transitions``), and in which state.

States: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html. A change that is
refused meanwhile: https://github.com/aws-controllers-k8s/community/issues/1107,
https://github.com/hashicorp/terraform-provider-aws/issues/18 (backing-up) and 27325 (a restart). What is pending
before the status becomes another one: terraform-provider-aws 28339 and 45575,
https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-rds/pull/327 and 447 (the storage type).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from local_aws import transitions

_CLUSTERS, _INSTANCES = "DescribeDBClusters", "DescribeDBInstances"
# Parameter of the change -> state meanwhile; the first one that is changed decides, "modifying" for all others.
_CLUSTER_STATES = {
    "EngineVersion": "upgrading",
    "NewDBClusterIdentifier": "renaming",
    "MasterUserPassword": "resetting-master-credentials",
    "ManageMasterUserPassword": "resetting-master-credentials",
    "RotateMasterUserPassword": "resetting-master-credentials",
    "EnableIAMDatabaseAuthentication": "configuring-iam-database-auth",
}
_INSTANCE_STATES = {
    "NewDBInstanceIdentifier": "renaming",
    "MonitoringInterval": "configuring-enhanced-monitoring",
    "MonitoringRoleArn": "configuring-enhanced-monitoring",
}

transitions.add(
    transitions.Kind(
        service="rds",
        describe=_CLUSTERS,
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
            "AddRoleToDBCluster",
            "RemoveRoleFromDBCluster",
            "CreateDBClusterEndpoint",
        ),
        refusal="InvalidDBClusterStateFault",
        message="DbCluster {id} is in {state} state but expected it to be one of available.",
        messages={"ModifyDBCluster": "DB cluster is not available for modification with status {state}"},
        backup="backing-up",
    ),
    transitions.Kind(
        service="rds",
        describe=_INSTANCES,
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
        messages={
            "ModifyDBInstance": "Database instance is not in available state.",
            "RebootDBInstance": "Instance cannot currently reboot due to an in-progress management operation.",
        },
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


def of_cluster(call: Any, name: str) -> str:
    """The state of a change that goes on, "" for none."""
    state: str = call.front.transitions.state(call, _CLUSTERS, name)
    return state


def of_instance(call: Any, name: str) -> str:
    state: str = call.front.transitions.state(call, _INSTANCES, name)
    return state


def restarted(call: Any, name: str) -> None:
    """An instance's restart has begun: what waits for it does so until it is over."""
    call.state("restarts").setdefault(name, set()).update(("pending_reboot", "group_pending_reboot"))


def awaiting_restart(call: Any, what: str, region: str | None = None) -> dict[str, str]:
    """Instance to group of the state what, without those whose restart is over."""
    pending: dict[str, str] = call.state(what, region=region)
    for name, ends in call.state("restarts", region=region).items():
        if what in ends and call.front.transitions.state(call, _INSTANCES, name, region) != "rebooting":
            ends.discard(what)
            pending.pop(name, None)
    return pending


def change_of_cluster(changed: Iterable[str], shows: Mapping[str, Any]) -> transitions.Meanwhile:
    return _meanwhile(changed, _CLUSTER_STATES, shows)


def change_of_instance(changed: Iterable[str], shows: Mapping[str, Any]) -> transitions.Meanwhile:
    return _meanwhile(changed, _INSTANCE_STATES, shows)


def _meanwhile(changed: Iterable[str], states: Mapping[str, str], shows: Mapping[str, Any]) -> transitions.Meanwhile:
    """Nothing that differs makes nothing busy; what shows as pending does so before the status says anything."""
    names = set(changed)
    if not names:
        return transitions.Meanwhile(())
    state = next((state for name, state in states.items() if name in names), "modifying")
    return transitions.Meanwhile((transitions.PENDING, state) if shows else (state,), shows)


def new_instance(monitored: bool) -> transitions.Meanwhile:
    """Enhanced monitoring is set up once the instance is there: https://github.com/aws/aws-cdk/issues/31304."""
    return transitions.Meanwhile(("creating", "configuring-enhanced-monitoring") if monitored else ("creating",))


def first_backup(call: Any, cluster: str) -> None:
    """Aurora backs a cluster up once its first instance is there."""
    phases = (transitions.UNTOUCHED, "backing-up")
    call.front.transitions.begin(call, _CLUSTERS, cluster, transitions.Meanwhile(phases))


def upgrade_of_member(call: Any, name: str, version: str) -> None:
    """Instances are upgraded with their cluster, and show the old version until it is over."""
    change = transitions.Meanwhile((transitions.PENDING, "upgrading"), {"EngineVersion": version})
    call.front.transitions.begin(call, _INSTANCES, name, change)


def member_of_cluster(call: Any, name: str, state: str) -> None:
    """An instance that starts or stops with its cluster, or exports its logs as the cluster says.

    https://github.com/hashicorp/terraform-provider-aws/issues/21541
    """
    call.front.transitions.begin(call, _INSTANCES, name, transitions.Meanwhile((state,)))
