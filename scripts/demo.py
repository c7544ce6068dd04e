# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The loop on this machine: review mywebapp as it was found, harden it, review it again, build it from nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from local_aws.control import environment  # noqa: E402

REPORTS = ROOT / "reports" / "demo"
PILLARS = (
    *("operational_excellence", "security", "reliability"),
    *("performance_efficiency", "cost_optimization", "sustainability"),
)
SEVERITIES = ("critical", "high", "medium", "low", "info")
# A stack of the same code in the same account, with nothing there before.
FRESH = {"stack_environment": "demo", "stack_domain": "demo.mywebapp.example.com"}


class Demo:
    """One local_aws of its own and the playbooks on it."""

    def __init__(self) -> None:
        self.environment = {**os.environ, "LOCAL_AWS_STATE": str(REPORTS / "local_aws")}
        self.started = time.monotonic()

    def local_aws(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "local_aws", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.strip()

    def play(self, what: str, playbook: str, **extra_vars: Any) -> None:
        """Run a playbook; its output goes to a log, which is shown when it fails."""
        REPORTS.mkdir(parents=True, exist_ok=True)
        log = REPORTS / f"{what.replace(' ', '-')}.log"
        began = time.monotonic()
        command = ["ansible-playbook", playbook, "-i", "inventories/local", "-e", json.dumps(extra_vars)]
        with log.open("w", encoding="utf-8") as output:
            done = subprocess.run(
                command, cwd=ROOT, env=self.environment, stdout=output, stderr=subprocess.STDOUT, check=False
            )
        if done.returncode:
            sys.exit(f"{log.read_text(encoding='utf-8')}\n{what} failed: {' '.join(command)}")
        self.say(f"{what} ({time.monotonic() - began:.1f} s)")

    def review(self, what: str, **extra_vars: Any) -> dict[str, Any]:
        """Run the review; the JSON report."""
        directory = REPORTS / what.replace(" ", "-")
        self.play(
            what, "playbooks/review.yml", wa_review_report_dir=str(directory), wa_review_fail_on="none", **extra_vars
        )
        (report,) = directory.rglob("*.json")
        return json.loads(report.read_text(encoding="utf-8"))

    def say(self, message: str) -> None:
        print(f"[{time.monotonic() - self.started:5.1f} s] {message}", flush=True)


def failures(report: Mapping[str, Any], key: str) -> Counter[str]:
    """Failed findings by pillar or severity."""
    return Counter(finding[key] for finding in report["findings"] if finding["status"] == "FAIL")


def table(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Failed findings before and after, by pillar and severity."""
    lines = [f"{'failed findings':<26}{'before':>8}{'after':>8}", "-" * 42]
    for key, names in (("pillar", PILLARS), ("severity", SEVERITIES)):
        first, second = failures(before, key), failures(after, key)
        lines += [f"{name:<26}{first[name]:>8}{second[name]:>8}" for name in names]
        lines.append("-" * 42)
    first, second = failures(before, "pillar"), failures(after, "pillar")
    lines.append(f"{'total':<26}{first.total():>8}{second.total():>8}")
    return "\n".join(lines)


def encrypted(report: Mapping[str, Any]) -> str:
    """The verdict on the database's encryption."""
    verdicts = [item for item in report["findings"] if item["check_id"] == "aurora_storage_encrypted"]
    return "; ".join(f"{item['resource']}: {item['status']}" for item in verdicts)


def main() -> None:
    demo = Demo()
    endpoint = demo.local_aws("up", "--port", "0").splitlines()[-1]
    demo.environment.update(environment(endpoint))
    try:
        demo.local_aws("load", "--stack", "as_reviewed")
        demo.say(f"local_aws holds mywebapp-prod as the review found it ({endpoint})")
        before = demo.review("review before")
        demo.play("harden", "site.yml")
        after = demo.review("review after")
        demo.play("build a second stack from nothing", "site.yml", **FRESH)
        fresh = demo.review("review of the second stack", **FRESH)
    finally:
        demo.local_aws("down")
    print(f"\n{table(before, after)}\n")
    print(f"The existing database stays flagged until it is migrated: {encrypted(after)}")
    print(f"The one built from nothing is encrypted: {encrypted(fresh)}\n")
    for report in sorted(REPORTS.rglob("*.md")):
        print(f"report: {report.relative_to(ROOT)} (and .json beside it)")


if __name__ == "__main__":
    main()
