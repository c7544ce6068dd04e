# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Keys, secrets, the bucket, topics, logs and parameter groups: of the stack's names, and beside them."""

from __future__ import annotations

from typing import Any

from tests.others.common import (
    ADMINISTER,
    BUCKET,
    CLUSTER,
    GROUP,
    KEY,
    LOG_GROUP,
    PARAMETER,
    PREFIX,
    SECRET,
    TEAM,
    THEIRS,
    TOPIC,
    TOPIC_ARN,
    Thing,
    document,
    team_of,
    their_statement,
    their_statements,
)
from tests.playbook_run import LocalStack


def _key(stack: LocalStack) -> None:
    kms = stack.boto("kms")
    policy = document(ADMINISTER, their_statement("Deny", "kms:DisableKey"))
    tags = [{"TagKey": TEAM["Key"], "TagValue": THEIRS}]
    key = kms.create_key(Policy=policy, Tags=tags)["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName=KEY, TargetKeyId=key)


def _key_seen(stack: LocalStack) -> dict[str, Any]:
    """Statement and tags of others, and that the alias still leads to their key."""
    kms = stack.boto("kms")
    keys = [one["TargetKeyId"] for one in kms.list_aliases()["Aliases"] if one["AliasName"] == KEY]
    return {
        key: {
            "statements": their_statements(kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]),
            "tags": team_of(kms.list_resource_tags(KeyId=key)["Tags"], "TagKey"),
        }
        for key in keys
    }


def _secret(stack: LocalStack) -> None:
    manager = stack.boto("secretsmanager")
    manager.create_secret(Name=SECRET, SecretString="kept-by-others", Tags=[TEAM])
    policy = document(their_statement("Deny", "secretsmanager:DeleteSecret"))
    manager.put_resource_policy(SecretId=SECRET, ResourcePolicy=policy)


def _secret_seen(stack: LocalStack) -> dict[str, Any]:
    manager = stack.boto("secretsmanager")
    return {
        "statements": their_statements(manager.get_resource_policy(SecretId=SECRET)["ResourcePolicy"]),
        "tags": team_of(manager.describe_secret(SecretId=SECRET)["Tags"]),
        "value": manager.get_secret_value(SecretId=SECRET)["SecretString"],
    }


def _parameters(stack: LocalStack) -> None:
    ssm = stack.boto("ssm")
    ssm.put_parameter(Name=PARAMETER, Value="theirs", Type="String", Tags=[TEAM])
    ssm.put_parameter(Name="/mywebapp/prod/theirs", Value="theirs", Type="String")


def _parameters_seen(stack: LocalStack) -> dict[str, Any]:
    ssm = stack.boto("ssm")
    tags = ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId=PARAMETER)["TagList"]
    return {"tags": team_of(tags), "other": ssm.get_parameter(Name="/mywebapp/prod/theirs")["Parameter"]}


def _bucket(stack: LocalStack) -> None:
    s3 = stack.boto("s3")
    if BUCKET not in [one["Name"] for one in s3.list_buckets()["Buckets"]]:
        s3.create_bucket(Bucket=BUCKET)
    statement = their_statement("Deny", "s3:DeleteBucket", f"arn:aws:s3:::{BUCKET}")
    s3.put_bucket_policy(Bucket=BUCKET, Policy=document({**statement, "Principal": "*"}))
    rule = {"ID": THEIRS, "Status": "Enabled", "Filter": {"Prefix": "old/"}, "Expiration": {"Days": 30}}
    s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [rule]})
    s3.put_bucket_tagging(Bucket=BUCKET, Tagging={"TagSet": [TEAM]})


def _bucket_seen(stack: LocalStack) -> dict[str, Any]:
    s3 = stack.boto("s3")
    rules = s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"]
    return {
        "statements": their_statements(s3.get_bucket_policy(Bucket=BUCKET)["Policy"]),
        "rules": [rule for rule in rules if rule["ID"] == THEIRS],
        "tags": team_of(s3.get_bucket_tagging(Bucket=BUCKET)["TagSet"]),
    }


# Topics, logs, parameter groups, events: of the stack's names and beside them


def _topic(stack: LocalStack) -> None:
    sns = stack.boto("sns")
    publish = {
        **their_statement("Allow", "SNS:Publish", TOPIC_ARN),
        "Principal": {"Service": "events.rds.amazonaws.com"},
    }
    sns.create_topic(Name=TOPIC, Attributes={"Policy": document(publish)}, Tags=[TEAM])
    sns.subscribe(TopicArn=TOPIC_ARN, Protocol="email", Endpoint="theirs@example.com")


def _topic_seen(stack: LocalStack) -> dict[str, Any]:
    sns = stack.boto("sns")
    return {
        "statements": their_statements(sns.get_topic_attributes(TopicArn=TOPIC_ARN)["Attributes"]["Policy"]),
        "subscriptions": sns.list_subscriptions_by_topic(TopicArn=TOPIC_ARN)["Subscriptions"],
        "tags": team_of(sns.list_tags_for_resource(ResourceArn=TOPIC_ARN)["Tags"]),
    }


def _subscription(stack: LocalStack) -> None:
    topic = stack.boto("sns").create_topic(Name=f"{PREFIX}-theirs")["TopicArn"]
    stack.boto("rds").create_event_subscription(
        SubscriptionName=f"{CLUSTER}-theirs", SnsTopicArn=topic, SourceType="db-cluster", EventCategories=["failover"]
    )


def _subscription_seen(stack: LocalStack) -> dict[str, Any]:
    found = stack.boto("rds").describe_event_subscriptions()["EventSubscriptionsList"]
    return {"subscriptions": [one for one in found if one["CustSubscriptionId"] == f"{CLUSTER}-theirs"]}


def _log_group(stack: LocalStack) -> None:
    logs = stack.boto("logs")
    logs.create_log_group(logGroupName=LOG_GROUP, tags={TEAM["Key"]: THEIRS})
    metric = {"metricName": "Rejected", "metricNamespace": THEIRS, "metricValue": "1"}
    logs.put_metric_filter(
        logGroupName=LOG_GROUP, filterName=THEIRS, filterPattern="REJECT", metricTransformations=[metric]
    )


def _log_group_seen(stack: LocalStack) -> dict[str, Any]:
    logs = stack.boto("logs")
    filters = logs.describe_metric_filters(logGroupName=LOG_GROUP)["metricFilters"]
    return {"filters": filters, "tag": logs.list_tags_log_group(logGroupName=LOG_GROUP)["tags"][TEAM["Key"]]}


def _parameter_groups(stack: LocalStack) -> None:
    """A parameter of others in the stack's group, and groups of theirs that begin with its name."""
    rds = stack.boto("rds")
    family = {"DBParameterGroupFamily": "aurora-mysql8.0", "Description": THEIRS, "Tags": [TEAM]}
    changed = {"ParameterName": "max_connections", "ParameterValue": "500", "ApplyMethod": "immediate"}
    for name in (GROUP, f"{GROUP}-theirs"):
        rds.create_db_cluster_parameter_group(DBClusterParameterGroupName=name, **family)
        rds.modify_db_cluster_parameter_group(DBClusterParameterGroupName=name, Parameters=[changed])
    rds.create_db_parameter_group(DBParameterGroupName=f"{GROUP}-theirs", **family)


def _parameter_groups_seen(stack: LocalStack) -> dict[str, Any]:
    rds = stack.boto("rds")
    groups = rds.describe_db_cluster_parameter_groups()["DBClusterParameterGroups"]
    changed = {name: _user_parameters(rds, name) for name in (GROUP, f"{GROUP}-theirs")}
    own = [one for one in groups if one["DBClusterParameterGroupName"] == GROUP]
    return {
        "in the stack's": [one for one in changed[GROUP] if one["ParameterName"] == "max_connections"],
        "in theirs": changed[f"{GROUP}-theirs"],
        "cluster group": [one for one in groups if one["DBClusterParameterGroupName"] == f"{GROUP}-theirs"],
        "group": rds.describe_db_parameter_groups(DBParameterGroupName=f"{GROUP}-theirs")["DBParameterGroups"],
        "tags": [
            team_of(rds.list_tags_for_resource(ResourceName=one["DBClusterParameterGroupArn"])["TagList"])
            for one in own
        ],
    }


def _user_parameters(rds: Any, name: str) -> list[dict[str, Any]]:
    pages = rds.get_paginator("describe_db_cluster_parameters")
    pages = pages.paginate(DBClusterParameterGroupName=name, Source="user")
    return [one for page in pages for one in page["Parameters"]]


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
)
