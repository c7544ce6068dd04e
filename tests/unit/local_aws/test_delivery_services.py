# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CodeConnections, CodeBuild and EventBridge as they refuse and fill in."""

from __future__ import annotations

import json

import pytest

ACCOUNT = "123456789012"
ENVIRONMENT = {"type": "ARM_CONTAINER", "image": "i", "computeType": "BUILD_GENERAL1_SMALL"}
PIPELINE = {"type": "CODEPIPELINE"}


def trust(service, **condition):
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [{**statement, "Condition": condition}]})


@pytest.fixture
def role(client):
    def make(name="build", service="codebuild.amazonaws.com", **condition):
        made = client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=trust(service, **condition))
        return made["Role"]["Arn"]

    return make


@pytest.fixture
def project(client, role):
    """project(**more) -> the parameters of a project"""
    arn = role(StringEquals={"aws:SourceAccount": ACCOUNT})

    def asked(**more):
        given = {
            "name": "web",
            "source": PIPELINE,
            "artifacts": PIPELINE,
            "environment": ENVIRONMENT,
            "serviceRole": arn,
        }
        return {**given, **more}

    return asked


class TestConnections:
    def test_one_is_pending_until_somebody_has_been_to_the_console(self, client, control):
        connections = client("codeconnections")
        arn = connections.create_connection(ConnectionName="web", ProviderType="GitHub")["ConnectionArn"]
        assert arn.startswith(f"arn:aws:codeconnections:eu-central-1:{ACCOUNT}:connection/")
        assert connections.get_connection(ConnectionArn=arn)["Connection"]["ConnectionStatus"] == "PENDING"
        control.settings(handshakes=True)
        assert [one["ConnectionStatus"] for one in connections.list_connections()["Connections"]] == ["AVAILABLE"]
        control.settings(handshakes=False)
        later = connections.create_connection(ConnectionName="later", ProviderType="GitLab")["ConnectionArn"]
        assert connections.get_connection(ConnectionArn=arn)["Connection"]["ConnectionStatus"] == "AVAILABLE"
        assert connections.get_connection(ConnectionArn=later)["Connection"]["ConnectionStatus"] == "PENDING"

    def test_lists_come_in_pages_and_by_provider(self, client):
        connections = client("codeconnections")
        for number in range(3):
            connections.create_connection(ConnectionName=f"c{number}", ProviderType="GitHub")
        connections.create_connection(ConnectionName="other", ProviderType="Bitbucket")
        first = connections.list_connections(MaxResults=2, ProviderTypeFilter="GitHub")
        second = connections.list_connections(MaxResults=2, ProviderTypeFilter="GitHub", NextToken=first["NextToken"])
        found = [one["ConnectionName"] for page in (first, second) for one in page["Connections"]]
        assert found == ["c0", "c1", "c2"] and "NextToken" not in second

    def test_tags_and_what_is_not_there(self, client, refused):
        connections = client("codeconnections")
        tags = [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
        made = connections.create_connection(ConnectionName="web", ProviderType="GitHub", Tags=tags)
        arn = {"ResourceArn": made["ConnectionArn"]}
        connections.tag_resource(**arn, Tags=[{"Key": "a", "Value": "3"}])
        connections.untag_resource(**arn, TagKeys=["b"])
        assert connections.list_tags_for_resource(**arn)["Tags"] == [{"Key": "a", "Value": "3"}]
        many = [{"Key": str(number), "Value": ""} for number in range(50)]
        assert refused(connections.tag_resource, **arn, Tags=many) == "LimitExceededException"
        connections.delete_connection(ConnectionArn=made["ConnectionArn"])
        assert refused(connections.list_tags_for_resource, **arn) == "ResourceNotFoundException"

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            ({}, "InvalidInputException"),
            ({"ProviderType": "GitHubEnterpriseServer"}, "InvalidInputException"),
            ({"HostArn": f"arn:aws:codeconnections:eu-central-1:{ACCOUNT}:host/none"}, "ResourceNotFoundException"),
        ],
    )
    def test_it_needs_a_provider(self, client, refused, asked, code):
        assert refused(client("codeconnections").create_connection, ConnectionName="web", **asked) == code


class TestProjects:
    def test_a_project_is_filled_in(self, client, project):
        build = client("codebuild")
        variables = {"environmentVariables": [{"name": "A", "value": "1"}]}
        made = build.create_project(**project(environment={**ENVIRONMENT, **variables}))["project"]
        assert (made["timeoutInMinutes"], made["queuedTimeoutInMinutes"]) == (60, 480)
        assert made["environment"]["environmentVariables"] == [{"name": "A", "value": "1", "type": "PLAINTEXT"}]
        assert made["encryptionKey"].endswith(":alias/aws/s3") and made["artifacts"]["packaging"] == "NONE"
        found = build.batch_get_projects(names=["web", "none"])
        assert [one["name"] for one in found["projects"]] == ["web"] and found["projectsNotFound"] == ["none"]
        assert build.list_projects()["projects"] == ["web"]

    def test_an_update_replaces_what_it_is_sent(self, client, project, refused):
        build = client("codebuild")
        tags = [{"key": "a", "value": "1"}]
        build.create_project(**project(tags=tags, description="d", concurrentBuildLimit=2))
        changed = {"environment": {**ENVIRONMENT, "privilegedMode": True}, "tags": [], "concurrentBuildLimit": -1}
        after = build.update_project(name="web", **changed)["project"]
        assert after["environment"]["privilegedMode"] and after["tags"] == [] and after["description"] == "d"
        assert "concurrentBuildLimit" not in after
        assert refused(build.update_project, name="none") == "ResourceNotFoundException"

    @pytest.mark.parametrize(
        "changes",
        [
            {"serviceRole": "arn:aws:iam::999999999999:role/build"},
            {"serviceRole": f"arn:aws:iam::{ACCOUNT}:role/none"},
            {"source": {"type": "CODEPIPELINE", "location": "x"}},
            {"source": {"type": "GITHUB"}, "artifacts": {"type": "NO_ARTIFACTS"}},
            {"artifacts": {"type": "S3", "location": "x"}},
            {"source": {"type": "NO_SOURCE"}, "artifacts": {"type": "S3"}},
            {"environment": {**ENVIRONMENT, "environmentVariables": [{"name": "A", "value": "1"}] * 2}},
            {"name": "my.build"},
        ],
    )
    def test_what_does_not_go_together_is_refused(self, client, project, refused, changes):
        make = client("codebuild", parameter_validation=False).create_project
        assert refused(make, **project(**changes)) == "InvalidInputException"

    def test_the_role_must_trust_codebuild_for_this_account(self, client, project, role, refused):
        make = client("codebuild").create_project
        other = role("other", "ec2.amazonaws.com")
        strange = role("strange", StringEquals={"aws:SourceAccount": "999999999999"})
        assert refused(make, **project(serviceRole=other)) == "InvalidInputException"
        assert refused(make, **project(serviceRole=strange)) == "InvalidInputException"
        make(**project())
        assert refused(make, **project()) == "ResourceAlreadyExistsException"


class TestRules:
    @pytest.mark.parametrize(
        "pattern", ["no json", "{}", "[]", '{"source": "aws.ecs"}', '{"detail": {"state": []}}', '{"detail": {"a": 1}}']
    )
    def test_a_pattern_holds_lists(self, client, refused, pattern):
        assert refused(client("events").put_rule, Name="r", EventPattern=pattern) == "InvalidEventPatternException"

    def test_a_rule_is_tagged_when_it_is_made_only(self, client):
        events, pattern = client("events"), json.dumps({"source": ["aws.ecs"]})
        arn = events.put_rule(Name="r", EventPattern=pattern, Tags=[{"Key": "a", "Value": "1"}])["RuleArn"]
        events.put_rule(Name="r", EventPattern=pattern, Tags=[{"Key": "b", "Value": "2"}])
        assert events.list_tags_for_resource(ResourceARN=arn)["Tags"] == [{"Key": "a", "Value": "1"}]

    def test_a_rule_has_five_targets_at_most(self, client, refused):
        events = client("events")
        events.put_rule(Name="r", EventPattern=json.dumps({"source": ["aws.ecs"]}))
        arn = f"arn:aws:sns:eu-central-1:{ACCOUNT}:t"
        events.put_targets(Rule="r", Targets=[{"Id": str(number), "Arn": arn} for number in range(5)])
        events.put_targets(Rule="r", Targets=[{"Id": "4", "Arn": arn}])
        assert refused(events.put_targets, Rule="r", Targets=[{"Id": "5", "Arn": arn}]) == "LimitExceededException"
