# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Eventual consistency: what was written is not seen by reads for some reads or seconds.

Around each write of a client the reads that it changes are asked, unseen by the client; what differs is kept as it
was, by thing, and shown by the clients' reads until the lag is over (``lag_seconds``, ``lag_polls`` and the other
``lag_`` knobs of the settings, ``tag_seconds``). Rules ask past it, and so do writes: they see the truth.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import fnmatch
import time
import zlib
from collections.abc import Iterator
from typing import Any

from local_aws.call import Answer, Call, read_answer, request_for, write_answer
from local_aws.lag.kinds import TOKENS, Item, Kind, Listed, Single
from local_aws.lag.tables import KINDS
from local_aws.refusal import Refusal
from local_aws.settings import Settings

_GLOBAL = ("iam", "s3", "s3control")  # one state in all regions
Scope = tuple[str, ...]  # account, region, read, and what it lists within


@dataclasses.dataclass
class Shown:
    """A whole answer, of a read that shows a single thing."""

    answer: Answer = dataclasses.field(compare=False)
    parsed: Any  # what a client reads; of an error its code and message

    @property
    def error(self) -> bool:
        return self.answer[0] >= 300


@dataclasses.dataclass
class Change:
    """What one write changed of one thing. before: the item or Shown answer, None where there was none."""

    before: Any
    until: float
    polls: int
    gone: bool = False  # it took the thing away
    new: bool = True  # a flickering read is due to show the new state first
    over: bool = False

    def running(self) -> bool:
        return self.polls > 0 or time.monotonic() < self.until

    def hides(self, flicker: bool) -> bool:
        """Whether a read shows the state before; each call is a read."""
        if self.running():
            self.polls -= 1
            return True
        stale = flicker and not self.new
        self.over = stale or not flicker
        self.new = False
        return stale


Table = dict[str, list[Change]]


class Lag:
    def __init__(self, front: Any) -> None:
        self._front = front
        self._settings: Settings = front.settings
        self._changes: dict[Scope, Table] = {}

    def clear(self) -> None:
        self._changes.clear()

    def active(self) -> bool:
        """Whether a knob is set; unset, what lagged is seen at once."""
        if self._lags or self._settings.tag_seconds:
            return True
        self._changes.clear()
        return False

    @property
    def _lags(self) -> bool:
        return bool(self._settings.lag_seconds or self._settings.lag_polls)

    def answer(self, call: Call) -> Answer:
        """A client's call carried out, its answer as old as the knobs want it; or a Refusal. The caller holds the
        front's lock.
        """
        kinds = [kind for kind in KINDS if kind.service == call.service and self._wanted(kind)]
        reads = [kind for kind in kinds if kind.operation == call.operation and kind.is_asked(call.original)]
        for kind in reads:
            if isinstance(kind, Listed):
                return self._list(call, kind)
            if isinstance(kind, Single):
                stale = self._single(call, kind)
                if stale is not None:
                    return stale
        if reads:
            return self._truth(call)
        if self._settings.lag_writes and call.service == "ec2":
            self._refuse_hidden(call)
        return self._write(call, [kind for kind in kinds if _changes(call, kind)])

    def _wanted(self, kind: Kind) -> bool:
        return any(fnmatch.fnmatchcase(kind.name, glob) for glob in self._settings.lag_actions)

    def _truth(self, call: Call) -> Answer:
        answer: Answer = self._front.answer(call)
        return answer

    def _write(self, call: Call, kinds: list[Kind]) -> Answer:
        places = [(kind, region) for kind in kinds for region in _regions(call)]
        before = [self._look(call, kind, region, None) for kind, region in places]
        answer = self._truth(call)
        if answer[0] >= 300:
            return answer
        parsed = read_answer(call, *answer) if places else {}
        for (kind, region), old in zip(places, before, strict=True):
            new = self._look(call, kind, region, parsed)
            if old is not None and new is not None:
                self._keep(call, kind, region, old, new)
        return answer

    def _keep(self, call: Call, kind: Kind, region: str, old: Item, new: Item) -> None:
        scope = _scope(kind, call, region)
        factor = 0.5 + zlib.crc32(kind.name.encode()) / 2**32 if self._settings.lag_stagger else 1.0
        until = time.monotonic() + self._settings.lag_seconds * factor
        polls = max(1, int(self._settings.lag_polls * factor + 0.5)) if self._settings.lag_polls else 0
        for identity in old.keys() | new.keys():
            before, after = old.get(identity), new.get(identity)
            if before is None and after is not None and isinstance(kind, Single):
                before = self._not_there(call, kind, region, identity, after)
            if before == after:
                continue
            changes = self._changes.setdefault(scope, {}).setdefault(identity, [])
            if self._lags:
                changes.append(Change(before, until, polls, gone=after is None))
            made = before is None or (isinstance(before, Shown) and before.error)
            untagged = self._untagged(call, kind, after) if made and self._settings.tag_seconds else None
            if untagged is not None:
                changes.append(Change(untagged, until + self._settings.tag_seconds, 0))

    def _not_there(self, call: Call, kind: Single, region: str, identity: str, after: Shown) -> Shown | None:
        """What a read of a thing whose name its creation gave answered before: an error, else no tags."""
        code, message, status = kind.missing
        if not code:
            return self._untagged(call, kind, after) or after
        text = message.format(id=identity.partition("|")[0], region=region, account=call.account)
        refusal = Refusal(code, text, status)
        return Shown(_written(call, kind, refusal), (code, text))

    def _untagged(self, call: Call, kind: Kind, version: Any) -> Any:
        """The same without its tags; None where it has none."""
        parsed = version.parsed if isinstance(version, Shown) else version
        *path, last = kind.tags.split(".")
        if not kind.tags or not isinstance(parsed, dict) or (isinstance(version, Shown) and version.error):
            return None
        parsed = inner = dict(parsed)
        for part in path:
            inner[part] = dict(inner[part])
            inner = inner[part]
        if not inner.get(last):
            return None
        inner[last] = type(inner[last])()
        if isinstance(version, Shown):
            return Shown(_written(call, kind, parsed), parsed)
        return parsed

    def _look(self, call: Call, kind: Kind, region: str, answer: Item | None) -> Item | None:
        """The things that a kind of read shows, by identity; None where it cannot be asked."""
        with self._front.transitions.uncounted():
            if isinstance(kind, Single):
                shown = {}
                for params in kind.touched(call, region, answer):
                    reading = _reading(call, kind, region, params)
                    raw = self._truth(reading)
                    try:
                        parsed: Any = read_answer(reading, *raw)
                    except Refusal as refused:
                        parsed = (refused.code, refused.message)
                    if raw[0] != 501:  # what is not emulated
                        shown[kind.identity(params)] = Shown(raw, parsed)
                return shown
            assert isinstance(kind, Listed)
            try:
                return {kind.identity(item): item for item in self._items(call, kind, region)}
            except Refusal:
                return None

    def _items(self, call: Call, kind: Listed, region: str) -> Iterator[Item]:
        params = dict(kind.given)
        if kind.within:
            bound = call.original.get(kind.id[0] if kind.within in kind.names else kind.within)
            if not bound:
                return
            params[kind.within] = [bound] if kind.within in kind.names else bound
        while True:
            page = call.ask(kind.service, kind.operation, region=region, **params)
            yield from kind.of(page)
            following = {TOKENS[name]: page[name] for name in TOKENS if page.get(name)}
            if not following:
                return
            params.update(following)

    def _stale(self, table: Table, identity: str) -> Change | None:
        """The oldest change that a read of this thing does not see; counts as a read for all of them."""
        changes = table.get(identity, [])
        hiding = [change for change in changes if change.hides(self._settings.lag_flicker)]
        changes[:] = [change for change in changes if not change.over]
        if not changes:
            table.pop(identity, None)
        return hiding[0] if hiding else None

    def _single(self, call: Call, kind: Single) -> Answer | None:
        table = self._changes.get(_scope(kind, call, call.region))
        if not table:
            return None
        identities = [kind.identity(call.original)]
        if identities[0].startswith("alias/"):  # what is said of a key holds for its alias
            with contextlib.suppress(Refusal):
                identities.append(call.ask("kms", "DescribeKey", KeyId=identities[0])["KeyMetadata"]["KeyId"])
        for identity in identities:
            change = self._stale(table, identity)
            if change is not None:
                old: Answer = change.before.answer
                return old
        return None

    def _list(self, call: Call, kind: Listed) -> Answer:
        table = self._changes.get(_scope(kind, call, call.region))
        if not table:
            return self._truth(call)
        old: dict[str, Item | None] = {}  # what is shown instead of the truth
        looked: set[str] = set()  # what this read has counted for already
        for parameter, name, identity in kind.named(call.original):
            looked.add(identity)
            last = table[identity][-1] if identity in table else None
            change = self._stale(table, identity)
            if change is None or last is None:
                continue
            if change.before is None and not kind.unknown:
                return write_answer(call, _missing(kind, name))
            old[identity] = change.before
            if last.gone and not kind.unknown:
                value = call.params.get(parameter)
                rest = [other for other in value if other != name] if isinstance(value, list) else None
                call.change(**{parameter: rest or None})
        if old and not any(call.params.get(parameter) for parameter in kind.names):
            answer: Item = {}
            kind.put(answer, [])
        else:
            raw = self._truth(call)
            if raw[0] >= 300:
                return raw
            answer = read_answer(call, *raw)
        self._show(call, kind, table, looked, old, answer)
        return write_answer(call, answer)

    def _show(
        self, call: Call, kind: Listed, table: Table, looked: set[str], old: dict[str, Item | None], answer: Item
    ) -> None:
        shown, listed = [], set()
        for item in kind.of(answer):
            identity = kind.identity(item)
            listed.add(identity)
            if identity in table and identity not in looked:
                change = self._stale(table, identity)
                if change is not None:
                    old[identity] = change.before
            if identity not in old:
                shown.append(item)
                continue
            before = old[identity]
            if before is not None and kind.fits(call, before, True):
                shown.append(before)
            elif kind.unknown:
                answer.setdefault(kind.unknown, []).append(identity)
        paged = any(answer.get(name) or call.original.get(parameter) for name, parameter in TOKENS.items())
        for identity in [name for name in {**old, **table} if name not in listed]:
            before = old.get(identity)
            if identity not in looked and not paged and self._might_show(call, kind, table[identity]):
                change = self._stale(table, identity)
                before = change.before if change is not None else None
            if before is not None and kind.fits(call, before, False):
                shown.append(before)
                if kind.unknown:
                    answer[kind.unknown] = [name for name in answer.get(kind.unknown, []) if name != identity]
        kind.put(answer, shown)

    def _might_show(self, call: Call, kind: Listed, changes: list[Change]) -> bool:
        return any(change.before is not None and kind.fits(call, change.before, False) for change in changes)

    def _refuse_hidden(self, call: Call) -> None:
        """A write that names what is not seen yet; each refusal counts as a read."""
        for name in _texts(call.original):
            for kind in KINDS:
                if not isinstance(kind, Listed) or not kind.prefix or not name.startswith(kind.prefix):
                    continue
                changes = self._changes.get(_scope(kind, call, call.region), {}).get(name, [])
                hiding = [change for change in changes if change.before is None and change.running()]
                if hiding:
                    hiding[0].polls -= 1
                    raise _missing(kind, name)


def _changes(call: Call, kind: Kind) -> bool:
    """Whether a call may change what a kind of read shows."""
    if call.operation in ("CreateTags", "DeleteTags") and isinstance(kind, Listed):
        return any(str(name).startswith(kind.prefix or "?") for name in call.original.get("Resources", []))
    return kind.changed_by(call.operation)


def _regions(call: Call) -> list[str]:
    """Where a write changes something: replicas are made in other regions."""
    replicas = [call.original.get("ReplicaRegion"), *call.original.get("RemoveReplicaRegions", [])]
    replicas += [replica.get("Region") for replica in call.original.get("AddReplicaRegions", [])]
    return list(dict.fromkeys([call.region, *(region for region in replicas if region)]))


def _scope(kind: Kind, call: Call, region: str) -> Scope:
    within = ""
    if isinstance(kind, Listed) and kind.within and kind.within not in kind.names:
        within = str(call.original.get(kind.within, ""))
    given = ",".join(f"{name}={value}" for name, value in kind.given.items())
    return call.account, "" if kind.service in _GLOBAL else region, kind.name, given, within


def _reading(call: Call, kind: Kind, region: str, params: Item) -> Call:
    """A read by the same caller."""
    environ, body = request_for(kind.service, kind.operation, params, region, call.access_key)
    return Call(environ, body, call.front)


def _written(call: Call, kind: Kind, result: Item | Refusal) -> Answer:
    """A result as the answer to a read, beside a write of the same service."""
    reading = copy.copy(call)
    reading.operation, reading.model = kind.operation, call.service_model.operation_model(kind.operation)
    return write_answer(reading, result)


def _missing(kind: Kind, name: str) -> Refusal:
    code, message, status = kind.missing
    return Refusal(code, message.format(id=name), status)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
