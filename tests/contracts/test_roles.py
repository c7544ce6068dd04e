# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""All roles are built alike: files, specification, names, tags, playbook and scenario."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.tree import ROOT, files, load, roles, under

ROLES = roles()
FILES = ("README.md", "defaults/main.yml", "meta/argument_specs.yml", "meta/main.yml", "tasks/main.yml")
COMMON = "stack_"
# The review's items: six pillars, numbered.
ITEM = re.compile(r"OPS-[1-7]|SEC-[1-9]|REL-[1-8]|PERF-[1-6]|COST-[1-9]|SUS-[1-4]")
# What a task may be tagged with instead: it runs whatever the tags.
ALWAYS = "always"
BLOCKS = ("block", "rescue", "always")
# What the roles say of an assumed role.
ROLE_OPTIONS = ("arn", "external_id", "session_name", "sts_region")


def test_playbooks_and_roles_are_one_list() -> None:
    playbooks = {Path(path).stem for path in under("playbooks/roles/", suffixes=(".yml",))}
    assert playbooks == set(ROLES), "playbooks/roles/<role>.yml runs one role alone"


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_its_files(role: str) -> None:
    missing = [name for name in FILES if f"roles/{role}/{name}" not in files()]
    assert not missing
    assert f"molecule/{role}/molecule.yml" in files(), "each role has a scenario"


@pytest.mark.parametrize("role", ROLES)
def test_defaults_are_what_the_specification_says(role: str) -> None:
    options = load(f"roles/{role}/meta/argument_specs.yml")["argument_specs"]["main"]["options"]
    own = {name: option for name, option in options.items() if not name.startswith(COMMON)}
    defaults = load(f"roles/{role}/defaults/main.yml") or {}
    optional = {name: option for name, option in own.items() if not option.get("required")}
    assert set(optional) == set(defaults), "every option that is not required has a default, and no other variable has"
    for name, option in optional.items():
        assert option.get("default") == defaults[name], name


@pytest.mark.parametrize("role", ROLES)
def test_common_inputs_have_no_default_in_a_role(role: str) -> None:
    defaults = load(f"roles/{role}/defaults/main.yml") or {}
    assert not [name for name in defaults if name.startswith(COMMON)]


@pytest.mark.parametrize("role", ROLES)
def test_every_option_is_described(role: str) -> None:
    for entry in load(f"roles/{role}/meta/argument_specs.yml")["argument_specs"].values():
        assert entry.get("short_description")
        for name, option in entry.get("options", {}).items():
            assert option.get("description"), name
            assert option.get("type"), name


@pytest.mark.parametrize("role", ROLES)
def test_variables_bear_the_role_s_name(role: str) -> None:
    for name in load(f"roles/{role}/defaults/main.yml") or {}:
        assert name.startswith(f"{role}_"), name
    internal = set()
    for path in under(f"roles/{role}/vars/", suffixes=(".yml",)):
        internal |= set(load(path) or {})
    for task in tasks(role):
        internal |= {task["register"]} if "register" in task else set()
        for action in ("set_fact", "ansible.builtin.set_fact"):
            internal |= set(task.get(action, {})) - {"cacheable"}
    wrong = {name for name in internal if not name.startswith(f"__{role}_")}
    assert not wrong, f"internal variables start with __{role}_"


def tasks(role: str) -> Iterator[Mapping[str, Any]]:
    for folder in ("tasks", "handlers"):
        for path in under(f"roles/{role}/{folder}/", suffixes=(".yml",)):
            yield from _flat(load(path) or [])


def _flat(entries: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for entry in entries:
        yield entry
        for key in BLOCKS:
            if isinstance(entry.get(key), list):
                yield from _flat(entry[key])


@pytest.mark.parametrize("role", ROLES)
def test_tags_hold_the_component_and_the_review_s_item(role: str) -> None:
    """main.yml tags what it does or imports, also inside its block; tags are inherited below it."""
    readme = (ROOT / f"roles/{role}/README.md").read_text()
    for task in _flat(load(f"roles/{role}/tasks/main.yml")):
        if any(key in task for key in BLOCKS):
            continue
        tags = task.get("tags", [])
        tags = [tags] if isinstance(tags, str) else tags
        if ALWAYS in tags:
            continue
        items = [tag for tag in tags if ITEM.fullmatch(tag)]
        assert items, f"{task.get('name')}: no item of the review among {tags}"
        assert set(tags) - set(items), f"{task.get('name')}: no component among {tags}"
        missing = [item for item in items if item not in readme]
        assert not missing, f"the README does not say that the role closes {missing}"


def _module_defaults(node: Any) -> Iterator[Mapping[str, Any]]:
    """The defaults of our group, wherever in a file of tasks."""
    if isinstance(node, Mapping):
        if "group/wellarchitected.webapp.aws" in node.get("module_defaults", {}):
            yield node["module_defaults"]["group/wellarchitected.webapp.aws"]
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from _module_defaults(item)


@pytest.mark.parametrize("path", under("roles/", suffixes=(".yml",)))
def test_connection_defaults_are_whole(path: str) -> None:
    """An inner block's defaults of the group take the place of the outer's: what it left out would be lost."""
    for defaults in _module_defaults(load(path)):
        assert defaults.keys() == {"region", "profile", *(f"assume_role_{name}" for name in ROLE_OPTIONS)}
