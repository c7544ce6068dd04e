# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Runs ansible-playbook as a user would, against a local_aws, and says what it did."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import botocore.session

from local_aws.control import Control, environment

ROOT = Path(__file__).resolve().parent.parent


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
        command = ["ansible-playbook", playbook, "-i", f"inventories/{self.inventory}", *arguments]
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

    def boto(self, service: str, region: str | None = None) -> Any:
        """A plain client, for looking at the account and for putting drift into it."""
        key = (service, region or "us-east-1")
        if key not in self._clients:
            made = self._session.create_client(service, region_name=key[1], endpoint_url=self.endpoint)
            self._clients[key] = made
        return self._clients[key]

    @cached_property
    def _session(self) -> Any:
        session = botocore.session.Session()
        session.set_credentials("LOCALAWS", "local")
        return session

    @cached_property
    def _clients(self) -> dict[tuple[str, str], Any]:
        return {}
