# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the role delivery leaves in the account."""

from __future__ import annotations

import json
from typing import Any

import botocore.session

PREFIX = "mywebapp-prod"
PIPELINE = f"{PREFIX}-pipeline"
BUCKET = f"{PREFIX}-artifacts-123456789012-us-east-1"
TAGS = {"Project", "Environment", "Owner", "CostCenter", "ManagedBy"}


def client(service: str) -> Any:
    return botocore.session.Session().create_client(service, region_name="us-east-1")


def pipeline() -> dict[str, Any]:
    return client("codepipeline").get_pipeline(name=PIPELINE)["pipeline"]


def actions() -> dict[str, dict[str, Any]]:
    return {stage["name"]: stage["actions"][0] for stage in pipeline()["stages"]}


def key_of(alias: str) -> str:
    return client("kms").describe_key(KeyId=f"alias/{alias}")["KeyMetadata"]["Arn"]


def test_it_tests_builds_waits_for_somebody_and_deploys() -> None:
    assert pipeline()["pipelineType"] == "V2"
    assert list(actions()) == ["Source", "Test", "Build", "Approval", "Deploy"]
    types = {name: one["actionTypeId"]["provider"] for name, one in actions().items()}
    assert types == {
        "Source": "CodeStarSourceConnection",
        "Test": "CodeBuild",
        "Build": "CodeBuild",
        "Approval": "Manual",
        "Deploy": "ECS",
    }


def test_a_push_to_the_branch_starts_it() -> None:
    [trigger] = pipeline()["triggers"]
    assert trigger["gitConfiguration"] == {"sourceActionName": "Source", "push": [{"branches": {"includes": ["main"]}}]}


def test_each_stage_has_a_role_that_only_the_pipeline_assumes() -> None:
    iam = client("iam")
    arns = {one["roleArn"] for one in actions().values() if "roleArn" in one}
    assert len(arns) == 4 and pipeline()["roleArn"] not in arns
    for arn in arns:
        [statement] = iam.get_role(RoleName=arn.rpartition("/")[2])["Role"]["AssumeRolePolicyDocument"]["Statement"]
        assert statement["Condition"] == {"ArnEquals": {"aws:PrincipalArn": pipeline()["roleArn"]}}


def test_artifacts_are_closed_encrypted_and_end() -> None:
    s3 = client("s3")
    assert all(s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"].values())
    [rule] = s3.get_bucket_encryption(Bucket=BUCKET)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"] == key_of(f"{PREFIX}-delivery")
    assert pipeline()["artifactStore"]["encryptionKey"]["id"] == key_of(f"{PREFIX}-delivery")
    assert "aws:SecureTransport" in s3.get_bucket_policy(Bucket=BUCKET)["Policy"]
    assert s3.get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"
    assert s3.get_bucket_logging(Bucket=BUCKET)["LoggingEnabled"]["TargetBucket"].startswith(
        f"{PREFIX}-artifacts-logs-"
    )
    days = [
        one.get("Expiration", {}).get("Days") for one in s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"]
    ]
    assert 90 in days


def test_only_the_build_has_docker_and_both_have_logs_that_are_kept() -> None:
    names = [f"{PREFIX}-test", f"{PREFIX}-build"]
    projects = {one["name"]: one for one in client("codebuild").batch_get_projects(names=names)["projects"]}
    assert [projects[name]["environment"]["privilegedMode"] for name in names] == [False, True]
    for name in names:
        log = projects[name]["logsConfig"]["cloudWatchLogs"]["groupName"]
        [group] = client("logs").describe_log_groups(logGroupNamePrefix=log)["logGroups"]
        assert group["kmsKeyId"] == key_of(f"{PREFIX}-logs") and group["retentionInDays"] == 365


def test_failures_and_approvals_reach_an_encrypted_topic() -> None:
    events, sns = client("events"), client("sns")
    for name in ("failed", "approval", "deployment"):
        rule = events.describe_rule(Name=f"{PIPELINE}-{name}")
        [target] = events.list_targets_by_rule(Rule=rule["Name"])["Targets"]
        topic = sns.get_topic_attributes(TopicArn=target["Arn"])["Attributes"]
        assert rule["State"] == "ENABLED" and topic["KmsMasterKeyId"] == key_of(f"{PREFIX}-notifications")
        principals = [one["Principal"] for one in json.loads(topic["Policy"])["Statement"]]
        assert {"Service": "events.amazonaws.com"} in principals


def test_there_is_no_secret_in_it() -> None:
    names = [f"{PREFIX}-test", f"{PREFIX}-build"]
    found = client("codebuild").batch_get_projects(names=names)["projects"]
    variables = {one["name"] for project in found for one in project["environment"]["environmentVariables"]}
    assert variables == {"REPOSITORY_URI", "CONTAINER_NAME"}
    assert not [one for one in client("secretsmanager").list_secrets()["SecretList"] if "delivery" in one["Name"]]


def test_everything_bears_the_owner() -> None:
    connections = client("codeconnections").list_connections()["Connections"]
    arn = client("codepipeline").get_pipeline(name=PIPELINE)["metadata"]["pipelineArn"]
    found = [
        {one["Key"] for one in client("codeconnections").list_tags_for_resource(ResourceArn=connection)["Tags"]}
        for connection in (one["ConnectionArn"] for one in connections)
    ]
    found.append({one["key"] for one in client("codepipeline").list_tags_for_resource(resourceArn=arn)["tags"]})
    assert len(found) == 2 and all(tags >= TAGS for tags in found)
