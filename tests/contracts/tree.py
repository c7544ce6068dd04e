# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the contracts look at: the files that git would commit, roles, modules, their documentation."""

from __future__ import annotations

import ast
import functools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
COLLECTION = "wellarchitected.webapp"
PACKAGE = f"ansible_collections.{COLLECTION}."


@functools.cache
def files() -> tuple[str, ...]:
    """Paths from the root: tracked files, and new ones that are not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted(path for path in set(listed.split("\0")) if path and (ROOT / path).exists()))


def under(*folders: str, suffixes: tuple[str, ...]) -> list[str]:
    return [path for path in files() if path.startswith(folders) and path.endswith(suffixes)]


def load(path: str | Path) -> Any:
    return yaml.safe_load((ROOT / path).read_text())


def modules() -> list[str]:
    found = under("plugins/modules/", suffixes=(".py",))
    return [Path(path).stem for path in found if Path(path).name != "__init__.py"]


def roles() -> list[str]:
    return sorted({path.split("/")[1] for path in files() if path.startswith("roles/") and path.count("/") > 1})


def imports(path: str) -> Iterator[str]:
    """The absolute names of the modules that a Python file imports, wherever in it."""
    package = (PACKAGE + path.removesuffix(".py").replace("/", ".")).split(".")[:-1]
    for node in ast.walk(ast.parse((ROOT / path).read_text(), path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{name}.{alias.name}" for alias in node.names)


@functools.cache
def documentation() -> dict[str, Any]:
    """What ansible-doc says of every module, with its fragments."""
    names = [f"{COLLECTION}.{name}" for name in modules()]
    command = [str(Path(sys.executable).with_name("ansible-doc")), "--json", "--type", "module", *names]
    environment = {**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    described: dict[str, Any] = json.loads(done.stdout)
    return described
