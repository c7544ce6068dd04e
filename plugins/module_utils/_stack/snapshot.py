# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What one pass over the account found: frozen, JSON, replayable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from .._engine.errors import Refusal

SCHEMA_VERSION = 1
Item = dict[str, Any]
Error = dict[str, str]
"""{service, operation, code, message} of the call that failed."""


class Unavailable(Exception):
    """A collector has no answer; error says which call failed and how."""

    def __init__(self, collector: str, error: Mapping[str, str]) -> None:
        super().__init__(f"{collector}: {error.get('code')}: {error.get('message')}")
        self.collector = collector
        self.error = dict(error)


@dataclass(frozen=True)
class Snapshot:
    """The stack at collected_at (ISO 8601, UTC).

    collections: collector id ("rds.db_clusters") -> items in AWS's own shape with Tags as a dictionary; those of
    the workload where the collector's scope is the workload. errors: collector id -> the call that failed.
    """

    account_id: str
    partition: str
    region: str
    dr_region: str
    project: str
    environment: str
    collected_at: str
    collections: Mapping[str, tuple[Item, ...]]
    errors: Mapping[str, Error]
    schema_version: int = SCHEMA_VERSION

    def items(self, collector: str) -> tuple[Item, ...]:
        """What a collector found. Errors: Unavailable where it failed or was not gathered."""
        if collector in self.errors:
            raise Unavailable(collector, self.errors[collector])
        if collector not in self.collections:
            error = {"service": "", "operation": "", "code": "NotGathered", "message": f"{collector} was not gathered"}
            raise Unavailable(collector, error)
        return self.collections[collector]

    def to_dict(self) -> dict[str, Any]:
        """JSON."""
        return {**asdict(self), "collections": {key: list(items) for key, items in sorted(self.collections.items())}}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Snapshot:
        """A snapshot from to_dict()'s form. Errors: Refusal for another version of the form, or another form."""
        version = data.get("schema_version")
        if version != SCHEMA_VERSION:
            raise Refusal(
                f"the snapshot has schema version {version}, this release reads {SCHEMA_VERSION}; collect anew"
            )
        odd = {field.name for field in fields(cls)} ^ set(data)
        if odd:
            raise Refusal(f"this is no snapshot: {', '.join(sorted(odd))} is missing or not known; collect anew")
        collections = {key: tuple(items) for key, items in data["collections"].items()}
        return cls(**{**data, "collections": collections})
