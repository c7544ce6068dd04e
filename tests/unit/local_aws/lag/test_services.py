# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads of KMS, S3, IAM, RDS and others show what was made, put or tagged one read too late, where a knob says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore import xform_name

from local_aws.lag import services as lag_services

CASES: list[Any] = []
ACCOUNT = "123456789012"
TRUST = json.dumps({
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "rds.amazonaws.com"}, "Action": "sts:AssumeRole"}],
})  # fmt: skip
POLICY = json.dumps({
    "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}],
})  # fmt: skip
PLAIN = {"Bool": {"aws:SecureTransport": "false"}}
DENY = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::bucket", "Condition": PLAIN}
BUCKET_POLICY = json.dumps({"Version": "2012-10-17", "Statement": [DENY]})


def case(service: str, read: str, old: Any, new: Any) -> Any:
    def add(function: Any) -> Any:
        CASES.append(pytest.param(f"{service}:{read}", function, old, new, id=f"{service}-{read}-{function.__name__}"))
        return function

    return add


def calls(service: str, read: str, asked: dict[str, Any], seen: Any, old: Any, new: Any, *steps: Any) -> None:
    """A case of calls: what ``seen`` finds in a read's answer before and after the last of the steps."""

    def case_of_calls(aws: Any) -> Iterator[Any]:
        for name, arguments in steps[:-1]:
            getattr(aws(service), name)(**arguments)
        yield
        getattr(aws(service), steps[-1][0])(**steps[-1][1])
        yield lambda: seen(getattr(aws(service), xform_name(read))(**asked))

    name = f"{service}-{read}-{steps[-1][0]}"
    CASES.append(pytest.param(f"{service}:{read}", case_of_calls, old, new, id=name))


@case("kms", "DescribeKey", "NotFoundException", "Enabled")
def key_made(aws: Any) -> Iterator[Any]:
    yield
    key = aws("kms").create_key()["KeyMetadata"]["KeyId"]
    yield lambda: aws("kms").describe_key(KeyId=key)["KeyMetadata"]["KeyState"]


@case("kms", "DescribeKey", "was", "is")
def key_changed_seen_by_its_alias(aws: Any) -> Iterator[Any]:
    key = aws("kms").create_key(Description="was")["KeyMetadata"]["KeyId"]
    aws("kms").create_alias(AliasName="alias/mine", TargetKeyId=key)
    yield
    aws("kms").update_key_description(KeyId=key, Description="is")
    yield lambda: aws("kms").describe_key(KeyId="alias/mine")["KeyMetadata"]["Description"]


@case("kms", "DescribeKey", "NotFoundException", "Enabled")
def alias_made(aws: Any) -> Iterator[Any]:
    key = aws("kms").create_key()["KeyMetadata"]["KeyId"]
    yield
    aws("kms").create_alias(AliasName="alias/mine", TargetKeyId=key)
    yield lambda: aws("kms").describe_key(KeyId="alias/mine")["KeyMetadata"]["KeyState"]


@case("kms", "DescribeKey", "NotFoundException", "REPLICA")
def replica_made(aws: Any) -> Iterator[Any]:
    key = aws("kms").create_key(MultiRegion=True)["KeyMetadata"]["KeyId"]
    yield
    aws("kms").replicate_key(KeyId=key, ReplicaRegion="eu-west-1")
    there = aws("kms", "eu-west-1")
    yield lambda: there.describe_key(KeyId=key)["KeyMetadata"]["MultiRegionConfiguration"]["MultiRegionKeyType"]


@case("kms", "GetKeyRotationStatus", False, True)
def rotation_enabled(aws: Any) -> Iterator[Any]:
    key = aws("kms").create_key()["KeyMetadata"]["Arn"]
    yield
    aws("kms").enable_key_rotation(KeyId=key)
    yield lambda: aws("kms").get_key_rotation_status(KeyId=key.rpartition("/")[2])["KeyRotationEnabled"]


@case("kms", "GetKeyPolicy", False, True)
def key_policy_put(aws: Any) -> Iterator[Any]:
    key = aws("kms").create_key()["KeyMetadata"]["KeyId"]
    policy = aws("kms").get_key_policy(KeyId=key, PolicyName="default")["Policy"].replace("Enable IAM", "Allow IAM")
    yield
    aws("kms").put_key_policy(KeyId=key, PolicyName="default", Policy=policy)
    yield lambda: "Allow IAM" in aws("kms").get_key_policy(KeyId=key, PolicyName="default")["Policy"]


@case("kms", "ListResourceTags", [], [{"TagKey": "a", "TagValue": "b"}])
def key_tagged(aws: Any) -> Iterator[Any]:
    key = aws("kms").create_key()["KeyMetadata"]["KeyId"]
    yield
    aws("kms").tag_resource(KeyId=key, Tags=[{"TagKey": "a", "TagValue": "b"}])
    yield lambda: aws("kms").list_resource_tags(KeyId=key)["Tags"]


@case("kms", "ListKeys", 0, 1)
def key_listed(aws: Any) -> Iterator[Any]:
    yield
    aws("kms").create_key()
    yield lambda: len(aws("kms").list_keys()["Keys"])


@case("kms", "ListAliases", 0, 1)
def alias_listed(aws: Any) -> Iterator[Any]:
    key = aws("kms").create_key()["KeyMetadata"]["KeyId"]
    yield
    aws("kms").create_alias(AliasName="alias/mine", TargetKeyId=key)
    yield lambda: len(aws("kms").list_aliases(KeyId=key)["Aliases"])


@case("secretsmanager", "DescribeSecret", [], ["a"])
def secret_tagged(aws: Any) -> Iterator[Any]:
    arn = aws("secretsmanager").create_secret(Name="app", SecretString="value-of-it")["ARN"]
    yield
    aws("secretsmanager").tag_resource(SecretId="app", Tags=[{"Key": "a", "Value": "b"}])
    yield lambda: [tag["Key"] for tag in aws("secretsmanager").describe_secret(SecretId=arn).get("Tags", [])]


@case("sns", "ListTagsForResource", [], ["a"])
def topic_tagged(aws: Any) -> Iterator[Any]:
    arn = aws("sns").create_topic(Name="alarms")["TopicArn"]
    yield
    aws("sns").tag_resource(ResourceArn=arn, Tags=[{"Key": "a", "Value": "b"}])
    yield lambda: [tag["Key"] for tag in aws("sns").list_tags_for_resource(ResourceArn=arn)["Tags"]]


@case("rds", "DescribeDBInstances", 0, 1)
def instance_by_its_cluster(aws: Any) -> Iterator[Any]:
    rds = aws("rds")
    rds.create_db_cluster(**CLUSTER)
    yield
    rds.create_db_instance(
        DBInstanceIdentifier="web-1", DBClusterIdentifier="web", Engine="aurora-mysql", DBInstanceClass="db.r6g.large"
    )
    asked = [{"Name": "db-cluster-id", "Values": ["web"]}]
    yield lambda: len(rds.describe_db_instances(Filters=asked)["DBInstances"])


@case("rds", "DescribeDBSubnetGroups", "DBSubnetGroupNotFoundFault", 1)
def subnet_group(aws: Any) -> Iterator[Any]:
    ec2 = aws("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"eu-central-1{zone}")["Subnet"]
        for number, zone in enumerate("ab")
    ]
    yield
    aws("rds").create_db_subnet_group(
        DBSubnetGroupName="db", DBSubnetGroupDescription="db", SubnetIds=[one["SubnetId"] for one in subnets]
    )
    yield lambda: len(aws("rds").describe_db_subnet_groups(DBSubnetGroupName="db")["DBSubnetGroups"])


@case("rds", "DescribeEventSubscriptions", "SubscriptionNotFound", 1)
def event_subscription(aws: Any) -> Iterator[Any]:
    topic = aws("sns").create_topic(Name="events")["TopicArn"]
    yield
    aws("rds").create_event_subscription(SubscriptionName="events", SnsTopicArn=topic)
    asked = {"SubscriptionName": "events"}
    yield lambda: len(aws("rds").describe_event_subscriptions(**asked)["EventSubscriptionsList"])


@case("rds", "ListTagsForResource", [], ["a"])
def cluster_tags(aws: Any) -> Iterator[Any]:
    arn = aws("rds").create_db_cluster(**CLUSTER)["DBCluster"]["DBClusterArn"]
    yield
    aws("rds").add_tags_to_resource(ResourceName=arn, Tags=[{"Key": "a", "Value": "b"}])
    yield lambda: [tag["Key"] for tag in aws("rds").list_tags_for_resource(ResourceName=arn)["TagList"]]


CLUSTER = {
    "DBClusterIdentifier": "web", "Engine": "aurora-mysql", "MasterUsername": "admin",
    "MasterUserPassword": "password1",
}  # fmt: skip
BUCKET = ("create_bucket", {"Bucket": "bucket", "CreateBucketConfiguration": {"LocationConstraint": "eu-central-1"}})
ROLE = ("create_role", {"RoleName": "role", "AssumeRolePolicyDocument": TRUST})
ROLE_POLICY = ("put_role_policy", {"RoleName": "role", "PolicyName": "inline", "PolicyDocument": POLICY})
GROUP = ("create_log_group", {"logGroupName": "/a/group"})
PARAMETER = ("put_parameter", {"Name": "/a/b", "Value": "was", "Type": "SecureString"})
AGAIN = ("put_parameter", {"Name": "/a/b", "Value": "is", "Type": "SecureString", "Overwrite": True})
CLUSTER_GROUP = (
    "create_db_cluster_parameter_group",
    {"DBClusterParameterGroupName": "pg", "DBParameterGroupFamily": "aurora-mysql8.0", "Description": "pg"},
)
DB_GROUP = (
    "create_db_parameter_group",
    {"DBParameterGroupName": "pg", "DBParameterGroupFamily": "aurora-mysql8.0", "Description": "pg"},
)
TARGET = {
    "ServiceNamespace": "rds", "ResourceId": "cluster:web", "ScalableDimension": "rds:cluster:ReadReplicaCount",
}  # fmt: skip
REGISTER = ("register_scalable_target", {**TARGET, "MinCapacity": 1, "MaxCapacity": 2})
SCALING = {
    "PolicyName": "cpu", "PolicyType": "TargetTrackingScaling",
    "TargetTrackingScalingPolicyConfiguration": {
        "TargetValue": 60.0,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "RDSReaderAverageCPUUtilization"},
    },
}  # fmt: skip
TOPIC = f"arn:aws:sns:eu-central-1:{ACCOUNT}:alarms"
TAGS = [{"Key": "a", "Value": "b"}]


IN_BUCKET = {"Bucket": "bucket"}
LIFECYCLE = {"Rules": [{"ID": "a", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 9}}]}
VERSIONED = ("put_bucket_versioning", {**IN_BUCKET, "VersioningConfiguration": {"Status": "Enabled"}})
REPLICATION = {
    "Role": f"arn:aws:iam::{ACCOUNT}:role/r",
    "Rules": [{"ID": "a", "Status": "Enabled", "Prefix": "", "Destination": {"Bucket": "arn:aws:s3:::copy"}}],
}
COPY = ("create_bucket", {"Bucket": "copy", "CreateBucketConfiguration": {"LocationConstraint": "eu-central-1"}})
COPY_VERSIONED = ("put_bucket_versioning", {"Bucket": "copy", "VersioningConfiguration": {"Status": "Enabled"}})
LOGGING = {"LoggingEnabled": {"TargetBucket": "bucket", "TargetPrefix": "logs/"}}
KMS = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}]}
OWNER = {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}
OWNED = ("put_bucket_ownership_controls", {**IN_BUCKET, "OwnershipControls": OWNER})
PUT_POLICY = ("put_bucket_policy", {**IN_BUCKET, "Policy": BUCKET_POLICY})
BLOCK = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)
TAGGED = {"Tags": TAGS}


def count(key: str) -> Any:
    return lambda answer: len(answer[key])


def s3(read: str, seen: Any, old: Any, new: Any, *steps: Any) -> None:
    calls("s3", read, IN_BUCKET, seen, old, new, *steps)


s3("HeadBucket", bool, "404", True, BUCKET)
s3("GetBucketLocation", lambda answer: answer["LocationConstraint"], "NoSuchBucket", "eu-central-1", BUCKET)
s3("GetPublicAccessBlock", bool, True, "NoSuchPublicAccessBlockConfiguration", BUCKET,
   ("delete_public_access_block", IN_BUCKET))  # fmt: skip
s3("GetBucketPolicy", bool, "NoSuchBucketPolicy", True, BUCKET, PUT_POLICY)
s3("GetBucketPolicy", bool, True, "NoSuchBucketPolicy", BUCKET, PUT_POLICY, ("delete_bucket_policy", IN_BUCKET))
s3("GetBucketPolicyStatus", lambda answer: answer["PolicyStatus"]["IsPublic"], "NoSuchBucketPolicy", False, BUCKET,
   PUT_POLICY)  # fmt: skip
s3("GetBucketAcl", count("Grants"), 1, 2, BUCKET, OWNED,
   ("put_bucket_acl", {**IN_BUCKET, "ACL": "log-delivery-write"}))  # fmt: skip
s3("GetBucketVersioning", lambda answer: answer.get("Status"), None, "Enabled", BUCKET, VERSIONED)
s3("GetBucketVersioning", lambda answer: answer.get("Status"), "NoSuchBucket", None, BUCKET)
s3("GetBucketEncryption",
   lambda answer: answer["ServerSideEncryptionConfiguration"]["Rules"][0]["ApplyServerSideEncryptionByDefault"][
       "SSEAlgorithm"], "AES256", "aws:kms",
   BUCKET, ("put_bucket_encryption", {**IN_BUCKET, "ServerSideEncryptionConfiguration": KMS}))  # fmt: skip
s3("GetBucketLifecycleConfiguration", count("Rules"), "NoSuchLifecycleConfiguration", 1, BUCKET,
   ("put_bucket_lifecycle_configuration", {**IN_BUCKET, "LifecycleConfiguration": LIFECYCLE}))  # fmt: skip
s3("GetBucketReplication", bool, "ReplicationConfigurationNotFoundError", True, BUCKET, VERSIONED, COPY, COPY_VERSIONED,
   ("put_bucket_replication", {**IN_BUCKET, "ReplicationConfiguration": REPLICATION}))  # fmt: skip
s3("GetBucketLogging", lambda answer: "LoggingEnabled" in answer, False, True, BUCKET, OWNED,
   ("put_bucket_acl", {**IN_BUCKET, "ACL": "log-delivery-write"}),
   ("put_bucket_logging", {**IN_BUCKET, "BucketLoggingStatus": LOGGING}))  # fmt: skip
s3("GetBucketOwnershipControls", lambda answer: answer["OwnershipControls"]["Rules"][0]["ObjectOwnership"],
   "BucketOwnerEnforced", "BucketOwnerPreferred", BUCKET, OWNED)  # fmt: skip
s3("GetBucketTagging", count("TagSet"), "NoSuchTagSet", 1, BUCKET,
   ("put_bucket_tagging", {**IN_BUCKET, "Tagging": {"TagSet": TAGS}}))  # fmt: skip
calls("s3", "ListBuckets", {}, count("Buckets"), 0, 1, BUCKET)
calls("s3control", "GetPublicAccessBlock", {"AccountId": ACCOUNT}, bool, "NoSuchPublicAccessBlockConfiguration", True,
      ("put_public_access_block", {"AccountId": ACCOUNT, "PublicAccessBlockConfiguration": BLOCK}))  # fmt: skip

OF_ROLE = {"RoleName": "role"}
ATTACHED = {**OF_ROLE, "PolicyArn": "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"}
LONGER = ("update_role", {**OF_ROLE, "MaxSessionDuration": 7200})
OWN_POLICY = {"PolicyArn": f"arn:aws:iam::{ACCOUNT}:policy/own"}
calls("iam", "GetRole", OF_ROLE, bool, "NoSuchEntity", True, ROLE)
calls("iam", "GetRole", OF_ROLE, lambda answer: answer["Role"]["MaxSessionDuration"], 3600, 7200, ROLE, LONGER)
calls("iam", "GetRole", OF_ROLE, lambda answer: len(answer["Role"].get("Tags", [])), 0, 1, ROLE,
      ("tag_role", {**OF_ROLE, **TAGGED}))  # fmt: skip
calls("iam", "ListRoleTags", OF_ROLE, count("Tags"), 0, 1, ROLE, ("tag_role", {**OF_ROLE, **TAGGED}))
calls("iam", "ListRolePolicies", OF_ROLE, count("PolicyNames"), 0, 1, ROLE, ROLE_POLICY)
calls("iam", "ListAttachedRolePolicies", OF_ROLE, count("AttachedPolicies"), 0, 1, ROLE,
      ("attach_role_policy", ATTACHED))  # fmt: skip
calls("iam", "GetRolePolicy", {**OF_ROLE, "PolicyName": "inline"}, bool, "NoSuchEntity", True, ROLE, ROLE_POLICY)
calls("iam", "ListRoles", {}, count("Roles"), 0, 1, ROLE)
calls("iam", "GetPolicy", OWN_POLICY, bool, "NoSuchEntity", True,
      ("create_policy", {"PolicyName": "own", "PolicyDocument": POLICY}))  # fmt: skip
calls("iam", "GetAccountPasswordPolicy", {}, bool, "NoSuchEntity", True,
      ("update_account_password_policy", {"MinimumPasswordLength": 14}))  # fmt: skip

SECRET = ("create_secret", {"Name": "app", "SecretString": "value-of-it"})
SECRET_POLICY = json.dumps({
    "Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "secretsmanager:DeleteSecret", "Resource": "*"}
    ],
})  # fmt: skip
calls("secretsmanager", "DescribeSecret", {"SecretId": "app"}, bool, "ResourceNotFoundException", True, SECRET)
calls("secretsmanager", "ListSecrets", {}, count("SecretList"), 0, 1, SECRET)
calls("secretsmanager", "GetResourcePolicy", {"SecretId": "app"}, lambda answer: "ResourcePolicy" in answer, False,
      True, SECRET, ("put_resource_policy", {"SecretId": "app", "ResourcePolicy": SECRET_POLICY}))  # fmt: skip

IS_PARAMETER = {"ResourceType": "Parameter", "ResourceId": "/a/b"}
SEEN = {"Names": ["/a/b"], "WithDecryption": True}
calls("ssm", "DescribeParameters", {}, count("Parameters"), 0, 1, PARAMETER)
calls("ssm", "GetParameters", SEEN, count("InvalidParameters"), 1, 0, PARAMETER)
calls("ssm", "GetParameters", SEEN, lambda answer: answer["Parameters"][0]["Value"], "was", "is", PARAMETER, AGAIN)
calls("ssm", "GetParameters", SEEN, lambda answer: [len(names) for names in (answer["Parameters"],
      answer["InvalidParameters"])], [1, 0], [0, 1], PARAMETER, ("delete_parameter", {"Name": "/a/b"}))  # fmt: skip
calls("rds", "DescribeDBClusters", {"DBClusterIdentifier": "web"}, count("DBClusters"), 1, "DBClusterNotFoundFault",
      ("create_db_cluster", CLUSTER),
      ("delete_db_cluster", {"DBClusterIdentifier": "web", "SkipFinalSnapshot": True}))  # fmt: skip
calls("ssm", "GetParameters", {"Names": ["/a/b"]}, lambda answer: answer["Parameters"][0]["Version"], 1, 2, PARAMETER,
      AGAIN)  # fmt: skip
calls("ssm", "GetParameter", {"Name": "/a/b"}, bool, "ParameterNotFound", True, PARAMETER)
calls("ssm", "ListTagsForResource", IS_PARAMETER, count("TagList"), 0, 1, PARAMETER,
      ("add_tags_to_resource", {**IS_PARAMETER, **TAGGED}))  # fmt: skip

FILTER = ("put_metric_filter", {"logGroupName": "/a/group", "filterName": "f", "filterPattern": "x",
          "metricTransformations": [{"metricName": "m", "metricNamespace": "n", "metricValue": "1"}]})  # fmt: skip
BY_PREFIX = {"logGroupNamePrefix": "/a/"}
ARN = {"resourceArn": f"arn:aws:logs:eu-central-1:{ACCOUNT}:log-group:/a/group"}
calls("logs", "DescribeLogGroups", BY_PREFIX, count("logGroups"), 0, 1, GROUP)
calls("logs", "DescribeLogGroups", BY_PREFIX, lambda answer: answer["logGroups"][0].get("retentionInDays"), None, 7,
      GROUP, ("put_retention_policy", {"logGroupName": "/a/group", "retentionInDays": 7}))  # fmt: skip
calls("logs", "ListTagsForResource", ARN, lambda answer: answer.get("tags", {}), {}, {"a": "b"}, GROUP,
      ("tag_resource", {**ARN, "tags": {"a": "b"}}))  # fmt: skip
calls("logs", "DescribeMetricFilters", {"logGroupName": "/a/group"}, count("metricFilters"), 0, 1, GROUP, FILTER)

MAIL = "arn:aws:workmail:eu-central-1:123456789012:organization/m-1"
USERS = ("put_delivery_source", {"name": "web", "resourceArn": MAIL, "logType": "ACCESS_CONTROL_LOGS"})
TO = {"destinationResourceArn": f"{ARN['resourceArn']}:*"}
TO_GROUP = ("put_delivery_destination", {"name": "web", "deliveryDestinationConfiguration": TO})
WEB_ARN = f"arn:aws:logs:eu-central-1:{ACCOUNT}:delivery-destination:web"
JOINED = ("create_delivery", {"deliverySourceName": "web", "deliveryDestinationArn": WEB_ARN})
calls("logs", "DescribeDeliverySources", {}, count("deliverySources"), 0, 1, USERS)
calls("logs", "DescribeDeliveryDestinations", {}, count("deliveryDestinations"), 0, 1, GROUP, TO_GROUP)
calls("logs", "DescribeDeliveries", {}, count("deliveries"), 0, 1, GROUP, USERS, TO_GROUP, JOINED)

MADE = ("create_topic", {"Name": "alarms"})
NAMED = {"TopicArn": TOPIC, "AttributeName": "DisplayName", "AttributeValue": "is"}
calls("sns", "ListTopics", {}, count("Topics"), 0, 1, MADE)
calls("sns", "GetTopicAttributes", {"TopicArn": TOPIC}, bool, "NotFound", True, MADE)
calls("sns", "GetTopicAttributes", {"TopicArn": TOPIC}, lambda answer: answer["Attributes"]["DisplayName"], "", "is",
      MADE, ("set_topic_attributes", NAMED))  # fmt: skip
calls("sns", "GetTopicAttributes", {"TopicArn": TOPIC}, bool, True, True, MADE, MADE)
calls("sns", "ListSubscriptionsByTopic", {"TopicArn": TOPIC}, count("Subscriptions"), 0, 1, MADE,
      ("subscribe", {"TopicArn": TOPIC, "Protocol": "email", "Endpoint": "a@example.com"}))  # fmt: skip

OF_CLUSTER = {"DBClusterIdentifier": "web"}
SNAPSHOT = ("create_db_cluster_snapshot", {**OF_CLUSTER, "DBClusterSnapshotIdentifier": "s"})
TOKYO = {"Parameters": [{"ParameterName": "time_zone", "ParameterValue": "Asia/Tokyo", "ApplyMethod": "immediate"}]}
FORMAT = {"Parameters": [{"ParameterName": "max_connections", "ParameterValue": "99", "ApplyMethod": "immediate"}]}
OF_PG, OF_DB_PG = {"DBClusterParameterGroupName": "pg"}, {"DBParameterGroupName": "pg"}
calls("rds", "DescribeDBClusters", OF_CLUSTER, bool, "DBClusterNotFoundFault", True, ("create_db_cluster", CLUSTER))
calls("rds", "DescribeDBClusters", OF_CLUSTER, lambda answer: answer["DBClusters"][0]["BackupRetentionPeriod"], 1, 7,
      ("create_db_cluster", CLUSTER), ("modify_db_cluster", {**OF_CLUSTER, "BackupRetentionPeriod": 7}))  # fmt: skip
calls("rds", "DescribeDBClusterSnapshots", OF_CLUSTER, count("DBClusterSnapshots"), 1, 2,
      ("create_db_cluster", CLUSTER), SNAPSHOT)  # fmt: skip
calls("rds", "DescribeGlobalClusters", {}, count("GlobalClusters"), 0, 1,
      ("create_global_cluster", {"GlobalClusterIdentifier": "all", "Engine": "aurora-mysql"}))  # fmt: skip
calls("rds", "DescribeDBClusterParameterGroups", OF_PG, bool, "DBParameterGroupNotFound", True, CLUSTER_GROUP)
calls("rds", "DescribeDBParameterGroups", OF_DB_PG, bool, "DBParameterGroupNotFound", True, DB_GROUP)
calls("rds", "DescribeDBClusterParameters", {**OF_PG, "Source": "user"}, count("Parameters"), 0, 1, CLUSTER_GROUP,
      ("modify_db_cluster_parameter_group", {**OF_PG, **TOKYO}))  # fmt: skip
calls("rds", "DescribeDBParameters", {**OF_DB_PG, "Source": "user"}, count("Parameters"), 0, 1, DB_GROUP,
      ("modify_db_parameter_group", {**OF_DB_PG, **FORMAT}))  # fmt: skip

ALARM = {"AlarmName": "a", "Namespace": "n", "MetricName": "m", "Statistic": "Sum", "Period": 60,
         "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold"}  # fmt: skip
calls("cloudwatch", "DescribeAlarms", {"AlarmNames": ["a"]}, count("MetricAlarms"), 0, 1, ("put_metric_alarm", ALARM))

SCALED = "application-autoscaling"
OF_RDS = {"ServiceNamespace": "rds", "ResourceIds": ["cluster:web"]}
calls(SCALED, "DescribeScalableTargets", OF_RDS, count("ScalableTargets"), 0, 1, REGISTER)
calls(SCALED, "DescribeScalingPolicies", {"ServiceNamespace": "rds"}, count("ScalingPolicies"), 0, 1, REGISTER,
      ("put_scaling_policy", {**TARGET, **SCALING}))  # fmt: skip


@case(SCALED, "ListTagsForResource", {}, {"a": "b"})
def target_tagged(aws: Any) -> Iterator[Any]:
    arn = aws(SCALED).register_scalable_target(**REGISTER[1])["ScalableTargetARN"]
    yield
    aws(SCALED).tag_resource(ResourceARN=arn, Tags={"a": "b"})
    yield lambda: aws(SCALED).list_tags_for_resource(ResourceARN=arn)["Tags"]


@pytest.mark.parametrize(("read", "write", "old", "new"), CASES)
def test_old_then_new(sees, read, write, old, new):
    assert sees(write) == [old, new]


def test_every_read_of_the_table_is_tried():
    assert {kind.name for kind in lag_services.KINDS} == {param.values[0] for param in CASES}
