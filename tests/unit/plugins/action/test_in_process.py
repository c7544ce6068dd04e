# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest
from ansible_collections.wellarchitected.webapp.plugins.action import in_process
from ansible_collections.wellarchitected.webapp.plugins.action.in_process import ActionModule
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal

SPEC = {
    "region": {"type": "str"},
    "planned": {"type": "dict", "default": {}},
    "size": {"type": "int", "required": True},
    "token": {"type": "str", "no_log": True},
}


class Action(ActionModule):
    """The action without Ansible around it."""

    def __init__(self, arguments, *, check_mode=False, transport="local", become=None, environment=None):
        self._task = SimpleNamespace(
            args=arguments,
            check_mode=check_mode,
            async_val=0,
            action="wellarchitected.webapp.thing",
            get_name=lambda: "a task",
            environment=None,
        )
        self._connection = SimpleNamespace(transport=transport, become=become)
        self._environment = environment or {}
        self.executed = None

    def _compute_environment_string(self, raw_environment_out=None):
        raw_environment_out.update(self._environment)

    def _execute_module(self, **call):
        self.executed = call
        return {"changed": True, "planned": {"thing": {"b": {}}}}


@pytest.fixture(autouse=True)
def module(monkeypatch):
    monkeypatch.setattr(in_process.ActionBase, "run", lambda self, tmp, task_vars: {})
    calls = []

    def run(context, params):
        calls.append((context, params, dict(os.environ)))
        return {"changed": True, "size": params["size"], "planned": {"thing": {"a": {}}}, "token": params["token"]}

    monkeypatch.setattr(in_process, "import_module", lambda name: SimpleNamespace(ARGUMENT_SPEC=SPEC, run=run))
    return SimpleNamespace(calls=calls)


ARGUMENTS = {"region": "us-east-1", "size": "3"}


def test_a_local_task_runs_here_with_validated_options(module):
    result = Action(ARGUMENTS).run(task_vars={})
    assert result["size"] == 3 and result["api_calls"] == []
    assert "planned" not in result and "ansible_facts" not in result


def test_check_mode_hands_on_what_would_be_made_beside_what_came_before():
    facts = {"ansible_facts": {"webapp_planned": {"thing": {"z": {}}, "other": {"o": {}}}}}
    result = Action(ARGUMENTS, check_mode=True).run(task_vars=facts)
    assert result["ansible_facts"] == {"webapp_planned": {"thing": {"z": {}, "a": {}}, "other": {"o": {}}}}


def test_bad_options_are_said_and_nothing_runs(module):
    result = Action({"region": "us-east-1", "size": "many"}).run(task_vars={})
    assert result["failed"] and "size" in result["msg"] and not module.calls


def test_a_secret_option_is_masked_everywhere():
    result = Action({**ARGUMENTS, "token": "hunter2hunter2"}).run(task_vars={})
    assert "hunter2" not in str(result)


def test_an_error_of_ours_is_a_message_and_no_traceback(module, monkeypatch):
    def refuse(context, params):
        raise Refusal("no such thing")

    monkeypatch.setattr(in_process, "import_module", lambda name: SimpleNamespace(ARGUMENT_SPEC=SPEC, run=refuse))
    assert Action(ARGUMENTS).run(task_vars={})["msg"] == "Nothing was changed: no such thing"


def test_an_unknown_region_is_refused(module):
    result = Action({**ARGUMENTS, "region": "us-nowhere-1"}).run(task_vars={})
    assert "us-nowhere-1" in result["msg"] and not module.calls


def test_the_environment_keyword_holds_for_the_task_only(module):
    Action(ARGUMENTS, environment={"WEBAPP_TEST_VALUE": "x"}).run(task_vars={})
    assert module.calls[0][2]["WEBAPP_TEST_VALUE"] == "x" and "WEBAPP_TEST_VALUE" not in os.environ


@pytest.mark.parametrize(
    ("options", "task_vars"),
    [
        ({"transport": "ssh"}, {}),
        ({"become": object()}, {}),
        ({}, {"webapp_in_process": False}),
        ({}, {"webapp_in_process": "no"}),
    ],
)
def test_everything_else_runs_the_ordinary_way_and_hands_on_the_same_facts(module, options, task_vars):
    action = Action(ARGUMENTS, check_mode=True, **options)
    result = action.run(task_vars=task_vars)
    assert action.executed["module_name"] == "wellarchitected.webapp.thing" and not module.calls
    assert result["ansible_facts"] == {"webapp_planned": {"thing": {"b": {}}}}
