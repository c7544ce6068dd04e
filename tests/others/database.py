# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What others have on the stack's database."""

from __future__ import annotations

from typing import Any

from tests.others.common import CLUSTER, SCALED, TEAM, THEIRS, Thing, team_of
from tests.playbook_run import LocalStack


def _database(stack: LocalStack) -> None:
    """Tags, an endpoint, and readers that others have scaled."""
    rds, scaling = stack.boto("rds"), stack.boto("application-autoscaling")
    for arn in _database_arns(rds):
        rds.add_tags_to_resource(ResourceName=arn, Tags=[TEAM])
    rds.create_db_cluster_endpoint(
        DBClusterIdentifier=CLUSTER, DBClusterEndpointIdentifier=f"{CLUSTER}-theirs", EndpointType="READER"
    )
    scaling.register_scalable_target(**SCALED, MinCapacity=1, MaxCapacity=5)
    metric = {"PredefinedMetricType": "RDSReaderAverageDatabaseConnections"}
    scaling.put_scaling_policy(
        **SCALED,
        PolicyName=THEIRS,
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={"PredefinedMetricSpecification": metric, "TargetValue": 300},
    )


def _database_arns(rds: Any) -> list[str]:
    instances = rds.describe_db_instances()["DBInstances"]
    return [
        *(one["DBClusterArn"] for one in rds.describe_db_clusters()["DBClusters"]),
        *(one["DBInstanceArn"] for one in instances),
        *(one["DBSubnetGroupArn"] for one in rds.describe_db_subnet_groups()["DBSubnetGroups"]),
    ]


def _database_seen(stack: LocalStack) -> dict[str, Any]:
    rds, scaling = stack.boto("rds"), stack.boto("application-autoscaling")
    policies = scaling.describe_scaling_policies(ServiceNamespace="rds")["ScalingPolicies"]
    endpoints = rds.describe_db_cluster_endpoints(DBClusterIdentifier=CLUSTER)["DBClusterEndpoints"]
    return {
        "tags": {arn: team_of(rds.list_tags_for_resource(ResourceName=arn)["TagList"]) for arn in _database_arns(rds)},
        "endpoints": [one for one in endpoints if one.get("DBClusterEndpointIdentifier") == f"{CLUSTER}-theirs"],
        "policies": [one for one in policies if one["PolicyName"] == THEIRS],
    }


THINGS = (Thing("database", _database, _database_seen, on="cluster"),)
