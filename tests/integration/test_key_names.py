# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One key by each of its spellings, for all that is encrypted with a key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.playbook_run import LocalStack, PlaybookResult

SPELLINGS = ["mine", "alias/mine", "{id}", "{arn}", "{alias_arn}"]
ADMITS_LOGS = {
    "Effect": "Allow",
    "Principal": {"Service": "logs.us-east-1.amazonaws.com"},
    "Action": "kms:*",
    "Resource": "*",
}
PURPOSES = {
    "secrets_kms_key": "secrets",
    "network_logs_kms_key": "logs",
    "aurora_kms_key": "aurora",
    "aurora_events_kms_key": "notifications",
}
MODULES = ("log_group", "sns_topic", "s3_bucket", "secret", "db_cluster")


class Key:
    """A key called mine that CloudWatch Logs may use, and a database that is encrypted with it."""

    def __init__(self, stack: LocalStack) -> None:
        self.stack = stack
        kms = stack.boto("kms")
        made = kms.create_key()["KeyMetadata"]
        self.id, self.arn = made["KeyId"], made["Arn"]
        self.alias_arn = f"{self.arn.partition(':key/')[0]}:alias/mine"
        kms.create_alias(AliasName="alias/mine", TargetKeyId=self.id)
        policy = json.loads(kms.get_key_policy(KeyId=self.id, PolicyName="default")["Policy"])
        policy["Statement"].append(ADMITS_LOGS)
        kms.put_key_policy(KeyId=self.id, PolicyName="default", Policy=json.dumps(policy))
        self.cluster("db", self.id)

    def cluster(self, name: str, key: str) -> None:
        self.stack.boto("rds").create_db_cluster(
            DBClusterIdentifier=name,
            Engine="aurora-mysql",
            MasterUsername="dbadmin",
            ManageMasterUserPassword=True,
            StorageEncrypted=True,
            KmsKeyId=key,
        )

    def spelled(self, spelling: str) -> str:
        return spelling.format(id=self.id, arn=self.arn, alias_arn=self.alias_arn)

    def play(self, path: Path, key: str, modules: tuple[str, ...] = MODULES, check: bool = False) -> PlaybookResult:
        lists: dict[str, tuple[str, dict[str, Any]]] = {
            "log_group": ("log_groups", {"name": "/mine"}),
            "sns_topic": ("topics", {"name": "mine"}),
            "s3_bucket": ("buckets", {"name": "mine-bucket"}),
            "secret": ("secrets", {"name": "mine"}),
            "db_cluster": ("clusters", {"name": "db"}),
        }
        tasks: list[dict[str, Any]] = [
            {
                "name": module,
                f"wellarchitected.webapp.{module}": {
                    "region": "us-east-1",
                    lists[module][0]: [{**lists[module][1], "kms_key": key}],
                },
                "register": module,
            }
            for module in modules
        ]
        expected = {"kms_key": [key]}
        look = {"region": "us-east-1", "project": "a", "environment": "b", "expect": expected}
        tasks.insert(0, {"name": "Look", "wellarchitected.webapp.stack_info": look})
        if "db_cluster" in modules:
            tasks.append({"name": "Judge", "ansible.builtin.assert": {"that": "db_cluster.migrations == {}"}})
        playbook = path / "keys.yml"
        playbook.write_text(json.dumps([{"name": "Keys", "hosts": "all", "gather_facts": False, "tasks": tasks}]))
        return self.stack.play(str(playbook), check=check)

    def used(self) -> dict[str, str | None]:
        """What AWS says of each thing's key."""
        boto = self.stack.boto
        encryption = boto("s3").get_bucket_encryption(Bucket="mine-bucket")["ServerSideEncryptionConfiguration"]
        topic = boto("sns").list_topics()["Topics"][0]["TopicArn"]
        return {
            "log_group": boto("logs").describe_log_groups(logGroupNamePrefix="/mine")["logGroups"][0].get("kmsKeyId"),
            "sns_topic": boto("sns").get_topic_attributes(TopicArn=topic)["Attributes"].get("KmsMasterKeyId"),
            "s3_bucket": encryption["Rules"][0]["ApplyServerSideEncryptionByDefault"].get("KMSMasterKeyID"),
            "secret": boto("secretsmanager").describe_secret(SecretId="mine").get("KmsKeyId"),
        }


@pytest.fixture
def key(stack: LocalStack) -> Key:
    stack.control.reset()
    return Key(stack)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_each_spelling_is_the_key(key: Key, tmp_path: Path, spelling: str) -> None:
    name = key.spelled(spelling)
    made = ["log_group", "sns_topic", "s3_bucket", "secret"]
    assert key.play(tmp_path, name, check=True).ok().changed_tasks == made
    assert key.play(tmp_path, name).ok().changed_tasks == made
    assert set(key.used().values()) == {key.arn}
    assert key.play(tmp_path, name).ok().recap["changed"] == 0
    assert key.play(tmp_path, name, check=True).ok().recap["changed"] == 0


@pytest.mark.parametrize("theirs", ["alias/mine", "{id}", "{alias_arn}"])
def test_what_is_encrypted_with_it_already_is_left_alone(key: Key, tmp_path: Path, theirs: str) -> None:
    given, modules = key.spelled(theirs), ("sns_topic", "s3_bucket", "secret")
    key.play(tmp_path, key.arn, modules).ok()
    topic = key.stack.boto("sns").list_topics()["Topics"][0]["TopicArn"]
    key.stack.boto("sns").set_topic_attributes(TopicArn=topic, AttributeName="KmsMasterKeyId", AttributeValue=given)
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": given}}
    key.stack.boto("s3").put_bucket_encryption(
        Bucket="mine-bucket", ServerSideEncryptionConfiguration={"Rules": [{**rule, "BucketKeyEnabled": True}]}
    )
    key.stack.boto("secretsmanager").update_secret(SecretId="mine", KmsKeyId=given)
    for check in (True, False):
        assert key.play(tmp_path, "mine", modules, check=check).ok().recap["changed"] == 0


@pytest.mark.parametrize("text", ["alias/nothing", "12345678-0000-0000-0000-1234567890ab"])
def test_what_is_not_there_is_named_as_it_was_spelled(key: Key, tmp_path: Path, text: str) -> None:
    result = key.play(tmp_path, text)
    assert result.rc != 0 and f"kms_key {text} does not exist" in " ".join(result.stdout.split())


@pytest.mark.parametrize(("module", "alias"), [("secret", "alias/aws/secretsmanager"), ("s3_bucket", "alias/aws/s3")])
def test_aws_s_own_key_that_nobody_needed_so_far(key: Key, tmp_path: Path, module: str, alias: str) -> None:
    assert key.play(tmp_path, alias, (module,), check=True).ok().changed_tasks == [module]
    assert key.play(tmp_path, alias, (module,)).ok().changed_tasks == [module]
    assert key.play(tmp_path, alias, (module,)).ok().recap["changed"] == 0
    assert key.play(tmp_path, "mine", (module,), check=True).ok().changed_tasks == [module], "another key is another"


def test_aws_s_own_key_of_a_database(key: Key, tmp_path: Path) -> None:
    key.stack.boto("rds").delete_db_cluster(DBClusterIdentifier="db", SkipFinalSnapshot=True)
    key.cluster("db", "alias/aws/rds")
    assert key.play(tmp_path, "alias/aws/rds", ("db_cluster",)).ok().recap["changed"] == 0
    assert key.play(tmp_path, "mine", ("db_cluster",)).rc != 0, "that is a migration"


def test_a_key_that_the_same_run_would_make_is_known_by_its_alias(stack: LocalStack) -> None:
    stack.control.reset()
    names = {name: f"alias/mywebapp-prod-{purpose}" for name, purpose in PURPOSES.items()}
    assert stack.play("playbooks/site.yml", check=True, extra_vars=names).ok().recap["changed"] > 10
