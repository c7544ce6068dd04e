# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The README's "Use it" as a newcomer types it, line by line in one fresh shell.

It is typed in a copy of what git would commit. The installation of the pinned tools is what this Python already has:
the copy's .venv is a folder of links to it with the pins' stamp, so that make setup finds nothing to install.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.tree import ROOT, files

VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
REVIEW = "ansible-playbook playbooks/review.yml -i inventories/local"
# A shell that is used for real accounts; local_aws must not be missed for that.
LEFT_BEHIND = {
    "AWS_PROFILE": "production",
    "AWS_SESSION_TOKEN": "of-another-account",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
    "NO_PROXY": "127.0.0.1,localhost",
    "no_proxy": "127.0.0.1,localhost",
}


def blocks() -> list[list[str]]:
    """The shell lines of each code block of the section."""
    section = (ROOT / "README.md").read_text().partition("\n## Use it\n")[2].partition("\n## ")[0]
    return [
        re.sub("^    ", "", block, flags=re.MULTILINE).split("\n") for block in re.findall(r"(?:    .+\n)+", section)
    ]


def lines(block: int) -> list[str]:
    return [line for line in blocks()[block] if line]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "a tree"
    for name in files():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    venv = root / ".venv" / VERSION
    venv.mkdir(parents=True)
    for entry in Path(sys.prefix).iterdir():
        (venv / entry.name).symlink_to(entry)
    pins = root / "requirements" / ("py311.txt" if VERSION == "3.11" else "py312.txt")
    (venv / "pins.installed").unlink(missing_ok=True)
    shutil.copy(pins, venv / "pins.installed")
    return root


@pytest.fixture
def shell(tree: Path) -> Iterator[dict[str, str]]:
    """The environment of a new shell: nothing of this process but where the system's tools are."""
    tools = [folder for folder in os.environ["PATH"].split(os.pathsep) if folder != str(Path(sys.executable).parent)]
    environment = {
        **LEFT_BEHIND,
        "PATH": os.pathsep.join(tools),
        "HOME": str(tree.parent),
        "LANG": "C.UTF-8",
        "LOCAL_AWS_PORT": "0",
        "PYTHON": sys.executable,
    }
    yield environment
    command = [sys.executable, "-m", "local_aws", "down"]
    subprocess.run(command, cwd=tree, env=environment, stdout=subprocess.DEVNULL, check=True)


def type_in(commands: list[str], tree: Path, environment: dict[str, str]) -> tuple[dict[str, int], str]:
    """Each line's exit status, and all that was shown."""
    script = tree.parent / "typed"
    script.write_text("".join(f"{line}\necho {shlex.quote(f'typed: {line}')} $?\n" for line in commands))
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", str(script)],
        cwd=tree,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
    typed = re.findall(r"^typed: (.*) (\d+)$", done.stdout, re.MULTILINE)
    return {line: int(status) for line, status in typed}, done.stdout


def test_it_works_as_typed(tree: Path, shell: dict[str, str]) -> None:
    statuses, shown = type_in(lines(0), tree, shell)
    # as_reviewed has findings whose roles are to come.
    assert statuses == {line: 2 if line == REVIEW else 0 for line in lines(0)}, shown
    assert (tree / "reports/mywebapp-prod/review.json").is_file(), shown
    assert shown.count("unreachable=0    failed=0") == 2, shown


def test_what_make_says_works_as_typed(tree: Path, shell: dict[str, str]) -> None:
    _statuses, shown = type_in(["make setup", "make local-aws-up"], tree, shell)
    said = [line for line in shown.splitlines() if line.startswith(("export PATH=", 'eval "$('))]
    assert len(said) == 2, shown
    looks = ["command -v ansible-playbook", 'echo "talks to $AWS_ENDPOINT_URL as ${AWS_PROFILE-nobody}"']
    statuses, shown = type_in([*said, *looks], tree, shell)
    assert set(statuses.values()) == {0}, shown
    assert f"{tree}/.venv/{VERSION}/bin/ansible-playbook\n" in shown
    assert re.search(r"^talks to http://127\.0\.0\.1:\d+ as nobody$", shown, re.MULTILINE), shown


def test_setup_says_it_only_where_it_was_asked_for(tree: Path, shell: dict[str, str]) -> None:
    _statuses, shown = type_in(["make local-aws-down"], tree, shell)
    assert "PATH" not in shown and "local_aws was not running" in shown


def test_real_accounts_take_the_same_commands() -> None:
    plays = [line.replace("inventories/local", "inventories/prod") for line in lines(0) if "ansible-playbook" in line]
    assert [line for line in lines(1) if "ansible-playbook" in line] == plays and len(plays) == 3
