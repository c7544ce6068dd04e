# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import json

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.wait import failures
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2 import common
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.vpc_endpoint import (
    VPC_ENDPOINT,
    check,
    create,
    delete,
    read,
    service_name,
    update,
)
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2, tags

S3 = "com.amazonaws.us-east-1.s3"
POLICY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": ["s3:*"], "Resource": "*"}],
}
ENDPOINT = {
    "VpcEndpointId": "vpce-1",
    "VpcId": "vpc-1",
    "ServiceName": S3,
    "VpcEndpointType": "Gateway",
    "RouteTableIds": ["rtb-2", "rtb-1"],
    "PolicyDocument": json.dumps(POLICY),
    "State": "available",
    "Tags": tags(Name="mine"),
}
WISH = {"name": "mine", "vpc": "vpc-1", "service": S3, "type": "gateway", "tags": {"Name": "mine"}}


def found(*endpoints, wish=None):
    wish = wish or WISH
    return read(Ec2({"describe_vpc_endpoints": {"VpcEndpoints": [{**ENDPOINT, **one} for one in endpoints]}}), [wish])


@pytest.mark.parametrize(
    ("given", "partition", "full"),
    [
        ("s3", "aws", S3),
        ("ecr.api", "aws", "com.amazonaws.us-east-1.ecr.api"),
        ("monitoring", "aws-us-gov", "com.amazonaws.us-east-1.monitoring"),
        ("ecr.api", "aws-cn", "cn.com.amazonaws.us-east-1.ecr.api"),
        ("monitoring", "aws-cn", "cn.com.amazonaws.us-east-1.monitoring"),
        ("sts", "aws-cn", "cn.com.amazonaws.us-east-1.sts"),
        ("logs", "aws-cn", "com.amazonaws.us-east-1.logs"),
        ("secretsmanager", "aws-cn", "com.amazonaws.us-east-1.secretsmanager"),
        ("s3", "aws-cn", "cn.com.amazonaws.us-east-1.s3"),
        ("transcribe", "aws-cn", "cn.com.amazonaws.us-east-1.transcribe.cn"),
        ("aws.api.us-east-1.kendra-ranking", "aws", "aws.api.us-east-1.kendra-ranking"),
        ("eu.amazonaws.eusc-de-east-1.ecr.api", "aws", "eu.amazonaws.eusc-de-east-1.ecr.api"),
        ("vpce.us-east-1.mine", "aws", "vpce.us-east-1.mine"),
        ("com.amazonaws.vpce.us-east-1.vpce-svc-1", "aws", "com.amazonaws.vpce.us-east-1.vpce-svc-1"),
    ],
)
def test_short_names_of_services(given, partition, full):
    aws = Ec2()
    aws.partition = partition
    assert service_name(aws, given) == full


def test_the_gateway_of_s3_in_china_is_called_as_elsewhere():
    aws = Ec2()
    aws.partition = "aws-cn"
    assert service_name(aws, "s3", "gateway") == S3


def test_an_endpoint_is_found_by_its_name():
    state = found({})["mine"]
    assert state["type"] == "gateway" and state["policy"] == POLICY and state["route_tables"] == ["rtb-1", "rtb-2"]
    assert not plan(VPC_ENDPOINT, state, {**WISH, "route_tables": ["rtb-1"]}).needed, "others may use it too"


def test_one_of_the_same_service_is_adopted_and_named():
    state = found({"Tags": tags(Name="by hand")})["mine"]
    change = plan(VPC_ENDPOINT, state, WISH)
    assert change.action == "update" and change.tags_to_set == {"Name": "mine"}


def test_what_is_not_the_same_is_not_adopted():
    assert found({"Tags": [], "ServiceName": "other"}) == {}
    assert found({"Tags": [], "VpcEndpointType": "Interface"}) == {}
    assert found({"Tags": [], "VpcId": "vpc-2"}) == {}
    assert found({"State": "deleting"}) == {}


def test_only_one_of_the_name_is_deleted():
    absent = {"name": "mine", "vpc": "vpc-1", "state": "absent"}
    assert found({"Tags": []}, wish=absent) == {}
    assert found({"State": "deleting"}, wish=absent)["mine"]["status"] == "deleting"


def test_one_of_somebody_else_is_not_deleted_for_its_name():
    owner = {"ManagedBy": "Ansible", "Project": "shop"}
    absent = {"name": "mine", "vpc": "vpc-1", "state": "absent", "owner_tags": owner}
    change = plan(VPC_ENDPOINT, found({}, wish=absent)["mine"], absent)
    assert not change.needed and "does not bear the tags ManagedBy=Ansible, Project=shop" in change.warnings[0]
    own = found({"Tags": tags(Name="mine", Owner="us", **owner)}, wish=absent)["mine"]
    assert plan(VPC_ENDPOINT, own, absent).action == "delete"


def test_a_failed_one_is_shown_with_its_reason_to_the_run_that_has_made_it_alone(monkeypatch):
    monkeypatch.setattr(common, "_made", set())
    failed = {**ENDPOINT, "State": "failed", "LastError": {"Code": "InternalError", "Message": "no address left"}}
    answers = {
        "describe_vpc_endpoints": {"VpcEndpoints": [failed]},
        "create_vpc_endpoint": {"VpcEndpoint": {"VpcEndpointId": "vpce-1"}},
    }
    aws = Ec2(answers)
    assert read(aws, [WISH]) == {}, "one that an earlier run has left blocks nothing"
    create(aws, WISH)
    state = read(aws, [WISH])["mine"]
    assert "mine is failed (InternalError: no address left)" in failures(VPC_ENDPOINT, {"mine": state})
    aws.task = "the next task"
    assert read(aws, [WISH]) == {"mine": state}, "a task that only began it is of the same run"
    monkeypatch.setattr(common, "_made", set())
    assert read(aws, [WISH]) == {}, "another run"


def test_one_that_another_account_has_to_accept_is_ready_with_a_word():
    state = found({"State": "pendingAcceptance"})["mine"]
    change = plan(VPC_ENDPOINT, state, WISH)
    assert state["status"] in VPC_ENDPOINT.wait.ready and "until the owner of" in change.warnings[0]


def test_two_wishes_do_not_adopt_each_other_s_endpoint():
    aws = Ec2({"describe_vpc_endpoints": {"VpcEndpoints": [ENDPOINT]}})
    assert set(read(aws, [WISH, {**WISH, "name": "other"}])) == {"mine"}


def test_a_vpc_that_is_not_there_yet_is_not_asked_for():
    aws = Ec2()
    assert read(aws, [{**WISH, "vpc": "vpc v (known after apply)"}]) == {} and aws.sent == []


def test_policies_are_compared_by_what_they_say():
    said_otherwise = json.loads(json.dumps(POLICY))
    said_otherwise["Statement"][0]["Action"] = "s3:*"
    assert not plan(VPC_ENDPOINT, found({})["mine"], {**WISH, "policy": said_otherwise}).needed
    said_otherwise["Statement"][0]["Action"] = "s3:GetObject"
    assert plan(VPC_ENDPOINT, found({})["mine"], {**WISH, "policy": said_otherwise}).fields == {"policy"}


def test_creation_sends_what_the_type_takes():
    aws = Ec2({"create_vpc_endpoint": {"VpcEndpoint": {"VpcEndpointId": "vpce-9"}}})
    create(aws, {**WISH, "route_tables": ["rtb-1"], "policy": POLICY})
    sent = aws.sent[0][1]
    assert sent["VpcEndpointType"] == "Gateway" and sent["RouteTableIds"] == ["rtb-1"]
    assert "PrivateDnsEnabled" not in sent and json.loads(sent["PolicyDocument"]) == POLICY
    create(aws, {**WISH, "type": "interface", "subnets": ["subnet-1"], "private_dns": True})
    assert aws.sent[1][1]["PrivateDnsEnabled"] is True


def test_a_subnet_comes_and_another_goes_in_one_call():
    aws = Ec2()
    state = {"id": "vpce-1", "subnets": ["subnet-1", "subnet-2"], "route_tables": ["rtb-9"]}
    wanted = {"subnets": ["subnet-1", "subnet-3"], "route_tables": ["rtb-1"], "private_dns": True}
    update(aws, state, wanted, frozenset(wanted))
    assert aws.sent == [
        (
            "modify_vpc_endpoint",
            {
                "VpcEndpointId": "vpce-1",
                "AddRouteTableIds": ["rtb-1"],
                "AddSubnetIds": ["subnet-3"],
                "RemoveSubnetIds": ["subnet-2"],
                "PrivateDnsEnabled": True,
            },
        )
    ]


def test_what_aws_did_not_delete_is_an_error():
    failed = {"ResourceId": "vpce-1", "Error": {"Code": "InUse", "Message": "still used"}}
    aws = Ec2({"delete_vpc_endpoints": {"Unsuccessful": [failed]}})
    with pytest.raises(AwsError, match="still used"):
        delete(aws, {"id": "vpce-1", "status": "available"})
    delete(aws, {"id": "vpce-1", "status": "deleting"})
    assert len(aws.sent) == 1


def test_each_type_takes_its_own_places():
    assert check({**WISH, "subnets": ["subnet-1"]}) == ["an endpoint of type gateway takes no subnets"]
    assert check({**WISH, "type": "interface", "route_tables": ["rtb-1"]})
    assert check({**WISH, "route_tables": ["rtb-1"]}) == []
