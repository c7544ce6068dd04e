# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Follows docs/architecture.md: each of its examples is taken from the page and run."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.aws import Aws
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.converge import converge
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.session import make_session
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.engine import review
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.parameters import Parameters
from ansible_collections.wellarchitected.webapp.plugins.module_utils._stack.discovery import collect
from botocore.exceptions import ClientError

from tests.playbook_run import ROOT, LocalStack


def example(name: str) -> str:
    """The page's code block of that name."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    blocks = re.findall(rf"^```(?:python|yaml) {name}\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE)
    assert len(blocks) == 1
    return blocks[0]


def defined(name: str) -> dict[str, Any]:
    """What the block defines."""
    found: dict[str, Any] = {}
    exec(compile(example(name), f"docs/architecture.md:{name}", "exec"), found)  # noqa: S102 - our own page
    return found


@pytest.fixture
def aws(stack: LocalStack) -> Aws:
    stack.control.reset()
    return Aws(make_session({}), "us-east-1")


def test_the_example_of_a_resource(stack: LocalStack, aws: Aws) -> None:
    kind, context = defined("resource")["METRIC_FILTER"], Context(aws=aws, strict=True)
    logs = stack.boto("logs")
    logs.create_log_group(logGroupName="/audit")
    wanted = [{"name": "root-use", "log_group": "/audit", "pattern": "root", "metric": "RootUse"}]
    assert converge(Context(aws=aws, check_mode=True), kind, wanted)["changed"]
    assert converge(context, kind, wanted)["changed"]
    assert not converge(context, kind, wanted)["changed"]
    (made,) = logs.describe_metric_filters()["metricFilters"]
    logs.put_metric_filter(
        filterName="root-use",
        logGroupName="/audit",
        filterPattern="drifted",
        metricTransformations=made["metricTransformations"],
    )
    assert converge(context, kind, wanted)["changes"][0]["fields"] == ["pattern"]


def test_the_example_of_a_check(stack: LocalStack, aws: Aws) -> None:
    check = defined("check")["log_group_expires"]
    logs = stack.boto("logs")
    for name in ("/ecs/mywebapp-prod-kept", "/ecs/mywebapp-prod-expiring"):
        logs.create_log_group(logGroupName=name)
    logs.put_retention_policy(logGroupName="/ecs/mywebapp-prod-expiring", retentionInDays=30)
    snapshot = collect(aws, project="mywebapp", environment="prod", gather=["logs.log_groups"])
    findings = review(snapshot, Parameters(), [], date(2026, 2, 18), [check])
    assert {finding.resource.rsplit("-", 1)[-1]: str(finding.status) for finding in findings} == {
        "kept": "FAIL",
        "expiring": "PASS",
    }


def test_the_example_of_a_role(stack: LocalStack, aws: Aws, tmp_path: Path) -> None:
    options = {
        "stack_project": {"type": "str", "required": True},
        "stack_environment": {"type": "str", "required": True},
        "stack_account_id": {"type": "str"},
        "audit_kms_key": {"type": "str", "default": ""},
        "audit_logs": {"type": "list", "elements": "str", "default": ["app"]},
        "audit_retention_days": {"type": "int", "default": 400},
    }
    files = {
        "tasks": example("role"),
        "defaults": json.dumps({name: option["default"] for name, option in options.items() if "default" in option}),
        "meta": json.dumps({"argument_specs": {"main": {"options": options}}}),
    }
    for name, text in files.items():
        file = tmp_path / "roles" / "audit" / name / "main.yml"
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    playbook = tmp_path / "audit.yml"
    play = [{"name": "Audit", "hosts": "all", "gather_facts": False, "roles": ["audit"]}]
    playbook.write_text(json.dumps(play), encoding="utf-8")
    values = ["-e", "audit_logs=app,access", "-e", "audit_retention_days=365"]
    foretold = stack.play(str(playbook), *values, check=True).ok().changed_tasks
    assert foretold == stack.play(str(playbook), *values).ok().changed_tasks == ["audit : Audit logs"]
    assert stack.play(str(playbook), *values).ok().recap["changed"] == 0
    made = stack.boto("logs").describe_log_groups(logGroupNamePrefix="/audit/")["logGroups"]
    assert {one["logGroupName"].rsplit("/", 1)[-1]: one["retentionInDays"] for one in made} == {
        "access": 365,
        "app": 365,
    }
    assert "the role secrets makes it" in stack.play(str(playbook), *values, "-e", "audit_kms_key=none").stdout


def test_the_example_of_an_operation(stack: LocalStack, aws: Aws) -> None:
    defined("operation")
    plan = stack.boto("freetier")
    assert plan.get_account_plan_state()["accountPlanType"] == "FREE"
    assert plan.upgrade_account_plan(accountPlanType="PAID")["accountPlanType"] == "PAID"
    with pytest.raises(ClientError, match="PAID already"):
        plan.upgrade_account_plan(accountPlanType="PAID")
