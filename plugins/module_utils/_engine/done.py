# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a task has changed so far, for the error that ends it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# The calls that change something, of the resource that this thread works on: ["s3:PutBucketVersioning", ...].
_calls: ContextVar[list[str] | None] = ContextVar("calls", default=None)


def note_call(call: str) -> None:
    """AWS has carried out a call that changes something."""
    calls = _calls.get()
    if calls is not None:
        calls.append(call)


class Done:
    """Resources that are finished, and the calls made for those that are not. True when anything was changed."""

    def __init__(self) -> None:
        self._finished: list[str] = []
        self._under_way: dict[str, list[str]] = {}

    @contextmanager
    def work_on(self, resource: str, finished: str) -> Iterator[None]:
        """Note the calls made for a resource ("s3_bucket state"); finished: what is said once it ends well."""
        calls = self._under_way.setdefault(resource, [])
        token = _calls.set(calls)
        try:
            yield
        finally:
            _calls.reset(token)
        del self._under_way[resource]
        self._finished.append(finished)

    def __bool__(self) -> bool:
        return bool(self._finished) or any(self._under_way.values())

    def after(self, text: str) -> str:
        """What a task says that ends with an error (text) after some of its work."""
        return f"{text}. Done so far: {self}; run again to go on from there"

    def __str__(self) -> str:
        partly = [
            f"for {resource} {', '.join(dict.fromkeys(calls))}" for resource, calls in self._under_way.items() if calls
        ]
        return ", ".join([*sorted(self._finished), *sorted(partly)]) or "nothing"
