# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One process beside ansible-playbook that runs this collection's modules for all of its workers.

Ansible forks a worker for each task. What a module needs in memory (botocore, the parsed service models, clients,
connections, the caller's account id) is kept by this process from one task to the next instead; the worker sends it
the task's options and gets the result back.

The two talk through a pair of sockets made before the fork, which has no name in the file system: only processes of
this run can reach it. A worker makes a pair of its own and sends one end of it through the first. What travels there
is lines of JSON: the request, then any number of {"say": text}, then {"result": {...}}.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from typing import Any

from ansible.utils.multiprocessing import context as multiprocessing

# The end of the first pair that workers write to; they inherit it from the process that started the server.
_entrance: list[socket.socket] = []


class ServerEnded(Exception):
    """The server ended before it answered."""


def start() -> None:
    """Start the server, once for each process that imports the action plugin. It ends with the run."""
    inside, outside = socket.socketpair()
    process = multiprocessing.Process(target=_serve, args=(inside, outside), name="module server", daemon=True)
    process.start()
    inside.close()
    _entrance[:] = [outside]


def ask(module: str, arguments: Mapping[str, Any], check_mode: bool, say: Callable[[str], None]) -> dict[str, Any]:
    """Have a module run, see ModuleRunner.run; lines that it says while it runs go to say. Errors: ServerEnded."""
    here, there = socket.socketpair()
    with here, here.makefile("rb") as lines:
        try:
            with there:
                socket.send_fds(_entrance[0], [b"\n"], [there.fileno()])
            _send(here, {"module": module, "arguments": arguments, "check_mode": check_mode})
            for line in lines:
                message = json.loads(line)
                if "result" in message:
                    return dict(message["result"])
                say(message["say"])
        except OSError as error:
            raise ServerEnded(str(error)) from error
    raise ServerEnded("no answer came")


def _serve(inside: socket.socket, outside: socket.socket) -> None:
    """Answer every worker in a thread of its own until the last process of the run has closed its end."""
    outside.close()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)
    # A service's model is up to half a million objects: by default the collector would run hundreds of times.
    gc.set_threshold(100_000, 20, 100)
    # Only here: in the process that forks the workers, botocore would make each fork dearer.
    from .module_runner import ModuleRunner

    runner = ModuleRunner()
    while True:
        _message, descriptors, _flags, _address = socket.recv_fds(inside, 1, 1)
        if not descriptors:
            os._exit(0)
        worker = socket.socket(fileno=descriptors[0])
        threading.Thread(target=answer, args=(worker, runner.run), daemon=True).start()


def answer(worker: socket.socket, run: Callable[..., dict[str, Any]]) -> None:
    """Read one request, have it run, write the result; nothing more where the worker has gone."""

    def wanted() -> bool:
        # A worker sends nothing after its request, so that what can be read is the end of its stream.
        return not select.select([worker], [], [], 0)[0]

    with worker, worker.makefile("rb") as lines:
        try:
            request = json.loads(lines.readline())
            result = run(**request, say=lambda text: _send(worker, {"say": text}), wanted=wanted)
            _send(worker, {"result": result})
        except OSError:
            return


def _send(to: socket.socket, message: Mapping[str, Any]) -> None:
    to.sendall(json.dumps(message).encode() + b"\n")
