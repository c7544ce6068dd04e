# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import iam

DENIED = {"service": "iam", "code": "AccessDenied", "message": "no"}
OWN = "arn:aws:iam::111122223333:policy/app"
EXECUTION = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


def document(action, effect="Allow"):
    return {"Statement": [{"Effect": effect, "Action": action, "Resource": "*"}]}


@pytest.mark.parametrize(
    ("role", "policy", "status"),
    [
        ({}, {}, "PASS"),
        ({"AttachedPolicies": [EXECUTION]}, {}, "PASS"),
        ({"AttachedPolicies": ["arn:aws:iam::aws:policy/AdministratorAccess"]}, {}, "FAIL"),
        ({"AttachedPolicies": ["arn:aws:iam::aws:policy/AmazonS3FullAccess"]}, {}, "FAIL"),
        ({"InlinePolicies": {"p": document(["s3:GetObject", "sqs:Send*"])}}, {}, "PASS"),
        ({"InlinePolicies": {"p": document("s3:*")}}, {}, "FAIL"),
        ({"InlinePolicies": {"p": document("*")}}, {}, "FAIL"),
        ({"InlinePolicies": {"p": document("*", "Deny")}}, {}, "PASS"),
        ({"InlinePolicies": {}, "Errors": {"get_role_policy": DENIED}}, {}, "UNKNOWN"),
        ({"AttachedPolicies": [OWN]}, {"Document": document("s3:GetObject")}, "PASS"),
        ({"AttachedPolicies": [OWN]}, {"Document": document("dynamodb:*")}, "FAIL"),
        ({"AttachedPolicies": [OWN]}, {"Document": None, "Errors": {"get_policy_version": DENIED}}, "UNKNOWN"),
    ],
)
def test_least_privilege(judge, role, policy, status):
    collections = {
        "iam.task_roles": [{"Arn": "arn:aws:iam::111122223333:role/r", **role}],
        "iam.task_role_policies": [{"Arn": OWN, **policy}],
    }
    assert judge(iam.ecs_role_least_privilege, collections) == [status]


def test_own_policies_matter_only_where_one_is_attached(judge):
    roles = [{"Arn": "arn:b", "AttachedPolicies": [OWN]}, {"Arn": "arn:a", "AttachedPolicies": [EXECUTION]}]
    denied = ("iam.task_role_policies",)
    assert judge(iam.ecs_role_least_privilege, {"iam.task_roles": roles}, denied) == ["UNKNOWN", "PASS"]


@pytest.mark.parametrize(
    ("task", "execution", "status"),
    [("arn:t", "arn:e", "PASS"), ("arn:t", None, "PASS"), ("arn:e", "arn:e", "FAIL"), (None, "arn:e", "FAIL")],
)
def test_separate(judge, task, execution, status):
    definition = {"taskDefinitionArn": "arn:d", "taskRoleArn": task, "executionRoleArn": execution}
    assert judge(iam.ecs_task_role_separate, {"ecs.task_definitions": [definition]}) == [status]
