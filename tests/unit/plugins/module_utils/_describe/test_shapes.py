# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from datetime import UTC, datetime

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._describe import (
    cloudtrail,
    cloudwatch,
    config,
    ec2,
    elbv2,
    guardduty,
    kms,
    logs,
    rds,
    reading,
    resourcegroupstaggingapi,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError

NOW = datetime(2026, 2, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("key", "tags"),
    [
        ("Tags", [{"Key": "Project", "Value": "a"}, {"Key": "aws:created", "Value": "b"}]),
        ("TagList", [{"Key": "Project", "Value": "a"}]),
        ("tags", [{"key": "Project", "value": "a"}]),
        ("TagSet", {"Project": "a"}),
    ],
)
def test_tags_are_one_dictionary_under_one_name(key, tags):
    assert reading.tagged([{"Id": 1, key: tags}], key) == [{"Id": 1, "Tags": {"Project": "a"}}]


def test_what_has_no_tags_has_an_empty_dictionary():
    assert reading.tagged([{"Id": 1}]) == [{"Id": 1, "Tags": {}}]


def test_filters_have_ec2s_names():
    assert reading.filters(vpc_id=["b", "a"], tag_Name="x", state=None) == {
        "Filters": [{"Name": "vpc-id", "Values": ["a", "b"]}, {"Name": "tag:Name", "Values": ["x"]}]
    }
    assert reading.filters(vpc_id=None) == {}


def test_a_vpc_has_its_dns_attributes(scripted, refused):
    aws = scripted(
        {
            "ec2:describe_vpcs": {"Vpcs": [{"VpcId": "vpc-1", "Tags": [{"Key": "Name", "Value": "v"}]}]},
            "ec2:describe_vpc_attribute": lambda asked: (
                {"EnableDnsSupport": {"Value": True}} if asked["Attribute"] == "enableDnsSupport" else refused()
            ),
        }
    )
    (vpc,) = ec2.vpcs(aws, names=["v"])
    assert vpc["EnableDnsSupport"] is True
    assert vpc["EnableDnsHostnames"] is None
    assert vpc["Errors"]["describe_vpc_attribute"]["code"] == "AccessDenied"
    assert aws.asked[0][2] == {"Filters": [{"Name": "tag:Name", "Values": ["v"]}]}


def test_no_names_are_no_call(scripted):
    assert ec2.vpcs(scripted({}), names=[]) == []
    assert ec2.flow_logs(scripted({}), names=[]) == []


def test_deleted_endpoints_are_left_out(scripted):
    found = [{"VpcEndpointId": "a", "State": "available"}, {"VpcEndpointId": "b", "State": "Deleted"}]
    aws = scripted({"ec2:describe_vpc_endpoints": {"VpcEndpoints": found}})
    assert [one["VpcEndpointId"] for one in ec2.vpc_endpoints(aws)] == ["a"]


def test_parameter_groups_have_what_somebody_set(scripted):
    aws = scripted(
        {
            "rds:describe_db_cluster_parameter_groups": {
                "DBClusterParameterGroups": [{"DBClusterParameterGroupName": "g", "DBClusterParameterGroupArn": "arn"}]
            },
            "rds:list_tags_for_resource": {"TagList": [{"Key": "Project", "Value": "a"}]},
            "rds:describe_db_cluster_parameters": {
                "Parameters": [{"ParameterName": "require_secure_transport", "ParameterValue": "ON"}]
            },
        }
    )
    (group,) = rds.db_cluster_parameter_groups(aws, names=["g"])
    assert group["Tags"] == {"Project": "a"}
    assert group["Parameters"]["require_secure_transport"]["ParameterValue"] == "ON"
    assert aws.asked[-1][2]["Source"] == "user"


def test_only_manual_snapshots_are_asked_who_may_restore_them(scripted):
    snapshots = [
        {"DBClusterSnapshotIdentifier": "a", "SnapshotType": "automated"},
        {"DBClusterSnapshotIdentifier": "m", "SnapshotType": "manual"},
    ]
    shared = [{"AttributeName": "restore", "AttributeValues": ["all"]}]
    aws = scripted(
        {
            "rds:describe_db_cluster_snapshots": {"DBClusterSnapshots": snapshots},
            "rds:describe_db_cluster_snapshot_attributes": {
                "DBClusterSnapshotAttributesResult": {"DBClusterSnapshotAttributes": shared}
            },
        }
    )
    automated, manual = rds.db_cluster_snapshots(aws, clusters=["c"])
    assert "Attributes" not in automated
    assert manual["Attributes"] == {"restore": ["all"]}
    assert aws.operations.count("rds:describe_db_cluster_snapshot_attributes") == 1


def test_statistics_come_from_one_call(scripted):
    queries = [
        {"Namespace": "AWS/RDS", "MetricName": "CPUUtilization", "Dimensions": {"DBInstanceIdentifier": "db"}},
        {"Namespace": "AWS/ECS", "MetricName": "CPUUtilization", "Dimensions": {"ServiceName": "s"}},
    ]
    results = [
        {"Id": "q0a", "Values": [10.0, 20.0]},
        {"Id": "q0m", "Values": [30.0, 50.0]},
        {"Id": "q0m", "Values": [40]},
    ]
    aws = scripted({"cloudwatch:get_metric_data": {"MetricDataResults": results}})
    busy, silent = cloudwatch.statistics(aws, queries, end=NOW)
    assert (busy["Average"], busy["Maximum"], busy["Points"]) == (15, 50, 3)
    assert (silent["Average"], silent["Maximum"], silent["Points"]) == (None, None, 0)
    assert silent["Dimensions"] == {"ServiceName": "s"}
    assert len(aws.asked) == 1
    assert cloudwatch.statistics(scripted({}), [], end=NOW) == []


def test_a_key_that_aws_manages_is_left_out(scripted, refused):
    keys = {
        "a": {"KeyId": "a", "KeyManager": "AWS"},
        "c": {"KeyId": "c", "KeyManager": "CUSTOMER", "KeyState": "Enabled"},
    }
    aws = scripted(
        {
            "kms:describe_key": lambda asked: {"KeyMetadata": keys[asked["KeyId"]]},
            "kms:list_resource_tags": {"Tags": [{"TagKey": "Project", "TagValue": "a"}]},
            "kms:get_key_rotation_status": refused("UnsupportedOperationException"),
            "kms:get_key_policy": {"Policy": '{"Statement": []}'},
        }
    )
    (key,) = kms.keys(aws, ids=["a", "c"], known=[{"AliasName": "alias/x", "TargetKeyId": "c"}])
    assert key["AliasNames"] == ["alias/x"]
    assert key["Tags"] == {"Project": "a"}
    assert key["Rotation"] is None
    assert key["Policy"] == {"Statement": []}
    assert "Errors" not in key


def test_a_trail_is_asked_at_home(scripted):
    trail = {"TrailARN": "arn", "HomeRegion": "eu-west-1"}
    aws = scripted(
        {
            "cloudtrail:describe_trails": {"trailList": [trail]},
            "cloudtrail:get_trail_status": {"IsLogging": True},
            "cloudtrail:get_event_selectors": {"EventSelectors": []},
        }
    )
    (found,) = cloudtrail.trails(aws)
    assert found["Status"] == {"IsLogging": True}
    assert [region for *_call, region in aws.asked] == ["us-east-1", "eu-west-1", "eu-west-1"]


def test_recorders_and_channels_have_their_status(scripted):
    aws = scripted(
        {
            "config:describe_configuration_recorders": {"ConfigurationRecorders": [{"name": "default"}]},
            "config:describe_configuration_recorder_status": {
                "ConfigurationRecordersStatus": [{"name": "default", "recording": True}]
            },
            "config:describe_delivery_channels": {"DeliveryChannels": [{"name": "default"}]},
            "config:describe_delivery_channel_status": {"DeliveryChannelsStatus": []},
        }
    )
    assert config.recorders(aws)[0]["Status"]["recording"] is True
    assert config.delivery_channels(aws)[0]["Status"] is None


def test_findings_of_guardduty_are_the_grave_ones(scripted):
    finding = {"Id": "1", "Arn": "arn", "Severity": 8, "Type": "t", "Service": {"Action": {}}}
    aws = scripted(
        {"guardduty:list_findings": {"FindingIds": ["1"]}, "guardduty:get_findings": {"Findings": [finding]}}
    )
    assert guardduty.high_findings(aws, detector="d") == [{"Arn": "arn", "Id": "1", "Type": "t", "Severity": 8}]
    assert guardduty.high_findings(scripted({"guardduty:list_findings": {"FindingIds": []}}), detector="d") == []


def test_deliveries_know_their_source(scripted):
    aws = scripted(
        {
            "logs:describe_deliveries": {"deliveries": [{"deliverySourceName": "a"}, {"deliverySourceName": "b"}]},
            "logs:describe_delivery_sources": {"deliverySources": [{"name": "a", "resourceArns": ["arn"]}]},
        }
    )
    assert [one["Source"] for one in logs.deliveries(aws)] == [{"name": "a", "resourceArns": ["arn"]}, None]


def test_tags_are_asked_for_a_hundred_at_a_time(scripted):
    def answer(asked):
        assert len(asked["ResourceARNList"]) <= 100
        return {"ResourceTagMappingList": [{"ResourceARN": arn, "Tags": []} for arn in asked["ResourceARNList"]]}

    aws = scripted({"resourcegroupstaggingapi:get_resources": answer})
    found = resourcegroupstaggingapi.resources(aws, arns=[f"arn:aws:sqs:us-east-1:1:{n}" for n in range(150)])
    assert len(found) == 150
    assert len(aws.asked) == 2


def test_load_balancers_have_tags_for_twenty_in_a_call(scripted):
    def tags(asked):
        arns = asked["ResourceArns"]
        assert len(arns) <= 20
        return {"TagDescriptions": [{"ResourceArn": arn, "Tags": [{"Key": "n", "Value": arn}]} for arn in arns]}

    balancers = [{"LoadBalancerArn": f"arn{n}"} for n in range(45)]
    aws = scripted({"elbv2:describe_load_balancers": {"LoadBalancers": balancers}, "elbv2:describe_tags": tags})
    found = elbv2.load_balancers(aws)
    assert found[44]["Tags"] == {"n": "arn44"}
    assert aws.operations.count("elbv2:describe_tags") == 3


def test_a_denied_list_is_an_error(scripted, refused):
    with pytest.raises(AwsError):
        rds.db_clusters(scripted({"rds:describe_db_clusters": refused()}))


def test_many_statistics_come_five_hundred_queries_at_a_time(scripted):
    queries = [{"Namespace": "n", "MetricName": "m", "Dimensions": {"id": str(number)}} for number in range(300)]
    sizes = []

    def answer(asked):
        sizes.append(len(asked["MetricDataQueries"]))
        return {"MetricDataResults": [{"Id": one["Id"], "Values": [1.0]} for one in asked["MetricDataQueries"]]}

    found = cloudwatch.statistics(scripted({"cloudwatch:get_metric_data": answer}), queries, end=NOW)
    assert {one["Maximum"] for one in found} == {1.0}
    assert sorted(sizes) == [100, 500]
