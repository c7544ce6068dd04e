# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which things belong to the workload: by tags, by name, or by what they hang on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]


@dataclass(frozen=True)
class Workload:
    """project and environment as in the tags; names start with {project}-{environment}."""

    project: str
    environment: str

    @property
    def prefix(self) -> str:
        return f"{self.project}-{self.environment}"

    def owns(self, item: Item, *names: str | None) -> bool:
        """The tags say so, or one of the names (the Name tag too) is the prefix or begins with it and a separator.

        Tags of another project or environment say no, whatever the name. What has no tags yet goes by its name.
        """
        tags = item.get("Tags") or {}
        if "Project" in tags and "Environment" in tags:
            return tags["Project"] == self.project and tags["Environment"] == self.environment
        return any(self._begins(name) for name in (*names, tags.get("Name")) if name)

    def _begins(self, name: str) -> bool:
        """Names may carry a path or a service's prefix: /ecs/mywebapp-prod, /aws/rds/cluster/mywebapp-prod-aurora."""
        last = max(name.rfind("/"), name.rfind(":")) + 1
        path = f"/{self.project}/{self.environment}"
        parts = (name, name[last:], *name.split("/"))
        exact = any(part == self.prefix or part.startswith(f"{self.prefix}-") for part in parts)
        return exact or name == path or name.startswith(f"{path}/")


def values(items: Iterable[Item], *keys: str) -> list[str]:
    """The distinct values at the keys of the items, sorted; nested lists are walked, missing ones left out."""
    found: set[str] = set()
    for item in items:
        found.update(_walk(item, keys))
    return sorted(found)


def _walk(value: Any, keys: tuple[str, ...]) -> Iterable[str]:
    if isinstance(value, list | tuple):
        for member in value:
            yield from _walk(member, keys)
    elif not keys:
        if isinstance(value, str) and value:
            yield value
    elif isinstance(value, Mapping):
        yield from _walk(value.get(keys[0]), keys[1:])
