# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Read, plan, apply, wait, read and plan again: the one way in which anything is changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from .context import Context
from .errors import AwsError, Refusal, WebappError
from .kind import Kind, State
from .names import pending_fields, resolve
from .plan import STEERING, Change, plan
from .wait import until_gone, until_ready

ATTEMPTS = 4
SETTLE_SECONDS = 90.0


def converge(context: Context, kind: Kind, items: Sequence[Mapping[str, Any]], **common: Any) -> dict[str, Any]:
    """Bring a list of resources of one kind to the desired states, concurrently; the module's result.

    items: dictionaries in the shape of the module's options, each with a name; options that are None are not
    asked for. common: options of all items (tags are merged, an item's own win).
    Returns changed, diff, resources (name -> state after), changes (name, action, fields), planned (check mode)
    and warnings. Errors: Refusal before anything is changed; WebappError that says what is done already.
    """
    wanted = [_prepare(kind, item, common) for item in items]
    _refuse_doubles(kind, wanted)
    names = frozenset(item["name"] for item in wanted)
    resolved = resolve(kind, context.aws, wanted, context.planned, names)
    found = kind.read(context.aws, resolved) if resolved else {}
    changes = [plan(kind, found.get(item["name"]), item) for item in resolved]
    _refuse(kind, changes)
    needed = [change for change in changes if change.needed]
    result = _result(kind, changes)
    if context.check_mode:
        created = {change.name: _shown(change.desired) for change in needed if change.action == "create"}
        return {**result, "resources": found, "planned": {kind.name: created} if created else {}}
    if needed:
        done: list[str] = []
        try:
            found = _apply(context, kind, wanted, names, needed, done)
        except AwsError as error:
            so_far = ", ".join(sorted(done)) or "nothing"
            raise WebappError(f"{kind.name}: {error}. Done so far: {so_far}; run again to go on from there") from error
    leftovers = _leftovers(context, kind, wanted, names, found) if needed else []
    if leftovers and context.strict:
        raise WebappError(leftovers[0])
    return {**result, "resources": found, "planned": {}, "warnings": [*result["warnings"], *leftovers]}


def joined(*results: Mapping[str, Any]) -> dict[str, Any]:
    """The results of several converges as one, for a module that brings several kinds into shape."""
    diffs = [result["diff"] for result in results if "diff" in result]
    return {
        "changed": any(result["changed"] for result in results),
        "changes": [change for result in results for change in result["changes"]],
        "warnings": [warning for result in results for warning in result["warnings"]],
        "resources": {name: state for result in results for name, state in result["resources"].items()},
        "planned": {kind: states for result in results for kind, states in result["planned"].items()},
        **({"diff": diffs} if diffs else {}),
    }


def _prepare(kind: Kind, item: Mapping[str, Any], common: Mapping[str, Any]) -> State:
    state = {key: value for key, value in {**common, **item}.items() if value is not None}
    if kind.tag is not None:
        merged = {**(common.get("tags") or {}), **(item.get("tags") or {})}
        state["tags"] = {**merged, "Name": state["name"]} if kind.name_tag else merged
    return state


def _refuse_doubles(kind: Kind, items: Sequence[State]) -> None:
    names = [item["name"] for item in items]
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise Refusal(f"{kind.name} {', '.join(doubles)} stands more than once in the list")


def _refuse(kind: Kind, changes: Sequence[Change]) -> None:
    reasons = [reason for change in changes for reason in change.refusals]
    if kind.check:
        reasons += [
            f"{kind.name} {change.name}: {reason}"
            for change in changes
            if change.action in {"create", "update"}
            for reason in kind.check(change.desired)
        ]
    if reasons:
        raise Refusal(reasons)


def _result(kind: Kind, changes: Sequence[Change]) -> dict[str, Any]:
    needed = [change for change in changes if change.needed]
    before, after = {}, {}
    for change in needed:
        before[change.name], after[change.name] = change.diff()
    result: dict[str, Any] = {
        "changed": bool(needed),
        "changes": [
            {"kind": kind.name, "name": change.name, "action": change.action, "fields": sorted(change.fields)}
            for change in needed
        ],
        "warnings": [warning for change in changes for warning in change.warnings],
    }
    if needed:
        result["diff"] = {"before": before, "after": after, "before_header": kind.name, "after_header": kind.name}
    return result


def _shown(desired: State) -> State:
    return {key: value for key, value in desired.items() if key not in STEERING - {"name"}}


def _apply(
    context: Context,
    kind: Kind,
    wanted: Sequence[State],
    names: frozenset[str],
    needed: Sequence[Change],
    done: list[str],
) -> dict[str, State]:
    """Delete, create, then update what creation left open; returns the states read last."""
    deletions = [change for change in needed if change.action == "delete"]
    creations = [change for change in needed if change.action == "create"]
    context.aws.map(lambda change: _deleted(context, kind, change, done), deletions)
    if deletions:
        until_gone(context, kind, [change.desired for change in deletions])
    context.aws.map(lambda change: _created(context, kind, change, done), creations)
    if creations:
        until_ready(context, kind, [change.desired for change in creations])
    present = [item for item in wanted if item.get("state") != "absent"]
    touched = {change.name for change in needed}
    resolved = [item for item in resolve(kind, context.aws, present, context.planned, names) if item["name"] in touched]
    context.aws.map(lambda item: _updated(context, kind, item, done), resolved)
    if resolved:
        until_ready(context, kind, resolved)
    every = resolve(kind, context.aws, present, context.planned, names)
    return kind.read(context.aws, every) if every else {}


def _deleted(context: Context, kind: Kind, change: Change, done: list[str]) -> None:
    try:
        if kind.delete and change.found:
            kind.delete(context.aws, change.found)
    except AwsError as error:
        if not error.missing:
            raise
    done.append(f"{change.name} deleted")


def _created(context: Context, kind: Kind, change: Change, done: list[str]) -> None:
    """Create once: when a connection breaks, nobody knows whether it was carried out, so look before doing it again."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _settled(kind, partial(kind.create, context.aws, change.desired))
            break
        except AwsError as error:
            ambiguous = not error.answered or "Exist" in error.code or "Duplicate" in error.code
            if not ambiguous:
                raise
            time.sleep(0.2 * attempt)
            if kind.read(context.aws, [change.desired]):
                break
            if attempt == ATTEMPTS or error.answered:
                raise
    done.append(f"{change.name} created")


def _updated(context: Context, kind: Kind, item: State, done: list[str]) -> None:
    """Bring one existing resource to its desired state, planning anew for each attempt."""
    for attempt in range(1, ATTEMPTS + 1):
        found = kind.read(context.aws, [item]).get(item["name"])
        change = plan(kind, found, item)
        if found is None or not change.needed:
            return
        try:
            if kind.tag and (change.tags_to_set or change.tags_to_remove):
                kind.tag(context.aws, found, change.tags_to_set, change.tags_to_remove)
            if change.fields and kind.update:
                _settled(kind, partial(kind.update, context.aws, found, item, change.fields))
            done.append(f"{item['name']} updated")
            return
        except AwsError as error:
            repeatable = not error.answered or "Exist" in error.code or "Duplicate" in error.code or error.missing
            waited = kind.eventual is not None and kind.eventual(error)
            if attempt == ATTEMPTS or not repeatable or waited:
                raise
            time.sleep(0.2 * attempt)


def _settled(kind: Kind, function: Callable[[], None]) -> None:
    """Run function again while AWS says that an earlier change is not visible to it yet."""
    deadline, pause = time.monotonic() + SETTLE_SECONDS, 0.5
    while True:
        try:
            function()
            return
        except AwsError as error:
            if kind.eventual is None or not kind.eventual(error) or time.monotonic() > deadline:
                raise
        time.sleep(pause)
        pause = min(pause * 2, 10)


def _leftovers(
    context: Context, kind: Kind, wanted: Sequence[State], names: frozenset[str], found: Mapping[str, State]
) -> list[str]:
    """What a second plan would still change: AWS did not keep it, or gives it back in another form."""
    left = []
    for item in resolve(kind, context.aws, wanted, context.planned, names):
        change = plan(kind, found.get(item["name"]), item)
        if change.needed and not pending_fields(item):
            before, after = change.diff()
            left.append(
                f"{kind.name} {item['name']}: AWS did not keep what was set and the next run will set it again: "
                f"found {before}, wanted {after}"
            )
    return left
