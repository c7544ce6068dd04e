# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What delivers the application, as the kinds read it."""

from __future__ import annotations

from ansible_collections.wellarchitected.webapp.plugins.module_utils._describe import (
    codebuild,
    codeconnections,
    codepipeline,
    events,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError

ARN = "arn:aws:codeconnections:us-east-1:111122223333:connection/1"


def test_connections_are_found_by_name_among_all(scripted):
    found = [{"ConnectionName": name, "ConnectionArn": ARN} for name in ("web", "other")]
    tags = {"Tags": [{"Key": "Project", "Value": "web"}]}
    answers = {
        "codeconnections:list_connections": {"Connections": found},
        "codeconnections:list_tags_for_resource": tags,
    }
    aws = scripted(answers)
    assert codeconnections.connections(aws, names=["web"]) == [{**found[0], "Tags": {"Project": "web"}}]
    aws = scripted(answers)
    assert codeconnections.connections(aws, names=["web"], tags=False) == [found[0]]
    assert aws.operations == ["codeconnections:list_connections"]


def test_projects_come_a_hundred_a_call_with_tags(scripted):
    aws = scripted(
        {
            "codebuild:batch_get_projects": lambda asked: {
                "projects": [{"name": name, "tags": [{"key": "a", "value": "b"}]} for name in asked["names"]]
            }
        }
    )
    found = codebuild.projects(aws, names=[f"project-{number:03}" for number in range(120)])
    assert len(found) == 120 and found[0] == {"name": "project-000", "Tags": {"a": "b"}}
    assert [len(asked["names"]) for _service, _operation, asked, _region in aws.asked] == [100, 20]


def test_a_pipeline_that_is_not_there_is_absent(scripted):
    missing = AwsError("codepipeline", "get_pipeline", "PipelineNotFoundException", "no")
    aws = scripted(
        {
            "codepipeline:get_pipeline": lambda asked: (
                {"pipeline": {"name": "web", "stages": []}} if asked["name"] == "web" else missing
            ),
            "codepipeline:list_tags_for_resource": {"tags": [{"key": "a", "value": "b"}]},
        }
    )
    [found] = codepipeline.declarations(aws, names=["web", "none"])
    assert found["Arn"] == "arn:aws:codepipeline:us-east-1:111122223333:web" and found["Tags"] == {"a": "b"}


def test_a_rule_has_its_pattern_targets_and_tags(scripted):
    target = {"Id": "a", "Arn": "arn:aws:sns:us-east-1:111122223333:t", "Input": "hunter2"}
    aws = scripted(
        {
            "events:describe_rule": {
                "Name": "r",
                "Arn": "arn:aws:events:::rule/r",
                "EventPattern": '{"source": ["x"]}',
            },
            "events:list_targets_by_rule": {"Targets": [target]},
            "events:list_tags_for_resource": {"Tags": [{"Key": "a", "Value": "b"}]},
        }
    )
    [found] = events.named_rules(aws, names=["r"])
    assert (found["EventPattern"], found["Tags"]) == ({"source": ["x"]}, {"a": "b"})
    assert found["Targets"] == [{"Id": "a", "Arn": target["Arn"]}]
