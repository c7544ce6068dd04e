# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import json

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.iam import iam_role
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.iam.iam_role import IAM_ROLE, read

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
READ = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "*"}]}
AWS_ROLE = {
    "RoleName": "r",
    "RoleId": "AROA1",
    "Arn": "arn:aws:iam::123456789012:role/r",
    "Path": "/",
    "AssumeRolePolicyDocument": TRUST,
    "InlinePolicies": {"read": READ, "old": READ},
    "AttachedPolicies": ["arn:one", "arn:two"],
    "Tags": {},
}


class Aws:
    def __init__(self):
        self.calls = []

    def call(self, service, operation, **parameters):
        self.calls.append((operation, parameters))

    call_once = call


def found(monkeypatch):
    monkeypatch.setattr(iam_role.iam, "roles", lambda aws, names, policies: [AWS_ROLE])
    return read(None, [{"name": "r", "tags": {}}])["r"]


def test_documents_are_compared_by_meaning_and_attachments_without_order(monkeypatch):
    single = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["*"]}
    desired = {
        "name": "r",
        "tags": {},
        "trust_policy": TRUST,
        "inline_policies": {"old": READ, "read": {"Version": "2012-10-17", "Statement": [single]}},
        "managed_policy_arns": ["arn:two", "arn:one"],
    }
    assert not plan(IAM_ROLE, found(monkeypatch), desired).needed


def test_policies_are_put_taken_attached_and_detached(monkeypatch):
    aws = Aws()
    desired = {"name": "r", "inline_policies": {"read": READ, "new": READ}, "managed_policy_arns": ["arn:two", "arn:3"]}
    IAM_ROLE.update(aws, found(monkeypatch), desired, frozenset({"inline_policies", "managed_policy_arns"}))
    assert [
        (operation, parameters.get("PolicyName", parameters.get("PolicyArn"))) for operation, parameters in aws.calls
    ] == [
        ("put_role_policy", "new"),
        ("delete_role_policy", "old"),
        ("attach_role_policy", "arn:3"),
        ("detach_role_policy", "arn:one"),
    ]


def test_what_is_not_asked_for_is_left_alone(monkeypatch):
    assert not plan(IAM_ROLE, found(monkeypatch), {"name": "r", "tags": {}, "trust_policy": TRUST}).needed


def test_a_role_keeps_its_path(monkeypatch):
    assert plan(IAM_ROLE, found(monkeypatch), {"name": "r", "tags": {}, "path": "/x/"}).refusals


def test_a_new_role_has_tags_and_boundary_from_the_first_call_on():
    aws = Aws()
    IAM_ROLE.create(aws, {"name": "r", "tags": {"P": "x"}, "trust_policy": TRUST, "permissions_boundary": "arn:b"})
    [(_unused, parameters)] = aws.calls
    assert parameters["PermissionsBoundary"] == "arn:b" and parameters["Tags"] == [{"Key": "P", "Value": "x"}]
    assert json.loads(parameters["AssumeRolePolicyDocument"]) == TRUST


@pytest.mark.parametrize(
    ("code", "words", "passes"),
    [
        ("NoSuchEntity", "The role with name r cannot be found.", True),
        ("ConcurrentModification", "Another change is under way", True),
        ("NoSuchEntity", "Policy arn:aws:iam::aws:policy/none does not exist or is not attachable.", False),
    ],
)
def test_a_new_role_is_waited_for_and_a_missing_policy_is_not(code, words, passes):
    assert IAM_ROLE.eventual(AwsError("iam", "put_role_policy", code, words)) is passes


@pytest.mark.parametrize(
    ("name", "fits"), [("a-b_c+d=e,f.g@h", True), ("r" * 64, True), ("r" * 65, False), ("", False), ("my role", False)]
)
def test_names_that_iam_takes(name, fits):
    assert bool(iam_role.check({"name": name})) is not fits
