# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What every module of this collection shares: connection options, and main() around run()."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible.module_utils.basic import AnsibleModule, env_fallback, missing_required_lib

from .aws import Aws
from .context import Context
from .errors import AwsError, Refusal, WebappError
from .session import HAS_BOTOCORE, client_options, make_session

try:
    from ansible_collections.amazon.aws.plugins.module_utils.modules import aws_argument_spec

    HAS_AMAZON_AWS = True
except ImportError:
    HAS_AMAZON_AWS = False

Run = Callable[[Context, Mapping[str, Any]], dict[str, Any]]

TAGS = {"tags": {"type": "dict", "aliases": ["resource_tags"]}, "purge_tags": {"type": "bool", "default": True}}
WAIT = {"begin": {"type": "bool", "default": False}, "wait_timeout": {"type": "int"}}


def aws_spec(**own: Any) -> dict[str, Any]:
    """A module's argument spec: amazon.aws's connection options, the assumed role, the planned facts, its own."""
    return {**connection_spec(), "planned": {"type": "dict", "default": {}}, **own}


def bulk(**lists: Mapping[str, Any]) -> dict[str, Any]:
    """The spec of a module for one list of things: the list by its option's name and the options of an item.

    defaults and name_prefix are the action's, see plugin_utils/module_action.py; an item option that may come from
    defaults cannot be required here, so items() holds the items to it.
    """
    spec = {
        name: {"type": "list", "elements": "dict", "required": True, "no_log": False, "options": dict(options)}
        for name, options in lists.items()
    }
    return {**spec, "defaults": {"type": "dict"}, "name_prefix": {"type": "str"}, **WAIT}


def items(params: Mapping[str, Any], name: str, needs: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The items of a bulk module, of which each has what it needs. Errors: Refusal, with all that is not there."""
    given: list[dict[str, Any]] = params[name]
    reasons = [
        f"{name}[{position}] ({item['name']}) has no {need}; give it one, or all of them by defaults"
        for position, item in enumerate(given)
        for need in needs
        if item.get(need) is None
    ]
    if reasons:
        raise Refusal(reasons)
    return given


# botocore reads these from the environment by itself, and in its own order: here they are what the task gives.
_CREDENTIALS = ("access_key", "secret_key", "session_token", "profile")
_ROLE = {"arn": "str", "external_id": "str", "session_name": "str", "duration": "int", "sts_region": "str"}


def connection_spec() -> dict[str, Any]:
    """The options that say with which credentials, where and how calls are made."""
    spec = aws_argument_spec() if HAS_AMAZON_AWS else {}
    for name in _CREDENTIALS:
        spec.get(name, {}).pop("fallback", None)
    role = {
        f"assume_role_{name}": {"type": kind, "fallback": (env_fallback, [f"WEBAPP_ASSUME_ROLE_{name.upper()}"])}
        for name, kind in _ROLE.items()
    }
    return {**spec, **role}


def make_aws(params: Mapping[str, Any]) -> Aws:
    """The account and region that a module's validated options name. Errors: Refusal."""
    region = params.get("region")
    if not region:
        raise Refusal("no region: set stack_region, the option region or AWS_REGION")
    return Aws(make_session(params), region, client_options=client_options(params))


def make_context(
    aws: Aws, params: Mapping[str, Any], check_mode: bool, say: Callable[[str], None] | None = None
) -> Context:
    """The context of one task from its validated options. Errors: Refusal."""
    wait_timeout = params.get("wait_timeout")
    if wait_timeout is not None and wait_timeout < 0:
        raise Refusal(f"wait_timeout is {wait_timeout}; give seconds, or leave it out for the defaults of each kind")
    extra: dict[str, Any] = {"say": say} if say else {}
    return Context(
        aws=aws,
        check_mode=check_mode,
        planned=params.get("planned") or {},
        strict=os.environ.get("WEBAPP_STRICT") == "1",
        wait=not params.get("begin"),
        wait_timeout=wait_timeout,
        **extra,
    )


def finished(context: Context, result: Mapping[str, Any]) -> dict[str, Any]:
    """A run's result with the API calls that it made, in order: ["ec2:DescribeVpcs", ...]; awaited is the action's."""
    awaited = {"awaited": context.awaited} if context.awaited else {}
    return {**result, **awaited, "api_calls": list(context.aws.calls)}


def failure(error: WebappError, context: Context | None) -> str:
    """What a task says that an error ends; of one outside converge() also what was changed before. context: if any."""
    if not isinstance(error, AwsError):
        return str(error)
    if context and context.done:
        return context.done.after(str(error))
    return str(error) if context and context.aws.has_changed else f"{error}. Nothing was changed"


def run_module(argument_spec: Mapping[str, Any], run: Run, **module_options: Any) -> None:
    """main() of every module: validate, run, exit. Used where the task has a process of its own."""
    module = AnsibleModule(argument_spec=dict(argument_spec), supports_check_mode=True, **module_options)
    if not HAS_BOTOCORE:
        module.fail_json(msg=missing_required_lib("boto3"))
    if not HAS_AMAZON_AWS:
        module.fail_json(msg=missing_required_lib("the Ansible collection amazon.aws"))
    context = None
    try:
        context = make_context(make_aws(module.params), module.params, module.check_mode)
        result = finished(context, run(context, module.params))
    except WebappError as error:
        module.fail_json(msg=failure(error, context))
    for warning in result.pop("warnings", []):
        module.warn(warning)
    module.exit_json(**result)
