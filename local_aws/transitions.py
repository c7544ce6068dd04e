# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""States take time: a cluster is ``creating`` before it is ``available``, and cannot be changed meanwhile.

An overlay on the answers: each kind of resource is data (``Kind``), a call that starts a change is remembered
for N describe calls or T seconds (``transition_polls``, ``transition_seconds`` of the settings), describes
show the state meanwhile, deleted things stay as ghosts, and changes are refused. Both knobs at 0, the
default, makes every change take effect at once.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import time
from collections.abc import Iterator, Mapping
from typing import Any

from local_aws.refusal import Refusal
from local_aws.settings import Settings


@dataclasses.dataclass(frozen=True)
class Kind:
    service: str
    describe: str  # the operation that shows it
    items: str  # the list in its answer
    id: str  # the item's key that identifies it
    status: str  # the item's key that shows its state
    starts: Mapping[str, str]  # operation -> state meanwhile
    one: str = ""  # the item in the answer of a change ("" where there is none)
    asks: str = ""  # the describe parameter that names one (a string or a list)
    names: str = ""  # the parameter of a change that names one; the item's id where it is the same
    refuses: tuple[str, ...] = ()  # operations refused meanwhile
    refusal: str = ""  # their error code
    message: str = "{id} is in state {state}, and cannot be changed now"
    gone: str = ""  # state that a ghost shows; the state of its deletion by default
    hides: tuple[str, ...] = ()  # the item's keys that show only afterwards: why it failed


@dataclasses.dataclass
class Change:
    state: str
    until: float
    polls: int
    ghost: dict[str, Any] | None = None
    previous: Any = None


KINDS: list[Kind] = []


def add(*kinds: Kind) -> None:
    KINDS.extend(kinds)


class Transitions:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._changes: dict[tuple[str, str, str, str, str], Change] = {}
        self._counts = True

    @contextlib.contextmanager
    def uncounted(self) -> Iterator[None]:
        """Describes meanwhile show the states, and are none of the describe calls that they last for."""
        self._counts = False
        try:
            yield
        finally:
            self._counts = True

    def clear(self) -> None:
        self._changes.clear()

    @property
    def idle(self) -> bool:
        return not (self._changes or self._settings.transition_polls or self._settings.transition_seconds)

    def concern(self, call: Any) -> bool:
        """Whether the answer must be looked at."""
        return not self.idle and any(
            kind.service == call.service and (kind.describe == call.operation or call.operation in kind.starts)
            for kind in KINDS
        )

    def before(self, call: Any) -> dict[str, Any] | None:
        if self.idle:
            return None
        for kind in KINDS:
            if kind.service != call.service:
                continue
            name = _named(call, kind)
            if call.operation in kind.refuses and name:
                change = self._running(self._key(call, kind, name))
                if change:
                    raise Refusal(kind.refusal, kind.message.format(id=name, state=change.state), 400)
            if kind.describe == call.operation:
                ghost = self._ghost_asked_for(call, kind)
                if ghost is not None:
                    return {kind.items: [ghost]}
            if kind.starts.get(call.operation, "").startswith("delet") and name:
                self._remember_ghost(call, kind, name)
        return None

    def after(self, call: Any, answer: dict[str, Any]) -> None:
        if self.idle:
            return
        for kind in KINDS:
            if kind.service != call.service:
                continue
            if call.operation in kind.starts:
                self._start(call, kind, answer)
            if kind.describe == call.operation:
                self._show(call, kind, answer)

    def _key(self, call: Any, kind: Kind, name: str) -> tuple[str, str, str, str, str]:
        return call.account, call.region, kind.service, kind.describe, name.lower()

    def _running(self, key: tuple[str, str, str, str, str]) -> Change | None:
        change = self._changes.get(key)
        if change and change.polls <= 0 and change.until <= time.monotonic():
            del self._changes[key]
            return None
        return change

    def _new(self, state: str) -> Change:
        until = time.monotonic() + self._settings.transition_seconds
        return Change(state, until, self._settings.transition_polls)

    def _start(self, call: Any, kind: Kind, answer: dict[str, Any]) -> None:
        state = kind.starts[call.operation]
        item = answer.get(kind.one) if kind.one else None
        shown = item if isinstance(item, dict) else None
        name = (shown or {}).get(kind.id) or _named(call, kind)
        if not name or not (self._settings.transition_polls or self._settings.transition_seconds):
            return
        key = self._key(call, kind, name)
        change = self._new(state)
        known = self._changes.get(key)
        change.ghost = known.ghost if known and state.startswith("delet") else None
        self._changes[key] = change
        if shown is not None:
            _set(shown, kind, state)

    def _remember_ghost(self, call: Any, kind: Kind, name: str) -> None:
        if not (self._settings.transition_polls or self._settings.transition_seconds):
            return
        asked: Any = name
        shape = call.service_model.operation_model(kind.describe).input_shape
        if kind.asks and shape.members[kind.asks].type_name == "list":
            asked = [name]
        try:
            found = call.ask(call.service, kind.describe, **({kind.asks: asked} if kind.asks else {}))
        except Refusal:
            return
        for item in found.get(kind.items, []):
            if str(item.get(kind.id, "")).lower() == name.lower():
                change = Change(kind.gone or "deleting", 0.0, 0, ghost=copy.deepcopy(item))
                self._changes[self._key(call, kind, name)] = change

    def _ghost_asked_for(self, call: Any, kind: Kind) -> dict[str, Any] | None:
        asked = call.params.get(kind.asks) if kind.asks else None
        if isinstance(asked, list):
            asked = asked[0] if len(asked) == 1 else None
        if not asked:
            return None
        change = self._running(self._key(call, kind, asked))
        if change is None or change.ghost is None:
            return None
        return copy.deepcopy(change.ghost)

    def _show(self, call: Any, kind: Kind, answer: dict[str, Any]) -> None:
        items = answer.setdefault(kind.items, [])
        listed = {str(item.get(kind.id, "")).lower() for item in items}
        prefix = (call.account, call.region, kind.service, kind.describe)
        for key in [key for key in self._changes if key[:4] == prefix]:
            change = self._running(key)
            if change is None:
                continue
            whole = not any(value for name, value in call.params.items() if name not in ("Marker", "MaxRecords"))
            if change.ghost is not None and key[4] not in listed and whole:
                items.append(copy.deepcopy(change.ghost))
            for item in items:
                if str(item.get(kind.id, "")).lower() == key[4]:
                    _set(item, kind, change.state)
                    for name in kind.hides:
                        item.pop(name, None)
                    change.polls -= self._counts


def _named(call: Any, kind: Kind) -> str:
    name = call.params.get(kind.names or kind.id) or call.params.get(kind.id, "")
    if isinstance(name, list):
        name = name[0] if name else ""
    return name if isinstance(name, str) else ""


def _set(item: dict[str, Any], kind: Kind, state: str) -> None:
    """``State.Code`` sets a key inside the item's structure."""
    *path, last = kind.status.split(".")
    for part in path:
        item = item.setdefault(part, {})
    item[last] = state
