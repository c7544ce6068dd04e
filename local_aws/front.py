# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The WSGI application: records, faults, validation, rules, added operations, and moto behind them."""

from __future__ import annotations

import contextlib
import io
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from http.client import responses
from typing import Any

from botocore.validate import ParamValidator
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from local_aws import data_plane, endpoints, idempotency, moto_caches, refusal, service, transitions, validation
from local_aws.call import Answer, Call, read_answer, rewrite, write_answer
from local_aws.faults import Faults, is_write
from local_aws.lag.stale import Lag
from local_aws.not_yet import NotYet
from local_aws.recorder import Recorder
from local_aws.refusal import Refusal, not_emulated
from local_aws.settings import Settings
from local_aws.stores import Stores


class Dropped(Exception):
    """The connection is to be closed without an answer."""


class Front:
    def __init__(self) -> None:
        moto_caches.install()
        self.settings = Settings()
        self.recorder = Recorder()
        self.faults = Faults()
        self.stores = Stores()
        self.transitions = transitions.Transitions(self.settings)
        self.lag = Lag(self)
        self.not_yet = NotYet(self.settings)
        self.copy: Callable[[], dict[str, Any]] = _no_copy  # the server's
        # Called with each call that has changed something, those that rules and AWS itself make too; they only read.
        self.watchers: list[Callable[[Call], None]] = []
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._output = ParamValidator()
        # One call at a time changes state: moto's dictionaries know no other guard. No throughput is lost, the
        # interpreter's own lock is held for as long anyway.
        self._lock = threading.RLock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "/")
        body = read_body(environ)
        if path.startswith("/_local_aws/"):
            status, headers, answer = endpoints.handle(self, environ["REQUEST_METHOD"], path, body)
        elif path == "/moto-api/reset":
            self.reset()
            status, headers, answer = 200, [("Content-Type", "application/json")], b'{"status": "ok"}'
        elif path.startswith("/moto-api"):
            status, headers, answer = self._to_moto(environ)
        else:
            try:
                status, headers, answer = self._recorded(Call(environ, body, self))
            except Dropped:
                drop(environ)
                return []
        headers = [(name, value) for name, value in headers if name.lower() not in ("content-length", "connection")]
        if environ["REQUEST_METHOD"] == "HEAD":
            headers += [("Content-Length", environ.get("local_aws.length", "0"))]
            answer = b""
        else:
            headers.append(("Content-Length", str(len(answer))))
        start_response(f"{status} {responses.get(status, 'Unknown')}", headers)
        return [] if status in (204, 304) else [answer]

    def _recorded(self, call: Call) -> Answer:
        started = time.monotonic()
        status: int | str = "dropped"
        try:
            answer = self._with_faults(call)
            status = answer[0]
            return answer
        finally:
            self.recorder.add(
                service=call.service,
                action=call.operation,
                region=call.region,
                account=call.account,
                status=status,
                began=started,
                seconds=round(time.monotonic() - started, 6),
            )

    def _with_faults(self, call: Call) -> Answer:
        try:
            call.identify()
        except Refusal as refused:
            return write_answer(call, refused)
        cleared = self.faults.cleared()
        seconds, kind = self.faults.strike(call.service, call.operation, call.region)
        seconds += self.settings.latency_seconds
        if seconds:
            time.sleep(seconds)
        if kind == "throttling":
            return write_answer(call, refusal.throttled(call.service, call.protocol))
        if kind == "denied":
            return write_answer(call, refusal.denied(call.service, call.operation, call.protocol, call.account))
        if kind == "error":
            return write_answer(call, Refusal("InternalFailure", "An internal error occurred.", 500))
        answer = self._in_time(call)
        if kind == "hang":
            cleared.wait()
        if kind in ("drop", "hang"):
            raise Dropped
        if kind == "error_after":
            return write_answer(call, Refusal("InternalFailure", "An internal error occurred.", 500))
        return answer

    def _in_time(self, call: Call) -> Answer:
        """A client's call carried out; what was written a moment ago may not be seen, or known, yet."""
        if not (self.lag.active() or self.not_yet.active()):
            return self.answer(call)
        with self._lock:
            try:
                self.not_yet.check(call)
                answer = self.lag.answer(call) if self.lag.active() else self.answer(call)
                if answer[0] < 300:
                    self.not_yet.remember(call, answer)
                return answer
            except Refusal as refused:
                return write_answer(call, refused)
            except Exception as error:  # noqa: BLE001 a gap of the lag is one of the emulation
                return self._failed(call, error)

    def answer(self, call: Call) -> Answer:
        """The call carried out, without recorder and faults."""
        try:
            if not call.operation:
                call.identify()
            with self._lock:
                known = idempotency.remembered(call)
                if known is not None:
                    return known
                answer = self._carry_out(call)
                idempotency.remember(call, answer)
                if answer[0] < 300 and is_write(call.operation):
                    for watch in self.watchers:
                        watch(call)
                return answer
        except Refusal as refused:
            return write_answer(call, refused)
        except Exception as error:  # noqa: BLE001 what moto raises is a gap of the emulation, whatever it is
            return self._failed(call, error)

    def _failed(self, call: Call, error: Exception) -> Answer:
        traceback.print_exc(file=sys.stderr)
        return write_answer(call, not_emulated(f"{call.name} failed: {type(error).__name__}: {error}"))

    def _carry_out(self, call: Call) -> Answer:
        rules = service.find(call.service)
        if self.settings.validate:
            validation.check(call)
        answer = self._ask_rules(call, rules)
        if answer is None:
            status, headers, body = self.moto(call)
            after = rules.after_rules(call) if rules and status < 300 else []
            if status >= 300 or not (after or self.transitions.concern(call)):
                return status, headers, body
            answer = read_answer(call, status, headers, body)
            for rule in after:
                rule(call, answer)
        else:
            for rule in rules.after_rules(call) if rules else []:
                rule(call, answer)
        self.transitions.after(call, answer)
        self._check_output(call, answer)
        return write_answer(call, answer)

    def _ask_rules(self, call: Call, rules: service.Service | None) -> dict[str, Any] | None:
        early = self.transitions.before(call)
        if early is not None:
            return early
        if rules is None:
            return None
        for rule in rules.rules_before.get(call.operation, ()):
            answer: dict[str, Any] | None = rule(call)
            if answer is not None:
                return answer
        added = rules.added.get(call.operation)
        return added(call) if added else None

    def _check_output(self, call: Call, answer: dict[str, Any]) -> None:
        shape = call.model.output_shape
        if shape is None:
            return
        report = self._output.validate(answer, shape)
        if report.has_errors():
            raise not_emulated(f"{call.name} answers wrongly: {report.generate_report()}")

    def moto(self, call: Call) -> Answer:
        if call.changed:
            rewrite(call)
        if not moto_caches.has(call.service):
            raise not_emulated(f"{call.name} is not emulated")
        try:
            status, headers, body = self._to_moto(call.environ)
        except NotImplementedError as error:
            raise not_emulated(f"{call.name} is not emulated: {error}") from error
        html = any(name.lower() == "content-type" and "text/html" in value for name, value in headers)
        if status == 404 and html and call.service != "s3":
            raise not_emulated(f"{call.name} is not emulated")
        if status == 500:
            raise not_emulated(f"{call.name} failed: {body.decode(errors='replace')[-500:]}")
        return status, headers, body

    def _to_moto(self, environ: dict[str, Any]) -> Answer:
        started: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            started.update(status=int(status.split()[0]), headers=headers)

        chunks = self._moto(environ, start_response)
        try:
            body = b"".join(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close:
                close()
        if environ["REQUEST_METHOD"] == "HEAD":
            lengths = [value for name, value in started["headers"] if name.lower() == "content-length"]
            environ["local_aws.length"] = lengths[0] if lengths else "0"
        return started["status"], started["headers"], body

    @contextlib.contextmanager
    def at_rest(self) -> Iterator[None]:
        """While this lasts, no call changes anything."""
        with self._lock:
            yield

    def reset(self) -> None:
        """Everything as at the start: moto's state, ours, calls, faults and settings."""
        from moto.moto_api._internal.models import moto_api_backend

        with self._lock:
            moto_api_backend.reset()
            self.stores.clear()
            self.transitions.clear()
            self.lag.clear()
            self.not_yet.clear()
            self.faults.clear()
            self.recorder.clear()
            self.settings.reset()
            data_plane.current().reset()


def _no_copy() -> dict[str, Any]:
    raise ValueError("only a server of local_aws makes copies")


def read_body(environ: dict[str, Any]) -> bytes:
    length = environ.get("CONTENT_LENGTH")
    if length:
        body: bytes = environ["wsgi.input"].read(int(length))
    elif environ.get("wsgi.input_terminated"):
        body = environ["wsgi.input"].read()
        environ.pop("HTTP_TRANSFER_ENCODING", None)
    else:
        body = b""
    environ["wsgi.input"] = io.BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    return body


def drop(environ: dict[str, Any]) -> None:
    """Close the connection under the client's feet."""
    import socket

    connection = environ.get("werkzeug.socket")
    if connection is None:
        raise ConnectionAbortedError("dropped")
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError("dropped")
