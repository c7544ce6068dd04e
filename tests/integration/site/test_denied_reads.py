# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What cannot be read is never taken for absent: each read of the roles denied in turn on a stack that is as wanted.

There, every call that changes something would be a mistake. The tests run as users do, without WEBAPP_STRICT.
"""

from __future__ import annotations

import pytest

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
        "rds:ListTagsForResource",
        "sns:GetTopicAttributes",
        "sns:ListTagsForResource",
    ],
}
# AWS denies the first to nobody; the second and third only look for secrets in Terraform's states.
NEVER_DENIED = {"sts:GetCallerIdentity", "s3:ListBuckets", "s3:ListObjectsV2", "s3:GetObject"}


@pytest.fixture(scope="module")
def converged(reviewed_stack: LocalStack) -> LocalStack:
    reviewed_stack.play("site.yml").ok()
    assert reviewed_stack.play("site.yml").ok().recap["changed"] == 0
    return reviewed_stack


@pytest.mark.parametrize("role", READS)
def test_the_lists_are_whole(converged: LocalStack, role: str) -> None:
    converged.control.clear_calls()
    converged.play(f"playbooks/roles/{role}.yml").ok()
    asked = {f"{call['service']}:{call['action']}" for call in converged.control.calls()}
    assert sorted(asked - NEVER_DENIED) == READS[role]


@pytest.mark.parametrize(("role", "read"), [(role, read) for role, reads in READS.items() for read in reads])
def test_a_denied_read_is_named_and_followed_by_no_change(converged: LocalStack, role: str, read: str) -> None:
    converged.control.clear_calls()
    converged.control.faults({"kind": "denied", "action": read})
    result = converged.play(f"playbooks/roles/{role}.yml", environment=AS_USERS)
    converged.control.clear_faults()
    assert [call["action"] for call in converged.control.calls() if is_write(call)] == []
    assert result.rc != 0, result.stdout
    service = read.partition(":")[0]
    assert f"needs the permission {service}:" in result.stdout and "Nothing was changed" in result.stdout
