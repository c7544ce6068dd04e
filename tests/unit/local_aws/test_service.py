# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Added operations and rules: their names are the models', and they do what the front promises of them."""

from __future__ import annotations

import pkgutil
import uuid

import pytest

from local_aws import service, services
from local_aws.refusal import Refusal
from local_aws.service import Service


def test_every_service_file_names_operations_of_its_model():
    """Importing is checking: a decorator refuses a name that the model lacks."""
    names = [module.name for module in pkgutil.iter_modules(services.__path__)]
    assert "rds" in names
    for name in names:
        assert service.find(name.rstrip("_").replace("_", "-")) is not None, name


def test_a_service_without_a_file_has_no_rules():
    assert service.find("polly") is None


def test_names_that_the_model_lacks_are_refused_at_import():
    aws = Service("translate")
    with pytest.raises(ValueError, match="no operation"):

        @aws.adds
        def translate_everything(call): ...

    with pytest.raises(ValueError, match="no parameters colour"):

        @aws.adds
        def list_terminologies(call, *, colour=None): ...

    with pytest.raises(ValueError, match="no operations Nothing"):
        aws.before("Nothing")


def test_an_added_operation_refuses_what_it_does_not_know(client, refused, control):
    aws = Service("wellarchitected")

    @aws.adds
    def list_workloads(call, *, workload_name_prefix=None):
        return {"WorkloadSummaries": [{"WorkloadName": workload_name_prefix, "Owner": call.account}]}

    found = client("wellarchitected").list_workloads(WorkloadNamePrefix="web")["WorkloadSummaries"]
    assert found == [{"WorkloadName": "web", "Owner": "123456789012"}]
    assert refused(client("wellarchitected").list_workloads, MaxResults=3) == "NotImplemented"


def test_an_added_operation_must_answer_as_the_model_says(client, refused):
    aws = Service("wellarchitected")

    @aws.adds
    def list_workloads(call):
        return {"WorkloadSummaries": [{"Colour": "red"}]}

    assert refused(client("wellarchitected").list_workloads) == "NotImplemented"


def test_rules_before_and_after(client, refused):
    aws = Service("sqs")

    @aws.before("CreateQueue")
    def no_blue(call):
        if call.params["QueueName"] == "blue":
            raise Refusal("InvalidAddress", "no blue queues", 400)
        if call.params["QueueName"] == "old":
            call.change(QueueName="new")

    @aws.after("ListQueues")
    def shout(call, answer):
        answer["QueueUrls"] = [url.upper() for url in answer.get("QueueUrls", [])]

    sqs = client("sqs")
    try:
        assert refused(sqs.create_queue, QueueName="blue") == "InvalidAddress"
        assert sqs.create_queue(QueueName="old")["QueueUrl"].endswith("/new")
        assert sqs.list_queues()["QueueUrls"][0].endswith("/NEW")
    finally:
        service._services["sqs"] = None


def test_what_moto_lacks_is_501_and_not_retried(client, control):
    with pytest.raises(Exception, match="not emulated"):
        client("xray", attempts=4).get_insight_summaries(StartTime=0, EndTime=1)
    assert [call["status"] for call in control.calls("xray")] == [501]


def test_unknown_region_and_service_are_clean_errors(client, refused):
    assert refused(client("ec2", region="xx-nowhere-1").describe_vpcs) == "UnknownRegion"


def test_calls_of_one_account_do_not_see_another(client, control):
    here = client("sts")
    role = client("iam").create_role(RoleName="away", AssumeRolePolicyDocument=_trust("123456789012"))["Role"]["Arn"]
    assert here.assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]["AccessKeyId"]
    other = here.assume_role(
        RoleArn="arn:aws:iam::999999999999:role/OrganizationAccountAccessRole", RoleSessionName="ab"
    )
    assert other["AssumedRoleUser"]["Arn"].split(":")[4] == "999999999999"


def test_a_role_must_exist_and_trust_the_caller(client, refused):
    sts = client("sts")
    arn = "arn:aws:iam::123456789012:role/nobody"
    assert refused(sts.assume_role, RoleArn=arn, RoleSessionName="test") == "AccessDenied"
    client("iam").create_role(RoleName="strict", AssumeRolePolicyDocument=_trust("123456789012", "sesame"))
    strict = {"RoleArn": "arn:aws:iam::123456789012:role/strict", "RoleSessionName": "test"}
    assert refused(sts.assume_role, **strict) == "AccessDenied"
    assert sts.assume_role(ExternalId="sesame", **strict)["Credentials"]


def _trust(account: str, external_id: str | None = None) -> str:
    import json

    statement = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}, "Action": "sts:AssumeRole"}
    if external_id:
        statement["Condition"] = {"StringEquals": {"sts:ExternalId": external_id}}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_a_client_token_makes_a_create_happen_once(client, refused, control):
    ec2, token = client("ec2"), str(uuid.uuid4())
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    asked = {"SubnetId": subnet, "AllocationId": address, "ClientToken": token}
    first = ec2.create_nat_gateway(**asked)["NatGateway"]["NatGatewayId"]
    assert ec2.create_nat_gateway(**asked)["NatGateway"]["NatGatewayId"] == first
    other = {**asked, "ConnectivityType": "private"}
    assert refused(ec2.create_nat_gateway, **other) == "IdempotentParameterMismatch"


def test_a_create_whose_connection_dropped_is_not_done_twice(client, control, monkeypatch):
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    ec2 = client("ec2", attempts=3)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    control.faults({"kind": "drop", "action": "ec2:CreateNatGateway", "count": 1})
    ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)
    assert len(ec2.describe_nat_gateways()["NatGateways"]) == 1


def test_s3_streams_and_odd_keys(client):
    s3 = client("s3")
    s3.create_bucket(Bucket="keys-here", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    s3.put_object(Bucket="keys-here", Key="a b/c+d%/é", Body=b"x" * 300_000)
    assert s3.list_objects_v2(Bucket="keys-here")["Contents"][0]["Key"] == "a b/c+d%/é"
    assert len(s3.get_object(Bucket="keys-here", Key="a b/c+d%/é")["Body"].read()) == 300_000
    assert s3.head_object(Bucket="keys-here", Key="a b/c+d%/é")["ContentLength"] == 300_000


def test_s3control_through_the_proxy(client):
    wanted = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)
    s3control = client("s3control")
    s3control.put_public_access_block(AccountId="123456789012", PublicAccessBlockConfiguration=wanted)
    found = s3control.get_public_access_block(AccountId="123456789012")["PublicAccessBlockConfiguration"]
    assert found == wanted
