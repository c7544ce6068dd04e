# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.wellarchitected.webapp.plugins.plugin_utils import module_action
from ansible_collections.wellarchitected.webapp.plugins.plugin_utils.module_action import (
    RUN,
    BulkAction,
    ModuleAction,
    spread,
)
from ansible_collections.wellarchitected.webapp.plugins.plugin_utils.module_server import ServerEnded

UNSETTLED = {"webapp_unsettled": True}
ARGUMENTS = {"region": "us-east-1", "size": "3"}


def planned(kinds, run=RUN):
    return {"ansible_facts": {"webapp_planned": {"run": run, "kinds": kinds}}}


class Action(ModuleAction):
    """The action without Ansible around it."""

    def __init__(self, arguments, *, check_mode=False, transport="local", become=None, environment=None, async_val=0):
        self._task = SimpleNamespace(
            args=arguments,
            check_mode=check_mode,
            async_val=async_val,
            action="wellarchitected.webapp.thing",
            get_name=lambda: "a task",
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
def server(monkeypatch):
    """What the server was asked, what it says and what it answers."""
    monkeypatch.setattr(module_action.ActionBase, "run", lambda self, tmp, task_vars: {})
    shown = []
    # Standard output belongs to the callback.
    say = {True: shown.append}
    display = SimpleNamespace(display=lambda text, color, stderr=False: say[stderr](text), warning=shown.append)
    monkeypatch.setattr(module_action, "display", display)
    answer = {"changed": True, "planned": {"thing": {"a": {}}}}
    server = SimpleNamespace(asked=[], shown=shown, answer=answer)

    def ask(module, arguments, check_mode, say):
        server.asked.append((module, arguments, check_mode))
        say("waiting for a thing")
        if isinstance(server.answer, Exception):
            raise server.answer
        return dict(server.answer)

    monkeypatch.setattr(module_action, "ask", ask)
    return server


def test_a_local_task_is_run_by_the_server(server):
    action = Action(ARGUMENTS)
    assert action.run(task_vars={})["changed"]
    assert server.asked == [("thing", {**ARGUMENTS, "planned": {}}, False)] and action.executed is None


def test_what_was_made_is_handed_on_so_that_later_tasks_wait_until_aws_shows_it(server):
    facts = Action(ARGUMENTS).run(task_vars={})["ansible_facts"]
    assert facts == {**planned({"thing": {"a": {}}})["ansible_facts"], **UNSETTLED}


@pytest.mark.parametrize(
    ("answer", "facts"),
    [
        ({"changed": True}, {"webapp_unsettled": True}),
        ({"changed": False, "awaited": ["vpc shop-vpc"]}, {"webapp_unsettled": True}),
        ({"changed": False}, None),
    ],
)
def test_what_was_checked_ahead_is_checked_again_once_something_changes_or_was_not_there(server, answer, facts):
    server.answer = answer
    result = Action(ARGUMENTS).run(task_vars={})
    assert result.get("ansible_facts") == facts and "awaited" not in result


def test_what_is_waited_for_is_shown_with_the_task(server):
    Action(ARGUMENTS).run(task_vars={})
    assert server.shown == ["  a task: waiting for a thing"]


def test_warnings_are_shown_as_ansible_shows_them(server):
    server.answer = {"changed": False, "warnings": ["mind the gap"]}
    assert "warnings" not in Action(ARGUMENTS).run(task_vars={}) and server.shown[-1] == "mind the gap"


def test_check_mode_hands_on_what_would_be_made_beside_what_came_before(server):
    facts = planned({"thing": {"z": {}}, "other": {"o": {}}})
    result = Action(ARGUMENTS, check_mode=True).run(task_vars=facts)
    assert server.asked[0][1]["planned"] == {"thing": {"z": {}}, "other": {"o": {}}}
    made = planned({"thing": {"z": {}, "a": {}}, "other": {"o": {}}})["ansible_facts"]
    assert result["ansible_facts"] == {**made, **UNSETTLED}


def test_what_a_fact_cache_kept_of_another_run_is_not_planned(server):
    Action(ARGUMENTS, check_mode=True).run(task_vars=planned({"thing": {"z": {}}}, run="another"))
    assert server.asked[0][1]["planned"] == {}


def test_a_server_that_ended_fails_the_task_and_says_what_to_do(server):
    server.answer = ServerEnded("no answer came")
    result = Action(ARGUMENTS).run(task_vars={})
    assert result["failed"] and "webapp_module_server=false" in result["msg"]


@pytest.mark.parametrize(
    ("options", "task_vars"),
    [
        ({"transport": "ssh"}, {}),
        ({"become": object()}, {}),
        ({"async_val": 60}, {}),
        ({"environment": {"AWS_PROFILE": "other"}}, {}),
        ({}, {"webapp_module_server": False}),
        ({}, {"webapp_module_server": "no"}),
    ],
)
def test_everything_else_runs_the_ordinary_way_and_hands_on_the_same_facts(server, options, task_vars):
    action = Action(ARGUMENTS, check_mode=True, **options)
    result = action.run(task_vars=task_vars)
    assert action.executed["module_name"] == "wellarchitected.webapp.thing" and not server.asked
    assert result["ansible_facts"] == {**planned({"thing": {"b": {}}})["ansible_facts"], **UNSETTLED}


def test_without_boto3_in_the_controller_the_module_may_have_a_python_that_has_it(server, monkeypatch):
    monkeypatch.setattr(module_action, "HAS_SERVER", False)
    action = Action(ARGUMENTS)
    action.run(task_vars={})
    assert action.executed and not server.asked


def test_defaults_and_a_prefix_are_spread_over_the_items():
    arguments = {
        "region": "us-east-1",
        "groups": ["audit", {"name": "error", "kms_key": None}, {"name": "slow", "days": 30}],
        "defaults": {"days": 7, "kms_key": "logs"},
        "name_prefix": "shop-",
    }
    assert spread(arguments) == {
        "region": "us-east-1",
        "groups": [
            {"name": "shop-audit", "days": 7, "kms_key": "logs"},
            {"name": "shop-error", "days": 7},
            {"name": "shop-slow", "days": 30, "kms_key": "logs"},
        ],
    }
    assert arguments["groups"][0] == "audit", "the task's own arguments stay, as a loop or a retry has them again"


def test_what_validation_is_to_refuse_is_left_to_it():
    given = {"groups": [5, {"days": 1}], "tags": {"a": "b"}, "defaults": None, "name_prefix": "x-"}
    assert spread(given) == {"groups": [5, {"days": 1}], "tags": {"a": "b"}}


def test_a_bulk_module_gets_its_items_whole(server):
    class Bulk(BulkAction, Action):
        """Without Ansible around it."""

    Bulk({"groups": ["a"], "defaults": {"days": 7}}, check_mode=True).run(task_vars={})
    assert server.asked[0][1] == {"groups": [{"name": "a", "days": 7}], "planned": {}}
    failed = Bulk({"groups": ["a"], "defaults": "days"}).run(task_vars={})
    assert failed["failed"] and "defaults is no dictionary" in failed["msg"] and len(server.asked) == 1


def test_other_modules_lists_are_theirs(server):
    Action({"instances": ["a"]}).run(task_vars={})
    assert server.asked[0][1] == {"instances": ["a"], "planned": {}}
