# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The recorder, faults, settings, secrets and reset of the control endpoint."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest
from botocore.exceptions import BotoCoreError, ClientError, ConnectionClosedError

from local_aws.control import Control
from local_aws.faults import Fault, Faults


def test_calls_are_recorded(client, control):
    client("ec2").describe_vpcs()
    client("iam").list_roles()
    first, second = control.calls()
    assert (first["service"], first["action"], first["region"], first["status"]) == (
        "ec2", "DescribeVpcs", "eu-central-1", 200,
    )  # fmt: skip
    assert (second["service"], second["action"], second["account"]) == ("iam", "ListRoles", "123456789012")
    assert first["seconds"] > 0
    control.clear_calls()
    assert control.calls() == []


@pytest.mark.parametrize(
    ("service", "call", "code", "status"),
    [
        ("rds", "describe_db_clusters", "Throttling", 400),
        ("ec2", "describe_vpcs", "RequestLimitExceeded", 503),
        ("kms", "list_keys", "ThrottlingException", 400),
        ("backup", "list_backup_vaults", "ThrottlingException", 429),
        ("s3", "list_buckets", "SlowDown", 503),
    ],
)
def test_throttling_has_the_code_of_the_protocol(client, control, service, call, code, status):
    control.faults({"kind": "throttling", "service": service})
    with pytest.raises(ClientError) as caught:
        getattr(client(service), call)()
    assert caught.value.response["Error"]["Code"] == code
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == status


@pytest.mark.parametrize(
    ("service", "call", "code"),
    [
        ("rds", "describe_db_clusters", "AccessDenied"),
        ("ec2", "describe_vpcs", "UnauthorizedOperation"),
        ("kms", "list_keys", "AccessDeniedException"),
        ("backup", "list_backup_vaults", "AccessDeniedException"),
        ("s3", "list_buckets", "AccessDenied"),
    ],
)
def test_denied_has_the_code_of_the_protocol(client, control, refused, service, call, code):
    control.faults({"kind": "denied", "action": f"{service}:*"})
    assert refused(getattr(client(service), call)) == code


def test_a_count_of_throttled_calls_is_survived_by_retries(client, control, monkeypatch):
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    control.faults({"kind": "throttling", "action": "ec2:Describe*", "count": 2})
    assert client("ec2", attempts=4).describe_vpcs()["Vpcs"]
    assert [call["status"] for call in control.calls()] == [503, 503, 200]
    assert control.list_faults()[0]["struck"] == 2


def test_a_dropped_call_has_been_carried_out(client, control):
    control.faults({"kind": "drop", "action": "sns:CreateTopic", "count": 1})
    with pytest.raises(ConnectionClosedError):
        client("sns").create_topic(Name="done")
    assert [topic["TopicArn"].rpartition(":")[2] for topic in client("sns").list_topics()["Topics"]] == ["done"]
    assert control.calls("sns")[0]["status"] == "dropped"


def test_an_error_is_500_and_nothing_is_carried_out(client, control, refused):
    control.faults({"kind": "error", "action": "sns:CreateTopic"})
    assert refused(client("sns").create_topic, Name="lost") == "InternalFailure"
    control.clear_faults()
    assert client("sns").list_topics()["Topics"] == []


def test_a_hanging_call_is_carried_out_and_answers_nobody_until_the_faults_are_cleared(client, control):
    control.faults({"kind": "hang", "action": "sns:CreateTopic", "count": 1})
    failed = []

    def create():
        try:
            client("sns").create_topic(Name="a")
        except BotoCoreError as error:
            failed.append(type(error).__name__)

    thread = threading.Thread(target=create)
    thread.start()
    deadline = time.monotonic() + 10
    while not client("sns").list_topics()["Topics"]:
        assert time.monotonic() < deadline
    assert not failed
    control.clear_faults()
    thread.join(10)
    assert not thread.is_alive()


def test_an_error_after_is_500_and_the_call_is_carried_out(client, control, refused):
    control.faults({"kind": "error_after", "action": "sns:CreateTopic", "count": 1})
    assert refused(client("sns").create_topic, Name="done") == "InternalFailure"
    assert len(client("sns").list_topics()["Topics"]) == 1
    client("sns").create_topic(Name="more")
    assert [call["status"] for call in control.calls("sns")] == [500, 200, 200]


def test_rates_are_the_same_at_every_run():
    def struck() -> list[bool]:
        fault = Fault(kind="error", rate=0.3, seed=7)
        return [fault.strikes() for _unused in range(50)]

    assert struck() == struck()
    assert 5 < sum(struck()) < 25


def test_latency_adds_up_and_skip_lets_pass():
    faults = Faults()
    faults.add([{"kind": "latency", "seconds": 0.5}, {"kind": "latency", "seconds": 0.25, "region": "eu-west-1"}])
    faults.add([{"kind": "denied", "skip": 1}])
    assert faults.strike("ec2", "DescribeVpcs", "eu-west-1") == (0.75, None)
    assert faults.strike("ec2", "DescribeVpcs", "eu-central-1") == (0.5, "denied")


@pytest.mark.parametrize(
    "wrong", [{"kind": "earthquake"}, {"kind": "latency"}, {"kind": "drop", "rate": 2}, {"rate": 1}]
)
def test_faults_that_make_no_sense_are_refused(control, wrong):
    with pytest.raises(ValueError, match=r"."):
        control.faults(wrong)


def test_settings_are_changed(control):
    assert control.settings(transition_polls=2)["transition_polls"] == 2
    assert control.settings(lag_seconds=1, lag_actions=["ec2:*"])["lag_actions"] == ["ec2:*"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"colour": 1}, "unknown settings colour; there are: .*lag_seconds"),
        ({"latency_seconds": -1}, "latency_seconds must be a number of at least 0"),
        ({"lag_seconds": "1"}, "lag_seconds must be a number of at least 0, not '1'"),
        ({"lag_seconds": float("nan")}, "lag_seconds must be a number"),
        ({"lag_polls": 1.5}, "lag_polls must be a whole number of at least 0, not 1.5"),
        ({"role_polls": True}, "role_polls must be a whole number"),
        ({"lag_flicker": 1}, "lag_flicker must be true or false, not 1"),
        ({"lag_actions": "ec2:*"}, "lag_actions must be a list of texts, not 'ec2:.*'"),
        ({"lag_actions": ["ec2:*", "ec3:*"]}, "lag_actions: no read that lags is called 'ec3:.*'"),
    ],
)
def test_settings_that_make_no_sense_are_refused_as_a_whole(control, wrong, words):
    with pytest.raises(ValueError, match=words):
        control.settings(**{"transition_polls": 3, **wrong})
    assert control.settings()["transition_polls"] == 0


def test_secrets_are_told(client, control):
    client("secretsmanager").create_secret(Name="a", SecretString='{"user": "u", "password": "in-a-secret"}')
    client("ssm").put_parameter(Name="b", Value="in-a-parameter", Type="SecureString")
    client("rds").create_db_cluster(
        DBClusterIdentifier="c", Engine="aurora-mysql", MasterUsername="admin", MasterUserPassword="in-a-cluster"
    )
    assert {"in-a-secret", "in-a-parameter", "in-a-cluster"} <= set(control.secrets())


def test_reset_forgets_everything(client, control):
    client("sns").create_topic(Name="x")
    control.faults({"kind": "denied"})
    control.reset()
    assert client("sns").list_topics()["Topics"] == []
    assert len(control.calls()) == 1


def test_who_watches_sees_each_change_and_no_read(client, server, control, refused):
    seen = []

    def watch(call):
        seen.append((call.name, len(call.ask("sqs", "ListQueues").get("QueueUrls", []))))

    server.front.watchers.append(watch)
    try:
        client("sqs").create_queue(QueueName="one")
        client("sqs").list_queues()
        refused(client("sns").publish, TopicArn="arn:aws:sns:eu-central-1:123456789012:none", Message="lost")
        client("sqs").create_queue(QueueName="two")
    finally:
        server.front.watchers.remove(watch)
    assert seen == [("sqs:CreateQueue", 1), ("sqs:CreateQueue", 2)]


def test_an_unknown_control_path_is_an_error(control):
    with pytest.raises(ValueError, match="there is no GET"):
        control._ask("GET", "weather")


def test_a_fault_of_writes_lets_reads_pass(client, control, refused):
    control.faults({"kind": "error", "action": "ec2:*", "writes": True, "count": 1})
    client("ec2").describe_vpcs()
    assert refused(client("ec2").create_vpc, CidrBlock="10.0.0.0/16") == "InternalFailure"


def test_a_copy_holds_what_there_was_and_goes_its_own_way(client, control, session):
    client("sqs").create_queue(QueueName="before")
    copied = control.copy()

    def queues_of_the_copy():
        there = session.client("sqs", region_name="eu-central-1", endpoint_url=copied["endpoint"])
        return [url.rsplit("/", 1)[-1] for url in there.list_queues().get("QueueUrls", [])]

    client("sqs").create_queue(QueueName="after")
    assert queues_of_the_copy() == ["before"]
    control.reset()
    assert queues_of_the_copy() == ["before"]
    further = Control(copied["endpoint"]).copy()
    os.kill(copied["process"], signal.SIGTERM)
    assert further["endpoint"] != copied["endpoint"]
    deadline = time.monotonic() + 10
    while is_there(further) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_there(further), "a copy ends with what it is a copy of"


def is_there(copied):
    try:
        return bool(Control(copied["endpoint"]).health())
    except OSError:
        return False
