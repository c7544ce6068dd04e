# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Vended logs and replication as strict as AWS."""

from __future__ import annotations

import json

import pytest

HOME = "us-east-1"
KEY = {"SseKmsEncryptedObjects": {"Status": "Enabled"}}


@pytest.fixture
def logs(client):
    return client("logs", region=HOME)


@pytest.fixture
def distribution(client):
    origin = {"Id": "s", "DomainName": "web.s3.us-east-1.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
    behavior = {
        "TargetOriginId": "s",
        "ViewerProtocolPolicy": "https-only",
        "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
        "MinTTL": 0,
    }
    config = {
        "CallerReference": "web",
        "Comment": "",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [origin]},
        "DefaultCacheBehavior": behavior,
    }
    return client("cloudfront", region=HOME).create_distribution(DistributionConfig=config)["Distribution"]["ARN"]


def test_cloudfront_s_source_is_in_one_region_and_one_of_its_kind(client, logs, distribution, refused):
    wanted = {"name": "web", "resourceArn": distribution, "logType": "ACCESS_LOGS"}
    assert refused(client("logs", region="eu-west-1").put_delivery_source, **wanted) == "ValidationException"
    nowhere = {**wanted, "resourceArn": "arn:aws:cloudfront::123456789012:distribution/ENONE"}
    assert refused(logs.put_delivery_source, **nowhere) == "ResourceNotFoundException"
    logs.put_delivery_source(**wanted)
    assert refused(logs.put_delivery_source, **{**wanted, "name": "other"}) == "ConflictException"


def test_a_delivery_opens_the_bucket_and_adds_its_folder_once(client, logs, distribution, refused):
    s3 = client("s3", region=HOME)
    target = {"destinationResourceArn": "arn:aws:s3:::web-logs"}
    wanted = {"name": "web", "deliveryDestinationConfiguration": target}
    assert refused(logs.put_delivery_destination, **wanted) == "ResourceNotFoundException"
    s3.create_bucket(Bucket="web-logs")
    destination = logs.put_delivery_destination(**wanted)["deliveryDestination"]["arn"]
    logs.put_delivery_source(name="web", resourceArn=distribution, logType="ACCESS_LOGS")
    pair = {"deliverySourceName": "web", "deliveryDestinationArn": destination}
    hive = {"suffixPath": "year={yyyy}", "enableHiveCompatiblePath": True}
    assert refused(logs.create_delivery, **pair, s3DeliveryConfiguration=hive) == "ValidationException"
    made = logs.create_delivery(**pair, s3DeliveryConfiguration={"suffixPath": "{yyyy}"})["delivery"]
    assert made["s3DeliveryConfiguration"]["suffixPath"] == "AWSLogs/{account-id}/CloudFront/{yyyy}"
    (statement,) = json.loads(s3.get_bucket_policy(Bucket="web-logs")["Policy"])["Statement"]
    assert statement["Sid"] == "AWSLogDeliveryWrite"
    logs.update_delivery_configuration(id=made["id"], s3DeliveryConfiguration={"suffixPath": "{MM}"})
    (found,) = logs.describe_deliveries()["deliveries"]
    assert found["s3DeliveryConfiguration"]["suffixPath"] == "{MM}", "nothing is put before it now"
    assert refused(logs.delete_delivery_source, name="web") == "ConflictException"


def rule(**changes):
    destination = {"Bucket": "arn:aws:s3:::copy", **changes.pop("Destination", {})}
    whole = {
        "ID": "a",
        "Priority": 1,
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "DeleteMarkerReplication": {"Status": "Enabled"},
        "Destination": destination,
    }
    return {key: value for key, value in {**whole, **changes}.items() if value is not None}


@pytest.fixture
def replicate(client):
    """replicate(rule, ...) on a versioned bucket, to one that is versioned as well."""
    s3 = client("s3", region=HOME)
    for name in ("web", "copy", "unversioned"):
        s3.create_bucket(Bucket=name)
    for name in ("web", "copy"):
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})

    def put(*rules):
        configuration = {"Role": "arn:aws:iam::123456789012:role/r", "Rules": list(rules)}
        s3.put_bucket_replication(Bucket="web", ReplicationConfiguration=configuration)
        return s3

    return put


def test_replication_is_kept_whole(replicate, refused):
    wanted = rule(SourceSelectionCriteria=KEY, Destination={"EncryptionConfiguration": {"ReplicaKmsKeyID": "k"}})
    s3 = replicate(wanted)
    assert s3.get_bucket_replication(Bucket="web")["ReplicationConfiguration"]["Rules"] == [wanted]
    suspended = {"Bucket": "web", "VersioningConfiguration": {"Status": "Suspended"}}
    assert refused(s3.put_bucket_versioning, **suspended) == "InvalidBucketState"
    s3.delete_bucket_replication(Bucket="web")
    assert refused(s3.get_bucket_replication, Bucket="web") == "ReplicationConfigurationNotFoundError"


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ([rule(Destination={"Bucket": "arn:aws:s3:::none"})], "InvalidRequest"),
        ([rule(Destination={"Bucket": "arn:aws:s3:::unversioned"})], "InvalidRequest"),
        ([rule(Destination={"Bucket": "arn:aws:s3:::web"})], "InvalidRequest"),
        ([rule(DeleteMarkerReplication=None)], "InvalidRequest"),
        ([rule(SourceSelectionCriteria=KEY)], "InvalidRequest"),
        ([rule(Destination={"Metrics": {"Status": "Enabled", "EventThreshold": {"Minutes": 15}}})], "InvalidArgument"),
        ([rule(Destination={"ReplicationTime": {"Status": "Enabled", "Time": {"Minutes": 15}}})], "InvalidArgument"),
        ([rule(), rule(ID="b")], "InvalidArgument"),
    ],
)
def test_replication_that_is_refused(replicate, refused, rules, code):
    assert refused(replicate, *rules) == code


@pytest.mark.parametrize(
    "days",
    [
        {"Transitions": [{"Days": 7, "StorageClass": "STANDARD_IA"}]},
        {"Transitions": [{"Days": 90, "StorageClass": "STANDARD_IA"}], "Expiration": {"Days": 90}},
    ],
)
def test_days_of_a_lifecycle(replicate, refused, days):
    s3 = replicate(rule())
    rules = [{"ID": "a", "Status": "Enabled", "Filter": {"Prefix": ""}, **days}]
    wanted = {"Bucket": "web", "LifecycleConfiguration": {"Rules": rules}}
    assert refused(s3.put_bucket_lifecycle_configuration, **wanted) == "InvalidArgument"
