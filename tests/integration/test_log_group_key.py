# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A log group whose key does not admit CloudWatch Logs yet, because its policy is on its way."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from tests.playbook_run import LocalStack

ADMITTED = {
    "Effect": "Allow",
    "Principal": {"Service": "logs.us-east-1.amazonaws.com"},
    "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    "Resource": "*",
}


@pytest.mark.parametrize(("group", "call"), [("/new", "CreateLogGroup"), ("/there", "AssociateKmsKey")])
def test_a_key_whose_policy_comes_later_is_waited_for(stack: LocalStack, tmp_path: Path, group: str, call: str) -> None:
    stack.control.reset()
    kms, logs = stack.boto("kms"), stack.boto("logs")
    key = kms.create_key()["KeyMetadata"]
    kms.create_alias(AliasName="alias/mine", TargetKeyId=key["KeyId"])
    logs.create_log_group(logGroupName="/there")
    policy = json.loads(kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"])
    policy["Statement"].append(ADMITTED)

    def admit() -> None:
        kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=json.dumps(policy))

    options = {"log_groups": [group], "defaults": {"kms_key": "mine"}, "region": "us-east-1"}
    tasks = [{"name": "Log groups", "wellarchitected.webapp.log_group": options}]
    playbook = tmp_path / "logs.yml"
    playbook.write_text(json.dumps([{"name": "Logs", "hosts": "all", "gather_facts": False, "tasks": tasks}]))
    later = threading.Timer(8, admit)
    later.start()
    result = stack.play(str(playbook))
    later.join()
    assert result.ok().changed_tasks == ["Log groups"]
    [found] = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    assert found["kmsKeyId"] == key["Arn"]
    assert {one["action"] for one in stack.control.calls("logs") if one["status"] == 400} == {call}
