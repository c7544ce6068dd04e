# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What somebody may have changed by hand: put in by boto3, seen by --check, repaired by the role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Boto = Callable[..., Any]
Names = Mapping[str, str]

NAMES = {
    "cluster": "mywebapp-prod-aurora",
    "first": "mywebapp-prod-aurora-1",
    "second": "mywebapp-prod-aurora-2",
    "group": "mywebapp-prod-aurora",
    "subnet_group": "mywebapp-prod-db-subnet-group",
    "topic": "mywebapp-prod-database-events",
    "role": "mywebapp-prod-rds-monitoring",
    "log_group": "/aws/rds/cluster/mywebapp-prod-aurora/audit",
    "subscription": "mywebapp-prod-aurora-cluster-events",
    "instance_subscription": "mywebapp-prod-aurora-instance-events",
    "target": "cluster:mywebapp-prod-aurora",
    "policy": "mywebapp-prod-aurora-readers-cpu",
}
DIMENSION = "rds:cluster:ReadReplicaCount"
RDS_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"


@dataclass(frozen=True)
class Drift:
    """put_in(boto, names) makes it; repaired(boto, names) is true when it is gone; task: the one that sees it."""

    name: str
    task: str
    put_in: Callable[[Boto, Names], Any]
    repaired: Callable[[Boto, Names], bool]


def cluster(boto: Boto, names: Names) -> dict[str, Any]:
    return boto("rds").describe_db_clusters(DBClusterIdentifier=names["cluster"])["DBClusters"][0]


def instance(boto: Boto, names: Names, which: str = "second") -> dict[str, Any]:
    return boto("rds").describe_db_instances(DBInstanceIdentifier=names[which])["DBInstances"][0]


def subscription(boto: Boto, name: str) -> dict[str, Any]:
    return boto("rds").describe_event_subscriptions(SubscriptionName=name)["EventSubscriptionsList"][0]


def parameter(boto: Boto, names: Names, name: str) -> str | None:
    pages = boto("rds").get_paginator("describe_db_cluster_parameters")
    found = pages.paginate(DBClusterParameterGroupName=names["group"], Source="user")
    values = {one["ParameterName"]: one.get("ParameterValue") for page in found for one in page["Parameters"]}
    return values.get(name)


def set_parameter(boto: Boto, names: Names, name: str, value: str) -> None:
    change = {"ParameterName": name, "ParameterValue": value, "ApplyMethod": "immediate"}
    boto("rds").modify_db_cluster_parameter_group(DBClusterParameterGroupName=names["group"], Parameters=[change])


def of_cluster(**changes: Any) -> Callable[[Boto, Names], Any]:
    return lambda boto, names: boto("rds").modify_db_cluster(
        DBClusterIdentifier=names["cluster"], ApplyImmediately=True, **changes
    )


def of_instance(**changes: Any) -> Callable[[Boto, Names], Any]:
    return lambda boto, names: boto("rds").modify_db_instance(
        DBInstanceIdentifier=names["second"], ApplyImmediately=True, **changes
    )


def tags(boto: Boto, arn: str) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in boto("rds").list_tags_for_resource(ResourceName=arn)["TagList"]}


def subnet_group(boto: Boto, names: Names) -> dict[str, Any]:
    return boto("rds").describe_db_subnet_groups(DBSubnetGroupName=names["subnet_group"])["DBSubnetGroups"][0]


def add_subnet(boto: Boto, names: Names) -> None:
    """Any subnet of the VPC besides the database's."""
    group = subnet_group(boto, names)
    inside = [subnet["SubnetIdentifier"] for subnet in group["Subnets"]]
    every = boto("ec2").describe_subnets(Filters=[{"Name": "vpc-id", "Values": [group["VpcId"]]}])["Subnets"]
    other = next(subnet["SubnetId"] for subnet in every if subnet["SubnetId"] not in inside)
    boto("rds").modify_db_subnet_group(DBSubnetGroupName=names["subnet_group"], SubnetIds=[*inside, other])


def scalable_target(boto: Boto, names: Names) -> dict[str, Any]:
    found = boto("application-autoscaling").describe_scalable_targets(
        ServiceNamespace="rds", ResourceIds=[names["target"]]
    )["ScalableTargets"]
    return found[0] if found else {}


def policy(boto: Boto, names: Names) -> dict[str, Any]:
    found = boto("application-autoscaling").describe_scaling_policies(
        ServiceNamespace="rds", PolicyNames=[names["policy"]]
    )["ScalingPolicies"]
    return found[0] if found else {}


def log_group(boto: Boto, names: Names) -> dict[str, Any]:
    return boto("logs").describe_log_groups(logGroupNamePrefix=names["log_group"])["logGroups"][0]


def topic_arn(boto: Boto, names: Names) -> str:
    topics = boto("sns").list_topics()["Topics"]
    return next(topic["TopicArn"] for topic in topics if topic["TopicArn"].endswith(f":{names['topic']}"))


def topic_key(boto: Boto, names: Names) -> str | None:
    return boto("sns").get_topic_attributes(TopicArn=topic_arn(boto, names))["Attributes"].get("KmsMasterKeyId")


def attached(boto: Boto, names: Names) -> list[str]:
    found = boto("iam").list_attached_role_policies(RoleName=names["role"])["AttachedPolicies"]
    return [one["PolicyArn"] for one in found]


DRIFTS = [
    Drift(
        "backups kept for a week",
        "Cluster",
        of_cluster(BackupRetentionPeriod=7),
        lambda boto, names: cluster(boto, names)["BackupRetentionPeriod"] == 30,
    ),
    Drift(
        "no deletion protection",
        "Cluster",
        of_cluster(DeletionProtection=False),
        lambda boto, names: cluster(boto, names)["DeletionProtection"],
    ),
    Drift(
        "tags not copied to snapshots",
        "Cluster",
        of_cluster(CopyTagsToSnapshot=False),
        lambda boto, names: cluster(boto, names)["CopyTagsToSnapshot"],
    ),
    Drift(
        "no IAM authentication",
        "Cluster",
        of_cluster(EnableIAMDatabaseAuthentication=False),
        lambda boto, names: cluster(boto, names)["IAMDatabaseAuthenticationEnabled"],
    ),
    Drift(
        "audit log not exported",
        "Cluster",
        of_cluster(CloudwatchLogsExportConfiguration={"DisableLogTypes": ["audit"]}),
        lambda boto, names: "audit" in cluster(boto, names)["EnabledCloudwatchLogsExports"],
    ),
    Drift(
        "another backup window",
        "Cluster",
        of_cluster(PreferredBackupWindow="22:00-22:30"),
        lambda boto, names: cluster(boto, names)["PreferredBackupWindow"] == "03:00-04:00",
    ),
    Drift(
        "the default cluster parameter group",
        "Cluster",
        of_cluster(DBClusterParameterGroupName="default.aurora-mysql8.0"),
        lambda boto, names: cluster(boto, names)["DBClusterParameterGroup"] == names["group"],
    ),
    Drift(
        "a tag of the cluster with another value",
        "Cluster",
        lambda boto, names: boto("rds").add_tags_to_resource(
            ResourceName=cluster(boto, names)["DBClusterArn"], Tags=[{"Key": "Owner", "Value": "nobody"}]
        ),
        lambda boto, names: tags(boto, cluster(boto, names)["DBClusterArn"])["Owner"] == "platform-team",
    ),
    Drift(
        "clients without TLS",
        "Cluster parameters",
        lambda boto, names: set_parameter(boto, names, "require_secure_transport", "OFF"),
        lambda boto, names: parameter(boto, names, "require_secure_transport") in {"ON", "1"},
    ),
    Drift(
        "no slow query log",
        "Cluster parameters",
        lambda boto, names: set_parameter(boto, names, "slow_query_log", "0"),
        lambda boto, names: parameter(boto, names, "slow_query_log") == "1",
    ),
    Drift(
        "a subnet too many",
        "Subnet group",
        add_subnet,
        lambda boto, names: len(subnet_group(boto, names)["Subnets"]) == 2,
    ),
    Drift(
        "an instance of another class",
        "Instances",
        of_instance(DBInstanceClass="db.r6g.xlarge"),
        lambda boto, names: instance(boto, names)["DBInstanceClass"] == "db.t4g.medium",
    ),
    Drift(
        "minor upgrades by themselves",
        "Instances",
        of_instance(AutoMinorVersionUpgrade=True),
        lambda boto, names: not instance(boto, names)["AutoMinorVersionUpgrade"],
    ),
    Drift(
        "no enhanced monitoring",
        "Instances",
        of_instance(MonitoringInterval=0),
        lambda boto, names: instance(boto, names)["MonitoringInterval"] == 60,
    ),
    Drift(
        "an instance with a public address",
        "Instances",
        of_instance(PubliclyAccessible=True),
        lambda boto, names: not instance(boto, names)["PubliclyAccessible"],
    ),
    Drift(
        "more readers than allowed",
        "Reader auto scaling",
        lambda boto, names: boto("application-autoscaling").register_scalable_target(
            ServiceNamespace="rds", ResourceId=names["target"], ScalableDimension=DIMENSION, MaxCapacity=15
        ),
        lambda boto, names: scalable_target(boto, names)["MaxCapacity"] == 3,
    ),
    Drift(
        "no scaling policy",
        "Reader auto scaling",
        lambda boto, names: boto("application-autoscaling").delete_scaling_policy(
            PolicyName=names["policy"],
            ServiceNamespace="rds",
            ResourceId=names["target"],
            ScalableDimension=DIMENSION,
        ),
        lambda boto, names: policy(boto, names)["TargetTrackingScalingPolicyConfiguration"]["TargetValue"] == 60,
    ),
    Drift(
        "events switched off",
        "Event subscriptions",
        lambda boto, names: boto("rds").modify_event_subscription(
            SubscriptionName=names["subscription"], Enabled=False
        ),
        lambda boto, names: subscription(boto, names["subscription"])["Enabled"],
    ),
    Drift(
        "no subscription for the instances",
        "Event subscriptions",
        lambda boto, names: boto("rds").delete_event_subscription(SubscriptionName=names["instance_subscription"]),
        lambda boto, names: subscription(boto, names["instance_subscription"])["Enabled"],
    ),
    Drift(
        "a log kept for a day",
        "Log groups of the exported logs",
        lambda boto, names: boto("logs").put_retention_policy(logGroupName=names["log_group"], retentionInDays=1),
        lambda boto, names: log_group(boto, names)["retentionInDays"] == 365,
    ),
    Drift(
        "a topic without a key",
        "Topic of database events",
        lambda boto, names: boto("sns").set_topic_attributes(
            TopicArn=topic_arn(boto, names), AttributeName="KmsMasterKeyId", AttributeValue=""
        ),
        lambda boto, names: bool(topic_key(boto, names)),
    ),
    Drift(
        "a monitoring role that may do nothing",
        "Role of enhanced monitoring",
        lambda boto, names: boto("iam").detach_role_policy(RoleName=names["role"], PolicyArn=RDS_POLICY),
        lambda boto, names: attached(boto, names) == [RDS_POLICY],
    ),
]
