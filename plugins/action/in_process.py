# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Runs this collection's modules inside the controller's worker where the task is local.

meta/runtime.yml redirects every module's action to this file. The linear strategy loads it once in the
parent process, so what is imported and preloaded at its top is there for every worker that is forked.
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.aws import HAS_BOTOCORE, preload
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import WebappError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.module import (
    HAS_AMAZON_AWS,
    finished,
    make_context,
)

PLANNED = "webapp_planned"
MODULES = "ansible_collections.wellarchitected.webapp.plugins.modules"

display = Display()

# Imports every check of the review; a play runs it once.
LAZY = frozenset({"wa_review"})

if HAS_BOTOCORE and HAS_AMAZON_AWS:
    preload()
    # Ansible compiles a collection's files anew in each process that imports them.
    for found in sorted((Path(__file__).parent.parent / "modules").glob("*.py")):
        if found.stem not in LAZY:
            import_module(f"{MODULES}.{found.stem}")
    # Else each worker's collector writes to, and so copies, the pages that it shares with the parent.
    gc.freeze()


class ActionModule(ActionBase):
    """One class for every module; the task's action says which."""

    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        super().run(tmp, task_vars)
        task_vars = task_vars or {}
        planned = _facts(task_vars).get(PLANNED) or {}
        arguments = {**self._task.args, "planned": planned} if self._task.check_mode else dict(self._task.args)
        if self._is_plainly_local(task_vars):
            result = self._run_here(arguments)
        else:
            result = self._execute_module(
                module_name=self._task.action,
                module_args=arguments,
                task_vars=task_vars,
                wrap_async=self._task.async_val,
            )
        made = result.pop("planned", None)
        if self._task.check_mode and made:
            result.setdefault("ansible_facts", {})[PLANNED] = _merged(planned, made)
        return result

    def _is_plainly_local(self, task_vars: Mapping[str, Any]) -> bool:
        """The task runs as this user on this machine; webapp_in_process: false asks for a process of its own."""
        return (
            HAS_BOTOCORE
            and HAS_AMAZON_AWS
            and self._connection.transport == "local"
            and not self._connection.become
            and not self._task.async_val
            and boolean(task_vars.get("webapp_in_process", True), strict=False)
        )

    def _run_here(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        module = import_module(f"{MODULES}.{self._task.action.rsplit('.', 1)[-1]}")
        validator = ArgumentSpecValidator(module.ARGUMENT_SPEC, **getattr(module, "MODULE_OPTIONS", {}))
        environment: dict[str, str] = {}
        self._compute_environment_string(environment)
        with _environment(environment):
            # Round trip: what templating tags with its origin is plain data again.
            validated = validator.validate(json.loads(json.dumps(arguments)))
            secrets = validated._no_log_values
            if validated.error_messages:
                return remove_values({"failed": True, "msg": "; ".join(validated.error_messages)}, secrets)
            params = validated.validated_parameters
            try:
                context = make_context(params, self._task.check_mode, say=self._say)
                result = finished(context, module.run(context, params))
            except WebappError as error:
                result = {"failed": True, "msg": str(error)}
        for warning in result.pop("warnings", []):
            display.warning(warning)
        shown = {key: value for key, value in params.items() if key != "planned"}
        return remove_values({**result, "invocation": {"module_args": shown}}, secrets)

    def _say(self, message: str) -> None:
        """A line on the terminal at once, which a process of its own could not give."""
        display.display(f"  {self._task.get_name()}: {message}", color="bright gray")


def _facts(task_vars: Mapping[str, Any]) -> Mapping[str, Any]:
    return task_vars.get("ansible_facts") or {}


def _merged(planned: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {*planned, *made}
    return {kind: {**planned.get(kind, {}), **made.get(kind, {})} for kind in sorted(kinds)}


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """The task's environment keyword, as a process of its own would see it."""
    before = dict(os.environ)
    os.environ.update({key: str(value) for key, value in values.items()})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
