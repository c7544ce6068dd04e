# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The command line, with an emulator in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from local_aws import __main__ as cli
from local_aws.control import Control

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def run(tmp_path):
    environment = {**os.environ, "LOCAL_AWS_STATE": str(tmp_path), "PYTHONPATH": str(ROOT), "LOCAL_AWS_PORT": "0"}

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "local_aws", *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, env=environment | more, cwd=tmp_path, timeout=60, check=False
        )

    yield run
    run("down")


def test_up_twice_calls_faults_env_down(run):
    endpoint = run("up").stdout.strip()
    assert Control(endpoint).health() == {"status": "ok"}
    assert run("up").stdout.strip() == endpoint
    said = run("env").stdout
    assert f"export AWS_ENDPOINT_URL={endpoint}" in said and "unset AWS_PROFILE" in said
    assert '"struck": 0' in run("faults", '[{"kind": "denied", "action": "rds:*"}]').stdout
    assert run("faults", "--clear").stdout.strip() == "[]"
    assert run("calls").stdout == ""
    assert "as new" in run("reset").stdout
    assert "no stack 'nowhere'; there are:" in run("load", "--stack", "nowhere").stderr
    assert "is down" in run("down").stdout
    assert "was not running" in run("down").stdout


def test_a_profile_of_the_callers_is_nothing_to_it(run):
    assert run("up", AWS_PROFILE="nowhere").returncode == 0
    loaded = run("load", "--stack", "as_reviewed", AWS_PROFILE="nowhere")
    assert loaded.returncode == 0, loaded.stderr


def test_nothing_runs(run):
    failed = run("calls")
    assert failed.returncode != 0
    assert "local_aws up" in failed.stderr


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    text = capsys.readouterr().out
    assert all(name in text for name in ("up", "serve", "load", "env", "down", "reset", "calls", "faults"))
