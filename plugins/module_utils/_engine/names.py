# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Names of other resources in options, resolved to ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from .aws import Aws
from .errors import Refusal
from .kind import UNKNOWN_SUFFIX, Kind, Pending, State

Planned = Mapping[str, Mapping[str, Any]]
"""What earlier tasks of a check-mode run would have made: kind -> name -> state."""


def resolve(kind: Kind, aws: Aws, items: Sequence[State], planned: Planned, in_run: frozenset[str]) -> list[State]:
    """The items with every reference resolved; in_run holds the names of kind that this very list makes.

    One bulk read for each kind referred to, all at once. Errors: Refusal that names each missing thing and its role.
    """
    wanted: dict[str, list[str]] = {}
    targets: dict[str, Kind] = {}
    for path, reference in kind.references.items():
        target = reference.kind or kind
        names = sorted({name for item in items for name in _values(item, path.split(".")) if not _is_id(target, name)})
        if names:
            wanted[path], targets[target.name] = names, target
    found = _found(aws, kind, targets, wanted)
    lookups: dict[str, dict[str, str]] = {}
    missing: list[str] = []
    for path, names in wanted.items():
        reference = kind.references[path]
        target = reference.kind or kind
        table = lookups.setdefault(path, {})
        for name in names:
            if name in found[target.name]:
                table[name] = found[target.name][name][reference.target]
            elif name in planned.get(target.name, {}) or (target is kind and name in in_run):
                table[name] = Pending.of(target.name, name)
            else:
                missing.append(missing_message(target.name, name, target.role))
    if missing:
        raise Refusal(sorted(set(missing)))
    resolved = list(items)
    for path, table in lookups.items():
        resolved = [_replace(item, path.split("."), partial(_looked_up, table)) for item in resolved]
    return resolved


def _looked_up(table: Mapping[str, str], name: str) -> str:
    return table.get(name, name)


def _found(
    aws: Aws, kind: Kind, targets: Mapping[str, Kind], wanted: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, State]]:
    """What the references name, by kind and name."""

    def read(target: Kind) -> dict[str, State]:
        mine = {path for path, reference in kind.references.items() if (reference.kind or kind).name == target.name}
        names = sorted({name for path in mine for name in wanted.get(path, ())})
        return (target.lookup or target.read)(aws, [{"name": name} for name in names])

    return dict(zip(targets, aws.map(read, targets.values()), strict=True))


def missing_message(kind: str, name: str, role: str) -> str:
    """The one sentence for a thing that is neither in AWS nor planned."""
    return f"{kind} {name} does not exist; the role {role} makes it (playbooks/roles/{role}.yml)"


def pending_fields(item: State) -> bool:
    """An item still holds something that is known only after apply."""
    return any(UNKNOWN_SUFFIX in text for text in _texts(item))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, (list, tuple)):
        for member in value:
            yield from _texts(member)


def _is_id(kind: Kind, name: str) -> bool:
    return name.startswith(("arn:", kind.resolved)) or name.endswith(UNKNOWN_SUFFIX)


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
