# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Standard output is the callback's alone: what modules say while they run is on standard error."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from tests.playbook_run import ROOT, LocalStack

SAID = "what may be asked for: cross-region backup_copy: "


def one(text: str) -> list[Any]:
    return [json.loads(text)]


def of_each_line(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(("callback", "parse"), [("ansible.posix.json", one), ("ansible.posix.jsonl", of_each_line)])
def test_a_callback_that_writes_json_is_not_interrupted(
    reviewed_stack: LocalStack, callback: str, parse: Callable[[str], list[Any]]
) -> None:
    done = subprocess.run(
        ["ansible-playbook", "site.yml", "-i", "inventories/local", "--check"],
        cwd=ROOT,
        env={**reviewed_stack.environment, "ANSIBLE_STDOUT_CALLBACK": callback},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert parse(done.stdout)
    assert SAID in done.stderr
