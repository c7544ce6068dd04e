# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Read, plan, apply, wait, read and plan again: the one way in which anything is changed."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .apply import apply, begin
from .context import Context
from .errors import Abandoned, AwsError, Refusal, WebappError
from .kind import Kind, State
from .names import resolve
from .pending import pending_fields
from .plan import STEERING, Change, plan
from .wait import failures, look, on_the_way, until_ready, until_seen

# Seconds between looks at a change that AWS has taken and does not show yet: a quarter of a minute before what is not
# there is done once more, and three quarters before it is given up.
LOOKS = ((0.3, 0.6, 1.2, 2.4, 4.0, 6.0), (8.0, 10.0, 12.0, 15.0))
# In what a task that does not wait has made: the region, since another one may have a thing of the same name.
STARTED = "started_in"


def converge(context: Context, kind: Kind, items: Sequence[Mapping[str, Any]], **common: Any) -> dict[str, Any]:
    """Bring a list of resources of one kind to the desired states, concurrently; the module's result.

    items: dictionaries in the shape of the module's options, each with a name; options that are None are not
    asked for. common: options of all items (tags are merged, an item's own win).
    Returns changed, diff, resources (name -> state after), changes (name, action, fields), planned (what was made,
    or in check mode would be) and warnings. Errors: Refusal before anything is changed; WebappError that says what is
    done already.
    """
    wanted = [_prepare(kind, item, common) for item in items]
    _refuse_doubles(kind, wanted)
    made_here = frozenset(item["name"] for item in wanted if _is_made(item))
    try:
        return _converged(context, kind, wanted, made_here)
    except Abandoned:
        raise
    except Refusal as refusal:
        if not context.done:
            raise
        raise WebappError(context.done.after("; ".join(refusal.reasons))) from refusal
    except AwsError as error:
        text = f"{error.resource or _names(kind, wanted)}: {error}"
        raise WebappError(context.done.after(text) if context.done else f"{text}. Nothing was changed") from error
    except WebappError as error:
        if not context.done:
            raise
        raise type(error)(context.done.after(str(error))) from error


def _names(kind: Kind, items: Sequence[State]) -> str:
    """The kind and the names, or their number where they are many."""
    names = sorted(item["name"] for item in items)
    return f"{kind.name} {', '.join(names)}" if len(names) <= 3 else f"{len(names)} of {kind.name}"


def _is_made(item: State) -> bool:
    return item.get("state") != "absent" and item.get("create") is not False


def _converged(context: Context, kind: Kind, wanted: Sequence[State], made_here: frozenset[str]) -> dict[str, Any]:
    resolved = resolve(context, kind, wanted, made_here)
    found = look(context, kind.read, resolved) if resolved else {}
    begun = {item["name"]: state for item in resolved if (state := _begun(context, kind, item, found)) is not None}
    if begun and not context.check_mode:
        found |= until_seen(context, kind, [item for item in resolved if item["name"] in begun])
    changes = _planned(kind, resolved, found)
    if context.check_mode:
        changes = [_after_begun(change, begun.get(change.name)) for change in changes]
    if not context.wait:
        changes = [change for change in changes if change.action == "create"]
    elif not context.check_mode:
        found, changes = _at_rest(context, kind, resolved, found, changes)
    needed = [change for change in changes if change.needed]
    result = _result(kind, changes)
    started = {} if context.wait else {STARTED: context.aws.region}
    created = {change.name: {**_shown(change.desired), **started} for change in needed if change.action == "create"}
    planned = {kind.name: created} if created else {}
    if context.check_mode or not needed:
        return {**result, "resources": found, "planned": planned}
    if not context.wait:
        begin(context, kind, needed)
        return {**result, "resources": look(context, kind.read, resolved), "planned": planned}
    apply(context, kind, wanted, made_here, needed)
    found, left = _looked_at_again(context, kind, wanted, made_here, LOOKS[0])
    if left:
        # Built on something that AWS did not show yet, it may have missed its aim. Nothing is made a second time.
        apply(context, kind, wanted, made_here, [change for change in left if change.action == "update"])
        found, left = _looked_at_again(context, kind, wanted, made_here, LOOKS[1])
    leftovers = [_leftover(kind, change) for change in left]
    if leftovers and context.strict:
        raise WebappError(leftovers[0])
    return {**result, "resources": found, "planned": planned, "warnings": [*result["warnings"], *leftovers]}


def _begun(context: Context, kind: Kind, item: State, found: Mapping[str, State]) -> State | None:
    """What a task of this run that did not wait has made, or in check mode would have, and reads do not show."""
    state = context.planned.get(kind.name, {}).get(item["name"])
    is_here = state is not None and state.get(STARTED) == context.aws.region and item["name"] not in found
    return dict(state) if state is not None and is_here else None


def _after_begun(change: Change, begun: State | None) -> Change:
    """In check mode: what is begun stands for what is not there yet."""
    if begun is None or change.action != "create":
        return change
    wanted = _shown(change.desired)
    fields = frozenset(key for key, value in wanted.items() if value is not None and begun.get(key) != value)
    return replace(change, action="update" if fields else "none", found=begun, fields=fields)


def _planned(kind: Kind, resolved: Sequence[State], found: Mapping[str, State]) -> list[Change]:
    changes = [plan(kind, found.get(item["name"]), item) for item in resolved]
    _refuse(kind, changes)
    return changes


def _at_rest(
    context: Context, kind: Kind, resolved: Sequence[State], found: dict[str, State], changes: list[Change]
) -> tuple[dict[str, State], list[Change]]:
    """Wait for what somebody, or a run that was ended, is changing; a failed state that no change mends is an error."""
    staying = {item["name"] for item in resolved if item.get("state") != "absent"}
    moving = on_the_way(kind, {name: state for name, state in found.items() if name in staying})
    if moving:
        found |= until_ready(context, kind, [item for item in resolved if item["name"] in moving])
        changes = _planned(kind, resolved, found)
    untouched = {change.name for change in changes if not change.needed} & staying
    failed = failures(kind, {name: state for name, state in found.items() if name in untouched})
    if failed:
        raise WebappError(failed)
    return found, changes


def _looked_at_again(
    context: Context, kind: Kind, wanted: Sequence[State], made_here: frozenset[str], pauses: Sequence[float]
) -> tuple[dict[str, State], list[Change]]:
    """What is there now, and what a second plan would still change once AWS has had the time to show it."""
    present = [item for item in wanted if item.get("state") != "absent"]
    for pause in (*pauses, None):
        every = resolve(context, kind, present, made_here, applied=True)
        found = look(context, kind.read, every) if every else {}
        left = [change for change in (plan(kind, found.get(item["name"]), item) for item in every) if _is_left(change)]
        if not left or pause is None:
            return found, left
        time.sleep(pause)
    raise AssertionError("the last look returns")


def _is_left(change: Change) -> bool:
    return change.needed and not pending_fields(change.desired)


def _leftover(kind: Kind, change: Change) -> str:
    before, after = change.diff()
    return (
        f"{kind.name} {change.name}: AWS did not keep what was set and the next run will set it again: "
        f"found {before}, wanted {after}"
    )


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
        texts = {str(key): tag_text(value) for key, value in merged.items()}
        state["tags"] = {**texts, "Name": state["name"]} if kind.name_tag else texts
    return state


def tag_text(value: Any) -> str:
    """A tag's value as AWS keeps it: text, whatever YAML made of it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


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
