# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Whole lists, and answers that may be an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from typing import Any

Item = dict[str, Any]
Names = dict[str, str]


def pages(client: Any, operation: str, key: str, **asked: Any) -> Iterator[Any]:
    """The items of a list, every page. key: where they stand in the answer, with dots between."""
    if client.can_paginate(operation):
        answers = client.get_paginator(operation).paginate(**asked)
    else:
        answers = [getattr(client, operation)(**asked)]
    for one in answers:
        yield from reduce(lambda value, part: (value or {}).get(part), key.split("."), one) or []


def answer(ask: Callable[[], Any]) -> Any:
    """The answer, or the error's code where there is none to give."""
    try:
        return ask()
    except Exception as error:
        code: str = getattr(error, "response", {}).get("Error", {}).get("Code", "")
        if not code:
            raise
        return code
