# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""site.yml from an empty account: what it foretells, what it does, and that it then has nothing left to do.

The tests of this file follow one another on one account.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.ecs_service.test_ecs_service_role import CLUSTER, SERVICE, Found, deploy_image
from tests.integration.site.test_review import LEFT, left_of_the_application, review, statuses
from tests.playbook_run import LocalStack, PlaybookResult
from tests.writes import writes

WITHOUT_PROCESS = {"webapp_module_server": False}


@pytest.fixture(scope="module")
def foretold(stack: LocalStack) -> PlaybookResult:
    stack.control.clear_calls()
    result = stack.play("site.yml", check=True).ok()
    assert writes(stack.control) == []
    return result


@pytest.fixture(scope="module")
def converged(stack: LocalStack, foretold: PlaybookResult) -> PlaybookResult:
    return stack.play("site.yml").ok()


@pytest.mark.parametrize("role", ["network", "cache", "aurora", "ecs_service", "edge"])
def test_a_role_alone_names_the_roles_that_make_what_it_misses(stack: LocalStack, role: str) -> None:
    stack.control.clear_calls()
    result = stack.play(f"playbooks/roles/{role}.yml")
    assert result.rc == 2
    assert "the role secrets makes it" in result.stdout and "Nothing was changed" in result.stdout
    assert role in ("network", "edge") or "the role network makes it" in result.stdout
    assert (role == "edge") is ("the role ecs_service makes it" in result.stdout)
    assert writes(stack.control) == []


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"stack_project": "MyWebApp"}, "aurora_cluster_name is MyWebApp-prod-aurora"),
        ({"stack_project": "my_app"}, "aurora_cluster_name is my_app-prod-aurora"),
        ({"stack_project": "3dshop"}, "aurora_cluster_name is 3dshop-prod-aurora"),
        ({"stack_project": "shop-"}, "aurora_cluster_name is shop--prod-aurora"),
        ({"aurora_instance_class": "db.r6g.enormous"}, "db.r6g.enormous"),
        ({"aurora_log_retention_days": 42}, "aurora_log_retention_days is 42"),
        ({"aurora_readers_min": 4}, "min_capacity 4 is more than max_capacity 3"),
        ({"aurora_master_secret": "arn:aws:secretsmanager:us-east-1:123456789012:secret:nobody-a1b2c3"}, "nobody"),
        ({"network_vpc_cidr": "10.0.0.0/33"}, "network_vpc_cidr 10.0.0.0/33"),
        ({"network_availability_zones": ["us-east-1y", "us-east-1z"]}, "zone us-east-1y is none of region"),
        ({"secrets_parameters": [{"name": "a b", "value": "c"}]}, "ssm_parameter a b"),
        ({"secrets_kms_rotation_days": 30}, "KMS takes 90 to 2560"),
        ({"ecs_service_cpu": 2048, "ecs_service_memory": 256}, "2048 CPU units with 256 MiB"),
        ({"edge_hosted_zone_create": False}, "hosted_zone mywebapp.example.com does not exist"),
    ],
)
def test_what_any_role_refuses_is_refused_before_the_first_changes_anything(
    stack: LocalStack, values: dict[str, Any], message: str
) -> None:
    stack.control.clear_calls()
    result = stack.play("site.yml", extra_vars=values)
    assert result.rc == 2 and message in " ".join(result.stdout.split())
    assert writes(stack.control) == []


def test_one_stack_that_is_refused_stops_the_others(stack: LocalStack, tmp_path: Path) -> None:
    local = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    second = {**local, "stack_region": "us-west-2", "stack_dr_region": "us-east-1", "aurora_port": 80}
    inventory = tmp_path / "second.yml"
    inventory.write_text(json.dumps({"all": {"hosts": {"mywebapp-dr": second}}}), encoding="utf-8")
    stack.control.clear_calls()
    result = stack.play("site.yml", "-i", str(inventory))
    assert result.rc == 2 and "aurora_port is 80" in result.stdout
    assert writes(stack.control) == []
    assert stack.play("site.yml", "-i", str(inventory), "--limit", "mywebapp-prod", check=True).rc == 0


def test_tags_and_limits_take_only_what_they_name(stack: LocalStack) -> None:
    """The check of one role has the tags of that role."""
    wrong = {"aurora_port": 80}
    assert stack.play("site.yml", "--tags", "secrets", check=True, extra_vars=wrong).rc == 0
    refused = stack.play("site.yml", "--tags", "secrets,aurora_cluster", extra_vars=wrong)
    assert refused.rc == 2 and "aurora_port is 80" in refused.stdout and refused.recap["changed"] == 0


def test_a_start_at_a_task_says_how_to_start_later(stack: LocalStack) -> None:
    result = stack.play("playbooks/roles/network.yml", "--start-at-task", "VPC")
    assert result.rc == 2 and "start later by --tags, not by --start-at-task" in " ".join(result.stdout.split())


def test_what_check_mode_says_in_a_process_of_its_own_is_the_same(stack: LocalStack, foretold: PlaybookResult) -> None:
    tags = ("--tags", "secrets,network")
    alone = stack.play("site.yml", *tags, check=True, extra_vars=WITHOUT_PROCESS).ok().changed_tasks
    assert alone == [task for task in foretold.changed_tasks if ".secrets :" in task or ".network :" in task]
    assert len(alone) >= 10


def test_the_tasks_that_check_mode_lists_are_those_that_the_run_changes(
    foretold: PlaybookResult, converged: PlaybookResult
) -> None:
    assert foretold.changed_tasks == converged.changed_tasks
    assert len(converged.changed_tasks) >= 20


def test_a_second_run_changes_nothing(stack: LocalStack, converged: PlaybookResult) -> None:
    stack.control.clear_calls()
    assert stack.play("site.yml").ok().recap["changed"] == 0
    assert writes(stack.control) == []


def test_check_mode_on_a_converged_stack_lists_nothing(stack: LocalStack, converged: PlaybookResult) -> None:
    assert stack.play("site.yml", check=True).ok().recap["changed"] == 0


def test_what_others_do_to_the_service_meanwhile_is_left_to_them(stack: LocalStack, converged: PlaybookResult) -> None:
    """The autoscaler's count, the pipeline's image, and the weights of a deployment that is under way, or has ended."""
    found = Found(stack)
    found.ecs.update_service(cluster=CLUSTER, service=SERVICE, desiredCount=7)
    served = found.weights
    stack.control.settings(transition_seconds=600)
    deploy_image(stack, "app:2")
    amid, revision = found.weights, found.service["taskDefinition"]
    assert stack.play("site.yml").ok().recap["changed"] == 0
    assert (found.weights, found.service["taskDefinition"]) == (amid, revision)
    stack.control.settings(transition_seconds=0)
    arn = found.service["currentServiceDeployment"]
    found.ecs.stop_service_deployment(serviceDeploymentArn=arn, stopType="ROLLBACK")
    deploy_image(stack, "app:3")
    assert found.weights == {name: 100 - share for name, share in served.items()}
    assert stack.play("site.yml").ok().recap["changed"] == 0
    assert found.weights == {name: 100 - share for name, share in served.items()}
    assert (found.service["desiredCount"], found.container["image"]) == (7, "app:3")


def test_a_process_for_each_task_finds_nothing_to_change_either(stack: LocalStack, converged: PlaybookResult) -> None:
    assert stack.play("site.yml", "--tags", "aurora", extra_vars=WITHOUT_PROCESS).ok().recap["changed"] == 0


@pytest.mark.parametrize("role", ["secrets", "network", "cache", "aurora", "ecs_service", "edge", "delivery"])
def test_a_role_alone_has_nothing_to_do_on_a_stack_that_another_run_made(
    stack: LocalStack, converged: PlaybookResult, role: str
) -> None:
    assert stack.play(f"playbooks/roles/{role}.yml").ok().recap["changed"] == 0


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"stack_account_id": "999999999999"}, "these credentials are of account 123456789012"),
        ({"stack_region": "us-nowhere-1"}, "region us-nowhere-1 is not known"),
    ],
)
def test_the_wrong_place_is_refused_before_anything_is_changed(
    stack: LocalStack, converged: PlaybookResult, values: dict[str, str], message: str
) -> None:
    stack.control.clear_calls()
    result = stack.play("site.yml", extra_vars=values)
    assert result.rc == 2 and message in " ".join(result.stdout.split())
    assert writes(stack.control) == []


def test_a_role_of_the_stack_is_assumed_for_every_call(
    stack: LocalStack, converged: PlaybookResult, tmp_path: Path
) -> None:
    trust = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "sts:AssumeRole"}
    bound = {**trust, "Condition": {"StringEquals": {"sts:ExternalId": "agreed"}}}
    document = json.dumps({"Version": "2012-10-17", "Statement": [bound]})
    role = stack.boto("iam").create_role(RoleName="deployer", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    values, home = {"stack_role_arn": role, "stack_external_id": "agreed"}, {"HOME": str(tmp_path)}
    stack.control.clear_calls()
    assert stack.play("playbooks/roles/secrets.yml", extra_vars=values, environment=home).ok().recap["changed"] == 0
    assert [call["action"] for call in stack.control.calls("sts")].count("AssumeRole") == 1
    refused = stack.play("playbooks/roles/secrets.yml", extra_vars={**values, "stack_external_id": "other"})
    assert refused.rc == 2 and "sts:AssumeRole" in refused.stdout


def test_the_review_of_a_new_application_finds_nothing_but_choices(
    stack: LocalStack, converged: PlaybookResult, tmp_path: Path
) -> None:
    assert left_of_the_application(statuses(review(stack, tmp_path)[1])) == LEFT.keys()


def test_no_secret_shows_in_any_output(stack: LocalStack, converged: PlaybookResult) -> None:
    held = [secret for secret in stack.control.secrets() if len(secret) > 7]
    assert held
    shown = stack.play("site.yml", "-vvv", "--diff").stdout
    assert [secret for secret in held if secret in shown] == []
