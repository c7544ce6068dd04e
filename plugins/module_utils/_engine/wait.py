# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Waiting for resources, with a word when the state changes and every 15 seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .aws import Aws
from .context import Context
from .errors import AwsError, WaitTimeout, WebappError
from .kind import Kind, State

QUIET_SECONDS = 5.0
REPEAT_SECONDS = 15.0
FIRST_POLL_SECONDS = 0.2
# How long AWS may take to show what was made or changed. Seconds as a rule, minutes at times:
# https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
VISIBLE_SECONDS = 180.0


def look(context: Context, read: Callable[[Aws, Sequence[State]], dict[str, State]], items: Sequence[State]) -> Any:
    """What read finds. A thing may be listed before the calls about it know it, so "not found" is asked again."""
    progress = Progress(context, "AWS")
    while True:
        try:
            return read(context.aws, items)
        except AwsError as error:
            if not error.missing:
                raise
            try:
                progress.tick({f"{error.service}:{error.operation}": f"answered with {error.code}"})
            except WaitTimeout:
                raise error from None


def until_ready(
    context: Context, kind: Kind, items: Sequence[State], mending: frozenset[str] = frozenset()
) -> dict[str, State]:
    """Poll until every item is seen, and in a ready state where the kind has some; what was read last, by name.

    mending: names whose failed state has just been seen to, and is waited for like any other.
    Errors: WaitTimeout; WebappError for a failed state, with AWS's reason.
    """
    progress = _progress(context, kind)
    while True:
        found = look(context, kind.read, items)
        failed = failures(kind, {name: state for name, state in found.items() if name not in mending})
        if failed:
            raise WebappError(failed)
        waiting = _unseen(items, found) | _not_ready(kind, found)
        if not waiting:
            return found
        progress.tick(waiting)


def until_seen(context: Context, kind: Kind, items: Sequence[State]) -> dict[str, State]:
    """Poll until every item is seen, whatever its state; what was read last, by name. Errors: WaitTimeout."""
    progress = Progress(context, kind.name)
    while True:
        found = look(context, kind.read, items)
        waiting = _unseen(items, found)
        if not waiting:
            return dict(found)
        progress.tick(waiting)


def until_at_rest(context: Context, kind: Kind, items: Sequence[State]) -> dict[str, State]:
    """As until_ready, but a failed state is at rest, too: a change may mend it."""
    progress = _progress(context, kind)
    while True:
        found = look(context, kind.read, items)
        waiting = _unseen(items, found) | on_the_way(kind, found)
        if not waiting:
            return found
        progress.tick(waiting)


def _progress(context: Context, kind: Kind) -> Progress:
    timeout = change_timeout(context, kind) if kind.wait else VISIBLE_SECONDS
    return Progress(context, kind.name, timeout, kind.wait.poll if kind.wait else None)


def _unseen(items: Sequence[State], found: Mapping[str, State]) -> dict[str, str]:
    return {item["name"]: "not visible yet" for item in items if item["name"] not in found}


def _not_ready(kind: Kind, found: Mapping[str, State]) -> dict[str, str]:
    if kind.wait is None:
        return {}
    return {n: str(state.get("status")) for n, state in found.items() if state.get("status") not in kind.wait.ready}


def on_the_way(kind: Kind, found: Mapping[str, State]) -> dict[str, str]:
    """Name to status of what is neither ready nor failed."""
    if kind.wait is None:
        return {}
    ended = kind.wait.ready | kind.wait.failed
    return {name: str(state.get("status")) for name, state in found.items() if state.get("status") not in ended}


def failures(kind: Kind, found: Mapping[str, State]) -> str:
    """What has failed and why, as one sentence; empty where nothing has."""
    if kind.wait is None:
        return ""
    failed = {
        name: " ".join(filter(None, (str(state["status"]), _reason(state))))
        for name, state in found.items()
        if state.get("status") in kind.wait.failed
    }
    return f"{kind.name}: {_listed(failed)}; mend the cause and run again" if failed else ""


def _reason(state: State) -> str:
    reason = state.get("status_reason")
    return f"({reason})" if reason else "(its events in AWS say why)"


def until_gone(context: Context, kind: Kind, items: Sequence[State]) -> None:
    """Poll until none of the items is found any more. Errors: WaitTimeout."""
    progress = _progress(context, kind)
    while True:
        found = look(context, kind.read, items)
        if not found:
            return
        progress.tick({name: str(state.get("status", "still there")) for name, state in found.items()})


def change_timeout(context: Context, kind: Kind) -> float:
    """Seconds that a change may wait for something that is busy."""
    if context.wait_timeout is not None:
        return context.wait_timeout
    return kind.wait.timeout if kind.wait else VISIBLE_SECONDS


class Progress:
    """Sleeps between polls, longer each time, and says what is waited for. timeout and poll in seconds."""

    def __init__(
        self, context: Context, what: str, timeout: float = VISIBLE_SECONDS, poll: float | None = None
    ) -> None:
        self._context, self._what, self._timeout, self._poll = context, what, timeout, poll or 5
        self._started = self._said_at = time.monotonic()
        self._said = ""
        self._pause = FIRST_POLL_SECONDS

    def tick(self, waiting: Mapping[str, str]) -> None:
        """waiting: name to state. Errors: WaitTimeout."""
        now = time.monotonic()
        elapsed = now - self._started
        if elapsed > self._timeout:
            raise WaitTimeout(
                f"{self._what}: {_listed(waiting)} after {elapsed:.0f} s (limit {self._timeout:.0f} s); "
                "the work goes on at AWS, run again to go on from there"
            )
        text = _listed(waiting)
        if elapsed >= QUIET_SECONDS and (text != self._said or now - self._said_at >= REPEAT_SECONDS):
            limit = f"{elapsed:.0f} of {self._timeout:.0f} s"
            self._context.say(f"waiting for {self._what}: {text} ({limit})")
            self._said, self._said_at = text, now
        time.sleep(self._pause)
        self._pause = min(self._pause * 1.15, self._poll)


def _listed(states: Mapping[str, str]) -> str:
    return ", ".join(f"{name} is {state}" for name, state in sorted(states.items()))
