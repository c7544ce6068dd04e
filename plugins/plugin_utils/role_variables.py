# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A role's variables, held to the types of the role's own argument specification.

Ansible's validation of a role's arguments keeps nothing of what it converts, and a variable from the command line or a
survey beats every other and is text: ``-e network_acls_enabled=false`` is the true text "false" in the role.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.yaml import yaml_load
from ansible.plugins.action import ActionBase
from ansible.template import trust_as_template

Options = Mapping[str, Mapping[str, Any]]

ROLES = Path(__file__).resolve().parents[2] / "roles"
ENTRY_POINT = "main"
# What Ansible itself reads in the result of a task.
RESERVED = {
    "ansible_facts", "ansible_job_id", "async", "attempts", "changed", "deprecations", "diff", "exception", "failed",
    "finished", "invocation", "msg", "rc", "results", "retries", "skipped", "started", "stderr", "stdout",
    "unreachable", "warnings",
}  # fmt: skip
TAGS = {
    "Project": "stack_project",
    "Environment": "stack_environment",
    "Owner": "stack_owner",
    "CostCenter": "stack_cost_center",
}
SPEC_FILES = ("meta/argument_specs.yml", "meta/argument_specs.yaml", "meta/main.yml")


class RoleVariablesAction(ActionBase):
    """Reads the specification, templates the variables, returns them converted. Makes no call and no process."""

    TRANSFERS_FILES = False
    _requires_connection = False
    _supports_check_mode = True
    _supports_async = False

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result = super().run(tmp, task_vars)
        task_vars = task_vars or {}
        arguments = self.validate_argument_spec(argument_spec={"role": {"type": "str"}})[1]
        role, folder = self._role(arguments["role"])
        options = read_options(folder)
        hidden = sorted(name for name in options if short_name(role, name) in RESERVED)
        if hidden:
            raise AnsibleActionFail(f"role_variables: {', '.join(hidden)} would hide what a task's result has")
        given = {name: task_vars[name] for name in options if name in task_vars}
        # As one dictionary, so that what is omitted is left out of it.
        values = plain(self._templar.template(given))
        # A default names other variables, which may have nothing but their own defaults.
        missing = {name: option["default"] for name, option in options.items() if _is_missing(option, values.get(name))}
        templar = self._templar.copy_with_new_env(available_variables={**task_vars, **missing})
        typed, errors = typed_variables(options, values, lambda default: plain(templar.template(default)))
        if errors:
            return {**result, "failed": True, "msg": _failure(role, errors)}
        if any(_is_secret(options[name]) for name in typed):
            result["_ansible_no_log"] = True
        variables = {short_name(role, name): value for name, value in typed.items()}
        return {**result, **variables, **stack_tags(typed), "changed": False}

    def _role(self, wanted: str | None) -> tuple[str, str]:
        """Name and folder of the role that is meant. Errors: AnsibleActionFail."""
        own = self._task._role
        own_name = own.get_name().rsplit(".", 1)[-1] if own else None
        name = wanted.rsplit(".", 1)[-1] if wanted else own_name
        if not name:
            raise AnsibleActionFail("role_variables runs outside of a role; name one with the option role")
        folder = Path(own._role_path) if name == own_name else ROLES / name
        if not folder.is_dir():
            raise AnsibleActionFail(f"role_variables: this collection has no role {name}")
        return name, str(folder)


def read_options(folder: str) -> Options:
    """The options of the role's entry point main. Errors: AnsibleActionFail."""
    for name in SPEC_FILES:
        path = Path(folder) / name
        if path.is_file():
            # Ansible's own loader takes ten times as long, as it notes where each value stands.
            content = yaml_load(path.read_text(encoding="utf-8")) or {}
            entry = (content.get("argument_specs") or {}).get(ENTRY_POINT)
            if entry:
                options = entry.get("options") or {}
                return {name: _with_trusted_default(option) for name, option in options.items()}
    raise AnsibleActionFail(f"role_variables: {folder} has no meta/argument_specs.yml with the entry point main")


def _with_trusted_default(option: Mapping[str, Any]) -> Mapping[str, Any]:
    """Defaults may name other variables, as those of defaults/main.yml may."""
    return {**option, "default": _trusted(option["default"])} if "default" in option else option


def _trusted(value: Any) -> Any:
    if isinstance(value, str):
        return trust_as_template(value)
    if isinstance(value, list):
        return [_trusted(item) for item in value]
    return {key: _trusted(item) for key, item in value.items()} if isinstance(value, dict) else value


def short_name(role: str, name: str) -> str:
    """The variable's name in the result: without the role's, where it starts with it."""
    return name.removeprefix(f"{role}_")


def stack_tags(typed: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """{"stack_tags": what everything of the stack is tagged with}, where the role has the options they come from."""
    if any(name not in typed for name in TAGS.values()):
        return {}
    return {"stack_tags": {**{key: typed[name] for key, name in TAGS.items()}, "ManagedBy": "Ansible"}}


def typed_variables(
    options: Options, values: Mapping[str, Any], template: Callable[[Any], Any]
) -> tuple[dict[str, Any], list[str]]:
    """The converted values of all options that have one, and what is wrong with the others.

    values: what the play has, plain. template: makes a default of the specification such a value.
    """
    typed: dict[str, Any] = {}
    errors = []
    for name, option in options.items():
        value = values.get(name)
        if _is_missing(option, value):
            value = template(option["default"])
        if _is_nothing(option, value):
            if option.get("required"):
                errors.append(f"{name} is not given; it should be {described(option)}")
            continue
        try:
            typed[name] = converted(name, option, value)
        except ValueError as error:
            errors.append(_misfit(name, option, value, str(error)))
    return typed, errors


def converted(name: str, option: Mapping[str, Any], value: Any) -> Any:
    """The value as the option's type says. Errors: ValueError."""
    prepared = _prepared(option, value)
    # A default was tried before; here it would take the place of a value that is null.
    spec = {key: setting for key, setting in option.items() if key not in ("default", "aliases")}
    validated = ArgumentSpecValidator({name: spec}).validate({name: prepared})
    if validated.error_messages:
        raise ValueError("; ".join(validated.error_messages))
    return _pruned(option, prepared, plain(validated.validated_parameters[name]))


def _prepared(option: Mapping[str, Any], value: Any) -> Any:
    """What Ansible's own conversion does not know, or does otherwise than a user means. Errors: ValueError."""
    kind = option.get("type", "str")
    if kind == "list":
        return [_prepared({**option, "type": option.get("elements", "raw")}, item) for item in _items(option, value)]
    if kind == "dict":
        return _prepared_dict(option.get("options"), _from_json(value, "{"))
    if isinstance(value, bool) and (kind in ("int", "float") or (kind == "str" and "choices" not in option)):
        raise ValueError(f"it is the boolean {str(value).lower()}; quote it if text is meant")
    if kind == "str" and isinstance(value, Mapping | list):
        raise ValueError("it is no text")
    return value


def _items(option: Mapping[str, Any], value: Any) -> list[Any]:
    value = _from_json(value, "[{" if option.get("elements") == "dict" else "[")
    if isinstance(value, list):
        return value
    if isinstance(value, str) and option.get("elements") != "dict":
        return [item.strip() for item in value.split(",") if item.strip()]
    return [value]


def _from_json(value: Any, beginnings: str) -> Any:
    """Text that is JSON, as -e and surveys give it, as what it stands for. Errors: ValueError."""
    if not isinstance(value, str) or not value.strip().startswith(tuple(beginnings)):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise ValueError(f"it is no JSON: {error}") from error


def _prepared_dict(options: Options | None, value: Any) -> Any:
    if not options or not isinstance(value, Mapping):
        return value
    prepared = {}
    for key, item in value.items():
        option = options.get(key)
        if option is None or item is None:
            # A default of the specification takes the place of null; without one null stays, as not asked for.
            if item is not None or (option or {}).get("default") is None:
                prepared[key] = item
            continue
        try:
            prepared[key] = _prepared(option, item)
        except ValueError as error:
            raise ValueError(f"{key}: {error}") from error
    return prepared


def _pruned(option: Mapping[str, Any], given: Any, value: Any) -> Any:
    """Without the nulls that the validation puts where nothing was given: default() in a role must find nothing."""
    if isinstance(value, list) and isinstance(given, list):
        return [_pruned(option, before, after) for before, after in zip(given, value, strict=True)]
    if not option.get("options") or not isinstance(value, dict):
        return value
    known = given if isinstance(given, Mapping) else {}
    return {
        key: _pruned(option["options"].get(key, {}), known.get(key), item)
        for key, item in value.items()
        if item is not None or key in known
    }


def _is_nothing(option: Mapping[str, Any], value: Any) -> bool:
    """Null, and empty text where text is not what is asked for: an empty field of a survey, -e name=."""
    if value is None:
        return True
    is_text = option.get("type", "str") in ("str", "raw", "path") and "choices" not in option
    return isinstance(value, str) and not value.strip() and not is_text


def _is_missing(option: Mapping[str, Any], value: Any) -> bool:
    """Whether the default of the specification takes the value's place."""
    return option.get("default") is not None and _is_nothing(option, value)


def plain(value: Any) -> Any:
    """The value in Python's own types: without tags, not lazy, decrypted; all of that is a subclass or has a text."""
    if value is None or isinstance(value, bool):
        return value
    for kind in (int, float):
        if isinstance(value, kind):
            return kind(value)
    if isinstance(value, Mapping):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        return [plain(item) for item in value]
    return str(value)


def described(option: Mapping[str, Any]) -> str:
    """What the option takes, in words: "a list of int", "one of off, standard"."""
    kind = option.get("type", "str")
    if kind == "list":
        elements = option.get("elements")
        what = f"a list of {_NAMES.get(elements, elements)}" if elements else "a list"
        return f"{what}, each one of {_listed(option['choices'])}" if option.get("choices") else what
    if option.get("choices"):
        return f"one of {_listed(option['choices'])}"
    return _SINGLE.get(kind, kind)


_NAMES = {"str": "texts", "int": "whole numbers", "dict": "dictionaries", "bool": "booleans", "float": "numbers"}
_SINGLE = {"str": "text", "int": "a whole number", "dict": "a dictionary", "bool": "true or false", "float": "a number"}


def _listed(choices: Sequence[Any]) -> str:
    return ", ".join(str(choice) for choice in choices)


def _misfit(name: str, option: Mapping[str, Any], value: Any, detail: str) -> str:
    if _is_secret(option):
        return f"{name} should be {described(option)}; its value is not shown"
    return f"{name} is {json.dumps(value)}; it should be {described(option)} ({detail})"


def _is_secret(option: Mapping[str, Any]) -> bool:
    """Whether the option, or one inside it, must not be shown."""
    return bool(option.get("no_log")) or any(_is_secret(inner) for inner in (option.get("options") or {}).values())


def _failure(role: str, errors: Sequence[str]) -> str:
    return "\n- ".join([f"These variables of the role {role} do not fit:", *errors])
