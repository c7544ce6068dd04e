# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a read that may lag looks like: one that lists things, or one that shows a single one.

The tables of them are ``ec2.py`` and ``services.py``; ``stale.py`` is what happens to them.
"""

from __future__ import annotations

import dataclasses
import fnmatch
import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

# An answer's member that says where the next page begins, and the parameter that takes it.
TOKENS = {"NextToken": "NextToken", "nextToken": "nextToken", "NextMarker": "Marker", "Marker": "Marker"}
_PAGES = {*TOKENS, "MaxResults", "MaxRecords", "MaxItems", "maxResults", "limit", "Limit"}

Item = dict[str, Any]


def same(text: str) -> str:
    return text


@dataclasses.dataclass(frozen=True, kw_only=True)
class Kind:
    service: str
    operation: str  # the read
    writes: tuple[str, ...]  # globs over the service's operations that change what it shows
    missing: tuple[str, str, int] = ("", "", 0)  # code, message and status of the error for what is not there
    tags: str = ""  # where tags stand in an item or answer; "" where those of a create come with the thing
    short: Callable[[str], str] = same  # one name of what has several, as an ARN beside a name
    given: Mapping[str, Any] = dataclasses.field(default_factory=dict)  # further parameters of the read

    @property
    def name(self) -> str:
        return f"{self.service}:{self.operation}"

    def changed_by(self, operation: str) -> bool:
        return any(fnmatch.fnmatchcase(operation, glob) for glob in self.writes)

    def is_asked(self, params: Item) -> bool:
        """Whether a read is of this kind: one with the parameters given (a text left out is the same)."""
        return all(
            params.get(name, False if isinstance(value, bool) else value) == value for name, value in self.given.items()
        )


@dataclasses.dataclass(frozen=True, kw_only=True)
class Listed(Kind):
    items: str  # the list in its answer, with dots where it lies deeper
    id: tuple[str, ...]  # the item's keys that identify it, likewise
    names: tuple[str, ...] = ()  # parameters that name items (a string or a list); an unknown name is an error
    unknown: str = ""  # or no error: the answer's list of unknown names
    asks: Mapping[str, str] = dataclasses.field(default_factory=dict)  # other parameters -> the key they look at
    prefixes: Mapping[str, str] = dataclasses.field(default_factory=dict)  # parameters that a key begins with
    filters: Mapping[str, str] = dataclasses.field(default_factory=dict)  # filter -> path, where not its own name
    prefix: str = ""  # of its ids, for CreateTags and for writes that name one
    within: str = ""  # the parameter, the read's and the writes', that says whose items

    def identity(self, item: Item) -> str:
        return "|".join(self.short(str(_path(item, key) or "")) for key in self.id)

    def of(self, answer: Item) -> list[Item]:
        """The items of an answer."""
        return _path(answer, self.items) or []

    def put(self, answer: Item, items: list[Item]) -> None:
        """Show these items in an answer, and how many they are where it says so."""
        *path, last = self.items.split(".")
        for part in path:
            answer = answer.setdefault(part, {})
        answer[last] = items
        if "Quantity" in answer:
            answer["Quantity"] = len(items)

    def named(self, params: Item) -> Iterator[tuple[str, str, str]]:
        """Parameter, name as given and identity of each item that a read names."""
        for parameter in self.names:
            for name in _as_list(params.get(parameter)):
                yield parameter, str(name), self.short(str(name))

    def fits(self, call: Any, item: Item, listed: bool) -> bool:
        """Whether a read asks for this state of an item. listed: whether the truth answers with the item, which
        decides on what is asked for in ways unknown here.
        """
        shape = call.model.output_shape
        for part in self.items.split("."):
            shape = shape.members[part]
        for parameter, wanted in call.original.items():
            if parameter in self.names:
                fits = self.identity(item) in {self.short(str(name)) for name in _as_list(wanted)}
            elif parameter in self.asks:
                fits = str(item.get(self.asks[parameter])) in {str(value) for value in _as_list(wanted)}
            elif parameter in self.prefixes:
                fits = str(item.get(self.prefixes[parameter], "")).startswith(wanted)
            elif parameter in ("Filters", "Filter"):
                fits = all(self._passes(shape.member, item, one, listed) for one in wanted)
            else:
                fits = listed or parameter in _PAGES or parameter in self.given or parameter == self.within
            if not fits:
                return False
        return True

    def _passes(self, shape: Any, item: Item, wanted: Item, listed: bool) -> bool:
        name, values = str(wanted.get("Name", "")), wanted.get("Values", [])
        if name.startswith("tag:") or name == "tag-key":
            tags = item.get(self.tags or "Tags", [])
            key = name.removeprefix("tag:")
            found = [tag["Key"] for tag in tags] if name == "tag-key" else [t["Value"] for t in tags if t["Key"] == key]
        elif name in self.filters:
            found = [self.short(str(item.get(self.filters[name], "")))]
        else:
            looked_at = _at(shape, [item], name.split("."))
            if looked_at is None:
                return listed
            found = looked_at
        return any(fnmatch.fnmatchcase(text, str(value)) for text in found for value in values)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Single(Kind):
    asks: tuple[str, ...]  # the read's parameters that name the thing; a list names one
    named_by: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)  # -> those of writes, with dots
    lists: tuple[str, ...] = ()  # those of them that are lists
    each: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)  # or all values of one
    made: str = ""  # where a create's answer names what it made
    asked: str = "{id}"  # how the first parameter is written, of {id}, {region} and {account}

    def identity(self, params: Item) -> str:
        return "|".join(",".join(self.short(str(one)) for one in _as_list(params.get(name, ""))) for name in self.asks)

    def touched(self, call: Any, region: str, answer: Item | None) -> Iterator[Item]:
        """The parameters of the reads whose answer a write changes. answer: the write's own, None before it."""
        asked: list[tuple[str, ...]] = []
        for name in self.asks:
            if name in self.each:
                asked.append(self.each[name])
                continue
            looked_at = [_path(call.original, other) for other in self.named_by.get(name, (name,))]
            wanted = [one for one in looked_at if one]
            if (
                not wanted
                and answer is not None
                and self.made
                and call.operation.startswith(("Create", "Replicate", "Request"))
            ):
                wanted = [made for made in (_path(answer, path) for path in self.made.split()) if made]
            if not wanted:
                return
            written = self.asked if name == self.asks[0] else "{id}"
            asked.append((written.format(id=self.short(str(wanted[0])), region=region, account=call.account),))
        for values_of_one in itertools.product(*asked):
            named = dict(zip(self.asks, values_of_one, strict=True))
            yield {**named, **{name: [named[name]] for name in self.lists}, **self.given}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _path(answer: Any, path: str) -> Any:
    for part in path.split("."):
        answer = answer.get(part) if isinstance(answer, dict) else None
    return answer


def _at(shape: Any, found: list[Any], names: list[str]) -> list[str] | None:
    """The values that an EC2 filter such as ``association.subnet-id`` looks at; None where the model has none."""
    if not names:
        return [str(value).lower() if isinstance(value, bool) else str(value) for value in found]
    members = getattr(shape, "members", {})
    word = "".join(part.capitalize() for part in names[0].split("-"))
    member = next((name for name in (word, f"{word}s", f"{word[:-1]}ies", f"Is{word}") if name in members), None)
    if member is None:
        return None
    inner, values = members[member], [item[member] for item in found if member in item]
    if inner.type_name == "list":
        inner, values = inner.member, [value for group in values for value in group]
    return _at(inner, values, names[1:])
