# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Names of other resources in options, resolved to ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from .aws import Aws
from .context import Context
from .errors import Refusal
from .kind import Kind, State
from .pending import UNKNOWN_SUFFIX, Pending
from .wait import Progress, look

Planned = Mapping[str, Mapping[str, Any]]
"""What earlier tasks of this run have made, or in check mode would have: kind -> name -> state. Where it has the key
AHEAD no role has run yet, so that nobody knows what they will have made."""

AHEAD = "ahead"


@dataclass
class _Lookups:
    """tables: path of a reference to {name: id}. missing: one sentence each. unseen: made, and not shown by AWS yet."""

    tables: dict[str, dict[str, str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    unseen: dict[str, str] = field(default_factory=dict)


def resolve(
    context: Context, kind: Kind, items: Sequence[State], in_run: frozenset[str], *, applied: bool = False
) -> list[State]:
    """The items with every reference resolved.

    in_run: the names of kind that this very list makes; applied: it has made them. What this run has made and AWS
    does not show yet is waited for. One bulk read for each kind referred to, all at once.
    Errors: Refusal that names each missing thing and its role; WaitTimeout.
    """
    progress = Progress(context, "names")
    while True:
        lookups = _look_up(context, kind, items, in_run, applied)
        if lookups.missing:
            raise Refusal(sorted(set(lookups.missing)))
        if not lookups.unseen:
            break
        progress.tick(lookups.unseen)
    resolved = list(items)
    for path, table in lookups.tables.items():
        resolved = [_replace(item, path.split("."), partial(_looked_up, table)) for item in resolved]
    return resolved


def _look_up(context: Context, kind: Kind, items: Sequence[State], in_run: frozenset[str], applied: bool) -> _Lookups:
    wanted: dict[str, dict[str, str]] = {}
    targets: dict[str, Kind] = {}
    for path, reference in kind.references.items():
        target = reference.kind or kind
        texts = sorted({text for item in items for text in _values(item, path.split(".")) if not is_id(target, text)})
        if texts:
            wanted[path] = {text: known_as(context.aws, target, text) for text in texts}
            targets[target.name] = target
    found = _found(context, kind, targets, wanted)
    lookups = _Lookups()
    for path, names in wanted.items():
        reference = kind.references[path]
        target = reference.kind or kind
        table = lookups.tables.setdefault(path, {})
        for text, name in names.items():
            own = target is kind and name in in_run
            planned = name in context.planned.get(target.name, {})
            if name in found[target.name]:
                table[text] = found[target.name][name][reference.target]
            elif (context.check_mode and planned) or (own and not applied):
                table[text] = Pending.of(target.name, name)
            elif own or planned:
                lookups.unseen[f"{target.name} {name}"] = "not visible yet"
            else:
                lookups.missing.append(missing_message(target.name, text, target.role))
    return lookups


def _looked_up(table: Mapping[str, str], name: str) -> str:
    return table.get(name, name)


def _found(
    context: Context, kind: Kind, targets: Mapping[str, Kind], wanted: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, State]]:
    """What the references name, by kind and name."""

    def read(target: Kind) -> dict[str, State]:
        mine = {path for path, reference in kind.references.items() if (reference.kind or kind).name == target.name}
        names = sorted({name for path in mine for name in wanted.get(path, {}).values()})
        return look(context, target.lookup or target.read, [{"name": name} for name in names])

    return dict(zip(targets, context.aws.map(read, targets.values()), strict=True))


def missing_message(kind: str, name: str, role: str) -> str:
    """The one sentence for a thing that is neither in AWS nor planned. role: "" where several roles make the kind."""
    maker = f"the role {role} makes it (playbooks/roles/{role}.yml)" if role else "make it first, or name another"
    return f"{kind} {name} does not exist; {maker}"


def is_id(kind: Kind, name: str) -> bool:
    """The text is no name but an ARN, or an id as AWS makes them: vpc-0a1b2c3d is one, vpc-prod is not."""
    if name.endswith(UNKNOWN_SUFFIX):
        return True
    if kind.ids:
        return kind.ids.fullmatch(name) is not None
    prefixed = re.fullmatch(re.escape(kind.resolved) + "(?:[0-9a-f]{8}|[0-9a-f]{17})", name)
    return name.startswith("arn:") or prefixed is not None


def known_as(aws: Aws, kind: Kind, text: str) -> str:
    """The name that a reference which is no id is looked up by."""
    return kind.known_as(aws, text) if kind.known_as else text


def _values(value: Any, path: Sequence[str]) -> Iterator[str]:
    """The names at a path; lists on the way, and at the end, are walked."""
    if isinstance(value, (list, tuple)):
        for member in value:
            yield from _values(member, path)
    elif not path:
        if value:
            yield value
    elif isinstance(value, Mapping):
        yield from _values(value.get(path[0]), path[1:])


def _replace(value: Any, path: Sequence[str], function: Callable[[str], str]) -> Any:
    """A copy of value with function applied at a path."""
    if isinstance(value, (list, tuple)):
        return [_replace(member, path, function) for member in value]
    if not path:
        return function(value) if value else value
    if isinstance(value, Mapping) and path[0] in value:
        return {**value, path[0]: _replace(value[path[0]], path[1:], function)}
    return value
