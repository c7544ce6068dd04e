# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How long a run takes that changes nothing: ours beside stock modules, alternately, as ratios.

Each pair converges a stack of its own in one local_aws first; then both are run in turn and the medians are
compared. Seconds are wall-clock, CPU is user + system of ansible-playbook and its children, calls are what
local_aws recorded. Our own share of a task is what is left of a task's time when ansible-core's part (as many
debug tasks, run in turn with ours) and the API's part (the seconds in which local_aws was answering, with an empty
HTTP exchange for each call) are taken off.
"""

from __future__ import annotations

import argparse
import http.client
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
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from local_aws.control import Control, environment  # noqa: E402

BENCH = "tests/bench"
PAIRS = {
    "site.yml": ("site.yml", f"{BENCH}/stock.yml"),
    "secrets": ("playbooks/roles/secrets.yml", f"{BENCH}/stock_secrets.yml"),
    "network": ("playbooks/roles/network.yml", f"{BENCH}/stock_network.yml"),
    "cache": ("playbooks/roles/cache.yml", f"{BENCH}/stock_cache.yml"),
    "aurora": ("playbooks/roles/aurora.yml", f"{BENCH}/stock_aurora.yml"),
    "ecs_service": ("playbooks/roles/ecs_service.yml", f"{BENCH}/stock_ecs_service.yml"),
    "edge": ("playbooks/roles/edge.yml", f"{BENCH}/stock_edge.yml"),
    "delivery": ("playbooks/roles/delivery.yml", f"{BENCH}/stock_delivery.yml"),
}
OURS = {"stack_project": "mywebapp", "stack_environment": "bench"}
# What AWS takes one after the other: users, their group, the cache; as many are the certificate's records, its issue
# and the distribution.
LONGEST_CHAIN = 3


@dataclass(frozen=True)
class Run:
    """One ansible-playbook. seconds, cpu and api in seconds; api is the time in which a call was on its way."""

    seconds: float
    cpu: float
    calls: int
    api: float
    tasks: int
    changed: int


class Bench:
    def __init__(self, state: str) -> None:
        self.environment = {**os.environ, "LOCAL_AWS_STATE": state}
        endpoint = self._local_aws("up", "--port", "0").splitlines()[-1]
        self.environment.update(environment(endpoint))
        self.control = Control(endpoint)
        self.exchange = self._exchange()

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
            api=under_way(calls, self.exchange),
            tasks=done.stdout.count("\nTASK ["),
            changed=sum(map(int, changed)),
        )

    def rounds(self, ours: str, stock: str, runs: int) -> tuple[list[Run], list[Run], list[Run]]:
        """Runs that change nothing, in turn: ours, stock, as many debug tasks as ours has; and again."""
        tasks = self.play(ours, **OURS).tasks
        with tempfile.NamedTemporaryFile("w", suffix=".yml", dir=ROOT / BENCH) as playbook:
            nothing = [{"name": f"Nothing {number}", "ansible.builtin.debug": {"msg": "x"}} for number in range(tasks)]
            json.dump([{"name": "Nothing", "hosts": "all", "gather_facts": False, "tasks": nothing}], playbook)
            playbook.flush()
            order = (lambda: self.play(ours, **OURS), lambda: self.play(stock), lambda: self.play(playbook.name))
            done = [[play() for play in order] for _unused in range(runs)]
        first, second, third = (list(column) for column in zip(*done, strict=True))
        return first, second, third

    def _exchange(self, times: int = 200) -> float:
        """Seconds of one HTTP exchange on a connection that is kept, which neither side does anything for."""
        address = urlsplit(self.control.endpoint)
        connection = http.client.HTTPConnection(address.hostname or "", address.port)
        began = time.perf_counter()
        for _unused in range(times):
            connection.request("GET", "/_local_aws/health")
            connection.getresponse().read()
        seconds = time.perf_counter() - began
        connection.close()
        return seconds / times


def under_way(calls: list[dict[str, Any]], exchange: float) -> float:
    """Seconds in which at least one call was on its way; those at once count once. exchange: of its transport."""
    total = until = 0.0
    for began, ended in sorted((call["began"] - exchange, call["began"] + call["seconds"]) for call in calls):
        total += max(0.0, ended - max(began, until))
        until = max(until, ended)
    return total


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
    parser.add_argument("--first", type=float, metavar="SECONDS", help="just a first run with transitions so long")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as state:
        bench = Bench(state)
        try:
            if arguments.first:
                first_run(bench, arguments.first)
            else:
                report(bench, arguments.runs, [arguments.only] if arguments.only else list(PAIRS))
        finally:
            bench.stop()


def first_run(bench: Bench, seconds: float) -> None:
    """site.yml on an empty account whose every transition takes so long, beside those that depend on one another."""
    bench.control.reset()
    bench.control.settings(transition_seconds=seconds)
    run = bench.play("site.yml", **OURS)
    bench.control.settings(transition_seconds=0)
    chain = LONGEST_CHAIN * seconds
    print(
        f"first site.yml, transitions of {seconds:g} s: {run.seconds:.1f} s, {run.seconds / chain:.2f} of {chain:g} s"
    )


def report(bench: Bench, runs: int, pairs: list[str]) -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {runs} runs each, medians, nothing to change")
    print(f"{'':<22}{'seconds':>10}{'CPU s':>10}{'calls':>8}{'tasks':>8}{'changed':>9}")
    bench.play("site.yml", **OURS)
    bench.play(f"{BENCH}/stock.yml")
    bench.play(f"{BENCH}/stock.yml")
    for name in pairs:
        ours, stock, core = bench.rounds(*PAIRS[name], runs)
        print(row(f"{name}, ours", ours))
        print(row(f"{name}, stock", stock))
        print(row(f"{name}, debug tasks", core))
        ratio = statistics.median(a.seconds / b.seconds for a, b in zip(ours, stock, strict=True))
        print(f"{'':<22}ours / stock: {ratio:.3f} of the seconds")
        own = statistics.median((a.seconds - b.seconds - a.api) / a.tasks for a, b in zip(ours, core, strict=True))
        print(f"{'':<22}our own share of a task: {own:.3f} s")
    review = [bench.play("playbooks/review.yml", **OURS, wa_review_fail_on="none") for _unused in range(runs)]
    print(row("review", review))


if __name__ == "__main__":
    main()
