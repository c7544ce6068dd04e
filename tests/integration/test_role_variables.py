# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A role's variables as ansible-playbook gives them: text of -e, survey's JSON, vault, templates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ansible.constants import DEFAULT_VAULT_ID_MATCH
from ansible.parsing.vault import VaultLib, VaultSecret

from tests.playbook_run import LocalStack, PlaybookResult

OPTIONS = {
    "stack_project": {"type": "str", "required": True},
    "stack_owner": {"type": "str"},
    "web_prefix": {"type": "str", "default": "{{ stack_project }}-web"},
    "web_enabled": {"type": "bool", "default": True},
    "web_days": {"type": "int", "default": 7},
    "web_ports": {"type": "list", "elements": "int", "default": [80]},
    "web_mode": {"type": "str", "choices": ["off", "on"], "default": "on"},
    "web_tags": {"type": "dict", "default": {}},
    "web_password": {"type": "str", "no_log": True},
    "web_items": {
        "type": "list",
        "elements": "dict",
        "default": [{"name": "{{ web_prefix }}-1"}],
        "options": {"name": {"type": "str", "required": True}, "size": {"type": "int"}},
    },
}
TASKS = [
    {"wellarchitected.webapp.role_variables": {}, "name": "Hold", "register": "__web"},
    {
        "name": "Keep",
        "ansible.builtin.copy": {"content": "{{ __web | to_json }}", "dest": "{{ kept }}", "mode": "0600"},
        "check_mode": False,
        "no_log": True,
    },
]


class Web:
    """A role of its own, and what its variables become."""

    def __init__(self, stack: LocalStack, folder: Path) -> None:
        self.stack, self.kept, self.playbook = stack, folder / "kept.json", folder / "web.yml"
        options = {name: {"description": name, **option} for name, option in OPTIONS.items()}
        spec = {"argument_specs": {"main": {"short_description": "Web", "options": options}}}
        defaults = {name: option["default"] for name, option in OPTIONS.items() if "default" in option}
        parts = {"meta/argument_specs": spec, "defaults/main": defaults, "tasks/main": TASKS}
        for name, content in parts.items():
            path = folder / "roles" / "web" / f"{name}.yml"
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(content), encoding="utf-8")

    def run(self, *arguments: str, validated: bool = True, check: bool = False) -> PlaybookResult:
        role = {"name": "web", "rolespec_validate": validated}
        play = {"name": "Web", "hosts": "all", "gather_facts": False}
        tasks = [{"name": "Web", "ansible.builtin.import_role": role}]
        self.playbook.write_text(json.dumps([{**play, "tasks": tasks}]), encoding="utf-8")
        where = ["-e", f"kept={self.kept}"]
        return self.stack.play(str(self.playbook), *where, *arguments, check=check)

    def variables(self, *arguments: str, **how: Any) -> dict[str, Any]:
        self.run(*arguments, **how).ok()
        kept: dict[str, Any] = json.loads(self.kept.read_text(encoding="utf-8"))
        assert (kept.pop("changed"), kept.pop("failed")) == (False, False)
        return kept


@pytest.fixture
def web(stack: LocalStack, tmp_path: Path) -> Web:
    return Web(stack, tmp_path)


def given(*pairs: str) -> list[str]:
    return [part for pair in pairs for part in ("-e", pair)]


def test_text_of_the_command_line_has_the_type_of_the_option(web: Web) -> None:
    pairs = given("web_enabled=false", "web_ports=80,443", "web_days=30", "stack_owner=4711", "web_mode=off")
    variables = web.variables(*pairs, "-e", '{"stack_project": 5, "web_tags": {"on": true}}', check=True)
    assert variables == {
        "stack_project": "5",
        "stack_owner": "4711",
        "prefix": "5-web",
        "enabled": False,
        "days": 30,
        "ports": [80, 443],
        "mode": "off",
        "tags": {"on": True},
        "items": [{"name": "5-web-1"}],
    }


def test_defaults_take_the_place_of_nothing_and_json_text_is_parsed(web: Web) -> None:
    pairs = given("stack_project=shop", "web_ports=", "web_days=", 'web_items=\'[{"name": "a", "size": "3"}]\'')
    nulls = '{"web_enabled": null, "web_prefix": null, "web_mode": false}'
    variables = web.variables(*pairs, "-e", nulls, validated=False)
    assert variables["prefix"] == "shop-web"
    assert variables["ports"] == [80]
    assert variables["days"] == 7
    assert variables["enabled"] is True
    assert variables["mode"] == "off"
    assert variables["items"] == [{"name": "a", "size": 3}]


def test_a_vaulted_value_is_sent_on_and_never_shown(web: Web, tmp_path: Path) -> None:
    password = tmp_path / "vault"
    password.write_text("opensesame", encoding="utf-8")
    vault = VaultLib([(DEFAULT_VAULT_ID_MATCH, VaultSecret(b"opensesame"))])
    lines = vault.encrypt("hunter2").decode().splitlines()
    values = tmp_path / "values.yml"
    secret = "\n".join(f"  {line}" for line in lines)
    values.write_text(f"stack_project: shop\nweb_password: !vault |\n{secret}\n", encoding="utf-8")
    arguments = ["-e", f"@{values}", "--vault-password-file", str(password), "-vvv"]
    assert web.variables(*arguments)["password"] == "hunter2"
    assert "hunter2" not in web.run(*arguments).stdout


def test_all_that_does_not_fit_is_said_before_anything_else_runs(web: Web) -> None:
    done = web.run("-e", '{"stack_project": true, "web_days": "soon", "web_password": ["hunter2"]}', validated=False)
    assert done.rc != 0
    for part in (
        "stack_project is true; it should be text",
        'web_days is \\"soon\\"; it should be a whole number',
        "web_password should be text; its value is not shown",
    ):
        assert part in done.stdout or part.replace("\\", "") in done.stdout, done.stdout
    assert "hunter2" not in done.stdout
    assert not web.kept.exists()


def test_outside_of_a_role_one_must_be_named(stack: LocalStack, tmp_path: Path) -> None:
    playbook = tmp_path / "play.yml"
    action = {"name": "Hold", "wellarchitected.webapp.role_variables": {"role": "{{ which | default(omit) }}"}}
    play = [{"name": "Play", "hosts": "all", "gather_facts": False, "tasks": [action]}]
    playbook.write_text(json.dumps(play), encoding="utf-8")
    assert "runs outside of a role" in stack.play(str(playbook)).stdout
    assert "has no role nowhere" in stack.play(str(playbook), "-e", "which=nowhere").stdout
    stack.play(str(playbook), "-e", "which=network").ok()


def test_an_option_may_not_hide_what_a_result_has(web: Web, tmp_path: Path) -> None:
    path = tmp_path / "roles" / "web" / "meta" / "argument_specs.yml"
    specification = json.loads(path.read_text(encoding="utf-8"))
    specification["argument_specs"]["main"]["options"]["web_results"] = {"type": "str"}
    path.write_text(json.dumps(specification), encoding="utf-8")
    result = web.run("-e", "stack_project=shop")
    assert result.rc
    assert "web_results would hide what a task's result has" in result.stdout
