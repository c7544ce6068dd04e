# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The knobs of lag: how long, which reads, how unevenly, and what is never late."""

from __future__ import annotations

from fnmatch import filter as matching

import pytest
from moto.core.utils import get_service_model

from local_aws.lag.kinds import Listed
from local_aws.lag.tables import KINDS

CLUSTER = {
    "DBClusterIdentifier": "web", "Engine": "aurora-mysql", "MasterUsername": "admin",
    "MasterUserPassword": "password1",
}  # fmt: skip


def _topic(aws):
    yield
    aws("sns").create_topic(Name="alarms")
    yield lambda: len(aws("sns").list_topics()["Topics"])


def _tagged_key(aws):
    yield
    key = aws("kms").create_key(Tags=[{"TagKey": "a", "TagValue": "b"}])["KeyMetadata"]["KeyId"]
    yield lambda: len(aws("kms").list_resource_tags(KeyId=key)["Tags"])


def _tagged_vpc(aws):
    yield
    tags = [{"ResourceType": "vpc", "Tags": [{"Key": "Name", "Value": "mine"}]}]
    vpc = aws("ec2").create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=tags)["Vpc"]["VpcId"]
    yield lambda: len(aws("ec2").describe_vpcs(VpcIds=[vpc])["Vpcs"][0].get("Tags", []))


def _tagged_cluster(aws):
    yield
    aws("rds").create_db_cluster(**CLUSTER, Tags=[{"Key": "a", "Value": "b"}])
    yield lambda: len(aws("rds").describe_db_clusters()["DBClusters"][0].get("TagList", []))


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("local_aws.lag.stale.time.monotonic", lambda: now[0])
    return now


def test_off_by_default(sees):
    assert sees(_topic, reads=1, lag_polls=0) == [1]


def test_polls(sees):
    assert sees(_topic, reads=5, lag_polls=3) == [0, 0, 0, 1, 1]


def test_seconds(client, control, clock):
    control.settings(lag_seconds=2)
    client("sns").create_topic(Name="alarms")
    assert client("sns").list_topics()["Topics"] == []
    clock[0] += 1.9
    assert client("sns").list_topics()["Topics"] == []
    clock[0] += 0.2
    assert len(client("sns").list_topics()["Topics"]) == 1


def test_flicker_is_once(sees):
    assert sees(_topic, reads=6, lag_polls=1, lag_flicker=True) == [0, 1, 0, 1, 1, 1]


def _repository(aws):
    yield
    aws("ecr").create_repository(repositoryName="app")
    yield lambda: len(aws("ecr").describe_repositories(repositoryNames=["app"])["repositories"])


def test_what_is_asked_for_by_name_is_there_or_an_error(sees):
    absent = "RepositoryNotFoundException"
    assert sees(_repository, reads=5, lag_polls=1, lag_flicker=True) == [absent, 1, absent, 1, 1]


@pytest.mark.parametrize(("globs", "seen"), [(["ec2:*", "sns:Get*"], 1), (["ec2:*", "sns:List*"], 0)])
def test_only_the_reads_wanted(sees, globs, seen):
    assert sees(_topic, reads=1, lag_polls=1, lag_actions=globs) == [seen]


def test_stagger_is_by_read_and_the_same_every_time(client, control):
    def hidden_reads():
        control.reset()
        control.settings(lag_polls=10, lag_stagger=True)
        client("sns").create_topic(Name="alarms")
        client("kms").create_key()
        client("ec2").create_internet_gateway()
        client("logs").create_log_group(logGroupName="g")
        reads = [
            lambda: client("sns").list_topics()["Topics"],
            lambda: client("kms").list_keys()["Keys"],
            lambda: client("ec2").describe_internet_gateways()["InternetGateways"],
            lambda: client("logs").describe_log_groups()["logGroups"],
        ]
        return [[bool(read()) for _unused in range(16)].index(True) for read in reads]

    counts = hidden_reads()
    assert len(set(counts)) > 1
    assert all(5 <= count <= 15 for count in counts)
    assert hidden_reads() == counts


def test_one_write_after_the_other_is_seen_in_their_order(client, control, clock):
    ec2 = client("ec2")
    control.settings(lag_seconds=10)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    clock[0] += 6
    ec2.create_tags(Resources=[vpc], Tags=[{"Key": "Name", "Value": "mine"}])

    def seen():
        return [one.get("Tags", []) for one in ec2.describe_vpcs()["Vpcs"] if one["VpcId"] == vpc]

    assert seen() == []
    clock[0] += 5
    assert seen() == [[]]
    clock[0] += 5
    assert seen() == [[{"Key": "Name", "Value": "mine"}]]


def test_turned_off_everything_is_seen(client, control):
    control.settings(lag_polls=100)
    client("sns").create_topic(Name="alarms")
    assert client("sns").list_topics()["Topics"] == []
    control.settings(lag_polls=0)
    assert len(client("sns").list_topics()["Topics"]) == 1


def test_writes_and_rules_see_the_truth(client, control):
    control.settings(lag_polls=100)
    key = client("kms").create_key()["KeyMetadata"]["KeyId"]
    client("kms").enable_key_rotation(KeyId=key, RotationPeriodInDays=180)
    client("secretsmanager").create_secret(Name="app", SecretString="value-of-it", KmsKeyId=key)
    vpc = client("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = client("ec2").create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]
    assert subnet["VpcId"] == vpc


def test_a_busy_cluster_is_seen_late_and_lasts_as_long(client, control):
    rds = client("rds")
    rds.create_db_cluster(**CLUSTER)
    control.settings(lag_polls=1, transition_polls=2)
    rds.modify_db_cluster(DBClusterIdentifier="web", BackupRetentionPeriod=7)
    shown = [rds.describe_db_clusters()["DBClusters"][0] for _unused in range(4)]
    assert [one["Status"] for one in shown] == ["available", "modifying", "available", "available"]
    assert [one["BackupRetentionPeriod"] for one in shown] == [1, 7, 7, 7]


@pytest.mark.parametrize("case", [_tagged_key, _tagged_vpc, _tagged_cluster])
def test_tags_of_a_creation_come_later(sees, clock, case):
    reads = iter(range(4))

    def slowly(aws):
        steps = case(aws)
        next(steps, None)
        yield
        read = next(steps, None)

        def later():
            if next(reads, None) == 2:
                clock[0] += 6
            return read()

        yield later

    assert sees(slowly, reads=4, tag_seconds=5) == [0, 0, 1, 1]


def shape_at(shape, path):
    """What stands there, with dots between. Errors: KeyError."""
    for part in path.split("."):
        shape = shape.members[part]
    return shape


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_tables_name_what_aws_knows(kind):
    model = get_service_model(kind.service)
    read = model.operation_model(kind.operation)
    named = {*kind.given, *(kind.names if isinstance(kind, Listed) else kind.asks)}
    if isinstance(kind, Listed):
        named |= {*kind.asks, *kind.prefixes, *([kind.within] if kind.within else [])}
        item = shape_at(read.output_shape, kind.items).member
        for key in {*kind.id, *kind.asks.values(), *kind.prefixes.values(), *kind.filters.values()}:
            assert shape_at(item, key)
    assert named <= set(read.input_shape.members if read.input_shape else ())
    assert all(matching(model.operation_names, glob) for glob in kind.writes)
