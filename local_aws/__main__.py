# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Command line: ``python -m local_aws up|serve|load|env|down|reset|calls|faults``."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from local_aws.control import ELSEWHERE, Control, environment

EXAMPLES = """
examples:
  python -m local_aws up                     start in the background, print the endpoint
  eval "$(python -m local_aws env)"          point every AWS client of this shell to it
  python -m local_aws load --stack as_reviewed
  python -m local_aws faults '[{"kind": "throttling", "action": "rds:*", "count": 3}]'
  python -m local_aws down
"""


def state_file() -> Path:
    return Path(os.environ.get("LOCAL_AWS_STATE", ".local_aws")) / "state.json"


def running() -> dict[str, Any] | None:
    """The state of the emulator that answers, None where none does."""
    try:
        state: dict[str, Any] = json.loads(state_file().read_text(encoding="utf-8"))
        Control(state["endpoint"]).health()
        return state
    except (OSError, ValueError, KeyError):
        return None


def need() -> dict[str, Any]:
    state = running()
    if state is None:
        raise SystemExit("local_aws is not running here: start it with 'python -m local_aws up'")
    return state


def up(arguments: argparse.Namespace) -> None:
    state = running()
    if state is None:
        state_file().parent.mkdir(parents=True, exist_ok=True)
        state_file().unlink(missing_ok=True)
        log = state_file().parent / "server.log"
        command = [sys.executable, "-m", "local_aws", "serve", "--port", str(arguments.port)]
        root = str(Path(__file__).resolve().parent.parent)
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        with log.open("w", encoding="utf-8") as output:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True, env=environment
            )
        deadline = time.monotonic() + 30
        while (state := running()) is None:
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"local_aws did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")
            time.sleep(0.03)
    print(state["endpoint"])


def serve(arguments: argparse.Namespace) -> None:
    from local_aws.server import Server

    try:
        server = Server("127.0.0.1", arguments.port)
    except SystemExit as error:  # werkzeug says it on stderr
        raise SystemExit(f"port {arguments.port} is taken") from error
    path = state_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"pid": os.getpid(), "endpoint": server.endpoint}), encoding="utf-8")
    print(server.endpoint, flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.serve()
    except KeyboardInterrupt:
        pass
    finally:
        path.unlink(missing_ok=True)


def down(_unused: argparse.Namespace) -> None:
    state = running()
    if state is None:
        state_file().unlink(missing_ok=True)
        print("local_aws was not running")
        return
    os.kill(state["pid"], signal.SIGTERM)
    deadline = time.monotonic() + 5
    while running() is not None and time.monotonic() < deadline:
        time.sleep(0.03)
    state_file().unlink(missing_ok=True)
    print("local_aws is down")


def env(_unused: argparse.Namespace) -> None:
    endpoint = need()["endpoint"]
    print(f"unset {' '.join(ELSEWHERE)}")
    for name, value in environment(endpoint).items():
        print(f"export {name}={value}")


def stacks() -> list[str]:
    path = Path(__file__).parent / "stacks"
    return sorted(module.name for module in pkgutil.iter_modules([str(path)]) if not module.name.startswith("_"))


def load(arguments: argparse.Namespace) -> None:
    if arguments.stack not in stacks():
        raise SystemExit(f"there is no stack {arguments.stack!r}; there are: {', '.join(stacks()) or 'none'}")
    endpoint = arguments.endpoint or need()["endpoint"]
    importlib.import_module(f"local_aws.stacks.{arguments.stack}").load(endpoint)
    print(f"{arguments.stack} is loaded into {endpoint}")


def reset(_unused: argparse.Namespace) -> None:
    Control(need()["endpoint"]).reset()
    print("local_aws is as new")


def calls(arguments: argparse.Namespace) -> None:
    control = Control(need()["endpoint"])
    for call in control.calls(arguments.service):
        action = f"{call['service']}:{call['action']}"
        print(f"{call['number']:>6} {call['status']!s:>7} {call['seconds']:8.4f} {call['region']:<14} {action}")
    if arguments.clear:
        control.clear_calls()


def faults(arguments: argparse.Namespace) -> None:
    control = Control(need()["endpoint"])
    if arguments.clear:
        control.clear_faults()
    if arguments.faults:
        control.faults(*json.loads(arguments.faults))
    print(json.dumps(control.list_faults(), indent=2))


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m local_aws",
        description="The embedded AWS: every API of the demo and the tests, on this machine, without an account.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    port = int(os.environ.get("LOCAL_AWS_PORT", "4566"))
    for name, function, text in (
        ("up", up, "start in the background and print the endpoint; harmless when it runs"),
        ("serve", serve, "run in the foreground"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--port", type=int, default=port, help="0 picks a free one (default %(default)s)")
        command.set_defaults(run=function)
    command = commands.add_parser("load", help="make a stack's resources in it")
    command.add_argument("--stack", required=True, help=f"one of: {', '.join(stacks()) or 'none'}")
    command.add_argument("--endpoint", help="another emulator than the one that runs here")
    command.set_defaults(run=load)
    commands.add_parser("env", help="print what a client needs in its environment, for eval").set_defaults(run=env)
    commands.add_parser("down", help="stop it").set_defaults(run=down)
    commands.add_parser("reset", help="forget everything").set_defaults(run=reset)
    command = commands.add_parser("calls", help="list what was called")
    command.add_argument("--service", help="only this service's")
    command.add_argument("--clear", action="store_true", help="and forget them")
    command.set_defaults(run=calls)
    command = commands.add_parser("faults", help="list, add and clear faults")
    command.add_argument("faults", nargs="?", help="a JSON list of faults to add")
    command.add_argument("--clear", action="store_true", help="clear them first")
    command.set_defaults(run=faults)
    arguments = parser.parse_args(argv)
    # A profile, a token or an address of another account is nothing to the emulator and its clients here.
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    try:
        arguments.run(arguments)
    except ValueError as error:
        raise SystemExit(f"local_aws: {error}") from error


if __name__ == "__main__":
    main()
