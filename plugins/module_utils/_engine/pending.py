# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is known only after apply: the text that stands for it in a plan, and never reaches AWS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

UNKNOWN_SUFFIX = "(known after apply)"


class Pending(str):
    """Stands for the id of a resource that this run makes first; reads as "vpc mywebapp-prod (known after apply)"."""

    __slots__ = ()

    @classmethod
    def of(cls, kind: str, name: str) -> Pending:
        return cls(f"{kind} {name} {UNKNOWN_SUFFIX}")


def pending_fields(item: Any) -> bool:
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
