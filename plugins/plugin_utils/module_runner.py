# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Runs this collection's modules one after another, or several at once, and keeps their connections in between."""

from __future__ import annotations

import json
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError

from ..module_utils._engine.aws import Aws
from ..module_utils._engine.errors import WebappError
from ..module_utils._engine.module import connection_spec, failure, finished, make_aws, make_context

MODULES = "ansible_collections.wellarchitected.webapp.plugins.modules"


class ModuleRunner:
    """Accounts that tasks have used are lent to later tasks with the same connection options, to one at a time."""

    def __init__(self) -> None:
        self._idle: dict[str, list[Aws]] = {}
        self._lock = threading.Lock()
        self._connection_options = tuple(connection_spec())

    def run(
        self,
        module: str,
        arguments: Mapping[str, Any],
        check_mode: bool,
        say: Callable[[str], None],
        wanted: Callable[[], bool],
    ) -> dict[str, Any]:
        """Validate the options and run the module. The result is what exit_json or fail_json would give.

        module: its short name; arguments: the options as the task gives them; wanted: see Aws.serve.
        """
        secrets: set[str] = set()
        try:
            code = import_module(f"{MODULES}.{module}")
            validator = ArgumentSpecValidator(code.ARGUMENT_SPEC, **getattr(code, "MODULE_OPTIONS", {}))
            validated = validator.validate(dict(arguments))
            secrets = validated._no_log_values
            if validated.error_messages:
                result = {"failed": True, "msg": _all_said(module, validated.errors)}
            else:
                params = validated.validated_parameters
                shown = {key: value for key, value in params.items() if key != "planned"}
                result = self._run(code.run, params, check_mode, say, wanted)
                result["invocation"] = {"module_args": shown}
            return remove_values(result, secrets)
        except Exception as error:  # noqa: BLE001 a bug ends its task, not the server
            bug = {"failed": True, "msg": f"{type(error).__name__}: {error}", "exception": traceback.format_exc()}
            return remove_values(bug, secrets)

    def _run(
        self,
        run: Callable[..., dict[str, Any]],
        params: Mapping[str, Any],
        check_mode: bool,
        say: Callable[[str], None],
        wanted: Callable[[], bool],
    ) -> dict[str, Any]:
        context = None
        try:
            aws = self._lend(params)
            aws.serve(wanted)
            context = make_context(aws, params, check_mode, say)
            result = finished(context, run(context, params))
        except WebappError as error:
            return {"failed": True, "msg": failure(error, context)}
        # Not after an error, which may come from credentials that have run out.
        self._give_back(params, aws)
        return result

    def _lend(self, params: Mapping[str, Any]) -> Aws:
        with self._lock:
            idle = self._idle.get(self._key(params))
            aws = idle.pop() if idle else None
        return aws or make_aws(params)

    def _give_back(self, params: Mapping[str, Any], aws: Aws) -> None:
        with self._lock:
            self._idle.setdefault(self._key(params), []).append(aws)

    def _key(self, params: Mapping[str, Any]) -> str:
        return json.dumps([params.get(name) for name in self._connection_options])


def _all_said(module: str, errors: Iterable[Exception]) -> str:
    """What is wrong with the options, as AnsibleModule says it."""
    unsupported = f"Unsupported parameters for ({module}) module: "
    return "; ".join(f"{unsupported if isinstance(error, UnsupportedError) else ''}{error}" for error in errors)
