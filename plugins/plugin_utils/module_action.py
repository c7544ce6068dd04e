# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The action of every module: has it run by the module server where the task is local.

plugins/action/ has one file for each module, named like it, as Ansible looks for actions; each takes its class from
here. The linear and the free strategy load a task's action in the parent process, so that the server that is started
here is there for every worker that is forked afterwards.
"""

from __future__ import annotations

import gc
import sys
import uuid
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.plugins.loader import filter_loader, test_loader
from ansible.utils.display import Display

from ..module_utils._engine.spread import spread_item
from .module_server import ServerEnded, ask, start

PLANNED = "webapp_planned"
# Set by the play that checks all roles before the first one runs, and by nobody else.
AHEAD = "webapp_ahead"
# What was checked ahead is checked again by the role: something has changed since, or was not there.
UNSETTLED = "webapp_unsettled"
# Tells what this run has made from those that a fact cache has kept of another run.
RUN = uuid.uuid4().hex

display = Display()


def _installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _can_serve() -> bool:
    """Whether the server runs. A module in a process of its own says what is missing, or has a Python that has it."""
    # botocore asks for the system's proxies, which a forked process must not on macOS: ansible/ansible#87125.
    if sys.platform == "darwin" or not (_installed("botocore") and _installed("ansible_collections.amazon.aws")):
        return False
    try:
        start()
    except OSError as error:
        display.warning(f"the module server does not start ({error}); each task has a process of its own")
        return False
    return True


HAS_SERVER = _can_serve()
# Else each worker whose templates use a filter or a test finds and compiles all of them anew.
for loader in (filter_loader, test_loader):
    list(loader.all())
# Else each worker's collector goes through all that Ansible has loaded, and so copies the pages it shares with it.
gc.freeze()


class ModuleAction(ActionBase):
    """The task's action says which module."""

    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        super().run(tmp, task_vars)
        task_vars = task_vars or {}
        planned = _planned(task_vars)
        try:
            arguments = self._arguments()
        except ValueError as error:
            return {"failed": True, "msg": str(error)}
        arguments["planned"] = planned
        if self._is_plainly_local(task_vars):
            result = self._ask_server(arguments)
        else:
            result = self._execute_module(
                module_name=self._task.action,
                module_args=arguments,
                task_vars=task_vars,
                wrap_async=self._task.async_val,
            )
        facts: dict[str, Any] = {}
        made = result.pop("planned", None)
        if made:
            facts[PLANNED] = {"run": RUN, "kinds": _merged(planned, made)}
        if result.pop("awaited", None) or result.get("changed"):
            facts[UNSETTLED] = True
        if facts:
            result.setdefault("ansible_facts", {}).update(facts)
        return result

    def _arguments(self) -> dict[str, Any]:
        """What the module is given. Errors: ValueError."""
        return dict(self._task.args)

    def _is_plainly_local(self, task_vars: Mapping[str, Any]) -> bool:
        """The task runs as this user, on this machine, in the environment that ansible-playbook was started in."""
        environment: dict[str, str] = {}
        self._compute_environment_string(environment)
        return (
            HAS_SERVER
            and self._connection.transport == "local"
            and not self._connection.become
            and not self._task.async_val
            and not environment
            and boolean(task_vars.get("webapp_module_server", True), strict=False)
        )

    def _ask_server(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        module = self._task.action.rsplit(".", 1)[-1]
        try:
            result = ask(module, arguments, self._task.check_mode, self._say)
        except ServerEnded as error:
            advice = "run again, with webapp_module_server=false if it ends once more"
            return {"failed": True, "msg": f"the module server ended while {module} ran ({error}); {advice}"}
        for warning in result.pop("warnings", []):
            display.warning(warning)
        return result

    def _say(self, message: str) -> None:
        """A line on the terminal at once, which a process of its own could not give.

        It goes where warnings go: standard output is the callback's, and that may write JSON.
        """
        display.display(f"  {self._task.get_name()}: {message}", color="bright gray", stderr=True)


class BulkAction(ModuleAction):
    """The action of a module for one list of things, which share the options defaults and name_prefix."""

    def _arguments(self) -> dict[str, Any]:
        return spread(super()._arguments())


def spread(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with defaults under each item of a list, and name_prefix before its name; text is a name.

    An item's own value wins, also null, which is as if neither had the option. Errors: ValueError.
    """
    defaults, prefix = arguments.get("defaults"), arguments.get("name_prefix")
    if not isinstance(defaults, Mapping | None):
        raise ValueError("defaults is no dictionary; give options of the items, {option: value, ...}")
    return {
        name: [spread_item(one, defaults or {}, prefix) for one in value] if isinstance(value, list) else value
        for name, value in arguments.items()
        if name not in ("defaults", "name_prefix")
    }


def _planned(task_vars: Mapping[str, Any]) -> Mapping[str, Any]:
    """What earlier tasks of this run have made, or in check mode would have, by kind and name: see names.Planned."""
    if boolean(task_vars.get(AHEAD, False), strict=False):
        return {"ahead": {}}
    fact = (task_vars.get("ansible_facts") or {}).get(PLANNED) or {}
    return fact.get("kinds", {}) if fact.get("run") == RUN else {}


def _merged(planned: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {*planned, *made}
    return {kind: {**planned.get(kind, {}), **made.get(kind, {})} for kind in sorted(kinds)}
