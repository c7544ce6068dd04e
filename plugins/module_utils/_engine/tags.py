# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tags: one dictionary here, one of four list forms at AWS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

RESERVED_PREFIX = "aws:"


def to_dict(tags: Mapping[str, str] | Iterable[Mapping[str, str]] | None) -> dict[str, str]:
    """AWS's tags, in any of its forms, as a dictionary without aws: tags."""
    if not tags:
        return {}
    if isinstance(tags, Mapping):
        return {key: value for key, value in tags.items() if not key.startswith(RESERVED_PREFIX)}
    pairs = (
        (
            tag.get("Key", tag.get("key", tag.get("TagKey", ""))),
            tag.get("Value", tag.get("value", tag.get("TagValue", ""))),
        )
        for tag in tags
    )
    return {key: value for key, value in pairs if not key.startswith(RESERVED_PREFIX)}


def to_list(tags: Mapping[str, str], key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
    """The list form, sorted by key: [{Key: ..., Value: ...}]."""
    return [{key: name, value: tags[name]} for name in sorted(tags)]


def specifications(resource_type: str, tags: Mapping[str, str]) -> list[dict[str, Any]]:
    """EC2's TagSpecifications, which tag in the call that creates; empty where there are no tags."""
    return [{"ResourceType": resource_type, "Tags": to_list(tags)}] if tags else []


def difference(before: Mapping[str, str], desired: Mapping[str, str], purge: bool) -> tuple[dict[str, str], list[str]]:
    """(tags to set, keys to remove). Without purge nothing is removed."""
    to_set = {key: value for key, value in desired.items() if before.get(key) != value}
    to_remove = sorted(key for key in before if key not in desired) if purge else []
    return to_set, to_remove
