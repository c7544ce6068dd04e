# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CodePipeline as it refuses structures and roles, fills in, and keeps transitions."""

from __future__ import annotations

import copy
import json

import pytest

ACCOUNT = "123456789012"
ROLES = f"arn:aws:iam::{ACCOUNT}:role/"


def policy(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


def action(name, category, provider, *, takes=(), makes=(), **configuration):
    return {
        "name": name,
        "actionTypeId": {"category": category, "owner": "AWS", "provider": provider, "version": "1"},
        "configuration": configuration,
        "inputArtifacts": [{"name": one} for one in takes],
        "outputArtifacts": [{"name": one} for one in makes],
    }


@pytest.fixture
def pipelines(client):
    return client("codepipeline")


@pytest.fixture
def declaration(client):
    """A source by a connection and a deployment, each with a role of its own."""
    iam = client("iam")
    assume = {"Action": "sts:AssumeRole", "Resource": [f"{ROLES}source", f"{ROLES}deploy"]}
    service = {"Principal": {"Service": "codepipeline.amazonaws.com"}, "Action": "sts:AssumeRole"}
    account = {
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
        "Action": "sts:AssumeRole",
        "Condition": {"ArnEquals": {"aws:PrincipalArn": f"{ROLES}pipeline"}},
    }
    iam.create_role(RoleName="pipeline", AssumeRolePolicyDocument=policy(**service))
    iam.put_role_policy(RoleName="pipeline", PolicyName="stages", PolicyDocument=policy(**assume))
    for name in ("source", "deploy", "unknown"):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy(**account))
    arn = client("codeconnections").create_connection(ConnectionName="web", ProviderType="GitHub")["ConnectionArn"]
    source = action(
        "Fetch", "Source", "CodeStarSourceConnection", makes=["S"],
        ConnectionArn=arn, FullRepositoryId="web/shop", BranchName="main",
    )  # fmt: skip
    deploy = action("Put", "Deploy", "ECS", takes=["S"], ClusterName="web", ServiceName="web")
    push = [{"branches": {"includes": ["main"]}}]
    return {
        "name": "web",
        "roleArn": f"{ROLES}pipeline",
        "artifactStore": {"type": "S3", "location": "artifacts"},
        "stages": [
            {"name": "Source", "actions": [{**source, "roleArn": f"{ROLES}source"}]},
            {"name": "Deploy", "actions": [{**deploy, "roleArn": f"{ROLES}deploy"}]},
        ],
        "triggers": [
            {
                "providerType": "CodeStarSourceConnection",
                "gitConfiguration": {"sourceActionName": "Fetch", "push": push},
            }
        ],
    }


def test_a_pipeline_is_filled_in_and_counted(pipelines, declaration):
    pipelines.create_pipeline(pipeline=declaration, tags=[{"key": "a", "value": "1"}])
    found = pipelines.get_pipeline(name="web")["pipeline"]
    assert (found["pipelineType"], found["executionMode"], found["version"]) == ("V2", "SUPERSEDED", 1)
    assert [one["actions"][0]["runOrder"] for one in found["stages"]] == [1, 1]
    after = pipelines.update_pipeline(pipeline={**declaration, "executionMode": "QUEUED"})["pipeline"]
    assert (after["executionMode"], after["version"]) == ("QUEUED", 2)
    assert pipelines.update_pipeline(pipeline=declaration)["pipeline"]["executionMode"] == "QUEUED"
    arn = f"arn:aws:codepipeline:eu-central-1:{ACCOUNT}:web"
    assert pipelines.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "a", "value": "1"}]


def test_an_execution_begins_at_once_and_fails_without_a_handshake(pipelines, declaration, control):
    pipelines.create_pipeline(pipeline=declaration)
    state = pipelines.get_pipeline_state(name="web")
    assert [one.get("latestExecution", {}).get("status") for one in state["stageStates"]] == ["Failed", None]
    control.settings(handshakes=True)
    pipelines.start_pipeline_execution(name="web")
    state = pipelines.get_pipeline_state(name="web")
    assert [one["latestExecution"]["status"] for one in state["stageStates"]] == ["Succeeded", "Succeeded"]
    found = pipelines.list_pipeline_executions(pipelineName="web")["pipelineExecutionSummaries"]
    assert [one["status"] for one in found] == ["Succeeded", "Failed"]


def test_a_transition_stays_closed_until_it_is_opened(pipelines, declaration, refused):
    pipelines.create_pipeline(pipeline=declaration)
    stage = {"pipelineName": "web", "stageName": "Deploy", "transitionType": "Inbound"}
    pipelines.disable_stage_transition(**stage, reason="freeze")
    pipelines.update_pipeline(pipeline=declaration)
    last = pipelines.get_pipeline_state(name="web")["stageStates"][-1]["inboundTransitionState"]
    assert last == {"enabled": False, "disabledReason": "freeze"}
    pipelines.enable_stage_transition(**stage)
    assert pipelines.get_pipeline_state(name="web")["stageStates"][-1]["inboundTransitionState"] == {"enabled": True}
    assert refused(pipelines.enable_stage_transition, **{**stage, "stageName": "None"}) == "StageNotFoundException"


def test_names_and_what_is_not_there(pipelines, declaration, refused):
    assert refused(pipelines.get_pipeline_state, name="web") == "PipelineNotFoundException"
    assert refused(pipelines.get_pipeline, name="web") == "PipelineNotFoundException"
    pipelines.create_pipeline(pipeline=declaration)
    assert refused(pipelines.create_pipeline, pipeline=declaration) == "PipelineNameInUseException"


def _without_source(one):
    one["stages"][0]["actions"] = [action("Ask", "Approval", "Manual")]


def _source_at_the_end(one):
    one["stages"].reverse()


def _both_stores(one):
    one["artifactStores"] = {"eu-central-1": one["artifactStore"]}


def _same_stage(one):
    one["stages"][1]["name"] = "Source"


def _same_action(one):
    one["stages"][1]["actions"] *= 2


def _trigger_of_nothing(one):
    one["triggers"][0]["gitConfiguration"]["sourceActionName"] = "Nothing"


def _trigger_of_v1(one):
    one["pipelineType"] = "V1"


def _role_of_nobody(one):
    one["roleArn"] = f"{ROLES}none"


def _role_that_does_not_trust(one):
    one["roleArn"] = f"{ROLES}source"


def _action_role_that_may_not_be_assumed(one):
    one["stages"][1]["actions"][0]["roleArn"] = f"{ROLES}unknown"


def _no_actions(one):
    one["stages"][1]["actions"] = []


def _unknown_provider(one):
    one["stages"][1]["actions"][0]["actionTypeId"]["provider"] = "Kubernetes"


def _no_cluster(one):
    del one["stages"][1]["actions"][0]["configuration"]["ClusterName"]


def _long_deployment(one):
    one["stages"][1]["actions"][0]["configuration"]["DeploymentTimeout"] = "61"


def _artifact_of_nobody(one):
    one["stages"][1]["actions"][0]["inputArtifacts"] = [{"name": "Image"}]


def _artifact_made_twice(one):
    one["stages"][1]["actions"][0]["outputArtifacts"] = [{"name": "S"}]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        *(
            (change, "InvalidStructureException")
            for change in (
                lambda one: one["stages"].pop(),
                _without_source,
                _source_at_the_end,
                _both_stores,
                _same_stage,
                _same_action,
                _trigger_of_nothing,
                _trigger_of_v1,
                _role_of_nobody,
                _role_that_does_not_trust,
                _action_role_that_may_not_be_assumed,
            )
        ),
        (_no_actions, "InvalidStageDeclarationException"),
        *(
            (change, "InvalidActionDeclarationException")
            for change in (
                _unknown_provider,
                _no_cluster,
                _long_deployment,
                _artifact_of_nobody,
                _artifact_made_twice,
            )
        ),
    ],
)
def test_what_is_no_pipeline_is_refused_new_and_changed(pipelines, declaration, refused, change, code):
    wrong = copy.deepcopy(declaration)
    change(wrong)
    assert refused(pipelines.create_pipeline, pipeline=wrong) == code
    pipelines.create_pipeline(pipeline=declaration)
    assert refused(pipelines.update_pipeline, pipeline=wrong) == code
    assert pipelines.get_pipeline(name="web")["pipeline"]["version"] == 1


def test_roles_that_are_not_known_yet(client, pipelines, declaration, control, refused):
    control.settings(role_polls=1)
    client("iam").create_role(RoleName="new", AssumeRolePolicyDocument=policy(
        Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, Action="sts:AssumeRole",
    ))  # fmt: skip
    client("iam").put_role_policy(
        RoleName="pipeline", PolicyName="new", PolicyDocument=policy(Action="sts:AssumeRole", Resource=f"{ROLES}new")
    )
    declaration["stages"][1]["actions"][0]["roleArn"] = f"{ROLES}new"
    seen = [refused(pipelines.create_pipeline, pipeline=declaration) for _unused in range(2)]
    assert seen == ["InvalidStructureException"] * 2, "first the pipeline's policy, then the action's role"
    assert pipelines.create_pipeline(pipeline=declaration)["pipeline"]["version"] == 1
