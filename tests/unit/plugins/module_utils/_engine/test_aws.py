# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import time

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine import aws as aws_module
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.aws import Aws
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.done import Done
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import (
    AwsError,
    Refusal,
    WebappError,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.pending import Pending
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.session import make_session
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectionClosedError, EndpointConnectionError, ProxyConnectionError

KEYS = {"access_key": "AKIAEXAMPLE", "secret_key": "example"}


class Answers:
    """Answers requests in the place of the network: each one is (status, body) or an exception."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.sent = []

    def __call__(self, request, **_unused):
        self.sent.append(request.body)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Response(request.url, *answer)


class Response(AWSResponse):
    def __init__(self, url, status, body):
        super().__init__(url, status, {"content-type": "application/json"}, None)
        self._content = body.encode()


@pytest.fixture
def aws(monkeypatch):
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(aws_module.time, "sleep", lambda seconds: None)
    return Aws(make_session(KEYS), "us-east-1")


def answering(aws, service, *answers, once=False):
    network = Answers(*answers)
    aws.client(service, once=once)._endpoint._send = network
    return network


def test_answers_are_json_without_metadata(aws):
    answering(aws, "logs", (200, '{"logGroups": [{"logGroupName": "a", "creationTime": 1}]}'))
    assert aws.call("logs", "describe_log_groups") == {"logGroups": [{"logGroupName": "a", "creationTime": 1}]}


def test_times_are_iso_8601_in_utc(aws):
    answering(aws, "kms", (200, '{"KeyMetadata": {"KeyId": "k", "CreationDate": 1771372800}}'))
    answer = aws.call("kms", "describe_key", KeyId="k")
    assert answer["KeyMetadata"]["CreationDate"] == "2026-02-18T00:00:00Z"


def test_pages_are_joined_with_a_paginator_and_without(aws):
    answering(aws, "logs", (200, '{"logGroups": [{"x": 1}], "nextToken": "t"}'), (200, '{"logGroups": [{"x": 2}]}'))
    assert len(aws.pages("logs", "describe_log_groups", "logGroups")) == 2
    answering(aws, "wafv2", (200, '{"WebACLs": [{"Name": "a"}], "NextMarker": "m"}'), (200, '{"WebACLs": []}'))
    assert [acl["Name"] for acl in aws.pages("wafv2", "list_web_acls", "WebACLs", Scope="REGIONAL")] == ["a"]


def test_a_token_beside_a_list_inside_of_a_structure_is_followed(aws):
    page = (
        "<CachePolicyList><MaxItems>1</MaxItems><Quantity>1</Quantity>{token}<Items><CachePolicySummary>"
        "<Type>custom</Type><CachePolicy><Id>{id}</Id></CachePolicy></CachePolicySummary></Items></CachePolicyList>"
    )
    first, last = page.format(token="<NextMarker>m</NextMarker>", id="a"), page.format(token="", id="b")
    network = answering(aws, "cloudfront", (200, first), (200, last))
    found = aws.pages("cloudfront", "list_cache_policies", "CachePolicyList.Items")
    assert [one["CachePolicy"]["Id"] for one in found] == ["a", "b"]
    assert len(network.sent) == 2


def test_every_request_is_counted_repeats_too(aws):
    throttled = (400, '{"__type": "ThrottlingException", "message": "slow"}')
    answering(aws, "logs", throttled, (200, "{}"))
    aws.call("logs", "describe_log_groups")
    assert aws.calls == ["logs:DescribeLogGroups"] * 2


def test_a_refusal_carries_aws_own_words(aws):
    answering(aws, "kms", (400, '{"__type": "AccessDeniedException", "message": "no"}'))
    with pytest.raises(AwsError) as error:
        aws.call("kms", "list_keys")
    assert error.value.denied and error.value.answered
    assert error.value.as_dict() == {
        "service": "kms",
        "operation": "list_keys",
        "code": "AccessDeniedException",
        "message": "no",
    }


def test_a_call_that_creates_is_sent_once_when_the_connection_breaks(aws):
    network = answering(aws, "kms", ConnectionClosedError(endpoint_url="x"), once=True)
    with pytest.raises(AwsError) as error:
        aws.call_once("kms", "create_key")
    assert not error.value.answered and len(network.sent) == 1


def test_a_connection_that_breaks_behind_a_proxy_is_no_refused_connection(aws):
    broken = ProxyConnectionError(proxy_url="http://proxy", error="closed without response")
    network = answering(aws, "kms", broken, once=True)
    with pytest.raises(AwsError) as error:
        aws.call_once("kms", "create_key")
    assert error.value.ambiguous and len(network.sent) == 1


def test_a_call_that_never_left_is_repeated_though_it_creates(aws):
    refused = EndpointConnectionError(endpoint_url="https://kms", error="refused")
    network = answering(aws, "kms", refused, (200, '{"KeyMetadata": {"KeyId": "k"}}'), once=True)
    assert aws.call_once("kms", "create_key")["KeyMetadata"]["KeyId"] == "k" and len(network.sent) == 2


def test_a_5xx_of_a_call_that_creates_is_not_repeated_unseen(aws):
    network = answering(aws, "kms", (500, '{"__type": "KMSInternalException", "message": "oops"}'), once=True)
    with pytest.raises(AwsError) as error:
        aws.call_once("kms", "create_key")
    assert error.value.ambiguous and len(network.sent) == 1


def test_a_denied_call_names_its_permission(aws):
    answering(aws, "s3", (403, "<Error><Code>AccessDenied</Code><Message>no</Message></Error>"))
    with pytest.raises(AwsError, match=r"needs the permission s3:GetLifecycleConfiguration"):
        aws.call("s3", "get_bucket_lifecycle_configuration", Bucket="b")


def test_what_is_known_only_after_apply_is_never_sent(aws):
    network = answering(aws, "ec2", (200, "<x/>"))
    with pytest.raises(WebappError, match="not known yet"):
        aws.call("ec2", "delete_subnet", SubnetId=Pending.of("subnet", "a"))
    assert network.sent == []


def test_what_changes_something_is_noted_for_the_resource_under_way(aws):
    answering(aws, "logs", (200, "{}"), (200, "{}"))
    done = Done()
    with pytest.raises(ValueError, match="later"), done.work_on("log_group a", "a updated"):
        aws.call("logs", "describe_log_groups")
        aws.call("logs", "put_retention_policy", logGroupName="a", retentionInDays=1)
        raise ValueError("later")
    assert done and str(done) == "for log_group a logs:PutRetentionPolicy"


def test_who_tolerates_what_cannot_be_read_shares_everything_else(aws):
    tolerant = aws.tolerating()
    assert tolerant.tolerant and not aws.tolerant and tolerant.in_region("us-west-2").tolerant
    assert tolerant.calls is aws.calls and aws.tolerating() is tolerant


def test_a_call_that_creates_is_still_repeated_when_throttled(aws):
    throttled = (400, '{"__type": "ThrottlingException", "message": "slow"}')
    network = answering(aws, "kms", throttled, (200, '{"KeyMetadata": {"KeyId": "k"}}'), once=True)
    assert aws.call_once("kms", "create_key")["KeyMetadata"]["KeyId"] == "k"
    assert len(network.sent) == 2


def test_regions_share_the_account_and_the_count(aws):
    other = aws.in_region("us-west-2")
    assert aws.in_region("us-west-2") is other and aws.in_region(None) is aws
    assert other.calls is aws.calls


def test_map_keeps_the_order_and_raises_the_first_error(aws):
    assert aws.map(lambda number: number * 2, range(50)) == [number * 2 for number in range(50)]
    with pytest.raises(ZeroDivisionError):
        aws.map(lambda number: 1 / number, [1, 0])


def test_an_unknown_profile_is_a_refusal_with_advice(monkeypatch):
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    with pytest.raises(Refusal, match=r"nobody.*stack_profile"):
        make_session({"profile": "nobody"})


def test_what_many_want_to_know_is_asked_once_a_task():
    aws, asked = Aws(None, "us-east-1"), []

    def ask():
        asked.append(1)
        time.sleep(0.05)
        return len(asked)

    assert aws.map(lambda _unused: aws.known("how many", ask), range(8)) == [1] * 8
    assert aws.in_region("us-west-2").known("how many", ask) == 2
    aws.serve(lambda: True)
    assert aws.known("how many", ask) == 3


def test_what_could_not_be_told_is_asked_again():
    def fails():
        raise AwsError("kms", "list_keys", "Throttling", "not now")

    aws = Aws(None, "us-east-1")
    with pytest.raises(AwsError, match="not now"):
        aws.known("it", fails)
    assert aws.known("it", lambda: "told") == "told"
