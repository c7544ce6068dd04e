# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The HTTP server: threads, HTTP/1.1 connections that stay open, no Nagle, no log. It copies itself where asked."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from typing import Any, NoReturn

from local_aws import moto_caches
from local_aws.control import environment

moto_caches.configure()

from moto.moto_server.werkzeug_app import MotoRequestHandler  # noqa: E402
from werkzeug.serving import BaseWSGIServer, make_server  # noqa: E402

from local_aws.front import Front  # noqa: E402


class Handler(MotoRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def run_wsgi(self) -> None:
        """One request. werkzeug's own closes every connection; the front reads every body to its end instead."""
        answer: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _unused: object = None) -> None:
            answer[:] = [status, headers]

        try:
            body = b"".join(self.server.app(self.make_environ(), start_response))
        except ConnectionError:
            self.close_connection = True
            return
        code, _unused, reason = answer[0].partition(" ")
        self.send_response_only(int(code), reason)
        for name, value in answer[1]:
            self.send_header(name, value)
        if not any(name.lower() == "date" for name, _unused in answer[1]):
            self.send_header("Date", self.date_time_string())
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def handle_expect_100(self) -> bool:
        """Send it at once, and once: the buffer would hold it back, and werkzeug would say it again."""
        self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self.wfile.flush()
        del self.headers["Expect"]
        return True

    def log(self, *_: object, **__: object) -> None:
        pass

    def connection_dropped(self, error: BaseException, environ: dict[str, object] | None = None) -> None:
        self.close_connection = True


class Server:
    """A running emulator: ``.endpoint``, ``.front`` and ``.stop()``; also a context manager."""

    def __init__(self, host: str, port: int, front: Front | None = None) -> None:
        self.front = front or Front()
        self.front.copy = self.copy
        self._host = host
        self._copies: list[int] = []
        self._server: BaseWSGIServer = make_server(host, port, self.front, threaded=True, request_handler=Handler)
        self._server.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.endpoint = f"http://{host}:{self._server.server_port}"

    def serve(self) -> None:
        self._server.serve_forever(poll_interval=0.1)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def copy(self) -> dict[str, Any]:
        """Another emulator with all that this one holds now, in a process of its own: its endpoint and process.

        It ends with SIGTERM, or when this process ends.
        """
        self._copies = [copy for copy in self._copies if os.waitpid(copy, os.WNOHANG) == (0, 0)]
        ours, theirs = os.pipe()
        with self.front.at_rest():
            process = os.fork()
        if not process:
            os.close(ours)
            self._be_a_copy(theirs)
        os.close(theirs)
        self._copies.append(process)
        with os.fdopen(ours) as answer:
            return {"endpoint": json.load(answer), "process": process}

    def _be_a_copy(self, answer: int) -> NoReturn:
        """What the copied process does; nothing of its origin runs in it but this thread."""
        origin = os.getppid()
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            self._server.socket.close()
            copied = Server(self._host, 0, self.front)
            threading.Thread(target=copied.serve, daemon=True).start()
            with os.fdopen(answer, "w") as told:
                json.dump(copied.endpoint, told)
            while os.getppid() == origin:
                time.sleep(0.2)
        finally:
            os._exit(0)

    def environment(self) -> dict[str, str]:
        """What an AWS client's process needs in its environment."""
        return environment(self.endpoint)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start(port: int = 0, host: str = "127.0.0.1") -> Server:
    """An emulator in a thread of this process; port 0 picks a free one."""
    server = Server(host, port)
    threading.Thread(target=server.serve, name="local_aws", daemon=True).start()
    return server
