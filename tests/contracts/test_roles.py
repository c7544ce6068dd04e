# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""All roles are built alike: files, specification, names, tags, playbook and scenario."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.tree import ROOT, files, load, roles, under

ROLES = roles()
FILES = (
    "README.md",
    "defaults/main.yml",
    "meta/argument_specs.yml",
    "meta/main.yml",
    "tasks/checks.yml",
    "tasks/main.yml",
)
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


SITE = "playbooks/site.yml"
CHECKS = "checks.yml"
# What tells and refuses, and changes nothing.
CHECKING = (
    "role_variables", "stack_info", "cache_preflight", "db_preflight", "ecs_preflight", "edge_preflight",
    "network_layout",
)  # fmt: skip
# What site.yml does ahead of a role's turn, and what it waits for in between.
AHEAD = ("begin", "begin_users", "certificates", "issued")


def test_site_begins_with_the_checks_of_every_role() -> None:
    """All of them before the first role runs, in its order; a stack that is refused stops the others."""
    first, *plays = load(SITE)
    rest = [play for play in plays if "ansible.builtin.import_playbook" in play]
    roles = [Path(play["ansible.builtin.import_playbook"]).stem for play in rest]
    assert sorted(roles) == ROLES
    imported = [task["ansible.builtin.import_role"] for task in first["tasks"]]
    assert imported == [{"name": f"wellarchitected.webapp.{role}", "tasks_from": CHECKS} for role in roles]
    assert first["hosts"] == "all" and first["any_errors_fatal"] is True
    assert first["vars"] == {"webapp_ahead": True}
    assert all(play["vars"]["webapp_checked"] is True for play in plays)


def test_site_does_not_do_again_what_it_has_begun() -> None:
    """What a role's begin.yml does is left out where the role itself runs."""
    begun = set()
    for play in load(SITE)[1:]:
        if "tasks" in play:
            imported = [task["ansible.builtin.import_role"] for task in play["tasks"]]
            assert {one["tasks_from"] for one in imported} <= set(AHEAD)
            begun |= {one["name"].rpartition(".")[2] for one in imported if one["tasks_from"] == AHEAD[0]}
        else:
            role = Path(play["ansible.builtin.import_playbook"]).stem
            assert play["vars"].get("webapp_begun", False) is (role in begun), role
    assert begun == {role for role in ROLES if f"roles/{role}/tasks/{AHEAD[0]}.yml" in files()}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_begins_with_its_checks(role: str) -> None:
    """They change nothing, and run for every tag of what they precede."""
    (outer,) = load(f"roles/{role}/tasks/main.yml")
    first, *rest = outer["block"]
    unchecked = "webapp_unsettled is defined or not (webapp_checked | default(false))"
    assert first["ansible.builtin.include_tasks"] == CHECKS
    assert (first["tags"], first["when"]) == ([ALWAYS], unchecked), "an include's tags are not those of its tasks"
    checks = list(_imported(role, load(f"roles/{role}/tasks/{CHECKS}")))
    modules = {key for task, _tags in checks for key in task if key.startswith("wellarchitected.webapp.")}
    assert modules <= {f"wellarchitected.webapp.{name}" for name in CHECKING}
    assert all(modules & task.keys() for task, _tags in checks), "other modules may change something"
    always = [tags for _task, tags in checks if ALWAYS in tags]
    assert len(always) == 2, "the variables' types and the account, whatever the tags"
    checked = {tag for _task, tags in checks for tag in tags}
    assert {tag for task in rest for tag in task["tags"]} <= checked


def _imported(role: str, entries: list[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], list[str]]]:
    """The tasks of a file and of those that it imports, with their tags."""
    for entry in entries:
        inner = entry.get("ansible.builtin.import_tasks")
        if inner:
            for task, tags in _imported(role, load(f"roles/{role}/tasks/{inner}")):
                yield task, [*entry.get("tags", []), *tags]
        else:
            yield entry, list(entry.get("tags", []))


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
    # __network holds the variables as role_variables returns them.
    wrong = {name for name in internal if not f"{name}_".startswith(f"__{role}_")}
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
    """main.yml tags what it does or imports, also inside its block; tags are inherited below it. The checks, which it
    imports too, have tags of their own."""
    readme = (ROOT / f"roles/{role}/README.md").read_text()
    tagged = [*_flat(load(f"roles/{role}/tasks/main.yml")), *load(f"roles/{role}/tasks/{CHECKS}")]
    for task in tagged:
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


@pytest.mark.parametrize("path", [*under("roles/", suffixes=(".yml",)), SITE])
def test_connection_defaults_are_whole(path: str) -> None:
    """An inner block's defaults of the group take the place of the outer's: what it left out would be lost."""
    for defaults in _module_defaults(load(path)):
        assert defaults.keys() == {"region", "profile", *(f"assume_role_{name}" for name in ROLE_OPTIONS)}


HOLDS = "wellarchitected.webapp.role_variables"
# Templates in themselves, without braces.
CONDITIONS = ("when", "failed_when", "changed_when", "until", "that")
TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")


def _expressions(node: Any, key: str = "") -> Iterator[str]:
    """What is evaluated in a file of tasks or variables, without its literals; module_defaults are left out."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            if name != "module_defaults":
                yield from _expressions(value, name)
    elif isinstance(node, list):
        for item in node:
            yield from _expressions(item, key)
    elif isinstance(node, str):
        found = [node] if key in CONDITIONS else TEMPLATE.findall(node)
        yield from (LITERAL.sub("", text) for text in found)


def raw_variables(content: Any, names: Iterable[str]) -> set[str]:
    """Which of the variables the expressions of a file name."""
    words = re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, sorted(names))) + r")\b")
    return {found for text in _expressions(content) for found in words.findall(text)}


def test_raw_variables_are_found_where_they_are_evaluated() -> None:
    content = [
        {
            "name": "Web",
            "module_defaults": {"group": {"region": "{{ stack_region }}"}},
            "block": [
                {"name": "web_text", "when": ["web_when and not web", "x == 'web_literal'"]},
                {"debug": {"msg": "{{ __web.web_inside }} {{ a if web_if }} web_plain {% for i in web_for %}"}},
            ],
        }
    ]
    names = ("web_text", "web_when", "web_literal", "web_inside", "web_if", "web_plain", "web_for", "stack_region")
    assert raw_variables(content, names) == {"web_when", "web_if", "web_for"}


@pytest.mark.parametrize("role", ROLES)
def test_variables_are_used_as_they_were_held_to_their_types(role: str) -> None:
    """Where a role holds them. The connection is made before, so module_defaults take the variables as they are."""
    names = load(f"roles/{role}/meta/argument_specs.yml")["argument_specs"]["main"]["options"]
    holds = any(HOLDS in task for task in tasks(role))
    paths = under(f"roles/{role}/tasks/", f"roles/{role}/vars/", suffixes=(".yml",))
    raw = {path: sorted(found) for path in paths if (found := raw_variables(load(path), names))}
    assert not holds or not raw, f"use __{role}.<name>, which {HOLDS} returns, instead of {raw}"
