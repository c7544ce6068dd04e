# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a collector is, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from .._engine.aws import Aws
from .membership import Workload

Item = dict[str, Any]


class Source(Protocol):
    """aws: the account, in the stack's region. now: the moment of the snapshot. items: another collector's answer."""

    aws: Aws
    workload: Workload
    now: datetime
    dr_region: str

    def items(self, collector: str) -> tuple[Item, ...]:
        """Errors: Unavailable where that collector failed."""


@dataclass(frozen=True)
class Collector:
    """group: what `gather` calls it by. workload: whether only the workload's items are kept."""

    group: str
    collect: Callable[[Source], Iterable[Item]]
    workload: bool = True
