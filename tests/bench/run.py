# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How long a run takes that changes nothing: ours beside stock modules, alternately, as ratios.

Each pair converges a stack of its own in one local_aws first; then both are run in turn and the medians are
compared. Seconds are wall-clock, CPU is user + system of ansible-playbook and its children, calls are what
local_aws recorded. Our own share of a task is what is left of a task's time when ansible-core's part (as many
debug tasks) and the API's part (the seconds that local_aws was answering) are taken off.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from local_aws.control import Control, environment  # noqa: E402

BENCH = "tests/bench"
PAIRS = {
    "site.yml": ("site.yml", f"{BENCH}/stock.yml"),
    "secrets": ("playbooks/roles/secrets.yml", f"{BENCH}/stock_secrets.yml"),
    "network": ("playbooks/roles/network.yml", f"{BENCH}/stock_network.yml"),
    "aurora": ("playbooks/roles/aurora.yml", f"{BENCH}/stock_aurora.yml"),
}
OURS = {"stack_project": "mywebapp", "stack_environment": "bench"}


@dataclass(frozen=True)
class Run:
    """One ansible-playbook. seconds, cpu and answering in seconds; answering is the API's part."""

    seconds: float
    cpu: float
    calls: int
    answering: float
    tasks: int
    changed: int


class Bench:
    def __init__(self, state: str) -> None:
        self.environment = {**os.environ, "LOCAL_AWS_STATE": state}
        endpoint = self._local_aws("up", "--port", "0").splitlines()[-1]
        self.environment.update(environment(endpoint))
        self.control = Control(endpoint)

    def stop(self) -> None:
        self._local_aws("down")

    def _local_aws(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "local_aws", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.strip()

    def play(self, playbook: str, **extra_vars: Any) -> Run:
        """One run. Errors: SystemExit with its output when it fails."""
        self.control.clear_calls()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        done = subprocess.run(
            ["ansible-playbook", playbook, "-i", "inventories/local", "-e", json.dumps(extra_vars)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            sys.exit(f"{done.stdout}\n{playbook} failed")
        calls = self.control.calls()
        changed = re.findall(r"changed=(\d+)", done.stdout)
        return Run(
            seconds=seconds,
            cpu=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
            calls=len(calls),
            answering=sum(call["seconds"] for call in calls),
            tasks=done.stdout.count("\nTASK ["),
            changed=sum(map(int, changed)),
        )

    def pair(self, ours: str, stock: str, runs: int) -> tuple[list[Run], list[Run]]:
        """Runs that change nothing, in turn: ours, stock, ours, ..."""
        first, second = [], []
        for _unused in range(runs):
            first.append(self.play(ours, **OURS))
            second.append(self.play(stock))
        return first, second

    def debug_tasks(self, count: int, runs: int) -> float:
        """Seconds of a playbook of that many tasks that do nothing (median)."""
        tasks = [{"name": f"Nothing {number}", "ansible.builtin.debug": {"msg": "x"}} for number in range(count)]
        play = [{"name": "Nothing", "hosts": "all", "gather_facts": False, "tasks": tasks}]
        with tempfile.NamedTemporaryFile("w", suffix=".yml", dir=ROOT / "tests" / "bench") as playbook:
            json.dump(play, playbook)
            playbook.flush()
            return statistics.median(self.play(playbook.name).seconds for _unused in range(runs))


def median(runs: list[Run], name: str) -> float:
    return statistics.median(getattr(run, name) for run in runs)


def row(what: str, runs: list[Run]) -> str:
    figures = "".join(f"{median(runs, name):>10.2f}" for name in ("seconds", "cpu"))
    return (
        f"{what:<22}{figures}{median(runs, 'calls'):>8.0f}{median(runs, 'tasks'):>8.0f}{median(runs, 'changed'):>9.0f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="counted runs of each playbook (default 3)")
    parser.add_argument("--only", choices=sorted(PAIRS), help="just this pair")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as state:
        bench = Bench(state)
        try:
            report(bench, arguments.runs, [arguments.only] if arguments.only else list(PAIRS))
        finally:
            bench.stop()


def report(bench: Bench, runs: int, pairs: list[str]) -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {runs} runs each, medians, nothing to change")
    print(f"{'':<22}{'seconds':>10}{'CPU s':>10}{'calls':>8}{'tasks':>8}{'changed':>9}")
    bench.play("site.yml", **OURS)
    bench.play(f"{BENCH}/stock.yml")
    bench.play(f"{BENCH}/stock.yml")
    for name in pairs:
        ours, stock = bench.pair(*PAIRS[name], runs)
        ratio = statistics.median(a.seconds / b.seconds for a, b in zip(ours, stock, strict=True))
        print(row(f"{name}, ours", ours))
        print(row(f"{name}, stock", stock))
        print(f"{'':<22}ours / stock: {ratio:.3f} of the seconds")
        tasks = int(median(ours, "tasks"))
        core = bench.debug_tasks(tasks, runs)
        own = (median(ours, "seconds") - core - median(ours, "answering")) / tasks
        print(f"{'':<22}our own share of a task: {own:.3f} s (ansible's {core / tasks:.3f} s with its start)")
    review = [bench.play("playbooks/review.yml", **OURS, wa_review_fail_on="none") for _unused in range(runs)]
    print(row("review", review))


if __name__ == "__main__":
    main()
