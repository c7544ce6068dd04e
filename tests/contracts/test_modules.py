# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Every module is documented alike, in the action group, and is run by the module server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.contracts.tree import COLLECTION, ROOT, documentation, load, modules, under

# Actions that have their code in plugins/plugin_utils and make no call, so that they take no connection.
ACTIONS_ALONE = ("role_variables",)
MODULES = modules()
CALLING = [module for module in MODULES if module not in ACTIONS_ALONE]
ATTRIBUTES = ("check_mode", "diff_mode", "idempotent")


def test_there_are_modules() -> None:
    assert MODULES


def test_runtime_names_every_module_and_no_other() -> None:
    runtime = load("meta/runtime.yml")
    group = [entry for entry in runtime["action_groups"]["aws"] if isinstance(entry, str)]
    assert group == CALLING, "the action group holds plugins/modules, in its order"


def test_every_module_has_the_action_that_has_the_module_server_run_it() -> None:
    actions = {Path(path).stem: (ROOT / path).read_text() for path in under("plugins/action/", suffixes=(".py",))}
    assert sorted(actions) == MODULES
    for bulk in (True, False):
        alike = {actions[module] for module in CALLING if _is_bulk(module) is bulk}
        assert len(alike) == 1, "plugins/action has the same few lines for each module"
        assert all(("BulkAction" in text) is bulk for text in alike), "items, defaults and name_prefix are BulkAction's"


def _code(module: str) -> Any:
    return import_module(f"ansible_collections.{COLLECTION}.plugins.modules.{module}")


def _is_bulk(module: str) -> bool:
    """Whether one list of things is what the module takes."""
    lists = [option for option in _code(module).ARGUMENT_SPEC.values() if option.get("elements") == "dict"]
    return len(lists) == 1 and lists[0].get("required", False)


@pytest.mark.parametrize("module", CALLING)
def test_modules_for_a_list_of_things_take_what_the_things_share(module: str) -> None:
    """And what an item may have from defaults is documented and asked for alike."""
    shared, code = {"defaults", "name_prefix"}, _code(module)
    options = documentation()[f"{COLLECTION}.{module}"]["doc"]["options"]
    if not _is_bulk(module):
        assert not shared & code.ARGUMENT_SPEC.keys()
        return
    assert {*shared, "wait_timeout"} <= options.keys() & code.ARGUMENT_SPEC.keys()
    (name,) = (name for name, option in code.ARGUMENT_SPEC.items() if option.get("elements") == "dict")
    inside = options[name]["suboptions"]
    assert [key for key, option in inside.items() if option.get("required")] == ["name"]
    said = {key for key, option in inside.items() if "Required here or in O(defaults)." in option["description"]}
    assert said == set(getattr(code, "NEEDS", ())), f"{module}: NEEDS and the documentation differ"


def test_the_group_extends_the_stock_one() -> None:
    entries = load("meta/runtime.yml")["action_groups"]["aws"]
    metadata = [entry["metadata"] for entry in entries if isinstance(entry, Mapping)]
    assert metadata == [{"extend_group": ["amazon.aws.aws"]}]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_how_it_behaves(module: str) -> None:
    attributes = documentation()[f"{COLLECTION}.{module}"]["doc"].get("attributes", {})
    for name in ATTRIBUTES:
        assert attributes.get(name, {}).get("support"), f"{module} has no attribute {name}"
        assert attributes[name].get("description"), f"{module}'s attribute {name} has no description"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_it_returns(module: str) -> None:
    returned = documentation()[f"{COLLECTION}.{module}"].get("return")
    assert returned
    for where, value in _values(returned):
        assert value.get("type"), f"{module}: {where} has no type"
        assert value.get("description"), f"{module}: {where} has no description"
        assert value["type"] != "list" or value.get("elements"), f"{module}: {where} has no elements"


def _values(values: Mapping[str, Any], where: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, value in values.items():
        yield where + name, value
        yield from _values(value.get("contains") or {}, f"{where}{name}.")


@pytest.mark.parametrize("module", MODULES)
def test_a_module_shows_how_it_is_used(module: str) -> None:
    tasks = yaml.safe_load(documentation()[f"{COLLECTION}.{module}"].get("examples") or "") or []
    assert any(f"{COLLECTION}.{module}" in str(task) for task in tasks)
    assert all("name" in task for task in tasks), "ansible-lint's first rule is for examples too"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_tests(module: str) -> None:
    folder = ROOT / "tests"
    texts = [path.read_text() for path in folder.rglob("test_*.py") if "contracts" not in path.parts]
    scenarios = [path.read_text() for path in (ROOT / "roles").rglob("*.yml")] if (ROOT / "roles").exists() else []
    assert any(module in text for text in [*texts, *scenarios]), f"no test and no role uses {module}"
