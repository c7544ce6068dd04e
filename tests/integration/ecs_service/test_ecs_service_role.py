# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role ecs_service against local_aws: adopted, made from nothing, amid the work of others, drifted, refused."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.registry import all_checks
from ansible_collections.wellarchitected.webapp.plugins.modules import ecs_preflight

from local_aws.server import Server
from local_aws.stacks import as_reviewed
from tests.drift import rounds
from tests.integration.ecs_service.certificate import DOMAIN, make_certificate
from tests.integration.ecs_service.drifts import DRIFTS, NAMES, Drift
from tests.integration.ecs_service.found import allowed
from tests.integration.ecs_service.traffic import watched
from tests.integration.edge.modules import run_module
from tests.integration.site.test_review import review, statuses
from tests.playbook_run import LocalStack, PlaybookResult
from tests.writes import writes

PLAYBOOK = "playbooks/roles/ecs_service.yml"
PREFIX = "mywebapp-prod"
CLUSTER, SERVICE, FAMILY = f"{PREFIX}-cluster", f"{PREFIX}-service", f"{PREFIX}-app"
TASKS = [
    "Repository",
    "Log groups",
    "Cluster",
    "Execution, task and deployment role",
    "Bucket of the access logs",
    "Load balancer",
    "Target groups",
    "HTTPS listener",
    "Production rule",
    "HTTP listener",
    "Alarms of deployments",
    "Task definition",
    "Service",
    "Auto scaling",
]

# What the review still says of a service made with the defaults, and why.
LEFT = {
    "alb_health_check_sound": "where the application says that it works is its own: ecs_service_health_path",
    "fargate_spot_used": "whether tasks may be interrupted is a choice: ecs_service_spot_percent",
    "xray_tracing_enabled": "the agent's image must be where tasks reach it: ecs_service_tracing",
}


def tasks(result: PlaybookResult) -> list[str]:
    return [name.removeprefix("wellarchitected.webapp.ecs_service : ") for name in result.changed_tasks]


def prepare(stack: LocalStack) -> None:
    """What the roles before this one leave."""
    for role in ("secrets", "network", "aurora"):
        stack.play(f"playbooks/roles/{role}.yml").ok()
    make_certificate(stack.boto)


class Found:
    """What AWS has."""

    def __init__(self, stack: LocalStack) -> None:
        self.ecs, self.elb = stack.boto("ecs"), stack.boto("elbv2")

    @property
    def service(self) -> dict[str, Any]:
        return dict(self.ecs.describe_services(cluster=CLUSTER, services=[SERVICE])["services"][0])

    @property
    def definition(self) -> dict[str, Any]:
        arn = self.service["taskDefinition"]
        return dict(self.ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"])

    @property
    def container(self) -> dict[str, Any]:
        return next(one for one in self.definition["containerDefinitions"] if one["name"] == "app")

    @property
    def groups(self) -> dict[str, str]:
        found = self.elb.describe_target_groups()["TargetGroups"]
        return {one["TargetGroupName"].removeprefix(f"{PREFIX}-"): one["TargetGroupArn"] for one in found}

    @property
    def targets(self) -> dict[str, int]:
        return {
            name: len(self.elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"])
            for name, arn in self.groups.items()
        }

    @property
    def rule(self) -> dict[str, Any]:
        arn = self.service["loadBalancers"][0]["advancedConfiguration"]["productionListenerRule"]
        return dict(self.elb.describe_rules(RuleArns=[arn])["Rules"][0])

    @property
    def weights(self) -> dict[str, int]:
        names = {arn: name for name, arn in self.groups.items()}
        shares = self.rule["Actions"][0]["ForwardConfig"]["TargetGroups"]
        return {names[one["TargetGroupArn"]]: one["Weight"] for one in shares}

    @property
    def arns(self) -> dict[str, Any]:
        return {
            "service": self.service["serviceArn"],
            "cluster": self.service["clusterArn"],
            "group": self.groups["tg"],
            "balancer": self.elb.describe_load_balancers(Names=[f"{PREFIX}-alb"])["LoadBalancers"][0][
                "LoadBalancerArn"
            ],
        }


def deploy_image(stack: LocalStack, image: str) -> str:
    """What CodePipeline's ECS action does: a copy of the revision in force with another image."""
    found = Found(stack)
    sent = (
        "family", "taskRoleArn", "executionRoleArn", "networkMode", "containerDefinitions", "volumes", "cpu", "memory",
        "requiresCompatibilities", "runtimePlatform",
    )  # fmt: skip
    copy = {name: value for name, value in found.definition.items() if name in sent and value}
    for container in copy["containerDefinitions"]:
        if container["name"] == "app":
            container["image"] = image
    arn = str(found.ecs.register_task_definition(**copy)["taskDefinition"]["taskDefinitionArn"])
    found.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition=arn)
    return arn


def unchanged(stack: LocalStack) -> None:
    again = stack.play(PLAYBOOK).ok()
    assert (again.recap["changed"], again.changed_tasks) == (0, [])


@pytest.fixture(scope="module")
def prepared(stack: LocalStack) -> LocalStack:
    prepare(stack)
    return stack


class TestRefused:
    """Before anything is changed, where everything is to be made."""

    @pytest.mark.parametrize(
        ("variables", "words"),
        [
            ({"ecs_service_cpu": 2048, "ecs_service_memory": 256}, "2048 CPU units with 256 MiB"),
            ({"ecs_service_load_balancer": "a" * 33}, "33 characters"),
            ({"ecs_service_target_group": "b" * 33}, "target_group " + "b" * 33),
            ({"ecs_service_alternate_target_group": "b" * 33}, "33 characters"),
            ({"ecs_service_tracing": True}, "container ecs-cwagent has no image"),
            ({"ecs_service_certificate": "other.example.com"}, "playbooks/roles/edge.yml"),
            ({"ecs_service_environment": {"API_PASSWORD": "x"}}, "in plain text"),
            ({"ecs_service_min_tasks": 11}, "above the most"),
            ({"ecs_service_http": "keep"}, "empties the target group"),
            ({"ecs_service_vpc": "nowhere"}, "playbooks/roles/network.yml"),
            ({"ecs_service_logs_kms_key": "nowhere"}, "playbooks/roles/secrets.yml"),
            ({"stack_account_id": "999999999999"}, "999999999999"),
        ],
    )
    def test_what_cannot_work_is_refused(self, prepared: LocalStack, variables: dict[str, Any], words: str) -> None:
        prepared.control.clear_calls()
        result = prepared.play(PLAYBOOK, extra_vars=variables)
        assert result.rc != 0 and writes(prepared.control) == []
        assert words in " ".join(result.stdout.split())

    def test_two_capacity_providers_with_a_base_are_refused(self, prepared: LocalStack) -> None:
        two = [{"capacity_provider": name, "weight": 1, "base": 1} for name in ("FARGATE", "FARGATE_SPOT")]
        named = {"load_balancer": "alb", "target_groups": ["tg"], "certificate": DOMAIN, "expect": {}}
        sizes = {"cpu": 1024, "memory": 2048, "containers": [], "min_capacity": 1, "max_capacity": 1}
        deployed = {"http_kept": False, "deployment_strategy": "ROLLING", "capacity_provider_strategy": two}
        with pytest.raises(Refusal, match="Nothing was changed: FARGATE and FARGATE_SPOT both have a base"):
            run_module(ecs_preflight, {**named, **sizes, **deployed})

    def test_a_certificate_that_is_not_issued_is_refused(self, prepared: LocalStack) -> None:
        prepared.boto("acm").request_certificate(DomainName="late.example.org", ValidationMethod="DNS")
        prepared.control.clear_calls()
        result = prepared.play(PLAYBOOK, extra_vars={"ecs_service_certificate": "late.example.org"})
        assert result.rc != 0 and writes(prepared.control) == []
        assert "PENDING_VALIDATION" in result.stdout


@pytest.fixture(scope="class")
def made(prepared: LocalStack) -> LocalStack:
    foretold = prepared.play(PLAYBOOK, check=True).ok()
    done = prepared.play(PLAYBOOK).ok()
    assert tasks(foretold) == tasks(done) == TASKS
    return prepared


class TestMade:
    """A service made from nothing, and what others do to it."""

    def test_a_second_run_changes_nothing(self, made: LocalStack) -> None:
        unchanged(made)
        assert made.play(PLAYBOOK, check=True).ok().recap["changed"] == 0

    def test_it_runs_behind_the_load_balancer(self, made: LocalStack) -> None:
        found = Found(made)
        assert (found.service["runningCount"], found.service["deploymentConfiguration"]["strategy"]) == (
            4,
            "BLUE_GREEN",
        )
        assert found.weights == {"tg": 0, "tg-alternate": 100}
        assert found.targets == {"tg": 0, "tg-alternate": 4}
        assert found.container["readonlyRootFilesystem"] is True
        assert found.definition["runtimePlatform"]["cpuArchitecture"] == "ARM64"

    def test_the_review_finds_nothing_but_choices(self, made: LocalStack, tmp_path: Path) -> None:
        report = statuses(review(made, tmp_path)[1])
        own = {one.id for one in all_checks() if one.role == "ecs_service"}
        assert {name for name in own if report.get(name, set()) & {"FAIL", "UNKNOWN"}} == set(LEFT)

    def test_secrets_come_by_reference(self, made: LocalStack) -> None:
        variables = {"ecs_service_secrets": [{"name": "SESSION_KEY", "secret": f"{PREFIX.replace('-', '/')}/app"}]}
        assert tasks(made.play(PLAYBOOK, extra_vars=variables).ok()) == ["Task definition", "Service"]
        [secret] = Found(made).container["secrets"]
        assert secret["valueFrom"].startswith("arn:aws:secretsmanager:us-east-1:123456789012:secret:mywebapp/prod/app-")
        assert made.play(PLAYBOOK, extra_vars=variables).ok().recap["changed"] == 0
        made.play(PLAYBOOK).ok()

    def test_the_autoscaler_keeps_its_count(self, made: LocalStack) -> None:
        found = Found(made)
        found.ecs.update_service(cluster=CLUSTER, service=SERVICE, desiredCount=7)
        unchanged(made)
        assert found.service["desiredCount"] == 7

    def test_the_pipeline_keeps_its_image_and_the_deployment_its_weights(self, made: LocalStack) -> None:
        arn = deploy_image(made, "app:2")
        found = Found(made)
        assert found.weights == {"tg": 100, "tg-alternate": 0}
        unchanged(made)
        assert (found.service["taskDefinition"], found.container["image"]) == (arn, "app:2")
        assert found.weights == {"tg": 100, "tg-alternate": 0}

    def test_hardening_keeps_the_image(self, made: LocalStack) -> None:
        deploy_image(made, "app:3")
        variables = {"ecs_service_environment": {"MODE": "fast"}}
        foretold = made.play(PLAYBOOK, check=True, extra_vars=variables).ok()
        done = made.play(PLAYBOOK, extra_vars=variables).ok()
        assert tasks(foretold) == tasks(done) == ["Task definition", "Service"]
        container = Found(made).container
        assert container["image"] == "app:3"
        assert {"name": "MODE", "value": "fast"} in container["environment"]
        assert made.play(PLAYBOOK, extra_vars=variables).ok().recap["changed"] == 0
        made.play(PLAYBOOK).ok()

    def test_nothing_changes_in_the_middle_of_a_deployment(self, made: LocalStack) -> None:
        found = Found(made)
        made.control.settings(transition_seconds=600)
        try:
            deploy_image(made, "app:4")
            weights, revision = found.weights, found.service["taskDefinition"]
            unchanged(made)
            late = made.play(PLAYBOOK, extra_vars={"ecs_service_environment": {"MODE": "slow"}}).ok()
            assert late.recap["changed"] == 0
            assert "a deployment of mywebapp-prod-service is under way" in " ".join(late.stdout.split())
            assert (found.weights, found.service["taskDefinition"]) == (weights, revision)
        finally:
            made.control.settings(transition_seconds=0)
            arn = found.service["currentServiceDeployment"]
            found.ecs.stop_service_deployment(serviceDeploymentArn=arn, stopType="ROLLBACK")

    def test_a_run_waits_for_a_deployment_if_asked_to(self, made: LocalStack) -> None:
        made.control.settings(transition_seconds=2)
        try:
            deploy_image(made, "app:5")
            variables = {"ecs_service_environment": {"MODE": "slow"}, "ecs_service_wait_for_deployment": True}
            assert tasks(made.play(PLAYBOOK, extra_vars=variables).ok()) == ["Task definition", "Service"]
            found = Found(made)
            assert len(found.service["deployments"]) == 1
            assert found.container["image"] == "app:5"
        finally:
            made.control.settings(transition_seconds=0)
            made.play(PLAYBOOK).ok()

    def test_a_deployment_is_forced_once(self, made: LocalStack) -> None:
        found = Found(made)
        before = len(found.ecs.list_service_deployments(cluster=CLUSTER, service=SERVICE)["serviceDeployments"])
        variables = {"ecs_service_force_new_deployment": True}
        assert tasks(made.play(PLAYBOOK, extra_vars=variables).ok()) == ["Service"]
        after = len(found.ecs.list_service_deployments(cluster=CLUSTER, service=SERVICE)["serviceDeployments"])
        assert after == before + 1

    def test_load_balancers_are_never_sent_again(self, made: LocalStack) -> None:
        """Where they are, the next deployment goes to the group that serves already."""
        found = Found(made)
        before = found.weights
        made.play(PLAYBOOK, extra_vars={"ecs_service_environment": {"MODE": "slow"}}).ok()
        assert found.weights == {name: 100 - share for name, share in before.items()}
        made.play(PLAYBOOK).ok()
        assert found.weights == before

    def test_traces_go_by_an_agent_beside_the_application(self, made: LocalStack, tmp_path: Path) -> None:
        found = Found(made)
        segment = {
            "id": "53995c3f42cd8ad8",
            "trace_id": f"1-{int(time.time()):x}-a006649127e371903a2de979",
            "name": SERVICE,
            "start_time": time.time() - 1,
            "end_time": time.time(),
        }
        made.boto("xray").put_trace_segments(TraceSegmentDocuments=[json.dumps(segment)])
        assert statuses(review(made, tmp_path)[1])["xray_tracing_enabled"] == {"FAIL"}
        variables = {"ecs_service_tracing": True, "ecs_service_agent_image": "mywebapp-prod/agent:1"}
        changed = ["Execution, task and deployment role", "Task definition", "Service"]
        assert tasks(made.play(PLAYBOOK, extra_vars=variables).ok()) == changed
        assert made.play(PLAYBOOK, extra_vars=variables).ok().recap["changed"] == 0
        app, agent = found.definition["containerDefinitions"]
        assert (agent["name"], agent["image"], agent["essential"]) == ("ecs-cwagent", "mywebapp-prod/agent:1", False)
        assert agent["logConfiguration"]["options"]["awslogs-group"] == NAMES["log_group"]
        assert app["dependsOn"] == [{"containerName": "ecs-cwagent", "condition": "START"}]
        variable = {"name": "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "value": "http://localhost:4316/v1/traces"}
        assert variable in app["environment"]
        assert {"xray:PutTraceSegments", "logs:CreateLogGroup"} <= allowed(made.boto, NAMES)
        assert statuses(review(made, tmp_path)[1])["xray_tracing_enabled"] == {"PASS"}
        assert tasks(made.play(PLAYBOOK).ok()) == changed
        assert [one["name"] for one in found.definition["containerDefinitions"]] == ["app"]
        assert "xray:PutTraceSegments" not in allowed(made.boto, NAMES)
        unchanged(made)

    @pytest.mark.parametrize("together", rounds(DRIFTS), ids=lambda drifts: "; ".join(one.name for one in drifts))
    def test_drift_is_seen_and_repaired(self, made: LocalStack, together: list[Drift]) -> None:
        for drift in together:
            drift.put_in(made.boto, NAMES)
        expected = {drift.task for drift in together}
        assert expected <= set(tasks(made.play(PLAYBOOK, check=True).ok()))
        assert expected <= set(tasks(made.play(PLAYBOOK).ok()))
        assert [drift.name for drift in together if not drift.repaired(made.boto, NAMES)] == []

    def test_spot_takes_its_share_with_a_new_deployment(self, made: LocalStack) -> None:
        variables = {"ecs_service_spot_percent": 50}
        assert tasks(made.play(PLAYBOOK, extra_vars=variables).ok()) == ["Service"]
        providers = {one["capacityProvider"] for one in Found(made).service["capacityProviderStrategy"]}
        assert providers == {"FARGATE", "FARGATE_SPOT"}
        assert made.play(PLAYBOOK, extra_vars=variables).ok().recap["changed"] == 0


class TestAdopted:
    """The service of the review, as it was found and then hardened."""

    @pytest.fixture(scope="class")
    def adopted(self, stack: LocalStack, server: Server) -> LocalStack:
        stack.control.reset()
        as_reviewed.load(stack.endpoint)
        prepare(stack)
        found = Found(stack)
        before = found.arns
        image = found.container["image"]
        foretold = stack.play(PLAYBOOK, check=True).ok()
        with watched(server) as traffic:
            done = stack.play(PLAYBOOK).ok()
        assert traffic.short_of(found.service["desiredCount"]) == []
        assert tasks(foretold) == tasks(done) == TASKS
        assert (found.arns, found.container["image"]) == (before, image)
        return stack

    def test_a_second_run_changes_nothing(self, adopted: LocalStack) -> None:
        unchanged(adopted)

    def test_the_password_is_gone_and_the_traffic_has_moved(self, adopted: LocalStack) -> None:
        found = Found(adopted)
        assert found.container["environment"] == []
        assert {one["name"] for one in found.container["secrets"]} == {"DB_PASSWORD", "SESSION_KEY"}
        assert found.weights == {"tg": 0, "tg-alternate": 100}
        assert found.targets["tg-alternate"] == found.service["desiredCount"]


class TestAlone:
    """An account in which nothing is."""

    def test_it_says_which_roles_make_what_it_misses(self, stack: LocalStack) -> None:
        stack.control.reset()
        result = stack.play(PLAYBOOK)
        assert result.rc != 0 and result.recap["changed"] == 0
        said = " ".join(result.stdout.split())
        assert all(f"playbooks/roles/{role}.yml" in said for role in ("network", "secrets", "edge"))
