# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.flow_log import (
    FLOW_LOG,
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


def test_one_that_differs_is_made_anew_with_all_its_tags():
    aws = Ec2()
    state = found(TrafficType="REJECT", Tags=tags(Name="mine", Team="x"))["mine"]
    change = plan(FLOW_LOG, state, WISH)
    assert change.fields == {"traffic_type"}
    update(aws, state, WISH, change.fields)
    assert [operation for operation, _unused in aws.sent] == ["delete_flow_logs", "create_flow_logs"]
    sent = aws.sent[1][1]
    assert sent["TrafficType"] == "ALL" and sent["ResourceIds"] == ["vpc-1"] and sent["MaxAggregationInterval"] == 60
    assert {tag["Key"] for tag in sent["TagSpecifications"][0]["Tags"]} == {"Name", "Team"}


def test_what_aws_did_not_make_is_an_error_though_the_call_succeeded():
    failed = {"ResourceId": "vpc-1", "Error": {"Code": "400", "Message": "Access Denied for LogDestination"}}
    with pytest.raises(AwsError, match="Access Denied for LogDestination"):
        create(Ec2({"create_flow_logs": {"Unsuccessful": [failed]}}), WISH)


def test_a_role_that_is_not_known_yet_is_waited_for():
    message = "The role arn:aws:iam::1:role/flow cannot be assumed"
    assert FLOW_LOG.eventual(AwsError("ec2", "create_flow_logs", "InvalidParameter", message))
    assert not FLOW_LOG.eventual(AwsError("ec2", "create_flow_logs", "InvalidParameter", "Bad traffic type"))
