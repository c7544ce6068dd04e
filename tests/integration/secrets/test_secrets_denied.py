# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What may not be read is not written: each read of the role denied in turn, on a stack that needs every write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.secrets.drifts import NAMES
from tests.playbook_run import LocalStack
from tests.writes import is_write

PLAYBOOK = "playbooks/roles/secrets.yml"
THEIRS = {
    "Sid": "Theirs",
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:DeleteObject",
    "Resource": f"arn:aws:s3:::{NAMES['bucket']}/*",
}

# Each read and the component that makes it.
BUCKET = (
    "s3:GetBucketPolicy",
    "s3:GetBucketTagging",
    "s3:GetBucketLifecycleConfiguration",
    "s3:GetBucketVersioning",
    "s3:GetBucketEncryption",
    "s3:GetBucketOwnershipControls",
    "s3:GetPublicAccessBlock",
    "s3:HeadBucket",
)
DENIED = [
    *((read, "secrets_state_bucket") for read in BUCKET),
    *((f"kms:{read}", "secrets_keys") for read in ("ListAliases", "DescribeKey", "ListResourceTags")),
    *((f"kms:{read}", "secrets_keys") for read in ("GetKeyRotationStatus", "GetKeyPolicy")),
    *((f"secretsmanager:{read}", "secrets_secrets") for read in ("DescribeSecret", "GetResourcePolicy")),
    *((f"ssm:{read}", "secrets_parameters") for read in ("GetParameters", "DescribeParameters", "ListTagsForResource")),
]


@pytest.fixture(scope="module")
def needy(stack: LocalStack) -> Iterator[LocalStack]:
    """Things of others under all the names of the role, none of them as the role would have it."""
    s3 = stack.boto("s3")
    s3.create_bucket(Bucket=NAMES["bucket"])
    s3.put_bucket_policy(Bucket=NAMES["bucket"], Policy=json.dumps({"Version": "2012-10-17", "Statement": [THEIRS]}))
    kms = stack.boto("kms")
    for purpose in ("aurora", "cache", "delivery", "secrets", "logs", "notifications", "terraform-state"):
        key = kms.create_key()["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName=f"alias/mywebapp-prod-{purpose}", TargetKeyId=key)
    stack.boto("secretsmanager").create_secret(Name=NAMES["secret"], SecretString="theirs")
    for name in ("project", "environment", "region"):
        stack.boto("ssm").put_parameter(Name=f"/mywebapp/prod/{name}", Type="String", Value="theirs")
    yield stack
    stack.control.clear_faults()


@pytest.mark.parametrize(("action", "component"), DENIED)
def test_what_may_not_be_read_is_not_written(needy: LocalStack, action: str, component: str) -> None:
    service, operation = action.split(":")
    needy.control.faults({"kind": "denied", "action": action})
    before = len(needy.control.calls())
    result = needy.play(PLAYBOOK, "--tags", component)
    needy.control.clear_faults()
    made = needy.control.calls()[before:]
    written = [one["action"] for one in made if one["service"] == service and is_write(one)]
    assert result.rc != 0 and written == []
    assert any(one["action"] == operation for one in made), "the role makes this read"
    assert "Nothing was changed" in result.stdout and "needs the permission" in result.stdout


def test_all_of_it_is_written_once_it_may_be_read(needy: LocalStack) -> None:
    needy.play(PLAYBOOK).ok()
    policy = json.loads(needy.boto("s3").get_bucket_policy(Bucket=NAMES["bucket"])["Policy"])
    assert policy["Statement"][0] == THEIRS and len(policy["Statement"]) == 2
    assert needy.play(PLAYBOOK).ok().recap["changed"] == 0


@pytest.mark.parametrize("action", ["logs:DescribeLogGroups", "logs:ListTagsForResource"])
def test_log_groups_that_may_not_be_read_are_not_written(needy: LocalStack, tmp_path: Path, action: str) -> None:
    logs = needy.boto("logs")
    if not logs.describe_log_groups()["logGroups"]:
        logs.create_log_group(logGroupName="/theirs")
    options = {"log_groups": ["/theirs"], "defaults": {"retention_in_days": 30}, "region": "us-east-1"}
    tasks = [{"name": "Log groups", "wellarchitected.webapp.log_group": options}]
    playbook = tmp_path / "logs.yml"
    playbook.write_text(json.dumps([{"name": "Logs", "hosts": "all", "gather_facts": False, "tasks": tasks}]))
    needy.control.faults({"kind": "denied", "action": action})
    result = needy.play(str(playbook))
    needy.control.clear_faults()
    assert result.rc != 0 and "needs the permission" in result.stdout
    assert "retentionInDays" not in logs.describe_log_groups()["logGroups"][0]
