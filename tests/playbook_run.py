# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Runs ansible-playbook as a user would, against a local_aws, and says what it did."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

import botocore.session
from botocore.config import Config

from local_aws.control import Control, environment

ROOT = Path(__file__).resolve().parent.parent
Name = TypeVar("Name")


@dataclass(frozen=True)
class PlaybookResult:
    """rc: the process's exit status; stdout: standard output and error as they came."""

    rc: int
    stdout: str

    @cached_property
    def changed_tasks(self) -> list[str]:
        """The names of the tasks that changed something, in order."""
        changed, task = [], ""
        for line in self.stdout.splitlines():
            header = re.match(r"(?:TASK|RUNNING HANDLER) \[(.*)\] \**$", line)
            if header:
                task = header[1]
            elif line.startswith("changed: [") and task not in changed[-1:]:
                changed.append(task)
        return changed

    @cached_property
    def recap(self) -> dict[str, int]:
        """The counters of the recap, added up over the hosts: ok, changed, unreachable, failed, ..."""
        counters: dict[str, int] = {}
        for name, value in re.findall(r"(\w+)=(\d+)", self.stdout.partition("PLAY RECAP")[2]):
            counters[name] = counters.get(name, 0) + int(value)
        return counters

    def ok(self) -> PlaybookResult:
        """Itself, when the run succeeded."""
        assert self.rc == 0, self.stdout
        return self


class LocalStack:
    """One local account: .play() runs a playbook on it, .boto() looks at it, .control steers it."""

    def __init__(self, endpoint: str, inventory: str = "local") -> None:
        self.endpoint = endpoint
        self.inventory = inventory
        self.control = Control(endpoint)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "ANSIBLE_"))},
            **environment(endpoint),
            "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
            "ANSIBLE_NOCOLOR": "1",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "WEBAPP_STRICT": "1",
        }

    def play(
        self,
        playbook: str,
        *arguments: str,
        check: bool = False,
        extra_vars: Mapping[str, Any] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> PlaybookResult:
        """ansible-playbook on the local inventory. playbook: a path from the project's root."""
        command = self._command(playbook, *arguments)
        if check:
            command += ["--check", "--diff"]
        if extra_vars:
            command += ["-e", json.dumps(dict(extra_vars))]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**self.environment, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
            check=False,
        )
        return PlaybookResult(done.returncode, done.stdout)

    def play_killed(
        self,
        playbook: str,
        action: str = "*",
        skip: int = 0,
        *,
        writes: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> str:
        """Run a playbook and kill it, and all that it started, as soon as a call was carried out.

        action: "rds:CreateDBCluster", or a glob over such; writes: only a call that changes something, and whatever
        else would change something meanwhile fails; skip: so many of its calls first. The call that it was killed
        after; "" where it ended before that.
        """
        last = {"action": action, "writes": writes}
        self.control.clear_calls()
        self.control.faults({"kind": "hang", "skip": skip, "count": 1, **last})
        if writes:
            self.control.faults({"kind": "error", **last})
        try:
            running = subprocess.Popen(
                self._command(playbook),
                cwd=ROOT,
                env={**self.environment, **(environment or {})},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            while running.poll() is None and not self.control.list_faults()[0]["struck"]:
                time.sleep(0.05)
            killed = running.returncode is None
            for process in [running.pid, *_descendants(running.pid)]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            running.wait()
        finally:
            self.control.clear_faults()
        return self._dropped() if killed else ""

    def _dropped(self) -> str:
        """The last call that got no answer, once the server has put it down."""
        for _unused in range(100):
            dropped = [call for call in self.control.calls() if call["status"] == "dropped"]
            if dropped:
                return f"{dropped[-1]['service']}:{dropped[-1]['action']}"
            time.sleep(0.05)
        raise AssertionError("the call that the run was killed after was not put down")

    @contextlib.contextmanager
    def copy(self) -> Iterator[LocalStack]:
        """The account as it stands, in another local_aws: what is done to it is not done to this one."""
        copied = self.control.copy()
        try:
            yield LocalStack(copied["endpoint"], self.inventory)
        finally:
            os.kill(copied["process"], signal.SIGTERM)

    def _command(self, playbook: str, *arguments: str) -> list[str]:
        return ["ansible-playbook", playbook, "-i", f"inventories/{self.inventory}", *arguments]

    def boto(self, service: str, region: str | None = None) -> Any:
        """A plain client, for looking at the account and for putting drift into it."""
        key = (service, region or "us-east-1")
        if key not in self._clients:
            # Its own proxy, whatever account the environment's leads to.
            config = Config(proxies={"http": self.endpoint})
            made = _session().create_client(service, region_name=key[1], endpoint_url=self.endpoint, config=config)
            self._clients[key] = made
        return self._clients[key]

    @cached_property
    def _clients(self) -> dict[tuple[str, str], Any]:
        return {}


def at_once(runs: Mapping[Name, Callable[[], PlaybookResult]]) -> dict[Name, PlaybookResult]:
    """What each run gives, all started together: for accounts of their own on which runs wait most of the time."""
    with ThreadPoolExecutor(len(runs)) as pool:
        return dict(zip(runs, pool.map(lambda run: run(), runs.values()), strict=True))


@cache
def _session() -> Any:
    """One for all accounts, as it keeps the services' models."""
    session = botocore.session.Session()
    session.set_credentials("LOCALAWS", "local")
    return session


def _descendants(process: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(child): int(parent) for child, parent in map(str.split, listed.splitlines())}
    found = [child for child, parent in parents.items() if parent == process]
    return [*found, *(descendant for child in found for descendant in _descendants(child))]
