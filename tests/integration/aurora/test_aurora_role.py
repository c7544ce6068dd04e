# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role aurora against local_aws: adopted, made from nothing, drifted, refused, copied to another region."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from local_aws.stacks import as_reviewed
from tests.drift import rounds
from tests.integration.aurora.drifts import DRIFTS, NAMES, Drift, cluster, instance, parameter
from tests.playbook_run import ROOT, LocalStack

PLAYBOOK = "playbooks/roles/aurora.yml"
KEYS = ("mywebapp-prod-aurora", "mywebapp-prod-logs", "mywebapp-prod-notifications")
SECRET = "mywebapp/prod/aurora-master"
TASKS = [
    "Subnet group",
    "Cluster parameters",
    "Instance parameters",
    "Role of enhanced monitoring",
    "Log groups of the exported logs",
    "Topic of database events",
    "Cluster",
    "Instances",
    "Reader auto scaling",
    "Event subscriptions",
]


def tasks(result: Any) -> list[str]:
    return [name.removeprefix("wellarchitected.webapp.aurora : ") for name in result.changed_tasks]


def make_keys(stack: LocalStack, region: str = "us-east-1") -> None:
    kms = stack.boto("kms", region)
    known = {alias["AliasName"] for alias in kms.list_aliases()["Aliases"]}
    for name in KEYS:
        if f"alias/{name}" not in known:
            key = kms.create_key()["KeyMetadata"]["KeyId"]
            kms.put_key_policy(KeyId=key, PolicyName="default", Policy=KEY_POLICY.replace("us-east-1", region))
            kms.create_alias(AliasName=f"alias/{name}", TargetKeyId=key)


KEY_POLICY = """{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"},
  {"Effect": "Allow", "Principal": {"Service": ["logs.us-east-1.amazonaws.com", "events.rds.amazonaws.com"]},
   "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
   "Resource": "*"}]}"""


def make_network(stack: LocalStack, region: str = "us-east-1") -> None:
    ec2 = stack.boto("ec2", region)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    for number, zone in enumerate("ab", 1):
        ec2.create_subnet(
            VpcId=vpc,
            AvailabilityZone=f"{region}{zone}",
            CidrBlock=f"10.0.{19 + number}.0/24",
            TagSpecifications=named("subnet", f"mywebapp-prod-database-{number}"),
        )
    name = "mywebapp-prod-aurora-sg"
    ec2.create_security_group(
        GroupName=name, Description="Database", VpcId=vpc, TagSpecifications=named("security-group", name)
    )


def named(kind: str, name: str) -> list[dict[str, Any]]:
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]


@pytest.fixture
def emptied(stack: LocalStack) -> LocalStack:
    """An account with what other roles make, and no database."""
    stack.control.reset()
    make_keys(stack)
    make_network(stack)
    return stack


@pytest.fixture(scope="class")
def adopted(reviewed_stack: LocalStack) -> LocalStack:
    make_keys(reviewed_stack)
    foretold = reviewed_stack.play(PLAYBOOK, check=True).ok()
    made = reviewed_stack.play(PLAYBOOK).ok()
    assert tasks(foretold) == tasks(made) == TASKS
    assert "this role makes no copy" in foretold.stdout
    assert made.stdout.count("playbooks/encrypt_aurora.yml") == 1
    return reviewed_stack


class TestAdopted:
    """The cluster of the review, as it was found and then hardened."""

    def test_a_second_run_changes_nothing(self, adopted: LocalStack) -> None:
        assert adopted.play(PLAYBOOK).ok().recap["changed"] == 0
        assert adopted.play(PLAYBOOK, check=True).ok().recap["changed"] == 0

    def test_what_can_be_changed_in_place_is(self, adopted: LocalStack) -> None:
        found = cluster(adopted.boto, NAMES)
        assert found["MasterUserSecret"]["KmsKeyId"]
        assert found["PerformanceInsightsEnabled"] and found["DatabaseInsightsMode"] == "standard"
        assert found["StorageEncryptionType"] == "none", "never replaced"
        for which in ("first", "second"):
            member = instance(adopted.boto, NAMES, which)
            assert member["DBInstanceClass"] == "db.t4g.medium" and member["PerformanceInsightsEnabled"]
            assert member["DBParameterGroups"][0]["ParameterApplyStatus"] == "in-sync"

    def test_required_encryption_fails_at_the_end_and_changes_nothing(self, adopted: LocalStack) -> None:
        result = adopted.play(PLAYBOOK, extra_vars={"aurora_require_encryption": True})
        assert result.rc != 0 and result.recap["changed"] == 0
        assert "playbooks/encrypt_aurora.yml" in result.stdout

    def test_an_older_engine_and_a_password_in_use_are_left_alone(self, adopted: LocalStack) -> None:
        newer = adopted.play(PLAYBOOK, check=True, extra_vars={"aurora_engine_version": "8.0.mysql_aurora.3.04.3"})
        assert newer.ok().recap["changed"] == 0 and "is left on" not in newer.stdout
        asked = {"aurora_engine_version": "8.0.mysql_aurora.3.11.1"}
        older = adopted.play(PLAYBOOK, extra_vars=asked).ok()
        assert older.recap["changed"] == 0 and older.stdout.count("set aurora_engine_upgrade: true") == 1
        upgraded = adopted.play(PLAYBOOK, check=True, extra_vars={**asked, "aurora_engine_upgrade": True}).ok()
        assert tasks(upgraded) == ["Cluster"]

    @pytest.mark.parametrize("together", rounds(DRIFTS), ids=lambda drifts: "; ".join(one.name for one in drifts))
    def test_drift_is_seen_and_repaired(self, adopted: LocalStack, together: list[Drift]) -> None:
        for drift in together:
            drift.put_in(adopted.boto, NAMES)
        expected = {drift.task for drift in together}
        assert expected <= set(tasks(adopted.play(PLAYBOOK, check=True).ok()))
        assert expected <= set(tasks(adopted.play(PLAYBOOK).ok()))
        assert [drift.name for drift in together if not drift.repaired(adopted.boto, NAMES)] == []

    def test_an_instance_that_auto_scaling_added_is_left_alone(self, adopted: LocalStack) -> None:
        adopted.boto("rds").create_db_instance(
            DBInstanceIdentifier="application-autoscaling-1",
            DBClusterIdentifier=NAMES["cluster"],
            DBInstanceClass="db.r6g.large",
            Engine="aurora-mysql",
        )
        waiter = adopted.boto("rds").get_waiter("db_instance_available")
        waiter.wait(DBInstanceIdentifier="application-autoscaling-1", WaiterConfig={"Delay": 1, "MaxAttempts": 60})
        assert adopted.play(PLAYBOOK).ok().recap["changed"] == 0

    @pytest.mark.parametrize(
        ("variables", "words"),
        [
            ({"aurora_instance_class": "db.m5.large"}, "near it are db.r"),
            ({"aurora_instance_class": "db.r6g.huge"}, "near it are db.r6g."),
            (
                {"aurora_engine_version": "8.0.mysql_aurora.9.99.9", "aurora_engine_upgrade": True},
                "is not offered in this region",
            ),
            ({"aurora_cross_region": "global"}, "db.t4g.medium cannot be in a global database"),
            (
                {"aurora_instances": [{"name": "mywebapp-prod-aurora-1", "instance_class": "db.m5.large"}]},
                "db.m5.large is no instance class",
            ),
            ({"aurora_instance_class": "db.serverless"}, "set aurora_serverless_capacity"),
            ({"aurora_backtrack_hours": 24}, "was made without backtrack"),
            ({"aurora_port": 80, "aurora_readers_max": 20}, "1150 to 65535"),
            ({"aurora_parameter_family": "aurora-mysql8.4"}, "does not go with engine version"),
            ({"aurora_engine_version": "8.4.mysql_aurora.8.4.7", "aurora_engine_upgrade": True}, "blue/green"),
            ({"stack_project": "My_App"}, "aurora_cluster_name is My_App-prod-aurora"),
            ({"aurora_readers_cpu_target": "many"}, "aurora_readers_cpu_target"),
            ({"aurora_cross_region": "replica"}, "is not encrypted with a key of yours"),
            ({"aurora_instances": []}, "aurora_instances is empty"),
            ({"aurora_instances": [{"name": "new-1", "availability_zone": "us-east-1f"}]}, "aurora_subnets lie in"),
            ({"aurora_backup_retention_days": 36, "aurora_insights_retention_days": 8}, "1 to 35 days"),
            ({"aurora_backup_window": "05:30-06:30"}, "overlap"),
            ({"aurora_log_retention_days": 100}, "value of aurora_log_retention_days must be one of"),
            ({"stack_dr_region": "us-east-1"}, "own region"),
            ({"stack_dr_region": ""}, "set stack_dr_region"),
            ({"stack_account_id": "999999999999"}, "999999999999"),
        ],
        ids=lambda value: str(next(iter(value.values()))) if isinstance(value, dict) else "",
    )
    def test_the_impossible_is_refused_first(self, adopted: LocalStack, variables: dict[str, Any], words: str) -> None:
        result = adopted.play(PLAYBOOK, extra_vars=variables)
        assert result.rc != 0 and result.recap["changed"] == 0
        assert words in " ".join(result.stdout.split())


def test_an_empty_account_says_which_roles_make_what_is_missing(stack: LocalStack) -> None:
    stack.control.reset()
    result = stack.play(PLAYBOOK)
    assert result.rc != 0 and result.recap["changed"] == 0 and result.recap["ok"] == 3
    said = " ".join(result.stdout.split())
    assert "the role network makes it" in said and "the role secrets makes it" in said


def test_a_stack_without_another_region(emptied: LocalStack, tmp_path: Path) -> None:
    copied = shutil.copytree(ROOT / "inventories/local", tmp_path / "local")
    stack = copied / "group_vars/all/stack.yml"
    stack.write_text("".join(line for line in stack.read_text().splitlines(True) if "stack_dr_region" not in line))
    elsewhere = LocalStack(emptied.endpoint, inventory=os.path.relpath(copied, ROOT / "inventories"))
    foretold = elsewhere.play(PLAYBOOK, check=True, extra_vars={"aurora_cross_region": "none"}).ok()
    assert tasks(foretold) == TASKS


def test_from_nothing_everything_is_encrypted(emptied: LocalStack) -> None:
    foretold = emptied.play(PLAYBOOK, check=True).ok()
    made = emptied.play(PLAYBOOK).ok()
    assert tasks(foretold) == tasks(made) == TASKS
    assert "encrypt_aurora" not in made.stdout
    found = cluster(emptied.boto, NAMES)
    assert found["StorageEncryptionType"] == "sse-kms" and found["MasterUserSecret"]
    zones = {instance(emptied.boto, NAMES, which)["AvailabilityZone"] for which in ("first", "second")}
    assert zones == {"us-east-1a", "us-east-1b"}
    assert emptied.play(PLAYBOOK).ok().recap["changed"] == 0


@pytest.mark.parametrize(("mode", "instance_class"), [("replica", "db.t4g.medium"), ("global", "db.r6g.large")])
def test_a_copy_in_another_region(emptied: LocalStack, mode: str, instance_class: str) -> None:
    make_keys(emptied, "us-west-2")
    make_network(emptied, "us-west-2")
    password = "correct-horse-battery-staple"
    secret = f'{{"username": "dbadmin", "password": "{password}"}}'
    emptied.boto("secretsmanager").create_secret(Name=SECRET, SecretString=secret)
    variables = {
        "aurora_cross_region": mode,
        "aurora_instance_class": instance_class,
        "aurora_master_secret": SECRET,
    }
    foretold = emptied.play(PLAYBOOK, check=True, extra_vars=variables).ok()
    made = emptied.play(PLAYBOOK, "-vvv", extra_vars=variables).ok()
    assert tasks(foretold) == tasks(made)
    assert password not in made.stdout
    assert "MasterUserSecret" not in cluster(emptied.boto, NAMES)
    copy = emptied.boto("rds", "us-west-2").describe_db_clusters()["DBClusters"][0]
    assert copy["DBClusterIdentifier"] == "mywebapp-prod-aurora-dr" and copy["StorageEncryptionType"] == "sse-kms"
    assert bool(copy.get("ReplicationSourceIdentifier")) is (mode == "replica")
    groups = emptied.boto("logs", "us-west-2").describe_log_groups()["logGroups"]
    assert {group["logGroupName"].rpartition("/")[2] for group in groups} == {"audit", "error", "slowquery"}
    assert all(group["retentionInDays"] == 365 and ":us-west-2:" in group["kmsKeyId"] for group in groups)
    subscriptions = emptied.boto("rds", "us-west-2").describe_event_subscriptions()["EventSubscriptionsList"]
    assert all(":us-west-2:" in one["SnsTopicArn"] for one in subscriptions) and len(subscriptions) == 4
    assert emptied.play(PLAYBOOK, extra_vars=variables).ok().recap["changed"] == 0
    leave_stack(emptied, "mywebapp-prod-aurora-cluster-creation")
    foretold = emptied.play(PLAYBOOK, check=True, extra_vars=variables).ok()
    assert tasks(foretold) == ["Cluster"] and len(stacks(emptied)) == 1
    assert tasks(emptied.play(PLAYBOOK, extra_vars=variables).ok()) == ["Cluster"]
    assert stacks(emptied) == [] and cluster(emptied.boto, NAMES)["Status"] == "available"
    newer = {**variables, "aurora_engine_upgrade": True, "aurora_engine_version": "8.0.mysql_aurora.3.11.1"}
    result = emptied.play(PLAYBOOK, extra_vars=newer)
    words = "remove its secondaries" if mode == "global" else "modify-db-cluster --region us-west-2"
    assert result.rc != 0 and result.recap["changed"] == 0 and words in " ".join(result.stdout.split())


def leave_stack(stack: LocalStack, name: str) -> None:
    """A stack as a run leaves it that ended between the cluster's creation and the removal of its stack."""
    body = {"Resources": {"Retained": {"Type": "AWS::SNS::Topic", "DeletionPolicy": "Retain", "Properties": {}}}}
    stack.boto("cloudformation").create_stack(StackName=name, TemplateBody=json.dumps(body))


def stacks(stack: LocalStack) -> list[dict[str, Any]]:
    return list(stack.boto("cloudformation").describe_stacks()["Stacks"])


@pytest.mark.parametrize("chosen", ["secrets", "SEC-4", "network_vpc"])
def test_tags_of_another_role_expect_nothing_of_an_empty_account(stack: LocalStack, chosen: str) -> None:
    stack.control.reset()
    result = stack.play(PLAYBOOK, "--tags", chosen).ok()
    assert result.recap["changed"] == 0


def test_what_comes_from_the_command_line_is_of_its_type(emptied: LocalStack) -> None:
    """Extra variables of the form key=value are text."""
    emptied.control.clear_calls()
    given = (
        "aurora_reboot_when_pending=false aurora_autoscaling=false aurora_log_exports=audit aurora_insights_mode=off"
    )
    emptied.play(PLAYBOOK, "-e", given).ok()
    actions = {call["action"] for call in emptied.control.calls()}
    assert not actions & {"RebootDBInstance", "FailoverDBCluster", "RegisterScalableTarget"}
    groups = emptied.boto("logs").describe_log_groups()["logGroups"]
    assert [group["logGroupName"] for group in groups] == ["/aws/rds/cluster/mywebapp-prod-aurora/audit"]
    assert not cluster(emptied.boto, NAMES).get("PerformanceInsightsEnabled")
    assert emptied.play(PLAYBOOK, "-e", given).ok().recap["changed"] == 0


YAML_PARAMETERS = {
    "require_secure_transport": True,
    "slow_query_log": True,
    "server_audit_logging": True,
    "binlog_format": False,
    "gtid-mode": False,
    "long_query_time": 0.5,
    "max_connections": 1000,
}


def test_parameters_as_yaml_makes_them_are_what_the_database_means(emptied: LocalStack) -> None:
    given = {"aurora_cluster_parameters": YAML_PARAMETERS}
    emptied.play(PLAYBOOK, "--tags", "aurora_groups", extra_vars=given).ok()
    assert parameter(emptied.boto, NAMES, "require_secure_transport") == "ON"
    assert parameter(emptied.boto, NAMES, "slow_query_log") == "1"
    assert emptied.play(PLAYBOOK, "--tags", "aurora_groups", extra_vars=given).ok().recap["changed"] == 0


TRUST = """{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Principal": {"Service": "rds.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"""
BOUNDARY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}'
CHOICES = {
    "aurora_storage_type": "aurora-iopt1",
    "aurora_engine_lifecycle_support": "open-source-rds-extended-support-disabled",
    "aurora_serverless_capacity": {"min": 0.5, "max": 8},
    "aurora_instance_class": "db.serverless",
    "aurora_associated_roles": ["mywebapp-prod-loads"],
    "aurora_endpoints": [{"name": "mywebapp-prod-reports", "members": ["mywebapp-prod-aurora-2"]}],
    "aurora_iam_path": "/bounded/",
    "aurora_permissions_boundary": "arn:aws:iam::123456789012:policy/bound",
}


def test_what_an_operator_may_choose_is_made_and_settles(emptied: LocalStack) -> None:
    iam, rds = emptied.boto("iam"), emptied.boto("rds")
    iam.create_role(RoleName="mywebapp-prod-loads", AssumeRolePolicyDocument=TRUST)
    iam.create_policy(PolicyName="bound", PolicyDocument=BOUNDARY)
    emptied.play(PLAYBOOK, extra_vars=CHOICES).ok()
    found = cluster(emptied.boto, NAMES)
    assert (found["StorageType"], found["EngineLifecycleSupport"]) == (
        "aurora-iopt1",
        CHOICES["aurora_engine_lifecycle_support"],
    )
    assert found["ServerlessV2ScalingConfiguration"]["MaxCapacity"] == 8
    assert [role["RoleArn"].rpartition("/")[2] for role in found["AssociatedRoles"]] == ["mywebapp-prod-loads"]
    endpoint = rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier="mywebapp-prod-reports")[
        "DBClusterEndpoints"
    ][0]
    assert endpoint["StaticMembers"] == ["mywebapp-prod-aurora-2"] and endpoint["CustomEndpointType"] == "READER"
    role = iam.get_role(RoleName=NAMES["role"])["Role"]
    assert role["Path"] == "/bounded/"
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == CHOICES["aurora_permissions_boundary"]
    assert emptied.play(PLAYBOOK, extra_vars=CHOICES).ok().recap["changed"] == 0


def test_a_stopped_cluster_is_refused_with_the_way_out(found_again: LocalStack) -> None:
    found_again.boto("rds").stop_db_cluster(DBClusterIdentifier=NAMES["cluster"])
    result = found_again.play(PLAYBOOK)
    assert result.rc != 0 and result.recap["changed"] == 0
    assert "aws rds start-db-cluster --db-cluster-identifier mywebapp-prod-aurora" in " ".join(result.stdout.split())


@pytest.fixture
def found_again(stack: LocalStack) -> LocalStack:
    """The cluster of the review as it was found, for tests that leave it otherwise."""
    stack.control.reset()
    as_reviewed.load(stack.endpoint)
    make_keys(stack)
    return stack


SLOW = {"transition_seconds": 4, "pending_seconds": 2, "backing_up": True, "scaling_polls": 2, "scaling_conflicts": 1}
UPGRADE = {"aurora_engine_version": "8.0.mysql_aurora.3.11.1", "aurora_engine_upgrade": True}
BUSY_CALLS = ("ModifyDBCluster", "ModifyDBInstance", "RebootDBInstance", "FailoverDBCluster", "PutScalingPolicy")


def test_adoption_on_a_busy_aws_ends_as_on_one_that_is_quick(found_again: LocalStack) -> None:
    """In backup, with each change taking its time, an upgrade and the takeover of the password; not strict."""
    stack = found_again
    stack.control.settings(**SLOW)
    stack.control.clear_calls()
    made = stack.play(PLAYBOOK, extra_vars=UPGRADE, environment={"WEBAPP_STRICT": ""}).ok()
    assert tasks(made) == TASKS and "AWS did not keep" not in made.stdout
    taken = [call["action"] for call in stack.control.calls() if call["action"] in BUSY_CALLS and call["status"] == 200]
    assert taken.count("ModifyDBCluster") == 2, "one for what goes together and one for the engine"
    assert taken.count("FailoverDBCluster") == 1
    found = cluster(stack.boto, NAMES)
    assert (found["EngineVersion"], found["Status"]) == (UPGRADE["aurora_engine_version"], "available")
    assert (
        found["MasterUserSecret"]
        and found["IAMDatabaseAuthenticationEnabled"]
        and not found.get("PendingModifiedValues")
    )
    assert {instance(stack.boto, NAMES, which)["DBInstanceClass"] for which in ("first", "second")} == {"db.t4g.medium"}
    stack.control.settings(transition_seconds=0, pending_seconds=0, backing_up=False)
    assert stack.play(PLAYBOOK, extra_vars=UPGRADE).ok().recap["changed"] == 0
