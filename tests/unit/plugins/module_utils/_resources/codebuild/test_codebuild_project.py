# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import copy

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.codebuild import codebuild_project

SECRET = "hunter2-hunter2"
FOUND = {
    "name": "web-build",
    "arn": "arn:aws:codebuild:us-east-1:111122223333:project/web-build",
    "source": {"type": "CODEPIPELINE", "insecureSsl": False, "buildspec": "old.yml"},
    "environment": {
        "type": "ARM_CONTAINER",
        "image": "old",
        "computeType": "BUILD_GENERAL1_SMALL",
        "privilegedMode": False,
        "certificate": "theirs",
        "environmentVariables": [
            {"name": "THEIRS", "value": SECRET, "type": "PLAINTEXT"},
            {"name": "OURS", "value": "old", "type": "PLAINTEXT"},
        ],
    },
    "logsConfig": {"s3Logs": {"status": "ENABLED", "location": "theirs"}},
    "serviceRole": "arn:role",
    "tags": [{"key": "Theirs", "value": "yes"}, {"key": "aws:made", "value": "x"}],
}
WANTED = {
    "name": "web-build",
    "source_type": "CODEPIPELINE",
    "service_role": "arn:role",
    "image": "new",
    "environment_type": "ARM_CONTAINER",
    "privileged_mode": True,
    "buildspec": "new.yml",
    "log_group": "/logs",
    "environment_variables": [{"name": "OURS", "value": "new", "type": "PLAINTEXT"}],
    "tags": {"Project": "web"},
}


class Aws:
    def __init__(self, *projects):
        self.projects, self.sent = list(projects), []

    def call(self, service, operation, **parameters):
        if operation == "batch_get_projects":
            names = parameters["names"]
            return {"projects": [copy.deepcopy(one) for one in self.projects if one["name"] in names]}
        self.sent.append((operation, parameters))
        return {}

    call_once = call


def state(aws):
    return codebuild_project.read(aws, [{"name": "web-build"}])["web-build"]


def test_values_of_variables_are_not_shown():
    found = state(Aws(FOUND))
    assert SECRET not in str(found) and set(found["environment_variables"]) == {"THEIRS", "OURS"}
    change = plan(codebuild_project.CODEBUILD_PROJECT, found, WANTED)
    assert "environment_variables" in change.fields and SECRET not in str(change.diff())


def test_variables_of_others_make_no_difference():
    same = {**WANTED, "environment_variables": [{"name": "OURS", "value": "old", "type": "PLAINTEXT"}]}
    assert "environment_variables" not in plan(codebuild_project.CODEBUILD_PROJECT, state(Aws(FOUND)), same).fields
    other = {**WANTED, "environment_variables": [{"name": "OURS", "value": "old", "type": "PARAMETER_STORE"}]}
    assert "environment_variables" in plan(codebuild_project.CODEBUILD_PROJECT, state(Aws(FOUND)), other).fields


def test_a_change_keeps_what_others_set_in_the_same_member():
    aws = Aws(FOUND)
    fields = frozenset({"image", "environment_variables", "buildspec", "log_group"})
    codebuild_project.update(aws, state(aws), WANTED, fields)
    [(operation, sent)] = aws.sent
    assert operation == "update_project" and set(sent) == {"name", "environment", "source", "logsConfig"}
    assert sent["environment"]["certificate"] == "theirs" and sent["environment"]["image"] == "new"
    assert sent["environment"]["privilegedMode"] is False, "not among the fields"
    assert sent["environment"]["environmentVariables"] == [
        {"name": "THEIRS", "value": SECRET, "type": "PLAINTEXT"},
        {"name": "OURS", "value": "new", "type": "PLAINTEXT"},
    ]
    assert sent["source"] == {"type": "CODEPIPELINE", "insecureSsl": False, "buildspec": "new.yml"}
    assert sent["logsConfig"] == {
        "s3Logs": {"status": "ENABLED", "location": "theirs"},
        "cloudWatchLogs": {"status": "ENABLED", "groupName": "/logs"},
    }


def test_tags_of_others_are_sent_back():
    aws = Aws(FOUND)
    codebuild_project.tag(aws, state(aws), {"Project": "web"}, [])
    [(operation, sent)] = aws.sent
    assert (operation, set(sent)) == ("update_project", {"name", "tags"})
    assert sent["tags"] == [{"key": "Project", "value": "web"}, {"key": "Theirs", "value": "yes"}]


def test_a_new_project_has_no_more_than_is_given():
    aws = Aws()
    codebuild_project.create(aws, {**WANTED, "buildspec": None, "log_group": None, "environment_variables": None})
    [(operation, sent)] = aws.sent
    assert operation == "create_project" and sent["source"] == {"type": "CODEPIPELINE"}
    assert "logsConfig" not in sent and sent["environment"]["environmentVariables"] == []


def test_a_project_that_something_else_runs_is_refused():
    other = {**FOUND, "source": {"type": "GITHUB", "location": "https://example.com"}}
    [reason] = plan(codebuild_project.CODEBUILD_PROJECT, state(Aws(other)), WANTED).refusals
    assert "it is run by something else" in reason


def test_a_role_made_a_moment_ago_is_waited_for():
    words = "CodeBuild is not authorized to perform: sts:AssumeRole on arn:role"
    assert codebuild_project.eventual(AwsError("codebuild", "create_project", "InvalidInputException", words))
    assert not codebuild_project.eventual(AwsError("codebuild", "create_project", "InvalidInputException", "no"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"name": "my.build"}, "2 to 150 letters"),
        ({"name": "b"}, "2 to 150 letters"),
        ({"timeout_in_minutes": 4}, "timeout_in_minutes is 4; CodeBuild takes 5 to 2160"),
        ({"queued_timeout_in_minutes": 481}, "CodeBuild takes 5 to 480"),
    ],
)
def test_what_codebuild_would_not_take_is_said(changes, words):
    reasons = codebuild_project.check({**WANTED, **changes})
    assert bool(reasons) is bool(words) and words in " ".join(reasons)
