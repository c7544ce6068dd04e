# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What somebody may have changed by hand: put in by boto3, seen by --check, repaired by the role."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Boto = Callable[..., Any]
Names = Mapping[str, str]
Document = dict[str, Any]

NAMES = {
    "bucket": "mywebapp-prod-artifacts-123456789012-us-east-1",
    "log_bucket": "mywebapp-prod-artifacts-logs-123456789012-us-east-1",
    "connection": "mywebapp-prod",
    "pipeline": "mywebapp-prod-pipeline",
    "test": "mywebapp-prod-test",
    "build": "mywebapp-prod-build",
    "roles": "mywebapp-prod-delivery-",
    "topic": "arn:aws:sns:us-east-1:123456789012:mywebapp-prod-delivery-events",
    "log": "/aws/codebuild/mywebapp-prod-build",
}
LOG_BUCKET = "Bucket of the access logs"
BUCKET = "Bucket of the artifacts"
CONNECTION = "Connection to the source"
ROLES = "Roles of pipeline, stages and projects"
LOGS = "Log groups of tests and build"
PROJECTS = "Projects of tests and build"
PIPELINE = "Pipeline"
TOPIC = "Topic of the pipeline's events"
RULES = "Rules for failures and approvals"
ROOT = {"AWS": "arn:aws:iam::123456789012:root"}


@dataclass(frozen=True)
class Drift:
    """put_in(boto, names) makes it; repaired(boto, names) is true when it is gone; task: the one that sees it."""

    name: str
    task: str
    put_in: Callable[[Boto, Names], Any]
    repaired: Callable[[Boto, Names], bool]


def pipeline(boto: Boto, names: Names) -> Document:
    found: Document = boto("codepipeline").get_pipeline(name=names["pipeline"])["pipeline"]
    return found


def stages(boto: Boto, names: Names) -> list[str]:
    return [stage["name"] for stage in pipeline(boto, names)["stages"]]


def action(boto: Boto, names: Names, stage: str) -> Document:
    found = next(one for one in pipeline(boto, names)["stages"] if one["name"] == stage)
    return dict(found["actions"][0])


def changed(change: Callable[[Document], Any]) -> Callable[[Boto, Names], Any]:
    """The pipeline with its declaration changed in place."""

    def put_in(boto: Boto, names: Names) -> None:
        declaration = copy.deepcopy(pipeline(boto, names))
        change(declaration)
        boto("codepipeline").update_pipeline(pipeline=declaration)

    return put_in


def move_approval_to_the_end(declaration: Document) -> None:
    declaration["stages"] = sorted(declaration["stages"], key=lambda stage: str(stage["name"]) == "Approval")


def deploy_elsewhere(declaration: Document) -> None:
    deploy = declaration["stages"][-1]["actions"][0]
    deploy["configuration"]["ServiceName"] = "theirs"
    deploy["roleArn"] = "arn:aws:iam::123456789012:role/mywebapp-prod-delivery-test"


def project(boto: Boto, names: Names) -> Document:
    found: Document = boto("codebuild").batch_get_projects(names=[names["build"]])["projects"][0]
    return found


def variables(boto: Boto, names: Names) -> dict[str, str]:
    return {one["name"]: one["value"] for one in project(boto, names)["environment"]["environmentVariables"]}


def of_environment(**values: Any) -> Callable[[Boto, Names], Any]:
    return lambda boto, names: boto("codebuild").update_project(
        name=names["build"], environment={**project(boto, names)["environment"], **values}
    )


def role(boto: Boto, names: Names, name: str) -> Document:
    found: Document = boto("iam").get_role(RoleName=names["roles"] + name)["Role"]
    return found


def policies(boto: Boto, names: Names, name: str) -> list[str]:
    return list(boto("iam").list_role_policies(RoleName=names["roles"] + name)["PolicyNames"])


def trust_the_account(boto: Boto, names: Names) -> None:
    statement = {"Effect": "Allow", "Principal": ROOT, "Action": "sts:AssumeRole"}
    boto("iam").update_assume_role_policy(
        RoleName=names["roles"] + "deploy",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )


def allow_everything(boto: Boto, names: Names) -> None:
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    boto("iam").put_role_policy(
        RoleName=names["roles"] + "build-project",
        PolicyName="admin",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )


def rule(boto: Boto, names: Names, name: str) -> Document:
    found: Document = boto("events").describe_rule(Name=f"{names['pipeline']}-{name}")
    return found


def targets(boto: Boto, names: Names, name: str) -> list[str]:
    found = boto("events").list_targets_by_rule(Rule=f"{names['pipeline']}-{name}")["Targets"]
    return [str(one["Arn"]) for one in found]


def topic(boto: Boto, names: Names) -> Document:
    found: Document = boto("sns").get_topic_attributes(TopicArn=names["topic"])["Attributes"]
    return found


def connection(boto: Boto, names: Names) -> Document:
    found = boto("codeconnections").list_connections()["Connections"]
    return dict(next(one for one in found if one["ConnectionName"] == names["connection"]))


def connection_tags(boto: Boto, names: Names) -> dict[str, str]:
    arn = connection(boto, names)["ConnectionArn"]
    return {one["Key"]: one["Value"] for one in boto("codeconnections").list_tags_for_resource(ResourceArn=arn)["Tags"]}


def of_bucket(operation: str, bucket: str = "bucket", **parameters: Any) -> Callable[[Boto, Names], Any]:
    return lambda boto, names: getattr(boto("s3"), operation)(Bucket=names[bucket], **parameters)


DRIFTS = [
    Drift(
        "artifacts without TLS",
        BUCKET,
        of_bucket("delete_bucket_policy"),
        lambda boto, names: "SecureTransport" in boto("s3").get_bucket_policy(Bucket=names["bucket"])["Policy"],
    ),
    Drift(
        "a bucket that may be opened",
        BUCKET,
        of_bucket("delete_public_access_block"),
        lambda boto, names: all(
            boto("s3")
            .get_public_access_block(Bucket=names["bucket"])["PublicAccessBlockConfiguration"]
            .values()
        ),
    ),
    Drift(
        "artifacts without versions",
        BUCKET,
        of_bucket("put_bucket_versioning", VersioningConfiguration={"Status": "Suspended"}),
        lambda boto, names: boto("s3").get_bucket_versioning(Bucket=names["bucket"])["Status"] == "Enabled",
    ),
    Drift(
        "artifacts that are kept for ever",
        BUCKET,
        of_bucket("delete_bucket_lifecycle"),
        lambda boto, names: len(boto("s3").get_bucket_lifecycle_configuration(Bucket=names["bucket"])["Rules"]) == 2,
    ),
    Drift(
        "access logs that may be read by everybody",
        LOG_BUCKET,
        of_bucket("delete_public_access_block", "log_bucket"),
        lambda boto, names: all(
            boto("s3")
            .get_public_access_block(Bucket=names["log_bucket"])["PublicAccessBlockConfiguration"]
            .values()
        ),
    ),
    Drift(
        "a connection of somebody else's",
        CONNECTION,
        lambda boto, names: boto("codeconnections").tag_resource(
            ResourceArn=connection(boto, names)["ConnectionArn"], Tags=[{"Key": "Owner", "Value": "nobody"}]
        ),
        lambda boto, names: connection_tags(boto, names)["Owner"] == "platform-team",
    ),
    Drift(
        "a stage's role that all of the account may assume",
        ROLES,
        trust_the_account,
        lambda boto, names: "aws:PrincipalArn" in str(role(boto, names, "deploy")["AssumeRolePolicyDocument"]),
    ),
    Drift(
        "a build that may do everything",
        ROLES,
        allow_everything,
        lambda boto, names: policies(boto, names, "build-project") == ["project"],
    ),
    Drift(
        "a source that may do nothing",
        ROLES,
        lambda boto, names: boto("iam").delete_role_policy(RoleName=names["roles"] + "source", PolicyName="source"),
        lambda boto, names: policies(boto, names, "source") == ["source"],
    ),
    Drift(
        "logs kept for a day",
        LOGS,
        lambda boto, names: boto("logs").put_retention_policy(logGroupName=names["log"], retentionInDays=1),
        lambda boto, names: (
            boto("logs").describe_log_groups(logGroupNamePrefix=names["log"])["logGroups"][0]["retentionInDays"] == 365
        ),
    ),
    Drift(
        "a build without Docker",
        PROJECTS,
        of_environment(privilegedMode=False),
        lambda boto, names: project(boto, names)["environment"]["privilegedMode"] is True,
    ),
    Drift(
        "an image for another repository",
        PROJECTS,
        of_environment(environmentVariables=[{"name": "REPOSITORY_URI", "value": "elsewhere"}]),
        lambda boto, names: variables(boto, names)["REPOSITORY_URI"].endswith("/mywebapp-prod-app"),
    ),
    Drift(
        "a build without logs",
        PROJECTS,
        lambda boto, names: boto("codebuild").update_project(
            name=names["build"], logsConfig={"cloudWatchLogs": {"status": "DISABLED"}}
        ),
        lambda boto, names: project(boto, names)["logsConfig"]["cloudWatchLogs"]["groupName"] == names["log"],
    ),
    Drift(
        "another build",
        PROJECTS,
        lambda boto, names: boto("codebuild").update_project(
            name=names["build"], source={"type": "CODEPIPELINE", "buildspec": "theirs.yml"}
        ),
        lambda boto, names: "imagedefinitions.json" in project(boto, names)["source"]["buildspec"],
    ),
    Drift(
        "deployments that nobody approves",
        PIPELINE,
        changed(lambda one: one.update(stages=[stage for stage in one["stages"] if stage["name"] != "Approval"])),
        lambda boto, names: stages(boto, names) == ["Source", "Test", "Build", "Approval", "Deploy"],
    ),
    Drift(
        "an approval after the deployment",
        PIPELINE,
        changed(move_approval_to_the_end),
        lambda boto, names: stages(boto, names)[-1] == "Deploy",
    ),
    Drift(
        "a deployment to another service by the role of the tests",
        PIPELINE,
        changed(deploy_elsewhere),
        lambda boto, names: (
            action(boto, names, "Deploy")["configuration"]["ServiceName"] == "mywebapp-prod-service"
            and action(boto, names, "Deploy")["roleArn"].endswith("-deploy")
        ),
    ),
    Drift(
        "another branch",
        PIPELINE,
        changed(
            lambda one: one["triggers"][0]["gitConfiguration"].update(push=[{"branches": {"includes": ["theirs"]}}])
        ),
        lambda boto, names: (
            pipeline(boto, names)["triggers"][0]["gitConfiguration"]["push"] == [{"branches": {"includes": ["main"]}}]
        ),
    ),
    Drift(
        "a topic that EventBridge cannot publish to",
        TOPIC,
        lambda boto, names: boto("sns").set_topic_attributes(
            TopicArn=names["topic"],
            AttributeName="Policy",
            AttributeValue=json.dumps({
                "Version": "2012-10-17",
                "Statement": [{"Sid": "Theirs", "Effect": "Allow", "Principal": ROOT, "Action": "sns:Publish"}],
            }),
        ),
        lambda boto, names: {"EventBridge", "Theirs"}
        == {one["Sid"] for one in json.loads(topic(boto, names)["Policy"])["Statement"]},
    ),
    Drift(
        "failures that nobody hears of",
        RULES,
        lambda boto, names: boto("events").disable_rule(Name=f"{names['pipeline']}-failed"),
        lambda boto, names: rule(boto, names, "failed")["State"] == "ENABLED",
    ),
    Drift(
        "an approval that goes elsewhere",
        RULES,
        lambda boto, names: boto("events").remove_targets(Rule=f"{names['pipeline']}-approval", Ids=["topic"]),
        lambda boto, names: targets(boto, names, "approval") == [names["topic"]],
    ),
    Drift(
        "a rule for another pipeline",
        RULES,
        lambda boto, names: boto("events").put_rule(
            Name=f"{names['pipeline']}-failed",
            EventPattern=json.dumps({"source": ["aws.codepipeline"], "detail": {"pipeline": ["theirs"]}}),
        ),
        lambda boto, names: names["pipeline"] in rule(boto, names, "failed")["EventPattern"],
    ),
]  # fmt: skip
