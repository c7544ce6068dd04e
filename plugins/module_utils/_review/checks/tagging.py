# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which things lack tags."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..model import Result
from ..results import Item, unknown
from .common import listed, verdict


def missing_tags(resources: Iterable[Item], wanted: Collection[str]) -> Iterator[Result]:
    """A result for each thing; UNKNOWN where its tags, or the list that it would stand in, could not be read."""
    for one in resources:
        tags = one.get("Tags")
        if tags is None:
            for operation, error in (one.get("Errors") or {}).items():
                yield unknown(one["ResourceARN"] or one["Collector"], {"operation": operation, **error})
            continue
        missing = [tag for tag in wanted if not tags.get(tag)]
        yield verdict(not missing, one["ResourceARN"], f"tags that are missing or empty: {listed(missing)}")
