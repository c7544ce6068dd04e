# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Plays of a few tasks of this collection, for modules that no role uses in a test of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.playbook_run import LocalStack, PlaybookResult


def play(
    stack: LocalStack, folder: Path, tasks: Mapping[str, tuple[str, Mapping[str, Any]]], *arguments: str, **how: Any
) -> PlaybookResult:
    """Run the tasks: name to module and options. arguments, how: as LocalStack.play."""
    steps = [{"name": name, f"wellarchitected.webapp.{module}": options} for name, (module, options) in tasks.items()]
    defaults = {"group/wellarchitected.webapp.aws": {"region": "us-east-1"}}
    content = [
        {"name": "Tasks", "hosts": "all", "gather_facts": False, "module_defaults": defaults, "tasks": steps},
    ]
    playbook = folder / "tasks.yml"
    playbook.write_text(json.dumps(content), encoding="utf-8")
    return stack.play(str(playbook), *arguments, **how)
