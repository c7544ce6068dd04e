# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.flow_log import (
    FLOW_LOG,
    REPLACES,
    check,
    create,
    read,
    update,
)
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2, tags

WISH = {
    "name": "mine",
    "vpc": "vpc-1",
    "traffic_type": "ALL",
    "log_group": "/flow",
    "role": "arn:aws:iam::1:role/flow",
    "aggregation_interval": 60,
    "tags": {"Name": "mine"},
}
FLOW = {
    "FlowLogId": "fl-1",
    "ResourceId": "vpc-1",
    "TrafficType": "ALL",
    "LogGroupName": "/flow",
    "DeliverLogsPermissionArn": "arn:aws:iam::1:role/flow",
    "MaxAggregationInterval": 60,
    "FlowLogStatus": "ACTIVE",
    "Tags": tags(Name="mine"),
}


def found(**changes):
    return read(Ec2({"describe_flow_logs": {"FlowLogs": [{**FLOW, **changes}]}}), [WISH])


def test_one_is_found_by_its_name_or_by_its_log_group():
    assert not plan(FLOW_LOG, found()["mine"], WISH).needed
    assert plan(FLOW_LOG, found(Tags=[])["mine"], WISH).tags_to_set == {"Name": "mine"}
    arn = "arn:aws:logs:us-east-1:1:log-group:/flow:*"
    assert found(Tags=[], LogGroupName=None, LogDestination=arn)["mine"]["log_group"] == "/flow"
    assert found(Tags=[], LogGroupName="/other") == {} and found(ResourceId="vpc-2") == {}


def test_a_vpc_that_is_not_there_yet_has_none():
    assert read(Ec2(), [{**WISH, "vpc": "vpc v (known after apply)"}]) == {}


def differing(**changes):
    return found(TrafficType="REJECT", Tags=tags(Name="mine", Team="x"), **changes)["mine"]


def operations(aws):
    return [operation for operation, _unused in aws.sent]


def test_one_that_differs_is_made_anew_with_all_its_tags_before_the_old_one_goes():
    aws, state = Ec2(), differing()
    change = plan(FLOW_LOG, state, WISH)
    assert change.fields == {"traffic_type"}
    update(aws, state, WISH, change.fields)
    assert operations(aws) == ["create_flow_logs", "delete_flow_logs"]
    sent = aws.sent[0][1]
    assert sent["TrafficType"] == "ALL" and sent["ResourceIds"] == ["vpc-1"] and sent["MaxAggregationInterval"] == 60
    assert {tag["Key"] for tag in sent["TagSpecifications"][0]["Tags"]} == {"Name", "Team", REPLACES}


def test_a_role_that_cannot_be_assumed_costs_no_flow_log():
    refused = AwsError("ec2", "create_flow_logs", "InvalidParameter", "Unable to assume given IAM role")
    aws = Ec2({"create_flow_logs": refused})
    with pytest.raises(AwsError, match="Unable to assume"):
        update(aws, differing(), WISH, frozenset({"role"}))
    assert operations(aws) == ["create_flow_logs"], "the old one stays, and the engine tries again"
    assert FLOW_LOG.eventual(refused)


EXISTS = AwsError("ec2", "create_flow_logs", "FlowLogAlreadyExists", "the same configuration and log destination")


def test_where_aws_takes_no_second_one_the_old_one_goes_first():
    aws = Ec2({"create_flow_logs": [EXISTS, {}]})
    update(aws, differing(), WISH, frozenset({"traffic_type"}))
    assert operations(aws) == ["create_flow_logs", "delete_flow_logs", "create_flow_logs"]


def test_the_old_one_is_put_back_when_its_successor_is_refused():
    refused = AwsError("ec2", "create_flow_logs", "InvalidParameter", "Unable to assume given IAM role")
    aws = Ec2({"create_flow_logs": [EXISTS, refused, {}]})
    with pytest.raises(AwsError, match="Unable to assume"):
        update(aws, differing(), WISH, frozenset({"role"}))
    assert operations(aws) == ["create_flow_logs", "delete_flow_logs", "create_flow_logs", "create_flow_logs"]
    back = aws.sent[-1][1]
    assert back["TrafficType"] == "REJECT" and len({sent.get("ClientToken") for _unused, sent in aws.sent}) == 4


def test_deletion_of_one_that_is_gone_is_no_error():
    gone = {"ResourceId": "fl-1", "Error": {"Code": "InvalidFlowLogId.NotFound", "Message": "gone"}}
    update(Ec2({"delete_flow_logs": {"Unsuccessful": [gone]}}), differing(), WISH, frozenset({"traffic_type"}))


def test_what_an_ended_run_has_left_is_deleted_and_nothing_else_of_that_name():
    new = {**FLOW, "FlowLogId": "fl-2", "Tags": tags(Name="mine", **{REPLACES: "fl-1"})}
    foreign = {**FLOW, "FlowLogId": "fl-3", "LogDestinationType": "s3", "LogDestination": "arn:aws:s3:::theirs"}
    aws = Ec2({"describe_flow_logs": {"FlowLogs": [FLOW, new, foreign]}})
    state = read(aws, [WISH])["mine"]
    assert state["id"] == "fl-2" and REPLACES not in state["tags"]
    change = plan(FLOW_LOG, state, WISH)
    assert change.fields == {"replaced"}
    update(aws, state, WISH, change.fields)
    assert aws.changes == [("delete_flow_logs", {"FlowLogIds": ["fl-1"]})]


def test_one_with_another_name_is_left_alone():
    assert found(Tags=tags(Name="theirs")) == {}


def test_records_that_do_not_arrive_are_said():
    state = found(DeliverLogsStatus="FAILED", DeliverLogsErrorMessage="Access error")["mine"]
    change = plan(FLOW_LOG, state, WISH)
    assert not change.needed and change.warnings == ("flow_log mine: AWS does not deliver its records: Access error",)
    assert plan(FLOW_LOG, found(DeliverLogsStatus="SUCCESS")["mine"], WISH).warnings == ()


def test_records_may_go_to_a_bucket():
    bucket = "arn:aws:s3:::records/shop/"
    wish = {**WISH, "log_group": None, "role": None, "bucket": bucket, "file_format": "parquet"}
    wish = {key: value for key, value in wish.items() if value is not None}
    aws = Ec2()
    create(aws, wish)
    sent = aws.sent[0][1]
    assert (sent["LogDestinationType"], sent["LogDestination"]) == ("s3", bucket)
    assert sent["DestinationOptions"] == {"FileFormat": "parquet"} and "DeliverLogsPermissionArn" not in sent
    there = {
        **FLOW,
        "LogGroupName": None,
        "DeliverLogsPermissionArn": None,
        "LogDestinationType": "s3",
        "LogDestination": bucket,
        "DestinationOptions": {"FileFormat": "parquet", "HiveCompatiblePartitions": False},
    }
    state = read(Ec2({"describe_flow_logs": {"FlowLogs": [there]}}), [wish])["mine"]
    assert not plan(FLOW_LOG, state, wish).needed


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"log_group": "/flow"}, "needs role"),
        ({"role": "r"}, "needs log_group"),
        ({"bucket": "b", "role": "r"}, "takes no role"),
        ({"log_group": "/flow", "role": "r", "file_format": "parquet"}, "file_format is of flow logs to a bucket"),
    ],
)
def test_a_destination_is_whole(wish, words):
    assert words in check(wish)[0]
    assert check(WISH) == []


def test_what_aws_did_not_make_is_an_error_though_the_call_succeeded():
    failed = {"ResourceId": "vpc-1", "Error": {"Code": "400", "Message": "Access Denied for LogDestination"}}
    with pytest.raises(AwsError, match="Access Denied for LogDestination"):
        create(Ec2({"create_flow_logs": {"Unsuccessful": [failed]}}), WISH)


def test_a_role_that_is_not_known_yet_is_waited_for():
    message = "The role arn:aws:iam::1:role/flow cannot be assumed"
    assert FLOW_LOG.eventual(AwsError("ec2", "create_flow_logs", "InvalidParameter", message))
    assert not FLOW_LOG.eventual(AwsError("ec2", "create_flow_logs", "InvalidParameter", "Bad traffic type"))
