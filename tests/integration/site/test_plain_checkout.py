# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Projects as AWX makes them, with nothing of make setup: site.yml finds the collection.

AWX clones a project, runs ansible-galaxy in it with a path of its own, and starts ansible-playbook through
ansible-runner: docs/decisions/plain-checkout.md. Here a copy of what git would commit stands for the clone. What
--offline leaves out is the download of amazon.aws and community.aws: those beside ansible itself stand for them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.contracts.tree import ROOT, files
from tests.playbook_run import LocalStack, PlaybookResult
from tests.writes import is_write


class Awx:
    """What AWX does with the project that lies in folder/project."""

    def __init__(self, stack: LocalStack, folder: Path) -> None:
        self.folder, self.project = folder, folder / "project"
        self.collections = folder / "requirements_collections"
        ours = ("ANSIBLE_CONFIG", "ANSIBLE_HOME", "PYTHONPATH", "WEBAPP_STRICT")
        self.environment = {name: value for name, value in stack.environment.items() if name not in ours}
        self.environment["HOME"] = str(folder / "home")

    def update_project(self) -> None:
        self._run(
            *("ansible-galaxy", "collection", "install", "-r", str(self.project / "collections/requirements.yml")),
            "--offline",
            path=str(self.collections),
        )

    def job(self, playbook: str, cmdline: str) -> PlaybookResult:
        """Its output and exit status, as AWX would show them."""
        # The runner's own folder, then the setting of the project's ansible.cfg, then AWX's defaults.
        path = [self.collections, ".collections", "~/.ansible/collections", "/usr/share/ansible/collections"]
        done = self._run(
            *("ansible-runner", "run", str(self.folder), "--playbook", playbook, "--ident", "job"),
            f"--cmdline={cmdline}",
            path=os.pathsep.join(map(str, path)),
            check=False,
        )
        return PlaybookResult(done.returncode, done.stdout)

    def roles(self) -> set[Path]:
        """The folders of the roles whose task files ran."""
        events = [json.loads(path.read_text()) for path in self.folder.glob("artifacts/job/job_events/*.json")]
        tasks = [event["event_data"]["task_path"] for event in events if event["event"] == "playbook_on_task_start"]
        return {Path(task).parent.parent for task in tasks if "/tasks/" in task}

    def _run(self, *command: str, path: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command,
            cwd=self.project,
            env={**self.environment, "ANSIBLE_COLLECTIONS_PATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        assert not (check and done.returncode), done.stdout
        return done


def copy(folder: Path) -> Path:
    """What git would commit, at folder."""
    for name in files():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def checkout(project: Path) -> None:
    """The collection's own repository as the project."""
    copy(project)


def thin(project: Path) -> None:
    """A team's project: its inventories, the collection among its requirements. A folder stands for Galaxy or git."""
    copy(project.parent / "published")
    (project / "collections").mkdir(parents=True)
    requirements = [{"name": str(project.parent / "published"), "type": "dir"}]
    (project / "collections/requirements.yml").write_text(json.dumps({"collections": requirements}))
    (project / "site.yml").write_text(json.dumps([{"import_playbook": "wellarchitected.webapp.site"}]))
    shutil.copytree(ROOT / "inventories/local", project / "inventories/local")


@pytest.mark.parametrize("make", [checkout, thin])
def test_site_runs_in_check_mode(stack: LocalStack, tmp_path: Path, make) -> None:
    awx = Awx(stack, tmp_path)
    make(awx.project)
    awx.update_project()
    stack.control.clear_calls()
    result = awx.job("site.yml", "--check -i inventories/local").ok()
    assert result.recap["changed"] >= 20 and result.recap["failed"] == 0
    installed = awx.collections / "ansible_collections/wellarchitected/webapp/roles"
    assert awx.roles() == {path.parent.parent for path in installed.glob("*/tasks/main.yml")}
    called = stack.control.calls()
    assert called and [call["action"] for call in called if is_write(call)] == []


def test_what_lies_in_the_tree_of_a_developer_is_not_installed(stack: LocalStack, tmp_path: Path) -> None:
    awx = Awx(stack, tmp_path)
    checkout(awx.project)
    for name in (".venv/3.11/lib", ".local_aws", ".cache", "reports"):
        (awx.project / name).mkdir(parents=True)
        (awx.project / name / "file").write_text("made here")
    link = awx.project / ".collections/ansible_collections/wellarchitected/webapp"
    link.parent.mkdir(parents=True)
    link.symlink_to("../../..")
    awx.update_project()
    installed = awx.collections / "ansible_collections/wellarchitected/webapp"
    assert (installed / "roles/secrets/tasks/main.yml").is_file()
    assert [path for path in installed.rglob("file") if path.is_file()] == []
    assert not (installed / ".collections").exists()
