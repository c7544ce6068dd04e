# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Waiting for resources, with a word when the state changes and every 15 seconds."""

from __future__ import annotations

import time
from collections.abc import Sequence

from .context import Context
from .errors import WaitTimeout
from .kind import Kind, State

QUIET_SECONDS = 5.0
REPEAT_SECONDS = 15.0
FIRST_POLL_SECONDS = 0.2


def until_ready(context: Context, kind: Kind, items: Sequence[State]) -> dict[str, State]:
    """Poll until every item is in a ready state; returns what was read last, by name. Errors: WaitTimeout."""
    if kind.wait is None:
        return kind.read(context.aws, items)
    wait, names = kind.wait, [item["name"] for item in items]
    progress = _Progress(context, kind)

    def status(found: dict[str, State]) -> dict[str, str]:
        return {name: str(found[name].get("status")) if name in found else "not visible yet" for name in names}

    while True:
        found = kind.read(context.aws, items)
        states = status(found)
        failed = {name: state for name, state in states.items() if state in wait.failed}
        if failed:
            raise WaitTimeout(f"{kind.name}: {_listed(failed)}; see its events in AWS, mend the cause and run again")
        waiting = {name: state for name, state in states.items() if state not in wait.ready}
        if not waiting:
            return found
        progress.tick(waiting, wait.timeout)


def until_gone(context: Context, kind: Kind, items: Sequence[State]) -> None:
    """Poll until none of the items is found any more. Errors: WaitTimeout."""
    progress = _Progress(context, kind)
    while True:
        found = kind.read(context.aws, items)
        if not found:
            return
        progress.tick({name: str(state.get("status", "still there")) for name, state in found.items()}, 900)


class _Progress:
    """Sleeps between polls, longer each time, and says what is waited for."""

    def __init__(self, context: Context, kind: Kind) -> None:
        self.context, self.kind = context, kind
        self.started = self.said_at = time.monotonic()
        self.said = ""
        self.pause = FIRST_POLL_SECONDS

    def tick(self, waiting: dict[str, str], timeout: float) -> None:
        now = time.monotonic()
        elapsed = now - self.started
        if elapsed > timeout:
            raise WaitTimeout(
                f"{self.kind.name}: {_listed(waiting)} after {elapsed:.0f} s (limit {timeout:.0f} s); "
                "the work goes on at AWS, run again to go on from there"
            )
        text = _listed(waiting)
        if elapsed >= QUIET_SECONDS and (text != self.said or now - self.said_at >= REPEAT_SECONDS):
            self.context.say(f"waiting for {self.kind.name}: {text} ({elapsed:.0f} s)")
            self.said, self.said_at = text, now
        time.sleep(self.pause)
        self.pause = min(self.pause * 1.6, self.kind.wait.poll if self.kind.wait else 5)


def _listed(states: dict[str, str]) -> str:
    return ", ".join(f"{name} is {state}" for name, state in sorted(states.items()))
