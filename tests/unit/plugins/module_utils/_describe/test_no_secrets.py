# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._describe import (
    cloudfront,
    codepipeline,
    ecs,
    elbv2,
    events,
    secretsmanager,
    sns,
    ssm,
    terraform_state,
    wafv2,
)

SECRET = "Tr0ub4dor&3"


class Body:
    def __init__(self, text):
        self.text = text

    def __deepcopy__(self, memo):
        return self

    def read(self):
        return self.text.encode()


def task_definition(scripted, **container):
    answer = {"taskDefinition": {"taskDefinitionArn": "arn", "containerDefinitions": [{"name": "app", **container}]}}
    aws = scripted({"ecs:describe_task_definition": {**answer, "tags": [{"key": "Project", "value": "mywebapp"}]}})
    return ecs.task_definitions(aws, arns=["arn"])[0]


@pytest.mark.parametrize(
    ("value", "user_info"),
    [
        (f"mysql://admin:{SECRET}@db:3306/app", True),
        ("mysql://db:3306/app", False),
        ("https://example.com/a:b@c", False),
        (SECRET, False),
        ("", False),
    ],
)
def test_of_an_environment_variable_only_its_shape_is_kept(scripted, value, user_info):
    found = task_definition(scripted, environment=[{"name": "DB", "value": value}])
    (variable,) = found["containerDefinitions"][0]["environment"]
    assert variable == {
        "name": "DB",
        "ValueLength": len(value),
        "Entropy": round(ecs.entropy(value), 2),
        "UrlUserInfo": user_info,
    }
    assert not value or value not in str(found)
    assert found["Tags"] == {"Project": "mywebapp"}


def test_entropy_tells_a_password_from_a_word():
    assert ecs.entropy("aaaa") == 0
    assert ecs.entropy("ab") == 1
    assert ecs.entropy(SECRET) > ecs.entropy("production")


def test_commands_and_secret_log_options_are_left_out(scripted):
    options = {"awslogs-group": "/ecs/app", "splunk-token": SECRET}
    found = task_definition(
        scripted,
        command=["run", f"--password={SECRET}"],
        entryPoint=["sh", SECRET],
        healthCheck={"command": ["CMD", "true"]},
        logConfiguration={"logDriver": "splunk", "options": options},
    )
    assert SECRET not in str(found)
    (container,) = found["containerDefinitions"]
    assert container["healthCheck"] == {"command": ["CMD", "true"]}
    assert container["logConfiguration"]["options"] == {"awslogs-group": "/ecs/app", "splunk-token": ""}


def test_running_tasks_come_without_overrides(scripted):
    task = {"taskArn": "t", "group": "service:s", "overrides": {"containerOverrides": [{"environment": [SECRET]}]}}
    aws = scripted({"ecs:list_tasks": {"taskArns": ["t"]}, "ecs:describe_tasks": {"tasks": [task]}})
    assert ecs.tasks(aws, cluster="c") == [{"taskArn": "t", "group": "service:s"}]


def test_custom_headers_of_origins_come_without_their_value(scripted):
    headers = {"Quantity": 1, "Items": [{"HeaderName": "X-Origin", "HeaderValue": SECRET}]}
    origins = {"Items": [{"Id": "alb", "CustomHeaders": headers}, {"Id": "s3"}]}
    aws = scripted({"cloudfront:get_distribution": {"Distribution": {"DistributionConfig": {"Origins": origins}}}})
    (found,) = cloudfront.distribution_configs(aws, ids=["E1"])
    assert SECRET not in str(found)
    (header,) = found["DistributionConfig"]["Origins"]["Items"][0]["CustomHeaders"]["Items"]
    assert header == {"HeaderName": "X-Origin", "ValueLength": len(SECRET)}


def test_conditions_on_headers_come_without_their_values(scripted):
    header = {"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "X-Origin", "Values": [SECRET]}}
    path = {"Field": "path-pattern", "Values": ["/*"], "PathPatternConfig": {"Values": ["/*"]}}
    aws = scripted(
        {
            "elbv2:describe_listeners": {"Listeners": [{"ListenerArn": "l"}]},
            "elbv2:describe_rules": {"Rules": [{"RuleArn": "r", "Conditions": [header, path]}]},
        }
    )
    (listener,) = elbv2.listeners(aws, load_balancers=["arn"])
    assert SECRET not in str(listener)
    assert listener["Rules"][0]["Conditions"][1] == path
    assert listener["ListenerCertificates"] == []


def test_search_strings_of_a_web_acl_are_left_out(scripted):
    match = {"ByteMatchStatement": {"SearchString": SECRET.encode(), "PositionalConstraint": "EXACTLY"}}
    rules = [
        {"Name": "origin", "Statement": {"NotStatement": {"Statement": {"AndStatement": {"Statements": [match]}}}}}
    ]
    acl = {"Name": "waf", "Id": "1", "ARN": "arn:aws:wafv2:us-east-1:111122223333:global/webacl/w/1"}
    aws = scripted(
        {
            "wafv2:get_web_acl": {"WebACL": {**acl, "Rules": rules}},
            "wafv2:get_logging_configuration": {"LoggingConfiguration": {"LogDestinationConfigs": ["arn"]}},
        },
        region="eu-central-1",
    )
    found = wafv2.web_acl(aws, {**acl, "Scope": "CLOUDFRONT"})
    assert SECRET not in str(found)
    assert "EXACTLY" in str(found["Rules"])
    assert found["Logging"] == {"LogDestinationConfigs": ["arn"]}
    assert {region for *_call, region in aws.asked} == {"us-east-1"}


def test_what_is_sent_to_the_targets_of_a_rule_is_left_out(scripted):
    target = {"Id": "1", "Arn": "arn", "Input": SECRET, "HttpParameters": {"HeaderParameters": {"Key": SECRET}}}
    aws = scripted({"events:list_targets_by_rule": {"Targets": [target]}})
    assert events.targets(aws, {"Name": "rule"}) == [{"Id": "1", "Arn": "arn"}]


def test_addresses_of_subscriptions_are_left_out(scripted):
    arn = "arn:aws:sns:us-east-1:111122223333:ops"
    subscription = {"SubscriptionArn": "s", "Protocol": "https", "Endpoint": f"https://hook/{SECRET}", "Owner": "1"}
    aws = scripted(
        {
            "sns:get_topic_attributes": {"Attributes": {"TopicArn": arn, "Policy": "{}"}},
            "sns:list_tags_for_resource": {"Tags": []},
            "sns:list_subscriptions_by_topic": {"Subscriptions": [subscription]},
        }
    )
    (topic,) = sns.topics(aws, arns=[arn], subscriptions=True)
    assert topic["Subscriptions"] == [{"SubscriptionArn": "s", "Protocol": "https"}]
    assert "Subscriptions" not in sns.topics(aws, arns=[arn])[0]


def test_actions_of_a_pipeline_come_without_configuration(scripted):
    stages = [{"name": "Test", "actions": [{"name": "a", "configuration": {"EnvironmentVariables": SECRET}}]}]
    aws = scripted(
        {
            "codepipeline:get_pipeline": {"pipeline": {"stages": stages}},
            "codepipeline:get_pipeline_state": {"stageStates": [{"stageName": "Test"}]},
        }
    )
    found = codepipeline.complete(aws, {"name": "pipeline"})
    assert found["Stages"] == [{"name": "Test", "actions": [{"name": "a"}]}]
    assert found["State"] == [{"stageName": "Test"}]


def test_secrets_and_parameters_are_read_without_their_values(scripted):
    aws = scripted(
        {
            "secretsmanager:list_secrets": {"SecretList": [{"ARN": "a", "Name": "n"}]},
            "ssm:describe_parameters": {"Parameters": [{"Name": "/mywebapp/prod/db"}]},
        }
    )
    secretsmanager.secrets(aws)
    ssm.parameters(aws, path="/mywebapp/prod/")
    assert aws.operations == ["secretsmanager:list_secrets", "ssm:describe_parameters"]


def state(scripted, text, size=100):
    aws = scripted(
        {
            "s3:list_objects_v2": {"Contents": [{"Key": "prod.tfstate", "Size": size}, {"Key": "readme", "Size": 1}]},
            "s3:get_object": {"Body": Body(text)},
        }
    )
    (found,) = terraform_state.states(aws, "bucket")
    return found


def test_of_a_terraform_state_only_the_addresses_of_secrets_are_kept(scripted):
    attributes = {"master_password": SECRET, "master_username": "admin", "master_user_secret_arn": "arn"}
    cluster = {"type": "aws_rds_cluster", "name": "main", "instances": [{"attributes": attributes}]}
    text = json.dumps({"version": 4, "outputs": {"db_password": {"value": SECRET}}, "resources": [cluster]})
    found = state(scripted, text)
    assert found["PlaintextAttributes"] == ["aws_rds_cluster.main.master_password", "output.db_password"]
    assert SECRET not in str(found)


@pytest.mark.parametrize(("text", "size", "code"), [("no JSON", 7, "NotJson"), ("{}", 1 << 30, "TooLarge")])
def test_a_state_that_cannot_be_judged_says_why(scripted, text, size, code):
    found = state(scripted, text, size)
    assert found["PlaintextAttributes"] is None
    assert found["Errors"]["get_object"]["code"] == code
