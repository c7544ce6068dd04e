# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Each read of what delivers the application that lags, before and after the write that it lags behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from local_aws.lag import delivery as lag_delivery

CASES: list[Any] = []
ACCOUNT = "123456789012"
TAG, LOWER_TAG = [{"Key": "a", "Value": "b"}], [{"key": "a", "value": "b"}]
PATTERN = json.dumps({"source": ["aws.ecs"]})
TRUST = json.dumps({
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": ["codebuild.amazonaws.com"]},
            "Action": "sts:AssumeRole",
        },
        {"Effect": "Allow", "Principal": {"Service": "codepipeline.amazonaws.com"}, "Action": "sts:AssumeRole"},
    ],
})  # fmt: skip
ROLE = f"arn:aws:iam::{ACCOUNT}:role/delivery"
PROJECT = {
    "name": "web",
    "source": {"type": "CODEPIPELINE"},
    "artifacts": {"type": "CODEPIPELINE"},
    "environment": {"type": "ARM_CONTAINER", "image": "i", "computeType": "BUILD_GENERAL1_SMALL"},
    "serviceRole": ROLE,
}


def action(name: str, category: str, provider: str, **configuration: str) -> dict[str, Any]:
    kind = {"category": category, "owner": "AWS", "provider": provider, "version": "1"}
    made = [{"name": name}] if category == "Source" else []
    return {"name": name, "actionTypeId": kind, "configuration": configuration, "outputArtifacts": made}


PIPELINE: dict[str, Any] = {
    "name": "web",
    "roleArn": ROLE,
    "artifactStore": {"type": "S3", "location": "artifacts"},
    "stages": [
        {"name": "Source", "actions": [action("S", "Source", "S3", S3Bucket="b", S3ObjectKey="k")]},
        {"name": "Ask", "actions": [action("A", "Approval", "Manual")]},
    ],
}


def case(service: str, read: str, old: Any, new: Any) -> Any:
    def add(function: Any) -> Any:
        CASES.append(pytest.param(f"{service}:{read}", function, old, new, id=f"{service}-{read}-{function.__name__}"))
        return function

    return add


def with_role(aws: Any) -> None:
    aws("iam").create_role(RoleName="delivery", AssumeRolePolicyDocument=TRUST)


def with_pipeline(aws: Any) -> Any:
    with_role(aws)
    aws("codepipeline").create_pipeline(pipeline=PIPELINE)
    return aws("codepipeline")


def with_rule(aws: Any) -> Any:
    aws("events").put_rule(Name="r", EventPattern=PATTERN)
    return aws("events")


@case("codeconnections", "ListConnections", 0, 1)
def connection_made(aws: Any) -> Iterator[Any]:
    connections = aws("codeconnections")
    yield
    connections.create_connection(ConnectionName="web", ProviderType="GitHub")
    yield lambda: len(connections.list_connections()["Connections"])


@case("codeconnections", "ListTagsForResource", [], TAG)
def connection_tagged(aws: Any) -> Iterator[Any]:
    connections = aws("codeconnections")
    arn = connections.create_connection(ConnectionName="web", ProviderType="GitHub")["ConnectionArn"]
    yield
    connections.tag_resource(ResourceArn=arn, Tags=TAG)
    yield lambda: connections.list_tags_for_resource(ResourceArn=arn)["Tags"]


@case("codebuild", "BatchGetProjects", ([], ["web"]), (["web"], []))
def project_made(aws: Any) -> Iterator[Any]:
    build = aws("codebuild")
    with_role(aws)
    yield
    build.create_project(**PROJECT)

    def read() -> Any:
        answer = build.batch_get_projects(names=["web"])
        return [one["name"] for one in answer["projects"]], answer.get("projectsNotFound", [])

    yield read


@case("codebuild", "BatchGetProjects", "d", "e")
def project_changed(aws: Any) -> Iterator[Any]:
    build = aws("codebuild")
    with_role(aws)
    build.create_project(**PROJECT, description="d")
    yield
    build.update_project(name="web", description="e")
    yield lambda: build.batch_get_projects(names=["web"])["projects"][0]["description"]


@case("codepipeline", "GetPipeline", "PipelineNotFoundException", 1)
def pipeline_made(aws: Any) -> Iterator[Any]:
    with_role(aws)
    yield
    aws("codepipeline").create_pipeline(pipeline=PIPELINE)
    yield lambda: aws("codepipeline").get_pipeline(name="web")["pipeline"]["version"]


@case("codepipeline", "GetPipeline", 1, 2)
def pipeline_changed(aws: Any) -> Iterator[Any]:
    pipelines = with_pipeline(aws)
    yield
    pipelines.update_pipeline(pipeline=PIPELINE)
    yield lambda: pipelines.get_pipeline(name="web")["pipeline"]["version"]


@case("codepipeline", "ListTagsForResource", [], LOWER_TAG)
def pipeline_tagged(aws: Any) -> Iterator[Any]:
    pipelines = with_pipeline(aws)
    arn = {"resourceArn": f"arn:aws:codepipeline:eu-central-1:{ACCOUNT}:web"}
    yield
    pipelines.tag_resource(**arn, tags=LOWER_TAG)
    yield lambda: pipelines.list_tags_for_resource(**arn)["tags"]


@case("events", "DescribeRule", "ResourceNotFoundException", "ENABLED")
def rule_made(aws: Any) -> Iterator[Any]:
    yield
    with_rule(aws)
    yield lambda: aws("events").describe_rule(Name="r")["State"]


@case("events", "DescribeRule", "ENABLED", "DISABLED")
def rule_changed(aws: Any) -> Iterator[Any]:
    events = with_rule(aws)
    yield
    events.disable_rule(Name="r")
    yield lambda: events.describe_rule(Name="r")["State"]


@case("events", "ListTargetsByRule", 0, 1)
def targets_put(aws: Any) -> Iterator[Any]:
    events = with_rule(aws)
    yield
    events.put_targets(Rule="r", Targets=[{"Id": "a", "Arn": f"arn:aws:sns:eu-central-1:{ACCOUNT}:t"}])
    yield lambda: len(events.list_targets_by_rule(Rule="r")["Targets"])


@case("events", "ListTagsForResource", [], TAG)
def rule_tagged(aws: Any) -> Iterator[Any]:
    events = with_rule(aws)
    arn = {"ResourceARN": f"arn:aws:events:eu-central-1:{ACCOUNT}:rule/r"}
    yield
    events.tag_resource(**arn, Tags=TAG)
    yield lambda: events.list_tags_for_resource(**arn)["Tags"]


@pytest.mark.parametrize(("read", "write", "old", "new"), CASES)
def test_old_then_new(sees, read, write, old, new):
    assert sees(write) == [old, new]


def test_every_read_of_the_table_is_tried():
    assert {kind.name for kind in lag_delivery.KINDS} == {param.values[0] for param in CASES}
