# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Requests are held against botocore's model, also where the client's own botocore is silent."""

from __future__ import annotations

import http.client

import pytest

from local_aws.validation import Errors, Validator


@pytest.mark.parametrize(
    ("service", "call", "arguments", "code"),
    [
        ("ec2", "create_vpc", {"CidrBlock": "10.0.0.0/16", "InstanceTenancy": "odd"}, "InvalidParameterValue"),
        ("wafv2", "list_web_acls", {"Scope": "WORLD"}, "WAFInvalidParameterException"),
        ("kms", "create_key", {"KeyUsage": "FUN"}, "ValidationException"),
        ("secretsmanager", "create_secret", {"Name": "x" * 600}, "ValidationException"),
        ("iam", "create_role", {"RoleName": "not a name", "AssumeRolePolicyDocument": "{}"}, "ValidationError"),
        ("logs", "create_log_group", {"logGroupName": "no spaces"}, "InvalidParameterException"),
        ("ecs", "create_service", {"serviceName": "s", "launchType": "BOAT"}, "InvalidParameterException"),
        ("backup", "create_backup_vault", {"BackupVaultName": "?"}, "ValidationException"),
    ],
)
def test_enums_patterns_and_lengths(client, refused, service, call, arguments, code):
    assert refused(getattr(client(service), call), **arguments) == code


@pytest.mark.parametrize(
    ("service", "operation", "body", "content_type", "target"),
    [
        ("ec2", "DescribeVpcs", "Action=DescribeVpcs&Version=2016-11-15&Colour=red", "form", None),
        (
            "rds",
            "DescribeDBClusters",
            "Action=DescribeDBClusters&Version=2014-10-31&Filters.Filter.1.Hue=x",
            "form",
            None,
        ),
        ("kms", "ListKeys", '{"Colour": "red"}', "json", "TrentService.ListKeys"),
    ],
)
def test_unknown_keys_are_refused(server, control, service, operation, body, content_type, target):
    kinds = {"form": "application/x-www-form-urlencoded", "json": "application/x-amz-json-1.1"}
    headers = {
        "Authorization": f"AWS4-HMAC-SHA256 Credential=A/20260101/eu-central-1/{service}/aws4_request, x",
        "Content-Type": kinds[content_type],
    }
    if target:
        headers["X-Amz-Target"] = target
    connection = http.client.HTTPConnection(server.endpoint.removeprefix("http://"))
    connection.request("POST", "/", body, headers)
    answer = connection.getresponse()
    assert answer.status == 400
    assert "not recognized" in answer.read().decode()
    connection.close()
    assert control.calls()[0]["action"] == operation


def test_missing_parameters(client, refused):
    rds = client("rds", parameter_validation=False)
    assert refused(rds.create_db_cluster, Engine="aurora-mysql") == "MissingParameter"


def test_validation_can_be_switched_off(client, control):
    control.settings(validate=False)
    client("kms").create_key(Description="x" * 9000)


def test_ranges_of_the_model():
    from moto.core.utils import get_service_model

    shape = get_service_model("kms").operation_model("EnableKeyRotation").input_shape
    errors = Errors()
    Validator()._validate({"KeyId": "k", "RotationPeriodInDays": 9999}, shape, errors, "")
    assert "more than 2560" in errors.generate_report()


def test_well_formed_requests_of_many_services_pass(client, control):
    client("ec2").describe_security_groups(Filters=[{"Name": "group-name", "Values": ["default", "other"]}])
    client("ec2").run_instances(
        ImageId="ami-12345678", MinCount=1, MaxCount=1, TagSpecifications=[
            {"ResourceType": "instance", "Tags": [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": ""}]}
        ],
    )  # fmt: skip
    client("elbv2").describe_load_balancers(Names=[])
    client("cloudwatch").put_metric_data(
        Namespace="n", MetricData=[{"MetricName": "m", "Dimensions": [{"Name": "a", "Value": "b"}], "Value": 1.5}]
    )
    client("sns").create_topic(Name="t", Attributes={"DisplayName": "x"}, Tags=[{"Key": "k", "Value": "v"}])
    client("rds").describe_db_clusters(Filters=[{"Name": "engine", "Values": ["aurora-mysql"]}])
    client("dynamodb").create_table(
        TableName="tab",
        KeySchema=[{"AttributeName": "a", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "a", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    assert {call["status"] for call in control.calls()} <= {200, 400}
    bad = [call for call in control.calls() if call["status"] != 200 and call["action"] != "RunInstances"]
    assert bad == []
