# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._describe import iam
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError

REPORT = b"user,mfa_active\n<root_account>,true\nalice,false\n"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(iam.time, "sleep", lambda seconds: None)


def answers_in_turn(*answers):
    left = list(answers)
    return lambda _parameters: left.pop(0)


def test_a_credential_report_is_one_item_a_user(scripted):
    aws = scripted({"iam:get_credential_report": {"Content": REPORT}})
    assert iam.credential_report(aws) == [
        {"user": "<root_account>", "mfa_active": "true"},
        {"user": "alice", "mfa_active": "false"},
    ]
    assert aws.operations == ["iam:get_credential_report"]


def test_a_report_is_asked_for_and_waited_for(scripted, refused):
    absent, making = refused("ReportNotPresent"), refused("ReportInProgress")
    aws = scripted(
        {
            "iam:get_credential_report": answers_in_turn(absent, making, {"Content": REPORT}),
            "iam:generate_credential_report": {"State": "STARTED"},
        }
    )
    assert len(iam.credential_report(aws)) == 2


@pytest.mark.parametrize("code", ["ReportInProgress", "AccessDenied"])
def test_a_report_that_does_not_come_is_an_error(code, scripted, refused):
    aws = scripted({"iam:get_credential_report": refused(code), "iam:generate_credential_report": {}})
    with pytest.raises(AwsError) as caught:
        iam.credential_report(aws)
    assert caught.value.code == code


def test_roles_come_with_their_policies(scripted, refused):
    aws = scripted(
        {
            "iam:get_role": lambda asked: (
                {"Role": {"RoleName": asked["RoleName"], "Tags": [{"Key": "Project", "Value": "mywebapp"}]}}
                if asked["RoleName"] == "task"
                else refused("NoSuchEntity")
            ),
            "iam:list_role_policies": {"PolicyNames": ["a", "b"]},
            "iam:list_attached_role_policies": {"AttachedPolicies": [{"PolicyArn": "arn:z"}, {"PolicyArn": "arn:a"}]},
            "iam:get_role_policy": lambda asked: (
                {"PolicyDocument": {"Statement": []}} if asked["PolicyName"] == "a" else refused()
            ),
        }
    )
    (role,) = iam.roles(aws, names=["task", "gone"])
    assert role["Tags"] == {"Project": "mywebapp"}
    assert role["AttachedPolicies"] == ["arn:a", "arn:z"]
    assert role["InlinePolicies"] == {"a": {"Statement": []}}
    assert role["Errors"]["get_role_policy"]["code"] == "AccessDenied"


def test_a_managed_policy_comes_with_its_default_version(scripted):
    aws = scripted(
        {
            "iam:get_policy": {"Policy": {"Arn": "arn:aws:iam::1:policy/p", "DefaultVersionId": "v3"}},
            "iam:get_policy_version": lambda asked: {"PolicyVersion": {"Document": {"Version": asked["VersionId"]}}},
        }
    )
    (policy,) = iam.managed_policies(aws, arns=["arn:aws:iam::1:policy/p"])
    assert policy["Document"] == {"Version": "v3"}
