# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import json

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.logs import log_group
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.logs.log_group import LOG_GROUP
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.sns import sns_topic
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.sns.sns_topic import SNS_TOPIC

POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sns:Publish", "Resource": "*"}]}


class Aws:
    def __init__(self):
        self.calls = []

    def call(self, service, operation, **parameters):
        self.calls.append((operation, parameters))

    call_once = call

    def arn(self, service, resource):
        return f"arn:aws:{service}:us-east-1:123456789012:{resource}"


def test_a_log_group_is_found_without_the_star_of_its_arn(monkeypatch):
    group = {"logGroupName": "/a", "arn": "arn:aws:logs:us-east-1:1:log-group:/a:*", "Tags": {}}
    monkeypatch.setattr(log_group.logs, "log_groups", lambda aws, names: [group])
    found = log_group.read(None, [{"name": "/a"}])["/a"]
    assert found["arn"].endswith(":/a") and found["retention_in_days"] is None
    assert plan(LOG_GROUP, found, {"name": "/a", "tags": {}, "retention_in_days": 30}).fields == {"retention_in_days"}


def test_a_log_group_is_encrypted_and_tagged_from_the_first_call_on():
    aws = Aws()
    LOG_GROUP.create(aws, {"name": "/a", "kms_key": "arn:k", "tags": {"P": "x"}})
    assert aws.calls == [("create_log_group", {"logGroupName": "/a", "kmsKeyId": "arn:k", "tags": {"P": "x"}})]


@pytest.mark.parametrize(
    ("code", "message", "passes"),
    [
        ("InvalidParameterException", "The specified KMS key does not exist or is not allowed to be used", True),
        ("InvalidParameterException", "Retention is wrong", False),
        ("AccessDeniedException", "KMS", False),
        ("AccessDeniedException", "key does not exist or is not allowed to be used with Arn 'arn:x'", True),
        ("AccessDeniedException", "User: x is not authorized to perform: logs:CreateLogGroup", False),
    ],
)
def test_only_a_key_that_is_not_visible_yet_is_waited_for(code, message, passes):
    assert LOG_GROUP.eventual(AwsError("logs", "create_log_group", code, message)) is passes


class Refusing(Aws):
    """Every call is refused, as by a key whose policy does not admit CloudWatch Logs."""

    partition, region = "aws", "eu-west-1"

    def call(self, service, operation, **parameters):
        message = "The specified KMS key does not exist or is not allowed to be used with Arn 'arn:x'"
        raise AwsError(service, operation, "AccessDeniedException", message, status=400, action=f"logs:{operation}")

    call_once = call


def test_a_refused_key_says_what_its_policy_must_admit_and_asks_for_no_permission():
    with pytest.raises(AwsError) as caught:
        LOG_GROUP.create(Refusing(), {"name": "/a", "kms_key": "arn:k", "tags": {}})
    assert "must let logs.eu-west-1.amazonaws.com use it" in str(caught.value)
    assert "permission" not in str(caught.value) and LOG_GROUP.eventual(caught.value)
    with pytest.raises(AwsError, match=r"admits: \[logs\]"):
        list(LOG_GROUP.update(Refusing(), {"name": "/a"}, {"kms_key": "arn:k"}, frozenset({"kms_key"})))


def test_each_call_of_an_update_is_told():
    aws = Aws()
    fields = frozenset({"kms_key", "retention_in_days"})
    wanted = {"kms_key": "arn:k", "retention_in_days": 30}
    assert list(LOG_GROUP.update(aws, {"name": "/a"}, wanted, fields)) == [{"retention_in_days"}, {"kms_key"}]


@pytest.mark.parametrize(
    ("options", "reason"),
    [({"retention_in_days": 31}, "offers 1, 3, 5"), ({"name": "aws/x"}, "not aws/"), ({"name": "a b"}, "letters")],
)
def test_what_cloudwatch_logs_does_not_take_is_refused(options, reason):
    assert reason in LOG_GROUP.check({"name": "/a", **options})[0]
    assert LOG_GROUP.check({"name": "/a", "retention_in_days": 400}) == []


def test_a_topic_is_encrypted_and_closed_from_the_first_call_on():
    aws = Aws()
    SNS_TOPIC.create(aws, {"name": "t", "kms_key": "arn:k", "policy": POLICY, "tags": {}})
    [(operation, parameters)] = aws.calls
    assert operation == "create_topic" and parameters["Attributes"]["KmsMasterKeyId"] == "arn:k"
    assert json.loads(parameters["Attributes"]["Policy"]) == POLICY


def test_a_topic_s_fields_are_set_one_by_one():
    aws = Aws()
    SNS_TOPIC.update(aws, {"arn": "arn:t"}, {"kms_key": "arn:k"}, frozenset({"kms_key"}))
    wanted = {"TopicArn": "arn:t", "AttributeName": "KmsMasterKeyId", "AttributeValue": "arn:k"}
    assert aws.calls == [("set_topic_attributes", wanted)]


def test_a_topic_is_read_by_its_arn(monkeypatch):
    asked = []
    topic = {"TopicArn": "arn:aws:sns:us-east-1:123456789012:t", "Policy": POLICY, "Tags": {}}
    monkeypatch.setattr(sns_topic.sns, "topics", lambda aws, arns: asked.extend(arns) or [topic])
    found = sns_topic.read(Aws(), [{"name": "t"}, {"name": "u"}])
    assert set(found) == {"t"} and len(asked) == 2
