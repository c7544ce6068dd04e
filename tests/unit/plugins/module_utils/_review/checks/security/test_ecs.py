# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import ecs


def variable(name, length=12, entropy=3.0, user_info=False):
    return {"name": name, "ValueLength": length, "Entropy": entropy, "UrlUserInfo": user_info}


def definition(*environment, secrets=()):
    container = {"name": "app", "environment": list(environment), "secrets": [{"name": one} for one in secrets]}
    return {"taskDefinitionArn": "arn:td", "taskRoleArn": "arn:role", "containerDefinitions": [container]}


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ([], "PASS"),
        ([variable("DB_NAME"), variable("AWS_REGION")], "PASS"),
        ([variable("DB_HOST", 69, 4.47)], "PASS"),
        ([variable("QUEUE_URL", 80, 4.7)], "PASS"),
        ([variable("DB_PASSWORD")], "FAIL"),
        ([variable("db_passwd")], "FAIL"),
        ([variable("STRIPE_API_KEY")], "FAIL"),
        ([variable("GITHUB_TOKEN")], "FAIL"),
        ([variable("DB_PASSWORD", 0)], "PASS"),
        ([variable("DB_SECRET_ARN")], "PASS"),
        ([variable("TOKEN_TTL")], "PASS"),
        ([variable("DATABASE_URL", 60, 4.0, user_info=True)], "FAIL"),
        ([variable("SEED", 44, 4.9)], "FAIL"),
        ([variable("TEXT", 4000, 4.9)], "PASS"),
    ],
)
def test_plaintext(judge, found, status):
    assert judge(ecs.ecs_no_plaintext_secrets, {"ecs.task_definitions": [definition(*found)]}) == [status]


def test_evidence_names_the_variable(findings):
    (found,) = findings(ecs.ecs_no_plaintext_secrets, {"ecs.task_definitions": [definition(variable("DB_PASSWORD"))]})
    assert found.evidence == "environment with secrets: app.DB_PASSWORD (by its name)"


def role(action):
    return {"Arn": "arn:role", "InlinePolicies": {"p": {"Statement": [{"Effect": "Allow", "Action": action}]}}}


DATABASE = {"DBClusterArn": "arn:c"}


@pytest.mark.parametrize(
    ("task", "roles", "databases", "status"),
    [
        (definition(secrets=["DB_PASSWORD"]), [], [DATABASE], "PASS"),
        (definition(variable("DB_PASSWORD"), secrets=["OTHER"]), [], [DATABASE], "FAIL"),
        (definition(variable("API_TOKEN"), secrets=["DB_PASSWORD"]), [], [DATABASE], "PASS"),
        (definition(), [role("rds-db:connect")], [DATABASE], "PASS"),
        (definition(), [role("s3:GetObject")], [DATABASE], "FAIL"),
        (definition(), [], [DATABASE], "FAIL"),
        (definition(), [], [], "NOT_APPLICABLE"),
    ],
)
def test_referenced(judge, task, roles, databases, status):
    collections = {"ecs.task_definitions": [task], "iam.task_roles": roles, "rds.db_clusters": databases}
    assert judge(ecs.ecs_secrets_referenced, collections) == [status]


def test_roles_matter_only_where_no_secret_is_named(judge):
    definitions = [definition(secrets=["DB_PASSWORD"]), definition()]
    collections = {"ecs.task_definitions": definitions, "rds.db_clusters": [DATABASE]}
    assert judge(ecs.ecs_secrets_referenced, collections, ("iam.task_roles",)) == ["UNKNOWN", "PASS"]


@pytest.mark.parametrize(
    ("network", "status"),
    [
        ({"awsvpcConfiguration": {"assignPublicIp": "DISABLED"}}, "PASS"),
        ({"awsvpcConfiguration": {}}, "PASS"),
        ({"awsvpcConfiguration": {"assignPublicIp": "ENABLED"}}, "FAIL"),
        ({}, "NOT_APPLICABLE"),
    ],
)
def test_public_ip(judge, network, status):
    services = [{"serviceArn": "arn:s", "networkConfiguration": network}]
    assert judge(ecs.ecs_service_no_public_ip, {"ecs.services": services}) == [status]


@pytest.mark.parametrize(
    ("service", "status"),
    [
        ({"launchType": "FARGATE", "platformVersion": "LATEST"}, "PASS"),
        ({"launchType": "FARGATE", "platformVersion": "1.3.0"}, "FAIL"),
        ({"capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT"}], "platformVersion": "1.4.0"}, "PASS"),
        ({"launchType": "EC2"}, "NOT_APPLICABLE"),
    ],
)
def test_the_platform_is_current(judge, service, status):
    services = {"ecs.services": [{"serviceArn": "arn:s", **service}]}
    assert judge(ecs.ecs_platform_version_latest, services) == [status]


@pytest.mark.parametrize(
    ("check", "container", "status"),
    [
        (ecs.ecs_no_privileged, {}, "PASS"),
        (ecs.ecs_no_privileged, {"privileged": True}, "FAIL"),
        (ecs.ecs_no_privileged, {"linuxParameters": {"capabilities": {"add": ["SYS_PTRACE"]}}}, "FAIL"),
        (ecs.ecs_non_root_user, {"user": "1000:1000"}, "PASS"),
        (ecs.ecs_non_root_user, {}, "FAIL"),
        (ecs.ecs_non_root_user, {"user": "0:1338"}, "FAIL"),
        (ecs.ecs_non_root_user, {"user": "0:1338", "essential": False}, "PASS"),
        (ecs.ecs_readonly_rootfs, {"readonlyRootFilesystem": True}, "PASS"),
        (ecs.ecs_readonly_rootfs, {}, "FAIL"),
    ],
)
def test_rights_of_containers(judge, check, container, status):
    definition = {"taskDefinitionArn": "arn:t", "containerDefinitions": [{"name": "app", **container}]}
    assert judge(check, {"ecs.task_definitions": [definition]}) == [status]
