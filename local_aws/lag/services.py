# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The reads that lag behind writes of KMS, S3, IAM, RDS and others.

KMS: https://docs.aws.amazon.com/kms/latest/developerguide/programming-eventual-consistency.html. S3's bucket
configurations, and the list of buckets after a deletion (objects are consistent):
https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel. IAM:
https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency.
The other services promise nothing of the sort, and lag too.
"""

from __future__ import annotations

from local_aws.lag.kinds import Kind, Listed, Single


def _last(name: str) -> str:
    """A DB cluster and the like by identifier or ARN."""
    return name.rpartition(":")[2].lower()


def _key(name: str) -> str:
    """A key's id, or alias/name."""
    if ":alias/" in name:
        return "alias/" + name.partition(":alias/")[2]
    return name.rpartition("/")[2] if name.startswith("arn:") else name


def _secret(name: str) -> str:
    return name.partition(":secret:")[2][:-7] if name.startswith("arn:") else name


def _log_group(name: str) -> str:
    return name.partition(":log-group:")[2].removesuffix(":*") if name.startswith("arn:") else name


def _topic(name: str) -> str:
    return name.rpartition(":")[2]


def _of_key(operation: str, *writes: str, **more: object) -> Kind:
    fields: dict[str, object] = {
        "asks": ("KeyId",), "made": "KeyMetadata.KeyId", "short": _key,
        "writes": ("CreateKey", "ReplicateKey", *writes),
        "missing": ("NotFoundException", "Key 'arn:aws:kms:{region}:{account}:key/{id}' does not exist", 400), **more,
    }  # fmt: skip
    return Single(service="kms", operation=operation, **fields)  # type: ignore[arg-type]


def _of_bucket(operation: str, *writes: str) -> Kind:
    return Single(service="s3", operation=operation, asks=("Bucket",), writes=("CreateBucket", "DeleteBucket", *writes))


def _of_role(operation: str, *writes: str, **more: object) -> Kind:
    fields: dict[str, object] = {"asks": ("RoleName",), "writes": ("CreateRole", "DeleteRole", *writes), **more}
    return Single(service="iam", operation=operation, **fields)  # type: ignore[arg-type]


def _of_secret(operation: str, *writes: str, tags: str = "") -> Kind:
    return Single(
        service="secretsmanager", operation=operation, asks=("SecretId",), named_by={"SecretId": ("SecretId", "Name")},
        short=_secret, writes=("CreateSecret", "DeleteSecret", "RestoreSecret", *writes), tags=tags,
    )  # fmt: skip


def _of_topic(operation: str, parameter: str, *writes: str, tags: str = "") -> Kind:
    return Single(
        service="sns", operation=operation, asks=(parameter,), named_by={parameter: (parameter, "TopicArn", "Name")},
        short=_topic, asked="arn:aws:sns:{region}:{account}:{id}", writes=("CreateTopic", "DeleteTopic", *writes),
        tags=tags,
    )  # fmt: skip


def _of_rds(operation: str, items: str, key: str, code: str, *writes: str, tags: str = "", **more: object) -> Kind:
    fields: dict[str, object] = {
        "names": (key,), "short": _last, "tags": tags, "missing": (code, "{id} not found.", 404), **more,
    }  # fmt: skip
    return Listed(service="rds", operation=operation, items=items, id=(key,), writes=writes, **fields)  # type: ignore[arg-type]


def _parameters(operation: str, group: str, *writes: str) -> Kind:
    return Listed(
        service="rds", operation=operation, items="Parameters", id=("ParameterName",), within=group,
        asks={"Source": "Source"}, writes=writes,
    )  # fmt: skip


_TAGGED = ("TagResource", "UntagResource")
_RDS_TAGS = ("AddTagsToResource", "RemoveTagsFromResource")
_SECRET_CHANGES = ("UpdateSecret", "PutSecretValue", "*RotateSecret", "*Replicat*", *_TAGGED)
_PARAMETERS = ("PutParameter", "DeleteParameter", "LabelParameterVersion")

KINDS: tuple[Kind, ...] = (
    _of_key("DescribeKey", "EnableKey", "DisableKey", "UpdateKeyDescription", "*KeyDeletion", "UpdatePrimaryRegion"),
    _of_key("DescribeKey", named_by={"KeyId": ("AliasName",)}, made="", writes=("*Alias",)),
    _of_key("GetKeyRotationStatus", "*KeyRotation"),
    _of_key("GetKeyPolicy", "PutKeyPolicy", given={"PolicyName": "default"}),
    _of_key("ListResourceTags", *_TAGGED, tags="Tags"),
    Listed(
        service="kms", operation="ListKeys", items="Keys", id=("KeyId",), writes=("CreateKey", "ReplicateKey"),
    ),
    Listed(
        service="kms", operation="ListAliases", items="Aliases", id=("AliasName",), writes=("*Alias",),
        asks={"KeyId": "TargetKeyId"},
    ),
    _of_bucket("HeadBucket"),
    _of_bucket("GetBucketLocation"),
    _of_bucket("GetPublicAccessBlock", "*PublicAccessBlock"),
    _of_bucket("GetBucketPolicy", "*BucketPolicy"),
    _of_bucket("GetBucketPolicyStatus", "*BucketPolicy"),
    _of_bucket("GetBucketAcl", "PutBucketAcl"),
    _of_bucket("GetBucketVersioning", "PutBucketVersioning"),
    _of_bucket("GetBucketEncryption", "*BucketEncryption"),
    _of_bucket("GetBucketLifecycleConfiguration", "*BucketLifecycle*"),
    _of_bucket("GetBucketReplication", "*BucketReplication"),
    _of_bucket("GetBucketLogging", "PutBucketLogging"),
    _of_bucket("GetBucketOwnershipControls", "*BucketOwnershipControls"),
    _of_bucket("GetBucketTagging", "*BucketTagging"),
    Listed(
        service="s3", operation="ListBuckets", items="Buckets", id=("Name",), writes=("CreateBucket", "DeleteBucket"),
        prefixes={"Prefix": "Name"},
    ),
    Single(
        service="s3control", operation="GetPublicAccessBlock", asks=("AccountId",), writes=("*PublicAccessBlock",),
    ),
    _of_role("GetRole", "UpdateRole*", "UpdateAssumeRolePolicy", "*RolePermissionsBoundary", "*Role", tags="Role.Tags"),
    _of_role("ListRoleTags", "TagRole", "UntagRole", tags="Tags"),
    _of_role("ListRolePolicies", "*RolePolicy"),
    _of_role("ListAttachedRolePolicies", "*RolePolicy"),
    _of_role("GetRolePolicy", "*RolePolicy", asks=("RoleName", "PolicyName")),
    Listed(
        service="iam", operation="ListRoles", items="Roles", id=("RoleName",), prefixes={"PathPrefix": "Path"},
        writes=("CreateRole", "DeleteRole", "UpdateRole*", "UpdateAssumeRolePolicy"),
    ),
    Single(
        service="iam", operation="GetPolicy", asks=("PolicyArn",), made="Policy.Arn",
        writes=("*Policy", "*PolicyVersion"), tags="Policy.Tags",
        missing=("NoSuchEntity", "Policy {id} was not found.", 404),
    ),
    Single(
        service="iam", operation="GetAccountPasswordPolicy", asks=(), writes=("*AccountPasswordPolicy",),
    ),
    _of_secret("DescribeSecret", *_SECRET_CHANGES, tags="Tags"),
    _of_secret("GetResourcePolicy", "*ResourcePolicy"),
    Listed(
        service="secretsmanager", operation="ListSecrets", items="SecretList", id=("ARN",),
        writes=("CreateSecret", "DeleteSecret", "RestoreSecret", *_SECRET_CHANGES), tags="Tags",
    ),
    Listed(
        service="ssm", operation="DescribeParameters", items="Parameters", id=("Name",), writes=_PARAMETERS,
    ),
    *(
        Listed(
            service="ssm", operation="GetParameters", items="Parameters", id=("Name",), names=("Names",),
            within="Names", unknown="InvalidParameters", writes=_PARAMETERS, given={"WithDecryption": decrypted},
        )
        for decrypted in (False, True)
    ),
    *(
        Single(
            service="ssm", operation="GetParameter", asks=("Name",), writes=_PARAMETERS,
            given={"WithDecryption": decrypted},
        )
        for decrypted in (False, True)
    ),
    Single(
        service="ssm", operation="ListTagsForResource", asks=("ResourceId",),
        named_by={"ResourceId": ("ResourceId", "Name")}, given={"ResourceType": "Parameter"},
        writes=("PutParameter", "DeleteParameter", *_RDS_TAGS), tags="TagList",
    ),
    Listed(
        service="logs", operation="DescribeLogGroups", items="logGroups", id=("logGroupName",),
        prefixes={"logGroupNamePrefix": "logGroupName"}, writes=("*LogGroup", "*RetentionPolicy", "*KmsKey"),
    ),
    Single(
        service="logs", operation="ListTagsForResource", asks=("resourceArn",), short=_log_group,
        named_by={"resourceArn": ("resourceArn", "logGroupName")},
        asked="arn:aws:logs:{region}:{account}:log-group:{id}",
        writes=("CreateLogGroup", "DeleteLogGroup", *_TAGGED), tags="tags",
    ),
    Listed(
        service="logs", operation="DescribeMetricFilters", items="metricFilters", id=("logGroupName", "filterName"),
        asks={"logGroupName": "logGroupName"}, prefixes={"filterNamePrefix": "filterName"}, writes=("*MetricFilter",),
    ),
    Listed(
        service="logs", operation="DescribeDeliverySources", items="deliverySources", id=("name",),
        writes=("*DeliverySource",),
    ),
    Listed(
        service="logs", operation="DescribeDeliveryDestinations", items="deliveryDestinations", id=("name",),
        writes=("*DeliveryDestination",),
    ),
    Listed(
        service="logs", operation="DescribeDeliveries", items="deliveries", id=("id",),
        writes=("*Delivery", "UpdateDeliveryConfiguration"),
    ),
    _of_topic("GetTopicAttributes", "TopicArn", "SetTopicAttributes", "*Permission", "Subscribe"),
    _of_topic("ListTagsForResource", "ResourceArn", *_TAGGED, tags="Tags"),
    _of_topic("ListSubscriptionsByTopic", "TopicArn", "Subscribe"),
    Listed(
        service="sns", operation="ListTopics", items="Topics", id=("TopicArn",), writes=("CreateTopic", "DeleteTopic"),
    ),
    _of_rds(
        "DescribeDBClusters", "DBClusters", "DBClusterIdentifier", "DBClusterNotFoundFault", "*DBCluster",
        "*DBInstance*", "RestoreDBCluster*", "*RoleToDBCluster", "*RoleFromDBCluster", *_RDS_TAGS, tags="TagList",
        filters={"db-cluster-id": "DBClusterIdentifier"},
    ),
    _of_rds(
        "DescribeDBInstances", "DBInstances", "DBInstanceIdentifier", "DBInstanceNotFound", "*DBInstance*",
        "*DBCluster", *_RDS_TAGS, tags="TagList",
        filters={"db-instance-id": "DBInstanceIdentifier", "db-cluster-id": "DBClusterIdentifier"},
    ),
    _of_rds(
        "DescribeDBSubnetGroups", "DBSubnetGroups", "DBSubnetGroupName", "DBSubnetGroupNotFoundFault", "*DBSubnetGroup",
    ),
    _of_rds(
        "DescribeDBClusterParameterGroups", "DBClusterParameterGroups", "DBClusterParameterGroupName",
        "DBParameterGroupNotFound", "*DBClusterParameterGroup",
    ),
    _of_rds(
        "DescribeDBParameterGroups", "DBParameterGroups", "DBParameterGroupName", "DBParameterGroupNotFound",
        "*DBParameterGroup",
    ),
    _parameters("DescribeDBClusterParameters", "DBClusterParameterGroupName", "*DBClusterParameterGroup"),
    _parameters("DescribeDBParameters", "DBParameterGroupName", "*DBParameterGroup"),
    _of_rds(
        "DescribeEventSubscriptions", "EventSubscriptionsList", "CustSubscriptionId", "SubscriptionNotFound",
        "*EventSubscription", "*SourceIdentifier*Subscription", names=("SubscriptionName",),
    ),
    _of_rds(
        "DescribeGlobalClusters", "GlobalClusters", "GlobalClusterIdentifier", "GlobalClusterNotFoundFault",
        "*GlobalCluster", "*DBCluster", *_RDS_TAGS,
    ),
    _of_rds(
        "DescribeDBClusterSnapshots", "DBClusterSnapshots", "DBClusterSnapshotIdentifier",
        "DBClusterSnapshotNotFoundFault", "*DBClusterSnapshot", "DeleteDBCluster", *_RDS_TAGS, tags="TagList",
        asks={"DBClusterIdentifier": "DBClusterIdentifier", "SnapshotType": "SnapshotType"},
    ),
    Single(
        service="rds", operation="ListTagsForResource", asks=("ResourceName",), short=str.lower,
        made="DBCluster.DBClusterArn DBInstance.DBInstanceArn DBSubnetGroup.DBSubnetGroupArn"
        " DBClusterParameterGroup.DBClusterParameterGroupArn DBParameterGroup.DBParameterGroupArn"
        " EventSubscription.EventSubscriptionArn DBClusterSnapshot.DBClusterSnapshotArn",
        writes=(*_RDS_TAGS, "CreateDB*", "CreateEventSubscription"), tags="TagList",
    ),
    Listed(
        service="cloudwatch", operation="DescribeAlarms", items="MetricAlarms", id=("AlarmName",),
        asks={"AlarmNames": "AlarmName"}, prefixes={"AlarmNamePrefix": "AlarmName"},
        writes=("PutMetricAlarm", "DeleteAlarms"),
    ),
    Listed(
        service="application-autoscaling", operation="DescribeScalableTargets", items="ScalableTargets",
        id=("ResourceId", "ScalableDimension"), within="ServiceNamespace", writes=("*ScalableTarget",),
        asks={"ResourceIds": "ResourceId", "ScalableDimension": "ScalableDimension"},
    ),
    Listed(
        service="application-autoscaling", operation="DescribeScalingPolicies", items="ScalingPolicies",
        id=("ResourceId", "ScalableDimension", "PolicyName"), within="ServiceNamespace",
        writes=("*ScalingPolicy", "DeregisterScalableTarget"),
        asks={"PolicyNames": "PolicyName", "ResourceId": "ResourceId", "ScalableDimension": "ScalableDimension"},
    ),
    Single(
        service="application-autoscaling", operation="ListTagsForResource", asks=("ResourceARN",), writes=_TAGGED,
    ),
)  # fmt: skip
