# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.module import connection_spec
from ansible_collections.wellarchitected.webapp.plugins.plugin_utils import module_runner
from ansible_collections.wellarchitected.webapp.plugins.plugin_utils.module_runner import ModuleRunner

SPEC = {
    "region": {"type": "str"},
    "planned": {"type": "dict", "default": {}},
    "size": {"type": "int", "required": True},
    "token": {"type": "str", "no_log": True},
}
ARGUMENTS = {"region": "us-east-1", "size": "3"}


@pytest.fixture
def module(monkeypatch):
    """A module in the place of ours, whose run() may be replaced."""
    fake = SimpleNamespace(
        ARGUMENT_SPEC=SPEC, run=lambda context, params: {"changed": True, "size": params["size"], "t": params["token"]}
    )
    real = module_runner.import_module
    monkeypatch.setattr(module_runner, "import_module", lambda name: fake if name.endswith(".thing") else real(name))
    return fake


def result_of(arguments, runner=None):
    return (runner or ModuleRunner()).run("thing", arguments, False, say=lambda text: None, wanted=lambda: True)


def test_options_are_validated(module):
    result = result_of(ARGUMENTS)
    assert result["size"] == 3 and result["api_calls"] == [] and not result.get("failed")


def test_bad_options_are_said_and_nothing_runs(module):
    module.run = None
    result = result_of({"region": "us-east-1", "size": "many"})
    assert result["failed"] and "size" in result["msg"]


def test_an_option_that_is_not_there_is_said_as_ansible_says_it(module):
    message = result_of({**ARGUMENTS, "colour": "red"})["msg"]
    assert message.startswith("Unsupported parameters for (thing) module: colour")


def test_a_secret_option_is_masked_everywhere(module):
    assert "hunter2" not in str(result_of({**ARGUMENTS, "token": "hunter2hunter2"}))


def test_what_was_planned_is_not_shown_with_the_options(module):
    shown = result_of({**ARGUMENTS, "planned": {"thing": {}}})["invocation"]["module_args"]
    assert "planned" not in shown and shown["size"] == 3


def test_an_error_of_ours_is_a_message_and_no_traceback(module):
    def refuse(context, params):
        raise Refusal("no such thing")

    module.run = refuse
    result = result_of(ARGUMENTS)
    assert result["msg"] == "Nothing was changed: no such thing" and "exception" not in result


def test_a_bug_is_a_failed_task_with_its_traceback_and_without_secrets(module):
    def broken(context, params):
        raise KeyError(params["token"])

    module.run = broken
    result = result_of({**ARGUMENTS, "token": "hunter2hunter2"})
    assert result["failed"] and "KeyError" in result["msg"] and "in broken" in result["exception"]
    assert "hunter2" not in str(result)


def test_an_unknown_region_is_refused(module):
    assert "us-nowhere-1" in result_of({**ARGUMENTS, "region": "us-nowhere-1"})["msg"]


def test_a_connection_is_used_again_for_the_same_options_only(module):
    seen, runner = [], ModuleRunner()
    module.run = lambda context, params: seen.append(context.aws) or {}
    for region in ("us-east-1", "us-east-1", "eu-west-1"):
        result_of({**ARGUMENTS, "region": region}, runner)
    assert seen[0] is seen[1] and seen[2] is not seen[0] and seen[2].region == "eu-west-1"


def test_each_task_has_its_own_list_of_calls(module):
    runner = ModuleRunner()
    module.run = lambda context, params: context.aws.calls.append("ec2:DescribeVpcs") or {}
    assert [result_of(ARGUMENTS, runner)["api_calls"] for _unused in range(2)] == [["ec2:DescribeVpcs"]] * 2


def test_a_connection_that_saw_an_error_is_not_used_again(module):
    seen, runner = [], ModuleRunner()

    def fails(context, params):
        seen.append(context.aws)
        raise Refusal("no")

    module.run = fails
    for _unused in range(2):
        result_of(ARGUMENTS, runner)
    assert seen[0] is not seen[1]


def test_two_tasks_at_once_have_a_connection_each(module):
    runner, both = ModuleRunner(), threading.Barrier(2, timeout=10)
    seen = []

    def meets(context, params):
        seen.append(context.aws)
        both.wait()
        return {}

    module.run = meets
    threads = [threading.Thread(target=result_of, args=(ARGUMENTS, runner)) for _unused in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(seen) == 2 and seen[0] is not seen[1]


def test_nothing_is_sent_to_aws_for_a_task_that_nobody_waits_for(module):
    def works_on(context, params):
        context.aws.session.set_credentials("AKIAEXAMPLE", "example")
        return context.aws.call("sts", "get_caller_identity")

    module.run = works_on
    result = ModuleRunner().run("thing", ARGUMENTS, False, say=lambda text: None, wanted=lambda: False)
    assert result["failed"] and "nothing more is sent" in result["msg"]


@pytest.mark.parametrize("option", sorted(connection_spec()))
def test_every_option_of_credentials_and_addresses_has_connections_of_its_own(option):
    runner = ModuleRunner()
    assert runner._key({option: "a"}) != runner._key({option: "b"}) != runner._key({})
