# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What others keep beside a stack and on its things, and that has to be there as it was whatever happens to a run.

    before = begin(stack, "as_reviewed")
    stack.play("site.yml")
    assert lost(before, stack) == []

Things that bear the stack's names are planted in an account without the stack, too, and are then adopted. What hangs
on a network or a database is planted where these are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from local_aws.stacks import as_reviewed
from tests.described import differences
from tests.playbook_run import LocalStack

BEGINNINGS = ("empty", "as_reviewed")
ACCOUNT = "123456789012"
PREFIX = "mywebapp-prod"
BUCKET = f"{PREFIX}-terraform-state-{ACCOUNT}"
TOPIC = f"{PREFIX}-database-events"
TOPIC_ARN = f"arn:aws:sns:us-east-1:{ACCOUNT}:{TOPIC}"
SECRET = "mywebapp/prod/app"
KEY = f"alias/{PREFIX}-aurora"
GROUP = f"{PREFIX}-aurora"
LOG_GROUP = f"/aws/vpc/flow-logs/{PREFIX}"
PARAMETER = "/mywebapp/prod/project"
CLUSTER = f"{PREFIX}-aurora"
SCALED = {
    "ServiceNamespace": "rds",
    "ResourceId": f"cluster:{CLUSTER}",
    "ScalableDimension": "rds:cluster:ReadReplicaCount",
}
ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
ADMINISTER = {"Sid": "Own", "Effect": "Allow", "Principal": ROOT, "Action": "kms:*", "Resource": "*"}
TEAM = {"Key": "Team", "Value": "theirs"}
THEIRS = "theirs"
FILTER = [{"Name": "tag:Team", "Values": [THEIRS]}]

Put = Callable[[LocalStack], Any]


@dataclass(frozen=True)
class Thing:
    """put(stack) plants it, look(stack) is what AWS tells of it; on: the kind of thing that it needs to be there."""

    name: str
    put: Put
    look: Put
    on: str = ""


def plant(stack: LocalStack) -> dict[str, Any]:
    """Plant what there is room for, and say how it looks."""
    there = {"": True, "vpc": bool(_vpcs(stack)), "cluster": bool(_clusters(stack))}
    planted = [thing for thing in THINGS if there[thing.on]]
    for thing in planted:
        thing.put(stack)
    before = of_others(stack, [thing.name for thing in planted])
    missing = [name for name, seen in before.items() if not seen]
    assert missing == [], "these could not be planted"
    return before


def begin(stack: LocalStack, beginning: str) -> dict[str, Any]:
    """An account that holds nothing else, "empty" or "as_reviewed", with others' things planted; how they look."""
    stack.control.reset()
    if beginning == "as_reviewed":
        as_reviewed.load(stack.endpoint)
    return plant(stack)


def of_others(stack: LocalStack, names: Collection[str]) -> dict[str, Any]:
    """How the things of these names look now."""
    return {thing.name: thing.look(stack) for thing in THINGS if thing.name in names}


def lost(before: dict[str, Any], stack: LocalStack) -> list[str]:
    """How others' things differ from what they were, a line each."""
    return differences(before, of_others(stack, before))


def _vpcs(stack: LocalStack) -> list[dict[str, Any]]:
    """The stack's own."""
    wanted = [{"Name": "tag:Name", "Values": [f"{PREFIX}-vpc"]}]
    found: list[dict[str, Any]] = stack.boto("ec2").describe_vpcs(Filters=wanted)["Vpcs"]
    return found


def _vpc(stack: LocalStack) -> str:
    return str(_vpcs(stack)[0]["VpcId"])


def _clusters(stack: LocalStack) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = stack.boto("rds").describe_db_clusters()["DBClusters"]
    return [one for one in found if one["DBClusterIdentifier"] == CLUSTER]


def _statement(effect: str, action: str, resource: str = "*") -> dict[str, Any]:
    return {"Sid": "Theirs", "Effect": effect, "Principal": ROOT, "Action": action, "Resource": resource}


def _document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def _theirs(document: str) -> list[dict[str, Any]]:
    return [one for one in json.loads(document)["Statement"] if one.get("Sid") == "Theirs"]


def _team(tags: list[dict[str, str]], key: str = "Key") -> list[str]:
    return [tag[f"{key[:-3]}Value"] for tag in tags if tag[key] == TEAM["Key"]]


def _tagged(kind: str, name: str) -> list[dict[str, Any]]:
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}, TEAM]}]


# Secrets, keys and the bucket


def _key(stack: LocalStack) -> None:
    kms = stack.boto("kms")
    policy = _document(ADMINISTER, _statement("Deny", "kms:DisableKey"))
    tags = [{"TagKey": TEAM["Key"], "TagValue": THEIRS}]
    key = kms.create_key(Policy=policy, Tags=tags)["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName=KEY, TargetKeyId=key)


def _key_seen(stack: LocalStack) -> list[Any]:
    """Statement and tags of others, and that the alias still leads to their key."""
    kms = stack.boto("kms")
    keys = [one["TargetKeyId"] for one in kms.list_aliases()["Aliases"] if one["AliasName"] == KEY]
    return [
        (
            key,
            _theirs(kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]),
            _team(kms.list_resource_tags(KeyId=key)["Tags"], "TagKey"),
        )
        for key in keys
    ]


def _secret(stack: LocalStack) -> None:
    manager = stack.boto("secretsmanager")
    manager.create_secret(Name=SECRET, SecretString="kept-by-others", Tags=[TEAM])
    policy = _document(_statement("Deny", "secretsmanager:DeleteSecret"))
    manager.put_resource_policy(SecretId=SECRET, ResourcePolicy=policy)


def _secret_seen(stack: LocalStack) -> Any:
    manager = stack.boto("secretsmanager")
    return (
        _theirs(manager.get_resource_policy(SecretId=SECRET)["ResourcePolicy"]),
        _team(manager.describe_secret(SecretId=SECRET)["Tags"]),
        manager.get_secret_value(SecretId=SECRET)["SecretString"],
    )


def _parameters(stack: LocalStack) -> None:
    ssm = stack.boto("ssm")
    ssm.put_parameter(Name=PARAMETER, Value="theirs", Type="String", Tags=[TEAM])
    ssm.put_parameter(Name="/mywebapp/prod/theirs", Value="theirs", Type="String")


def _parameters_seen(stack: LocalStack) -> Any:
    ssm = stack.boto("ssm")
    tags = ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId=PARAMETER)["TagList"]
    return _team(tags), ssm.get_parameter(Name="/mywebapp/prod/theirs")["Parameter"]


def _bucket(stack: LocalStack) -> None:
    s3 = stack.boto("s3")
    if BUCKET not in [one["Name"] for one in s3.list_buckets()["Buckets"]]:
        s3.create_bucket(Bucket=BUCKET)
    statement = _statement("Deny", "s3:DeleteBucket", f"arn:aws:s3:::{BUCKET}")
    s3.put_bucket_policy(Bucket=BUCKET, Policy=_document({**statement, "Principal": "*"}))
    rule = {"ID": THEIRS, "Status": "Enabled", "Filter": {"Prefix": "old/"}, "Expiration": {"Days": 30}}
    s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [rule]})
    s3.put_bucket_tagging(Bucket=BUCKET, Tagging={"TagSet": [TEAM]})


def _bucket_seen(stack: LocalStack) -> Any:
    s3 = stack.boto("s3")
    rules = s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"]
    return (
        _theirs(s3.get_bucket_policy(Bucket=BUCKET)["Policy"]),
        [rule for rule in rules if rule["ID"] == THEIRS],
        _team(s3.get_bucket_tagging(Bucket=BUCKET)["TagSet"]),
    )


# Topics, logs, parameter groups, events: of the stack's names and beside them


def _topic(stack: LocalStack) -> None:
    sns = stack.boto("sns")
    publish = {**_statement("Allow", "SNS:Publish", TOPIC_ARN), "Principal": {"Service": "events.rds.amazonaws.com"}}
    sns.create_topic(Name=TOPIC, Attributes={"Policy": _document(publish)}, Tags=[TEAM])
    sns.subscribe(TopicArn=TOPIC_ARN, Protocol="email", Endpoint="theirs@example.com")


def _topic_seen(stack: LocalStack) -> Any:
    sns = stack.boto("sns")
    return (
        _theirs(sns.get_topic_attributes(TopicArn=TOPIC_ARN)["Attributes"]["Policy"]),
        sns.list_subscriptions_by_topic(TopicArn=TOPIC_ARN)["Subscriptions"],
        _team(sns.list_tags_for_resource(ResourceArn=TOPIC_ARN)["Tags"]),
    )


def _subscription(stack: LocalStack) -> None:
    topic = stack.boto("sns").create_topic(Name=f"{PREFIX}-theirs")["TopicArn"]
    stack.boto("rds").create_event_subscription(
        SubscriptionName=f"{CLUSTER}-theirs", SnsTopicArn=topic, SourceType="db-cluster", EventCategories=["failover"]
    )


def _subscription_seen(stack: LocalStack) -> Any:
    found = stack.boto("rds").describe_event_subscriptions()["EventSubscriptionsList"]
    return [one for one in found if one["CustSubscriptionId"] == f"{CLUSTER}-theirs"]


def _log_group(stack: LocalStack) -> None:
    logs = stack.boto("logs")
    logs.create_log_group(logGroupName=LOG_GROUP, tags={TEAM["Key"]: THEIRS})
    metric = {"metricName": "Rejected", "metricNamespace": THEIRS, "metricValue": "1"}
    logs.put_metric_filter(
        logGroupName=LOG_GROUP, filterName=THEIRS, filterPattern="REJECT", metricTransformations=[metric]
    )


def _log_group_seen(stack: LocalStack) -> Any:
    logs = stack.boto("logs")
    filters = logs.describe_metric_filters(logGroupName=LOG_GROUP)["metricFilters"]
    return filters, logs.list_tags_log_group(logGroupName=LOG_GROUP)["tags"][TEAM["Key"]]


def _parameter_groups(stack: LocalStack) -> None:
    """A parameter of others in the stack's group, and groups of theirs that begin with its name."""
    rds = stack.boto("rds")
    family = {"DBParameterGroupFamily": "aurora-mysql8.0", "Description": THEIRS, "Tags": [TEAM]}
    changed = {"ParameterName": "max_connections", "ParameterValue": "500", "ApplyMethod": "immediate"}
    for name in (GROUP, f"{GROUP}-theirs"):
        rds.create_db_cluster_parameter_group(DBClusterParameterGroupName=name, **family)
        rds.modify_db_cluster_parameter_group(DBClusterParameterGroupName=name, Parameters=[changed])
    rds.create_db_parameter_group(DBParameterGroupName=f"{GROUP}-theirs", **family)


def _parameter_groups_seen(stack: LocalStack) -> Any:
    rds = stack.boto("rds")
    groups = rds.describe_db_cluster_parameter_groups()["DBClusterParameterGroups"]
    theirs = {name: _user_parameters(rds, name) for name in (GROUP, f"{GROUP}-theirs")}
    return (
        [one for one in theirs[GROUP] if one["ParameterName"] == "max_connections"],
        theirs[f"{GROUP}-theirs"],
        [one for one in groups if one["DBClusterParameterGroupName"] == f"{GROUP}-theirs"],
        rds.describe_db_parameter_groups(DBParameterGroupName=f"{GROUP}-theirs")["DBParameterGroups"],
        [
            _team(rds.list_tags_for_resource(ResourceName=one["DBClusterParameterGroupArn"])["TagList"])
            for one in groups
            if one["DBClusterParameterGroupName"] == GROUP
        ],
    )


def _user_parameters(rds: Any, name: str) -> list[dict[str, Any]]:
    pages = rds.get_paginator("describe_db_cluster_parameters")
    pages = pages.paginate(DBClusterParameterGroupName=name, Source="user")
    return [one for page in pages for one in page["Parameters"]]


# The network: another one, and what others have in the stack's


def _other_network(stack: LocalStack) -> None:
    """A VPC beside the stack's with a group that is described as the stack's, addresses called as its gateways'."""
    ec2 = stack.boto("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.99.0.0/16", TagSpecifications=_tagged("vpc", "theirs"))["Vpc"]["VpcId"]
    group = ec2.create_security_group(
        GroupName=f"{PREFIX}-theirs-sg",
        Description="Cache: from the tasks",
        VpcId=vpc,
        TagSpecifications=_tagged("security-group", f"{PREFIX}-cache-sg"),
    )["GroupId"]
    _admit(ec2, group, "Cache commands from the tasks")
    for name in (f"{PREFIX}-nat-3", f"{PREFIX}-bastion"):
        ec2.allocate_address(Domain="vpc", TagSpecifications=_tagged("elastic-ip", name))


def _admit(ec2: Any, group: str, description: str) -> None:
    source = {"CidrIp": "10.99.0.0/16", "Description": description}
    permission = {"IpProtocol": "tcp", "FromPort": 6379, "ToPort": 6379, "IpRanges": [source]}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])


def _inside_network(stack: LocalStack) -> None:
    """In the stack's VPC: a group that is described and tagged as the stack's is, flow logs, an ACL, a way out."""
    ec2, vpc = stack.boto("ec2"), _vpc(stack)
    group = ec2.create_security_group(
        GroupName=f"{PREFIX}-theirs",
        Description="Cache: from the tasks",
        VpcId=vpc,
        TagSpecifications=_tagged("security-group", f"{PREFIX}-cache-sg"),
    )["GroupId"]
    _admit(ec2, group, "Cache commands from the tasks")
    acl = ec2.create_network_acl(VpcId=vpc, TagSpecifications=_tagged("network-acl", "theirs"))["NetworkAcl"]
    ec2.create_network_acl_entry(
        NetworkAclId=acl["NetworkAclId"], RuleNumber=7, Protocol="-1", RuleAction="deny", Egress=False,
        CidrBlock="10.99.0.0/16",
    )  # fmt: skip
    ec2.create_flow_logs(
        ResourceType="VPC",
        ResourceIds=[vpc],
        TrafficType="REJECT",
        LogDestinationType="s3",
        LogDestination=f"arn:aws:s3:::{BUCKET}/flow-logs/",
        TagSpecifications=[{"ResourceType": "vpc-flow-log", "Tags": [TEAM]}],
    )
    theirs = ec2.describe_vpcs(Filters=FILTER)["Vpcs"][0]["VpcId"]
    peering = ec2.create_vpc_peering_connection(VpcId=theirs, PeerVpcId=vpc)["VpcPeeringConnection"]
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering["VpcPeeringConnectionId"])
    for table in _tables(ec2, vpc):
        ec2.create_route(
            RouteTableId=table["RouteTableId"],
            DestinationCidrBlock="10.99.0.0/16",
            VpcPeeringConnectionId=peering["VpcPeeringConnectionId"],
        )
    ec2.create_tags(Resources=_ids_inside(ec2, vpc), Tags=[TEAM])


def _tables(ec2: Any, vpc: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])[
        "RouteTables"
    ]
    return found


def _ids_inside(ec2: Any, vpc: str) -> list[str]:
    """The stack's own things that stay."""
    inside = [{"Name": "vpc-id", "Values": [vpc]}]
    return [
        vpc,
        *(one["SubnetId"] for one in ec2.describe_subnets(Filters=inside)["Subnets"]),
        *(one["RouteTableId"] for one in _tables(ec2, vpc)),
        *(one["GroupId"] for one in ec2.describe_security_groups(Filters=inside)["SecurityGroups"]),
        *(one["NatGatewayId"] for one in ec2.describe_nat_gateways(Filter=inside)["NatGateways"]),
    ]


def _other_network_seen(stack: LocalStack) -> Any:
    ec2 = stack.boto("ec2")
    vpcs = ec2.describe_vpcs(Filters=[*FILTER, {"Name": "tag:Name", "Values": ["theirs"]}])["Vpcs"]
    inside = [{"Name": "vpc-id", "Values": [one["VpcId"] for one in vpcs]}]
    groups = ec2.describe_security_groups(Filters=inside)["SecurityGroups"]
    return vpcs and (vpcs, groups, ec2.describe_addresses(Filters=FILTER)["Addresses"])


def _inside_network_seen(stack: LocalStack) -> Any:
    ec2 = stack.boto("ec2")
    vpc = _vpc(stack)
    names = [{"Name": "group-name", "Values": [f"{PREFIX}-theirs"]}]
    tags = ec2.describe_tags(Filters=[{"Name": "key", "Values": [TEAM["Key"]]}])["Tags"]
    return (
        ec2.describe_security_groups(Filters=names)["SecurityGroups"],
        ec2.describe_network_acls(Filters=FILTER)["NetworkAcls"],
        [one for one in ec2.describe_flow_logs()["FlowLogs"] if one.get("LogDestinationType") == "s3"],
        sorted((tag["ResourceId"], tag["Value"]) for tag in tags),
        sorted(
            (table["RouteTableId"], route["VpcPeeringConnectionId"])
            for table in _tables(ec2, vpc)
            for route in table["Routes"]
            if route.get("VpcPeeringConnectionId")
        ),
    )


# The database


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


def _database_seen(stack: LocalStack) -> Any:
    rds, scaling = stack.boto("rds"), stack.boto("application-autoscaling")
    policies = scaling.describe_scaling_policies(ServiceNamespace="rds", PolicyNames=[THEIRS])["ScalingPolicies"]
    endpoints = rds.describe_db_cluster_endpoints(DBClusterIdentifier=CLUSTER)["DBClusterEndpoints"]
    return (
        {arn: _team(rds.list_tags_for_resource(ResourceName=arn)["TagList"]) for arn in _database_arns(rds)},
        [one for one in endpoints if one.get("DBClusterEndpointIdentifier") == f"{CLUSTER}-theirs"],
        policies,
    )


THINGS = (
    Thing("key", _key, _key_seen),
    # In an empty account the role is to make one by itself, by a stack of CloudFormation.
    Thing("secret", _secret, _secret_seen, on="vpc"),
    Thing("parameters", _parameters, _parameters_seen),
    Thing("bucket", _bucket, _bucket_seen),
    Thing("topic", _topic, _topic_seen),
    Thing("subscription", _subscription, _subscription_seen),
    Thing("log group", _log_group, _log_group_seen),
    Thing("parameter groups", _parameter_groups, _parameter_groups_seen),
    Thing("other network", _other_network, _other_network_seen),
    Thing("inside network", _inside_network, _inside_network_seen, on="vpc"),
    Thing("database", _database, _database_seen, on="cluster"),
)
