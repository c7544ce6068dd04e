# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role delivery against local_aws: from nothing, before and after the handshake, drifted, refused, adopted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.registry import all_checks

from tests.drift import rounds
from tests.integration.delivery.account import prepare
from tests.integration.delivery.drifts import (
    BUCKET,
    CONNECTION,
    DRIFTS,
    LOG_BUCKET,
    LOGS,
    NAMES,
    PIPELINE,
    PROJECTS,
    ROLES,
    RULES,
    TOPIC,
    Drift,
    action,
    changed,
    connection,
    pipeline,
    project,
    stages,
    targets,
    variables,
)
from tests.integration.site.test_review import review, statuses
from tests.playbook_run import LocalStack, PlaybookResult
from tests.writes import writes

PLAYBOOK = "playbooks/roles/delivery.yml"
WITHOUT_A_SOURCE = [LOG_BUCKET, BUCKET, CONNECTION, ROLES, LOGS, PROJECTS, TOPIC, RULES]
# In ARNs of what the role makes.
OURS = ("mywebapp-prod-artifacts-", NAMES["pipeline"], NAMES["roles"], NAMES["topic"], "/aws/codebuild/mywebapp-prod-")
# What AWS would not take, each with what is said of it.
IMPOSSIBLE: dict[str, tuple[Any, str]] = {
    "delivery_repository": ("mywebapp", "FullRepositoryId is 'mywebapp'; it looks like owner/repository"),
    "delivery_branch": ("", "BranchName is empty"),
    "delivery_connection": ("a-name-that-is-much-too-long-for-it", "1 to 32 characters"),
    "delivery_provider": ("GitLabSelfManaged", "give host, the ARN of that"),
    "delivery_pipeline": ("my pipeline", "the name of a pipeline has 1 to 100"),
    "delivery_build_project": ("my.build", "the name of a project has 2 to 150"),
    "delivery_role_prefix": ("r" * 60, "the name of a role has 1 to 64"),
    "delivery_deployment_timeout_minutes": (61, "the action takes 1 to 60 minutes"),
    "delivery_timeout_minutes": (4, "CodeBuild takes 5 to 2160"),
    "delivery_log_retention_days": (100, "CloudWatch Logs offers"),
    "delivery_artifact_days": (0, "S3 takes 1 and more"),
    "delivery_cluster": ("theirs", "ecs_cluster theirs does not exist; the role ecs_service makes it"),
    "delivery_ecr_repository": ("theirs", "ecr_repository theirs does not exist"),
    "delivery_kms_key": ("theirs", "kms_key theirs does not exist; the role secrets makes it"),
}
ROLE_NAMES = ("pipeline", "source", "test", "build", "deploy", "test-project", "build-project")
SCAN = {
    "name": "Scan",
    "actionTypeId": {"category": "Approval", "owner": "AWS", "provider": "Manual", "version": "1"},
}


def tasks(result: PlaybookResult) -> list[str]:
    return [name.removeprefix("wellarchitected.webapp.delivery : ") for name in result.changed_tasks]


def words(result: PlaybookResult) -> str:
    return " ".join(result.stdout.split())


def counted(stack: LocalStack) -> dict[str, Any]:
    """What there is of what the role makes."""
    boto = stack.boto
    return {
        "buckets": len(boto("s3").list_buckets()["Buckets"]),
        "connections": len(boto("codeconnections").list_connections()["Connections"]),
        "roles": sorted(one["RoleName"] for one in boto("iam").list_roles()["Roles"]),
        "logs": sorted(one["logGroupName"] for one in boto("logs").describe_log_groups()["logGroups"]),
        "projects": sorted(boto("codebuild").list_projects()["projects"]),
        "pipelines": [one["name"] for one in boto("codepipeline").list_pipelines()["pipelines"]],
        "executions": len(
            boto("codepipeline").list_pipeline_executions(pipelineName=NAMES["pipeline"])["pipelineExecutionSummaries"]
        ),
        "topics": [one["TopicArn"] for one in boto("sns").list_topics()["Topics"]],
        "targets": {name: targets(boto, NAMES, name) for name in ("failed", "approval", "deployment")},
    }


@pytest.fixture
def emptied(stack: LocalStack) -> LocalStack:
    """An account with what other roles make, and nothing of this one."""
    stack.control.reset()
    prepare(stack)
    return stack


@pytest.fixture(scope="class")
def made(stack: LocalStack) -> LocalStack:
    stack.control.reset()
    prepare(stack)
    foretold = stack.play(PLAYBOOK, check=True).ok()
    begun = stack.play(PLAYBOOK).ok()
    assert tasks(foretold) == tasks(begun) == WITHOUT_A_SOURCE
    said = words(begun)
    assert "mywebapp-prod to GitHub is PENDING" in said and "codesuite/settings/connections" in said
    assert stack.play(PLAYBOOK).ok().recap["changed"] == 0, "until somebody has been to the console"
    stack.control.settings(handshakes=True)
    foretold = stack.play(PLAYBOOK, check=True).ok()
    ended = stack.play(PLAYBOOK).ok()
    assert tasks(foretold) == tasks(ended) == [PIPELINE] and "PENDING" not in words(ended)
    return stack


class TestMade:
    """The pipeline as the role makes it from nothing; what the tests change is repaired by them."""

    def test_a_second_run_changes_nothing(self, made: LocalStack) -> None:
        made.control.clear_calls()
        assert made.play(PLAYBOOK).ok().recap["changed"] == 0
        assert writes(made.control) == []
        assert made.play(PLAYBOOK, check=True).ok().recap["changed"] == 0

    def test_what_is_tested_is_built_approved_and_deployed(self, made: LocalStack) -> None:
        found = pipeline(made.boto, NAMES)
        assert stages(made.boto, NAMES) == ["Source", "Test", "Build", "Approval", "Deploy"]
        assert (found["pipelineType"], found["executionMode"]) == ("V2", "SUPERSEDED")
        key = made.boto("kms").describe_key(KeyId="alias/mywebapp-prod-delivery")["KeyMetadata"]["Arn"]
        assert found["artifactStore"] == {
            "type": "S3",
            "location": NAMES["bucket"],
            "encryptionKey": {"id": key, "type": "KMS"},
        }
        source = action(made.boto, NAMES, "Source")["configuration"]
        assert source["ConnectionArn"] == connection(made.boto, NAMES)["ConnectionArn"]
        deploy = action(made.boto, NAMES, "Deploy")
        assert deploy["actionTypeId"]["provider"] == "ECS", "CodeDeployToECS is for services that CodeDeploy controls"
        assert deploy["configuration"]["DeploymentTimeout"] == "60"
        executions = made.boto("codepipeline").list_pipeline_executions(pipelineName=NAMES["pipeline"])
        assert [one["status"] for one in executions["pipelineExecutionSummaries"]] == ["Succeeded"]

    def test_each_stage_has_a_role_that_may_do_little(self, made: LocalStack) -> None:
        iam = made.boto("iam")
        for name in ROLE_NAMES:
            [policy] = iam.list_role_policies(RoleName=NAMES["roles"] + name)["PolicyNames"]
            document = iam.get_role_policy(RoleName=NAMES["roles"] + name, PolicyName=policy)["PolicyDocument"]
            for statement in document["Statement"]:
                actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
                assert not [one for one in actions if "*" in one], f"{name}: {actions}"
                assert statement["Resource"] != "*" or set(actions) <= {
                    "ecr:GetAuthorizationToken",
                    "ecs:DescribeTaskDefinition",
                    "ecs:RegisterTaskDefinition",
                }
        used = {action(made.boto, NAMES, stage).get("roleArn", "") for stage in stages(made.boto, NAMES)}
        assert used == {
            "",
            *(
                f"arn:aws:iam::123456789012:role/{NAMES['roles']}{name}"
                for name in ("source", "test", "build", "deploy")
            ),
        }

    def test_artifacts_and_logs_are_encrypted(self, made: LocalStack) -> None:
        s3 = made.boto("s3")
        [encryption] = s3.get_bucket_encryption(Bucket=NAMES["bucket"])["ServerSideEncryptionConfiguration"]["Rules"]
        assert encryption["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"
        groups = made.boto("logs").describe_log_groups(logGroupNamePrefix="/aws/codebuild/")["logGroups"]
        assert len(groups) == 2 and all(one["kmsKeyId"] and one["retentionInDays"] == 365 for one in groups)

    def test_the_review_finds_nothing_in_it(self, made: LocalStack, tmp_path: Path) -> None:
        report = review(made, tmp_path)[1]
        found = statuses(report)
        assert found["cicd_pipeline_present"] == {"PASS"}
        assert all(found[one.id] <= {"PASS", "NOT_APPLICABLE"} for one in all_checks() if one.role == "delivery")
        ours = [one for one in report["findings"] if any(name in one["resource"] for name in OURS)]
        assert ours and [one["check_id"] for one in ours if one["status"] in ("FAIL", "UNKNOWN")] == []

    @pytest.mark.parametrize("together", rounds(DRIFTS), ids=lambda drifts: "; ".join(one.name for one in drifts))
    def test_drift_is_seen_and_repaired(self, made: LocalStack, together: list[Drift]) -> None:
        for drift in together:
            drift.put_in(made.boto, NAMES)
        expected = {drift.task for drift in together}
        assert expected == set(tasks(made.play(PLAYBOOK, check=True).ok()))
        assert expected == set(tasks(made.play(PLAYBOOK).ok()))
        assert [drift.name for drift in together if not drift.repaired(made.boto, NAMES)] == []

    def test_what_others_have_put_beside_it_stays(self, made: LocalStack) -> None:
        """A stage and an action of theirs, a variable of the build, a target, and a freeze."""

        def put(declaration: dict[str, Any]) -> None:
            declaration["stages"].insert(3, {"name": "Scan", "actions": [SCAN]})
            declaration["stages"][1]["actions"].append({**SCAN, "name": "Look", "runOrder": 2})

        changed(put)(made.boto, NAMES)
        environment = project(made.boto, NAMES)["environment"]
        environment["environmentVariables"].append({"name": "THEIRS", "value": "hunter2-of-theirs"})
        made.boto("codebuild").update_project(name=NAMES["build"], environment=environment)
        theirs = "arn:aws:sns:us-east-1:123456789012:theirs"
        made.boto("events").put_targets(Rule=f"{NAMES['pipeline']}-failed", Targets=[{"Id": "theirs", "Arn": theirs}])
        made.boto("codepipeline").disable_stage_transition(
            pipelineName=NAMES["pipeline"], stageName="Deploy", transitionType="Inbound", reason="freeze"
        )
        assert made.play(PLAYBOOK).ok().recap["changed"] == 0
        without = {"delivery_approval": False, "delivery_container": "web"}
        result = made.play(PLAYBOOK, extra_vars=without).ok()
        assert tasks(result) == [PROJECTS, PIPELINE, RULES] and "hunter2" not in result.stdout
        assert stages(made.boto, NAMES) == ["Source", "Test", "Build", "Scan", "Deploy"]
        tests = next(one for one in pipeline(made.boto, NAMES)["stages"] if one["name"] == "Test")
        assert [one["name"] for one in tests["actions"]] == ["Test", "Look"]
        assert variables(made.boto, NAMES)["THEIRS"] == "hunter2-of-theirs"
        assert theirs in targets(made.boto, NAMES, "failed")
        state = made.boto("codepipeline").get_pipeline_state(name=NAMES["pipeline"])["stageStates"][-1]
        assert state["inboundTransitionState"]["enabled"] is False
        made.play(PLAYBOOK).ok()
        assert stages(made.boto, NAMES)[-2:] == ["Approval", "Deploy"]

    @pytest.mark.parametrize(
        ("variables", "said"),
        [
            (
                {name: value for name, (value, _said) in IMPOSSIBLE.items()},
                [said for _value, said in IMPOSSIBLE.values()],
            ),
            ({"delivery_provider": "Subversion"}, ["value of delivery_provider must be one of"]),
            ({"stack_account_id": "999999999999"}, ["999999999999"]),
        ],
        ids=["values", "a provider", "an account"],
    )
    def test_the_impossible_is_refused_first(
        self, made: LocalStack, variables: dict[str, Any], said: list[str]
    ) -> None:
        made.control.clear_calls()
        result = made.play(PLAYBOOK, extra_vars=variables)
        assert result.rc != 0
        assert [one for one in said if one not in words(result)] == []
        assert writes(made.control) == []

    @pytest.mark.parametrize(
        "read",
        [
            "codebuild:BatchGetProjects",
            "codeconnections:ListConnections",
            "codepipeline:GetPipeline",
            "events:ListTargetsByRule",
        ],
    )
    def test_a_denied_read_is_never_absence(self, made: LocalStack, read: str) -> None:
        made.control.clear_calls()
        made.control.faults({"kind": "denied", "action": read})
        try:
            result = made.play(PLAYBOOK)
        finally:
            made.control.clear_faults()
        assert result.rc != 0 and f"the caller needs the permission {read}" in words(result)
        assert writes(made.control) == []


def test_an_empty_account_says_which_roles_make_what_is_missing(stack: LocalStack) -> None:
    stack.control.reset()
    result = stack.play(PLAYBOOK)
    assert result.rc != 0 and result.recap["changed"] == 0
    assert "the role secrets makes it" in words(result) and "the role ecs_service makes it" in words(result)


@pytest.mark.parametrize(
    "variables",
    [
        {"delivery_external_pipeline": "https://ci.example.com/mywebapp"},
        {"delivery_repository": ""},
        {"delivery_enabled": False},
        {"stack_region": "us-west-2"},
    ],
)
def test_nothing_is_made_beside_another_pipeline(stack: LocalStack, variables: dict[str, Any]) -> None:
    stack.control.reset()
    assert stack.play(PLAYBOOK, extra_vars=variables).ok().recap["changed"] == 0
    assert writes(stack.control) == []


def test_a_connection_and_a_topic_that_are_given_by_arn_are_used_as_they_are(emptied: LocalStack) -> None:
    connections = emptied.boto("codeconnections")
    arn = connections.create_connection(ConnectionName="theirs", ProviderType="GitLab")["ConnectionArn"]
    given = {"delivery_connection": arn, "delivery_topic": emptied.boto("sns").create_topic(Name="theirs")["TopicArn"]}
    result = emptied.play(PLAYBOOK, extra_vars=given).ok()
    assert tasks(result) == [LOG_BUCKET, BUCKET, ROLES, LOGS, PROJECTS, PIPELINE, RULES]
    assert action(emptied.boto, NAMES, "Source")["configuration"]["ConnectionArn"] == arn
    policy = emptied.boto("iam").get_role_policy(RoleName=NAMES["roles"] + "source", PolicyName="source")
    assert policy["PolicyDocument"]["Statement"][0]["Resource"] == arn
    assert connections.list_tags_for_resource(ResourceArn=arn)["Tags"] == []
    assert emptied.play(PLAYBOOK, extra_vars=given).ok().recap["changed"] == 0


def test_a_run_that_is_killed_is_ended_by_the_next(emptied: LocalStack) -> None:
    """After each of the calls that make something in turn, each time a little further; nothing is doubled."""
    emptied.control.settings(handshakes=True)
    for call in (
        "s3:CreateBucket",
        "codeconnections:CreateConnection",
        "iam:CreateRole",
        "iam:PutRolePolicy",
        "logs:CreateLogGroup",
        "codebuild:CreateProject",
        "codepipeline:CreatePipeline",
        "sns:CreateTopic",
        "events:PutRule",
        "events:PutTargets",
    ):
        assert emptied.play_killed(PLAYBOOK, call), f"the run makes no {call}"
    emptied.play(PLAYBOOK).ok()
    topic = [NAMES["topic"]]
    assert counted(emptied) == {
        "buckets": 2,
        "connections": 1,
        "roles": sorted(f"mywebapp-prod-delivery-{name}" for name in ROLE_NAMES),
        "logs": ["/aws/codebuild/mywebapp-prod-build", "/aws/codebuild/mywebapp-prod-test"],
        "projects": ["mywebapp-prod-build", "mywebapp-prod-test"],
        "pipelines": ["mywebapp-prod-pipeline"],
        "executions": 1,
        "topics": topic,
        "targets": {"failed": topic, "approval": topic, "deployment": topic},
    }
    assert emptied.play(PLAYBOOK).ok().recap["changed"] == 0


def test_an_aws_that_is_slow_to_show_things_has_nothing_made_twice(emptied: LocalStack) -> None:
    emptied.control.settings(handshakes=True, lag_polls=1, role_seconds=1)
    emptied.control.clear_calls()
    late = emptied.play(PLAYBOOK, environment={"WEBAPP_STRICT": ""}).ok()
    assert tasks(late) == [LOG_BUCKET, BUCKET, CONNECTION, ROLES, LOGS, PROJECTS, PIPELINE, TOPIC, RULES]
    emptied.control.settings(lag_polls=0, role_seconds=0)
    found = counted(emptied)
    assert (found["connections"], found["executions"]) == (1, 1)
    assert emptied.play(PLAYBOOK).ok().recap["changed"] == 0


def test_an_adopted_pipeline_of_another_form_is_brought_into_this_one(emptied: LocalStack) -> None:
    """One of the type V1 in several regions, from a bucket, as somebody may have made it by hand."""
    emptied.control.settings(handshakes=True)
    emptied.play(PLAYBOOK, "--tags", "delivery_artifacts,delivery_roles,delivery_projects").ok()

    def one(declaration: dict[str, Any]) -> dict[str, Any]:
        store = declaration.pop("artifactStore")
        other = {"type": "S3", "location": "theirs-in-the-west"}
        return {**declaration, "artifactStores": {"us-east-1": {**store, "location": "theirs"}, "us-west-2": other}}

    emptied.play(PLAYBOOK, "--tags", "delivery_pipeline").ok()
    declaration = one(pipeline(emptied.boto, NAMES))
    declaration["pipelineType"], declaration["triggers"] = "V1", []
    emptied.boto("codepipeline").update_pipeline(pipeline=declaration)
    assert tasks(emptied.play(PLAYBOOK, "--tags", "delivery_pipeline").ok()) == [PIPELINE]
    found = pipeline(emptied.boto, NAMES)
    assert found["pipelineType"] == "V2" and found["triggers"]
    assert found["artifactStores"]["us-east-1"]["location"] == NAMES["bucket"]
    assert found["artifactStores"]["us-west-2"]["location"] == "theirs-in-the-west"
    assert json.dumps(found).count('artifactStore"') == 0
