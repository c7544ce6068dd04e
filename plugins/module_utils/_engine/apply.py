# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Carry out a plan: delete, create, then update what creation left open, on an AWS that is slow, busy and forgetful."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from .context import Context
from .done import Done
from .errors import AwsError, WebappError
from .kind import Kind, State
from .names import resolve
from .plan import Change, plan
from .wait import (
    VISIBLE_SECONDS,
    Progress,
    change_timeout,
    failures,
    look,
    until_at_rest,
    until_gone,
    until_ready,
    until_seen,
)

# How often a call is made again that nobody knows the end of, or that found things otherwise than the plan did.
ATTEMPTS = 5
# How long a thing that a call without an answer may have made is looked for, where AWS would make a second one.
LOOK_SECONDS = 10.0


def apply(
    context: Context, kind: Kind, wanted: Sequence[State], made_here: frozenset[str], needed: Sequence[Change]
) -> None:
    """Returns when every item is seen and ready. Errors: AwsError with its resource, WebappError."""
    deletions = [change for change in needed if change.action == "delete"]
    creations = [change for change in needed if change.action == "create"]
    context.aws.map(lambda change: _deleted(context, kind, change), deletions)
    if deletions:
        until_gone(context, kind, [change.desired for change in deletions])
    context.aws.map(lambda change: _created(context, kind, change), creations)
    if creations:
        until_ready(context, kind, [change.desired for change in creations])
    touched = {change.name for change in needed}
    staying = [item for item in wanted if item["name"] in touched and item.get("state") != "absent"]
    if staying:
        resolved = resolve(context, kind, staying, made_here, applied=True)
        context.aws.map(lambda item: _updated(context, kind, item), resolved)


def begin(context: Context, kind: Kind, creations: Sequence[Change]) -> None:
    """Make what is not there, and return as soon as reads show it, whatever its state. Errors: as apply."""
    context.aws.map(lambda change: _created(context, kind, change), creations)
    until_seen(context, kind, [change.desired for change in creations])


@contextmanager
def _working_on(done: Done, resource: str, finished: str) -> Iterator[None]:
    """Note what is done, and say of an error which resource it is about."""
    try:
        with done.work_on(resource, finished):
            yield
    except AwsError as error:
        error.resource = resource
        raise


def _deleted(context: Context, kind: Kind, change: Change) -> None:
    with _working_on(context.done, f"{kind.name} {change.name}", f"{change.name} deleted"):
        patience = _Patience(context, kind, change.name)
        while kind.delete and change.found:
            try:
                kind.delete(context.aws, change.found)
                return
            except AwsError as error:
                if error.missing:
                    return
                patience.bear(error)


def _created(context: Context, kind: Kind, change: Change) -> None:
    """Create once: where nobody knows whether a call was carried out, look before doing it again."""
    with _working_on(context.done, f"{kind.name} {change.name}", f"{change.name} created"):
        patience = _Patience(context, kind, change.name)
        unsure = False
        while True:
            try:
                kind.create(context.aws, change.desired)
                return
            except AwsError as error:
                refused = error.exists or (unsure and not error.ambiguous)
                if (refused or error.ambiguous) and _appears(context, kind, change.desired, refused):
                    return
                patience.bear(error)
                unsure = unsure or error.ambiguous


def _appears(context: Context, kind: Kind, desired: State, refused: bool) -> bool:
    """The thing is there after all, or comes into sight. refused: because it is there, most probably."""
    deadline = time.monotonic() + (VISIBLE_SECONDS if refused else LOOK_SECONDS if kind.doubles else 0.0)
    while not look(context, kind.read, [desired]):
        if time.monotonic() >= deadline:
            return False
        time.sleep(1)
    return True


def _updated(context: Context, kind: Kind, item: State) -> None:
    """Bring one existing resource to its desired state: what AWS has taken is not sent again, whatever reads show."""
    with _working_on(context.done, f"{kind.name} {item['name']}", f"{item['name']} updated"):
        patience = _Patience(context, kind, item["name"])
        taken: set[str] = set()
        tagged = False
        while True:
            found = until_at_rest(context, kind, [item])[item["name"]]
            mending = frozenset({item["name"]}) if failures(kind, {item["name"]: found}) else frozenset[str]()
            change = plan(kind, found, item)
            left = change.fields - taken
            try:
                if left and kind.update:
                    for fields in kind.update(context.aws, found, item, left) or (left,):
                        taken |= fields
                        if kind.wait:
                            until_ready(context, kind, [item], mending)
                    taken |= left
                if kind.tag and not tagged and (change.tags_to_set or change.tags_to_remove):
                    kind.tag(context.aws, found, change.tags_to_set, change.tags_to_remove)
                    tagged = True
                return
            except AwsError as error:
                patience.bear(error)


class _Patience:
    """Decides on an error: it is waited for, or raised. Busy and invisible things each have a time of their own."""

    def __init__(self, context: Context, kind: Kind, name: str) -> None:
        self._context, self._kind, self._name = context, kind, name
        self._attempts = 0
        self._waits: dict[str, Progress] = {}

    def bear(self, error: AwsError) -> None:
        """Return after a pause when the call is worth another attempt. Errors: the error itself."""
        kind = self._kind
        if kind.busy and kind.busy(error):
            self._wait(error, "busy", change_timeout(self._context, kind))
        elif kind.eventual and kind.eventual(error):
            self._wait(error, "eventual", VISIBLE_SECONDS)
        elif error.ambiguous or error.exists or error.missing:
            self._attempts += 1
            if self._attempts == ATTEMPTS:
                raise error
            time.sleep(0.2 * 2**self._attempts)
        else:
            raise error

    def _wait(self, error: AwsError, why: str, seconds: float) -> None:
        poll = self._kind.wait.poll if self._kind.wait else None
        progress = self._waits.setdefault(why, Progress(self._context, self._kind.name, seconds, poll))
        try:
            progress.tick({self._name: f"refused by AWS for now ({error.code}: {error.message})"})
        except WebappError:
            raise error from None
