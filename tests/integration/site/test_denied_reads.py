# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What cannot be read is never taken for absent: each read of the roles denied in turn on a stack to be changed.

Something of every task differs from what is wanted, so that a task which took a denied read for an answer would write.
The tests run as users do, without WEBAPP_STRICT.
"""

from __future__ import annotations

import contextlib
import datetime
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.drift import of_each_task
from tests.others import THINGS, begin, lost, of_others
from tests.playbook_run import LocalStack
from tests.writes import is_write

AS_USERS = {"WEBAPP_STRICT": "0"}
# The reads of each role on such a stack; a test holds the lists to what the roles really ask.
READS = {
    "secrets": [
        "cloudformation:DescribeStacks",
        "kms:DescribeKey",
        "kms:GetKeyPolicy",
        "kms:GetKeyRotationStatus",
        "kms:ListAliases",
        "kms:ListResourceTags",
        "s3:GetBucketEncryption",
        "s3:GetBucketLifecycleConfiguration",
        "s3:GetBucketOwnershipControls",
        "s3:GetBucketPolicy",
        "s3:GetBucketTagging",
        "s3:GetBucketVersioning",
        "s3:GetPublicAccessBlock",
        "s3:HeadBucket",
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetResourcePolicy",
        "ssm:DescribeParameters",
        "ssm:GetParameters",
        "ssm:ListTagsForResource",
    ],
    "network": [
        "ec2:DescribeAddresses",
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeFlowLogs",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeNatGateways",
        "ec2:DescribeNetworkAcls",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcAttribute",
        "ec2:DescribeVpcEndpointServices",
        "ec2:DescribeVpcEndpoints",
        "ec2:DescribeVpcs",
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListRolePolicies",
        "kms:ListAliases",
        "logs:DescribeLogGroups",
        "logs:ListTagsForResource",
    ],
    "cache": [
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "elasticache:DescribeCacheClusters",
        "elasticache:DescribeCacheParameterGroups",
        "elasticache:DescribeCacheParameters",
        "elasticache:DescribeCacheSubnetGroups",
        "elasticache:DescribeReplicationGroups",
        "elasticache:DescribeUserGroups",
        "elasticache:DescribeUsers",
        "elasticache:ListTagsForResource",
        "kms:ListAliases",
        "logs:DescribeLogGroups",
        "logs:ListTagsForResource",
        "ssm:DescribeParameters",
        "ssm:GetParameters",
        "ssm:ListTagsForResource",
    ],
    "aurora": [
        "application-autoscaling:DescribeScalableTargets",
        "application-autoscaling:DescribeScalingPolicies",
        "application-autoscaling:ListTagsForResource",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "iam:GetRole",
        "iam:ListAttachedRolePolicies",
        "iam:ListRolePolicies",
        "kms:ListAliases",
        "logs:DescribeLogGroups",
        "logs:ListTagsForResource",
        "rds:DescribeDBClusterParameterGroups",
        "rds:DescribeDBClusterParameters",
        "rds:DescribeDBClusters",
        "rds:DescribeDBInstances",
        "rds:DescribeDBParameterGroups",
        "rds:DescribeDBParameters",
        "rds:DescribeDBSubnetGroups",
        "rds:DescribeEventSubscriptions",
        "rds:DescribeOrderableDBInstanceOptions",
        "rds:ListTagsForResource",
        "sns:GetTopicAttributes",
        "sns:ListTagsForResource",
    ],
}
# What a task may have done before it came to what it could not read: what it scales, and then how.
BEFORE = {"application-autoscaling:DescribeScalingPolicies": ["RegisterScalableTarget"]}
# AWS denies the first to nobody; the second and third only look for secrets in Terraform's states.
NEVER_DENIED = {"sts:GetCallerIdentity", "s3:ListBuckets", "s3:ListObjectsV2", "s3:GetObject"}


@pytest.fixture(scope="module")
def converged(stack: LocalStack) -> LocalStack:
    begin(stack, "as_reviewed")
    stack.play("site.yml").ok()
    assert stack.play("site.yml").ok().recap["changed"] == 0
    return stack


@dataclass(frozen=True)
class Drifted:
    """before: an account in which a thing of each of a role's tasks is not as wanted, to be copied; others: how what
    is theirs looks.
    """

    before: LocalStack
    others: dict[str, Any]


@pytest.fixture(scope="module")
def drifted(converged: LocalStack) -> Iterator[dict[str, Drifted]]:
    """By role."""
    with contextlib.ExitStack() as copies:
        accounts = {role: copies.enter_context(converged.copy()) for role in READS}
        for role, account in accounts.items():
            names = import_module(f"tests.integration.{role}.drifts").NAMES
            for drift in of_each_task(role):
                drift.put_in(account.boto, names)
        everything = [thing.name for thing in THINGS]
        yield {role: Drifted(account, of_others(account, everything)) for role, account in accounts.items()}


@pytest.mark.parametrize("role", READS)
def test_the_lists_are_whole(drifted: dict[str, Drifted], role: str) -> None:
    with drifted[role].before.copy() as account:
        account.control.clear_calls()
        assert account.play(f"playbooks/roles/{role}.yml").ok().recap["changed"] == len(of_each_task(role))
        asked = {f"{call['service']}:{call['action']}" for call in account.control.calls() if not is_write(call)}
        assert sorted(asked - NEVER_DENIED) == READS[role]


@pytest.mark.parametrize(("role", "read"), [(role, read) for role, reads in READS.items() for read in reads])
def test_a_denied_read_is_named_and_followed_by_no_change(
    drifted: dict[str, Drifted], role: str, read: str, tmp_path: Path
) -> None:
    log = tmp_path / "ansible.log"
    with drifted[role].before.copy() as account:
        account.control.clear_calls()
        account.control.faults({"kind": "denied", "action": read})
        surroundings = {**AS_USERS, "ANSIBLE_LOG_PATH": str(log)}
        result = account.play(f"playbooks/roles/{role}.yml", environment=surroundings)
        account.control.clear_faults()
        last = last_task_began(log)
        changes = [call["action"] for call in account.control.calls() if is_write(call) and call["began"] >= last]
        assert changes == BEFORE.get(read, []), "the task that could not read has changed something"
        assert result.rc != 0, result.stdout
        service = read.partition(":")[0]
        assert f"needs the permission {service}:" in result.stdout
        assert ("Nothing was changed" in result.stdout) is (read not in BEFORE)
        assert lost(drifted[role].others, account) == []


def last_task_began(log: Path) -> float:
    """When the last task of a run began, by the clock of the recorded calls."""
    began = [line.partition(" p=")[0] for line in log.read_text().splitlines() if re.search(r"\| TASK \[", line)]
    moment = datetime.datetime.strptime(began[-1], "%Y-%m-%d %H:%M:%S,%f").astimezone().timestamp()
    return moment - time.time() + time.monotonic()
