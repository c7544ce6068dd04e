# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the items of a task share, as ansible-playbook hands it to the modules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.playbook_run import LocalStack, PlaybookResult

GROUPS = {
    "log_groups": ["audit", {"name": "error", "retention_in_days": 30}, {"name": "kept", "retention_in_days": None}],
    "defaults": {"retention_in_days": 7},
    "name_prefix": "/shop/{{ stack_environment }}/",
    "region": "us-east-1",
}


def play(stack: LocalStack, folder: Path, module: str, options: dict[str, Any], **how: Any) -> PlaybookResult:
    task = {"name": "Things", f"wellarchitected.webapp.{module}": options}
    playbook = folder / "bulk.yml"
    content = [{"name": "Bulk", "hosts": "all", "gather_facts": False, "tasks": [task]}]
    playbook.write_text(json.dumps(content), encoding="utf-8")
    return stack.play(str(playbook), **how)


@pytest.mark.parametrize("served", [True, False], ids=["module server", "own process"])
def test_items_take_the_defaults_and_the_prefix(stack: LocalStack, tmp_path: Path, served: bool) -> None:
    stack.control.reset()
    how = {"extra_vars": {"webapp_module_server": served}}
    assert play(stack, tmp_path, "log_group", GROUPS, check=True, **how).ok().changed_tasks == ["Things"]
    assert play(stack, tmp_path, "log_group", GROUPS, **how).ok().changed_tasks == ["Things"]
    found = stack.boto("logs").describe_log_groups()["logGroups"]
    assert {group["logGroupName"]: group.get("retentionInDays") for group in found} == {
        "/shop/prod/audit": 7,
        "/shop/prod/error": 30,
        "/shop/prod/kept": None,
    }
    assert play(stack, tmp_path, "log_group", GROUPS, **how).ok().recap["changed"] == 0


def test_what_an_item_needs_may_come_from_the_defaults(stack: LocalStack, tmp_path: Path) -> None:
    stack.control.reset()
    vpcs = {"vpcs": ["one", {"name": "two", "cidr_block": "10.1.0.0/16"}], "region": "us-east-1"}
    refused = play(stack, tmp_path, "vpc", vpcs)
    assert refused.rc != 0
    assert "vpcs[0] (one) has no cidr_block; give it one, or all of them by defaults" in refused.stdout
    play(stack, tmp_path, "vpc", {**vpcs, "defaults": {"cidr_block": "10.2.0.0/16"}, "wait_timeout": 60}).ok()
    made = {vpc["CidrBlock"] for vpc in stack.boto("ec2").describe_vpcs()["Vpcs"] if not vpc["IsDefault"]}
    assert made == {"10.1.0.0/16", "10.2.0.0/16"}


def test_an_option_that_items_do_not_have_is_refused(stack: LocalStack, tmp_path: Path) -> None:
    refused = play(stack, tmp_path, "log_group", {**GROUPS, "defaults": {"retention": 7}})
    assert refused.rc != 0 and "log_groups.retention" in refused.stdout
