# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The tree as a whole: sizes, marks, links, versions, what the documents say of the Makefile."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.contracts.tree import ROOT, files, load, under

LIMIT = 400
CODE = under("plugins/", "roles/", "playbooks/", "local_aws/", "scripts/", suffixes=(".py", ".sh", ".yml", ".j2"))
TESTS = under("tests/", "molecule/", suffixes=(".py", ".yml"))
TEXT = (".py", ".sh", ".yml", ".yaml", ".md", ".j2", ".toml", ".cfg", ".txt", ".in", ".html", ".json")
DOCUMENTS = [path for path in files() if path.endswith(".md") and path != "CHANGELOG.md"]


@pytest.mark.parametrize("path", CODE + TESTS)
def test_no_file_is_long(path: str) -> None:
    lines = (ROOT / path).read_text().count("\n")
    assert lines <= LIMIT, f"{path} has {lines} lines"


@pytest.mark.parametrize("path", [path for path in files() if path.endswith(TEXT)])
def test_nothing_is_left_to_do(path: str) -> None:
    marks = re.findall(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b", (ROOT / path).read_text())
    assert not marks, f"{path} has {marks}"


def test_no_link_is_committed() -> None:
    staged = subprocess.run(["git", "ls-files", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    links = [line.partition("\t")[2] for line in staged.splitlines() if line.startswith("120000")]
    assert not links, "ansible-test sanity refuses links, and a second self-link hangs ansible-lint"


def test_the_archive_leaves_the_self_link_out() -> None:
    assert {".collections", ".venv", ".cache", ".local_aws"} <= set(load("galaxy.yml")["build_ignore"])


def test_one_version() -> None:
    releases = load("changelogs/changelog.yaml")["releases"]
    assert load("galaxy.yml")["version"] in releases, "antsibull-changelog release has not been run"


def test_one_list_of_collections() -> None:
    own, *others = load("collections/requirements.yml")["collections"]
    assert own == {"name": ".", "type": "dir"}, "a plain checkout, as AWX makes it, would not find its own collection"
    image = load("execution-environment.yml")["dependencies"]["galaxy"]["collections"]
    assert others == image
    assert {entry["name"]: entry["version"] for entry in others} == load("galaxy.yml")["dependencies"]


def test_one_list_of_python_libraries() -> None:
    assert requirements("requirements.txt") == requirements("meta/ee-requirements.txt")


@pytest.mark.parametrize("path", ["requirements/py311.txt", "requirements/py312.txt"])
def test_every_tool_is_pinned(path: str) -> None:
    wrong = [line for line in requirements(path) if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)]
    assert requirements(path)
    assert not wrong


def requirements(path: str) -> list[str]:
    lines = (ROOT / path).read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_make_targets_that_documents_name_exist(path: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = (ROOT / path).read_text()
    named = set(re.findall(r"(?:^    |`)make ([a-z][a-z-]*)", text, re.MULTILINE))
    assert named <= targets, f"no such target: {sorted(named - targets)}"
    assert path != "README.md" or {"demo", "test"} <= named


@pytest.mark.parametrize("path", DOCUMENTS)
def test_links_between_documents_lead_somewhere(path: str) -> None:
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", (ROOT / path).read_text())
    missing = [target for target in targets if not (ROOT / path).parent.joinpath(target).exists()]
    assert not missing
