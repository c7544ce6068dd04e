# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Items of a list with what they share. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def spread_item(given: Any, defaults: Mapping[str, Any], prefix: Any) -> Any:
    """An item with defaults under it and prefix before its name; text is a name. What is neither stays as it is.

    The item's own value wins, also null, which is as if neither had the option.
    """
    item = {"name": given} if isinstance(given, str) else given
    if not isinstance(item, Mapping):
        return item
    named = {"name": f"{prefix}{item['name']}"} if prefix is not None and item.get("name") is not None else {}
    # Validation takes null for a value where an option has choices or a default.
    return {key: value for key, value in {**defaults, **item, **named}.items() if value is not None}
