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

import contextlib
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date, time
from importlib.abc import MetaPathFinder
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, SourceFileLoader
from types import ModuleType
from typing import Any

from ansible.utils.display import Display
from ansible.utils.multiprocessing import context as multiprocessing

# The end of the first pair that workers write to; they inherit it from the process that started the server.
_entrance: list[socket.socket] = []


PLUGINS = __name__.rsplit(".", 2)[0]


class ServerEnded(Exception):
    """The server ended before it answered."""


def start() -> None:
    """Start the server, once for each process that imports a module's action. It ends with the run. Errors: OSError."""
    inside, outside = socket.socketpair()
    process = multiprocessing.Process(target=_serve, args=(inside, outside), name="module server", daemon=True)
    # As Ansible forks its workers: a thread that prints meanwhile would leave its lock held in the copy.
    with getattr(Display(), "_lock", contextlib.nullcontext()):
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
        except (OSError, ValueError) as error:
            raise ServerEnded(str(error)) from error
    raise ServerEnded("no answer came")


def _serve(inside: socket.socket, outside: socket.socket) -> None:
    """Answer every worker in a thread of its own until the last process of the run has closed its end."""
    outside.close()
    # As workers do: Ctrl-C is for ansible-playbook, which ends this process, and nothing may ask the terminal.
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)
    # Every connection that is kept is a descriptor.
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit[1], limit[1]))
    # A service's model is up to half a million objects: by default the collector would run hundreds of times.
    gc.set_threshold(100_000, 20, 100)
    sys.meta_path.insert(0, CompiledCode())
    run = _runner()
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(inside, 1, 1)
        if not message:
            os._exit(0)
        # Without one the system had none left; that worker hears that no answer came.
        if descriptors:
            worker = socket.socket(fileno=descriptors[0])
            threading.Thread(target=answer, args=(worker, run), daemon=True).start()


class CompiledCode(MetaPathFinder):
    """Finds the code of this collection as Python itself does, which keeps it compiled in __pycache__ where it may.

    Ansible's finder reads and compiles each file again in every run.
    """

    def __init__(self) -> None:
        # Each lists its folder once.
        self._finders: dict[str, FileFinder] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not fullname.startswith(f"{PLUGINS}."):
            return None
        return next(filter(None, (self._finder(folder).find_spec(fullname) for folder in path or ())), None)

    def _finder(self, folder: str) -> FileFinder:
        if folder not in self._finders:
            self._finders[folder] = FileFinder(folder, (SourceFileLoader, SOURCE_SUFFIXES))
        return self._finders[folder]


def _runner() -> Callable[..., dict[str, Any]]:
    """What runs a module; where it cannot be loaded, what says why."""
    try:
        # Only here: in the process that forks the workers, botocore would make each fork dearer.
        from .module_runner import ModuleRunner

        return ModuleRunner().run
    except Exception as error:  # noqa: BLE001 whatever is wrong with a library is each task's message
        reason = f"the modules cannot be loaded: {type(error).__name__}: {error}"
        return lambda **_request: {"failed": True, "msg": reason}


def answer(worker: socket.socket, run: Callable[..., dict[str, Any]]) -> None:
    """Read one request, have it run, write the result; nothing more where the worker has gone."""

    def wanted() -> bool:
        # A worker sends nothing after its request, so that what can be read is the end of its stream.
        stream = select.poll()
        stream.register(worker, select.POLLIN)
        return not stream.poll(0)

    with worker, worker.makefile("rb") as lines:
        try:
            request = json.loads(lines.readline())
            result = run(**request, say=lambda text: _send(worker, {"say": text}), wanted=wanted)
            try:
                _send(worker, {"result": result})
            except TypeError as error:
                reason = f"{request['module']} ran, and its result cannot be sent: {error}"
                _send(worker, {"result": {"failed": True, "msg": reason}})
        except OSError:
            return


def _send(to: socket.socket, message: Mapping[str, Any]) -> None:
    to.sendall(json.dumps(message, default=_plain).encode() + b"\n")


def _plain(value: Any) -> Any:
    """What YAML and modules have and JSON has not, as Ansible gives it to a process of its own. Errors: TypeError."""
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Set):
        return list(value)
    raise TypeError(f"{type(value).__name__} is nothing that JSON has")
