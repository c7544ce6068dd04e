# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""States take time: a cluster is ``creating`` before it is ``available``, and cannot be changed meanwhile.

An overlay on the answers: each kind of resource is data (``Kind``), and a call that starts a change is remembered
as phases, each of N describe calls or T seconds (``transition_polls``, ``transition_seconds`` of the settings).
Describes show the phase's state, deleted things stay as ghosts, and changes are refused. A rule says more than the
kind does by ``call.meanwhile = Meanwhile(...)``: other states or none, and what is still shown as it was. All knobs
at 0, the default, makes every change take effect at once.
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

# A phase in which the thing shows its own state and may be changed, as long as pending_polls or pending_seconds.
PENDING = "(pending)"
# The same, as long as a transition: something else of it is being made.
UNTOUCHED = ""
_PENDING_VALUES = "PendingModifiedValues"


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
    hides: tuple[str, ...] = ()  # the item's keys that show only afterwards: why it failed
    messages: Mapping[str, str] = dataclasses.field(default_factory=dict)  # operation -> its own message
    backup: str = ""  # state of its daily backup, which the setting backing_up starts


@dataclasses.dataclass(frozen=True)
class Meanwhile:
    """What a change shows until it is over: its states, one after the other, and members of the item.

    The members of PendingModifiedValues are added to the item's own; all others take the place of the item's, which
    does not show what is None here.
    """

    states: tuple[str, ...]
    shows: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Phase:
    state: str
    polls: int
    seconds: float


@dataclasses.dataclass
class Change:
    phases: list[Phase]
    since: float  # when the first of them began
    shows: dict[str, Any] = dataclasses.field(default_factory=dict)
    ghost: dict[str, Any] | None = None

    @property
    def state(self) -> str:
        return self.phases[0].state


KINDS: list[Kind] = []
Key = tuple[str, str, str, str, str]


def add(*kinds: Kind) -> None:
    KINDS.extend(kinds)


class Transitions:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._changes: dict[Key, Change] = {}
        self._backed_up: set[Key] = set()
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
        self._backed_up.clear()

    @property
    def idle(self) -> bool:
        return not (self._changes or self._lasting or self._pending)

    @property
    def _lasting(self) -> bool:
        return bool(self._settings.transition_polls or self._settings.transition_seconds)

    @property
    def _pending(self) -> bool:
        return bool(self._settings.pending_polls or self._settings.pending_seconds)

    def concern(self, call: Any) -> bool:
        """Whether the answer must be looked at."""
        return not self.idle and any(
            kind.service == call.service and (kind.describe == call.operation or call.operation in kind.starts)
            for kind in KINDS
        )

    def state(self, call: Any, describe: str, name: str, region: str | None = None) -> str:
        """The state that a thing is in just now because of a change; "" where it shows its own."""
        change = self._running((call.account, region or call.region, call.service, describe, name.lower()))
        return change.state if change else ""

    def seen(self, call: Any, describe: str, name: str) -> str:
        """As state, for an operation that shows a thing in a form of its own: one of the describe calls."""
        change = self._running((call.account, call.region, call.service, describe, name.lower()))
        if change is None:
            return ""
        change.phases[0].polls -= self._counts
        return change.state

    def begin(self, call: Any, describe: str, name: str, meanwhile: Meanwhile) -> None:
        """Start a change of something else than the call is about."""
        key = (call.account, call.region, call.service, describe, name.lower())
        change = self._new(meanwhile)
        if change:
            self._changes[key] = _after(change, self._running(key))

    def before(self, call: Any) -> dict[str, Any] | None:
        if self.idle:
            return None
        for kind in KINDS:
            if kind.service != call.service:
                continue
            name = _named(call, kind)
            if call.operation in kind.refuses and name:
                change = self._running(_key(call, kind, name))
                if change and change.state:
                    message = kind.messages.get(call.operation, kind.message)
                    raise Refusal(kind.refusal, message.format(id=name, state=change.state), 400)
            if kind.describe == call.operation:
                ghost = self._ghost_asked_for(call, kind)
                if ghost is not None:
                    return {kind.items: [ghost]}
            if kind.starts.get(call.operation, "").startswith("delet") and name and self._lasting:
                call.leaving = _found(call, kind, name)
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

    def _running(self, key: Key) -> Change | None:
        change = self._changes.get(key)
        while change and change.phases:
            phase = change.phases[0]
            if phase.polls > 0 or change.since + phase.seconds > time.monotonic():
                return change
            change.phases.pop(0)
            change.since = change.since + phase.seconds if phase.seconds else time.monotonic()
        self._changes.pop(key, None)
        return None

    def _new(self, meanwhile: Meanwhile) -> Change | None:
        """None where nothing of it takes time."""
        knobs = self._settings
        lengths = {PENDING: (knobs.pending_polls, knobs.pending_seconds)}
        phases = [
            Phase(
                "" if state == PENDING else state,
                *lengths.get(state, (knobs.transition_polls, knobs.transition_seconds)),
            )
            for state in meanwhile.states
        ]
        phases = [phase for phase in phases if phase.polls or phase.seconds]
        return Change(phases, time.monotonic(), dict(meanwhile.shows)) if phases else None

    def _start(self, call: Any, kind: Kind, answer: dict[str, Any]) -> None:
        meanwhile = getattr(call, "meanwhile", None) or Meanwhile((kind.starts[call.operation],))
        item = answer.get(kind.one) if kind.one else None
        shown = item if isinstance(item, dict) else None
        name = (shown or {}).get(kind.id) or _named(call, kind)
        change = self._new(meanwhile)
        if not name or change is None:
            return
        key = _key(call, kind, name)
        change.ghost = getattr(call, "leaving", None)
        self._changes[key] = change if change.ghost is not None else _after(change, self._running(key))
        if shown is not None:
            _overlay(shown, kind, self._changes[key])

    def _ghost_asked_for(self, call: Any, kind: Kind) -> dict[str, Any] | None:
        asked = call.params.get(kind.asks) if kind.asks else None
        if isinstance(asked, list):
            asked = asked[0] if len(asked) == 1 else None
        if not asked:
            return None
        change = self._running(_key(call, kind, asked))
        if change is None or change.ghost is None:
            return None
        return copy.deepcopy(change.ghost)

    def _show(self, call: Any, kind: Kind, answer: dict[str, Any]) -> None:
        items = answer.setdefault(kind.items, [])
        self._back_up(call, kind, items)
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
                    _overlay(item, kind, change)
                    for name in kind.hides:
                        item.pop(name, None)
                    change.phases[0].polls -= self._counts

    def _back_up(self, call: Any, kind: Kind, items: list[dict[str, Any]]) -> None:
        """With the setting backing_up, each of them is found in its daily backup once."""
        if not self._settings.backing_up:
            self._backed_up.clear()
        elif kind.backup:
            for item in items:
                key = _key(call, kind, str(item.get(kind.id, "")))
                if key not in self._backed_up and self._running(key) is None:
                    self._backed_up.add(key)
                    self.begin(call, kind.describe, key[4], Meanwhile((kind.backup,)))


def _key(call: Any, kind: Kind, name: str) -> Key:
    return call.account, call.region, kind.service, kind.describe, name.lower()


def _after(change: Change, known: Change | None) -> Change:
    """A change on top of another that lets it pass: what that had to do yet is done after it."""
    if known is not None:
        states = {phase.state for phase in change.phases}
        change.phases += [phase for phase in known.phases if phase.state and phase.state not in states]
        pending = {**known.shows.get(_PENDING_VALUES, {}), **change.shows.get(_PENDING_VALUES, {})}
        change.shows = {**change.shows, **known.shows}
        if pending:
            change.shows[_PENDING_VALUES] = pending
    return change


def _found(call: Any, kind: Kind, name: str) -> dict[str, Any] | None:
    """The item as it is before it goes."""
    asked: Any = name
    shape = call.service_model.operation_model(kind.describe).input_shape
    if kind.asks and shape.members[kind.asks].type_name == "list":
        asked = [name]
    try:
        found = call.ask(call.service, kind.describe, **({kind.asks: asked} if kind.asks else {}))
    except Refusal:
        return None
    return next(
        (
            copy.deepcopy(item)
            for item in found.get(kind.items, [])
            if str(item.get(kind.id, "")).lower() == name.lower()
        ),
        None,
    )


def _named(call: Any, kind: Kind) -> str:
    name = call.params.get(kind.names or kind.id) or call.params.get(kind.id, "")
    if isinstance(name, list):
        name = name[0] if name else ""
    return name if isinstance(name, str) else ""


def _overlay(item: dict[str, Any], kind: Kind, change: Change) -> None:
    if change.state:
        _set(item, kind, change.state)
    pending = {**item.get(_PENDING_VALUES, {}), **change.shows.get(_PENDING_VALUES, {})}
    item.update(copy.deepcopy(change.shows))
    for name in [name for name, value in change.shows.items() if value is None]:
        del item[name]
    if pending:
        item[_PENDING_VALUES] = pending


def _set(item: dict[str, Any], kind: Kind, state: str) -> None:
    """``State.Code`` sets a key inside the item's structure."""
    *path, last = kind.status.split(".")
    for part in path:
        item = item.setdefault(part, {})
    item[last] = state
