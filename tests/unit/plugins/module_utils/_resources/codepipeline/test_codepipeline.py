# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import copy

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.codepipeline import codepipeline

SOURCE = {
    "name": "Source",
    "category": "Source",
    "owner": "AWS",
    "provider": "CodeStarSourceConnection",
    "version": "1",
    "configuration": {"ConnectionArn": "arn:connection", "FullRepositoryId": "web/shop", "BranchName": "main"},
    "output_artifacts": ["Source"],
}
DEPLOY = {
    "name": "Deploy",
    "category": "Deploy",
    "owner": "AWS",
    "provider": "ECS",
    "version": "1",
    "configuration": {"ClusterName": "web", "ServiceName": "web", "DeploymentTimeout": 60},
    "input_artifacts": ["Source"],
}


def wanted(**changes):
    stages = [{"name": "Source", "actions": [SOURCE]}, {"name": "Deploy", "actions": [DEPLOY]}]
    return {
        "name": "web",
        "role": "arn:role",
        "artifact_bucket": "ours",
        "kms_key": "arn:key",
        "pipeline_type": "V2",
        "execution_mode": "QUEUED",
        "stages": stages,
        "triggers": [{"source_action": "Source", "branches": ["main"]}],
        "tags": {"Project": "web"},
        **changes,
    }


class Aws:
    region = "us-east-1"

    def __init__(self, pipeline=None, error=None):
        self.pipeline, self.error, self.sent = pipeline, error, []

    def call(self, service, operation, **parameters):
        if operation == "get_pipeline":
            return {"pipeline": copy.deepcopy(self.pipeline)}
        self.sent.append((operation, parameters))
        if self.error:
            raise self.error
        return {}

    call_once = call


def test_a_new_pipeline_is_declared_with_its_tags():
    aws = Aws()
    codepipeline.create(aws, wanted())
    [(operation, sent)] = aws.sent
    assert operation == "create_pipeline" and sent["tags"] == [{"key": "Project", "value": "web"}]
    declaration = sent["pipeline"]
    assert declaration["artifactStore"] == {
        "type": "S3",
        "location": "ours",
        "encryptionKey": {"id": "arn:key", "type": "KMS"},
    }
    assert (declaration["roleArn"], declaration["pipelineType"], declaration["executionMode"]) == (
        "arn:role",
        "V2",
        "QUEUED",
    )
    assert declaration["stages"][1]["actions"][0]["configuration"]["DeploymentTimeout"] == "60"
    assert len(declaration["triggers"]) == 1 and "version" not in declaration


def test_a_pipeline_that_is_there_and_not_seen_yet_is_not_made_again():
    codepipeline.create(
        Aws(error=AwsError("codepipeline", "create_pipeline", "PipelineNameInUseException", "")), wanted()
    )
    with pytest.raises(AwsError):
        codepipeline.create(
            Aws(error=AwsError("codepipeline", "create_pipeline", "LimitExceededException", "")), wanted()
        )


def test_a_change_sends_back_what_is_not_asked_for():
    aws = Aws()
    codepipeline.create(aws, wanted())
    found = {**aws.sent[0][1]["pipeline"], "version": 3, "variables": [{"name": "THEIRS"}]}
    store = found.pop("artifactStore")
    theirs = {"type": "S3", "location": "theirs"}
    found["artifactStores"] = {"us-east-1": {**store, "location": "old"}, "us-west-2": theirs}
    aws = Aws(found)
    codepipeline.update(aws, {"name": "web"}, wanted(triggers=[]), frozenset({"artifact_bucket"}))
    [(operation, sent)] = aws.sent
    assert operation == "update_pipeline"
    assert sent["pipeline"]["artifactStores"] == {"us-east-1": store, "us-west-2": theirs}
    assert "artifactStore" not in sent["pipeline"] and sent["pipeline"]["variables"] == [{"name": "THEIRS"}]
    assert sent["pipeline"]["triggers"] == found["triggers"], "of another source than those that are asked for"


def test_a_pipeline_with_a_secret_that_cannot_be_sent_back_is_left_as_it_is():
    found = {"name": "web", "masked": ["OAuthToken of Source/GitHub"], "tags": {}}
    change = plan(codepipeline.CODEPIPELINE, found, wanted())
    assert (change.fields, change.tags_to_set) == (frozenset(), {"Project": "web"})
    assert "OAuthToken of Source/GitHub" in change.warnings[0]
    assert plan(codepipeline.CODEPIPELINE, {**found, "masked": []}, wanted()).fields


def test_a_role_made_a_moment_ago_is_waited_for():
    words = "CodePipeline is not authorized to perform AssumeRole on role arn:role"
    error = AwsError("codepipeline", "create_pipeline", "InvalidStructureException", words)
    other = AwsError("codepipeline", "create_pipeline", "InvalidStructureException", "Pipeline has only 1 stage(s)")
    assert codepipeline.eventual(error) and not codepipeline.eventual(other)


def with_action(stage, **changes):
    stages = copy.deepcopy(wanted()["stages"])
    stages[stage]["actions"][0] |= changes
    return wanted(stages=stages)


@pytest.mark.parametrize(
    ("desired", "words"),
    [
        (wanted(), ""),
        (wanted(name="my pipeline"), "1 to 100 letters"),
        (wanted(stages=wanted()["stages"][:1]), "two at least"),
        (wanted(stages=[*wanted()["stages"], wanted()["stages"][1]]), "the stage Deploy stands more than once"),
        (wanted(stages=wanted()["stages"][::-1]), "out of place"),
        (with_action(1, input_artifacts=["Image"]), "takes Image, which no action before it makes"),
        (with_action(0, configuration={"FullRepositoryId": "shop"}), "it looks like owner/repository"),
        (with_action(0, configuration={"FullRepositoryId": "group/team/shop"}), ""),
        (with_action(0, configuration={"BranchName": ""}), "BranchName is empty"),
        (with_action(1, configuration={"ClusterName": "c" * 1001}), "1001 characters"),
        (with_action(1, configuration={"DeploymentTimeout": 61}), "1 to 60 minutes"),
        (with_action(1, configuration={"DeploymentTimeout": "an hour"}), "1 to 60 minutes"),
    ],
)
def test_what_codepipeline_would_not_take_is_said(desired, words):
    reasons = codepipeline.check(desired)
    assert bool(reasons) is bool(words) and words in " ".join(reasons)
