# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The process that runs the modules of a run: what it keeps from task to task, and when it stops."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.playbook_run import LocalStack

LOG_GROUP = "wellarchitected.webapp.log_group"


def play(stack: LocalStack, folder: Path, *tasks: dict[str, Any], hosts: str = "one", **keywords: Any) -> Any:
    """A playbook of these tasks, run for local hosts whose names are given."""
    playbook = folder / "play.yml"
    python = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    playbook.write_text(
        json.dumps(
            [{"name": "P", "hosts": "all", "gather_facts": False, "vars": python, "tasks": list(tasks), **keywords}]
        )
    )
    region = {"AWS_REGION": "us-east-1"}
    return stack.play(str(playbook), "-i", f"{hosts},", "--limit", hosts, environment=region)


def group_task(**more: Any) -> dict[str, Any]:
    groups = [{"name": "/{{ inventory_hostname }}/a", "retention_in_days": 30}]
    return {"name": "G", LOG_GROUP: {"log_groups": groups}, **more}


@pytest.fixture
def account(stack: LocalStack) -> LocalStack:
    stack.control.reset()
    stack.control.clear_faults()
    stack.control.clear_calls()
    return stack


def groups(stack: LocalStack, region: str = "us-east-1") -> set[str]:
    return {group["logGroupName"] for group in stack.boto("logs", region).describe_log_groups()["logGroups"]}


def test_hosts_at_once_have_their_own_results(account: LocalStack, tmp_path: Path) -> None:
    hosts = [f"host{number}" for number in range(6)]
    result = play(account, tmp_path, group_task(), hosts=",".join(hosts)).ok()
    assert result.recap["changed"] == 6 and groups(account) == {f"/{host}/a" for host in hosts}


def test_a_tasks_environment_is_heeded(account: LocalStack, tmp_path: Path) -> None:
    play(account, tmp_path, group_task(environment={"AWS_REGION": "eu-west-1"})).ok()
    assert groups(account, "eu-west-1") == {"/one/a"} and groups(account) == set()


def test_a_task_that_ran_out_of_time_sends_nothing_more(account: LocalStack, tmp_path: Path) -> None:
    account.control.faults({"kind": "latency", "service": "logs", "seconds": 1.5})
    result = play(account, tmp_path, group_task(timeout=1))
    assert result.rc == 2 and "Timed out after 1 second" in result.stdout
    time.sleep(3)
    assert [call["action"] for call in account.control.calls() if call["action"].startswith("Create")] == []


def test_connections_and_the_account_are_kept_from_task_to_task(account: LocalStack, tmp_path: Path) -> None:
    owner = {
        "name": "O",
        "wellarchitected.webapp.stack_info": {"project": "p", "environment": "e", "gather": ["secrets"]},
    }
    play(account, tmp_path, owner, owner, group_task(), group_task()).ok()
    asked = [call for call in account.control.calls() if call["action"].endswith("GetCallerIdentity")]
    assert len(asked) == 1


def test_defaults_for_one_module_are_for_that_one(account: LocalStack, tmp_path: Path) -> None:
    defaults = {"wellarchitected.webapp.vpc": {"vpcs": [], "tags": {"For": "vpc"}}}
    play(account, tmp_path, group_task(), module_defaults=defaults).ok()
    (made,) = account.boto("logs").describe_log_groups()["logGroups"]
    assert account.boto("logs").list_tags_for_resource(resourceArn=made["logGroupArn"])["tags"] == {}
